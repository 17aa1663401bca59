"""Wagtail's administration over the domain's own models, a module a noun."""

from cms.follow_up.recipients import recipient_viewset
from cms.viewsets.activities import activity_viewset
from cms.viewsets.assignments import assignment_viewset
from cms.viewsets.audiences import audience_viewset
from cms.viewsets.events import event_viewset
from cms.viewsets.exemptions import exemption_viewset
from cms.viewsets.goals import module_goal_viewset
from cms.viewsets.legal import legal_check_viewset, legal_source_viewset
from cms.viewsets.rules import module_rule_viewset
from cms.viewsets.signs import symbol_viewset

VIEWSETS = [
    legal_source_viewset,
    legal_check_viewset,
    symbol_viewset,
    audience_viewset,
    assignment_viewset,
    exemption_viewset,
    module_rule_viewset,
    module_goal_viewset,
    activity_viewset,
    recipient_viewset,
    event_viewset,
]
