"""Pages in the shape of real ones that hold no article, or only the beginning of one: by kind, language and layout.

The texts are ours. What is around them is what portals' systems put around them: menus, pagers, banners, footers, scripts
and the declarations in the head, which are often wrong.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from headlines import AR, DE, EN, ES, FR, ID, JA, KO, PT, RU, VI, ZH

HEADLINES = {
    "en": EN, "de": DE, "fr": FR, "es": ES, "pt": PT, "ru": RU, "zh": ZH, "ja": JA, "ko": KO, "ar": AR,
    "vi": VI, "id": ID,
}  # fmt: skip
WORDS: dict[str, dict[str, tuple[str, str]]] = {
    # kind -> language -> title, sentence
    "search": {
        "en": ("Search results for: harbour", "Your search for harbour found 214 results."),
        "de": ("Suchergebnisse für Hafen", "Ihre Suche nach Hafen ergab 214 Treffer."),
        "fr": ("Résultats de recherche pour port", "Votre recherche a donné 214 résultats."),
        "es": ("Resultados de la búsqueda: puerto", "Su búsqueda obtuvo 214 resultados."),
        "pt": ("Resultados da pesquisa: porto", "A pesquisa encontrou 214 resultados."),
        "ru": ("Результаты поиска: порт", "По запросу найдено 214 результатов."),
        "zh": ("“港口”的搜索结果", "共找到214条相关结果。"),
        "ja": ("「港」の検索結果", "214件が見つかりました。"),
        "ko": ("'항구' 검색결과", "214건이 검색되었습니다."),
        "ar": ("نتائج البحث عن ميناء", "تم العثور على 214 نتيجة."),
        "vi": ("Kết quả tìm kiếm: cảng", "Tìm thấy 214 kết quả."),
        "id": ("Hasil pencarian: pelabuhan", "Ditemukan 214 hasil."),
    },
    "soft 404": {
        "en": ("Page not found", "Sorry, the page you are looking for does not exist or has been moved."),
        "de": ("Seite nicht gefunden", "Die gewünschte Seite existiert leider nicht mehr."),
        "fr": ("Page introuvable", "La page que vous cherchez n'existe pas ou a été déplacée."),
        "es": ("Página no encontrada", "Lo sentimos, la página que busca no existe."),
        "pt": ("Página não encontrada", "A página que procura não existe ou foi removida."),
        "ru": ("Страница не найдена", "Запрошенная страница не существует или была удалена."),
        "zh": ("页面不存在", "很抱歉，您访问的页面不存在或已被删除。"),
        "ja": ("ページが見つかりません", "お探しのページは移動または削除された可能性があります。"),
        "ko": ("페이지를 찾을 수 없습니다", "요청하신 페이지가 삭제되었거나 주소가 변경되었습니다."),
        "ar": ("الصفحة غير موجودة", "عذرا، الصفحة التي تبحث عنها غير موجودة."),
        "vi": ("Không tìm thấy trang", "Trang bạn tìm kiếm không tồn tại."),
        "id": ("Halaman tidak ditemukan", "Maaf, halaman yang Anda cari tidak ada."),
    },
    "error": {
        "en": ("Service temporarily unavailable", "We are carrying out maintenance. Please try again later."),
        "de": ("Wartungsarbeiten", "Wegen Wartungsarbeiten ist die Seite vorübergehend nicht erreichbar."),
        "fr": ("Site en maintenance", "Le service est temporairement indisponible. Veuillez réessayer plus tard."),
        "es": ("Sitio en mantenimiento", "El servicio no está disponible temporalmente. Inténtelo más tarde."),
        "pt": ("Site em manutenção", "O serviço está temporariamente indisponível."),
        "ru": ("Технические работы", "Сервис временно недоступен. Попробуйте позже."),
        "zh": ("系统维护中", "系统正在维护，请稍后再试。"),
        "ja": ("メンテナンス中", "ただいまメンテナンス中です。しばらくしてからもう一度お試しください。"),
        "ko": ("서비스 점검 중", "시스템 점검 중입니다. 잠시 후 다시 시도해 주세요."),
        "ar": ("الموقع تحت الصيانة", "الخدمة غير متاحة مؤقتا. يرجى المحاولة لاحقا."),
        "vi": ("Hệ thống đang bảo trì", "Dịch vụ tạm thời không khả dụng."),
        "id": ("Situs sedang dalam pemeliharaan", "Layanan sementara tidak tersedia."),
    },
    "challenge": {
        "en": ("Just a moment...", "Checking your browser before accessing the portal. Enable JavaScript and cookies to continue."),
        "de": ("Nur einen Moment…", "Bitte bestätigen Sie, dass Sie ein Mensch sind."),
        "fr": ("Vérification de sécurité", "Veuillez confirmer que vous n'êtes pas un robot."),
        "es": ("Un momento…", "Compruebe que es un ser humano completando la acción siguiente."),
        "pt": ("Um momento…", "Confirme que você é humano para continuar."),
        "ru": ("Проверка браузера", "Подтвердите, что вы не робот."),
        "zh": ("安全验证", "请完成安全验证后继续访问。"),
        "ja": ("セキュリティ確認", "ロボットではないことを確認してください。"),
        "ko": ("보안 확인", "로봇이 아닙니다를 확인해 주세요."),
        "ar": ("التحقق الأمني", "يرجى التأكد من أنك لست روبوتا."),
        "vi": ("Xác minh bảo mật", "Vui lòng xác minh bạn không phải là robot."),
        "id": ("Verifikasi keamanan", "Konfirmasikan bahwa Anda bukan robot."),
    },
    "consent": {
        "en": ("Your privacy choices", "Before you continue, we and our 213 partners ask for your consent to store cookies on your device and to process personal data for advertising. You can accept all cookies, or manage your choices and withdraw consent at any time."),
        "de": ("Mit Werbung weiterlesen", "Wir und unsere 213 Partner brauchen Ihre Einwilligung, um Cookies zu setzen und Daten für Werbung zu verarbeiten. Sie können Ihre Zustimmung jederzeit widerrufen, oder das Angebot im Abo ohne Tracking nutzen."),
        "fr": ("Le respect de votre vie privée", "Avec votre consentement, nos 213 partenaires et nous utilisons des cookies pour stocker et traiter des données personnelles. Vous pouvez accepter et continuer, ou vous abonner pour refuser les cookies."),
        "es": ("Tu privacidad es importante", "Con su consentimiento, nosotros y nuestros 213 socios usamos cookies para almacenar datos personales. Puede aceptar las cookies o suscribirse para rechazarlas."),
        "pt": ("A sua privacidade", "Nós e os nossos 213 parceiros usamos cookies, com o seu consentimento, para tratar dados pessoais. Pode aceitar todos os cookies ou gerir as opções."),
        "ru": ("Настройки файлов cookie", "Мы и наши партнёры используем файлы cookie и просим вашего согласия на обработку персональных данных. Вы можете принять все файлы cookie."),
        "zh": ("Cookie 设置", "我们和合作伙伴使用 Cookie 处理个人数据。请选择同意全部 Cookie，或管理您的隐私选项。"),
        "ja": ("Cookieの使用に関する同意", "当社とパートナーはCookieを使用して個人データを処理します。すべてのCookieに同意するか、設定を管理してください。"),
        "ko": ("쿠키 동의", "저희와 파트너는 쿠키를 사용하여 개인정보를 처리합니다. 모든 쿠키에 동의하거나 설정을 관리할 수 있습니다."),
        "id": ("Pilihan privasi Anda", "Kami dan mitra kami meminta persetujuan Anda untuk menyimpan cookie dan memproses data pribadi. Anda dapat menerima semua cookie."),
    },
    "login": {
        "en": ("Sign in to your account", "Sign in with your e-mail address and password to go on reading."),
        "de": ("Anmelden", "Bitte melden Sie sich mit E-Mail-Adresse und Passwort an."),
        "fr": ("Connexion", "Connectez-vous à votre compte pour poursuivre."),
        "es": ("Iniciar sesión", "Inicie sesión con su correo y contraseña."),
        "pt": ("Iniciar sessão", "Entre com o seu e-mail e a sua senha."),
        "ru": ("Вход", "Войдите, чтобы продолжить."),
        "zh": ("用户登录", "请输入用户名和密码登录。"),
        "ja": ("ログイン", "メールアドレスとパスワードを入力してください。"),
        "ko": ("로그인", "이메일과 비밀번호를 입력해 주세요."),
        "ar": ("تسجيل الدخول", "أدخل بريدك الإلكتروني وكلمة المرور."),
        "vi": ("Đăng nhập", "Nhập email và mật khẩu của bạn."),
        "id": ("Masuk ke akun Anda", "Masukkan email dan kata sandi Anda."),
    },
    "teaser": {
        "en": ("", "Subscribe to continue reading"),
        "de": ("", "Weiterlesen mit unserem Abo: Dieser Artikel ist nur für Abonnenten."),
        "fr": ("", "Cet article est réservé aux abonnés. Il vous reste 80 % à lire."),
        "es": ("", "Suscríbete para seguir leyendo este contenido exclusivo para suscriptores."),
        "pt": ("", "Conteúdo exclusivo para assinantes. Assine para continuar lendo."),
        "ru": ("", "Продолжение доступно только подписчикам."),
        "zh": ("", "本文为付费内容，订阅后阅读全文。"),
        "ja": ("", "この記事は有料会員限定です。残り 1200文字"),
        "ko": ("", "유료 회원 전용 기사입니다. 구독하고 계속 읽기"),
        "id": ("", "Artikel ini khusus pelanggan. Berlangganan untuk melanjutkan."),
    },
}  # fmt: skip
SUMMARY = {
    "en": "Delegates from nine countries discussed how customs offices may clear goods without paper, and what it costs.",
    "de": "Vertreter aus neun Ländern berieten, wie Zollämter Waren ohne Papier abfertigen können und was das kostet.",
    "fr": "Des délégués de neuf pays ont discuté de la manière dont les douanes peuvent traiter les marchandises sans papier.",
    "es": "Delegados de nueve países debatieron cómo las aduanas pueden despachar mercancías sin papel y cuánto cuesta.",
    "pt": "Delegados de nove países discutiram como as alfândegas podem liberar mercadorias sem papel e quanto custa.",
    "ru": "Делегаты из девяти стран обсудили, как таможни могут оформлять товары без бумаги и сколько это стоит.",
    "zh": "来自九个国家的代表讨论了海关如何实现货物无纸化通关以及所需成本，并就数据共享规则交换了意见。",
    "ja": "九か国の代表が、税関が紙を使わずに貨物を通関させる方法とその費用について話し合い、意見を交わした。",
    "ko": "아홉 나라의 대표들이 세관이 종이 없이 화물을 통관하는 방법과 그 비용에 대해 논의하고 의견을 나누었다.",
    "ar": "ناقش مندوبون من تسع دول كيف يمكن لمكاتب الجمارك تخليص البضائع بدون ورق وكم تبلغ تكلفة ذلك.",
    "vi": "Đại biểu từ chín quốc gia đã thảo luận cách hải quan thông quan hàng hóa không cần giấy tờ và chi phí của việc đó.",
    "id": "Delegasi dari sembilan negara membahas bagaimana bea cukai dapat memproses barang tanpa kertas dan berapa biayanya.",
}
HOST = "https://portal.example.org"


@dataclass(frozen=True, kw_only=True)
class KindPage:
    """A page and what it is."""

    kind: str
    family: str
    language: str
    url: str
    html: str


def _menu(language: str) -> str:
    rows = HEADLINES[language][:8]
    return (
        "<nav><ul>"
        + "".join(f'<li><a href="/c{n}/">{row[:14]}</a></li>' for n, row in enumerate(rows))
        + "</ul></nav>"
    )


def _classic(language: str, title: str, main: str, head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title} - Portal</title>{head}'
        f'</head><body><div id="header"><a href="/">Portal</a>{_menu(language)}</div><div id="content" class="site-main">'
        f'{main}</div><div id="footer"><p>© 2026 Portal</p><a href="/imprint">Imprint</a></div></body></html>'
    )


def _modern(language: str, title: str, main: str, head: str = "") -> str:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title} | Portal</title>'
        f'<meta property="og:site_name" content="Portal"><meta property="og:title" content="{title}">{head}'
        f'<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "WebSite", "name": "Portal"}}</script>'
        f'</head><body><div id="__next"><header class="css-1x"><a href="/">Portal</a>{_menu(language)}</header>'
        f'<main class="css-2y">{main}</main><footer class="css-3z"><small>Portal</small></footer></div></body></html>'
    )


def _tables(language: str, title: str, main: str, head: str = "") -> str:
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{title}_Portal</title>{head}'
        f'</head><body><table width="960"><tr><td>{_menu(language)}</td></tr><tr><td valign="top">{main}</td></tr>'
        f"<tr><td>Portal</td></tr></table></body></html>"
    )


LAYOUTS: dict[str, Callable[..., str]] = {"classic": _classic, "modern": _modern, "tables": _tables}


def _rows(language: str, *, summaries: bool, dated: bool, count: int = 12) -> str:
    out = []
    for n, headline in enumerate(HEADLINES[language][:count]):
        date = f'<span class="date">2026-10-{n + 1:02}</span>' if dated else ""
        text = f"<p>{SUMMARY[language]} ({n + 1})</p>" if summaries else ""
        out.append(
            f'<div class="item"><h3><a href="/2026/10/{n + 1:02}/story-{n}.html">{headline}</a></h3>{date}{text}</div>'
        )
    more = "".join(
        f'<li><a href="/2026/09/{n + 1:02}/story-{n}.html">{headline}</a></li>'
        for n, headline in enumerate(HEADLINES[language])
    )
    return (
        "".join(out)
        + f'<ul class="more">{more}</ul><div class="pager"><a href="?page=2">2</a> <a href="?page=3">3</a></div>'
    )


def _listing(
    kind: str,
    family: str,
    language: str,
    *,
    path: str,
    title: str,
    summaries: bool,
    dated: bool,
    top: str = "",
    head: str = "",
) -> KindPage:
    html = LAYOUTS[family](
        language,
        title,
        f"<h1>{title}</h1>{top}{_rows(language, summaries=summaries, dated=dated)}",
        head,
    )
    return KindPage(kind=kind, family=family, language=language, url=HOST + path, html=html)


def _lists() -> Iterator[KindPage]:
    families = list(LAYOUTS)
    for n, language in enumerate(HEADLINES):
        make = partial(_listing, family=families[n % 3], language=language)
        rubric = HEADLINES[language][0].split()[0][:12]
        yield make("index", path="/", title="Portal", summaries=True, dated=False)
        yield make(
            "index", path=f"/{language}/economy/", title=rubric, summaries=n % 2 == 0, dated=True
        )
        yield make(
            "index", path=f"/tag/harbour-{n}/", title=f"Tag: {rubric}", summaries=True, dated=True
        )
        yield make(
            "index",
            path=f"/press-releases/index_{n}.html",
            title="Press releases" if language == "en" else rubric,
            summaries=n % 2 == 1,
            dated=True,
            head='<meta name="description" content="All releases">',
        )


def _searches() -> Iterator[KindPage]:
    for n, (language, (title, sentence)) in enumerate(WORDS["search"].items()):
        family = list(LAYOUTS)[n % 3]
        path = ("/search?q=harbour", "/?s=harbour", "/so/search.html?keyword=harbour")[n % 3]
        yield _listing(
            "search",
            family,
            language,
            path=path,
            title=title,
            summaries=n % 2 == 0,
            dated=True,
            top=f"<p>{sentence}</p>",
        )


def _notices(kind: str, extra: str = "") -> Iterator[KindPage]:
    for n, (language, (title, sentence)) in enumerate(WORDS[kind].items()):
        family = list(LAYOUTS)[n % 3]
        links = (
            _rows(language, summaries=False, dated=False, count=3)
            if kind == "soft 404" and n % 2
            else ""
        )
        main = f"<h1>{title}</h1><p>{sentence}</p>{extra}{links}"
        yield KindPage(
            kind=kind, family=family, language=language, url=f"{HOST}/2026/10/01/story-{n}.html",
            html=LAYOUTS[family](language, title, main),
        )  # fmt: skip


def _pictures() -> Iterator[KindPage]:
    titles = {
        "en": "In pictures: {}", "de": "Fotostrecke: {}", "fr": "Diaporama : {}", "es": "Fotogalería: {}",
        "pt": "Galeria de fotos: {}", "ru": "Фоторепортаж: {}", "zh": "组图：{}", "ja": "【写真】{}", "ko": "[포토] {}",
        "ar": "صور: {}", "vi": "Chùm ảnh: {}", "id": "Galeri foto: {}",
    }  # fmt: skip
    for n, (language, title) in enumerate(titles.items()):
        name = title.format(HEADLINES[language][n % 8])
        figures = "".join(
            f'<figure><img src="/img/{k}.jpg"><figcaption>{HEADLINES[language][k % 8]} ({k + 1}/9)</figcaption></figure>'
            for k in range(9)
        )
        family = list(LAYOUTS)[n % 3]
        yield KindPage(
            kind="gallery", family=family, language=language, url=f"{HOST}/{('gallery', 'photos', '2026/10')[n % 3]}/story-{n}.html",
            html=LAYOUTS[family](language, name, f"<h1>{name}</h1><div class='slides'>{figures}</div>"),
        )  # fmt: skip


def _films() -> Iterator[KindPage]:
    for n, language in enumerate(HEADLINES):
        name = HEADLINES[language][n % 8]
        linked = (
            f'<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "VideoObject", "name": "{name}", '
            f'"uploadDate": "2026-10-01T08:00:00Z", "duration": "PT2M10S"}}</script>'
        )
        head = (linked, '<meta property="og:type" content="video.other">', linked)[n % 3]
        main = f'<h1>{name}</h1><div class="player"><video src="/v/{n}.mp4"></video></div><p>{SUMMARY[language]}</p>'
        family = list(LAYOUTS)[n % 3]
        yield KindPage(
            kind="video", family=family, language=language, url=f"{HOST}/video/story-{n}.html",
            html=LAYOUTS[family](language, name, main, head),
        )  # fmt: skip


def _beginnings() -> Iterator[KindPage]:
    for n, (language, (_, sentence)) in enumerate(WORDS["teaser"].items()):
        name = HEADLINES[language][n % 8]
        linked = (
            f'<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "{name}", '
            f'"datePublished": "2026-10-01T08:00:00Z", "isAccessibleForFree": false}}</script>'
            if n % 2
            else '<meta property="article:published_time" content="2026-10-01T08:00:00Z">'
        )
        main = (
            f"<article><h1>{name}</h1><p>{SUMMARY[language]}</p><p>{SUMMARY[language][::1]} (2)</p>"
            f'<div class="paywall-box"><p>{sentence}</p></div></article>'
        )
        family = list(LAYOUTS)[n % 3]
        yield KindPage(
            kind="teaser", family=family, language=language, url=f"{HOST}/2026/10/01/story-{n}.html",
            html=LAYOUTS[family](language, name, main, linked),
        )  # fmt: skip


def _live() -> Iterator[KindPage]:
    for n, language in enumerate(HEADLINES):
        name = HEADLINES[language][n % 8]
        posts = "".join(
            f'<div class="post"><time datetime="2026-10-01T1{k}:05:00Z">1{k}:05</time><h2>{HEADLINES[language][k % 8]}</h2>'
            f"<p>{SUMMARY[language]} ({k})</p></div>"
            for k in range(9)
        )
        linked = (
            f'<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "LiveBlogPosting", "headline": "{name}", '
            f'"datePublished": "2026-10-01T08:00:00Z"}}</script>'
        )
        family = list(LAYOUTS)[n % 3]
        yield KindPage(
            kind="live", family=family, language=language, url=f"{HOST}/live/2026/10/01/story-{n}.html",
            html=LAYOUTS[family](language, name, f"<article><h1>{name}</h1>{posts}</article>", linked),
        )  # fmt: skip


def make_pages() -> list[KindPage]:
    """Return all pages, by kind."""
    password = (
        '<form method="post"><input type="email"><input type="password"><button>OK</button></form>'
    )
    return [
        *_lists(),
        *_searches(),
        *_notices("soft 404"),
        *_notices("error"),
        *_notices("challenge"),
        *_notices("consent", "<button>OK</button><button>Options</button>"),
        *_notices("login", password),
        *_pictures(),
        *_films(),
        *_beginnings(),
        *_live(),
    ]
