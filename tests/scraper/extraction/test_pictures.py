import pytest
from article_pages import linked, page_with, read_article

from scraper.extraction.pictures import is_own, is_same

PORT = "https://img.example.org/2024/port-at-dawn.jpg"
SHARED = f'<meta property="og:image" content="{PORT}">'
CAPTION = "The port at dawn. Photo: Jane Roe"


def figure(url: str, caption: str = CAPTION, attributes: str = "") -> str:
    return f'<figure><img src="{url}" {attributes}><figcaption>{caption}</figcaption></figure>'


def picture_of(**parts: str) -> tuple[str | None, str | None]:
    article = read_article(page_with(**parts))
    return article.image_url, article.image_caption


@pytest.mark.parametrize(
    ("head", "url"),
    [
        (SHARED, PORT),
        (f'<meta property="og:image" content="{PORT}?utm_source=x#top">', PORT),
        ('<meta property="og:image" content="/p/1.jpg">', "https://jane-roe.example.org/p/1.jpg"),
        (
            '<base href="https://cdn.example.org/a/"><meta property="og:image" content="b.jpg">',
            "https://cdn.example.org/a/b.jpg",
        ),
        (linked(image=f'["{PORT}"]'), PORT),
        (linked(image=f'{{"@type": "ImageObject", "url": "{PORT}"}}'), PORT),
        (f'<link rel="image_src" href="{PORT}">', PORT),
        ('<meta property="og:image" content="data:image/gif;base64,R0lGOD">', None),
        ('<meta property="og:image" content="javascript:alert(1)">', None),
    ],
)
def test_what_is_declared_is_the_lead_picture(head: str, url: str | None) -> None:
    assert picture_of(head=head)[0] == url


def test_a_portals_own_picture_gives_way_to_the_articles() -> None:
    logo = '<meta property="og:image" content="https://jane-roe.example.org/assets/og-default.png">'
    assert picture_of(head=logo + linked(image=f'"{PORT}"'))[0] == PORT


def test_the_publishers_declared_logo_is_no_lead_picture() -> None:
    publisher = f'{{"@type": "Organization", "logo": {{"@type": "ImageObject", "url": "{PORT}"}}}}'
    assert picture_of(head=SHARED + linked(publisher=publisher))[0] is None


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://example.org/images/logo.png", True),
        ("https://example.org/logo_open-graph_facebook.d0dedfbe1787.png", True),
        ("https://example.org/a/example-logo-1200.jpg", True),
        ("https://example.org/i/blank.jpg", True),
        ("https://example.org/images/social-wide.jpg", True),
        ("https://example.org/wp-content/themes/news/img/start.jpg", True),
        ("https://secure.gravatar.com/avatar/1?s=200", True),
        ("https://example.org/images/mark.svg", True),
        ("https://example.org/2024/new-search-engine-logo-on-a-phone.jpg", False),
        ("https://images.example.org/im-128022/social", False),
        ("https://example.org/2024/05/image.jpg", False),
        ("https://example.org/2024/05/default-of-a-state.jpg", False),
    ],
)
def test_the_address_tells_a_portals_own_picture(url: str, *, own: bool) -> None:
    assert is_own(url) == own


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("port-at-dawn-1280x720.jpg", "port-at-dawn.jpg", True),
        ("port-at-dawn.jpg?w=600", "port-at-dawn.jpg", True),
        ("34432223-port-x1.jpg", "34432223-port-at-dawn.jpg", True),
        ("242348270_v16_9_1600.jpeg", "242348270_v4_3_800.jpeg", True),
        ("port-at-dawn.jpg", "port-at-dusk.jpg", False),
        ("20241101/1.jpg", "20241101/2.jpg", False),
        ("getimage.aspx?id=1", "getimage.aspx?id=2", False),
        ("user12345/one.jpg", "user12345/two.jpg", False),
        ("v1234567/a/one.jpg", "v1234567/a/two.jpg", False),
        ("3f8a1c0d9e7b6a5f4c3d/w/1200.jpg", "3f8a1c0d9e7b6a5f4c3d/w/600.jpg", True),
    ],
)
def test_cuts_of_one_picture_are_known(one: str, other: str, *, same: bool) -> None:
    assert is_same(f"https://example.org/{one}", f"https://cdn.example.org/{other}") == same


@pytest.mark.parametrize(
    "shown",
    [
        figure("https://img.example.org/2024/port-at-dawn-640x360.jpg"),
        figure("data:image/gif;base64,R0lGOD", attributes=f'data-src="{PORT}"'),
        f'<div><img src="{PORT}"><p class="image-caption">{CAPTION}</p></div>',
        figure(PORT, f"{CAPTION} <button>Enlarge</button>"),
        # Between headline and text, under another name.
        figure("https://img.example.org/harbour-3.jpg"),
    ],
)
def test_the_caption_is_what_stands_below_the_picture(shown: str) -> None:
    assert picture_of(head=SHARED, top=shown) == (PORT, CAPTION)


def test_the_caption_of_another_picture_is_not_the_lead_pictures() -> None:
    other = figure("https://img.example.org/harbour-3.jpg")
    assert picture_of(head=SHARED, middle=other) == (PORT, None)


@pytest.mark.parametrize(
    ("head", "caption"),
    [
        (
            linked(image=f'{{"@type": "ImageObject", "url": "{PORT}", "caption": "{CAPTION}"}}'),
            CAPTION,
        ),
        (
            linked(image=f'{{"@type": "ImageObject", "url": "{PORT}", "caption": "Port at dawn"}}'),
            None,
        ),
        (
            '<meta property="og:image:alt" content="Three cranes stand over the port at dawn">',
            "Three cranes stand over the port at dawn",
        ),
        ('<meta property="og:image:alt" content="Port">', None),
        ('<meta property="og:image:alt" content="Forum on digital trade opens">', None),
        (
            '<meta property="og:image:alt" content="Banner image for an article about the port">',
            None,
        ),
    ],
)
def test_what_the_page_says_of_a_picture_stands_in_for_a_caption(
    head: str, caption: str | None
) -> None:
    assert picture_of(head=SHARED + head) == (PORT, caption)


def test_where_none_is_declared_the_first_one_in_the_article_leads() -> None:
    article = read_article(page_with(middle=figure("/p/harbour.jpg")))
    assert article.image_url == "https://jane-roe.example.org/p/harbour.jpg"
    assert article.image_caption == CAPTION
    assert (article.provenance["image_url"], article.provenance["image_caption"]) == (
        "page",
        "page",
    )


@pytest.mark.parametrize(
    "middle",
    [
        '<a href="/2024/a-2"><img src="/p/other.jpg"></a>',
        '<aside><img src="/p/other.jpg"></aside>',
        '<div class="author-box"><img src="/p/other.jpg"></div>',
        '<img src="/p/other.jpg" width="80" height="80">',
        '<img src="/p/arrow-up.gif">',
    ],
)
def test_pictures_beside_the_article_are_not_its_own(middle: str) -> None:
    assert picture_of(middle=middle) == (None, None)
