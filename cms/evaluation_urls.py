"""Addresses of what learners think, below the administration's."""

from django.urls import path

from cms import evaluations

app_name = "evaluations"
urlpatterns = [
    path("", evaluations.evaluation_list, name="list"),
    path("<int:pk>/", evaluations.evaluation, name="module"),
]
