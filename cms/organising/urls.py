"""Addresses of the organisation, below the administration's."""

from django.urls import path

from cms.organising import calling_off, changing, departments, people

app_name = "organising"
urlpatterns = [
    path("", departments.tree, name="tree"),
    path("ny/", changing.open_department, name="open"),
    path("protokoll/<int:pk>/", departments.protocol, name="protocol"),
    path("protokoll/<int:pk>/ta-tillbaka/", calling_off.call_off, name="call_off"),
    path("personer/", people.find, name="people"),
    path("personer/<int:pk>/", people.person, name="person"),
    path("personer/<int:pk>/ny-franvaro/", people.add_absence, name="add_absence"),
    path("personer/<str:kind>/<int:pk>/", people.correct, name="correct"),
    path("<int:pk>/", departments.department, name="department"),
    path("<int:pk>/huvudman/", departments.principal, name="principal"),
    path("<int:pk>/<str:what>/", changing.change, name="change"),
]
