"""Articles of our own in Spanish, French, Japanese and Russian, and hard cases in English and Chinese.

Each is (kind, trap, title, paragraphs). A trap names what makes it look like an event of the field.
"""

from typing import NamedTuple

from scraper.demo.records import Kind


class Story(NamedTuple):
    """A hand-written article."""

    kind: Kind
    trap: str | None
    title: str
    paragraphs: tuple[str, ...]


ES = (
    Story("event", None, "Arranca en Santander el congreso de economía digital con récord de pymes", (
        "El congreso de economía digital abrió ayer sus puertas en Santander con más de novecientas pequeñas empresas inscritas. La primera jornada estuvo dedicada a la factura electrónica y a los pagos entre provincias.",
        "La responsable del puerto explicó que los estibadores ya consultan las mareas en una pantalla común. Según dijo, el ahorro de combustible paga el sistema en dos inviernos.",
        "Las sesiones siguen hasta el jueves. El último día se presentará un manual para los talleres que todavía llevan las cuentas en un cuaderno.",
    )),
    Story("event", None, "Los ministros de telecomunicaciones firman en Lima una declaración sobre conectividad rural", (
        "Los ministros de telecomunicaciones de nueve países firmaron este martes en Lima una declaración que promete conectividad en todas las escuelas rurales. La cumbre duró dos días y terminó de madrugada.",
        "El texto fija una fecha para cada cordillera y obliga a publicar los avances dos veces al año. Los municipios podrán compartir torres con las radios comunitarias.",
        "Queda por decidir quién paga las baterías. Un grupo de trabajo lo estudiará antes de la próxima reunión, que acogerá Montevideo.",
    )),
    Story("event", None, "El gobierno aprueba la estrategia nacional de inteligencia artificial", (
        "El consejo de ministros aprobó ayer la estrategia nacional de inteligencia artificial, que reserva fondos para hospitales comarcales y bibliotecas. El plan entra en vigor en enero.",
        "Las universidades deberán abrir sus ordenadores a los institutos los sábados. A cambio recibirán un complemento por cada hora de uso.",
        "La oposición pidió más detalle sobre el control de los algoritmos. El ministerio respondió que el reglamento llegará en primavera.",
    )),
    Story("event", None, "Web Summit cierra en Lisboa con acuerdos para una nube de ciudades pequeñas", (
        "La edición de este año de Web Summit terminó el jueves en Lisboa con catorce acuerdos de colaboración. El más comentado une a veinte ayuntamientos que compartirán una nube pública.",
        "Los alcaldes contaron que cada uno pagaba por separado el mismo programa de padrón. Con el nuevo contrato lo mantendrá una cooperativa de informáticos jubilados.",
        "La organización contó más asistentes que el año pasado, aunque menos conferenciantes. Las charlas en portugués llenaron la sala grande por primera vez.",
    )),
    Story("topic", "no event", "Por qué las tiendas de barrio venden más en línea los domingos", (
        "Un análisis de los pedidos de tres años muestra que el comercio electrónico de barrio crece sobre todo en domingo. La costumbre empezó con el pan y llegó luego a la ferretería.",
        "Los autores del estudio lo atribuyen a las comidas familiares. Cuando falta algo en la mesa, alguien lo pide desde el teléfono.",
        "La tendencia es más clara en los pueblos de costa. En las capitales el reparto se concentra en los lunes.",
    )),
    Story("other_event", "other field", "La feria del queso abre en Oviedo con sesenta queserías", (
        "La feria del queso abrió el sábado en Oviedo con sesenta queserías de cuatro valles. La cola llegaba a la plaza antes de las diez.",
        "El premio al mejor queso azul fue para una familia que cura las piezas en una mina abandonada. El jurado destacó su olor a castaña.",
        "Mañana habrá talleres para niños y una subasta. Lo recaudado irá al refugio de pastores.",
    )),
    Story("off", None, "Los vecinos del faro piden que vuelva el autobús de las siete", (
        "Los vecinos del faro llevan un mes sin el autobús de las siete y han colgado sábanas en los balcones. La compañía alega que viajaban cuatro personas.",
        "La panadera asegura que eran más en invierno. Ha reunido trescientas firmas en el mostrador.",
        "El ayuntamiento estudiará el asunto en el pleno de otoño. Hasta entonces un taxi hará el recorrido los lunes.",
    )),
)  # fmt: skip

