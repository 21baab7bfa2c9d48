"""What a person changes in their own account."""

from django.db import transaction

from accounts.models import User


@transaction.atomic
def choose_language(*, user: User, language: str) -> User:
    """Pages and mails of this person from now on in `language`, one of settings.LANGUAGES."""
    user.language = language
    user.save(update_fields=["language"])
    return user
