import pytest
from article_pages import linked, page_with, read_article

BY = "https://creativecommons.org/licenses/by/4.0/"
OTHER = "https://creativecommons.org/licenses/by-sa/3.0/"


@pytest.mark.parametrize(
    ("parts", "stated", "origin"),
    [
        ({"head": linked(license=f'"{BY}"')}, BY, "json-ld"),
        (
            {"head": linked(license=f'{{"@type": "CreativeWork", "url": "{BY}"}}')},
            BY,
            "json-ld",
        ),
        (
            {"head": linked(license='"/terms"')},
            "https://jane-roe.example.org/terms",
            "json-ld",
        ),
        ({"head": linked(usageInfo=f'"{BY}"')}, BY, "json-ld"),
        ({"head": f'<meta name="dcterms.license" content="{BY}">'}, BY, "meta"),
        ({"head": '<meta name="dc.rights" content="CC BY 4.0">'}, "CC BY 4.0", "meta"),
        ({"head": f'<link rel="license" href="{BY}">'}, BY, "meta"),
        ({"end": f'<p>Licensed under <a rel="license" href="{BY}">CC BY</a>.</p>'}, BY, "page"),
        (
            {"end": f'<p>Photo: Jane Roe<br>The text is under <a href="{BY}">CC BY</a>.</p>'},
            BY,
            "page",
        ),
        ({"end": f'<p>Text and images are under <a href="{BY}">CC BY</a>.</p>'}, BY, "page"),
        ({"end": f'<p>Under <a href="{BY}?ref=chooser-v1">this license</a>.</p>'}, BY, "page"),
        ({"below": f'<footer><a href="{BY}">CC BY</a></footer>'}, BY, "page"),
    ],
)
def test_a_license_is_read_as_the_page_states_it(
    parts: dict[str, str], stated: str, origin: str
) -> None:
    article = read_article(page_with(**parts))
    assert (article.license, article.provenance.get("license")) == (stated, origin)


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"head": '<meta name="copyright" content="© 2024 Example News. All rights reserved.">'},
        {"head": '<meta name="dc.rights" content="Example News">'},
        {"head": linked(usageInfo='"https://example.org/terms"')},
        {"head": linked(license='"none"')},
        {"end": f'<figure><img src="/a.jpg"><a href="{BY}">Jane Roe, CC BY</a></figure>'},
        {"end": f'<div class="photo-credit"><a href="{BY}">Jane Roe, CC BY</a></div>'},
        {"end": f'<p>Photo: Jane Roe / <a href="{BY}">CC BY</a></p>'},
        {"end": f'<p>Photo: Jane Roe / <a rel="license" href="{BY}">CC BY</a></p>'},
        {"end": f'<p>The port. <i>Foto:</i> Jane Roe, <a href="{BY}">CC BY</a></p>'},
        {"end": f'<p>图片来源：Jane Roe, <a href="{BY}">CC BY</a></p>'},
        {"end": f'<p>One<br>사진 Jane Roe <a href="{BY}">CC BY</a></p>'},
        {"end": f'<p><a href="{BY}">one</a> or <a href="{OTHER}">other</a></p>'},
        {"end": '<p><a href="https://creativecommons.org/">Creative Commons</a></p>'},
    ],
)
def test_nothing_is_guessed(parts: dict[str, str]) -> None:
    assert read_article(page_with(**parts)).license is None