FR = (
    Story("event", None, "Le forum de l'économie numérique s'ouvre à Nantes devant mille deux cents artisans", (
        "Le forum de l'économie numérique s'est ouvert mardi à Nantes devant mille deux cents artisans venus de tout l'Ouest. La matinée a porté sur les paiements et sur les marchés en ligne des halles.",
        "Une fleuriste a raconté comment elle partage ses stocks avec six boutiques. Chaque bouquet part de la plus proche, et les invendus ont diminué d'un tiers.",
        "Les ateliers se poursuivent jusqu'à jeudi. Un guide des contrats types sera distribué à la sortie.",
    )),
    Story("event", None, "Les régulateurs des télécoms adoptent à Dakar une feuille de route pour la fibre", (
        "Réunis en conférence à Dakar, les régulateurs des télécoms de onze pays ont adopté une feuille de route pour la fibre optique. Le texte prévoit un câble commun le long du fleuve.",
        "Les communes riveraines fourniront les tranchées et garderont un droit de passage. Les écoles seront raccordées avant les administrations.",
        "Le financement sera précisé à l'automne. La prochaine réunion se tiendra à Nouakchott.",
    )),
    Story("event", None, "Sommet sur l'intelligence artificielle : une déclaration commune signée à Genève", (
        "Le sommet sur l'intelligence artificielle s'est achevé vendredi à Genève par la signature d'une déclaration commune. Trente-deux délégations s'engagent à publier les règles de leurs algorithmes publics.",
        "Les négociateurs ont travaillé deux nuits sur la définition d'un service essentiel. Le mot « école » a été ajouté à la dernière minute.",
        "Un secrétariat de cinq personnes suivra les promesses. Son premier rapport est attendu dans un an.",
    )),
    Story("event", None, "Le Parlement adopte la loi sur les services numériques des communes", (
        "Le Parlement a adopté jeudi la loi sur les services numériques des communes, après trois lectures. Elle oblige à offrir chaque démarche au guichet comme en ligne.",
        "Les maires ruraux avaient demandé un délai de deux ans. Ils l'obtiennent pour les villages de moins de cinq cents habitants.",
        "Les décrets paraîtront avant l'été. Une association d'usagers veillera à leur lisibilité.",
    )),
    Story("topic", "earnings", "Le fabricant de puces Orvane double son bénéfice net au troisième trimestre", (
        "Le fabricant de puces Orvane a annoncé un bénéfice net doublé au troisième trimestre, porté par les commandes de centres de données. Le chiffre d'affaires progresse de vingt pour cent.",
        "L'action a gagné six pour cent à l'ouverture de la bourse. Les analystes attendaient moins.",
        "Le groupe relève ses prévisions pour l'année. Il n'embauchera pas avant le printemps.",
    )),
    Story("other_event", "other field", "Le festival du film de montagne s'ouvre à Briançon", (
        "Le festival du film de montagne s'est ouvert lundi à Briançon avec un documentaire tourné en raquettes. La salle était pleine une heure avant la projection.",
        "Le jury réunit deux guides, une bergère et un monteur. Il verra quarante films en six jours.",
        "Le prix du public sera remis dimanche. Le vainqueur reçoit un agneau et une bourse.",
    )),
    Story("off", None, "La crue a emporté la passerelle du moulin", (
        "La crue de la nuit a emporté la passerelle du moulin, que les écoliers empruntaient chaque matin. Personne n'a été blessé.",
        "Le meunier avait attaché la barque au peuplier. Elle a tenu, et sert désormais de bac.",
        "La mairie promet un pont provisoire avant les vacances. Les planches sont déjà sciées.",
    )),
)  # fmt: skip

