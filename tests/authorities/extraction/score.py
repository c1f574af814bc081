"""Scores proposals against the gold.

Match rule: a proposal finds a gold mention when document and kind are the same, the spans overlap
with intersection over union of at least 0.5, and the values are equal after normalising (case
folded, diacritics and everything but letters and digits dropped; numbers numerically; any value in
the gold's ``also`` counts as equal). One to one, the greatest overlap first. An optional gold
mention is no miss, and the proposal that finds it no false alarm.

    python -m tests.authorities.extraction.score

prints the tables for the three documents and for the corpus, with every miss and false alarm.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from shieldwall.case import load_case
from shieldwall.case.records import Place
from shieldwall.catalogue import load_catalogue
from shieldwall.evidence.documents import read_document
from shieldwall.evidence.extraction import Proposal, extract

HERE = Path(__file__).parent
DOCUMENTS = HERE.parents[3] / "shared" / "documents"
CASES = HERE.parents[2] / "cases"
CASE_OF = {
    "venezuela-layered-network": "venezuela-2025",
    "venezuela-s300-redeployment": "venezuela-2019",
    "moscow-rooftops": "moscow-2023",
}
SCORED = ("system", "component", "count", "place", "aircraft")
LEAST_OVERLAP = 0.5


class Mention(Protocol):
    """What a proposal must carry to be scored."""

    @property
    def document(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def value(self) -> object: ...
    @property
    def modality(self) -> str: ...


@dataclass(frozen=True)
class Gold:
    """A hand-coded mention; the README says what each kind and flag means."""

    document: str
    start: int
    end: int
    text: str
    kind: str
    value: str | float
    modality: str
    bound: str | None = None
    unit: str | None = None
    also: tuple[str | float, ...] = ()
    modality_also: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True)
class Stretch:
    """Page furniture: no proposal may touch it."""

    document: str
    start: int
    end: int
    what: str
    illustrative: bool = False


Pair = tuple[Gold, Mention]
M = TypeVar("M", bound=Mention)


@dataclass(frozen=True)
class Score:
    """Hits, misses and false alarms, and what follows from them."""

    hits: int
    misses: int
    false: int

    @property
    def precision(self) -> float:
        """Share of proposals that are right; 1 when nothing is proposed."""
        return self.hits / (self.hits + self.false) if self.hits + self.false else 1.0

    @property
    def recall(self) -> float:
        """Share of gold mentions found; 1 when there is nothing to find."""
        return self.hits / (self.hits + self.misses) if self.hits + self.misses else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two; 1 when there was nothing to find and nothing is proposed."""
        errors = self.misses + self.false
        return 2 * self.hits / (2 * self.hits + errors) if self.hits + errors else 1.0

    def __str__(self) -> str:
        return (
            f"{self.hits:4d} hit {self.misses:3d} missed {self.false:3d} false"
            f"   P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}"
        )


def records(path: Path) -> list[dict[str, Any]]:
    """The lines of a JSON lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_gold(path: Path) -> list[Gold]:
    """The mentions of a gold file."""
    mentions = []
    for row in records(path):
        lists: dict[str, Any] = {k: tuple(row.pop(k, ())) for k in ("also", "modality_also")}
        mentions.append(Gold(**row, **lists))
    return mentions


def read_furniture(path: Path) -> list[Stretch]:
    """The stretches of a furniture file."""
    return [Stretch(**row) for row in records(path)]


def read_text(path: Path) -> str:
    """The text in which the gold's offsets count: decoded, line ends untouched."""
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def overlap(a: Gold, b: Mention) -> float:
    """Intersection over union of two spans."""
    common = min(a.end, b.end) - max(a.start, b.start)
    return max(0, common) / (max(a.end, b.end) - min(a.start, b.start))


def normal(value: object) -> str | float:
    """A value as it is compared: a number, or letters and digits only."""
    text = unicodedata.normalize("NFKD", str(value)).casefold()
    try:
        return float(text.replace(",", "").strip())
    except ValueError:
        return "".join(c for c in text if c.isalnum())


def match(gold: Sequence[Gold], proposals: Sequence[Mention]) -> list[Pair]:
    """Pairs by the match rule; among equal overlaps mandatory gold and earlier spans go first."""
    candidates = []
    for i, g in enumerate(gold):
        accepted = {normal(v) for v in (g.value, *g.also)}
        for j, p in enumerate(proposals):
            if (p.document, p.kind) != (g.document, g.kind) or normal(p.value) not in accepted:
                continue
            share = overlap(g, p)
            if share >= LEAST_OVERLAP:
                candidates.append((-share, g.optional, g.start, i, j))
    pairs, taken_gold, taken = [], set(), set()
    for *_, i, j in sorted(candidates):
        if i not in taken_gold and j not in taken:
            taken_gold.add(i)
            taken.add(j)
            pairs.append((gold[i], proposals[j]))
    return sorted(pairs, key=lambda pair: (pair[0].document, pair[0].start))


def unmatched(
    gold: Sequence[Gold], proposals: Sequence[Mention]
) -> tuple[list[Gold], list[Mention]]:
    """Mandatory gold that nothing found, and proposals that found nothing."""
    pairs = match(gold, proposals)
    found, used = {id(g) for g, _ in pairs}, {id(p) for _, p in pairs}
    return (
        [g for g in gold if not g.optional and id(g) not in found],
        [p for p in proposals if id(p) not in used],
    )


