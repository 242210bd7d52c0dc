"""Configuration: what is wrong is named with its line, all at once; the environment wins; secrets come from where they belong."""

from pathlib import Path

import pytest

from bot.config import Config, ConfigProblems, Loaded, load_config
from bot.config.sources import PREFIX


@pytest.fixture(autouse=True)
def nothing_in_the_environment(monkeypatch):
    import os

    for name in [name for name in os.environ if name.startswith(PREFIX) or name == "CREDENTIALS_DIRECTORY"]:
        monkeypatch.delenv(name)


@pytest.fixture
def load(tmp_path, monkeypatch):
    """Writes config.yaml in a folder of its own and loads it from there."""
    monkeypatch.chdir(tmp_path)

    def loaded(text: str | bytes = "") -> Loaded:
        Path("config.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_config()

    return loaded


def problems(load, text):
    with pytest.raises(ConfigProblems) as refused:
        load(text)
    return str(refused.value).splitlines()


def secret(path, value="s3cret"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value + "\n")
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("text", ["", "# only a comment\n", "platforms:\n  discord:\n", "---\n"])
def test_an_empty_file_is_a_whole_configuration(load, text):
    config = load(text).config
    assert config.platforms.discord.api_base == "https://discord.com/api/v10"
    assert config.platforms.telegram.api_base == "https://api.telegram.org"
    assert (config.platforms.discord.token, config.platforms.telegram.token, config.metrics.port) == (None, None, None)
    assert not config.platforms.web.enabled


def test_no_file_at_all_is_a_whole_configuration_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load_config().config == load_config().config


def test_a_file_that_was_named_must_be_there(tmp_path):
    with pytest.raises(ConfigProblems, match=r"other\.yaml: cannot be read: No such file"):
        load_config(tmp_path / "other.yaml")


def test_an_unknown_key_is_named_with_its_line_and_what_was_meant(load):
    text = "language: en\nplatforms:\n  telegram:\n    # how it gets its updates\n    modus: polling\n"
    assert problems(load, text) == ['config.yaml:5: platforms.telegram.modus: unknown key; did you mean "mode"?']


def test_all_problems_are_said_at_once_in_the_order_of_the_file(load):
    text = (
        "languages: en\n"
        "community:\n  zone: Berlin\n  country: Germany\n"
        "platforms:\n  telegram: {mode: poll}\n  web:\n    port: 99999\n"
        "log: loud\n"
        "storage: {url: mysql://x}\n"
    )
    assert [line.split(": ", 2)[:2] for line in problems(load, text)] == [
        ["config.yaml:1", "languages"],
        ["config.yaml:3", "community.zone"],
        ["config.yaml:4", "community.country"],
        ["config.yaml:6", "platforms.telegram.mode"],
        ["config.yaml:8", "platforms.web.port"],
        ["config.yaml:9", "log"],
        ["config.yaml:10", "storage.url"],
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x 1\nb: *x\n", ":1: anchors and aliases"),
        ("a: !!python/object/apply:os.system [ls]\n", ":1: tags"),
        ("language: en\nlanguage: de\n", ":2: language: stands twice; the first is on line 1"),
        ("platforms:\n  web: {port: 1, port: 2}\n", ":2: platforms.web.port: stands twice"),
        ("a: [\n", ":2: cannot be read as YAML"),
        ("language: en\n\tzone: x\n", ":2: cannot be read as YAML"),
        ("- en\n", ":1: must be keys with values"),
        ("language: en\n---\nlanguage: de\n", ":2: has a second document"),
        (b"language: \xff\n", ":1: is not UTF-8"),
        ("[" * 100_000, ":1: is nested more than 20 deep"),
        ("#" * (1024 * 1024 + 1), ": is larger than 1024 KiB"),
        ("? [a]\n: b\n", ":1: has a key that is no plain word"),
        ("language: \x00\n", ": cannot be read as YAML"),
    ],
)
def test_yaml_that_could_do_harm_or_hide_something_is_refused_by_line(load, text, said):
    assert problems(load, text)[0].startswith(f"config.yaml{said}")


def test_norway_is_a_country_and_a_number_is_a_role(load):
    config = load("community: {country: NO}\nplatforms: {discord: {facilitator_role: 1045}}\n").config
    assert (config.community.country, config.platforms.discord.facilitator_role) == ("NO", "1045")


def test_the_environment_wins_over_the_file(load, monkeypatch):
    monkeypatch.setenv("OPENCHAIR_PLATFORMS__TELEGRAM__MODE", "polling")
    monkeypatch.setenv("OPENCHAIR_LANGUAGE", "de")
    monkeypatch.setenv("OPENCHAIR_COMMUNITY__ZONE", "")
    config = load("language: en\ncommunity: {zone: Asia/Tokyo}\nplatforms: {telegram: {mode: webhook}}\n").config
    assert (config.language, config.platforms.telegram.mode, config.community.zone) == ("de", "polling", "Asia/Tokyo")


def test_a_wrong_variable_is_named_as_a_variable(load, monkeypatch):
    monkeypatch.setenv("OPENCHAIR_PLATFORMS__WEB__PORT", "many")
    monkeypatch.setenv("OPENCHAIR_PLATFORMS__WEB__PROT", "1")
    assert [line.split(": ")[:2] for line in problems(load, "")] == [
        ["environment", "OPENCHAIR_PLATFORMS__WEB__PORT"],
        ["environment", "OPENCHAIR_PLATFORMS__WEB__PROT"],
    ]


