"""The learners' addresses."""

from django.urls import path, re_path

from courses import views

app_name = "courses"
urlpatterns = [
    path("rattskallor/", views.legal_sources, name="legal-sources"),
    path("rattskallor/<slug:key>/", views.legal_source, name="legal-source"),
    path("tecken/", views.signs, name="signs"),
    path("tecken/<slug:slug>/", views.sign, name="sign"),
    path("tecken/<slug:slug>/teckning.svg", views.sign_drawing, name="sign-drawing"),
    path("moduler/", views.modules, name="modules"),
    re_path(r"^moduler/fil/(?P<name>[0-9a-f]{64}\.[a-z0-9]{2,4})$", views.sealed_file, name="sealed-file"),
    path("moduler/<slug:slug>/", views.module, name="module"),
    path("moduler/<slug:slug>/klar/", views.completed, name="completed"),
    path("moduler/<slug:slug>/fortsatt/", views.onward, name="onward"),
    path("moduler/<slug:slug>/skriv-ut/", views.printout, name="print"),
    path("moduler/<slug:slug>/<slug:step>/", views.step, name="step"),
]
