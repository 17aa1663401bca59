"""Wagtail's administration of users, with our own pages in it."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersAppConfig(WagtailUsersAppConfig):
    default = False
    user_viewset = "cms.viewsets.people.PeopleViewSet"
