"""Signing in and out."""

from django.conf import settings
from django.contrib.auth import views
from django.http import HttpResponse

from accounts.forms import SignInForm
from accounts.models import User


class SignIn(views.LoginView):
    """Returns to the page that asked, in the language of the account."""

    template_name = "accounts/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override]
        response = super().form_valid(form)
        user = form.get_user()
        if isinstance(user, User) and user.language in dict(settings.LANGUAGES):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                user.language,
                max_age=365 * 24 * 3600,
                httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
                samesite="Lax",
                secure=settings.LANGUAGE_COOKIE_SECURE,
            )
        return response


sign_in = SignIn.as_view()
sign_out = views.LogoutView.as_view()
