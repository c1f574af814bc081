"""What a page or file states of itself: title, publisher, author, dates.

From JSON-LD (schema.org), meta tags (Open Graph, Dublin Core and the usual names), Markdown front
matter, and the first lines of the text. Nothing is inferred: what is not stated stays ``None``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from shieldwall.evidence.documents import dating
from shieldwall.evidence.documents.furniture import Block
from shieldwall.evidence.documents.html import Page
from shieldwall.evidence.documents.records import DateCandidate

_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|LiveBlog|CreativeWork|WebPage)")
_PUBLISHED_NAMES = (
    "article:published_time og:published_time datepublished date dc.date dc.date.issued "
    "dcterms.date dcterms.created dcterms.issued pubdate publishdate publish-date "
    "publication_date citation_publication_date sailthru.date parsely-pub-date"
)
_PUBLISHED_META = frozenset(_PUBLISHED_NAMES.split())
_CHANGED_NAMES = "article:modified_time og:updated_time datemodified last-modified dcterms.modified"
_CHANGED_META = frozenset(_CHANGED_NAMES.split())
_SIZE = 500


@dataclass
class Stated:
    """What is stated; the first statement of a kind wins."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    dates: list[DateCandidate] = field(default_factory=list)

    def fill(self, title: object = None, publisher: object = None, author: object = None) -> None:
        self.title = self.title or _clean(title)
        self.publisher = self.publisher or _clean(publisher)
        author = _clean(author)
        if author and "://" not in author:  # article:author is often an address of a profile
            self.author = self.author or author


def of_page(page: Page) -> Stated:
    """Title, publisher, author and dates of an HTML page's head and <time> elements."""
    found = Stated()
    for source in page.json_ld:
        for item in _objects(source):
            _from_json(found, item)
    for key, value in page.metas:
        if key in _PUBLISHED_META:
            found.dates += dating.candidate(value, "meta tag", f"meta tag {key}")
        elif key in _CHANGED_META:
            found.dates += dating.candidate(value, "meta tag", "is a date of change", usable=False)
    first_prose = next(
        (i for i, b in enumerate(page.blocks) if len(b.text) >= 120 and not b.hint), 0
    )
    for value, before in page.times[:50]:
        head = before <= first_prose
        why = "<time> above the first paragraph" if head else "<time> below the first paragraph"
        found.dates += dating.candidate(value, "byline" if head else "page", why, usable=head)
    metas = dict(reversed(page.metas))
    found.fill(
        metas.get("og:title") or page.heading or page.title,
        metas.get("og:site_name") or metas.get("publisher") or metas.get("dc.publisher"),
        metas.get("author") or metas.get("dc.creator") or metas.get("article:author"),
    )
    return found


def of_front_matter(lines: list[str]) -> Stated:
    """Title, author and date of ``key: value`` (YAML) or ``key = value`` (TOML) lines."""
    found = Stated()
    for line in lines[:200]:
        match = re.match(r"\s{0,3}([\w-]{2,30})\s*[:=]\s*(.*)", line)
        if match is None:
            continue
        key, value = match[1].lower(), match[2].strip().strip("\"'")
        if key in ("date", "published", "pubdate", "publishdate") and value:
            found.dates += dating.candidate(value, "front matter", f"front matter {key}")
        elif key in ("updated", "modified", "lastmod") and value:
            found.dates += dating.candidate(value, "front matter", "is a date of change", False)
        elif key == "title":
            found.fill(title=value)
        elif key in ("publisher", "site", "source"):
            found.fill(publisher=value)
        elif key in ("author", "authors"):
            found.fill(author=value.strip("[]"))
    return found


def from_lines(found: Stated, blocks: list[Block]) -> None:
    """Title and byline of plain text: a short first line, and ``By ...`` near the top."""
    kept = [b for b in blocks if b.reason is None]
    above = [b.text.lstrip("# ").strip() for b in _above_prose(kept) if len(b.text) <= 200]
    lines = [line for line in above if line and not line.endswith((".", ":", ";"))]
    # A site's name and a menu's words stand above the title and are shorter than one.
    long = [line for line in lines if len(line.split()) >= 4]
    found.fill(title=next(iter(long + lines), None))
    for block in kept[:6]:
        match = dating.BYLINE.match(block.text) if len(block.text) <= 160 else None
        if match and len(match["name"].split()) <= 8:
            found.fill(author=match["name"])


def _above_prose(kept: list[Block]) -> list[Block]:
    """The first lines down to the first paragraph; none where no paragraph follows."""
    first = next((i for i, block in enumerate(kept) if block.prose), 0)
    return kept[: min(first, 6)]


def _objects(source: str) -> Iterator[dict[str, Any]]:
    """The JSON objects of a JSON-LD block, graphs opened, without recursion."""
    try:
        waiting = [json.loads(source)]
    except (ValueError, RecursionError):
        return
    seen = 0
    while waiting and seen < 1_000:
        item = waiting.pop(0)
        seen += 1
        if isinstance(item, list):
            waiting += item[:200]
        elif isinstance(item, dict):
            yield item
            waiting += item["@graph"][:200] if isinstance(item.get("@graph"), list) else []


def _from_json(found: Stated, item: dict[str, Any]) -> None:
    kind = item.get("@type")
    kinds = " ".join(map(str, kind)) if isinstance(kind, list) else str(kind)
    if not _ARTICLE.search(kinds):
        return
    published, changed = item.get("datePublished"), item.get("dateModified")
    if isinstance(published, str):
        found.dates += dating.candidate(published, "JSON-LD", "JSON-LD datePublished")
    if isinstance(changed, str):
        found.dates += dating.candidate(changed, "JSON-LD", "is a date of change", usable=False)
    found.fill(item.get("headline"), _name(item.get("publisher")), _name(item.get("author")))


def _name(value: object) -> str | None:
    if isinstance(value, list):
        names = [n for n in map(_name, value[:20]) if n]
        return ", ".join(names) or None
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else None


def _clean(value: object) -> str | None:
    return (" ".join(value.split())[:_SIZE] or None) if isinstance(value, str) else None
