"""Which files there are, in which storage CRS they are tried, and what a person would say about some of them."""

from dataclasses import dataclass
from pathlib import Path

# Parts of other files, and notes about them.
PARTS = {
    ".shx",
    ".dbf",
    ".prj",
    ".cpg",
    ".qpj",
    ".sbn",
    ".sbx",
    ".qix",
    ".csvt",
    ".lyr",
    ".sld",
    ".xsd",
    ".md",
}
RASTERS = {".tif", ".tiff", ".vrt"}
GREECE, WORLD = 2100, 8857
# A metric storage CRS for each folder: the portal of a municipality there would have one like it.
STORAGE = {
    "dc": 26985,
    "france": 2154,
    "nz": 2193,
    "tahoe": 26910,
    "trees": 28350,
    "nasty": WORLD,
    "raster": WORLD,
    "cql2": WORLD,
}
# A drawing names no CRS; a table may call its columns what it likes.
SAID: dict[str, dict[str, str]] = {
    "dc/streetlights/streetlights.csv": {"lon": "XCOORD", "lat": "YCOORD"},
    "trees/Trees_in_the_City.csv": {"source_crs": "EPSG:3857"},
    "nasty/fiona/multicurve.gml": {"source_crs": "EPSG:4326"},
}


@dataclass(frozen=True)
class Case:
    """A file (`name` is its path below the folder of the data), and what is said about it."""

    name: str
    srid: int
    said: dict[str, str]

    @property
    def is_raster(self) -> bool:
        return Path(self.name).suffix.lower() in RASTERS


def cases(folder: Path) -> list[Case]:
    """All files but the parts of others, in order of their names."""
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    return [_case(name) for name in names if _is_data(name)]


def _is_data(name: str) -> bool:
    path = Path(name)
    return (
        path.suffix.lower() not in PARTS
        and path.name not in {"LICENSE.txt", "README.txt"}
        and ".shp.xml" not in name
    )


def _case(name: str) -> Case:
    said = dict(SAID.get(name, {}))
    if name.endswith(".dxf"):
        said["source_crs"] = f"EPSG:{GREECE}"
    return Case(name, STORAGE.get(name.split("/")[0], GREECE), said)
