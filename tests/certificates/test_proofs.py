"""What must hold in the large: `make test` tries a sample, `make proof` ten thousand."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import hypothesis
import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from certificates.actions import issue
from certificates.codes import ALPHABET
from certificates.models import NumberSeries
from config.env import BASE_DIR
from organisation.models import City
from tests.certificates.serving import Server, serving
from tests.completions import COMPLETED_AT, completed

PROCESSES = 4
BETWEEN_LOOKS = 1000
MOST_GROWTH_MEGABYTES = 5
TAKE_NUMBERS = """
import sys
from django.db import transaction
from certificates.models import NumberSeries
for turn in range(int(sys.argv[1]) // 5):
    for count in (1, 4) if turn % 2 else (5,):
        with transaction.atomic():
            print(*NumberSeries.next_numbers("TST", 2026, count))
"""


def in_the_large(sample: int, proof: int) -> int:
    """Return how many to try."""
    return proof if hypothesis.settings.get_current_profile_name() == "proof" else sample


@pytest.mark.proof
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_four_processes_give_no_number_twice(record_property: Any) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("four processes need PostgreSQL; its run tries it")
    each = in_the_large(50, 2500)
    terms = connection.settings_dict
    url = f"postgres://{terms['USER']}@{terms['HOST']}:{terms['PORT']}/{terms['NAME']}"
    code = f"import sys; sys.argv = ['', '{each}']\n{TAKE_NUMBERS}"
    command = [
        "env",
        f"DATABASE_URL={url}",
        "DEBUG=1",
        "DEMO=0",
        sys.executable,
        "manage.py",
        "shell",
        "--no-imports",
        "-c",
        code,
    ]

    started = [subprocess.Popen(command, cwd=BASE_DIR, stdout=subprocess.PIPE, text=True) for _turn in range(PROCESSES)]
    given_to = [process.communicate()[0].split() for process in started]

    numbers = [number for own in given_to for number in own]
    assert sorted(numbers) == [f"TST-2026-{number:06}" for number in range(1, each * PROCESSES + 1)]
    assert all(own == sorted(own) for own in given_to)
    assert NumberSeries.objects.get().last == each * PROCESSES
    record_property("examples", len(numbers))


@pytest.mark.proof
@pytest.mark.skipif(connection.vendor != "sqlite", reason="serves SQLite's file; SQLite's run tries it")
@pytest.mark.django_db(transaction=True)
def test_codes_and_files_of_any_kind_get_an_answer(server: Server, record_property: Any) -> None:
    document = issue(completed(), at=COMPLETED_AT)
    code, content = document.certificate.code, document.read()
    held: list[float] = []
    asked = iter(range(10**9))

    @hypothesis.settings(
        max_examples=in_the_large(40, 10_000), suppress_health_check=list(hypothesis.HealthCheck), deadline=None
    )
    @given(codes_like(code) | files_like(content))
    def check(question: str | bytes) -> None:
        for status in statuses(server, question):
            assert status in {200, 404, 422}, question
        if next(asked) % BETWEEN_LOOKS == BETWEEN_LOOKS - 1:
            held.append(server.resident_megabytes())

    assert server.get(f"/verifiera/{code}/") == 200
    check()
    # The first thousand fill what every server keeps: compiled templates, and the pages of its allocator.
    assert max(held, default=0) - next(iter(held), 0) < MOST_GROWTH_MEGABYTES, held
    record_property("examples", next(asked))


@pytest.fixture
def server(city: City) -> Iterator[Server]:
    """The site over this test's database, in a process of its own."""
    database = f"sqlite:///{connection.settings_dict['NAME']}"
    kept = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "DEBUG": "1", "DEMO": "0"}
    with serving(kept | {"DATABASE_URL": database}) as running:
        yield running


def codes_like(code: str) -> st.SearchStrategy[str]:
    """Codes out of the alphabet and outside it, near misses of a real one, and anything that an address can hold."""
    near = st.tuples(st.integers(0, len(code) - 1), st.sampled_from(ALPHABET)).map(
        lambda change: code[: change[0]] + change[1] + code[change[0] + 1 :]
    )
    anything = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200)
    return st.one_of(near, st.text(ALPHABET, min_size=16, max_size=16), st.text(ALPHABET + "-OIL ", min_size=1), anything)


def files_like(content: bytes) -> st.SearchStrategy[bytes]:
    """Anything, and a real certificate that was cut, lengthened, or changed in one byte."""
    cut = st.integers(0, len(content)).map(lambda size: content[:size])
    longer = st.binary(max_size=2000).map(lambda more: content + more)
    flipped = st.integers(0, len(content) - 1).map(
        lambda place: content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
    )
    return st.one_of(st.binary(max_size=5000), cut, longer, flipped)


def statuses(server: Server, question: str | bytes) -> list[int]:
    """Ask the page, in each way that there is for it."""
    if isinstance(question, bytes):
        return [server.post_file("/verifiera/", "fil", question)]
    path = quote(question, safe="")
    query = urlencode({"kod": question})
    return [server.get(each) for each in (f"/verifiera/?{query}", f"/verifiera/{path}/", f"/verifiera/{path}.json")]
