"""The origins of a case as a tree: for a terminal of a hundred columns, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from shieldwall.case.records import Case, Claim, Moment
from shieldwall.evidence.lineage.infer import family
from shieldwall.evidence.records import Edge, Lineage
from shieldwall.written import percent, unbracketed

WIDTH, DATES, NOTES = 100, 47, 59
"""Columns: the terminal's, and where dates and notes begin."""


def tree(case: Case, claims: Sequence[Claim], lineage: Lineage) -> str:
    """Every origin with what repeats it, and how many independent origins there are.

    Origins with relays come first, most repeated first; origins nobody repeats are listed at the
    end of their system.
    """
    known = {c.id: c for c in claims}
    lines = []
    for heading, origins in _sections(known, lineage):
        members = tuple(c for o in origins for c in lineage.groups[o])
        count = f"{_number(lineage.effective(members))} of {_plural(len(members), 'claim')}"
        lines += ["", f"{heading}  ({count} independent)"]
        for origin in origins:
            lines += _origin(case, known, lineage, origin)
    total = lineage.effective(lineage.claims)
    lines += [
        "",
        f"{_plural(len(lineage.claims), 'claim')}, {_plural(len(lineage.groups), 'origin')}; "
        f"expected number of independent origins {_number(total)}.",
        "'=' the case says so; a percentage is the inferred probability of that very parent,",
        "'?' marks a relay whose parent is less sure than not, 'own' the chance to be an origin.",
    ]
    return "\n".join(lines[1:])


def tree_json(case: Case, claims: Sequence[Claim], lineage: Lineage) -> dict[str, Any]:
    """The same for machines: origins, edges and effective numbers per system and place."""
    known = {c.id: c for c in claims}
    origins = [
        {
            "claim": origin,
            "family": family(case, lineage, origin, claims),
            "source": known[origin].source,
            "grade": _grade(case, known[origin]),
            "date": _date(known[origin]),
            "own_probability": round(lineage.own(origin), 4),
            "relays": [_relay(known, lineage, c) for c in group[1:]],
        }
        for origin, group in lineage.groups.items()
    ]
    topics: dict[tuple[str, str], list[str]] = {}
    for claim in claims:
        topics.setdefault((claim.system or "", claim.place or ""), []).append(claim.id)
    return {
        "claims": len(lineage.claims),
        "origins": origins,
        "effective_origins": round(lineage.effective(lineage.claims), 3),
        "by_system_and_place": [
            {
                "system": system or None, "place": place or None, "claims": len(ids),
                "effective_origins": round(lineage.effective(tuple(ids)), 3),
            }
            for (system, place), ids in sorted(topics.items())
        ],
    }  # fmt: skip


def _sections(known: dict[str, Claim], lineage: Lineage) -> Iterator[tuple[str, list[str]]]:
    """Origins by system and place of the origin, those with most claims first."""
    found: dict[str, list[str]] = {}
    for origin in lineage.groups:
        claim = known[origin]
        heading = " at ".join(p for p in (claim.system, claim.place) if p) or claim.about
        found.setdefault(heading, []).append(origin)

    def size(item: tuple[str, list[str]]) -> tuple[int, str]:
        return -sum(len(lineage.groups[o]) for o in item[1]), item[0]

    for heading, origins in sorted(found.items(), key=size):
        yield heading, sorted(origins, key=lambda o: (-len(lineage.groups[o]), o))


def _origin(case: Case, known: dict[str, Claim], lineage: Lineage, origin: str) -> list[str]:
    claim = known[origin]
    own = lineage.own(origin)
    sure = "" if own > 0.95 else f"own {percent(own)}, "
    kind = family(case, lineage, origin, tuple(known.values()))
    name = unbracketed(case.source(claim.source).name)
    lines = [_row(f"  {origin}", claim, f"{sure}{kind}, {_grade(case, claim)}, {name}")]
    children: dict[str, list[str]] = {}
    for member in lineage.groups[origin][1:]:
        children.setdefault(lineage.parent(member) or origin, []).append(member)
    lines += _below(known, lineage, children, origin, "  ")
    return lines


def _below(
    known: dict[str, Claim], lineage: Lineage, children: dict[str, list[str]], parent: str, pad: str
) -> list[str]:
    lines = []
    row = children.get(parent, [])
    for k, claim in enumerate(row):
        last = k == len(row) - 1
        edge = lineage.parents(claim)[0]
        head = f"{pad}{'└─' if last else '├─'}{_chance(edge)} {claim}"
        reason = edge.reasons[1 if edge.coded and len(edge.reasons) > 1 else 0]
        lines.append(_row(head, known[claim], reason))
        lines += _below(known, lineage, children, claim, pad + ("   " if last else "│  "))
    return lines


def _chance(edge: Edge) -> str:
    if edge.coded:
        return "   ="
    return f"{min(edge.probability, 0.99):>4.0%}" if edge.probability >= 0.5 else "   ?"


def _row(head: str, claim: Claim, note: str) -> str:
    """One line as wide as a terminal; what does not fit ends in an ellipsis."""
    left = _cut(head, DATES - 1).ljust(DATES) + (_date(claim) or "no date")[:10].ljust(
        NOTES - DATES
    )
    return (left + _cut(note, WIDTH - NOTES)).rstrip()


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip(" ,") + "…"


def _relay(known: dict[str, Claim], lineage: Lineage, claim: str) -> dict[str, Any]:
    return {
        "claim": claim,
        "source": known[claim].source,
        "date": _date(known[claim]),
        "repeats": [
            {
                "claim": e.parent, "probability": round(e.probability, 4), "coded": e.coded,
                "reasons": list(e.reasons),
            }
            for e in lineage.parents(claim)
        ],
    }  # fmt: skip


def _grade(case: Case, claim: Claim) -> str:
    return f"{case.source(claim.source).reliability}{claim.credibility}"


def _date(claim: Claim) -> str | None:
    """When it was published, or else seen, as written."""
    moment: Moment | None = claim.publication or claim.acquisition
    return None if moment is None else moment.text


def _number(value: float) -> str:
    return f"{value:.0f}" if abs(value - round(value)) < 0.05 else f"{value:.1f}"


def _plural(n: int, word: str) -> str:
    return f"{n} {word}{'' if n == 1 else 's'}"
