from pathlib import Path

import pytest

from scraper.config import (
    Config,
    append_source,
    check_networks,
    default_config,
    load_config,
    write_config,
)
from scraper.errors import ConfigError
from scraper.settings import SETTINGS


def load(tmp_path: Path, text: str) -> Config:
    file = tmp_path / "wireroom.toml"
    file.write_text(text, encoding="utf-8")
    return load_config(None, archive=tmp_path / "wireroom.db")


def complaint(tmp_path: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    return str(caught.value).removeprefix(f"{tmp_path}/")


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    config = load_config(None, archive=tmp_path / "wireroom.db")
    assert config == Config(known=config.known)
    assert "china_org_cn" in config.known


def test_a_named_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file"):
        load_config(tmp_path / "other.toml", archive=tmp_path / "wireroom.db")


def test_a_file_in_another_charset_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "wireroom.toml").write_bytes("# 数字".encode("gbk"))
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(None, archive=tmp_path / "wireroom.db")


def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    assert load(tmp_path, "\ufeffmax_pages = 7").max_pages == 7


def test_sources_are_chosen_and_added(tmp_path: Path) -> None:
    config = load(
        tmp_path,
        'sources = ["itu"]\ninterval = "6h"\n'
        '[source.mine]\ntitle = "Mine"\nhome = "http://news.example.org"\n',
    )
    assert [source.name for source in config.sources] == ["itu", "mine"]
    assert config.sources[1].interval == 6 * 3600


def test_a_shipped_source_is_changed_by_a_table_of_its_name(tmp_path: Path) -> None:
    (changed,) = load(tmp_path, '[source.itu]\ninterval = "2d"\n').sources
    assert (changed.interval, changed.title) == (2 * 86400, "ITU Hub")


def test_sources_are_named_on_the_command_line(tmp_path: Path) -> None:
    config = load(tmp_path, 'sources = ["itu"]')
    assert [source.name for source in config.choose(["cgtn", "cgtn"])] == ["cgtn"]
    assert config.choose([]) == config.sources


def test_an_unknown_name_on_the_command_line_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no source is called 'cgn'; did you mean 'cgtn'\?"):
        load(tmp_path, "").choose(["cgn"])


def test_a_crawl_without_a_source_says_how_to_choose(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no source is chosen: .*wireroom\.toml"):
        load(tmp_path, "").choose([])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('contct = "x"', "wireroom.toml, line 1: unknown key 'contct'; did you mean 'contact'?"),
        ('\nsources = ["ituu"]', "line 2: no source is called 'ituu'; did you mean 'itu'?"),
        ('sources = [\n"itu",\n"cgn",\n]', "line 3: no source is called 'cgn'"),
        ("[sources.itu]", "line 1: a source of your own is a table [source.NAME]"),
        ('source = "itu"', "line 1: a source is a table [source.NAME]"),
        ('contact = "me"', "line 1: `contact` must be an e-mail address"),
        ('contact = "you@example.org\\r\\nX: y"', "line 1: `contact` must be an e-mail address"),
        ('contact = "http://数字.example/"', "line 1: `contact` must be an e-mail address"),
        ("max_pages = 0", "line 1: `max_pages` must be a whole number from 1"),
        ("max_pages = true", "line 1: `max_pages` must be a whole number"),
        ('interval = "soon"', "line 1: `interval` must be a duration such as"),
        ('max_interval = "5m"', "no interval is both"),
        ('[source.itu]\nmin_interval = "2d"', "line 2: `min_interval` is 172800 s"),
        ('topics = "none.toml"', "line 1: `topics`: there is no file "),
        (
            'allow_networks = ["10.0.0.0/99"]',
            "line 1: `allow_networks`: '10.0.0.0/99' is no network",
        ),
        ('allow_networks = "10.1.0.0/8"', "is no network; did you mean '10.0.0.0/8'?"),
        ("a = 1\n= 3", "wireroom.toml, line 2: no valid TOML: Invalid statement"),
        ('sources = ["itu"\n', "wireroom.toml, line 2: no valid TOML: Unclosed array"),
        (
            '[source.mine]\ntitle = "M"\nhome = "http://a.org"\nfeed = []',
            "line 4: unknown key 'feed' in [source.mine]; did you mean 'feeds'?",
        ),
        ('[source.mine]\ntitle = "M"', "line 1: [source.mine] lacks `home`"),
        ('[source.Mine]\ntitle = "M"', "line 1: a source's name has lower-case letters"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_the_way_out(
    tmp_path: Path, text: str, said: str
) -> None:
    assert said in complaint(tmp_path, text)


def test_a_network_given_elsewhere_is_checked() -> None:
    assert check_networks(["127.0.0.0/8", "::1"], where="--allow-network") == ("127.0.0.0/8", "::1")
    with pytest.raises(ConfigError, match=r"^--allow-network: 'home' is no network"):
        check_networks(["home"], where="--allow-network")


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        (None, "Wireroom/{}"),
        ("you@example.org", "Wireroom/{} (+mailto:you@example.org)"),
        ("https://example.org/bot", "Wireroom/{} (+https://example.org/bot)"),
    ],
)
def test_the_user_agent_says_who_crawls(contact: str | None, said: str) -> None:
    from wireroom import __version__  # noqa: PLC0415 - the version is not what is tested

    assert Config(contact=contact).user_agent() == said.format(__version__)