def test_a_variable_that_sets_nothing_is_mentioned(load, monkeypatch):
    monkeypatch.setenv("OPENCHAIR_TELGRAM_TOKEN", "x")
    warned = [str(warning) for warning in load().warnings]
    assert warned == ["environment: OPENCHAIR_TELGRAM_TOKEN: sets nothing; did you mean OPENCHAIR_TELEGRAM_TOKEN?"]


def token(loaded):
    found = loaded.config.platforms.telegram.token
    return found and found.get_secret_value()


def test_a_token_comes_from_the_variable_before_credentials_before_its_file_before_the_yaml(load, tmp_path, monkeypatch):
    secret(tmp_path / "tg.token", "from-file")
    text = "platforms: {telegram: {token: from-yaml, token_file: tg.token}}\n"
    assert token(load(text)) == "from-file"
    monkeypatch.setenv("OPENCHAIR_PLATFORMS__TELEGRAM__TOKEN", "from-long-name")
    assert token(load(text)) == "from-long-name"
    secret(tmp_path / "credentials" / "openchair_telegram_token", "from-systemd")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "credentials"))
    assert token(load(text)) == "from-systemd"
    monkeypatch.setenv("OPENCHAIR_TELEGRAM_TOKEN", "from-short-name")
    assert token(load(text)) == "from-short-name"


def test_a_token_in_the_yaml_works_and_is_warned_of_without_being_repeated(load):
    loaded = load("platforms:\n  telegram:\n    token: 123456:secret\n")
    (warning,) = [str(warning) for warning in loaded.warnings]
    assert token(loaded) == "123456:secret"
    assert warning.startswith("config.yaml:3: platforms.telegram.token: is a secret")
    assert "token_file" in warning
    assert "OPENCHAIR_TELEGRAM_TOKEN" in warning
    assert "123456" not in warning + repr(loaded.config) + str(loaded.config.model_dump())


def test_a_token_file_that_is_missing_empty_or_huge_is_named_with_the_line(load, tmp_path):
    secret(tmp_path / "empty", "")
    secret(tmp_path / "huge", "x" * 5000)
    text = "platforms:\n  telegram: {{token_file: {}}}\n"
    for name, said in (("none", "cannot be read: No such file"), ("empty", "is empty"), ("huge", "is too long")):
        (problem,) = problems(load, text.format(name))
        assert problem.startswith("config.yaml:2: platforms.telegram.token_file: ")
        assert said in problem


def test_a_token_file_that_others_may_read_is_warned_of(load, tmp_path):
    secret(tmp_path / "open").chmod(0o644)
    (warning,) = load("platforms: {telegram: {token_file: open}}\n").warnings
    assert "chmod 600" in str(warning)


def test_a_wrong_value_is_not_repeated_where_it_may_be_a_secret(load):
    said = "\n".join(problems(load, "platforms: {telegram: {token: [hunter2], webhook: {secret: {a: hunter2}}}}\n"))
    assert "hunter2" not in said


def test_a_webhook_needs_its_address(load):
    text = "platforms:\n  telegram:\n    mode: webhook\n"
    assert problems(load, text) == [
        'config.yaml:3: platforms.telegram.mode: is "webhook", but platforms.telegram.webhook.url is missing'
    ]


def test_the_master_key_may_not_lie_in_the_data_folder(load):
    (problem,) = problems(load, "data: d\nstorage:\n  master_key_file: d/keys/master.key\n")
    assert problem.startswith("config.yaml:3: storage.master_key_file: lies in the data folder")


def test_paths_are_taken_from_the_files_folder_not_from_where_one_stands(tmp_path, monkeypatch):
    (tmp_path / "host").mkdir()
    (tmp_path / "host" / "config.yaml").write_text("data: rows\n")
    monkeypatch.chdir(tmp_path)
    config = load_config(Path("host/config.yaml")).config
    assert config.data == tmp_path / "host" / "rows"
    assert config.database_url == f"sqlite+aiosqlite:///{tmp_path}/host/rows/openchair.db"
    assert config.keys_path == tmp_path / "host" / "rows" / "keys.db"
    assert config.storage.master_key_file == tmp_path / "host" / "master.key"


def test_a_configuration_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        Config().language = "de"  # type: ignore[misc]


@pytest.mark.parametrize(
    "address", ["https://example.org", "https://example.org/chair/", "http://localhost:8090", "http://127.0.0.1"]
)
def test_pages_have_a_public_address_without_a_slash_at_its_end(load, address):
    pages = load(f"pages: {{port: 8090, address: '{address}'}}").config.pages
    assert pages.address == address.rstrip("/")
    assert not pages.lacks_address


@pytest.mark.parametrize("address", ["http://example.org", "example.org", "https://", "https://a?b", "ftp://a", "https://a b"])
def test_an_address_of_pages_that_nobody_could_use_is_named(load, address):
    assert problems(load, f"pages:\n  address: '{address}'\n")[0].startswith("config.yaml:2: pages.address: must be an address")


def test_pages_are_off_without_a_port_and_lack_an_address_with_one_alone(load):
    assert load().config.pages.port is None
    assert not load("pages: {address: 'https://example.org'}").config.pages.lacks_address
    assert load("pages: {port: 0}").config.pages.lacks_address
