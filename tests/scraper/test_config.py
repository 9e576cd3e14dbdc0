from pathlib import Path

import pytest

from scraper.config import SETTINGS, default_config, load_config, write_config
from scraper.errors import ConfigError


def load(tmp_path: Path, text: str):
    file = tmp_path / "wireroom.toml"
    file.write_text(text, encoding="utf-8")
    return load_config(None, archive=tmp_path / "wireroom.db")


def complaint(tmp_path: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    return str(caught.value).removeprefix(f"{tmp_path}/")


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    config = load_config(None, archive=tmp_path / "wireroom.db")
    assert config.contact is None
    assert config.sources == ()
    assert "china_org_cn" in config.known


def test_a_named_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file"):
        load_config(tmp_path / "other.toml", archive=tmp_path / "wireroom.db")


def test_sources_are_chosen_and_added(tmp_path: Path) -> None:
    config = load(
        tmp_path,
        'sources = ["itu"]\ninterval = "6h"\n'
        '[source.mine]\ntitle = "Mine"\nhome = "http://news.example.org"\n',
    )
    assert [source.name for source in config.sources] == ["itu", "mine"]
    assert config.sources[1].interval == 6 * 3600


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('contct = "x"', "line 1: unknown key 'contct'; did you mean 'contact'?"),
        ('\nsources = ["ito"]', "line 2: no source is called 'ito'; did you mean 'itu'?"),
        ('contact = "me"', "line 1: `contact` must be an e-mail address"),
        ("max_pages = 0", "line 1: `max_pages` must be a whole number from 1"),
        ("max_pages = true", "line 1: `max_pages` must be a whole number"),
        ('interval = "soon"', "line 1: `interval` must be a duration such as"),
        (
            'allow_networks = ["10.0.0.0/99"]',
            "line 1: `allow_networks`: '10.0.0.0/99' is no network",
        ),
        ("= 3", "Invalid statement (at line 1"),
        (
            '[source.mine]\ntitle = "M"\nhome = "http://a.org"\nfeed = []',
            "line 4: unknown key 'feed' in [source.mine]; did you mean 'feeds'?",
        ),
        (
            '[source.mine]\ntitle = "M"\nhome = "http://a.org"\ninclude = ["("]',
            "line 4: `include`: '(' is no pattern",
        ),
        (
            '[source.mine]\ntitle = "M"\nhome = "ftp://a.org"',
            "line 3: `home`: ftp://a.org: only http and https are requested",
        ),
        (
            '[source.mine]\ntitle = "M"\nhome = "http://a.org"\ntimezone = "Asia/Shangai"',
            "line 4: `timezone`: 'Asia/Shangai' is no time zone; did you mean 'Asia/Shanghai'?",
        ),
        ('[source.mine]\ntitle = "M"', "line 1: [source.mine] lacks `home`"),
        ('[source.Mine]\ntitle = "M"', "line 1: a source's name has lower-case letters"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_the_way_out(
    tmp_path: Path, text: str, said: str
) -> None:
    assert said in complaint(tmp_path, text)


def test_the_file_that_init_writes_can_be_read(tmp_path: Path) -> None:
    write_config(tmp_path / "wireroom.toml", contact="you@example.org")
    config = load_config(None, archive=tmp_path / "wireroom.db")
    assert config.contact == "you@example.org"
    assert "mailto:you@example.org" in config.user_agent()


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    write_config(tmp_path / "wireroom.toml")
    with pytest.raises(ConfigError, match="is not overwritten"):
        write_config(tmp_path / "wireroom.toml")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_stands_in_the_file_with_an_example_that_can_be_read(
    tmp_path: Path, setting
) -> None:
    line = f"{setting.name} = {setting.example}"
    assert f"# {line}" in default_config()
    load(tmp_path, line)
