"""What the surroundings decide: reads the environment (and `.env`), and refuses with a sentence that says what to write."""

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

# The one value that may stand in `make run` on a laptop and nowhere else.
INSECURE_SECRET_KEY = "insecure-demonstration-key-never-use-in-production"  # noqa: S105  it is refused outside LOCAL

MOST_NUMBER = 36_500
"""A hundred years of days: larger numbers are mistyped, and no day could be reckoned with them."""
SENDER = re.compile(r"[^\r\n<>]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+")
HOST_NAME = re.compile(r"\.?[\w-]+(\.[\w-]+)*\.?|\[[0-9a-f:.]+\]", re.IGNORECASE)


class ConfigurationError(SystemExit):
    """The surroundings do not allow a start; its text says what to write."""

    def __init__(self, sentences: list[str]) -> None:
        self.sentences = sentences
        lines = "\n".join(f"  - {sentence}" for sentence in sentences)
        super().__init__(f"Motståndskraft kan inte starta:\n{lines}\nSe .env.example för alla inställningar.")


def read_environment() -> environ.Env:
    """Return the environment, completed (never overruled) by `.env` in the project's folder."""
    env = environ.Env()
    env_file = BASE_DIR / ".env"
    if env_file.exists():
        env.read_env(env_file, overwrite=False)
    return env


def read_bool(env: environ.Env, name: str, *, default: bool = False) -> bool:
    """Return a yes or no; refuses anything but 0, 1, true, false, yes, no, on, off."""
    text = env.str(name, default="1" if default else "0").strip().lower()
    if text in {"1", "true", "yes", "on"}:
        return True
    if text in {"0", "false", "no", "off", ""}:
        return False
    refuse(f"{name}={text!r} går inte att tolka: skriv {name}=1 eller {name}=0.")
    return None


def read_url(env: environ.Env, name: str, default: str, schemes: tuple[str, ...]) -> str:
    """Return an address whose scheme is one of `schemes`, and whose port is a number."""
    address = str(env.str(name, default="")) or default
    scheme, slashes, rest = address.partition("://")
    if scheme.split(":", 1)[0] not in schemes:
        refuse(f"{name} börjar med {scheme.split(':', 1)[0]!r}: skriv en adress som börjar med {', '.join(schemes)}.")
    if not slashes or (scheme != "sqlite" and not _ports_are_numbers(rest)):
        refuse_address(name)
    return address


def _ports_are_numbers(rest: str) -> bool:
    """Whether what follows the slashes, perhaps several hosts, names no port or a possible one."""
    hosts = rest.split("/", 1)[0].rpartition("@")[2]
    ports = [host.rpartition("]")[2].partition(":")[2] for host in hosts.split(",")]
    return all(is_port(port) for port in ports if port)


def is_port(text: str) -> bool:
    """Whether something may listen there."""
    return text.isdecimal() and len(text) < 6 and 0 < int(text) < 65536


def read_config(name: str, address: str, parse: Callable[[str], Any]) -> dict[str, Any]:
    """Return what Django is to know of an address; refuses one that cannot be taken apart, and does not repeat its password."""
    try:
        return dict(parse(address))
    except (ValueError, KeyError, ImproperlyConfigured):
        refuse_address(name)


def refuse_address(name: str) -> NoReturn:
    """Stop the start for an address that cannot be understood; it may hold a password, so it is not repeated."""
    refuse(
        f"{name} går inte att tolka som en adress: skriv den som i .env.example, med :// och en port som är ett tal "
        "(tecknen # / ? i ett lösenord skrivs %23 %2F %3F)."
    )


def read_folder(env: environ.Env, name: str, default: Path) -> Path:
    """Return a folder in which the service may write, made if it is missing."""
    folder = Path(env.str(name, default="") or default).resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        may_write = os.access(folder, os.W_OK | os.X_OK)
    except OSError:
        may_write = False
    if not may_write:
        refuse(f"{name}={str(folder)!r} går inte att skriva i: skriv sökvägen till en mapp som tjänstens konto får skriva i.")
    return folder


