import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import click
import pytest
from factory import NOW, archived, mention, naming, prose, rejected
from support import Wireroom, environment

from scraper.cli import wireroom as main_group
from storage.archive import open_archive
from storage.records import State, key_of
from storage.withdrawals import take_out

KEY = key_of("http://a.org/1")


def commands(group: click.Group, *path: str) -> list[tuple[str, ...]]:
    found = []
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found += commands(command, *path, name)
        else:
            found.append((*path, name))
    return found


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Wireroom:
    wireroom = Wireroom(tmp_path_factory.mktemp("small"))
    text = f"The forum on cross-border data opened. {prose(200, seed=1)}"
    with open_archive(wireroom.archive, create=True) as archive:
        archive.record(archived("http://a.org/1", text, title="Forum \x1b[31mopens"))
        archive.record(archived("http://b.org/1", text, title="Forum opens (wire)", source="wire"))
        chinese = archived("http://c.org/1", "数字经济大会开幕。", title="大会", language="zh")
        archive.record(naming(chinese, mention("gdec", 2024)))
        archive.record(rejected("http://d.org/1", State.NOT_AN_ARTICLE, "index"))
    return wireroom


def test_every_command_has_an_example_in_its_help() -> None:
    without = []
    for path in commands(main_group):
        command: click.Command = main_group
        for name in path:
            command = command.commands[name]
        if "Example" not in (command.help or ""):
            without.append(path)
    assert without == []


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["search", "data"],
        ["show", KEY],
        ["export"],
        ["stats"],
        ["events"],
        ["sources", "list"],
    ],
)
def test_reading_commands_load_neither_scrapy_nor_trafilatura(
    small: Wireroom, words: list[str]
) -> None:
    code = (
        "import sys\nfrom scraper.cli import wireroom\n"
        "try:\n    wireroom(sys.argv[1:])\nexcept SystemExit as end:\n    code = end.code\n"
        "heavy = {'scrapy', 'twisted', 'trafilatura', 'lxml', 'feedparser', 'apscheduler'} & set(sys.modules)\n"
        "print(sorted(heavy), code, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--archive", str(small.archive), *words],
        capture_output=True,
        text=True,
        check=True,
        env=environment(),
    )
    assert done.stderr.splitlines()[-1] == "[] 0"


def test_the_process_that_fetches_loads_nothing_that_only_workers_need() -> None:
    code = (
        "import sys, scraper.crawling.run, spiders.news, spiders.one_off, spiders.survey\n"
        "heavy = ('trafilatura', 'resiliparse', 'feedparser', 'zhconv', 'scraper.relevance', 'scraper.discovery')\n"
        "print(sorted(set(heavy) & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment()
    )
    assert done.stdout.strip() == "[]"


def test_search_prints_hits_for_a_person(small: Wireroom) -> None:
    done = small.run("search", "cross-border", "data")
    assert "2 appearances" in done.stdout
    assert done.stderr == "1 article\n"


def test_search_prints_json_lines_for_programs(small: Wireroom) -> None:
    (hit,) = small.json_lines("search", "数字", "--json")
    assert (hit["title"], hit["source"], hit["published_date"]) == ("大会", "portal", "2024-08-01")
    assert [hit["snippet"][start:end] for start, end in hit["marks"]] == ["数字"]


def test_no_hits_is_done(small: Wireroom) -> None:
    done = small.run("search", "nothing-like-this", "--json")
    assert (done.returncode, done.stdout) == (0, "")


def test_what_a_page_wrote_is_nothing_to_the_terminal(small: Wireroom) -> None:
    for words in (["search", "forum"], ["show", KEY]):
        assert "\x1b[31m" not in small.run(*words).stdout


def test_show_tells_where_it_appeared(small: Wireroom) -> None:
    done = small.run("show", KEY)
    assert "Where it appeared" in done.stdout
    assert "http://b.org/1" in done.stdout


def test_show_takes_the_url_of_any_appearance(small: Wireroom) -> None:
    done = small.run("show", "HTTP://B.org/1#part", "--json")
    assert json.loads(done.stdout)["key"] == KEY


