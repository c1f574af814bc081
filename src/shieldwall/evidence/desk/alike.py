"""Which stored documents say the same: the same article in two wrappers, or most of its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shieldwall.evidence.lineage.duplicates import near_duplicates
from shieldwall.evidence.store import Store, StoredDocument


@dataclass(frozen=True)
class Likeness:
    """Another document with the wording of this one."""

    sha256: str
    name: str
    same_text: bool
    """True where letters and digits of the two articles are the same."""
    jaccard: float
    """Shared runs of five words as a share of all runs of both."""
    containment: float
    """The same as a share of the runs of the shorter one."""

    def __str__(self) -> str:
        if self.same_text:
            return f"same text as {self.name}"
        return (
            f"near-duplicate of {self.name} ({self.jaccard:.0%} of all runs of five words shared, "
            f"{self.containment:.0%} of the shorter text)"
        )


def kept_text(store: Store, document: StoredDocument) -> str:
    """The article alone, without what was dropped."""
    text = store.text(document.sha256)
    return "".join(text[start:end] for start, end in document.kept)


def likenesses(store: Store) -> dict[str, tuple[Likeness, ...]]:
    """Document -> those like it, the likest first; documents without any are left out."""
    documents = {document.sha256: document for document in store.documents()}
    pairs = near_duplicates({id: kept_text(store, each) for id, each in documents.items()})
    found: dict[str, dict[str, Likeness]] = {}
    for pair in pairs:
        for a, b in ((pair.first, pair.second), (pair.second, pair.first)):
            same = _article(documents[a]) == _article(documents[b]) is not None
            each = Likeness(b, documents[b].seen[0].name, same, pair.jaccard, pair.containment)
            found.setdefault(a, {})[b] = each
    for a, b in _same(documents.values()):
        found.setdefault(a, {})[b] = Likeness(b, documents[b].seen[0].name, True, 1.0, 1.0)
    return {
        id: tuple(sorted(each.values(), key=lambda x: (not x.same_text, -x.jaccard, x.sha256)))
        for id, each in found.items()
    }


def _article(document: StoredDocument) -> str | None:
    found = document.more.get("article_sha256")
    return found if isinstance(found, str) else None


def _same(documents: Iterable[StoredDocument]) -> list[tuple[str, str]]:
    """Pairs of one article, however short: near-duplicate search needs five words."""
    groups: dict[str, list[str]] = {}
    for document in documents:
        if (article := _article(document)) is not None:
            groups.setdefault(article, []).append(document.sha256)
    return [(a, b) for group in groups.values() for a in group for b in group if a != b]
