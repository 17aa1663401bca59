"""A small, valid content folder that a test may spoil, and the real one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cms.starter import read_content
from cms.starter.errors import ContentError, Problem
from cms.starter.texts import Content

REAL_FOLDER = Path(__file__).resolve().parents[2] / "content"

SOURCES = """\
lagar:
  - lag: Regeringsformen
    sfs: "1974:152"
    länk: https://example.se/rf
    bestämmelser:
      - nyckel: rf-2-1
        kapitel: "2"
        paragraf: "1"
        beteckning: 2 kap. 1 § regeringsformen
        sammanfattning: Åsikter är fria.
        kontrollerad: 2026-04-27
        kontrollerad av: Redaktionen
        kontrolleras igen: 2026-12-31
"""

MODULE = """\
---
nyckel: prov
slug: prov
titel: "Prov: ett prov"
gäller från: 2026-02-02
sammanfattning: Om ett prov.
för vem: Alla.
etiketter: [prov, test]
ansvarig: Samordnare
granskas igen: 2026-12-15
mål:
  m1: Du kan ett.
---
"""

LESSON = """\
---
nyckel: forst
slug: forst
titel: Först
minuter: 3
mål: [m1]
---

## Varför {#p-rubrik}

::: text p-text
fakta: A1.1
rättskällor: rf-2-1

En **åsikt** är *fri*. [Läs mer](https://example.se).

- ett
- två
:::

::: citat p-citat
fakta: PLAN
källa: Planen

Ord ur planen.
:::

::: rättskälla p-lag
fakta: A1.1
källa: rf-2-1

Du får tycka.
:::

::: steg p-steg
fakta: metod
titel: Gör så

1. Ett steg
   som fortsätter
2. Ett till
:::

::: staden p-staden
fakta: D
titel: Mottagningen

Numret dit.
:::

::: fråga p-fraga
sort: en
mål: m1
fakta: A1.1
rättskällor: rf-2-1

Någon tycker något.

Vad gör du?

- [ ] a: Ringer polisen.
  > Nej, åsikter
  > anmäls inte.
- [x] b: Pratar.
  > Ja.
:::
"""

CHECK = """\
---
nyckel: kunskapskontroll
slug: kunskapskontroll
titel: Kontroll
minuter: 4
godkänt: 80
antal: 1
---

::: fråga p-ordna
sort: ordna
mål: m1
fakta: A1.1

I vilken ordning?

- [2] a: Sedan.
  > Tvåa.
- [1] b: Först.
  > Etta.
:::
"""

PAGE = """\
---
slug: vid-oro
titel: Vid oro
sort: rutin
sammanfattning: Vad du gör.
---

::: faktaruta o-akut
fakta: D
titel: Akut fara

Ring 112.
:::
"""

LESSON_FILE = "prov/01-forst.md"
CHECK_FILE = "prov/kunskapskontroll.md"
SOURCES_FILE = "rattskallor.yaml"
FILES = {
    SOURCES_FILE: SOURCES,
    "prov/modul.md": MODULE,
    LESSON_FILE: LESSON,
    CHECK_FILE: CHECK,
    "sidor/vid-oro.md": PAGE,
}

Spoil = Callable[[str, str, str], tuple[Problem, ...]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def spoil(folder: Path) -> Spoil:
    """Replace ``old`` by ``new`` in one file of the small folder and give the problems that reading it finds."""

    def problems(name: str, old: str, new: str) -> tuple[Problem, ...]:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, "the text to spoil is gone"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(ContentError) as error:
            read_content(folder)
        return error.value.problems

    return problems


@pytest.fixture(scope="session")
def content() -> Content:
    return read_content(REAL_FOLDER)
