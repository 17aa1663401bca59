"""What the administration is told about us. Registers, and does nothing else."""

from django.urls import include, path
from wagtail import hooks

from certificates import numbers_in_addresses  # noqa: F401  registers `number`
from cms import contacts, deleting, home, keys, menus  # noqa: F401  `keys` registers `key`
from cms.certificates import certificate_admin, find_certificate
from cms.choosers import legal_source_chooser, symbol_chooser
from cms.city import city_settings
from cms.exempting import grant as grant_exemption
from cms.follow_up.settings import cycles_settings
from cms.follow_up.steering import steering_settings
from cms.pasting import paste_step
from cms.reminders import reminder_runs
from cms.viewsets import VIEWSETS

# After every other app has added what is then taken away.
LAST = 1000

hooks.register("register_admin_urls", lambda: [path("utgavor/", include("cms.giving_out.urls"))])
hooks.register("register_admin_urls", lambda: [path("modulfragor/", include("cms.evaluation_urls"))])
hooks.register("register_admin_urls", lambda: [path("samtal/", include("cms.conversation_answer_urls"))])
hooks.register("register_admin_urls", lambda: [path("hr-filer/", include("cms.hr_urls"))])
hooks.register("register_admin_urls", lambda: [path("organisation/", include("cms.organising.urls"))])
hooks.register("register_admin_urls", lambda: [path("gallring/", include("cms.erasing_urls"))])
hooks.register("register_admin_urls", lambda: [path("intyg-for-manga/", include("cms.issuing_urls"))])
hooks.register("register_admin_urls", lambda: [path("undantag/ny/<int:pk>/", grant_exemption, name="grant_exemption")])
hooks.register("register_admin_urls", lambda: [path("paminnelser/", reminder_runs, name="reminder_runs")])
hooks.register("register_admin_urls", lambda: [path("staden/", city_settings, name="city_settings")])
hooks.register("register_admin_urls", lambda: [path("uppfoljning/", cycles_settings, name="cycle_settings")])
hooks.register("register_admin_urls", lambda: [path("uppfoljning/styrsystem/", steering_settings, name="steering_settings")])
hooks.register("register_admin_urls", lambda: [path("klistra-in/<key:pk>/", paste_step, name="paste_step")])
hooks.register(
    "register_admin_urls",
    lambda: [
        path("intyg/", find_certificate, name="find_certificate"),
        path("intyg/<number:number>/", certificate_admin, name="certificate_admin"),
    ],
)
hooks.register("register_admin_viewset", lambda: [legal_source_chooser, symbol_chooser, *VIEWSETS])
hooks.register("register_admin_menu_item", menus.editions_item)
hooks.register("register_admin_menu_item", menus.evaluations_item)
hooks.register("register_admin_menu_item", menus.answers_item)
hooks.register("register_admin_menu_item", menus.organisation_item)
hooks.register("register_admin_menu_item", menus.hr_item)
hooks.register("register_admin_menu_item", menus.reminders_item)
hooks.register("register_admin_menu_item", menus.erasing_item)
hooks.register("register_admin_menu_item", menus.issuing_item)
hooks.register("register_admin_menu_item", menus.cycles_item)
hooks.register("register_admin_menu_item", menus.city_item)
hooks.register("register_admin_menu_item", menus.certificates_item)
hooks.register("register_page_header_buttons", menus.give_out_header_button)
hooks.register("register_page_header_buttons", menus.paste_button)
hooks.register("register_page_header_buttons", menus.answers_header_button)
hooks.register("register_page_listing_buttons", menus.give_out_listing_button)
hooks.register("construct_help_menu", home.clear_items, order=LAST)
hooks.register("construct_homepage_panels", home.set_panels, order=LAST)
hooks.register("construct_homepage_summary_items", home.clear_items, order=LAST)
hooks.register("insert_global_admin_css", menus.stylesheet)
hooks.register("insert_global_admin_js", menus.script)
hooks.register("before_delete_page", deleting.keep_given_out)
hooks.register("before_bulk_action", deleting.keep_given_out_in_bulk)
hooks.register("before_bulk_action", contacts.keep_empty_ones_back)
