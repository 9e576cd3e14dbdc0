"""The words by which pages that are no articles say so, in the languages of portals."""

import re
from collections.abc import Mapping

# Kind -> what the title, the headline or the first lines of such a page say. The order is that of asking.
NOTICES: Mapping[str, re.Pattern[str]] = {
    kind: re.compile(pattern, re.IGNORECASE)
    for kind, pattern in {
        "soft 404": r"\b404\b|(?:page|article|story|content|file) (?:you \w+ \w+ \w+ )?(?:was |could |can |is )?not (?:be )?found|"
        r"page not found|no longer (?:available|exists)|(?:does not|doesn.t) exist|seite (?:wurde )?nicht gefunden|"
        r"existiert (?:leider )?nicht|page (?:introuvable|non trouvée)|n.existe (?:pas|plus)|página no encontrada|no existe|"
        r"página não (?:foi )?encontrada|não existe|pagina non trovata|pagina niet gevonden|sidan (?:hittades|kunde) inte|"
        r"страница не найдена|не существует|(?:页面|頁面|网页|文章|内容)(?:不存在|未找到|已删除|已被删除)|"
        r"ページが見つかりません|お探しのページ|페이지를 찾을 수 없|الصفحة غير موجودة|không tìm thấy (?:trang|nội dung)|"
        r"halaman tidak ditemukan",
        "challenge": r"just a moment|attention required|checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human|"
        r"are you (?:a )?(?:robot|human)|access denied|enable javascript and cookies|unusual traffic|security check|"
        r"nur einen moment|dass sie (?:ein mensch|kein roboter)|vérification de sécurité|pas un robot|"
        r"^un momento|es un ser humano|no (?:es|soy) un robot|^um momento|você é humano|não (?:é|sou) um robô|"
        r"проверка браузера|не робот|安全验证|人机验证|请完成(?:安全)?验证|访问过于频繁|セキュリティ確認|ロボットではない|"
        r"보안 확인|로봇이 아닙니다|التحقق الأمني|لست روبوت|xác minh bảo mật|không phải là robot|verifikasi keamanan|bukan robot",
        "error": r"(?:service|site|server)(?: is)? (?:temporarily )?unavailable|\b50[0234]\b|bad gateway|internal server error|gateway time-?out|"
        r"(?:under|scheduled|site) maintenance|wartungs(?:arbeiten|modus)|en maintenance|temporairement indisponible|"
        r"en mantenimiento|em manutenção|in manutenzione|технические работы|временно недоступен|系统维护|正在维护|服务器错误|"
        r"メンテナンス中|(?:서비스|시스템) 점검|تحت الصيانة|đang bảo trì|dalam pemeliharaan",
        "consent": r"before you continue|(?:your )?privacy (?:choices|settings|preferences)|cookie (?:consent|settings|preferences|wall)|"
        r"mit werbung (?:weiter)?lesen|(?:zustimmung|einwilligung) (?:erforderlich|verwalten)|respect de votre vie privée|"
        r"(?:tu|su) privacidad|(?:a )?sua privacidade|файлов cookie|cookie ?(?:设置|政策同意|同意)|cookieの使用|쿠키 동의|pilihan privasi",
        "login": r"^(?:sign|log) ?in\b|^log-?in\b|^anmelden|^einloggen|^connexion|^se connecter|^iniciar sesión|^iniciar sessão|^entrar\b|"
        r"^вход\b|^(?:用户)?登录|^(?:用戶)?登入|^ログイン|^로그인|^تسجيل الدخول|^đăng nhập|^masuk (?:ke|akun)",
    }.items()
}
SEARCH = re.compile(
    r"search results|results for|^search\b|suchergebnis|résultats de (?:la )?recherche|resultados de|hasil pencarian|"
    r"результаты поиска|kết quả tìm kiếm|نتائج البحث|搜索结果|搜尋結果|検索結果|검색 ?결과",
    re.IGNORECASE,
)
GALLERY = re.compile(
    r"\bin pictures\b|\bphoto(?:s| gallery| essay)\b|\bgallery\b|\bslideshow\b|fotostrecke|bildergalerie|diaporama|"
    r"(?:foto)?galer[ií]a|galeria de (?:fotos|imagens)|фоторепортаж|фотогалерея|组图|图集|高清图|写真|\[포토\]|포토 ?갤러리|"
    r"^صور\b|chùm ảnh|galeri foto",
    re.IGNORECASE,
)
# What stands where the rest of an article is for subscribers, in lower case: asked of whole pages, which is
# several times faster than with a flag.
PAYWALL = re.compile(
    r"(?:subscribe|sign up|log in|register|become a (?:member|subscriber)) (?:now )?to (?:continue|keep|read|unlock)|"
    r"(?:only|exclusive(?:ly)?) (?:for|to) (?:our )?(?:subscribers|members)|subscribers? only|already a subscriber\?|"
    r"nur für abonnent|weiterlesen mit|jetzt (?:weiterlesen|abonnieren)|réservé (?:à nos |aux )abonnés|il vous reste \d+ ?%|"
    r"exclusivo para suscriptores|suscríbete para (?:seguir|continuar)|exclusivo para assinantes|assine para|"
    r"riservato agli abbonati|только подписчикам|по подписке|付费内容|订阅后阅读|付費內容|有料会員|会員限定|残り ?\d+文字|"
    r"유료 ?회원|구독하고|khusus pelanggan|berlangganan untuk"
)
