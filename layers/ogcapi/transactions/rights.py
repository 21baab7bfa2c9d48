"""Who may write to a collection: planners and administrators, where the layer is open for editing."""

from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware

from accounts.basic import is_basic
from accounts.models import User
from layers.models import Layer
from layers.ogcapi.answers import READING
from layers.ogcapi.collections import collection_for
from layers.ogcapi.transactions.errors import FromElsewhere, NotWrittenHere, SignInNeeded
from municipality.models import Role
from municipality.roles import AnyUser, require, rights_of

EDITORS = (Role.PLANNER, Role.ADMINISTRATOR)
ALWAYS = (*READING, "OPTIONS")


class _Csrf(CsrfViewMiddleware):
    """Django's own check, asked by hand."""

    def _reject(self, request: HttpRequest, reason: str) -> None:
        raise FromElsewhere()


def methods_for(user: AnyUser, name: str, writing: tuple[str, ...]) -> str:
    """What `Allow` says to this user. Raises NoCollection."""
    collection_for(user, name)
    allowed = (*ALWAYS, *writing) if name in writable(user) else ALWAYS
    return ", ".join(allowed)


def writable(user: AnyUser) -> set[str]:
    """The collections that this user may write to."""
    if not rights_of(user).has(*EDITORS):
        return set()
    return set(Layer.objects.visible_to(user).filter(is_editable=True).values_list("slug", flat=True))


def writer_of(request: HttpRequest, name: str) -> User:
    """Who writes. Raises NoCollection, NotWrittenHere, SignInNeeded, NotAllowed, FromElsewhere."""
    collection_for(request.user, name)
    if not Layer.objects.visible_to(request.user).filter(slug=name, is_editable=True).exists():
        raise NotWrittenHere(", ".join(ALWAYS))
    if not isinstance(request.user, User):
        raise SignInNeeded()
    require(request.user, *EDITORS)
    _refuse_other_sites(request)
    return request.user


def _refuse_other_sites(request: HttpRequest) -> None:
    """A browser sends cookies, and passwords it was once told, with what any page makes it ask: a session needs the
    token of our pages, a password must not come from another site's page."""
    if is_basic(request):
        if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            raise FromElsewhere()
        return
    check = _Csrf(lambda _request: None)  # type: ignore[arg-type]
    check.process_request(request)
    check.process_view(request, None, (), {})  # type: ignore[arg-type]