JA = (
    Story("event", None, "デジタル経済フォーラムが仙台で開幕、港湾データの共有を議論", (
        "デジタル経済フォーラムが五日、仙台市で開幕した。東北の港や漁協、通信会社など八百人が参加し、港湾データの共有について議論する。会期は三日間。",
        "初日の基調講演では、岸壁の空きを一枚の地図で見せる仕組みが紹介された。待ち時間は半分になったという。登壇した漁協の担当者は、潮の記録も公開したいと話した。",
        "最終日には共同宣言を採択する予定だ。主催者は、来年は釜石で開くと発表した。",
    )),
    Story("event", None, "G7デジタル・技術相会合が閉幕、人工知能の閣僚宣言を採択", (
        "主要七カ国のデジタル・技術相会合が三十日に閉幕し、人工知能の利用に関する閣僚宣言を採択した。宣言は、行政で使う仕組みの説明を求めている。",
        "各国は越境データの流通についても話し合い、専門家の窓口を置くことで合意した。議長を務めた大臣は、学校での利用を急ぎたいと述べた。",
        "次の会合は秋に開かれる。作業部会が先に案をまとめるという。",
    )),
    Story("event", None, "政府がデータセンターの地方分散計画を閣議決定", (
        "政府は九日、データセンターを地方に分散させる計画を閣議決定した。雪の冷気を使う施設を北の五つの町に設け、二〇二八年度から動かす。",
        "計画は送電網の増強も盛り込んだ。町には固定資産税の一部が残り、通信の講座が開かれる。",
        "関連する法律の改正案は来年の国会に出される。総務省は説明会を各地で開く。",
    )),
    Story("event", None, "CEATECが幕張メッセで開幕、町工場のロボットが並ぶ", (
        "電子機器と情報技術の展示会CEATECが十五日、千葉市の幕張メッセで開幕した。七百の企業と団体が出展し、町工場のロボットが初めて一つの区画に並んだ。",
        "来場者の目を引いたのは、見本を一度なぞるだけで縫い目を覚える腕だった。操作に言葉はいらない。",
        "会期は十八日まで。主催者は十万人の来場を見込む。",
    )),
    Story("topic", "product launch", "掌に載る翻訳機が発売、電池は三日もつ", (
        "掌に載る新しい翻訳機が十日に発売された。人工知能が十二の言葉を聞き分け、電池は三日もつ。価格は二万円を切る。",
        "開発した会社によると、市場の騒音の中でも聞き取れるよう雑音を五年かけて集めた。色は三つある。",
        "新製品の売れ行きは好調で、店によっては品切れが続いている。次の入荷は来月になる。",
    )),
    Story("other_event", "other field", "菊の展覧会が城跡で始まる、今年は白が多く", (
        "秋の菊の展覧会が城跡の公園で始まった。愛好家が育てた四百鉢が並び、今年は白い花が多い。",
        "審査では、滝のように垂らした一鉢が最高賞に選ばれた。育てたのは元郵便局員だという。",
        "展覧会は月末まで。週末には茶の席も設けられる。",
    )),
    Story("off", None, "川の渡し舟、百年目の船頭は双子", (
        "川の渡し舟が今年で百年になり、新しい船頭に双子の姉妹が就いた。朝は姉が、夕方は妹が漕ぐ。",
        "乗客の多くは高校生で、試験の日には無料になる。橋までは遠回りだからだ。",
        "町は舟の修理に寄付を募っている。集まった分で櫂を新しくする。",
    )),
)  # fmt: skip

