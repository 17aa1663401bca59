"""The library of signs, in the administration: written by one, read and approved by another."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import ListingButton
from wagtail.log_actions import log

from cms.blocks.content import FEATURES
from cms.composing import final_html
from cms.giving_out.forms import DayInput
from cms.giving_out.views import only_with
from courses.actions.approve_symbol import ApprovalRefused, approve_symbol, keep_as_draft
from courses.models import Symbol
from courses.models.symbols import APPROVE_SYMBOLS, WRITE_SYMBOLS
from courses.neutral_drawing import MOST_BYTES, UnsafeDrawing, neutral_drawing

TEXTS = ("ordinary", "extremist", "how_to_ask")


class SymbolForm(WagtailAdminModelForm):
    """The drawing comes as a file; what is kept of it is shapes alone."""

    drawing_file = forms.FileField(
        label=_("Own drawing (SVG)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/svg+xml"}),
        help_text=_("Only where it is needed. Neutral and drawn here: shapes, without text or pictures of others."),
    )
    remove_drawing = forms.BooleanField(label=_("Take the drawing away"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Questions and text files hold on to it.
        self.fields["key"].disabled = self.instance.pk is not None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        for name in TEXTS:
            cleaned[name] = final_html(cleaned.get(name) or "")
        if cleaned.get("remove_drawing"):
            self.instance.drawing = cleaned["drawing_shows"] = ""
        elif file := cleaned.get("drawing_file"):
            self._draw(file.read(MOST_BYTES + 1))
        if self.instance.drawing and not cleaned.get("drawing_shows"):
            self.add_error("drawing_shows", gettext("Say in words what the drawing shows."))
        return cleaned

    def _draw(self, content: bytes) -> None:
        try:
            self.instance.drawing = neutral_drawing(content.decode("utf-8-sig"))
        except UnicodeDecodeError:
            self.add_error("drawing_file", gettext("This is no SVG that can be read."))
        except UnsafeDrawing as unsafe:
            self.add_error("drawing_file", str(unsafe))


class ReviewForm(forms.Form):
    """When the entry is to be compared with its sources again."""

    check_again_on = forms.DateField(label=_("Check again by"), widget=DayInput())


class CheckAgainColumn(Column):
    """When an entry was checked, and whether it is time again."""

    cell_template_name = "cms/columns/check.html"

    def get_cell_context_data(self, instance: Symbol, parent_context: dict[str, Any]) -> dict[str, Any]:
        is_overdue = instance.is_overdue_on(timezone.localdate())
        return super().get_cell_context_data(instance, parent_context) | {"is_overdue": is_overdue}


class ApprovedColumn(Column):
    """Draft, or by whom and when approved."""

    cell_template_name = "cms/columns/approved.html"


class SymbolFilter(WagtailFilterSet):
    """All, or what somebody has to do something about."""

    waiting = django_filters.ChoiceFilter(
        label=_("Check"),
        choices=[("on", _("Drafts, and those to be checked again"))],
        method="only_waiting",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Symbol
        fields = ["kind"]

    def only_waiting(self, symbols: Any, _name: str, _value: str) -> Any:
        return symbols.to_check_on(timezone.localdate())


class SymbolIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Symbol]:
        return Symbol.objects.select_related("approved_by")

    def get_list_more_buttons(self, instance: Symbol) -> list[Any]:
        buttons: list[Any] = super().get_list_more_buttons(instance)
        address = reverse("signs:review", args=[instance.pk])
        return [ListingButton(_("Read and approve"), address, icon_name="check", priority=5), *buttons]


class SymbolCreateView(generic.CreateView):
    def save_instance(self) -> Symbol:
        return keep_as_draft(symbol=super().save_instance(), by=self.request.user, at=timezone.now())


def wording_of(symbol: Symbol) -> dict[str, Any]:
    """Return everything that a reader of the entry meets."""
    return model_to_dict(symbol, exclude=["tags"]) | {"tags": sorted(symbol.tags.names())}


class SymbolEditView(generic.EditView):
    def save_instance(self) -> Symbol:
        before = wording_of(Symbol.objects.get(pk=self.object.pk))
        symbol: Symbol = super().save_instance()
        if wording_of(symbol) == before:
            # The editor of rich text calls its fields changed each time; what is approved has stayed as it was.
            return symbol
        return keep_as_draft(symbol=symbol, by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        return reverse("signs:review", args=[self.object.pk])


@only_with(WRITE_SYMBOLS, APPROVE_SYMBOLS)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole entry as readers get it, its history, and for those who may: approve it as it stands."""
    symbol = get_object_or_404(Symbol.objects.select_related("approved_by", "edited_by"), pk=pk)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _approve(request, symbol, form):
        messages.success(request, gettext("“%(name)s” is approved, and can be read in the library.") % {"name": symbol})
        return redirect("signs:index")
    context = {
        "symbol": symbol,
        "form": form,
        "may_write": request.user.has_perm(WRITE_SYMBOLS),
        "may_approve": request.user.has_perm(APPROVE_SYMBOLS) and symbol.edited_by_id != request.user.pk,
        "is_overdue": symbol.is_overdue_on(timezone.localdate()),
    }
    return render(request, "cms/signs/review.html", context)


def _approve(request: HttpRequest, symbol: Symbol, form: ReviewForm) -> bool:
    now = timezone.now()
    try:
        approve_symbol(symbol=symbol, by=request.user, on=timezone.localdate(now), at=now, **form.cleaned_data)
    except ApprovalRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    log(instance=symbol, action="wagtail.publish", user=request.user)
    return True


def _text(name: str) -> FieldPanel:
    return FieldPanel(name, widget=get_rich_text_editor_widget(features=FEATURES))


class SymbolViewSet(ModelViewSet):
    """Entries of the library of signs."""

    model = Symbol
    name = "signs"
    url_prefix = "tecken"
    menu_label = _("Library of signs")
    menu_name = "signs"
    menu_order = 165
    icon = "view"
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = SymbolIndexView
    add_view_class = SymbolCreateView
    edit_view_class = SymbolEditView
    filterset_class = SymbolFilter
    search_fields = ["name", "key", "summary"]
    search_backend_name = None
    list_per_page = 50
    list_display = [
        TitleColumn("name", label=_("Name"), url_name="signs:review", sort_key="name"),
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        ApprovedColumn("approved_on", label=_("Approved"), sort_key="approved_on"),
        CheckAgainColumn("check_again_on", label=_("Check again by"), sort_key="check_again_on"),
    ]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("name"), FieldPanel("slug"), FieldPanel("key"), FieldPanel("kind")], heading=_("The sign")
            ),
            FieldPanel("summary"),
            FieldPanel("content_note"),
            _text("ordinary"),
            _text("extremist"),
            _text("how_to_ask"),
            MultiFieldPanel([FieldPanel("sources"), FieldPanel("certainty")], heading=_("What it rests on")),
            MultiFieldPanel(
                [FieldPanel("drawing_file"), FieldPanel("drawing_shows"), FieldPanel("remove_drawing")], heading=_("Drawing")
            ),
            FieldPanel("tags"),
        ],
        base_form_class=SymbolForm,
    )

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("granska/<int:pk>/", review, name="review")]


symbol_viewset = SymbolViewSet()
