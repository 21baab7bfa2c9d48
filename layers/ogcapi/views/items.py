"""`/ogc/collections/{id}/items` and one item: GeoJSON for programs, a table for people."""

import json
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from layers.ogcapi.answers import Asked, dumped, resource
from layers.ogcapi.collections import QUERYABLES, Collection, collection_for
from layers.ogcapi.items import Page, item_of, page_of
from layers.ogcapi.links import Link, address, link, with_query
from layers.ogcapi.media import GEOJSON, HTML, JSON, SCHEMA
from layers.ogcapi.question import item_question_from, question_from
from layers.ogcapi.systems import Crs

LONGEST_HEADER = 3_000


@resource(GEOJSON)
def items(asked: Asked, name: str) -> HttpResponse:
    found = collection_for(asked.request.user, name)
    question = question_from(asked, found)
    page = page_of(question)
    head: dict[str, Any] = {"type": "FeatureCollection", "numberReturned": len(page.features)}
    if page.matched is not None:
        head["numberMatched"] = page.matched
    head |= {
        "timeStamp": _now(),
        "links": [*asked.links(), *_next(asked, page), *_up(asked, found), _queryables(asked, found)],
    }
    if asked.face.is_html:
        features = [json.loads(text) for text in page.features]
        response = asked.answer(head, "layers/ogc/items.html", features=features, collection=found)
    else:
        between = ",\n"
        response = asked.text(f'{dumped(head)[:-1]},"features":[{between.join(page.features)}]}}')
    _tell_links(response, head["links"])
    return _told_crs(response, question.crs)


@resource(GEOJSON)
def item(asked: Asked, name: str, key: str) -> HttpResponse:
    found = collection_for(asked.request.user, name)
    question = item_question_from(asked, found)
    one = item_of(question, key)
    links = [*asked.links(), *_up(asked, found)]
    if asked.face.is_html:
        document = {**json.loads(one.text), "links": links}
        return _told_crs(asked.answer(document, "layers/ogc/item.html", collection=found), question.crs)
    response = asked.text(f'{one.text[:-1]},"links":{dumped(links)}}}')
    if one.tag and question.is_now:
        response.headers["ETag"] = f'"{one.tag}"'
    return _told_crs(response, question.crs)


def _up(asked: Asked, found: Collection) -> list[Link]:
    there = address(asked.request, "collection", found.id)
    return [
        link("collection", f"{there}?f=json", JSON, found.title),
        link("collection", f"{there}?f=html", HTML, found.title),
    ]


def _queryables(asked: Asked, found: Collection) -> Link:
    there = address(asked.request, "queryables", found.id)
    return link(QUERYABLES, f"{there}?f=json", SCHEMA, found.title)


def _next(asked: Asked, page: Page) -> list[Link]:
    """The next page, with every parameter of this one."""
    if page.last is None:
        return []
    query = {**asked.request.GET.dict(), "f": asked.face.name, "after": str(page.last)}
    there = asked.request.build_absolute_uri(asked.request.path)
    return [link("next", with_query(there, query), asked.face.media_type)]


def _tell_links(response: HttpResponse, links: list[Link]) -> None:
    """The links in the header too, where they are short enough for every server on the way."""
    told = ", ".join(f'<{one["href"]}>; rel="{one["rel"]}"; type="{one["type"]}"' for one in links)
    if len(told) <= LONGEST_HEADER:
        response.headers["Link"] = told


def _told_crs(response: HttpResponse, crs: Crs) -> HttpResponse:
    response.headers["Content-Crs"] = f"<{crs.uri}>"
    return response


def _now() -> str:
    return timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ")
