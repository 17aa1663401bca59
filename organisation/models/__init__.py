"""The organisation's nouns."""

from organisation.models.city import City, city_logo, the_city
from organisation.models.departments import Department, DepartmentManager, DepartmentName, DepartmentPlace
from organisation.models.deputies import DeputyManager
from organisation.models.erasure import DoomedFile, Erasure
from organisation.models.events import Event, log_event, new_event
from organisation.models.history import DatedQuerySet, DatedRow
from organisation.models.hr_imports import HrImport, HrUpload
from organisation.models.login_slips import LoginSlip
from organisation.models.people import Absence, Employment, User, normal_address
from organisation.models.reorganisations import DepartmentSuccession, Reorganisation

__all__ = [
    "Absence",
    "City",
    "DatedQuerySet",
    "DatedRow",
    "Department",
    "DepartmentManager",
    "DepartmentName",
    "DepartmentPlace",
    "DepartmentSuccession",
    "DeputyManager",
    "DoomedFile",
    "Employment",
    "Erasure",
    "Event",
    "HrImport",
    "HrUpload",
    "LoginSlip",
    "Reorganisation",
    "User",
    "city_logo",
    "log_event",
    "new_event",
    "normal_address",
    "the_city",
]
