"""What changed between two results of a case: claims, weights, published figures, assumptions.

An item knows under which ids it stands in either ledger, so that a figure that moved can name the
changed items on its trail. Line numbers do not count as a change.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from shieldwall.provenance import Leaf, Ledger
from shieldwall.report.words import number

Record = Mapping[str, Any]

_NUMBERED = ("holding", "override")
"""Leaves called by their place in a list: the same text under another number is the same leaf."""
_TOLD_AS_LEAVES = frozenset({"holdings", "overrides", "functions", "crews", "raids"})
_GAME_AS_LEAVES = frozenset({"facts", "consequences", "payoffs", "nodes"})
_REASONED = frozenset({
    "assumption", "payoff", "fact", "node", "consequence", "raid", "function", "crew", "doctrine",
    "holding", "override", "indicator",
})  # fmt: skip
"""Kinds of leaf whose text holds the figures, and whose source the reason: no number reads it."""
_SETTINGS = frozenset({
    "name", "title", "summary", "as_of", "earlier", "standing", "seed", "draws", "claims",
    "sources",
})  # fmt: skip
_REASONS = 2
_LONGEST = 60
_OF_GAME = ("fact", "payoff", "consequence", "node", "world")
_OF_FUNCTIONS = ("function", "crew", "doctrine", "indicator")
_KINDS = (
    ("claim",), ("override",), _OF_GAME, ("raid",), _OF_FUNCTIONS, ("assumption",), ("holding",),
    ("data",),
)  # fmt: skip
"""Kinds of leaf in the order in which they are likely causes; any other next, catalogue last."""
_WEIGHED = frozenset({
    "reweighed", "repeats", "independent", "less_independent", "more_independent",
})  # fmt: skip
"""Changes of a claim that is read on both sides and says the same."""


@dataclass(frozen=True)
class Spoken:
    """What one assessment makes of its claims."""

    claims: Mapping[str, Record]
    sources: Mapping[str, Record]
    read: frozenset[str]
    weights: Mapping[str, Record]
    origin: Mapping[str, str]
    """Claim -> the claim it goes back to; itself where it is an origin."""
    own: Mapping[str, float]
    """Claim -> chance of repeating no other; 1 where it is not here."""


@dataclass(frozen=True)
class Item:
    """One thing that changed; ``old_ids`` and ``new_ids`` are what trails of either name it by."""

    id: str
    kind: str
    change: str
    """``added``, ``removed``, ``changed``, ``reweighed``; ``reworded`` where only its reason is put
    otherwise, which is on no trail; ``repeats`` or ``independent`` where it goes back to another
    claim now; ``less_independent`` or ``more_independent`` in its chance."""
    text: str
    details: tuple[str, ...]
    force_bits: float | None
    """Change of what a claim weighs or says, in bits; ``None`` for what is not a claim."""
    old_ids: frozenset[str] = field(default=frozenset(), repr=False)
    new_ids: frozenset[str] = field(default=frozenset(), repr=False)


def changed_items(old: Ledger, new: Ledger, before: Spoken, after: Spoken) -> tuple[Item, ...]:
    """Everything a trail may end at that differs, by kind: claims that came, went or say
    something else, then those that weigh differently, each by force; the catalogue last.
    """
    found = [*_leaves(old, new), *_claims(old, new, before, after)]
    return tuple(sorted(found, key=lambda i: (_kind_rank(i), -(i.force_bits or 0), i.id)))


def _kind_rank(item: Item) -> tuple[int, bool]:
    ranks = [n for n, kinds in enumerate(_KINDS) if item.kind in kinds]
    last = len(_KINDS) + (item.kind == "catalogue")
    return (ranks[0] if ranks else last), item.change in _WEIGHED


def other_parts(old: Record, new: Record) -> tuple[str, ...]:
    """Parts of the case that differ and that no trail ends at, such as places and areas."""
    found = []
    for part in sorted((old.keys() | new.keys()) - _SETTINGS - _TOLD_AS_LEAVES):
        first, second = (_without_lines(_untold(part, side.get(part))) for side in (old, new))
        if first == second:
            continue
        ids = _differing(first, second)
        found.append(f"{part.replace('_', ' ')}{': ' if ids else ''}{', '.join(ids)}")
    return tuple(found)


def _untold(part: str, value: Any) -> Any:
    """Of a game what no leaf says: its scale, its note and its actors."""
    if part != "game" or not isinstance(value, dict):
        return value
    return {k: v for k, v in value.items() if k not in _GAME_AS_LEAVES}


def _differing(first: Any, second: Any) -> list[str]:
    """Ids of the entries of two lists that differ; none where the entries have no ids."""
    both = [first or [], second or []]
    if not all(isinstance(x, list) and all(isinstance(e, dict) for e in x) for x in both):
        return []
    one, other = ({str(e["id"]): e for e in entries if "id" in e} for entries in both)
    return sorted(id for id in one.keys() | other.keys() if one.get(id) != other.get(id))


def _without_lines(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_lines(v) for k, v in value.items() if k != "where"}
    return [_without_lines(v) for v in value] if isinstance(value, list) else value


def _leaves(old: Ledger, new: Ledger) -> Iterator[Item]:
    """Leaves that are no claims: added, removed, or saying something else."""
    first = {id: leaf for id, leaf in old.leaves.items() if leaf.kind != "claim"}
    second = {id: leaf for id, leaf in new.leaves.items() if leaf.kind != "claim"}
    for kind in _NUMBERED:
        kept = {_says(x) for x in first.values() if x.kind == kind}
        kept &= {_says(x) for x in second.values() if x.kind == kind}
        for side in (first, second):
            for id in [i for i, x in side.items() if x.kind == kind and _says(x) in kept]:
                del side[id]
    for id in sorted(first.keys() | second.keys()):
        was, now = first.get(id), second.get(id)
        if was is None and now is not None:
            yield Item(id, now.kind, "added", now.text, (), None, frozenset(), frozenset({id}))
        elif now is None and was is not None:
            yield Item(id, was.kind, "removed", was.text, (), None, frozenset({id}))
        elif was is not None and now is not None and _says(was) != _says(now):
            worded = now.kind in _REASONED and was.text == now.text
            here = frozenset() if worded else frozenset({id})
            yield Item(
                id, now.kind, "reworded" if worded else "changed", now.text,
                tuple(_reworded(was, now)), None, here, here,
            )  # fmt: skip


def _says(leaf: Leaf) -> tuple[str, str, str]:
    return leaf.text, leaf.source, leaf.address


def _reworded(was: Leaf, now: Leaf) -> Iterator[str]:
    for name, first, second in zip(
        ("text", "source", "address"), _says(was), _says(now), strict=True
    ):
        if first != second:
            yield f"{name} was: {first or 'none'}"


def _claims(old: Ledger, new: Ledger, before: Spoken, after: Spoken) -> Iterator[Item]:
    bits = _bits(old, new)
    for id in sorted(before.claims.keys() | after.claims.keys()):
        if id not in before.read and id not in after.read:
            continue
        change, details = _change(id, before, after)
        if not change:
            continue
        force = max(_force(before.weights.get(id), after.weights.get(id)), bits.get(id, 0.0))
        statement = str((after.claims.get(id) or before.claims[id]).get("statement", ""))
        ids = frozenset({f"claim:{id}", f"weight.{id}"})
        yield Item(f"claim:{id}", "claim", change, statement, details, force, ids, ids)


def _change(id: str, before: Spoken, after: Spoken) -> tuple[str, tuple[str, ...]]:
    """What happened to a claim that either side reads, and its details; '' where nothing did."""
    if id not in after.read:
        return "removed", () if id not in after.claims else ("published too late to be read",)
    if id not in before.read:
        return "added", () if id not in before.claims else ("it was published too late",)
    details = [*_fields(before.claims[id], after.claims[id]), *_source(id, before, after)]
    change = "changed" if details else ""
    was, now = before.origin.get(id, id), after.origin.get(id, id)
    if was != now:
        change = change or ("independent" if now == id else "repeats")
        details.append("repeats no other now" if now == id else f"now goes back to {now}")
    elif abs(before.own.get(id, 1.0) - after.own.get(id, 1.0)) > 0.01:
        less = after.own.get(id, 1.0) < before.own.get(id, 1.0)
        change = change or ("less_independent" if less else "more_independent")
        details.append(
            f"chance of repeating no other {number(before.own.get(id, 1.0))} → "
            f"{number(after.own.get(id, 1.0))}"
        )
    weighed = _weighed(before.weights.get(id), after.weights.get(id))
    return change or ("reweighed" if weighed else ""), (*details, *weighed)


def _fields(was: Record, now: Record) -> Iterator[str]:
    for key in sorted((was.keys() | now.keys()) - {"where"}):
        if was.get(key) != now.get(key):
            yield f"{key.replace('_', ' ')}: {_short(was.get(key))} → {_short(now.get(key))}"


def _source(id: str, before: Spoken, after: Spoken) -> Iterator[str]:
    first, second = (str(side.claims[id].get("source")) for side in (before, after))
    if first == second and first in before.sources and first in after.sources:
        for told in _fields(before.sources[first], after.sources[first]):
            yield f"its source's {told}"


def _weighed(was: Record | None, now: Record | None) -> tuple[str, ...]:
    if was is None or now is None or _force(was, now) < 1e-3:
        return ()
    fresh = [str(r) for r in now["reasons"] if r not in was["reasons"]][:_REASONS]
    told = f"weight {number(was['ratio']['likely'])} → {number(now['ratio']['likely'])}"
    return (f"{told}{': ' if fresh else ''}{'; '.join(fresh)}",)


def _force(was: Record | None, now: Record | None) -> float:
    return abs(_log(was) - _log(now))


def _log(weight: Record | None) -> float:
    ratio = 1.0 if weight is None else weight["ratio"]["likely"]
    return math.log2(ratio) if ratio and ratio > 0 else 0.0


def _bits(old: Ledger, new: Ledger) -> dict[str, float]:
    """Claim -> the largest change of what it says of a system or of a sign, in bits."""
    found: dict[str, float] = {}
    for id in old.quantities.keys() | new.quantities.keys():
        if id.startswith("bits.") or (id.startswith("control.") and ".sign." in id):
            was, now = (side.quantities.get(id) for side in (old, new))
            first, second = ((q.value if q else None) or 0.0 for q in (was, now))
            claim = id.rsplit(".", 1)[-1]
            found[claim] = max(found.get(claim, 0.0), abs(first - second))
    return found


def _short(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("text") or ", ".join(f"{k} {v}" for k, v in sorted(value.items()))
    text = "none" if value is None else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def by_id(records: Iterable[Record]) -> dict[str, Record]:
    """Records of a list by their ids."""
    return {str(r["id"]): r for r in records}
