"""Published figures of systems, radars and threats: band, unit, source, evidence code."""

from shieldwall.catalogue.load import load_catalogue

__all__ = ["load_catalogue"]
