"""Signing in and out."""

from django.conf import settings
from django.contrib.auth import views
from django.http import HttpRequest, HttpResponse

from accounts.forms import SignInForm
from accounts.models import User
from accounts.tries import count_wrong, refuse_guessing


class SignIn(views.LoginView):
    """Returns to the page that asked, in the language of the account."""

    template_name = "accounts/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_redirect_url(self) -> str:
        """Never this page again: who is signed in would be sent round in a circle."""
        address: str = super().get_redirect_url()
        return "" if address.partition("?")[0] == self.request.path else address

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Passwords cannot be guessed at speed."""
        refuse_guessing(request, request.POST.get("username", ""))
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override]
        count_wrong(self.request, self.request.POST.get("username", ""))
        return super().form_invalid(form)

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
