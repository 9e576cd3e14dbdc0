import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from factory import NOW

from scraper.cli import wireroom
from storage import reports, robots
from storage.archive import open_archive


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive whose log holds an allowed page, and a closed one a minute later."""
    file = tmp_path / "a.db"
    with open_archive(file, create=True) as opened, opened.write() as db:
        text = "User-agent: *\nDisallow: /closed\n"
        known = robots.add_text(db, "http://a.org", text, status=200, now=NOW)
        for minute, path in enumerate(("/open", "/closed")):
            reports.log_request(
                db,
                crawl_id=None,
                source="portal",
                host="a.org",
                url=f"http://a.org{path}",
                purpose="page",
                sent_at=NOW.replace(minute=minute),
                gap=2,
                robots_id=known.id,
            )
    return file


def audit(archive: Path, *words: str) -> Result:
    return CliRunner().invoke(wireroom, ["--archive", str(archive), "audit", *words])


def test_what_was_not_kept_is_named_and_the_command_fails(archive: Path) -> None:
    done = audit(archive)
    assert done.exit_code == 1
    assert "http://a.org/closed" in done.stdout
    assert "http://a.org/open" not in done.stdout


def test_what_was_kept_succeeds(archive: Path) -> None:
    with open_archive(archive) as opened, opened.write() as db:
        db.execute("DELETE FROM request WHERE url LIKE '%closed'")
    done = audit(archive)
    assert done.exit_code == 0
    assert "every promise was kept" in done.stdout


def test_it_can_begin_later(archive: Path) -> None:
    assert audit(archive, "--since", "2026-01-02").exit_code == 0
    assert audit(archive, "--since", "2026-01-01T00:01:00").exit_code == 1


def test_programs_get_every_violation(archive: Path) -> None:
    done = audit(archive, "--json")
    assert done.exit_code == 1
    found = json.loads(done.stdout)
    assert (found["requests"], found["judged"], found["gaps"]) == (2, 2, 1)
    assert [(one["rule"], one["url"]) for one in found["violations"]] == [
        ("robots", "http://a.org/closed")
    ]
