"""What stands before Wagtail's own addresses below the administration."""

from django.urls import path

from cms.login import not_found, to_login

urlpatterns = [
    path("login/", to_login, name="admin_login"),
    # Wagtail's bulk actions on people would pass by the event log, and by what an administrator may not change.
    path("bulk/organisation/user/<str:action>/", not_found),
]
