"""`sources check`, `add`, `import` and `export` on the demo world."""

import json
from pathlib import Path

import pytest
from support import Wireroom, make_wireroom

from scraper.demo import World


@pytest.fixture
def own(tmp_path: Path) -> Wireroom:
    (tmp_path / "wireroom.toml").write_text(
        'contact = "you@example.org"\nallow_networks = ["127.0.0.0/8"]\ndelay = 0\n',
        encoding="utf-8",
    )
    return Wireroom(tmp_path)


def urls_met(wireroom: Wireroom) -> int:
    return int(json.loads(wireroom.run("stats", "--json").stdout)["urls"])


def test_check_says_what_each_list_serves(world: World, tmp_path: Path) -> None:
    wireroom = make_wireroom(tmp_path, world)
    done = wireroom.run("sources", "check", "demo_blog", "--json")
    assert '"purpose": "feed"' in done.stdout
    assert '"answer": "200"' in done.stdout
    assert not wireroom.archive.exists()


def test_a_portal_is_added_from_its_home_page_and_crawled(world: World, own: Wireroom) -> None:
    blog = next(portal for portal in world.portals if portal.name == "demo_blog")
    added = own.run("sources", "add", blog.home, "--name", "blog")
    assert added.returncode == 0, added.stderr
    (source,) = [s for s in own.json_lines("sources", "list", "--json") if s["name"] == "blog"]
    assert source["feeds"] == [f"{blog.home}feed/"]
    crawled = own.run("crawl", "blog", "--limit", "5")
    assert crawled.returncode == 0, crawled.stderr
    assert urls_met(own) >= 5


def test_a_source_that_names_only_its_home_finds_its_lists(world: World, own: Wireroom) -> None:
    blog = next(portal for portal in world.portals if portal.name == "demo_blog")
    config = own.folder / "wireroom.toml"
    with config.open("a", encoding="utf-8") as file:
        file.write(f'[source.blog]\ntitle = "Blog"\nhome = "{blog.home}"\n')
    assert own.run("crawl", "--limit", "5").returncode == 0
    assert urls_met(own) >= 5


def test_what_has_no_lists_is_not_added(world: World, own: Wireroom) -> None:
    done = own.run("sources", "add", f"http://127.0.0.99:{world.port}/")
    assert done.returncode == 1
    assert "[source." not in (own.folder / "wireroom.toml").read_text(encoding="utf-8")


def test_feeds_go_out_as_opml_and_come_in_again(own: Wireroom, tmp_path: Path) -> None:
    exported = own.run("sources", "export", "--opml", "--all")
    assert exported.stdout.count("xmlUrl") > 40
    file = tmp_path / "mine.opml"
    file.write_text(
        '<opml><body><outline text="Mine" xmlUrl="https://mine.example/rss"/></body></opml>',
        encoding="utf-8",
    )
    assert "wrote 1 sources" in own.run("sources", "import", str(file)).stdout
    assert any(s["name"] == "mine_example" for s in own.json_lines("sources", "list", "--json"))
