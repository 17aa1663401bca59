"""Addresses of certificates."""

from django.urls import path

from certificates import numbers_in_addresses  # noqa: F401  registers `number`
from certificates.verifying import verify, verify_address, verify_json
from certificates.views import document, my_certificates

app_name = "certificates"
urlpatterns = [
    path("mina-intyg/", my_certificates, name="mine"),
    path("intyg/<number:number>.pdf", document, name="document"),
    path("verifiera/", verify, name="verify"),
    path("verifiera/<str:code>.json", verify_json, name="verify-json"),
    path("verifiera/<str:code>/", verify_address, name="verify-code"),
]
