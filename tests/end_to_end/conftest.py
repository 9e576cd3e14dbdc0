from collections.abc import Iterator
from pathlib import Path

import pytest
from support import Wireroom, make_wireroom

from scraper.demo import World


@pytest.fixture(scope="session")
def world() -> Iterator[World]:
    with World(port=0) as served:
        yield served


@pytest.fixture
def fresh(tmp_path: Path, world: World) -> Wireroom:
    """An empty archive that is set up for the demo world."""
    return make_wireroom(tmp_path, world)


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory, world: World) -> Wireroom:
    """An archive of the whole demo world; tests only read it."""
    wireroom = make_wireroom(tmp_path_factory.mktemp("crawled"), world)
    done = wireroom.run("crawl")
    assert done.returncode == 0, done.stderr
    return wireroom