def test_export_has_whole_articles_in_the_order_of_their_keys(small: Wireroom) -> None:
    records = small.json_lines("export")
    assert [record["key"] for record in records] == sorted(record["key"] for record in records)
    assert {len(record["appearances"]) for record in records} == {1, 2}
    assert {"key", "url", "title", "text", "authors", "published_date", "relevance"} <= set(
        records[0]
    )


def test_export_to_a_file_is_the_same(small: Wireroom, tmp_path: Path) -> None:
    assert small.run("export", "-o", str(tmp_path / "all.jsonl")).returncode == 0
    assert (tmp_path / "all.jsonl").read_text(encoding="utf-8") == small.run("export").stdout


def test_events_are_listed_with_their_editions(small: Wireroom) -> None:
    (line,) = small.json_lines("events", "--json")
    assert (line["event"], line["edition"], line["articles"]) == ("gdec", 2024, 1)
    assert "2024-07-02" in small.run("events", "gdec").stdout


def test_articles_about_an_edition_are_found(small: Wireroom) -> None:
    (hit,) = small.json_lines("search", "--event", "gdec:2024", "--json")
    assert hit["url"] == "http://c.org/1"
    assert small.json_lines("search", "--event", "gdec:2023", "--json") == []


def test_explain_shows_the_evidence(small: Wireroom) -> None:
    done = small.run("explain", key_of("http://c.org/1"))
    assert "digital economy" in done.stdout
    assert "Global Digital Economy Conference 2024 (gdec:2024)" in done.stdout
    explained = json.loads(small.run("explain", "http://c.org/1", "--json").stdout)
    assert explained["events"][0]["edition"] == 2024


def test_stats_count(small: Wireroom) -> None:
    counted = json.loads(small.run("stats", "--json").stdout)
    assert (counted["articles"], counted["appearances"], counted["urls"]) == (2, 3, 4)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["search", "AND"], 2, "AND needs a word before it"),
        (["search"], 2, "say what to find"),
        (
            ["search", "x", "--since", "yesterday"],
            2,
            "'yesterday' is no day; write it like 2024-08-01",
        ),
        (["search", "x", "--since", "2024-02-30"], 2, "'2024-02-30' is no day"),
        (
            ["search", "x", "--since", "2024-02-01", "--until", "2024-01-01"],
            2,
            "is after --until 2024-01-01",
        ),
        (
            ["count", "--until", "2024-01-01", "--since", "2024-02-01"],
            2,
            "--since 2024-02-01 is after",
        ),
        (["show", "nokeyatall22"], 1, "no article has this key"),
        (["show", "http://d.org/1"], 1, "not an article: it is index"),
        (["show", "http://never.org/1"], 1, "this URL was never met"),
        (["show", "a/b"], 2, "neither a key nor a URL"),
        (["crawl"], 2, "no source is chosen"),
        (["crawl", "ituu"], 2, "did you mean 'itu'"),
        (["crawl", "itu"], 2, "before a contact is set"),
        (["fetch", "ftp://a.org/"], 2, "only http and https"),
        (["--allow-network", "10.0.0.0/99", "crawl"], 2, "no network in CIDR form"),
        (["--config", "none.toml", "crawl"], 2, "none.toml: there is no such file"),
        (["--archive", "none.db", "search", "x"], 1, "none.db: there is no archive yet"),
        (["sources", "show", "chinaorgcn"], 2, "did you mean 'china_org_cn'"),
        (["search", "x", "--source", "ituu"], 2, "did you mean itu?"),
        (["rejected", "--source", "nowhere_at_all"], 2, "no source is called nowhere_at_all"),
        (["search", "--event", "gdek"], 2, "did you mean gdte or gdec"),
        (["search", "--event", "gdec:24"], 2, "the edition is a year"),
        (["events", "nothing_like_it"], 2, "no event is called"),
        (["explain", "http://d.org/1"], 1, "there was nothing to judge"),
        (["init", "--group", "afrika"], 2, "did you mean 'africa'"),
        (["sources", "list", "--group", "afrika"], 2, "did you mean 'africa'"),
        (["nonsense"], 2, "No such command"),
    ],
)
def test_a_mistake_gets_one_message_and_a_code(
    small: Wireroom, words: list[str], code: int, said: str
) -> None:
    done = small.run(*words)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_init_writes_settings_that_can_be_crawled_with(tmp_path: Path) -> None:
    wireroom = Wireroom(tmp_path)
    assert wireroom.run("init", "--contact", "you@example.org").returncode == 0
    assert 'contact = "you@example.org"' in (tmp_path / "wireroom.toml").read_text(encoding="utf-8")
    assert wireroom.run("init").returncode == 2


