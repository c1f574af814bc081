"""Polygons and events out of KML, KMZ, GeoPackage and GeoJSON, by readers that trust nothing.

GDAL reads all of these, and also follows virtual files, network addresses and scripts named inside
them. A case folder may come from a stranger, so vector files never reach it.
"""

from shieldwall.vectors.events import MapEvent, inert
from shieldwall.vectors.polygons import NamedPolygon
from shieldwall.vectors.reading import read_events, read_polygons

__all__ = ["MapEvent", "NamedPolygon", "inert", "read_events", "read_polygons"]
