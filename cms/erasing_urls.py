"""Addresses of erasure, below the administration's."""

from django.urls import path

from cms import erasing

app_name = "erasing"
urlpatterns = [
    path("", erasing.erasures, name="erasures"),
    path("<int:pk>/", erasing.person, name="person"),
]
