"""The four groups of people who work in the administration, and exactly what each may do there."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from organisation.permissions import ADMINISTRATORS, COORDINATORS, JURISTS, TRAINERS

OPEN_ADMIN = "wagtailadmin.access_admin"
PERMISSIONS: dict[str, tuple[str, ...]] = {
    TRAINERS: (
        OPEN_ADMIN,
        "courses.view_module",
        "courses.give_out_edition",
        "courses.withdraw_edition",
        "courses.view_legalsource",
        "courses.add_legalsource",
        "courses.change_legalsource",
        "courses.add_legalcheck",
        "courses.view_symbol",
        "courses.add_symbol",
        "courses.change_symbol",
        "courses.approve_symbol",
        "courses.view_evaluation",
        "courses.view_conversationcount",
    ),
    JURISTS: (
        OPEN_ADMIN,
        "courses.view_module",
        "courses.withdraw_edition",
        "courses.view_legalsource",
        "courses.add_legalsource",
        "courses.change_legalsource",
        "courses.add_legalcheck",
        "cms.add_legalapproval",
        "courses.view_symbol",
        "courses.approve_symbol",
    ),
    COORDINATORS: (
        OPEN_ADMIN,
        "courses.view_audience",
        "courses.add_audience",
        "courses.change_audience",
        "courses.view_assignment",
        "courses.add_assignment",
        "courses.change_assignment",
        "courses.view_exemption",
        "courses.add_exemption",
        "courses.change_exemption",
        "courses.view_modulerule",
        "courses.add_modulerule",
        "reports.view_modulegoal",
        "reports.add_modulegoal",
        "reports.view_planactivity",
        "reports.add_planactivity",
        "reports.change_planactivity",
        "reports.view_recipientlist",
        "reports.add_recipientlist",
        "reports.change_recipientlist",
        "reports.change_cyclesettings",
        "reports.view_reminderrun",
        "courses.view_evaluation",
        "certificates.change_certificate",
        "organisation.add_hrimport",
        "organisation.change_department",
        "organisation.change_employment",
        "organisation.add_erasure",
    ),
    ADMINISTRATORS: (
        OPEN_ADMIN,
        "organisation.view_city",
        "organisation.change_city",
        "organisation.view_event",
        "organisation.view_user",
        "organisation.change_user",
        "organisation.add_erasure",
    ),
}
PAGE_PERMISSIONS: dict[str, tuple[str, ...]] = {TRAINERS: ("add_page", "change_page", "publish_page")}
COLLECTION_PERMISSIONS: dict[str, tuple[str, ...]] = {
    TRAINERS: (
        "wagtailimages.add_image",
        "wagtailimages.change_image",
        "wagtailimages.choose_image",
        "wagtaildocs.add_document",
        "wagtaildocs.change_document",
        "wagtaildocs.choose_document",
    )
}
_APPS = (
    "certificates",
    "wagtailadmin",
    "wagtailcore",
    "wagtailimages",
    "wagtaildocs",
    "courses",
    "organisation",
    "reports",
    "cms",
)


def make_groups(home: Page) -> None:
    """Give the four groups exactly the permissions above. May run any number of times; other groups are left alone."""
    for label in _APPS:
        # Django makes an app's permissions after its migrations, and this may run before it is that app's turn.
        create_permissions(apps.get_app_config(label), verbosity=0)
    root_collection = Collection.get_first_root_node() or Collection.add_root(name="Root")
    for name, permissions in PERMISSIONS.items():
        group = Group.objects.get_or_create(name=name)[0]
        group.permissions.set(permission_ids(permissions))
        _set_page_permissions(group, home, PAGE_PERMISSIONS.get(name, ()))
        _set_collection_permissions(group, root_collection, COLLECTION_PERMISSIONS.get(name, ()))


def permission_ids(names: Iterable[str]) -> list[int]:
    """Return the keys of permissions written as `app.codename`. Raises `Permission.DoesNotExist` for an unknown one."""
    split = (name.split(".") for name in names)
    return [_permission(app, codename).pk for app, codename in split]


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _set_page_permissions(group: Group, home: Page, codenames: tuple[str, ...]) -> None:
    wanted = permission_ids(f"wagtailcore.{codename}" for codename in codenames)
    GroupPagePermission.objects.filter(group=group).exclude(page=home, permission__in=wanted).delete()
    for permission in wanted:
        GroupPagePermission.objects.get_or_create(group=group, page=home, permission_id=permission)


def _set_collection_permissions(group: Group, collection: Collection, names: tuple[str, ...]) -> None:
    wanted = permission_ids(names)
    GroupCollectionPermission.objects.filter(group=group).exclude(collection=collection, permission__in=wanted).delete()
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission_id=permission)
