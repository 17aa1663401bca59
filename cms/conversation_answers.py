"""What was answered in conversations, to those who write them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cms.giving_out.views import only_with
from cms.models import DialoguePage
from courses.conversation_answers import answers_in, conversations_counted

VIEW_ANSWERS = "courses.view_conversationcount"


@only_with(VIEW_ANSWERS)
@require_safe
def answer_list(request: HttpRequest) -> HttpResponse:
    """All conversations, with how many times they were led."""
    counted = conversations_counted()
    pages = [(page, counted.get(page.key, 0)) for page in DialoguePage.objects.order_by("path")]
    return render(request, "cms/conversation_answers/list.html", {"pages": pages})


@only_with(VIEW_ANSWERS)
@require_safe
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Which answers were chosen how often in one conversation, edition by edition."""
    page = get_object_or_404(DialoguePage, pk=pk)
    return render(request, "cms/conversation_answers/conversation.html", {"page": page, "editions": answers_in(page.key)})
