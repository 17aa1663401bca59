"""How an editor picks a provision of law, or a sign."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet

from courses.models import LegalSource, Symbol


class LegalSourceChooserViewSet(ChooserViewSet):
    """Picks one of the registered provisions; new ones are made under their own heading, never in passing."""

    model = LegalSource
    icon = "clipboard-list"
    choose_one_text = _("Choose a legal source")
    choose_another_text = _("Choose another legal source")
    edit_item_text = _("Edit this legal source")
    # As a widget of its own it would start with inline script; forms outside streams have a plain list instead.
    register_widget = False


legal_source_chooser = LegalSourceChooserViewSet("legal_source_chooser")
LegalSourceChooserBlock = legal_source_chooser.get_block_class(name="LegalSourceChooserBlock", module_path="cms.choosers")


class SymbolChooserViewSet(ChooserViewSet):
    """Picks one of the entries in the library of signs, drafts too."""

    model = Symbol
    icon = "view"
    choose_one_text = _("Choose a sign")
    choose_another_text = _("Choose another sign")
    edit_item_text = _("Edit this sign")
    register_widget = False


symbol_chooser = SymbolChooserViewSet("symbol_chooser")
SymbolChooserBlock = symbol_chooser.get_block_class(name="SymbolChooserBlock", module_path="cms.choosers")
