"""The coordinator hands in HR files, sees what would change, and lets it be done."""

from __future__ import annotations

import datetime as dt
import errno
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from cms.groups import make_groups
from cms.models import HomePage
from organisation import tasks
from organisation.actions import hand_in_hr
from organisation.actions.reorganise import reorganise
from organisation.files import delete_doomed
from organisation.models import Employment, Event, HrImport, HrUpload, User
from organisation.reorganising.requests import Renaming
from tests.organisation.hr.files import AT, PEOPLE_HEADER, department, departments_file, people_file, person
from tests.organisation.hr.importing import imported

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]

STAFF = [person(str(number)) for number in range(1001, 1005)]
FORM = "/admin/hr-filer/"


@pytest.fixture(autouse=True)
def now() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture(autouse=True)
def one_storage(_own_folders: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fields took their storage before a test had folders of its own; what deletes files asks anew."""
    for name in ("departments", "people"):
        monkeypatch.setattr(HrUpload._meta.get_field(name), "storage", storages["private"])


@pytest.fixture
def client(city: Any, coordinator: User, client_of: ClientOf) -> Client:
    make_groups(HomePage.objects.first())
    return client_of(coordinator)


def hand_in(client: Client, people: Any = None, name: str = "personer.csv", **changes: Any) -> HttpResponse:
    files = {
        "departments": SimpleUploadedFile("enheter.csv", departments_file().content),
        "people": SimpleUploadedFile(name, (people or people_file(*STAFF)).content),
    }
    return client.post(FORM, files | {"as_of": "2026-03-02"} | changes)


def page(client: Client, upload: HrUpload) -> HttpResponse:
    return client.get(reverse("hr:upload", args=[upload.pk]))


def test_it_shows_what_would_change_before_anything_is_done(client: Client) -> None:
    response = hand_in(client)

    upload = HrUpload.objects.get()
    assert response["Location"] == reverse("hr:upload", args=[upload.pk])
    text = page(client, upload).content.decode()
    assert "Det här skulle ändras" in text
    assert "4 nya" in text
    assert "Alva Test1001 (1001), Enhet D1 (D1)" in text
    assert not Employment.objects.exists()


def test_it_says_of_whom_and_what_each_line_is(client: Client) -> None:
    units = departments_file(department("D1"), department("D2", "Biblioteket"), department("D3", parent="D1", manager="1003"))
    imported(units, people_file(*STAFF, person("1005")))
    changed = departments_file(
        department("D1", "Skolan"), department("D2", "Biblioteket"), department("D3", parent="D2", manager="1004")
    )
    people = [
        person("1001", unit="D2"),
        person("1002", "Bo", occupation="Rektor"),
        person("1003", till="2026-01-31"),
        person("1004"),
        person("1005", start="2020-09-01"),
        f"{person('1006')};ja",
    ]
    files = {"departments": SimpleUploadedFile("enheter.csv", changed.content)}
    hand_in(client, people_file(*people, header=f"{PEOPLE_HEADER};skyddad"), **files)

    text = page(client, HrUpload.objects.get()).content.decode()

    assert "<li>D1: Enhet D1 → Skolan</li>" in text
    assert "<li>Enhet D3 (D3): Enhet D1 → Biblioteket</li>" in text
    assert "<li>Enhet D3 (D3): Alva Test1004 (1004)</li>" in text
    assert "<li>Alva Test1001 (1001): Enhet D1 → Biblioteket</li>" in text
    assert "<li>Bo Test1002 (1002), Enhet D1 (D1): Lärare, ja → Rektor, ja</li>" in text
    assert "<li>1002: Alva Test1002 → Bo Test1002</li>" in text
    assert "<li>Alva Test1003 (1003), Enhet D1 (D1)</li>" in text
    assert "<li>Alva Test1005 (1005), Enhet D1 (D1): 2020-08-01– → 2020-09-01–</li>" in text
    assert "Test1006" not in text


def test_it_says_what_is_planned_and_stays(client: Client, coordinator: User) -> None:
    imported(people=people_file(*STAFF))
    reorganise(request=Renaming("D1", "Skolan", "enhet"), from_on=dt.date(2026, 4, 1), by=coordinator, at=AT)
    hand_in(client)

    text = page(client, HrUpload.objects.get()).content.decode()

    assert "Nytt namn, från 1 april 2026" in text
    assert "Inget skulle ändras" in text


def test_it_says_when_nothing_would_change(client: Client) -> None:
    imported(people=people_file(*STAFF))
    hand_in(client)

    text = page(client, HrUpload.objects.get()).content.decode()

    assert "Inget skulle ändras" in text
    assert "Importera ändå" in text


def test_it_imports_when_the_coordinator_says_so(
    client: Client, coordinator: User, django_capture_on_commit_callbacks: Any
) -> None:
    hand_in(client)
    upload = HrUpload.objects.get()
    kept = upload.people.name

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("hr:let_import", args=[upload.pk]))

    assert Employment.objects.count() == 4
    protocol = HrImport.objects.get()
    assert (protocol.imported_by, protocol.people_file) == (coordinator, "personer.csv")
    upload.refresh_from_db()
    assert (upload.status, upload.protocol, upload.preview, upload.people.name) == ("done", protocol, {}, "")
    assert not HrUpload._meta.get_field("people").storage.exists(kept)
    assert "Anställningar: 4 nya" in page(client, upload).content.decode()
    assert "Anställningar: 4 nya" in client.get(FORM).content.decode()
    assert set(Event.objects.values_list("verb", flat=True)) >= {"hr.handed_in", "hr.previewed", "hr.agreed", "hr.imported"}


def test_it_imports_once_however_often_it_is_asked(client: Client) -> None:
    hand_in(client)
    upload = HrUpload.objects.get()

    client.post(reverse("hr:let_import", args=[upload.pk]))
    tasks.work_on_hr_upload(upload.pk)
    again = client.post(reverse("hr:let_import", args=[upload.pk]))

    assert again.status_code == 404
    assert HrImport.objects.count() == 1


def test_it_shows_every_fault_and_keeps_no_file(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        hand_in(client, people_file(person(start="x", young="y")))

    upload = HrUpload.objects.get()
    text = page(client, upload).content.decode()
    assert "rad 2, kolumn fran: ”x”" in text
    assert "rad 2, kolumn moter_barn_unga: ”y”" in text
    assert (upload.status, upload.people.name) == ("refused", "")
    assert client.post(reverse("hr:let_import", args=[upload.pk])).status_code == 302
    assert not HrImport.objects.exists()


def test_it_asks_before_many_employments_end(client: Client) -> None:
    imported(people=people_file(*STAFF))
    hand_in(client, people_file(*STAFF[1:]))
    upload = HrUpload.objects.get()

    assert "1 av 4 anställningar skulle avslutas" in page(client, upload).content.decode()
    client.post(reverse("hr:let_import", args=[upload.pk]))
    assert HrImport.objects.count() == 1

    client.post(reverse("hr:let_import", args=[upload.pk]), {"allow_large": "1"})
    assert HrImport.objects.count() == 2


def test_it_shows_anew_what_has_changed_since_it_was_shown(client: Client) -> None:
    hand_in(client)
    upload = HrUpload.objects.get()
    imported(people=people_file(*STAFF[:2]), at=AT - dt.timedelta(hours=1))

    client.post(reverse("hr:let_import", args=[upload.pk]))

    upload.refresh_from_db()
    assert upload.status == "ready"
    assert upload.preview["employments"]["new"] == 2
    assert HrImport.objects.count() == 1


def test_it_can_begin_again_when_something_went_wrong(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(hand_in_hr, "import_hr", lambda **_options: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            hand_in(client)
    upload = HrUpload.objects.get()
    assert "Något gick fel i systemet" in page(client, upload).content.decode()

    client.post(reverse("hr:again", args=[upload.pk]))

    upload.refresh_from_db()
    assert upload.status == "ready"


def test_it_asks_by_itself_while_it_works(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks.work_on_hr_upload, "delay", lambda _pk: None)
    hand_in(client)

    response = page(client, HrUpload.objects.get())

    assert response["Refresh"] == "4"
    assert "Filerna läses" in response.content.decode()


def test_it_can_go_on_after_a_worker_was_killed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as killed:
        killed.setattr(tasks.work_on_hr_upload, "delay", lambda _pk: None)
        hand_in(client)
    upload = HrUpload.objects.get()
    assert "längre tid än det borde" not in page(client, upload).content.decode()

    with time_machine.travel(AT + dt.timedelta(minutes=6), tick=False):
        assert "längre tid än det borde" in page(client, upload).content.decode()
        client.post(reverse("hr:again", args=[upload.pk]))

    upload.refresh_from_db()
    assert upload.status == "ready"


def test_it_takes_the_files_away(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    hand_in(client)
    upload = HrUpload.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("hr:take_away", args=[upload.pk]))

    assert not HrUpload.objects.exists()
    assert not upload.people.storage.exists(upload.people.name)


def test_it_leaves_no_file_where_the_disk_is_full(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = HrUpload._meta.get_field("people").storage
    save, stored = type(storage).save, []

    def full(self: Any, name: str, content: Any, **more: Any) -> str:
        if stored:
            raise OSError(errno.ENOSPC, "No space left on device")
        stored.append(save(self, name, content, **more))
        return stored[0]

    monkeypatch.setattr(type(storage), "save", full)
    response = hand_in(client)
    delete_doomed()

    assert "Filerna kunde inte sparas" in response.content.decode()
    assert not HrUpload.objects.exists()
    assert not storage.exists(stored[0])


def test_a_process_that_is_killed_after_the_import_leaves_no_file(client: Client) -> None:
    hand_in(client)
    upload = HrUpload.objects.get()

    # Nothing that waits for the end of the transaction runs here, as when the process is killed at that moment.
    client.post(reverse("hr:let_import", args=[upload.pk]))
    assert HrUpload.objects.get().status == "done"
    delete_doomed()

    assert not upload.people.storage.exists(upload.people.name)
    assert not upload.departments.storage.exists(upload.departments.name)


def test_new_files_take_the_place_of_those_that_wait(client: Client) -> None:
    hand_in(client)
    hand_in(client)

    assert HrUpload.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "personer.xlsx"}, "slutar på .csv"),
        ({"as_of": "31/8"}, "datum"),
        ({"as_of": "9999-01-01"}, "mellan 1900 och 2999"),
    ],
)
def test_it_refuses_other_kinds_of_files_and_days(client: Client, changes: dict[str, str], sentence: str) -> None:
    text = hand_in(client, **changes).content.decode()

    assert sentence in text
    assert "<title>Fel:" in text.replace("\n", "").replace("  ", "")
    assert not HrUpload.objects.exists()


def test_it_refuses_a_file_that_is_too_large(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cms.hr.LARGEST", 10)

    assert "högst 30 megabyte" in hand_in(client).content.decode()


def test_it_never_lists_protected_identity(client: Client) -> None:
    hand_in(client, people_file(f"{person()};ja", header=f"{PEOPLE_HEADER};skyddad"))

    text = page(client, HrUpload.objects.get()).content.decode()
    assert "1 ny<" in text
    assert "1001" not in text


@pytest.mark.parametrize("who", ["learner", "manager", "outsider", "trainer"])
def test_it_is_shut_to_everybody_else(who: str, request: Any, client: Client, client_of: ClientOf) -> None:
    hand_in(client)
    upload = HrUpload.objects.get()
    other = client_of(request.getfixturevalue(who))

    answers = [other.get(FORM), page(other, upload), other.post(reverse("hr:let_import", args=[upload.pk]))]

    assert {answer.status_code for answer in answers} <= {302, 403}
    assert not HrImport.objects.exists()


def test_it_shows_an_upload_only_to_whoever_made_it(client: Client, client_of: ClientOf, coordinator: User) -> None:
    hand_in(client)
    other = User.objects.create_user("annan@example.se", first_name="A", last_name="B", is_staff=True)
    other.groups.set(coordinator.groups.all())

    assert page(client_of(other), HrUpload.objects.get()).status_code == 404


def test_it_asks_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(3):
        imported(people=people_file(*STAFF), at=AT + dt.timedelta(minutes=number))
    client.get(FORM)

    with django_assert_max_num_queries(12):
        client.get(FORM)
