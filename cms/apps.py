"""The app's place in Django."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Content")

    def ready(self) -> None:
        from cms import personal_records  # noqa: F401  registers them
        from cms.deleting import forget_empty_module
        from cms.models import ModulePage
        from cms.site_tree import keep_foundation

        post_delete.connect(forget_empty_module, sender=ModulePage, dispatch_uid="cms.forget_empty_module")
        post_migrate.connect(keep_foundation, sender=self, dispatch_uid="cms.keep_foundation")
