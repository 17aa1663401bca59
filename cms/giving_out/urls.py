"""Addresses of giving out, below the administration's."""

from django.urls import path

from cms import keys  # noqa: F401  registers `key`
from cms.giving_out import views

app_name = "give_out"
urlpatterns = [
    path("", views.module_list, name="modules"),
    path("<key:pk>/", views.module, name="module"),
    path("<key:pk>/godkann/", views.approve_content, name="approve"),
    path("<key:pk>/<int:major>.<int:minor>/", views.edition, name="edition"),
    path("aterkallelser/<key:pk>/hav/", views.lift_withdrawal, name="lift"),
]
