"""Blocks to read. Each is a struct of `courses.payload` while it is being written."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.choosers import LegalSourceChooserBlock
from cms.provisions import worded_sources
from reports.models import PlanActivity
from reports.models.plan import Standing

FEATURES = ["h3", "bold", "italic", "ol", "ul", "link"]
SHORT_FEATURES = ["bold", "italic", "link"]
TEXT_LENGTH = 20_000
PARAGRAPH_LENGTH = 2_000
LINE_LENGTH = 200
FILM_TYPES = ("mp4", "webm")
CAPTION_TYPES = ("vtt",)


def heading_block() -> blocks.CharBlock:
    return blocks.CharBlock(
        label=_("Heading"),
        icon="title",
        max_length=LINE_LENGTH,
        template="cms/blocks/heading.html",
        help_text=_("A heading inside the page. The page's own title is already the main heading."),
    )


def sources_block() -> blocks.ListBlock:
    return blocks.ListBlock(
        LegalSourceChooserBlock(label=_("Legal source")),
        label=_("Legal sources that the text rests on"),
        default=[],
        collapsed=True,
        help_text=_("Every statement about the law names its source."),
    )


class SourcedBlock(blocks.StructBlock):
    """What states something that may be law, and names the provisions that it rests on."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        return context | {"sources": [source for source in value["sources"] if source]}


def reflection_block() -> blocks.TextBlock:
    return blocks.TextBlock(
        label=_("Reflection"),
        icon="comment",
        max_length=PARAGRAPH_LENGTH,
        rows=3,
        help_text=_("Something to think about. What the reader writes never leaves the reader's own browser."),
    )


class ImageBlock(blocks.StructBlock):
    """A picture. Either it says something, and then also in words, or it is decoration."""

    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("Text alternative"),
        required=False,
        max_length=LINE_LENGTH,
        help_text=_("What the image says, for those who do not see it. Leave empty only if the image is decoration."),
    )
    is_decorative = blocks.BooleanBlock(
        label=_("The image is only decoration"), required=False, help_text=_("Screen readers then pass it by.")
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=LINE_LENGTH)

    class Meta:
        label = _("Image")
        icon = "image"
        template = "cms/blocks/image.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["alt"] and cleaned["is_decorative"]:
            message = gettext("Decoration has no text alternative. Remove the text or the mark.")
            raise blocks.StructBlockValidationError({"alt": ValidationError(message)})
        if not self.is_deferred_validation and not cleaned["alt"] and not cleaned["is_decorative"]:
            message = gettext("Write what the image says, or mark it as decoration.")
            raise blocks.StructBlockValidationError({"alt": ValidationError(message)})
        return cleaned


class TextBlock(SourcedBlock):
    """Paragraphs and lists."""

    text = blocks.RichTextBlock(label=_("Text"), features=FEATURES, max_length=TEXT_LENGTH)
    sources = sources_block()

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "cms/blocks/text.html"


class FactBlock(SourcedBlock):
    """A box with something worth remembering."""

    title = blocks.CharBlock(label=_("Heading of the box"), max_length=LINE_LENGTH)
    text = blocks.RichTextBlock(label=_("Text"), features=FEATURES, max_length=TEXT_LENGTH)
    sources = sources_block()

    class Meta:
        label = _("Fact box")
        icon = "info-circle"
        template = "cms/blocks/fact.html"


class QuotationBlock(blocks.StructBlock):
    """Words of the plan or of a statute, marked as such."""

    text = blocks.TextBlock(
        label=_("The words"), max_length=PARAGRAPH_LENGTH, rows=3, help_text=_("Word for word, without quotation marks.")
    )
    source = blocks.CharBlock(
        label=_("From where"), max_length=LINE_LENGTH, help_text=_("For instance: the action plan, page 7.")
    )

    class Meta:
        label = _("Quotation")
        icon = "openquote"
        template = "cms/blocks/quotation.html"


class LegalBlock(blocks.StructBlock):
    """A provision, and what it means here."""

    source = LegalSourceChooserBlock(label=_("Legal source"))
    text = blocks.RichTextBlock(
        label=_("What it means here"),
        required=False,
        features=FEATURES,
        max_length=TEXT_LENGTH,
        help_text=_("In plain words. The reader sees the provision's designation, and when it was checked."),
    )

    class Meta:
        label = _("Legal source")
        icon = "clipboard-list"
        template = "cms/blocks/legal.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        source = next(iter(worded_sources([value["source"].key])), None) if value["source"] else None
        again, today = source and source.check_again_on, timezone.localdate()
        return context | {"source": source, "is_overdue": again is None or again < today}


class StepsBlock(SourcedBlock):
    """Things to do, in order."""

    title = blocks.CharBlock(label=_("Heading of the list"), max_length=LINE_LENGTH)
    items = blocks.ListBlock(
        blocks.RichTextBlock(label=_("Step"), features=SHORT_FEATURES, max_length=PARAGRAPH_LENGTH), label=_("Steps"), min_num=2
    )
    sources = sources_block()

    class Meta:
        label = _("List of steps")
        icon = "list-ol"
        template = "cms/blocks/steps.html"


class VideoBlock(blocks.StructBlock):
    """A film, with captions and the same in text."""

    title = blocks.CharBlock(label=_("Title of the film"), max_length=LINE_LENGTH)
    video = DocumentChooserBlock(label=_("Film"), help_text=_("A file of type mp4 or webm, uploaded under Documents."))
    captions = DocumentChooserBlock(
        label=_("Captions"), help_text=_("A file of type vtt. Without captions the module cannot be given out.")
    )
    transcript = blocks.RichTextBlock(
        label=_("The film in text"),
        features=FEATURES,
        max_length=TEXT_LENGTH,
        help_text=_("What is said and what is shown, for those who would rather read."),
    )

    class Meta:
        label = _("Video")
        icon = "media"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        errors = {}
        for name, types in {"video": FILM_TYPES, "captions": CAPTION_TYPES}.items():
            document = cleaned[name]
            if document and document.file_extension.lower() not in types:
                message = gettext("Choose a file of type %(types)s.") % {"types": gettext(" or ").join(types)}
                errors[name] = ValidationError(message)
        if errors:
            raise blocks.StructBlockValidationError(errors)
        return cleaned


class ActivitiesBlock(blocks.StaticBlock):
    """The plan's activities as they stand when the page is read; coordinators keep them under their own heading."""

    class Meta:
        label = _("The plan's activities")
        icon = "list-ul"
        template = "cms/blocks/activities.html"
        admin_text = _("Lists the activities of the action plan as they stand. Coordinators keep them up to date.")

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        found = PlanActivity.objects.with_standing().prefetch_related("sources")
        return context | {"activities": [(one, Standing(one.standing or Standing.UNKNOWN).label) for one in found]}


class CityFieldBlock(blocks.StructBlock):
    """Something that only the city can say, such as a telephone number; until it has, the page says that it is missing."""

    label = blocks.CharBlock(label=_("Label"), max_length=LINE_LENGTH, help_text=_("For instance: The contact centre."))
    instruction = blocks.TextBlock(
        label=_("What the city is to write here"), required=False, max_length=PARAGRAPH_LENGTH, rows=2
    )
    value = blocks.RichTextBlock(
        label=_("The city's own text"),
        required=False,
        features=SHORT_FEATURES,
        max_length=PARAGRAPH_LENGTH,
        help_text=_("As long as this is empty, the page shows that the city has yet to fill it in."),
    )

    class Meta:
        label = _("Filled in by the city")
        icon = "edit"
        template = "cms/blocks/city_field.html"
