"""The managers' pages, and the follow-up."""

from django.urls import path

from reports import reminder_views, views
from reports.asking import views as asking

urlpatterns = [
    path("chef/", views.own_line, name="manager_line"),
    path("chef/<int:pk>/", views.department, name="manager_department"),
    path("chef/<int:pk>/lista.<str:ending>", views.person_list, name="manager_person_list"),
    path("chef/<int:pk>/traff/<slug:slug>/", views.meeting, name="manager_meeting"),
    path("chef/<int:pk>/inbjudan/<slug:slug>/", views.invitation, name="manager_invitation"),
    path("chef/<int:pk>/inloggning/", views.slips, name="manager_slips"),
    path("chef/stallforetradare/", views.deputies, name="manager_deputies"),
    path("chef/stallforetradare/<int:pk>/avsluta/", views.deputy_ends, name="manager_deputy_ends"),
    path("chef/tilldelning/<int:pk>/", views.assignment, name="manager_assignment"),
    path("chef/<int:pk>/paminn/", reminder_views.remind, name="manager_remind"),
    path("konto/paminnelser/", reminder_views.mail_choice, name="mail_choice"),
    path("uppfoljning/", asking.follow_up, name="follow_up"),
    path("uppfoljning/fraga/", asking.ask, name="follow_up_question"),
    path("uppfoljning/fraga.<slug:ending>", asking.answer_file, name="follow_up_question_file"),
]
