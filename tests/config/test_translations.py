"""Every text that people read is in the Swedish catalogue."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from config.env import BASE_DIR
from config.management.commands.compile_catalogues import catalogues

CATALOGUE = BASE_DIR / "locale" / "sv" / "LC_MESSAGES" / "django.po"
PROPER_NAMES = ("Motståndskraft", "Trollhättan")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def needs(program: str) -> None:
    """Skip, saying why, where a program is missing; fail where it must be there."""
    if shutil.which(program) is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{program} is not installed")
        pytest.skip(f"{program} is not installed: the texts in the code were not collected")


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str | None, str]]:
    """Return every text in the code, collected by gettext from a copy of the tree."""
    needs("xgettext")
    copy = tmp_path_factory.mktemp("tree")
    for folder in ("config", "organisation", "courses", "certificates", "reports", "cms", "templates"):
        shutil.copytree(BASE_DIR / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", "migrations"))
    for file in ("manage.py", "pyproject.toml"):
        shutil.copy(BASE_DIR / file, copy)
    (copy / "locale").mkdir()
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "-l", "xx", "--no-location"],
        cwd=copy,
        env={**os.environ, "DEBUG": "1", "DEMO": "0", "VAR_DIR": str(copy / "var")},
        check=True,
        capture_output=True,
    )
    entries = polib.pofile(str(copy / "locale" / "xx" / "LC_MESSAGES" / "django.po"))
    return {(entry.msgctxt, entry.msgid) for entry in entries}


def translated(catalogue: Path) -> dict[tuple[str | None, str], polib.POEntry]:
    return {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(catalogue)) if entry.translated()}


def test_no_text_in_the_code_lacks_its_swedish(collected) -> None:
    missing = collected - translated(CATALOGUE).keys()

    assert missing == set()


def test_the_catalogue_has_no_text_that_the_code_lacks(collected) -> None:
    assert translated(CATALOGUE).keys() - collected == set()


def test_no_message_id_is_swedish(collected) -> None:
    texts = {text: re.sub("|".join(PROPER_NAMES), "", text) for _context, text in collected}

    assert [text for text, rest in texts.items() if re.search("[åäöÅÄÖ]", rest)] == []


@pytest.mark.parametrize("catalogue", catalogues(), ids=lambda path: str(path.relative_to(BASE_DIR)))
def test_translations_keep_their_placeholders(catalogue) -> None:
    for entry in polib.pofile(str(catalogue)):
        for text in entry.msgstr_plural.values() or [entry.msgstr]:
            kept = set(PLACEHOLDER.findall(text))
            assert kept <= set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural)), entry.msgid


@pytest.mark.parametrize("catalogue", catalogues(), ids=lambda path: str(path.relative_to(BASE_DIR)))
def test_nothing_shouts_or_doubts(catalogue) -> None:
    texts = [text for entry in polib.pofile(str(catalogue)) for text in [entry.msgstr, *entry.msgstr_plural.values()]]

    assert [text for text in texts if "!" in text or "lyckades" in text.lower()] == []
    assert [entry.msgid for entry in polib.pofile(str(catalogue)).fuzzy_entries()] == []
