"""Every address of the site."""

from django.conf import settings
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.contacts import my_card
from cms.media import public_image
from config.health import health
from config.styleguide import style_guide
from config.views import home

urlpatterns = [
    path("", home, name="home"),
    path("halsa/", health, name="health"),
    path("konto/", include("config.account_urls")),
    path("admin/", include("cms.admin_urls")),
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^media/(?P<folder>images|original_images)/(?P<name>[^/]+)$", public_image, name="public_image"),
    path("dokument/", include(wagtaildocs_urls)),
    path("vem-ringer-jag/", my_card, name="my_card"),
    path("", include("certificates.urls")),
    path("", include("reports.urls")),
    path("", include("courses.urls")),
    path("", include(wagtail_urls)),
]
if settings.LOCAL:
    urlpatterns.insert(0, path("stilguide/", style_guide, name="style_guide"))
