"""Signing in and out."""

from django.conf import settings
from django.contrib.auth import views
from django.http import HttpRequest, HttpResponse

from accounts.forms import SignInForm
from accounts.models import User
from core.limits import count_one, refuse_beyond

# Wrong passwords an hour. An office shares one connection; an account can be tried from many, and locking it for
# everybody would let anybody lock it, so that limit is wide.
WRONG_PER_CONNECTION = 100
WRONG_PER_ACCOUNT = 200
WRONG_PER_ACCOUNT_AND_CONNECTION = 15


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
        for name, subject, per_hour in self._tries():
            refuse_beyond(request, name, per_hour, subject)
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override]
        for name, subject, _per_hour in self._tries():
            count_one(self.request, name, subject)
        return super().form_invalid(form)

    def _tries(self) -> list[tuple[str, str, int]]:
        """What is counted, for whom ("" is the connection), and how often an hour it may fail."""
        account = self.request.POST.get("username", "").strip().casefold()[:254]
        return [
            ("sign-in", "", WRONG_PER_CONNECTION),
            (f"sign-in as {account}", "", WRONG_PER_ACCOUNT_AND_CONNECTION),
            ("sign-in", account or "nobody", WRONG_PER_ACCOUNT),
        ]

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
