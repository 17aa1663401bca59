"""The library of signs."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.library import Wish, find_symbols, tags_of, uses_of
from courses.models import Symbol
from organisation.models import User

PAGE = 20
WHOLE, CAREFULLY = "hela", "varsamt"
"""The two ways past a content note: everything, or without drawing and with the extremist use folded away."""


class LookForm(forms.Form):
    """What to look for; sent as the address, so that it can be kept and shared."""

    sok = forms.CharField(label=_("Search"), max_length=100, required=False)
    sort = forms.ChoiceField(label=_("Kind"), required=False)
    etikett = forms.ChoiceField(label=_("Tag"), required=False)

    def __init__(self, *args: object, tags: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as given
        cast(forms.ChoiceField, self.fields["sort"]).choices = [("", _("All kinds")), *Symbol.Kind.choices]
        cast(forms.ChoiceField, self.fields["etikett"]).choices = [("", _("All tags")), *tags]

    def wish(self) -> Wish:
        """Return what was asked for; what cannot be asked for counts as nothing."""
        asked = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return Wish(asked.get("sok", ""), asked.get("sort", ""), asked.get("etikett", ""))


@login_required
@never_cache
@require_safe
def signs(request: HttpRequest) -> HttpResponse:
    """Show the entries that fit what is looked for; drafts only to those who write or approve them."""
    user, today = cast(User, request.user), timezone.localdate()
    form = LookForm(request.GET or None, tags=tags_of(user))
    wish = form.wish()
    page = Paginator(find_symbols(user, wish), PAGE).get_page(request.GET.get("sida"))
    rows = [(symbol, symbol.is_overdue_on(today)) for symbol in page]
    query = urlencode({name: value for name, value in request.GET.items() if name != "sida"})
    return render(
        request, "courses/signs/library.html", {"form": form, "wish": wish, "page": page, "rows": rows, "query": query}
    )


@login_required
@never_cache
@require_safe
def sign(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an entry; first its note, where it has a drawing or something hard in it."""
    symbol, today = _visible(request, slug), timezone.localdate()
    way = request.GET.get("visa")
    if symbol.needs_note and way not in {WHOLE, CAREFULLY}:
        return render(request, "courses/signs/note.html", {"symbol": symbol, "whole": WHOLE, "carefully": CAREFULLY})
    context = {
        "symbol": symbol,
        "is_careful": symbol.needs_note and way == CAREFULLY,
        "is_overdue": symbol.is_overdue_on(today),
        "uses": uses_of(symbol, today),
    }
    return render(request, "courses/signs/sign.html", context)


@login_required
@never_cache
@require_safe
def sign_drawing(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with an entry's drawing: shapes alone, and opened by itself it may do nothing."""
    symbol = _visible(request, slug)
    if not symbol.drawing:
        raise Http404(slug)
    response = HttpResponse(symbol.drawing, content_type="image/svg+xml; charset=utf-8")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _visible(request: HttpRequest, slug: str) -> Symbol:
    return get_object_or_404(Symbol.objects.visible_to(cast(User, request.user)).select_related("approved_by"), slug=slug)
