"""Addresses of giving out, below the administration's."""

from django.urls import path

from cms.giving_out import views

app_name = "give_out"
urlpatterns = [
    path("", views.module_list, name="modules"),
    path("<int:pk>/", views.module, name="module"),
    path("<int:pk>/godkann/", views.approve_content, name="approve"),
    path("<int:pk>/<int:major>.<int:minor>/", views.edition, name="edition"),
    path("aterkallelser/<int:pk>/hav/", views.lift_withdrawal, name="lift"),
]
