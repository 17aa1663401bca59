"""The city's own settings: what stands on certificates from then on."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from certificates.actions import issue
from organisation.models import City, Event, User, city_logo
from organisation.permissions import ADMINISTRATORS
from tests.certificates.documents import elements, opened
from tests.certificates.seals import a_picture
from tests.cms.test_who_may_do_what import member
from tests.completions import completed

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
FIELDS = {"name": "Tvåälvs stad", "code": "TVÅ", "signatory_title": "Säkerhetschef"}


@pytest.fixture
def administrator(city) -> User:
    return member(ADMINISTRATORS)


def handed_in(client, content: bytes, **fields: str):
    return client.post("/admin/staden/", {**FIELDS, **fields, "mark": SimpleUploadedFile("vapen.png", content)})


def pictures(document) -> list[str]:
    whole = opened(document.read())
    return [str(each.Alt) for each in elements(whole) if "/Alt" in each]


def test_the_mark_stands_on_certificates_from_then_on_and_on_none_before(city, client_of, administrator) -> None:
    before = issue(completed(), at=AT)
    bytes_before = before.read()

    assert handed_in(client_of(administrator), a_picture()).status_code == 302

    assert pictures(issue(completed(), at=AT))[0] == "Logotyp för Tvåälvs stad"
    assert before.read() == bytes_before
    assert Event.objects.get(verb="city.changed").details["fields"][-1] == "mark"


def test_it_is_shown_kept_and_taken_away(city, client_of, administrator) -> None:
    client = client_of(administrator)
    handed_in(client, a_picture())
    assert "data:image/png;base64," in client.get("/admin/staden/").content.decode()

    client.post("/admin/staden/", FIELDS)
    assert city_logo()

    client.post("/admin/staden/", {**FIELDS, "without_mark": "on"})
    assert city_logo() == b""


@pytest.mark.parametrize("content", [b"inte en bild", a_picture()[:200], b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_what_is_no_picture_is_refused_and_nothing_changes(city, client_of, administrator, content) -> None:
    before = City.objects.get().name

    page = handed_in(client_of(administrator), content).content.decode()

    assert "går inte att läsa som en bild" in page
    assert (City.objects.get().name, city_logo()) == (before, b"")