def read_sender(env: environ.Env, name: str, default: str) -> str:
    """Return the address that mails come from, with or without a name before it."""
    text = env.str(name, default="").strip() or default
    if not SENDER.fullmatch(text):
        refuse(f"{name}={text!r} är ingen e-postadress: skriv till exempel {name}=utbildning@staden.se.")
    return text


def read_number(env: environ.Env, name: str, default: int) -> int:
    """Return a whole number from 0 on."""
    text = env.str(name, default="").strip() or str(default)
    if not text.isdecimal() or len(text) > 5 or int(text) > MOST_NUMBER:
        refuse(f"{name}={text!r} är inget heltal från 0 till {MOST_NUMBER}: skriv till exempel {name}={default}.")
    return int(text)


def read_choice(env: environ.Env, name: str, choices: tuple[str, ...], default: str) -> str:
    """Return one of the words that the setting may be."""
    word = env.str(name, default="").strip() or default
    if word not in choices:
        refuse(f"{name}={word!r} går inte att tolka: skriv {name}={f' eller {name}='.join(choices)}.")
    return word


def read_secret(env: environ.Env, name: str) -> str:
    """Return a secret that stands in the setting itself or in the file that `…_FILE` names, without its last line break."""
    secret, path = env.str(name, default=""), env.str(f"{name}_FILE", default="")
    if secret and path:
        refuse(f"Både {name} och {name}_FILE är satta: skriv bara en av dem.")
    if not path:
        return str(secret)
    try:
        return Path(path).read_text().rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        refuse(f"{name}_FILE={path!r} går inte att läsa: skriv sökvägen till en textfil som tjänstens konto får läsa.")


def seal_faults(*, pkcs12: str, certificate: str, key: str) -> list[str]:
    """Return one sentence for each way in which the settings name a seal by halves or twice."""
    faults = []
    if pkcs12 and (certificate or key):
        faults.append("SEAL_PKCS12 och SEAL_CERTIFICATE eller SEAL_KEY är satta: skriv det ena eller det andra.")
    elif bool(certificate) != bool(key):
        faults.append("SEAL_CERTIFICATE och SEAL_KEY hör ihop: skriv båda, eller ingen av dem.")
    return faults


def refuse(*sentences: str) -> NoReturn:
    """Stop the start."""
    raise ConfigurationError(list(sentences))


def production_faults(*, secret_key: str, allowed_hosts: list[str], site_url: str, demo: bool) -> list[str]:
    """Return one sentence for each thing that a start outside a developer's machine lacks."""
    faults = []
    if demo:
        faults.append("DEMO=1 kräver DEBUG=1: demonstrationskontona får aldrig finnas i skarp drift. Skriv DEMO=0.")
    if len(secret_key) < 50 or secret_key == INSECURE_SECRET_KEY:
        faults.append("SECRET_KEY saknas eller är för kort: skriv minst 50 slumpade tecken.")
    if not allowed_hosts or "*" in allowed_hosts:
        faults.append("ALLOWED_HOSTS saknas: skriv namnen som webbplatsen svarar på, till exempel utbildning.staden.se.")
    elif wrong := [host for host in allowed_hosts if not HOST_NAME.fullmatch(host)]:
        faults.append(
            f"ALLOWED_HOSTS har {wrong[0]!r}: skriv bara namn, utan https:// och port, till exempel utbildning.staden.se."
        )
    if not re.fullmatch(r"https://[\w.\[\]:-]+", site_url):
        faults.append("SITE_URL saknas eller är osäker: skriv adressen som börjar med https://, utan något efter namnet.")
    return faults


def is_running_tests() -> bool:
    """Whether pytest is the one that starts Django."""
    return "pytest" in sys.modules
