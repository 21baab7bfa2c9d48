"""`/plan/layers/<slug>/entry/`: what the catalogue says of a layer and its fields, and who sees them, by planners."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core.errors import NotFound, PortalError
from layers.actions import change_layer
from layers.models import Layer
from layers.visibility import View, view_of
from planning.catalogue.forms import AudienceForm, EntryForm, FieldForm, code_lists, field_title, said_of
from planning.rights import planners_only


@planners_only
@never_cache
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    """Fields that are hidden from this planner stay as they are; who is not told everything of the layer does not
    change who sees it."""
    layer = Layer.objects.visible_to(request.user).filter(slug=slug).first()
    if layer is None:
        raise NotFound()
    desk = Desk(layer, view_of(layer, request.user), request)
    if request.method == "POST" and desk.keep():
        messages.success(request, _("The entry is changed."))
        return redirect(f"{reverse('planning:catalogue')}#layer-{layer.slug}")
    status = 422 if request.method == "POST" else 200
    return render(request, "planning/catalogue/entry.html", desk.context(), status=status)


class Desk:
    """The forms of one layer."""

    def __init__(self, layer: Layer, view: View, request: HttpRequest) -> None:
        given = request.POST if request.method == "POST" else None
        said = said_of(layer)
        fields = view.schema.get("properties", {})
        lists = code_lists(view.schema)
        self.layer, self.title = layer, str(layer)
        self.entry = EntryForm(given, initial=said)
        self.audience = AudienceForm(given, initial=said) if view.is_whole else None
        self.fields = [
            FieldForm(given, prefix=f"field-{number}", initial=one, name=name, lists=lists)
            for number, (name, one) in enumerate(fields.items())
        ]
        self.titles = [field_title(name, one) for name, one in fields.items()]

    @property
    def forms(self) -> list[Form]:
        return [self.entry, *([self.audience] if self.audience else []), *self.fields]

    def keep(self) -> bool:
        """Whether everything was right and is kept; else the forms say what is wrong."""
        wrong = [form for form in self.forms if not form.is_valid()]
        if wrong:
            return False
        if self.entry.cleaned_data["revision"] != self.layer.revision:
            text = _("Somebody changed this layer in the meantime. Look at it anew, and repeat your change.")
            self.entry.add_error(None, text)
            return False
        try:
            change_layer(layer=self.layer, **self._changes())
        except (PortalError, ValidationError) as error:
            self._say(error)
            return False
        return True

    def _changes(self) -> dict[str, Any]:
        changes = {name: value for name, value in self.entry.cleaned_data.items() if name != "revision"}
        if self.audience:
            changes |= self.audience.cleaned_data
        schema = self.layer.field_schema
        fields = dict(schema.get("properties", {}))
        fields |= {form.name: form.said(fields[form.name]) for form in self.fields}
        return changes | ({"field_schema": {**schema, "properties": fields}} if self.fields else {})

    def _say(self, error: PortalError | ValidationError) -> None:
        is_rule = getattr(error, "code", "") == "bad_filter" and self.audience is not None
        if is_rule and self.audience:
            self.audience.add_error("public_rows", str(error))
            return
        texts = [str(error)] if isinstance(error, PortalError) else error.messages
        for text in texts:
            self.entry.add_error(None, text)

    def context(self) -> dict[str, Any]:
        return {
            "layer": self.layer,
            "title": self.title,
            "form": self.entry,
            "audience": self.audience,
            "fields": list(zip(self.titles, self.fields, strict=True)),
            "is_wrong": self.entry.is_bound,
        }
