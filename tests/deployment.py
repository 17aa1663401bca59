"""Starts Django with production's settings: `check --deploy` must be clean, and a start without its secrets must refuse."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

PRODUCTION = {
    "DEBUG": "0",
    "DEMO": "0",
    "SECRET_KEY": "k3" + "xq7Zt9Vw2Lm5Rb8Nc1Hf4Gj6Ds0PaYeUiOoTlKz" * 2,
    "ALLOWED_HOSTS": "utbildning.example.se",
    "SITE_URL": "https://utbildning.example.se",
    "EMAIL_URL": "smtp://mail.example.se:25",
}


def run(changes: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py with production's settings, changed."""
    surroundings = {key: value for key, value in os.environ.items() if key not in {*PRODUCTION, "DATABASE_URL", "CI"}}
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            env={**surroundings, **PRODUCTION, "VAR_DIR": folder, **changes},
            capture_output=True,
            text=True,
            check=False,
        )


def main() -> int:
    checked = run({}, "check", "--deploy", "--fail-level", "WARNING")
    print(checked.stdout + checked.stderr, end="")  # noqa: T201
    return checked.returncode


if __name__ == "__main__":
    sys.exit(main())