RU = (
    Story("event", None, "В Казани открылся форум по цифровой экономике для малых городов", (
        "В Казани во вторник открылся форум по цифровой экономике для малых городов. На него приехали мэры, связисты и библиотекари из сорока регионов.",
        "В первый день обсуждали, как перевести очереди в поликлинику на общую платформу. Опыт одного района показал, что хватает двух программистов и одного телефона.",
        "Форум продлится три дня. В пятницу участники подпишут соглашение об обмене открытыми данными.",
    )),
    Story("event", None, "Министры связи стран ШОС подписали в Ташкенте декларацию об искусственном интеллекте", (
        "Министры связи стран ШОС подписали в Ташкенте декларацию об искусственном интеллекте. Документ обязывает государства сообщать гражданам, когда решение принимает алгоритм.",
        "Переговоры шли два дня и закончились за полночь. Спорили о том, кто хранит журналы вычислений.",
        "Первый доклад о выполнении представят через год. Следующая встреча пройдет в Бишкеке.",
    )),
    Story("event", None, "Правительство утвердило национальную программу развития широкополосного интернета", (
        "Правительство утвердило в четверг национальную программу развития широкополосного интернета в горных селах. Она рассчитана на шесть лет и начнется в январе.",
        "Деньги получат кооперативы, которые сами прокладывают кабель. Школы подключат раньше контор.",
        "Отчет о ходе работ будут публиковать каждые полгода. За опоздание оператор вернет часть средств.",
    )),
    Story("event", None, "Конференция по кибербезопасности завершилась в Иркутске учениями на льду", (
        "Конференция по кибербезопасности завершилась в Иркутске учениями прямо на льду Байкала. Команды искали утечку в сети метеостанций при тридцати градусах мороза.",
        "Победили студенты, которые первыми заметили лишний маршрутизатор в палатке с чаем. Приз вручил смотритель маяка.",
        "Организаторы выпустят сборник докладов к весне. Через год конференция пройдет в Улан-Удэ.",
    )),
    Story("topic", "calendar", "Календарь мероприятий: куда пойти программисту этой весной", (
        "Календарь мероприятий на весну составлен по письмам читателей. В нем форумы, семинары и вечера, где говорят об искусственном интеллекте и базах данных.",
        "В марте стоит заглянуть в политехнический музей, в апреле в университет на холме. Запись начинается за неделю.",
        "Список пополняется по пятницам. Присылайте названия и адреса.",
    )),
    Story("other_event", "other field", "На реке прошел фестиваль плотов и ухи", (
        "На реке в выходные прошел фестиваль плотов и ухи. Двадцать команд спустились от мельницы до пристани, и одна перевернулась.",
        "Уху варили в котле, который взяли у пожарных. Рецепт хранит семья паромщика.",
        "Главный приз достался плоту в виде дивана. Зрители сидели на обоих берегах.",
    )),
    Story("off", None, "В старом депо открыли мастерскую по ремонту велосипедов", (
        "В старом депо открыли мастерскую по ремонту велосипедов, где инструмент дают бесплатно. Платят за чай и за заклепки.",
        "Мастера, два бывших машиниста, собирают рамы из труб парового котла. Первую подарили почтальону.",
        "Мастерская работает по вечерам. Зимой обещают починить и санки.",
    )),
)  # fmt: skip

EN = (
    Story("topic", "no event", "Village shops sell a third of their goods online, figures show", (
        "Village shops now sell a third of their goods online, according to figures that a group of accountants has gathered over four years. Most of the growth came from repairs and spare parts.",
        "The numbers say nothing of profits, which the authors put down to the cost of boxes. One shop has begun to wash and reuse them.",
        "An analyst warned against reading too much into a mild winter. The group will count again in spring.",
    )),
    Story("topic", "earnings", "Cloud firm Harbourline beats estimates in quarterly results", (
        "Harbourline, which rents out cloud servers to shipping lines, beat estimates in its quarterly results on Tuesday. Revenue rose by a fifth and net profit by a tenth.",
        "Its shares rose by four per cent after the bell. The company pays its first dividend in March.",
        "The finance chief said that demand from ports was steady. She gave no forecast for the second half.",
    )),
    Story("topic", "call for papers", "Call for papers: tenth conference on digital economy and island trade", (
        "The tenth conference on digital economy and island trade invites papers of up to eight pages on ports, payments and ferries. The submission deadline is the last day of March.",
        "Abstracts are read by two reviewers each. Authors hear of the result by the end of May, and the proceedings appear in autumn.",
        "Students may send posters. A template stands on the page of the organising committee.",
    )),
    Story("topic", "product launch", "Review: a speaker that answers in rhyme", (
        "The new speaker from a small workshop answers every question in rhyme, and this review found that charming for about a day. Its AI model runs without a cloud account.",
        "Setup takes three minutes. The sound is warm, the price is not, and the volume knob turns the wrong way.",
        "Best for kitchens, we would say. A cheaper version without the rhymes comes out in June.",
    )),
    Story("off", "sidebar only", "Lighthouse keepers ask for warmer coats", (
        "The last nine lighthouse keepers of the coast have asked for warmer coats, after a winter in which the wind took two doors and a goat. The coast guard has promised wool.",
        "One keeper knits her own. She has sent the pattern to the others, with a drawing of the sleeves.",
        "The coats will come with the supply boat in May. Until then there are blankets.",
    )),
    Story("other_event", "other field", "Hill town holds its fair of bells and clocks", (
        "The fair of bells and clocks was held in the hill town for the eightieth time on Sunday, with two hundred stalls along the wall. At noon everything rang at once.",
        "A watchmaker showed a clock that loses one second in a year, and explained where it goes. Children were allowed to wind it.",
        "The mayor thanked the neighbours for their patience. The next fair is in two years.",
    )),
)  # fmt: skip

