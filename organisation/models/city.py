"""The installation's city."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class City(models.Model):
    """The city that runs this installation; there is one. `logo` is a small picture for documents, or empty."""

    name = models.CharField(
        _("name"), max_length=100, help_text=_("As it stands on certificates, for instance Trollhättans Stad.")
    )
    code = models.CharField(_("code"), max_length=5, help_text=_("Begins every certificate number, for instance THN."))
    signatory_title = models.CharField(
        _("title of the one who answers for certificates"), max_length=100, help_text=_("A function, never a person's name.")
    )
    logo = models.BinaryField(_("logo"), blank=True, default=b"", editable=False)

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(id=1),
                name="organisation_city_one",
                violation_error_message=_("One installation is one city."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.pk = 1
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as given


def the_city() -> City:
    """Return the city; an unsaved one with a neutral name before the first setting was made."""
    return City.objects.defer("logo").first() or City(
        pk=1, name=str(_("The city")), code="STAD", signatory_title=str(_("Coordinator"))
    )


def city_logo() -> bytes:
    """Return the city's mark as a small PNG, or nothing."""
    return bytes(City.objects.values_list("logo", flat=True).first() or b"")
