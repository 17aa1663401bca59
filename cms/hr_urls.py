"""Addresses of HR files, below the administration's."""

from django.urls import path

from cms import hr

app_name = "hr"
urlpatterns = [
    path("", hr.imports, name="imports"),
    path("<int:pk>/", hr.upload, name="upload"),
    path("<int:pk>/importera/", hr.let_import, name="let_import"),
    path("<int:pk>/igen/", hr.again, name="again"),
    path("<int:pk>/ta-bort/", hr.take_away, name="take_away"),
]
