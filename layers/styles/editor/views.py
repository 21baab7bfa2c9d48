"""`/plan/layers/<slug>/styles/` and what is below it: the looks of a layer, made by planners."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import NotFound
from layers.actions.styles import order_styles, remove_style, save_style, show_style_first
from layers.models import Layer, LayerStyle
from layers.sources import FeatureSource, source_for
from layers.styles.editor.acts import CLASSES, acted, new_draft
from layers.styles.editor.context import Named, context_of, copied, draft_of_style, unnamed
from layers.styles.editor.drafts import Draft, draft_from
from layers.styles.fields import kinds_of
from layers.styles.legend import legend_of
from layers.styles.maplibre import fragments_of
from layers.styles.named import NamedStyle, styles_of
from layers.styles.problems import BadStyle
from layers.styles.spec import MOST_CLASSES, spec_of
from layers.styles.views_json import drawn
from municipality.models import Role
from municipality.roles import require

View = Callable[..., HttpResponseBase]
LETTERS_AND_DIGITS = re.compile(r"[a-z0-9-]{1,50}")


def planners(view: View) -> View:
    """Log in first; then planners and administrators."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(request.user, Role.PLANNER, Role.ADMINISTRATOR)
        return view(request, *args, **kwargs)

    return guarded


@planners
@require_safe
def style_list(request: HttpRequest, slug: str) -> HttpResponse:
    layer, source = _found(request, slug)
    kept = list(LayerStyle.objects.visible_to(request.user).filter(layer=layer))
    told = {style.slug: style for style in styles_of(request.user, source)}
    rows = [(style, told.get(style.slug)) for style in kept]
    context = {
        "layer": layer,
        "rows": rows,
        "plain": None if kept else told.get("default"),
        "many": len(kept) > 1,
    }
    return render(request, "layers/styles/list.html", context)


@planners
@require_http_methods(["GET", "HEAD", "POST"])
def new_style(request: HttpRequest, slug: str) -> HttpResponse:
    layer, source = _found(request, slug)
    if request.method != "POST":
        return _page(request, layer, source, unnamed(), new_draft(source))
    return _posted(request, layer, source, unnamed())


@planners
@require_http_methods(["GET", "HEAD", "POST"])
def style(request: HttpRequest, slug: str, style: str) -> HttpResponse:
    layer, source = _found(request, slug)
    kept = _kept(request, layer, style)
    if request.method != "POST":
        return _page(request, layer, source, copied(kept), draft_of_style(kept))
    return _posted(request, layer, source, copied(kept))


@planners
@require_POST
def preview(request: HttpRequest, slug: str) -> JsonResponse:
    """The posted form as the map would draw it: {"fragments", "legend"}, or {"problem": {"place", "sentence"}}."""
    layer, source = _found(request, slug)
    theme = "dark" if request.POST.get("theme") == "dark" else "light"
    try:
        made = _compiled(draft_from(request.POST), layer, source)
    except BadStyle as error:
        return JsonResponse({"problem": {"place": error.place, "sentence": str(error.reason)}})
    return JsonResponse(drawn(source, made, theme))


@planners
@require_POST
def arrange(request: HttpRequest, slug: str) -> HttpResponse:
    """One step: `first`, `up` or `remove`, of the style named in `style`."""
    layer, source = _found(request, slug)
    kept = _kept(request, layer, request.POST.get("style", ""))
    act = request.POST.get("act")
    if act == "first":
        show_style_first(style=kept, kinds=kinds_of(source))
    elif act == "remove":
        remove_style(style=kept, kinds=kinds_of(source))
        messages.success(request, _("The style “%(title)s” is removed.") % {"title": kept})
    elif act == "up":
        order_styles(layer=layer, slugs=_raised(layer, kept.slug))
    return redirect("layers:styles", slug)


def _raised(layer: Layer, slug: str) -> list[str]:
    slugs = list(layer.styles.values_list("slug", flat=True))
    at = slugs.index(slug)
    slugs[max(at - 1, 0) : at + 1] = [slug, *slugs[max(at - 1, 0) : at]]
    return slugs


def _found(request: HttpRequest, slug: str) -> tuple[Layer, FeatureSource]:
    """The layer and its source; NotFound for one that is not there, or not for this user."""
    layer = Layer.objects.visible_to(request.user).filter(slug=slug).first()
    if layer is None:
        raise NotFound()
    return layer, source_for(request.user, slug)


def _kept(request: HttpRequest, layer: Layer, slug: str) -> LayerStyle:
    found = LayerStyle.objects.visible_to(request.user).filter(layer=layer, slug=slug).first()
    if found is None:
        raise NotFound()
    return found


def _compiled(draft: Draft, layer: Layer, source: FeatureSource) -> NamedStyle:
    spec = spec_of(draft)
    fragments = fragments_of(spec, layer.geometry_kind, kinds_of(source))
    legend = legend_of(spec, layer.geometry_kind, layer.title, layer.title_en)
    return NamedStyle(layer.slug, "preview", "", fragments, legend, is_first=False, spec=spec)


def _posted(request: HttpRequest, layer: Layer, source: FeatureSource, named: Named) -> HttpResponse:
    form = request.POST
    draft, act = draft_from(form), form.get("act", "preview")
    called = Named(
        named.slug,
        form.get("title", "").strip() or named.title,
        form.get("title_en", "").strip(),
        named.is_first or bool(form.get("is_first")),
        named.style,
    )
    try:
        if act == "save":
            return _saved(request, layer, source, called, draft)
        draft = acted(draft, act, source, _count(form.get("count", "")))
        if act == "preview":
            _compiled(draft, layer, source)
    except BadStyle as error:
        return _page(request, layer, source, called, draft, error)
    return _page(request, layer, source, called, draft)


def _saved(
    request: HttpRequest, layer: Layer, source: FeatureSource, named: Named, draft: Draft
) -> HttpResponse:
    if not named.title:
        raise BadStyle("title", _("Give the style a name."))
    save_style(
        layer=layer,
        slug=named.slug or _slug(layer, named),
        title=named.title[:200],
        title_en=named.title_en[:200],
        spec=spec_of(draft),
        kinds=kinds_of(source),
        is_first=named.is_first,
        is_new=named.style is None,
    )
    messages.success(request, _("The style “%(title)s” is kept.") % {"title": named.title})
    return redirect("layers:styles", layer.slug)


def _slug(layer: Layer, named: Named) -> str:
    """A name for addresses out of the English title, or a number where that has no Latin letters."""
    base = slugify(named.title_en) or slugify(named.title)
    base = base[:40] if LETTERS_AND_DIGITS.fullmatch(base[:40]) else "style"
    taken = set(layer.styles.values_list("slug", flat=True)) | {
        "new",
        "default",
        "former",
        "preview",
        "arrange",
    }
    numbered = (f"{base}-{number}" for number in range(2, 100))
    return base if base not in taken else next(slug for slug in numbered if slug not in taken)


def _count(text: str) -> int:
    return min(max(int(text), 2), MOST_CLASSES) if text.isdigit() else CLASSES


def _page(
    request: HttpRequest,
    layer: Layer,
    source: FeatureSource,
    named: Named,
    draft: Draft,
    problem: BadStyle | None = None,
) -> HttpResponse:
    context = context_of(layer, source, named, draft, problem)
    return render(request, "layers/styles/editor.html", context, status=400 if problem else 200)
