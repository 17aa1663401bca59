"""What the surroundings may and may not be."""

import environ
import pytest

from config.env import (
    BASE_DIR,
    ConfigurationError,
    production_faults,
    read_bool,
    read_choice,
    read_config,
    read_environment,
    read_folder,
    read_number,
    read_secret,
    read_sender,
    read_url,
    seal_faults,
)
from config.start import surroundings
from tests.deployment import run

SETTINGS = ["DATABASE_URL", "BROKER_URL", "CACHE_URL", "VAR_DIR", "SECRET_KEY", "DEBUG"]
SETTINGS += ["DEMO", "ALLOWED_HOSTS", "SITE_URL", "EMAIL_URL", "PORT", "SEAL_PKCS12", "SEAL_CERTIFICATE", "SEAL_KEY"]
SETTINGS += ["SEAL_PASSPHRASE", "SEAL_PASSPHRASE_FILE", "SEAL_WHEN_MISSING", "SEAL_WARN_DAYS"]
GOOD = {"secret_key": "x" * 50, "allowed_hosts": ["a.example.se"], "site_url": "https://a.example.se", "demo": False}


def test_a_complete_production_has_no_faults() -> None:
    assert production_faults(**GOOD) == []


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"secret_key": ""}, "SECRET_KEY"),
        ({"allowed_hosts": []}, "ALLOWED_HOSTS"),
        ({"allowed_hosts": ["*"]}, "ALLOWED_HOSTS"),
        ({"allowed_hosts": ["https://a.example.se"]}, "ALLOWED_HOSTS"),
        ({"allowed_hosts": ["a.example.se", "*.example.se"]}, "ALLOWED_HOSTS"),
        ({"allowed_hosts": ["a.example.se b.example.se"]}, "ALLOWED_HOSTS"),
        ({"site_url": "https://a b.example.se"}, "SITE_URL"),
        ({"site_url": "https://a.example.se/?fel"}, "SITE_URL"),
        ({"site_url": "http://a.example.se"}, "SITE_URL"),
        ({"demo": True}, "DEMO"),
    ],
)
def test_each_lack_is_named(changes, named) -> None:
    (fault,) = production_faults(**GOOD | changes)

    assert named in fault


def test_a_word_that_is_neither_yes_nor_no_is_refused(monkeypatch) -> None:
    monkeypatch.setenv("DEMO", "kanske")

    with pytest.raises(ConfigurationError, match="DEMO=1 eller DEMO=0"):
        read_bool(read_environment(), "DEMO")


def test_an_address_of_an_unknown_kind_is_refused(monkeypatch) -> None:
    monkeypatch.setenv("BROKER_URL", "kafka://x")

    with pytest.raises(ConfigurationError, match="BROKER_URL börjar med 'kafka'"):
        read_url(read_environment(), "BROKER_URL", "filesystem://", ("filesystem", "redis"))


@pytest.mark.parametrize("address", ["redis", "redis://vard:sextusen/0", "redis://vard:99999/0", "redis://a:6379,b:x/0"])
def test_an_address_that_names_no_port_that_can_be_is_refused(monkeypatch, address) -> None:
    monkeypatch.setenv("BROKER_URL", address)

    with pytest.raises(ConfigurationError, match="BROKER_URL går inte att tolka"):
        read_url(read_environment(), "BROKER_URL", "filesystem://", ("filesystem", "redis"))


@pytest.mark.parametrize(
    "address", ["redis://:hemligt@vard:6379/0", "redis://[::1]:6379/0", "redis://vard/0", "sqlite://:memory:"]
)
def test_an_address_is_read_as_it_is_written(monkeypatch, address) -> None:
    monkeypatch.setenv("BROKER_URL", address)

    assert read_url(read_environment(), "BROKER_URL", "filesystem://", ("sqlite", "redis")) == address


def test_an_address_that_cannot_be_taken_apart_is_refused_without_its_password() -> None:
    with pytest.raises(ConfigurationError, match="EMAIL_URL går inte att tolka") as refused:
        read_config("EMAIL_URL", "smtp://namn:hem#ligt@vard:25", environ.Env.email_url_config)

    assert "hem#ligt" not in str(refused.value)


@pytest.mark.parametrize("folder", ["fil", "fil/under"])
def test_a_folder_that_cannot_be_written_in_is_refused(monkeypatch, tmp_path, folder) -> None:
    (tmp_path / "fil").touch()
    monkeypatch.setenv("VAR_DIR", str(tmp_path / folder))

    with pytest.raises(ConfigurationError, match="VAR_DIR"):
        read_folder(read_environment(), "VAR_DIR", tmp_path)