def test_sources_are_listed_with_those_chosen(tmp_path: Path) -> None:
    (tmp_path / "wireroom.toml").write_text('sources = ["itu"]\n', encoding="utf-8")
    listed = Wireroom(tmp_path).json_lines("sources", "list", "--json")
    assert {source["name"] for source in listed if source["chosen"]} == {"itu"}
    assert "china_org_cn" in {source["name"] for source in listed}


def test_schedule_shows_what_was_never_crawled(small: Wireroom, tmp_path: Path) -> None:
    config = tmp_path / "other.toml"
    config.write_text('sources = ["itu"]\n', encoding="utf-8")
    (row,) = small.json_lines("--config", str(config), "schedule", "--json")
    assert (row["source"], row["last_started_at"]) == ("itu", None)


def test_why_tells_the_story_of_a_rejected_page(small: Wireroom) -> None:
    told = small.run("why", "http://d.org/1")
    assert (told.returncode, "not an article, index: it is index" in told.stdout) == (0, True)


def test_why_tells_why_a_page_was_withdrawn_and_what_it_was(tmp_path: Path) -> None:
    wireroom = Wireroom(tmp_path)
    outcome = archived("http://a.org/1", "A text to take out.")
    with open_archive(wireroom.archive, create=True) as archive:
        archive.record(outcome)
        stone = take_out(archive, KEY, reason="court order", now=NOW)
        archive.record(outcome)
    told = wireroom.run("why", KEY).stdout.replace("\n", " ")
    assert "it was withdrawn on 2026-01-01: court order" in told
    assert stone.digest in told


def test_rejected_pages_are_listed_with_the_reason(small: Wireroom) -> None:
    (row,) = small.json_lines("rejected", "--json")
    assert (row["url"], row["reason"]) == ("http://d.org/1", "it is index")


def test_copies_are_listed_with_whom_they_credit(small: Wireroom) -> None:
    urls = {row["url"] for row in small.json_lines("copies", KEY, "--json")}
    assert urls == {"http://a.org/1", "http://b.org/1"}


def test_the_raw_response_is_shown_byte_for_byte(small: Wireroom) -> None:
    body = small.run("captures", "show", "http://a.org/1", "--body").stdout
    assert body.startswith("The forum on cross-border data opened.")
    assert "wireroom-00001.warc.gz" in small.run("captures", "show", KEY).stdout


def test_diff_shows_what_changed_between_two_versions(tmp_path: Path) -> None:
    wireroom = Wireroom(tmp_path)
    with open_archive(wireroom.archive, create=True) as archive:
        archive.record(archived("http://a.org/1", "About 300 guests came to the forum."))
        archive.record(archived("http://a.org/1", "About 320 guests came to the forum."))
    done = wireroom.run("diff", KEY)
    assert "figure" in done.stdout
    assert "About [-300-]{+320+} guests" in done.stdout


def test_diff_shows_authors_and_dates_that_changed(tmp_path: Path) -> None:
    wireroom = Wireroom(tmp_path)
    first = archived("http://a.org/1", "The forum opened.")
    assert first.article is not None
    article = replace(first.article, published_date=date(2024, 8, 2), authors=())
    with open_archive(wireroom.archive, create=True) as archive:
        archive.record(first)
        archive.record(replace(first, article=article))
    done = wireroom.run("diff", KEY)
    assert f"{KEY}@1 -> @2: name, date" in done.stdout
    assert "authors: [-A. Reporter-]{+none+}" in done.stdout
    assert "published date: [-2024-08-01-]{+2024-08-02+}" in done.stdout
    assert [
        fact["after"] for fact in json.loads(wireroom.run("diff", KEY, "--json").stdout)["facts"]
    ] == [
        None,
        "2024-08-02",
    ]


def test_one_version_differs_from_nothing(small: Wireroom) -> None:
    done = small.run("diff", KEY)
    assert (done.returncode, "it has 1 version" in done.stderr) == (1, True)
