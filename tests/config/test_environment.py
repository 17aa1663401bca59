"""What the surroundings may and may not be."""

import pytest

from config.env import (
    BASE_DIR,
    ConfigurationError,
    production_faults,
    read_bool,
    read_choice,
    read_environment,
    read_number,
    read_secret,
    read_url,
    seal_faults,
)
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


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"DEMO": "1"}, "DEMO=1"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL"),
        ({"SEAL_CERTIFICATE": "c.pem"}, "SEAL_KEY"),
    ],
)
def test_a_real_start_refuses_and_says_what_to_write(changes, named) -> None:
    started = run(changes, "check")

    assert started.returncode == 1
    assert named in started.stderr
    assert "Traceback" not in started.stderr


def test_every_setting_is_explained_in_the_example() -> None:
    example = (BASE_DIR / ".env.example").read_text()

    for name in SETTINGS:
        assert f"\n{name}=" in example


@pytest.mark.parametrize(
    ("read", "name", "text", "named"),
    [
        (lambda env: read_number(env, "SEAL_WARN_DAYS", 30), "SEAL_WARN_DAYS", "en månad", "SEAL_WARN_DAYS=30"),
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
