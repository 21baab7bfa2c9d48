"""Words in addresses that nobody can guess."""

import secrets


def new_token() -> str:
    """A token for a link: 128 bits."""
    return secrets.token_urlsafe(16)
