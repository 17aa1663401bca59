"""The managers' pages, and the follow-up."""

from django.urls import path

from reports import reminder_views, views
from reports.asking import views as asking
from reports.follow_up import views as following_up

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
    path("chef/<int:pk>/kommentar/", following_up.comment, name="manager_comment"),
    path("konto/paminnelser/", reminder_views.mail_choice, name="mail_choice"),
    path("uppfoljning/", following_up.follow_up, name="follow_up"),
    path("uppfoljning/fraga/", asking.ask, name="follow_up_question"),
    path("uppfoljning/fraga.<slug:ending>", asking.answer_file, name="follow_up_question_file"),
    path("uppfoljning/<int:year>/<slug:period>.<slug:ending>", following_up.report_file, name="follow_up_file"),
    path("uppfoljning/<int:year>/<slug:period>/", following_up.report, name="follow_up_report"),
    path("uppfoljning/<int:year>/<slug:period>/enhet/<str:unit>/", following_up.board, name="follow_up_board"),
    path("uppfoljning/<int:year>/<slug:period>/arbeta/", following_up.work, name="follow_up_work"),
    path("uppfoljning/<int:year>/<slug:period>/arbeta/<slug:slug>/", following_up.step, name="follow_up_step"),
    path("uppfoljning/<int:year>/<slug:period>/<slug:slug>/", following_up.part, name="follow_up_part"),
]
