"""The one login door, under Swedish addresses. The names are allauth's, which looks its own pages up by them."""

from allauth.account import views
from django.urls import path, re_path
from django.views.generic import RedirectView

from config.accounts import with_address
from config.login_slips import SlipLogin

# People's addresses come from the HR system: nobody changes or confirms one here.
no_page = RedirectView.as_view(url="/")

urlpatterns = [
    path("logga-in/", views.login, name="account_login"),
    path("engangskod/", SlipLogin.as_view(), name="account_login_slip"),
    path("logga-ut/", views.logout, name="account_logout"),
    path("avstangt/", views.account_inactive, name="account_inactive"),
    path("nytt/", views.signup, name="account_signup"),
    path("bekrafta/", views.reauthenticate, name="account_reauthenticate"),
    path("losenord/", with_address(views.password_change), name="account_change_password"),
    path("losenord/valj/", with_address(views.password_set), name="account_set_password"),
    path("glomt/", views.password_reset, name="account_reset_password"),
    path("glomt/skickat/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^glomt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("glomt/klart/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("adress/", no_page, name="account_email"),
    path("adress/bekrafta/", no_page, name="account_email_verification_sent"),
]
