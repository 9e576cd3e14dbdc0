"""The commonest surnames of languages that write names without a blank: what tells a name from other words there."""

# What follows 记者 without a mark between may be a verb as well.
CHINESE = frozenset(
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧肖冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦"
    "贾邹石熊孟秦阎闫薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚汤陶黎温莫易樊乔文安殷颜庄章鲁倪庞邢俞翟蓝聂齐向申葛岳柴尚牟庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费"
    "纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强丛华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏"
    "張劉陳楊黃趙吳孫馬鄭羅謝韓鄧蕭馮盧蔣葉呂蘇鍾陸賈鄒龔湯顧賴嚴錢龍賀鐘潘許"
) | frozenset(["欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "令狐", "慕容", "司徒", "歐陽"])

# Surnames of one character are left out: other words begin with them.
JAPANESE = frozenset(
    "佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 渡部 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 斎藤 齋藤 斉藤 清水 山崎 池田 橋本 阿部 "
    "石川 山下 中島 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 福田 太田 西村 藤井 金子 岡本 藤原 三浦 中野 中川 原田 松田 "
    "竹内 小野 田村 中山 和田 石田 森田 上田 柴田 酒井 工藤 横山 宮崎 宮本 内田 高木 安藤 島田 谷口 大野 高田 丸山 今井 河野 藤本 村田 武田 上野 "
    "杉山 増田 小島 小山 千葉 大塚 平野 菅原 久保 松井 岩崎 桜井 櫻井 野口 松尾 野村 木下 菊地 菊池 佐野 大西 杉本 新井 浜田 市川 古川 水野 小松 "
    "島崎 高野 吉川 山内 西田 西川 北村 安田 五十嵐 川口 平田 関口 中田 本田 川崎 本間 飯田 吉村 服部 岩田 中西 川上 土屋 樋口 永井 秋山 山中 "
    "石原 馬場 松岡 大橋 吉岡 小池 浅野 荒木 大久保 野田 広瀬 川村 熊谷 田辺 田口 久保田 松村 福島 黒田 片山 小沢 西山 矢野 望月 星野 早川 荒井 菅野 "
    "須藤 尾崎 内藤 鎌田 小西 児玉 多田 岸本 大島 福井 吉本 榎本 平井 関根 三宅 富田 小田 三好 村井 成田 川島 奥村 青山 大石 牧野 岡崎 堀内".split()
)

# One syllable; a few have two.
KOREAN = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용"
) | frozenset(["남궁", "황보", "제갈", "선우", "독고", "사공", "서문"])


def is_chinese(name: str) -> bool:
    """Return whether a name begins with a Chinese surname."""
    return name[:1] in CHINESE or name[:2] in CHINESE


def is_japanese(name: str) -> bool:
    """Return whether a name begins with a Japanese surname and goes on behind it."""
    return any(name[:size] in JAPANESE and len(name) > size for size in (2, 3))


def is_korean(name: str) -> bool:
    """Return whether a name begins with a Korean surname and is as long as names are."""
    if name[:2] in KOREAN:
        return len(name) in (3, 4)
    return name[:1] in KOREAN and len(name) in (2, 3)
