"""The sign-in form: e-mail and password, with one answer for every wrong pair."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    username = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    error_messages = {
        "invalid_login": _(
            "This e-mail and password do not match. Check both; capital letters count in the password."
        ),
        "inactive": _("This account is closed. Ask the administrator of the portal."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and self.errors:
            for name in ("username", "password"):
                self.fields[name].widget.attrs["aria-invalid"] = "true"
