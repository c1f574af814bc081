"""The case folder: its files, their schema, their errors. Knows nothing of what a claim means."""

from shieldwall.case.formats import json_schema
from shieldwall.case.imports import ImportReport, import_claims
from shieldwall.case.load import load_case
from shieldwall.case.render import render_claim, render_source
from shieldwall.case.skeleton import new_case

__all__ = [
    "ImportReport",
    "import_claims",
    "json_schema",
    "load_case",
    "new_case",
    "render_claim",
    "render_source",
]
