"""Whose word a document is: a source of the case by its name or site, else a new one to grade."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from shieldwall.case.documents import did_you_mean
from shieldwall.case.records import Case, Source
from shieldwall.errors import UsageError
from shieldwall.evidence.store.records import StoredDocument

SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "gob", "gub", "mil", "ac", "edu"})
"""Labels that stand between a site's name and its country, as in ``example.co.uk``."""


@dataclass(frozen=True)
class Attribution:
    """The source of a document's claims; ``new`` has its keys where the case has it not yet."""

    id: str
    why: str
    new: dict[str, Any] | None = None


def attribute(case: Case, document: StoredDocument, source: str | None = None) -> Attribution:
    """Who speaks in ``document``: ``source`` if given, else by publisher, by site, else new.

    A new source is graded F, which counts for nothing until a person grades it. Raises
    ``UsageError`` for a ``source`` that is no id.
    """
    if source is not None:
        return named(case, source)
    publisher = document.more.get("publisher")
    host = _host(next((s.address for s in document.seen if s.address), None))
    names = [n for n in (publisher, host, _site(host)) if n]
    for name in names:
        known = _matching(case.sources, name)
        if known is not None:
            return Attribution(known.id, f"{name} is {known.name}")
    file = PurePath(document.seen[0].name).stem or document.sha256[:12]
    name = publisher or host or file
    return _new(case, name, "graded F: it counts for nothing until graded")


def named(case: Case, id: str) -> Attribution:
    """The source of that id, new where the case has none. Raises ``UsageError`` for no id."""
    if any(source.id == id for source in case.sources):
        return Attribution(id, "as you said")
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,63}", id):
        hint = did_you_mean(id, [source.id for source in case.sources])
        raise UsageError(
            f"--source {id!r} is no id{hint or '; use lowercase letters, digits, - and _'}"
        )
    return Attribution(id, "new, as you named it", _fields(id, id))


def _new(case: Case, name: str, why: str) -> Attribution:
    id = slug(name)
    if any(source.id == id for source in case.sources):
        return Attribution(id, f"{name} has that id")
    return Attribution(id, why, _fields(id, name))


def _fields(id: str, name: str) -> dict[str, Any]:
    plain = "".join(c if c.isprintable() else "�" for c in name)[:200]
    return {"id": id, "name": plain, "family": "press", "reliability": "F"}


def slug(name: str) -> str:
    """An id made from a name."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:48].rstrip("-")
    return found or f"source-{sha256(name.encode('utf-8', 'replace')).hexdigest()[:8]}"


def _matching(sources: Iterable[Source], name: str) -> Source | None:
    """The one source whose id or name, up to a comma or bracket, is ``name`` to the letter."""
    wanted = _letters(name)
    found = [
        source
        for source in sources
        if wanted and wanted in {_letters(source.id), *map(_letters, _names(source.name))}
    ]
    return found[0] if len(found) == 1 else None


def _names(name: str) -> tuple[str, ...]:
    return name, re.split(r"[,(:]", name)[0]


def _letters(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if c.isalnum())


def _host(address: str | None) -> str | None:
    try:
        host = urlsplit(address or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _site(host: str | None) -> str | None:
    """``defensenews`` of ``defensenews.com``; ``example`` of ``news.example.co.uk``."""
    labels = (host or "").split(".")
    if len(labels) < 2:
        return None
    last = -3 if len(labels) > 2 and labels[-2] in SECOND_LEVEL else -2
    return labels[last]
