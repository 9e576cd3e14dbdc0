import json
from datetime import UTC, datetime

from factory import archived, prose
from support import Wireroom

from scraper.demo import FOUNDING_TITLE, World
from storage import withdrawals
from storage.archive import open_archive
from storage.records import key_of


def founding_url(world: World) -> str:
    return next(world.url(a) for a in world.articles if a.title == FOUNDING_TITLE)


def test_the_founding_page_is_read_without_a_word_of_its_furniture(
    fresh: Wireroom, world: World
) -> None:
    done = fresh.run("fetch", founding_url(world), "--json")
    assert done.returncode == 0, done.stderr
    read = json.loads(done.stdout)
    expected = next(a for a in world.articles if a.title == FOUNDING_TITLE)
    assert read["title"] == FOUNDING_TITLE
    assert read["published_date"] == "2024-08-01"
    assert read["source"] == "demo_china"
    assert read["language"] == "en"
    assert read["text"].split() == "\n".join(expected.paragraphs).split()
    assert read["relevance"]["relevant"] is True
    assert {"term", "place", "weight"} <= set(read["relevance"]["evidence"][0])


def test_a_fetch_by_hand_leaves_no_archive_behind(fresh: Wireroom, world: World) -> None:
    assert fresh.run("fetch", founding_url(world)).returncode == 0
    assert not fresh.archive.exists()


def test_a_saved_page_can_be_searched(fresh: Wireroom, world: World) -> None:
    assert fresh.run("fetch", founding_url(world), "--save").returncode == 0
    (hit,) = fresh.json_lines("search", "Lhasa", "--json")
    assert hit["title"] == FOUNDING_TITLE


def test_a_withdrawn_page_is_not_saved_again_and_that_is_said(
    fresh: Wireroom, world: World
) -> None:
    url = founding_url(world)
    with open_archive(fresh.archive, create=True) as archive:
        archive.record(archived(url, prose(60)))
        withdrawals.take_out(archive, key_of(url), reason="order 1", now=datetime.now(UTC))
    done = fresh.run("fetch", url, "--save")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "not saved" in done.stderr
    assert "withdrawn" in done.stderr


def test_a_page_that_is_no_article_is_named_and_fails(fresh: Wireroom, world: World) -> None:
    home = world.portals[0].home
    done = fresh.run("fetch", home)
    assert done.returncode == 1
    assert "not an article" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_page_says_so(fresh: Wireroom, world: World) -> None:
    done = fresh.run("fetch", world.portals[0].home + "business/2024-01/01/content_1.htm")
    assert done.returncode == 1
    assert "HTTP 404" in done.stderr


def test_a_public_host_needs_a_contact(fresh: Wireroom) -> None:
    (fresh.folder / "wireroom.toml").write_text("sources = []\n")
    done = fresh.run("fetch", "http://example.org/news/1")
    assert done.returncode == 2
    assert "contact" in done.stderr


def test_a_private_address_is_refused(fresh: Wireroom, world: World) -> None:
    (fresh.folder / "wireroom.toml").write_text('contact = "test@example.org"\nsources = []\n')
    done = fresh.run("fetch", founding_url(world))
    assert done.returncode == 1
    assert "public address" in done.stderr