def test_a_folder_that_is_not_named_is_the_usual_one(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("VAR_DIR", "")

    assert read_folder(read_environment(), "VAR_DIR", tmp_path / "var") == tmp_path / "var"
    assert (tmp_path / "var").is_dir()


@pytest.mark.parametrize("text", ["utbildning", "a@b.se\nBcc: c@d.se", "Staden <staden>"])
def test_a_sender_that_is_no_address_is_refused(monkeypatch, text) -> None:
    monkeypatch.setenv("DEFAULT_FROM_EMAIL", text)

    with pytest.raises(ConfigurationError, match="DEFAULT_FROM_EMAIL"):
        read_sender(read_environment(), "DEFAULT_FROM_EMAIL", "a@b.se")


@pytest.mark.parametrize("text", ["utbildning@staden.se", "Staden <utbildning@staden.se>"])
def test_a_sender_may_have_a_name(monkeypatch, text) -> None:
    monkeypatch.setenv("DEFAULT_FROM_EMAIL", text)

    assert read_sender(read_environment(), "DEFAULT_FROM_EMAIL", "a@b.se") == text


@pytest.mark.parametrize(("name", "text"), [("PORT", "åttatusen"), ("PORT", "0"), ("PORT", "65536"), ("HOST", "finns inte")])
def test_a_place_where_nothing_can_listen_is_refused(monkeypatch, name, text) -> None:
    monkeypatch.setenv("DEBUG", "1")
    monkeypatch.setenv("DEMO", "1")
    monkeypatch.setenv(name, text)

    with pytest.raises(ConfigurationError, match=name):
        surroundings()


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"DEMO": "1"}, "DEMO=1"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL"),
        ({"SEAL_CERTIFICATE": "c.pem"}, "SEAL_KEY"),
        ({"VAR_DIR": "/dev/null"}, "VAR_DIR"),
        ({"DATABASE_URL": "postgres://u:hemligt@h:x/d"}, "DATABASE_URL"),
        ({"CACHE_URL": "dbcache"}, "CACHE_URL"),
        ({"EMAIL_URL": "smtp://h:x"}, "EMAIL_URL"),
        ({"DEFAULT_FROM_EMAIL": "staden"}, "DEFAULT_FROM_EMAIL"),
    ],
)
def test_a_real_start_refuses_and_says_what_to_write(changes, named) -> None:
    started = run(changes, "check")

    assert started.returncode == 1
    assert named in started.stderr
    assert "Traceback" not in started.stderr


@pytest.mark.parametrize("address", ["postgres://namn:hemligt@127.0.0.1:1/stad", "sqlite:////finns/inte/db.sqlite3"])
def test_a_start_without_its_database_says_so(address) -> None:
    started = run({"DATABASE_URL": address}, "prepare")

    assert started.returncode == 1
    assert "DATABASE_URL" in started.stderr
    assert "Traceback" not in started.stderr
    assert "hemligt" not in started.stderr


def test_every_setting_is_explained_in_the_example() -> None:
    example = (BASE_DIR / ".env.example").read_text()

    for name in SETTINGS:
        assert f"\n{name}=" in example


@pytest.mark.parametrize(
    ("read", "name", "text", "named"),
    [
        (lambda env: read_number(env, "SEAL_WARN_DAYS", 30), "SEAL_WARN_DAYS", "en månad", "SEAL_WARN_DAYS=30"),
        (lambda env: read_number(env, "SEAL_WARN_DAYS", 30), "SEAL_WARN_DAYS", "99999999999", "SEAL_WARN_DAYS=30"),
        (lambda env: read_choice(env, "X", ("wait", "unsealed"), "wait"), "X", "vänta", "X=wait eller X=unsealed"),
        (lambda env: read_secret(env, "SEAL_PASSPHRASE"), "SEAL_PASSPHRASE_FILE", "/finns/inte", "SEAL_PASSPHRASE_FILE"),
    ],
)
def test_a_setting_that_cannot_be_read_says_what_to_write(monkeypatch, read, name, text, named) -> None:
    monkeypatch.setenv(name, text)

    with pytest.raises(ConfigurationError, match=named):
        read(read_environment())


def test_a_secret_is_read_from_its_file_without_the_last_line_break(monkeypatch, tmp_path) -> None:
    (tmp_path / "secret").write_text("åtta ord \n")
    monkeypatch.setenv("SEAL_PASSPHRASE_FILE", str(tmp_path / "secret"))

    assert read_secret(read_environment(), "SEAL_PASSPHRASE") == "åtta ord "

    monkeypatch.setenv("SEAL_PASSPHRASE", "annat")
    with pytest.raises(ConfigurationError, match="bara en"):
        read_secret(read_environment(), "SEAL_PASSPHRASE")


@pytest.mark.parametrize(
    ("seal", "faults"),
    [
        ({"pkcs12": "a.p12"}, 0),
        ({"certificate": "c.pem", "key": "k.pem"}, 0),
        ({}, 0),
        ({"key": "k.pem"}, 1),
        ({"pkcs12": "a.p12", "key": "k.pem"}, 1),
    ],
)
def test_a_seal_is_named_whole_and_once(seal, faults) -> None:
    assert len(seal_faults(**{"pkcs12": "", "certificate": "", "key": "", **seal})) == faults
