"""The app's place in Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class OrganisationConfig(AppConfig):
    name = "organisation"
    verbose_name = _("Organisation")

    def ready(self) -> None:
        from organisation import checks, personal_records, receivers  # noqa: F401  registers what is in them
        from organisation.guards import install_guards

        post_migrate.connect(install_guards, dispatch_uid="organisation.install_guards")
