"""Addresses of what was answered in conversations, below the administration's."""

from django.urls import path

from cms import conversation_answers, keys  # noqa: F401  registers `key`

app_name = "conversation_answers"
urlpatterns = [
    path("", conversation_answers.answer_list, name="list"),
    path("<key:pk>/", conversation_answers.answers, name="conversation"),
]
