"""Addresses of certificates for many, below the administration's."""

from django.urls import path

from cms import issuing

app_name = "issuing"
urlpatterns = [
    path("", issuing.jobs, name="jobs"),
    path("<int:pk>/", issuing.job, name="job"),
    path("<int:pk>/avbryt/", issuing.stop, name="stop"),
    path("<int:pk>/intyg.zip", issuing.archive, name="archive"),
]
