"""Addresses of what was answered in conversations, below the administration's."""

from django.urls import path

from cms import conversation_answers

app_name = "conversation_answers"
urlpatterns = [
    path("", conversation_answers.answer_list, name="list"),
    path("<int:pk>/", conversation_answers.answers, name="conversation"),
]
