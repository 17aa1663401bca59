"""Who may see what: every reader, every state, every address."""

from __future__ import annotations

import pytest

from reports.follow_up.states import State
from reports.follow_up.steps import STEPS
from reports.models import CycleSettings, Publication
from tests.reports.follow_up.cycles import cycle_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

READERS = ("coordinator", "manager", "other_manager", "learner", "trainer", "outsider")
STAFF = set(READERS)
REPORT, FILE = "/uppfoljning/2026/april/", "/uppfoljning/2026/april.csv"
WORK, STEP, COMMENT = f"{REPORT}arbeta/", f"{REPORT}arbeta/godkann/", "/chef/{centre}/kommentar/"
MAY = {
    REPORT: {State.DRAFT: {"coordinator"}, State.APPROVED: {"coordinator"}, State.PUBLISHED: STAFF},
    FILE: {State.DRAFT: {"coordinator"}, State.APPROVED: {"coordinator"}, State.PUBLISHED: STAFF},
    WORK: {state: {"coordinator"} for state in (*State, None)},
    STEP: {state: {"coordinator"} for state in (*State, None)},
    COMMENT: {state: {"manager"} for state in (*State, None)},
}
STATES = [None, *State]


def name_of(state: State | None) -> str:
    return state.value if state else "no cycle"


@pytest.fixture
def put(coordinator):
    """Put the cycle in a state; `None` is that nobody has opened it."""
    return lambda state: state and cycle_in(state, coordinator)


@pytest.mark.parametrize("state", STATES, ids=name_of)
def test_it_opens_each_address_to_the_right_readers_only(put, state, request, client_of, youth_centre) -> None:
    put(state)

    opened = {address: set() for address in MAY}
    for reader in READERS:
        client = client_of(request.getfixturevalue(reader))
        for address in MAY:
            status = client.get(address.format(centre=youth_centre.pk)).status_code
            assert status in (200, 302, 404), (reader, address)
            opened[address] |= {reader} if status != 404 else set()

    assert opened == {address: may.get(state, set()) for address, may in MAY.items()}


@pytest.mark.parametrize("state", STATES, ids=name_of)
def test_it_lets_the_public_read_what_is_published_if_the_city_says_so(put, client, state) -> None:
    put(state)

    for is_public in (False, True):
        CycleSettings(is_public=is_public).save()
        for address in MAY:
            response = client.get(address.format(centre=1))

            if is_public and state is State.PUBLISHED and address in (REPORT, FILE):
                assert response.status_code == 200, address
            else:
                assert (response.status_code, response.url.split("?")[0]) == (302, "/konto/logga-in/"), address


@pytest.mark.parametrize("reader", [one for one in READERS if one != "coordinator"])
def test_it_lets_nobody_else_do_what_coordinators_do(put, request, client_of, reader) -> None:
    put(State.APPROVED)
    client = client_of(request.getfixturevalue(reader))

    tried = {slug: client.post(f"{WORK}{slug}/", {"case_number": "KS 1"}).status_code for slug in STEPS}

    assert set(tried.values()) == {404}
    assert not Publication.objects.exists()
