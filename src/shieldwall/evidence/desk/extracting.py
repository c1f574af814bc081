"""What documents mention, without a case: for a look at a text, or for another program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

from shieldwall.case.records import Place
from shieldwall.catalogue.records import Catalogue
from shieldwall.errors import InputError
from shieldwall.evidence.desk.adding import given_files
from shieldwall.evidence.desk.pictures import Given
from shieldwall.evidence.desk.showing import safe
from shieldwall.evidence.documents import read_document


def extracted(
    name: str, data: bytes | None, catalogue: Catalogue, places: tuple[Place, ...]
) -> list[dict[str, Any]]:
    """Every mention in a file or folder, or in ``data``; page furniture gives none.

    ``document`` is the path as given. Raises ``InputError`` for a file that cannot be read.
    """
    from shieldwall.evidence.extraction import extract

    given = given_files(Path(name)) if data is None else [Given(name, data)]
    found: list[dict[str, Any]] = []
    for each in given:
        if isinstance(each, InputError):
            raise each
        document = read_document(each.data, each.name)
        dropped = [(stretch.start, stretch.end) for stretch in document.dropped]
        mentions = extract(
            document.text, each.name, catalogue=catalogue, places=places, dropped=dropped
        )
        found += [asdict(mention) for mention in mentions]
    return found


def listing(found: Sequence[dict[str, Any]]) -> str:
    """Mentions as a person reads them, by document."""
    lines = []
    for document, mentions in groupby(found, key=lambda each: each["document"]):
        lines.append(safe(document))
        lines += [f"  {_line(each)}" for each in mentions]
    return "\n".join(lines) or "no mention found"


def _line(mention: dict[str, Any]) -> str:
    span = f"{mention['start']}-{mention['end']}"
    value = str(mention["value"])
    extra = [str(mention[key]) for key in ("bound", "unit", "id") if mention.get(key)]
    shown = safe(mention["text"])
    words = f" {shown!r}" if shown != value else ""
    more = f" ({', '.join(extra)})" if extra else ""
    return f"{span:<12} {mention['kind']:<10} {safe(value)}{more}, {mention['modality']}{words}"
