from pathlib import Path

import pytest
from factory import NOW

from scraper.scheduler.problems import ProblemTeller, facts_of
from storage.archive import Archive, open_archive
from storage.health import Change, Condition, Finding, Health, note_changes

ARCHIVE = Path("wireroom.db")


def health(condition: Condition, source: str = "portal", what: str = "HTTP 404") -> Health:
    findings = ()
    if condition not in {Condition.HEALTHY, Condition.UNKNOWN}:
        findings = (Finding(condition=condition, since=NOW, what=what, way_out="look"),)
    return Health(source=source, findings=findings, crawled=condition is not Condition.UNKNOWN)


FAILING = Change(health=health(Condition.FAILING), before=None)


@pytest.fixture
def archive(tmp_path: Path):
    with open_archive(tmp_path / "a.db", create=True) as opened:
        yield opened


def note(archive: Archive, condition: Condition) -> list[tuple[Condition | None, Condition]]:
    with archive.write() as db:
        changes = note_changes(db, [health(condition)], now=NOW)
    return [(change.before, change.health.condition) for change in changes]


def test_only_a_change_is_told_and_once(archive: Archive) -> None:
    assert note(archive, Condition.FAILING) == [(None, Condition.FAILING)]
    assert note(archive, Condition.FAILING) == []
    assert note(archive, Condition.SILENT) == [(Condition.FAILING, Condition.SILENT)]
    assert note(archive, Condition.HEALTHY) == [(Condition.SILENT, Condition.HEALTHY)]


def test_that_a_new_source_is_healthy_is_no_news(archive: Archive) -> None:
    assert note(archive, Condition.UNKNOWN) == []
    assert note(archive, Condition.HEALTHY) == []


def tell(command: str, *changes: Change) -> None:
    teller = ProblemTeller(command, ARCHIVE)
    teller.tell(changes)
    # Waits for the command that runs.
    teller._thread.shutdown(wait=True)


def test_the_command_finds_the_facts_in_its_environment(tmp_path: Path) -> None:
    told = tmp_path / "told"
    tell(f'echo "$WIREROOM_SOURCE|$WIREROOM_HEALTH|$WIREROOM_WHAT" > {told}', FAILING)
    assert told.read_text(encoding="utf-8") == "portal|failing|HTTP 404\n"


def test_each_change_is_told(tmp_path: Path) -> None:
    told = tmp_path / "told"
    well = Change(health=health(Condition.HEALTHY), before=Condition.FAILING)
    tell(f'echo "$WIREROOM_BEFORE to $WIREROOM_HEALTH" >> {told}', FAILING, well)
    assert told.read_text(encoding="utf-8").splitlines() == [
        "not crawled yet to failing",
        "failing to healthy",
    ]


def test_what_a_server_wrote_is_no_command(tmp_path: Path) -> None:
    hostile = f'$(touch {tmp_path}/owned)`touch {tmp_path}/owned`; touch {tmp_path}/owned\n\x00"'
    change = Change(health=health(Condition.FAILING, what=hostile), before=None)
    tell('echo "$WIREROOM_WHAT" > /dev/null', change)
    assert not (tmp_path / "owned").exists()


def test_the_facts_are_single_lines_without_nul() -> None:
    change = Change(health=health(Condition.FAILING, what="one\ntwo\x00three"), before=None)
    assert facts_of(change, ARCHIVE)["WIREROOM_WHAT"] == "one two three"


def test_a_command_that_fails_is_said_and_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    tell(f"exit 3; touch {tmp_path}/x", FAILING)
    assert caplog.messages == ["--on-problem for portal failed with exit code 3"]
