import pytest

from scraper.discovery.paging import PagerLink, find_next

HOST = "http://www.example.org"


@pytest.mark.parametrize(
    ("here", "pages", "following"),
    [
        # Numbers from 2, as china.org.cn and gmw.cn have them; the section's own number is none.
        ("/a/node_7.htm", {"2": "/a/node_7_2.htm", "3": "/a/node_7_3.htm"}, "/a/node_7_2.htm"),
        ("/a/node_7.htm", {"x": "/a/node_8.htm"}, None),
        # Numbers from 1 for the second page.
        ("/a/index.html", {"2": "/a/index_1.html", "3": "/a/index_2.html"}, "/a/index_1.html"),
        ("/a/", {"2": "/a/index_1.html", "3": "/a/index_2.html"}, "/a/index_1.html"),
        ("/a/", {"1": "/a/index_1.html", "2": "/a/index_2.html"}, "/a/index_2.html"),
        ("/a/", {"下一页": "/a/index_1.html"}, "/a/index_1.html"),
        ("/a/", {"First": "/a/index_1.html", "Next »": "/a/index_2.html"}, "/a/index_2.html"),
        ("/a/list.shtml", {"2": "/a/list_2.shtml", "47": "/a/list_47.shtml"}, "/a/list_2.shtml"),
        ("/a/", {"2": "/a/page_2.html"}, "/a/page_2.html"),
        # Folders and parameters.
        ("/a/", {"2": "/a/page/2/", "Next": "/a/page/2/"}, "/a/page/2/"),
        ("/a", {"2": "/a?page=1", "3": "/a?page=2"}, "/a?page=1"),
        ("/a", {"1": "/a?page=1", "2": "/a?page=2"}, "/a?page=2"),
        ("/a?b=1", {"2": "/a?b=1&page=2", "x": "/a?b=2&page=2"}, "/a?b=1&page=2"),
        # What is no following page.
        ("/a/", {"2024": "/a/page/2024/"}, None),
        ("/a/", {"47": "/a/index_47.html"}, None),
        ("/a/", {"2": "/b/index_2.html"}, None),
        ("/a/", {"a": "/a/summit-2024.html", "b": "/a/article_2.html"}, None),
        ("/", {"a": "/?p=2", "b": "/?id=2"}, None),
    ],
)
def test_the_page_that_follows_the_first(
    here: str, pages: dict[str, str], following: str | None
) -> None:
    links = [PagerLink(HOST + url, text) for text, url in pages.items()]
    found = find_next(links, HOST + here, is_first=True)
    assert found == (HOST + following if following else None)


@pytest.mark.parametrize(
    ("here", "pages", "following"),
    [
        ("/a/node_7_2.htm", ["/a/node_7.htm", "/a/node_7_3.htm"], "/a/node_7_3.htm"),
        ("/a/index_1.html", ["/a/index.html", "/a/index_2.html"], "/a/index_2.html"),
        ("/a/page/2/", ["/a/", "/a/page/2/", "/a/page/3/", "/a/page/4/"], "/a/page/3/"),
        ("/a?page=9", ["/a?page=10", "/a?page=8"], "/a?page=10"),
        ("/a/index_9.html", ["/a/index_1.html", "/a/index_8.html"], None),
        ("/a/index_2.html", ["/a/index_4.html"], None),
    ],
)
def test_the_page_that_follows_a_following_page(
    here: str, pages: list[str], following: str | None
) -> None:
    links = [PagerLink(HOST + url, "") for url in pages]
    found = find_next(links, HOST + here, is_first=False)
    assert found == (HOST + following if following else None)
