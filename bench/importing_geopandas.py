"""`python -m bench.importing_geopandas FILE URL SRID TABLE`: what a script with geopandas does, as a peer."""

import sys

import geopandas
from sqlalchemy import create_engine


def main(path: str, url: str, srid: str, table: str) -> None:
    frame = geopandas.read_file(path).to_crs(int(srid))
    frame.to_postgis(table, create_engine(url))


if __name__ == "__main__":
    main(*sys.argv[1:])