ZH = (
    Story("event", None, "全市数字经济工作会议召开 部署公共数据开放", (
        "全市数字经济工作会议九日召开，部署公共数据开放和中小企业上云。会议通报了去年的进展，二十个部门签署了数据共享责任书。",
        "山区县的代表介绍了用卫星互联网办理林权登记的做法。办事群众从跑三趟减为一趟，资料由窗口代为上传。",
        "会议要求三月底前公布首批开放目录。各县将每季度报告一次落实情况。",
    )),
    Story("event", None, "人工智能与港口大会在宁海开幕 首批标准发布", (
        "人工智能与港口大会十八日在宁海开幕，来自三十个港口的嘉宾参加。开幕式上发布了首批岸桥识别标准，涉及潮位、箱号和灯光。",
        "一位老调度员演示了新旧两套排船方法。机器快了四十分钟，但他指出了两处风向上的疏忽。",
        "大会为期三天，设五个分论坛。闭幕时将公布下一届举办地。",
    )),
    Story("event", None, "《海岛县数据条例》公布 明年起施行", (
        "《海岛县数据条例》日前公布，自明年一月一日起施行。条例共六章四十二条，对渔船轨迹、气象和医疗数据的共享作出规定。",
        "条例明确，个人信息不得用于商业推送。渔民可以免费查询本船三年内的轨迹。",
        "县里将设数据专员，每村一名。培训从下月开始。",
    )),
    Story("topic", "no event", "网上买菜改变了谁的早晨", (
        "凌晨四点的批发市场里，手机订单的提示声盖过了吆喝。记者走访三座城市后发现，网上买菜首先改变的是摊主的作息。",
        "摊主老户主说，以前六点开门，如今两点就要分拣。多出来的收入，一半付了冰块和纸箱。",
        "研究者认为，这种变化还会持续。至于晚饭桌上的味道，大家说法不一。",
    )),
    Story("topic", "earnings", "云舟软件公布三季度财报 净利润同比增长两成", (
        "云舟软件二十六日公布三季度财报，营收同比增长一成半，净利润增长两成。公司称，增长主要来自医院和学校的续费。",
        "公布业绩后，股价高开三个百分点，午后回落。有券商维持了原来的评级。",
        "公司表示明年不扩张海外业务。研发投入占比保持不变。",
    )),
    Story("other_event", "other field", "古镇油纸伞节开幕 老匠人现场收徒", (
        "古镇油纸伞节昨日开幕，石板街上撑起了上千把伞。七十岁的老匠人现场收了三名徒弟，最小的才十六岁。",
        "做一把伞要七十多道工序，最难的是上油那天的天气。老人说，看云比看手艺难。",
        "节庆持续一周，夜里有灯会。游客可以把伞寄回家。",
    )),
    Story("off", "sidebar only", "山里的邮路改走水道", (
        "塌方之后，山里的邮路改走了水道。邮递员把包裹装进防水袋，坐竹筏顺流而下，比原来还快了半个钟头。",
        "村民在渡口搭了雨棚，谁家有信就挂一面小旗。孩子们学会了辨认旗子的颜色。",
        "公路预计下月修通。邮递员说，他有点舍不得那条河。",
    )),
)  # fmt: skip
