"""The catalogue as one JSON-LD document, of what everybody may see and nothing else."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Max, Min
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.languages import in_reader_language
from layers.dcat.terms import EU, MEDIA, PREFIXES, Node, box_of, iri, licence_of, theme_of, typed, words
from layers.models import Layer, Raster, Revision, Theme
from layers.ogcapi.collections import Collection, collections_for
from layers.rasters.offered import rasters_offered
from layers.rasters.spec import spec_of
from layers.rasters.survey import survey_of
from municipality.models import Area

LANGUAGES = ("el", "en")
FILES = (("gpkg", "GPKG", "geopackage+sqlite3"), ("geojson", "GEOJSON", "geo+json"))
Days = dict[int, tuple[datetime, datetime]]


class Harvest:
    """`site` is how addresses begin. Titles are read once in each language."""

    def __init__(self, request: HttpRequest) -> None:
        self.site = request.build_absolute_uri("/").rstrip("/")
        everybody = AnonymousUser()
        self.collections = collections_for(everybody)
        self.layers = {layer.slug: layer for layer in Layer.objects.visible_to(everybody)}
        self.rasters = rasters_offered(everybody)
        self.days = _days()
        self.titles: dict[str, dict[str, str]] = {}
        for language in LANGUAGES:
            with translation.override(language):
                for one in collections_for(everybody):
                    self.titles.setdefault(one.id, {})[language] = str(capfirst(one.title))

    def document(self) -> Node:
        name = _in_both(lambda: _("Open data of the municipality"))
        about = _in_both(lambda: _("Every public layer of the portal, to download and as an OGC API."))
        return {
            "@context": PREFIXES,
            "@id": self._address("catalogue"),
            "@type": "dcat:Catalog",
            "dct:title": words(name),
            "dct:description": words(about),
            "dct:publisher": [self._publisher()],
            "dct:language": [iri(f"{EU}/language/ELL"), iri(f"{EU}/language/ENG")],
            "foaf:homepage": [iri(self.site + reverse("layers:downloads"))],
            "dcat:service": [self._service()],
            "dcat:dataset": [*map(self._layer, self.collections), *map(self._raster, self.rasters)],
        }

    def _address(self, name: str) -> str:
        return f"{self.site}/data/catalogue#{name}"

    def _publisher(self) -> Node:
        home = Area.objects.only("name", "name_en").home()
        names = {"el": home.name, "en": home.name_en} if home else {}
        agent: Node = {"@id": self._address("publisher"), "@type": "foaf:Agent"}
        return agent | _stated("foaf:name", words(names))

    def _service(self) -> Node:
        start = self.site + reverse("layers:ogc:landing")
        return {
            "@id": self._address("service"),
            "@type": "dcat:DataService",
            "dct:title": [{"@value": "OGC API"}],
            "dcat:endpointURL": [iri(start)],
            "dct:conformsTo": [iri("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core")],
        }

    def _layer(self, collection: Collection) -> Node:
        slug, layer = collection.id, self.layers.get(collection.id)
        about = _in_both(lambda: in_reader_language(layer, "description") if layer else "")
        told = self._dataset(slug, self.titles[slug], collection.source.theme)
        told |= _stated("dct:description", words(about))
        told |= _stated("dct:provenance", _provenance(collection.facts.source))
        told |= _changed(self.days.get(layer.pk) if layer else None)
        bounds = collection.bounds()
        told |= _stated("dct:spatial", [box_of(*bounds)] if bounds else [])
        licence = collection.facts.licence
        return told | {"dcat:distribution": [*self._files(slug, licence), self._api(slug, licence)]}

    def _raster(self, raster: Raster) -> Node:
        slug = f"raster-{raster.slug}"
        titles = _in_both(lambda: str(capfirst(str(raster))))
        told = self._dataset(slug, titles, spec_of(raster).theme)
        told |= _stated("dct:provenance", _provenance(raster.source))
        told["dct:spatial"] = [box_of(*survey_of(raster).bounds_lonlat())]
        path = reverse("layers:raster-file", args=(raster.slug,))
        return told | {
            "dcat:distribution": [self._file(f"{slug}-tiff", path, "TIFF", "tiff", raster.licence)]
        }

    def _dataset(self, slug: str, titles: dict[str, str], theme: str) -> Node:
        keywords = _in_both(lambda: str(Theme(theme).label))
        return {
            "@id": self._address(slug),
            "@type": "dcat:Dataset",
            "dct:identifier": [{"@value": slug}],
            "dct:title": words(titles),
            "dcat:theme": [theme_of(theme)],
            "dcat:keyword": words(keywords),
            "dct:publisher": [iri(self._address("publisher"))],
            "dct:accessRights": [iri(f"{EU}/access-right/PUBLIC")],
            "dcat:landingPage": [iri(f"{self.site}{reverse('layers:downloads')}#{slug}")],
        }

    def _files(self, slug: str, licence: str) -> Iterator[Node]:
        for name, kind, media in FILES:
            path = f"{reverse('layers:export', args=(slug,))}?format={name}"
            yield self._file(f"{slug}-{name}", path, kind, media, licence)

    def _file(self, name: str, path: str, kind: str, media: str, licence: str) -> Node:
        family = "image" if media == "tiff" else "application"
        told: Node = {
            "@id": self._address(name),
            "@type": "dcat:Distribution",
            "dcat:accessURL": [iri(self.site + path)],
            "dcat:downloadURL": [iri(self.site + path)],
            "dct:format": [iri(f"{EU}/file-type/{kind}")],
            "dcat:mediaType": [iri(f"{MEDIA}/{family}/{media}")],
        }
        if kind == "GPKG":
            told["dcat:packageFormat"] = [iri(f"{MEDIA}/application/zip")]
        return told | _stated("dct:license", [licence_of(licence)] if licence else [])

    def _api(self, slug: str, licence: str) -> Node:
        told: Node = {
            "@id": self._address(f"{slug}-api"),
            "@type": "dcat:Distribution",
            "dcat:accessURL": [iri(self.site + reverse("layers:ogc:collection", args=(slug,)))],
            "dcat:accessService": [iri(self._address("service"))],
        }
        return told | _stated("dct:license", [licence_of(licence)] if licence else [])


def _in_both(said: Callable[[], str]) -> dict[str, str]:
    told = {}
    for language in LANGUAGES:
        with translation.override(language):
            told[language] = said()
    return told


def _days() -> Days:
    """When each layer was first and last written, by its id."""
    rows = Revision.objects.visible_to(AnonymousUser()).order_by().values_list("layer")
    return {
        layer: (first, last)
        for layer, first, last in rows.annotate(first=Min("recorded_at"), last=Max("recorded_at"))
    }


def _changed(days: tuple[datetime, datetime] | None) -> Node:
    if days is None:
        return {}
    names = ("dct:issued", "dct:modified")
    return {
        name: [typed(day.isoformat(timespec="seconds"), "xsd:dateTime")]
        for name, day in zip(names, days, strict=True)
    }


def _provenance(source: str) -> list[Node]:
    return [{"@type": "dct:ProvenanceStatement", "rdfs:label": [{"@value": source}]}] if source else []


def _stated(name: str, values: list[Node]) -> Node:
    return {name: values} if values else {}
