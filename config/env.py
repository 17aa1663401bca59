"""What the surroundings decide: reads the environment (and `.env`), and refuses with a sentence that says what to write."""

import sys
from pathlib import Path
from typing import NoReturn

import environ

BASE_DIR = Path(__file__).resolve().parent.parent

# The one value that may stand in `make run` on a laptop and nowhere else.
INSECURE_SECRET_KEY = "insecure-demonstration-key-never-use-in-production"  # noqa: S105  it is refused outside LOCAL


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
    """Return an address whose scheme is one of `schemes`."""
    address = str(env.str(name, default="")) or default
    if address.split(":", 1)[0] not in schemes:
        refuse(f"{name} börjar med {address.split(':', 1)[0]!r}: skriv en adress som börjar med {', '.join(schemes)}.")
    return address


def read_number(env: environ.Env, name: str, default: int) -> int:
    """Return a whole number from 0 on."""
    text = env.str(name, default="").strip() or str(default)
    if not text.isdecimal():
        refuse(f"{name}={text!r} är inget heltal: skriv till exempel {name}={default}.")
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
    if not site_url.startswith("https://"):
        faults.append("SITE_URL saknas eller är osäker: skriv adressen som börjar med https://.")
    return faults


def is_running_tests() -> bool:
    """Whether pytest is the one that starts Django."""
    return "pytest" in sys.modules