def test_the_file_that_init_writes_can_be_read(tmp_path: Path) -> None:
    write_config(tmp_path / "wireroom.toml", contact="you@example.org")
    config = load_config(None, archive=tmp_path / "wireroom.db")
    assert config == Config(contact="you@example.org", known=config.known)


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    write_config(tmp_path / "wireroom.toml")
    with pytest.raises(ConfigError, match="is not overwritten"):
        write_config(tmp_path / "wireroom.toml", contact="you@example.org")


def test_init_writes_nothing_with_a_contact_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="`contact` must be"):
        write_config(tmp_path / "wireroom.toml", contact='"')
    assert not (tmp_path / "wireroom.toml").exists()


def test_the_file_names_every_source_of_the_catalogue(tmp_path: Path) -> None:
    text = default_config()
    assert all(f"#   {name} " in text for name in load(tmp_path, "").known)


def test_all_that_the_file_shows_can_be_set_by_removing_the_hash(tmp_path: Path) -> None:
    (tmp_path / "topics.toml").touch()
    shown = [setting.name for setting in SETTINGS] + ["[source.example]"]
    lines = default_config().split("\n")
    opened = [
        line.removeprefix("# ") if line.removeprefix("# ").startswith(tuple(shown)) else line
        for line in lines[: lines.index("# [source.example]")]
    ]
    opened += [line.removeprefix("# ") for line in lines[lines.index("# [source.example]") :]]
    config = load(tmp_path, "\n".join(opened))
    assert config.contact == "you@example.org"
    assert [source.name for source in config.sources] == ["china_org_cn", "itu", "example"]
    assert config.sources[-1].selectors.links == "main h2 a"


def test_groups_of_the_catalogue_can_be_chosen(tmp_path: Path) -> None:
    write_config(tmp_path / "wireroom.toml", groups=("africa", "international"))
    chosen = load_config(tmp_path / "wireroom.toml", archive=tmp_path / "x.db").sources
    assert {source.group for source in chosen} == {"africa", "international"}


def test_an_unknown_group_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="did you mean 'africa'"):
        write_config(tmp_path / "wireroom.toml", groups=("afrika",))
    assert not (tmp_path / "wireroom.toml").exists()


def test_a_source_is_added_and_what_stood_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "wireroom.toml"
    path.write_text('# mine\ncontact = "you@example.org"', encoding="utf-8")
    table = {"title": 'A "portal"', "home": "https://a.example/", "feeds": ["https://a.example/f"]}
    append_source(path, "a", table, known={})
    assert path.read_text(encoding="utf-8").startswith('# mine\ncontact = "you@example.org"\n')
    (source,) = load_config(path, archive=tmp_path / "x.db").sources
    assert (source.title, source.feeds) == ('A "portal"', ("https://a.example/f",))


def test_a_source_that_would_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "wireroom.toml"
    with pytest.raises(ConfigError):
        append_source(path, "a", {"title": "A", "home": "no url"}, known={})
    assert not path.exists()


def test_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    known = load_config(None, archive=tmp_path / "x.db").known
    with pytest.raises(ConfigError, match="known already"):
        append_source(tmp_path / "wireroom.toml", "itu", {}, known=known)
