"""Month names of the written languages, as dates have them."""

# By month: English, German, French, Spanish, Portuguese, Italian, Catalan, Galician, Basque, Dutch, Swedish,
# Danish, Norwegian, Icelandic, Finnish, Estonian, Latvian, Lithuanian, Polish, Czech, Slovak, Slovenian,
# Croatian, Serbian, Romanian, Hungarian, Albanian, Turkish, Azerbaijani, Uzbek, Kazakh, Indonesian, Malay,
# Filipino, Swahili, Russian, Ukrainian, Belarusian, Bulgarian, Macedonian, Greek, Armenian, Georgian, Hebrew,
# Arabic (of Egypt, the Levant and the Maghreb), Persian, Urdu, Hindi, Marathi, Nepali, Bengali, Tamil, Telugu
# and Thai; long and short, in the cases that stand in dates. What means two months (the Croatian October
# and the Polish November are both "listopad") means the one that more people write.
_NAMES = (
    "january jan januar janvier janv enero ene janeiro gennaio gen januari tammikuuta stycznia "
    "styczeń ledna leden ianuarie január januára ocak января янв січня ιανουαρίου يناير जनवरी jänner "
    "jän tammikuu sty oca январь січ січень студзеня сту студзень януари яну јануари јан јануар "
    "siječnja siječanj sausio sausis janvāris jaanuar ιαν ιανουάριος جانفي בינואר ינואר ژانویهٔ "
    "ژانویه جنوری जानेवारी जाने জানুয়ারী জানু ஜனவரி జనవరి มกราคม gener xaneiro urtarrila janúar "
    "janar yanvar қаңтар қаң იანვარი հունվարի հունվար januarie",
    "february feb februar février févr fév febrero fevereiro fev febbraio februari helmikuuta lutego "
    "února februarie február şubat февраля фев лютого φεβρουαρίου فبراير फरवरी feber helmikuu lut "
    "luty únor februára şub февр февраль лют лютий лютага люты февруари фебруар феб veljače veljača "
    "vasario vasaris februāris veebruar φεβ φεβρουάριος شباط فيفري בפברואר פברואר فوریهٔ فوریه فروری "
    "फ़रवरी फेब्रुवारी फेब्रु फेब्रुअरी ফেব্রুয়ারী பிப்ரவரி பிப் ఫిబ్రవరి ఫిబ్ర กุมภาพันธ์ febrer "
    "febreiro otsaila febrúar shkurt fevral ақпан ақп თებერვალი փետրվարի փետրվար pebrero",
    "march mar märz mär mrz mars marzo março marco maart maaliskuuta marca března martie március mart "
    "maret марта мар березня μαρτίου مارس मार्च marts maaliskuu marzec březen marec márc mac март бер "
    "березень сакавіка сак сакавік ožujka ožujak kovo kovas märts μαρ μάρτιος μάρ آذار במרץ מרץ مارچ "
    "মার্চ மார்ச் மார் మార్చి มีนาคม març martxoa наурыз нау მარტი մարտի մարտ machi marso",
    "april apr avril avr abril abr aprile aprilie huhtikuuta kwietnia dubna április nisan апреля апр "
    "квітня απριλίου أبريل ابريل अप्रैल huhtikuu kwi kwiecień duben apríla apríl nis апрель квіт "
    "квітень красавіка кра красавік април travnja travanj balandžio balandis aprīlis aprill απρ "
    "απρίλιος نيسان أفريل באפריל אפריל آوریل اپریل एप्रिल एप्रि अप्रिल এপ্রিল এপ্রি ஏப்ரல் ఏప్రిల్ "
    "ఏప్రి เมษายน apirila prill aprel сәуір сәу აპრილი ապրիլի ապրիլ aprili",
    "may mai mayo maio maggio mag mei maj toukokuuta maja května május mayıs мая травня μαΐου مايو मई "
    "toukokuu květen mája máj май трав травень мај svibnja svibanj gegužės gegužė maijs μαΐ μάιος μάι "
    "أيار ماي במאי מאי مهٔ مئی พฤษภาคม maig maiatza maí мамыр мам მაისი մայիսի մայիս",
    "june jun juni juin junio junho giugno giu kesäkuuta czerwca června iunie június haziran июня июн "
    "червня ιουνίου يونيو जून kesä kesäkuu cze czerwiec červen júna jún haz июнь черв червень чэрвеня "
    "чэр чэрвень юни јуни јун lipnja lipanj junij birželio birž birželis jūnijs juuni ιουν ιούνιος "
    "ιούν حزيران جوان ביוני יוני ژوئن جون जुन জুন ஜூன் జూన్ มิถุนายน juny xuño ekaina júní qershor "
    "iyun маусым мау ივნისი հունիսի հունիս junie hunyo",
    "july jul juli juillet juil julio julho luglio lug heinäkuuta lipca července iulie július temmuz "
    "июля июл липня ιουλίου يوليو जुलाई heinä heinäkuu lipiec červenec júla júl tem julai июль лип "
    "липень ліпеня ліп ліпень юли јули јул srpnja srpanj julij liepos liepa jūlijs juuli ιουλ ιούλιος "
    "ιούλ تموز جويلية يوليوز ביולי יולי ژوئیهٔ ژوئیه جولائی जुलै জুলাই ஜூலை జులై กรกฎาคม juliol xullo "
    "uztaila júlí korrik iyul шілде шіл ივლისი հուլիսի հուլիս julie hulyo",
    "august aug août aout agosto ago augustus augusti elokuuta sierpnia srpna augusztus ağustos "
    "agustus августа авг серпня αυγούστου أغسطس अगस्त elokuu sie sierpień srpen augusta ağu ogos "
    "август серп серпень жніўня жні жнівень avgust kolovoza kolovoz rugpjūčio rugpjūtis augusts αυγ "
    "αύγουστος αύγ آب أوت غشت באוגוסט אוגוסט اوت اگست ऑगस्ट अगस्ट আগস্ট ஆகஸ்ட் ఆగస్టు สิงหาคม agost "
    "abuztua ágúst gusht avqust тамыз там აგვისტო օգոստոսի օգոստոս agosti",
    "september sept sep septembre septiembre setiembre setembro set settembre syyskuuta września září "
    "septembrie szeptember eylül сентября сен вересня σεπτεμβρίου سبتمبر सितंबर सितम्बर syyskuu wrz "
    "wrzesień septembra eyl сент сентябрь вер вересень верасня верасень септември сеп септембар "
    "septembar rujna rujan rugsėjo rugsėjis septembris σεπ σεπτέμβριος أيلول شتنبر בספטמבר ספטמבר "
    "سپتامبر ستمبر सप्टेंबर सप्टें सेप्टेम्बर সেপ্টেম্বর செப்டம்பர் செப் సెప్టెంబర్ సెప్టెం กันยายน "
    "setembre iraila shtator sentyabr sentabr қыркүйек қыр სექტემბერი սեպտեմբերի սեպտեմբեր septemba "
    "setyembre",
    "october oct oktober okt octobre octubre outubro out ottobre ott lokakuuta października října "
    "octombrie október ekim октября окт жовтня οκτωβρίου أكتوبر अक्टूबर lokakuu paź październik říjen "
    "októbra eki октябрь жовт жовтень кастрычніка кас кастрычнік октомври октобар oktobar spalio "
    "spalis oktobris oktoober οκτ οκτώβριος באוקטובר אוקטובר اکتبر اکتوبر ऑक्टोबर ऑक्टो अक्टोबर "
    "অক্টোবর অক্টো அக்டோபர் అక్టోబర్ అక్టో ตุลาคม urria tetor oktyabr oktabr қазан қаз ოქტომბერი "
    "հոկտեմբերի հոկտեմբեր oktoba oktubre",
    "november nov novembre noviembre novembro marraskuuta listopada listopadu noiembrie kasım ноября "
    "ноя листопада νοεμβρίου نوفمبر नवंबर नवम्बर marraskuu novembra kas нояб ноябрь лист листопад "
    "лістапада ліс лістапад ноември ное новембар нов novembar studenoga studeni lapkričio lapkritis "
    "novembris νοε νοέμβριος νοέ نونبر בנובמבר נובמבר نوامبر نومبر नोव्हेंबर नोव्हें नोभेम्बर নভেম্বর "
    "நவம்பர் నవంబర్ พฤศจิกายน azaroa nóvember nëntor noyabr қараша қар ნოემბერი նոյեմբերի նոյեմբեր "
    "novemba nobyembre",
    "december dec dezember dez décembre déc diciembre dic dezembro dicembre desember joulukuuta "
    "grudnia prosince decembrie aralık декабря дек грудня δεκεμβρίου ديسمبر दिसंबर joulukuu gru "
    "grudzień prosinec decembra ara disember декабрь груд грудень снежня сне снежань декември "
    "децембар дец decembar prosinca prosinac gruodžio gruodis decembris detsember δεκ δεκέμβριος "
    "دجنبر בדצמבר דצמבר دسامبر دسمبر डिसेंबर डिसें डिसेम्बर ডিসেম্বর ডিসে டிசம்பர் డిసెంబర్ డిసెం "
    "ธันวาคม desembre decembro abendua dhjetor dekabr желтоқсан жел დეკემბერი դեկտեմբերի դեկտեմբեր "
    "desemba disyembre",
)
MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