def of_kinds(mentions: Iterable[M], kinds: Collection[str]) -> list[M]:
    """The mentions of the given kinds."""
    return [m for m in mentions if m.kind in kinds]


def score(
    gold: Iterable[Gold], proposals: Iterable[Mention], kinds: Collection[str] = SCORED
) -> Score:
    """Precision, recall and F1 over the given kinds, pooled."""
    wanted, proposed = of_kinds(gold, kinds), of_kinds(proposals, kinds)
    hits = sum(not g.optional for g, _ in match(wanted, proposed))
    missed, false = unmatched(wanted, proposed)
    return Score(hits, len(missed), len(false))


def accepts(gold: Gold, modality: str) -> bool:
    """The modality is the gold's, or one that a careful reader could give."""
    return modality == gold.modality or modality in gold.modality_also


def modality_accuracy(gold: Iterable[Gold], proposals: Iterable[Mention]) -> float:
    """Share of matched spans of the scored kinds whose modality is right; 1 when none matched."""
    pairs = match(of_kinds(gold, SCORED), of_kinds(proposals, SCORED))
    right = [accepts(g, p.modality) for g, p in pairs if not g.optional]
    return sum(right) / len(right) if right else 1.0


def hedge_score(gold: Iterable[Gold], proposals: Iterable[Mention]) -> Score:
    """Hedge and negation: F1 of (span, modality) over mentions that are not plainly asserted.

    Gold side: mandatory mentions of the scored kinds whose modality is not ``asserted``; proposals'
    side: those of the scored kinds that say so. Optional gold counts on neither side, nor does a
    pair where a careful reader could see both an assertion and the proposal's modality.
    """
    wanted, proposed = of_kinds(gold, SCORED), of_kinds(proposals, SCORED)
    pairs = match(wanted, proposed)
    missed, extra = unmatched(wanted, proposed)
    hits = 0
    misses = sum(g.modality != "asserted" for g in missed)
    false = sum(p.modality != "asserted" for p in extra)
    for g, p in pairs:
        if g.optional:
            continue
        hedged, says_hedged = g.modality != "asserted", p.modality != "asserted"
        if accepts(g, p.modality):
            hits += hedged and says_hedged
        else:
            misses += hedged
            false += says_hedged
    return Score(hits, misses, false)


def in_furniture(furniture: Iterable[Stretch], proposals: Sequence[Mention]) -> list[Mention]:
    """Proposals of any kind that touch page furniture."""
    return [
        p
        for f in furniture
        for p in proposals
        if p.document == f.document and p.start < f.end and p.end > f.start
    ]


def show(title: str, gold: Sequence[Gold], proposals: Sequence[Mention]) -> None:
    """The table of one set, then every miss and false alarm of the scored kinds."""
    print(title)
    kinds = sorted({g.kind for g in gold} | {p.kind for p in proposals})
    for kind in kinds:
        print(f"  {kind:10s} {score(gold, proposals, [kind])}")
    print(f"  {'pooled':10s} {score(gold, proposals)}   (scored kinds)")
    print(f"  {'hedges':10s} {hedge_score(gold, proposals)}")
    print(f"  modality right on {modality_accuracy(gold, proposals):.3f} of matched spans")
    wanted, proposed = of_kinds(gold, SCORED), of_kinds(proposals, SCORED)
    missed, false = unmatched(wanted, proposed)
    for word, mentions in (("missed", missed), ("false", false)):
        for m in mentions:
            where = f"{m.document}:{m.start}-{m.end}"
            print(f"    {word:6s} {where} {m.kind} {m.text!r} = {m.value!r}")
    for g, p in match(wanted, proposed):
        if not g.optional and not accepts(g, p.modality):
            print(f"    modality {g.document}:{g.start} {g.text!r} {p.modality}, not {g.modality}")


def extracted(path: Path, places: tuple[Place, ...] = ()) -> tuple[Proposal, ...]:
    """What is proposed of a file: read as the product reads it, its furniture dropped."""
    document = read_document(path.read_bytes(), path.name)
    dropped = [(d.start, d.end) for d in document.dropped]
    return extract(
        document.text, path.stem, catalogue=load_catalogue(), places=places, dropped=dropped
    )


def main() -> int:
    """Print the tables; 1 when the documents are not there."""
    if not DOCUMENTS.is_dir():
        print("the shared documents are not here", file=sys.stderr)
        return 1
    proposals: list[Mention] = []
    gold: list[Gold] = []
    for document, case in CASE_OF.items():
        gold += read_gold(HERE / "gold" / f"{document}.jsonl")
        places = load_case(CASES / case).places
        proposals += extracted(DOCUMENTS / f"{document}.txt", places)
    show("three documents", gold, proposals)
    touching = in_furniture(read_furniture(HERE / "gold" / "furniture.jsonl"), proposals)
    print(f"  {len(touching)} proposals in furniture\n")
    corpus: list[Mention] = []
    for path in sorted((HERE / "corpus").glob("*.txt")):
        corpus += extracted(path)
    show("corpus", read_gold(HERE / "corpus" / "gold.jsonl"), corpus)
    return 0


if __name__ == "__main__":
    sys.exit(main())
