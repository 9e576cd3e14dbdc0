"""Texts of our own in twelve languages: the sentences of articles, and the words that portals put around them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from headlines import AR, DE, EN, ES, FR, ID, JA, KO, PT, RU, VI, ZH

OCTOBER = {
    "en": "October", "de": "Oktober", "fr": "octobre", "es": "octubre", "pt": "outubro", "ru": "октября",
    "ar": "أكتوبر", "id": "Oktober",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Language:
    """What articles and pages in a language are made of."""

    code: str
    headlines: list[str]
    people: tuple[str, str]
    print_day: Callable[[date], str]
    byline: str
    sentences: tuple[str, ...]
    # Around articles: a row of buttons, headings, calls, a line of law.
    share: str
    related: str
    newsletter: str
    comments: str
    tags: str
    consent: str
    copyright: str
    read_more: str
    caption: str


def _day_month_year(code: str, joint: str = " ") -> Callable[[date], str]:
    return lambda day: joint.join((str(day.day), OCTOBER[code], str(day.year)))


LANGUAGES = {
    language.code: language
    for language in (
        Language(
            code="en", headlines=EN, people=("Nora Whitfield", "Daniel Okoro"), byline="By {}",
            print_day=lambda day: f"October {day.day}, {day.year}",
            sentences=(
                "The council of the harbour town agreed late on Tuesday to open its register of berths to every captain who asks.",
                "Until now the list hung in a glass case beside the fish market, and rain had washed out {n} of its lines.",
                "An engineer of the port authority showed how a ship can book a crane while it is still two days away.",
                "Small firms had complained for years that only the largest shippers were told when a quay would be free.",
                "The new service costs about as much as repainting one lighthouse, the treasurer said, and lasts longer.",
                "Dockers were sceptical at first, because an earlier system had sent three crews to the same vessel.",
                "This time the programmers spent {n} nights on the quay before they wrote a single line.",
                "They found that tides are written down in four different notebooks, none of which agrees with the others.",
                "A school nearby will use the figures to teach children how to read a chart.",
                "Whether neighbouring ports will join is open; two of them use measures that nobody else understands.",
                "The mayor called it a quiet revolution, and then asked whether it also works when the power fails.",
                "A first report is due in spring, and fishermen have been promised a telephone number with a person behind it.",
            ),
            share="Share on Facebook | Tweet | E-mail | Print", related="You may also like", newsletter="Sign up for our newsletter and get the harbour news in your inbox every morning.",
            comments="{n} comments", tags="Tags: ports, registers, tides", consent="We and our partners store cookies on your device to measure how this portal is used.",
            copyright="© 2026 Portal. All rights reserved.", read_more="Read more: {}", caption="Cranes in the morning light. Photo: Portal",
        ),
        Language(
            code="de", headlines=DE, people=("Katrin Vogelsang", "Jonas Amsel"), byline="Von {}",
            print_day=lambda day: f"{day.day}. Oktober {day.year}",
            sentences=(
                "Der Rat der Hafenstadt hat am späten Dienstagabend beschlossen, das Verzeichnis der Liegeplätze für alle zu öffnen.",
                "Bisher hing die Liste in einem Glaskasten neben dem Fischmarkt, und der Regen hatte {n} Zeilen unlesbar gemacht.",
                "Eine Ingenieurin der Hafenbehörde führte vor, wie ein Schiff zwei Tage vor der Ankunft einen Kran bestellt.",
                "Kleine Betriebe hatten jahrelang geklagt, dass nur die größten Reeder erfuhren, wann ein Kai frei wird.",
                "Der neue Dienst koste so viel wie ein Anstrich des Leuchtturms, sagte der Kämmerer, halte aber länger.",
                "Die Hafenarbeiter waren zunächst skeptisch, weil ein früheres System drei Mannschaften zum selben Frachter geschickt hatte.",
                "Diesmal verbrachten die Programmierer {n} Nächte am Kai, bevor sie die erste Zeile schrieben.",
                "Dabei stellte sich heraus, dass die Gezeiten in vier Heften stehen, von denen keines zum anderen passt.",
                "Eine Schule in der Nähe will mit den Zahlen lehren, wie man eine Seekarte liest.",
                "Ob die Nachbarhäfen mitmachen, ist offen; zwei von ihnen rechnen in Maßen, die sonst niemand versteht.",
                "Die Bürgermeisterin sprach von einer stillen Revolution und fragte, ob das auch bei Stromausfall gelte.",
                "Ein erster Bericht soll im Frühjahr vorliegen, und den Fischern wurde eine Telefonnummer mit einem Menschen versprochen.",
            ),
            share="Teilen | Drucken | Merken | Kommentare", related="Mehr zum Thema", newsletter="Abonnieren Sie unseren Newsletter und lesen Sie jeden Morgen, was im Hafen geschieht.",
            comments="{n} Kommentare", tags="Schlagwörter: Hafen, Verzeichnis, Gezeiten", consent="Wir und unsere Partner speichern Cookies auf Ihrem Gerät, um die Nutzung dieses Portals zu messen.",
            copyright="© 2026 Portal. Alle Rechte vorbehalten.", read_more="Lesen Sie auch: {}", caption="Kräne im Morgenlicht. Foto: Portal",
        ),
        Language(
            code="fr", headlines=FR, people=("Élodie Marchand", "Hugo Lefèvre"), byline="Par {}",
            print_day=_day_month_year("fr"),
            sentences=(
                "Le conseil de la ville portuaire a décidé mardi soir d'ouvrir à tous le registre des postes d'amarrage.",
                "Jusqu'ici, la liste était accrochée dans une vitrine près de la halle aux poissons, et la pluie en avait effacé {n} lignes.",
                "Une ingénieure de la capitainerie a montré comment un navire réserve une grue deux jours avant d'arriver.",
                "Les petites entreprises se plaignaient depuis des années que seuls les grands armateurs étaient prévenus.",
                "Le nouveau service coûte le prix d'une couche de peinture sur le phare, a précisé le trésorier, et dure davantage.",
                "Les dockers s'étaient d'abord méfiés, car un ancien système avait envoyé trois équipes sur le même cargo.",
                "Cette fois, les programmeurs ont passé {n} nuits sur le quai avant d'écrire la moindre ligne.",
                "Ils ont découvert que les marées étaient notées dans quatre cahiers dont aucun ne concorde avec les autres.",
                "Une école voisine se servira des chiffres pour apprendre aux enfants à lire une carte marine.",
                "Nul ne sait si les ports voisins suivront; deux d'entre eux emploient des mesures que personne ne comprend.",
                "La maire a parlé d'une révolution tranquille avant de demander si tout cela marche pendant une panne.",
                "Un premier bilan est attendu au printemps, et les pêcheurs auront un numéro où quelqu'un décroche.",
            ),
            share="Partager | Imprimer | Commenter", related="À lire aussi", newsletter="Inscrivez-vous à notre lettre du matin pour recevoir les nouvelles du port.",
            comments="{n} commentaires", tags="Mots-clés : port, registre, marées", consent="Nous et nos partenaires déposons des cookies pour mesurer l'usage de ce portail.",
            copyright="© 2026 Portail. Tous droits réservés.", read_more="Lire aussi : {}", caption="Les grues au petit matin. Photo : Portail",
        ),
        Language(
            code="es", headlines=ES, people=("Lucía Barrientos", "Mateo Salcedo"), byline="Por {}",
            print_day=_day_month_year("es", " de "),
            sentences=(
                "El concejo de la ciudad portuaria acordó el martes por la noche abrir a todos el registro de los atraques.",
                "Hasta ahora la lista colgaba en una vitrina junto a la lonja, y la lluvia había borrado {n} de sus líneas.",
                "Una ingeniera de la autoridad portuaria mostró cómo un barco reserva una grúa dos días antes de llegar.",
                "Las empresas pequeñas se quejaban desde hace años de que solo avisaban a las grandes navieras.",
                "El nuevo servicio cuesta lo mismo que pintar un faro, dijo el tesorero, y dura bastante más.",
                "Los estibadores desconfiaban porque un sistema anterior había mandado tres cuadrillas al mismo carguero.",
                "Esta vez los programadores pasaron {n} noches en el muelle antes de escribir la primera línea.",
                "Descubrieron que las mareas están anotadas en cuatro cuadernos y que ninguno coincide con los demás.",
                "Una escuela cercana usará las cifras para enseñar a los niños a leer una carta náutica.",
                "No está claro si se sumarán los puertos vecinos; dos de ellos usan medidas que nadie más entiende.",
                "La alcaldesa habló de una revolución tranquila y preguntó si también funciona cuando se va la luz.",
                "El primer informe llegará en primavera, y a los pescadores se les prometió un teléfono con una persona detrás.",
            ),
            share="Compartir | Imprimir | Comentarios", related="Te puede interesar", newsletter="Suscríbete a nuestro boletín y recibe cada mañana las noticias del puerto.",
            comments="{n} comentarios", tags="Etiquetas: puerto, registro, mareas", consent="Nosotros y nuestros socios guardamos cookies para medir el uso de este portal.",
            copyright="© 2026 Portal. Todos los derechos reservados.", read_more="Lee también: {}", caption="Las grúas al amanecer. Foto: Portal",
        ),
        Language(
            code="pt", headlines=PT, people=("Beatriz Nogueira", "Tiago Fontes"), byline="Por {}",
            print_day=_day_month_year("pt", " de "),
            sentences=(
                "A câmara da cidade portuária decidiu na terça à noite abrir a todos o registro dos berços de atracação.",
                "Até agora a lista ficava numa vitrine ao lado do mercado de peixe, e a chuva apagara {n} das suas linhas.",
                "Uma engenheira da autoridade portuária mostrou como um navio reserva um guindaste dois dias antes de chegar.",
                "As pequenas empresas reclamavam há anos de que só os grandes armadores eram avisados.",
                "O novo serviço custa o mesmo que pintar um farol, disse o tesoureiro, e dura muito mais.",
                "Os estivadores desconfiaram no início, porque um sistema antigo mandara três equipes ao mesmo cargueiro.",
                "Desta vez os programadores passaram {n} noites no cais antes de escrever a primeira linha.",
                "Descobriram que as marés estão anotadas em quatro cadernos, e nenhum deles coincide com os outros.",
                "Uma escola vizinha usará os números para ensinar as crianças a ler uma carta náutica.",
                "Não se sabe se os portos vizinhos vão aderir; dois deles usam medidas que mais ninguém entende.",
                "A prefeita falou numa revolução silenciosa e perguntou se também funciona quando falta energia.",
                "O primeiro relatório sai na primavera, e aos pescadores foi prometido um telefone com alguém do outro lado.",
            ),
            share="Compartilhar | Imprimir | Comentários", related="Leia também", newsletter="Assine a nossa newsletter e receba toda manhã as notícias do porto.",
            comments="{n} comentários", tags="Etiquetas: porto, registro, marés", consent="Nós e os nossos parceiros guardamos cookies para medir o uso deste portal.",
            copyright="© 2026 Portal. Todos os direitos reservados.", read_more="Leia mais: {}", caption="Guindastes ao amanhecer. Foto: Portal",
        ),
        Language(
            code="ru", headlines=RU, people=("Вера Лаптева", "Игорь Соколов"), byline="Автор: {}",
            print_day=_day_month_year("ru"),
            sentences=(
                "Совет портового города поздно вечером во вторник решил открыть реестр причалов для всех желающих.",
                "До сих пор список висел в стеклянной витрине у рыбного рынка, и дождь смыл из него {n} строк.",
                "Инженер администрации порта показала, как судно заказывает кран за два дня до прихода.",
                "Небольшие фирмы годами жаловались, что о свободном причале узнают только крупнейшие перевозчики.",
                "Новая служба стоит столько же, сколько покраска одного маяка, сказал казначей, но служит дольше.",
                "Докеры сначала не верили, потому что прежняя система отправила три бригады на один и тот же сухогруз.",
                "На этот раз программисты провели на причале {n} ночей, прежде чем написали первую строку.",
                "Они выяснили, что приливы записаны в четырёх тетрадях и ни одна не совпадает с другими.",
                "Соседняя школа будет учить детей читать морскую карту на этих данных.",
                "Присоединятся ли соседние порты, неясно: два из них пользуются мерами, которых никто не понимает.",
                "Мэр назвала это тихой революцией и спросила, работает ли всё при отключении света.",
                "Первый отчёт появится весной, а рыбакам обещали телефон, по которому отвечает человек.",
            ),
            share="Поделиться | Печать | Комментарии", related="Читайте также", newsletter="Подпишитесь на нашу рассылку и каждое утро получайте новости порта.",
            comments="Комментарии: {n}", tags="Теги: порт, реестр, приливы", consent="Мы и наши партнёры храним файлы cookie, чтобы знать, как пользуются порталом.",
            copyright="© 2026 Портал. Все права защищены.", read_more="Читайте также: {}", caption="Краны на рассвете. Фото: Портал",
        ),
        Language(
            code="zh", headlines=ZH, people=("林晓岚", "赵文博"), byline="作者：{}",
            print_day=lambda day: f"{day.year}年{day.month:02}月{day.day:02}日",
            sentences=(
                "港口城市议会周二深夜通过决议，把泊位登记册向所有船长开放，任何人都可以随时查询空闲的码头。",
                "此前这份名单一直挂在鱼市旁边的玻璃柜里，雨水已经冲掉了其中{n}行字。",
                "港务局的一位工程师演示了船舶怎样在抵达前两天预订吊车，整个过程只需要几分钟。",
                "多年来小企业一直抱怨，只有最大的航运公司才能事先知道哪一个码头即将空出来。",
                "司库表示，这项新服务的花费与给灯塔刷一遍油漆差不多，但是可以用得更久。",
                "码头工人起初并不相信，因为以前的系统曾经把三个班组派到同一艘货轮上。",
                "这一次，程序员们先在码头上度过了{n}个夜晚，然后才写下第一行代码。",
                "他们发现潮汐被记在四本不同的笔记本里，而且没有两本是一致的。",
                "附近的一所学校将用这些数字教孩子们怎样看懂海图，第一堂课安排在下个月。",
                "邻近的港口是否加入还不清楚，其中两家使用的计量单位别人都看不明白。",
                "市长称这是一场安静的变革，随后又问停电的时候系统是否还能照常运行。",
                "首份报告将于春天发布，渔民们则得到承诺，会有一个由真人接听的电话号码。",
            ),
            share="分享到： 微信 微博 QQ空间", related="相关阅读", newsletter="扫描二维码关注我们的公众号，每天早晨阅读港口新闻",
            comments="评论（{n}）", tags="关键词：港口 登记册 潮汐", consent="我们和合作伙伴会在您的设备上保存Cookie，以便统计本站的使用情况。",
            copyright="版权所有 2026 门户网 未经授权不得转载", read_more="相关新闻：{}", caption="晨光中的吊车。图片来源：门户网",
        ),
        Language(
            code="ja", headlines=JA, people=("高橋美咲", "中村健太"), byline="文・{}",
            print_day=lambda day: f"{day.year}年{day.month}月{day.day}日",
            sentences=(
                "港町の議会は火曜の夜遅く、係留場所の台帳をすべての船長に公開することを決めた。",
                "これまで一覧表は魚市場の横のガラスケースに掛けられており、雨で{n}行が読めなくなっていた。",
                "港湾局の技術者は、船が到着の二日前にクレーンを予約する様子を実演してみせた。",
                "小さな会社は何年も前から、岸壁の空きを知らされるのは大手の海運会社だけだと訴えていた。",
                "会計係によると、新しい仕組みの費用は灯台の塗り替え一回分ほどで、はるかに長持ちするという。",
                "以前の仕組みが三つの班を同じ貨物船に向かわせたため、港で働く人たちは初め疑っていた。",
                "今回は技術者たちが最初の一行を書く前に、岸壁で{n}晩を過ごした。",
                "そこで分かったのは、潮の満ち引きが四冊の帳面に書かれ、どれも一致しないことだった。",
                "近くの学校では、この数字を使って子どもたちに海図の読み方を教える予定だ。",
                "隣の港が加わるかどうかは決まっておらず、二つの港はほかの誰にも分からない単位を使っている。",
                "町長は静かな改革だと述べたうえで、停電のときにも動くのかと尋ねた。",
                "最初の報告は春に出され、漁師には人が必ず出る電話番号が約束された。",
            ),
            share="シェア ツイート 印刷 保存", related="関連記事", newsletter="メールマガジンに登録すると、港のニュースが毎朝届きます。",
            comments="コメント {n}", tags="タグ：港 台帳 潮", consent="当サイトと提携先は、利用状況を知るためにCookieを保存します。",
            copyright="Copyright 2026 ポータル 無断転載を禁じます", read_more="関連記事：{}", caption="朝日を浴びるクレーン。写真：ポータル",
        ),
        Language(
            code="ko", headlines=KO, people=("김서연", "박준호"), byline="{} 기자",
            print_day=lambda day: f"{day.year}.{day.month:02}.{day.day:02}",
            sentences=(
                "항구 도시 의회는 화요일 밤늦게 선석 대장을 모든 선장에게 공개하기로 결정했다.",
                "지금까지 이 목록은 어시장 옆 유리 상자에 걸려 있었고 빗물에 {n}줄이 지워져 있었다.",
                "항만청의 한 기술자는 배가 도착하기 이틀 전에 크레인을 예약하는 모습을 보여 주었다.",
                "작은 회사들은 부두가 언제 비는지 큰 해운 회사만 안다고 여러 해 동안 불평해 왔다.",
                "재무 담당자는 새 서비스에 드는 돈이 등대 한 곳을 칠하는 값과 같지만 더 오래 간다고 말했다.",
                "예전 시스템이 세 조를 같은 화물선으로 보낸 적이 있어 부두 노동자들은 처음에 믿지 않았다.",
                "이번에는 개발자들이 첫 줄을 쓰기 전에 부두에서 {n}일 밤을 보냈다.",
                "그들은 밀물과 썰물이 네 권의 공책에 적혀 있고 어느 것도 서로 맞지 않는다는 것을 알아냈다.",
                "가까운 학교에서는 이 숫자로 아이들에게 해도 읽는 법을 가르칠 계획이다.",
                "이웃 항구가 함께할지는 정해지지 않았으며 그중 두 곳은 아무도 모르는 단위를 쓴다.",
                "시장은 조용한 혁명이라고 부르면서 정전이 되어도 작동하는지 물었다.",
                "첫 보고서는 봄에 나오며 어부들에게는 사람이 받는 전화번호가 약속되었다.",
            ),
            share="공유하기 | 인쇄 | 스크랩 | 글자크기", related="관련기사", newsletter="뉴스레터를 구독하면 매일 아침 항구 소식을 받아 볼 수 있습니다.",
            comments="댓글 {n}", tags="태그: 항구, 대장, 조수", consent="저희와 협력사는 이용 현황을 알기 위해 기기에 쿠키를 저장합니다.",
            copyright="저작권자 2026 포털, 무단 전재 및 재배포 금지", read_more="관련기사: {}", caption="아침 햇살 속의 크레인. 사진=포털",
        ),
        Language(
            code="ar", headlines=AR, people=("ليلى الحداد", "سامر النجار"), byline="بقلم {}",
            print_day=_day_month_year("ar"),
            sentences=(
                "قرر مجلس المدينة الساحلية في وقت متأخر من مساء الثلاثاء فتح سجل الأرصفة أمام جميع القباطنة.",
                "كانت القائمة معلقة حتى الآن في صندوق زجاجي بجوار سوق السمك، وقد محا المطر {n} من سطورها.",
                "عرضت مهندسة في سلطة الميناء كيف تحجز السفينة رافعة قبل وصولها بيومين كاملين.",
                "اشتكت الشركات الصغيرة لسنوات من أن شركات الشحن الكبرى وحدها تعرف متى يخلو الرصيف.",
                "قال أمين الصندوق إن الخدمة الجديدة تكلف ما يكلفه طلاء منارة واحدة، لكنها تدوم أطول.",
                "كان عمال الميناء متشككين في البداية لأن نظاما سابقا أرسل ثلاث فرق إلى السفينة نفسها.",
                "هذه المرة أمضى المبرمجون {n} ليلة على الرصيف قبل أن يكتبوا السطر الأول.",
                "واكتشفوا أن مواعيد المد مسجلة في أربعة دفاتر لا يتفق أي منها مع الآخر.",
                "وستستخدم مدرسة قريبة هذه الأرقام لتعليم الأطفال قراءة الخرائط البحرية.",
                "ولم يتضح بعد هل ستنضم الموانئ المجاورة، فاثنان منها يستخدمان مقاييس لا يفهمها أحد.",
                "ووصفت رئيسة البلدية الأمر بأنه ثورة هادئة، ثم سألت هل يعمل النظام عند انقطاع الكهرباء.",
                "ومن المنتظر صدور أول تقرير في الربيع، ووعد الصيادون برقم هاتف يرد عليه إنسان.",
            ),
            share="شارك | اطبع | تعليقات", related="مواضيع ذات صلة", newsletter="اشترك في نشرتنا البريدية لتصلك أخبار الميناء كل صباح.",
            comments="{n} تعليقات", tags="الوسوم: ميناء، سجل، مد", consent="نحن وشركاؤنا نخزن ملفات تعريف الارتباط لقياس استخدام هذه البوابة.",
            copyright="© 2026 البوابة. جميع الحقوق محفوظة.", read_more="اقرأ أيضا: {}", caption="الرافعات في ضوء الصباح. الصورة: البوابة",
        ),
        Language(
            code="vi", headlines=VI, people=("Trần Thu Hà", "Lê Quang Minh"), byline="Tác giả: {}",
            print_day=lambda day: f"{day.day:02}/{day.month}/{day.year}",
            sentences=(
                "Hội đồng thành phố cảng tối muộn hôm thứ Ba đã quyết định mở sổ đăng ký cầu cảng cho mọi thuyền trưởng.",
                "Cho đến nay danh sách vẫn treo trong tủ kính cạnh chợ cá, và nước mưa đã làm nhòe {n} dòng.",
                "Một kỹ sư của cảng vụ trình diễn cách con tàu đặt cần cẩu trước khi cập bến hai ngày.",
                "Các công ty nhỏ nhiều năm phàn nàn rằng chỉ những hãng tàu lớn nhất được báo khi bến trống.",
                "Thủ quỹ cho biết dịch vụ mới tốn bằng một lần sơn lại ngọn hải đăng nhưng dùng được lâu hơn.",
                "Công nhân bốc xếp lúc đầu hoài nghi vì hệ thống cũ từng điều ba tổ đến cùng một con tàu.",
                "Lần này các lập trình viên ở lại bến {n} đêm trước khi viết dòng lệnh đầu tiên.",
                "Họ phát hiện thủy triều được ghi trong bốn cuốn sổ và không cuốn nào khớp với cuốn nào.",
                "Một trường học gần đó sẽ dùng các con số để dạy trẻ em cách đọc hải đồ.",
                "Chưa rõ các cảng lân cận có tham gia hay không, vì hai cảng dùng đơn vị đo không ai hiểu.",
                "Thị trưởng gọi đây là cuộc cách mạng thầm lặng rồi hỏi hệ thống có chạy khi mất điện không.",
                "Báo cáo đầu tiên sẽ có vào mùa xuân, và ngư dân được hứa một số điện thoại có người trả lời.",
            ),
            share="Chia sẻ | In | Bình luận", related="Tin liên quan", newsletter="Đăng ký bản tin để nhận tin tức về cảng vào mỗi buổi sáng.",
            comments="{n} bình luận", tags="Từ khóa: cảng, sổ đăng ký, thủy triều", consent="Chúng tôi và các đối tác lưu cookie trên thiết bị để đo lường việc sử dụng trang.",
            copyright="© 2026 Cổng thông tin. Giữ toàn quyền.", read_more="Xem thêm: {}", caption="Cần cẩu trong nắng sớm. Ảnh: Cổng thông tin",
        ),
        Language(
            code="id", headlines=ID, people=("Siti Rahmawati", "Budi Hartono"), byline="Oleh {}",
            print_day=_day_month_year("id"),
            sentences=(
                "Dewan kota pelabuhan memutuskan pada Selasa malam untuk membuka daftar tambatan bagi semua nakhoda.",
                "Selama ini daftar itu tergantung di lemari kaca dekat pasar ikan, dan hujan telah menghapus {n} barisnya.",
                "Seorang insinyur otoritas pelabuhan memperagakan cara kapal memesan derek dua hari sebelum tiba.",
                "Perusahaan kecil bertahun-tahun mengeluh bahwa hanya perusahaan pelayaran besar yang diberi tahu.",
                "Layanan baru itu berbiaya sama dengan mengecat satu mercusuar, kata bendahara, dan lebih tahan lama.",
                "Para buruh pelabuhan semula ragu karena sistem lama pernah mengirim tiga regu ke kapal yang sama.",
                "Kali ini para pemrogram bermalam {n} hari di dermaga sebelum menulis baris pertama.",
                "Mereka menemukan bahwa pasang surut dicatat dalam empat buku yang tidak saling cocok.",
                "Sebuah sekolah di dekat sana akan memakai angka itu untuk mengajar anak membaca peta laut.",
                "Belum jelas apakah pelabuhan tetangga ikut; dua di antaranya memakai ukuran yang tidak dipahami siapa pun.",
                "Wali kota menyebutnya revolusi yang sunyi, lalu bertanya apakah sistem itu jalan saat listrik padam.",
                "Laporan pertama terbit pada musim semi, dan nelayan dijanjikan nomor telepon yang dijawab manusia.",
            ),
            share="Bagikan | Cetak | Komentar", related="Baca juga", newsletter="Berlangganan buletin kami dan terima kabar pelabuhan setiap pagi.",
            comments="{n} komentar", tags="Tag: pelabuhan, daftar, pasang", consent="Kami dan mitra kami menyimpan cookie untuk mengukur pemakaian portal ini.",
            copyright="© 2026 Portal. Hak cipta dilindungi.", read_more="Baca juga: {}", caption="Derek dalam cahaya pagi. Foto: Portal",
        ),
    )
}  # fmt: skip
