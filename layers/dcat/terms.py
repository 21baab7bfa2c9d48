"""The words of DCAT-AP: prefixes, and the values that its authorities give."""

from typing import Any

from layers.models import Theme

Node = dict[str, Any]
PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "geo": "http://www.opengis.net/ont/geosparql#",
}
EU = "http://publications.europa.eu/resource/authority"
MEDIA = "https://www.iana.org/assignments/media-types"
THEMES = {Theme.ENVIRONMENT: "ENVI", Theme.NETWORKS: "TRAN", Theme.PROPERTY: "GOVE", Theme.ASSETS: "GOVE"}
THEMES |= {Theme.ISSUES: "GOVE"}
LICENCES = {
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "ODbL 1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
}


def iri(address: str) -> Node:
    return {"@id": address}


def typed(value: str, kind: str) -> Node:
    return {"@value": value, "@type": kind}


def words(texts: dict[str, str]) -> list[Node]:
    """By language; blanks are left out, and what is the same in both is said once, in the first."""
    told: dict[str, str] = {}
    for language, text in texts.items():
        if text and text not in told.values():
            told[language] = text
    return [{"@value": text, "@language": language} for language, text in told.items()]


def theme_of(theme: str) -> Node:
    return iri(f"{EU}/data-theme/{THEMES.get(Theme(theme), 'REGI')}")


def licence_of(text: str) -> Node:
    if text in LICENCES:
        return iri(LICENCES[text])
    return {"@type": "dct:LicenseDocument", "rdfs:label": [{"@value": text}]}


def box_of(west: float, south: float, east: float, north: float) -> Node:
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    ring = ", ".join(f"{x:.6f} {y:.6f}" for x, y in corners)
    return {"@type": "dct:Location", "dcat:bbox": [typed(f"POLYGON(({ring}))", "geo:wktLiteral")]}
