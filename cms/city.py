"""The city's own settings, for administrators."""

from __future__ import annotations

from base64 import b64encode

from django import forms
from django.contrib import messages
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.pictures import NotAPicture, small_mark
from organisation.models import City, city_logo, log_event, the_city

CHANGE_CITY = "organisation.change_city"
MOST_UPLOADED = 2 * 1024 * 1024


class CityForm(forms.ModelForm):
    mark = forms.FileField(
        label=gettext_lazy("The city’s mark on certificates"),
        required=False,
        help_text=gettext_lazy(
            "A picture (PNG, JPEG or WebP, at most 2 MB). It is made small, in few colours and on white, so that each"
            " certificate stays a small file; simple marks without small print look best."
        ),
    )
    without_mark = forms.BooleanField(label=gettext_lazy("Take the mark away"), required=False)

    class Meta:
        model = City
        fields = ["name", "code", "signatory_title"]

    def clean_mark(self) -> bytes:
        """Return the picture as it will stand on certificates, or nothing if none was handed in."""
        handed_in = self.cleaned_data["mark"]
        if not handed_in:
            return b""
        if handed_in.size > MOST_UPLOADED:
            raise forms.ValidationError(_("The file is larger than 2 MB. Save the picture in a smaller size."))
        try:
            return small_mark(handed_in.read())
        except NotAPicture as fault:
            raise forms.ValidationError(
                _("The file cannot be read as a picture, or is too detailed for a mark. Choose a PNG, JPEG or WebP picture.")
            ) from fault

    def save(self, commit: bool = True) -> City:
        """Keep the new mark, or none, or the one that was."""
        if self.cleaned_data["mark"] or self.cleaned_data["without_mark"]:
            self.instance.logo = self.cleaned_data["mark"]
        return super().save(commit)


def city_settings(request: HttpRequest) -> HttpResponse:
    """Name, code and signatory as they stand on certificates from now on; those already issued are never drawn again."""
    if not request.user.has_perm(CHANGE_CITY):
        raise PermissionDenied
    form = CityForm(request.POST or None, request.FILES or None, instance=the_city())
    if request.method == "POST" and form.is_valid():
        city = form.save()
        caches["rendered"].delete("city")
        log_event("city.changed", city, by=request.user, at=timezone.now(), fields=form.changed_data)
        messages.success(request, _("The city’s settings are saved."))
        return redirect("city_settings")
    return render(request, "cms/city_settings.html", {"form": form, "mark": _as_address(city_logo())})


def _as_address(png: bytes) -> str:
    return f"data:image/png;base64,{b64encode(png).decode()}" if png else ""
