"""`/data/catalogue.jsonld` and `/data/catalogue.ttl`: the same to everybody, whoever asks."""

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from layers.dcat.catalogue import Harvest
from layers.dcat.turtle import turtle

FRESH = "public, max-age=600"


@require_safe
def as_json_ld(request: HttpRequest) -> HttpResponse:
    text = json.dumps(Harvest(request).document(), ensure_ascii=False, indent=1)
    return _answer(text, "application/ld+json")


@require_safe
def as_turtle(request: HttpRequest) -> HttpResponse:
    return _answer(turtle(Harvest(request).document()), "text/turtle; charset=utf-8")


def _answer(text: str, kind: str) -> HttpResponse:
    headers = {"Cache-Control": FRESH, "Access-Control-Allow-Origin": "*"}
    return HttpResponse(text, content_type=kind, headers=headers)
