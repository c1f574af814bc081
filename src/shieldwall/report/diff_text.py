"""A difference of two assessments in words, the answer first, and as JSON."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from shieldwall.provenance import Quantity
from shieldwall.report.diff import (
    ROOMS,
    Alone,
    Difference,
    Move,
    Results,
    room_of,
)
from shieldwall.report.diff_items import Item
from shieldwall.report.words import count, listed, measure, number, plain, span

MOST = 5
_BECAUSE, _UNPRINTED, _STEMS = 3, 6, 6
_TEXT = 100
RULE = (
    "A figure moved where its value differs by more than a step (1 point of percent, 0.05 bits, "
    "else 2 % of the value) and a tenth of its interval, or an end of its interval by a quarter "
    "of it. What prints the same has not moved."
)
OTHER_DRAWS = (
    "Seed or draws differ, so chance moves drawn figures too: those are told only beyond four "
    "standard errors as well, and not for the ends of their intervals."
)
QUESTIONS = {
    "presence": "What is there", "control": "Who operates it", "coverage": "What it covers",
    "raids": "How it would fare", "calculus": "What it changes for the governments",
    "evidence": "What the evidence weighs",
}  # fmt: skip
CHANGES = {
    "added": "new", "removed": "gone", "changed": "changed", "reworded": "reworded",
    "reweighed": "weighs differently",
    "repeats": "no longer independent", "independent": "independent now",
    "less_independent": "less independent", "more_independent": "more independent",
}  # fmt: skip
_MAIN = ("presence", "held", "independent", "connected", "depth_1", "leakers")
"""The figure that stands for its family, where it moved."""
_SHARES = re.compile(r"\.sobol\.|^calculus\.(of\..*\.)?(share|side)\.")
"""Shares of a variance are estimates that jump; they are named last."""


def diff_data(found: Difference, most: int | None = None) -> dict[str, Any]:
    """The difference as plain data; ``most`` moves of each room, all without it."""
    return {
        "old": _side(found.old),
        "new": _side(found.new),
        "same_draws": found.same_draws,
        "rule": RULE if found.same_draws else f"{RULE} {OTHER_DRAWS}",
        "compared": found.compared,
        "moved": len(found.moves),
        "rooms": [
            {
                "room": room,
                "moved": len(moves),
                "moves": [_move(found, m) for m in moves[:most]],
            }
            for room in ROOMS
            if (moves := [m for m in found.moves if m.room == room])
        ],
        "only_old": [_alone(found, a) for a in found.gone],
        "only_new": [_alone(found, a) for a in found.fresh],
        "items": [_item(i) for i in found.items],
        "also_changed": list(found.other),
    }


def diff_text(found: Difference, most: int | None = None) -> str:
    """The difference as lines for a person: ``most`` moves of each room, five without it."""
    return "\n".join(_line(line) for line in _lines(found, most or MOST))


def _lines(found: Difference, most: int) -> Iterator[str]:
    rooms = {room: _families(m for m in found.moves if m.room == room) for room in ROOMS}
    yield _headline(found, rooms)
    yield f"old: {_told(found.old)}"
    yield f"new: {_told(found.new)}"
    if found.old.version != found.new.version:
        versions = f"version {found.old.version} and {found.new.version}"
        yield f"Made by {versions}: the reckoning may differ."
    if not found.same_draws:
        yield OTHER_DRAWS
    for room, families in rooms.items():
        if families:
            total = sum(len(f) for f in families)
            yield ""
            yield f"{QUESTIONS[room]} ({count(total, 'figure')} moved)"
            told: set[tuple[int, ...]] = set()
            for family in families[:most]:
                yield from _family(found, family, told)
            rest = sum(len(f) for f in families[most:])
            if rest:
                yield f"  {count(rest, 'more figure')}: --most, --json"
    yield from _tail(found)


def _headline(found: Difference, rooms: dict[str, list[list[Move]]]) -> str:
    only = [
        f"{number(len(ids))} only in the {side}"
        for ids, side in ((found.gone, "old"), (found.fresh, "new"))
        if ids
    ]
    tail = f"; {listed(only)}" if only else ""
    if not found.moves:
        return f"None of {number(found.compared)} figures moved{tail}"
    head = f"{number(len(found.moves))} of {number(found.compared)} figures moved{tail}"
    leads = [fs[0][0] for room, fs in rooms.items() if fs and room != "evidence"]
    leads = leads or [fs[0][0] for fs in rooms.values() if fs]
    top = max(leads, key=lambda m: m.size)
    return f"{head}; most: {_moved(top)}"


def _families(moves: Iterable[Move]) -> list[list[Move]]:
    """Moves of one thing together, the telling one first; families by how far that one moved."""
    found: dict[tuple[str, ...], list[Move]] = {}
    for move in moves:
        found.setdefault(_stem(move), []).append(move)
    for family in found.values():
        family.sort(key=lambda m: (_rank(m.id), m.id.count("."), -m.size, m.id))
    return sorted(found.values(), key=lambda f: (-f[0].size, f[0].id))


def _stem(move: Move) -> tuple[str, ...]:
    parts = move.id.split(".")
    if move.room == "control":
        return parts[1], parts[-1]
    return (move.id,) if move.room == "evidence" and parts[0] != "without" else tuple(parts[:2])


def _rank(id: str) -> int:
    last = id.rsplit(".", 1)[-1]
    return _MAIN.index(last) if last in _MAIN else len(_MAIN)


def _family(found: Difference, family: list[Move], told: set[tuple[int, ...]]) -> Iterator[str]:
    """A family by the figure that stands for it; reasons in ``told`` are not told again."""
    move, *rest = family
    yield f"  {_moved(move)}"
    yield f"    {move.id}{_spans(move)}"
    if rest:
        top = max(rest, key=lambda m: (not _SHARES.search(m.id), m.size))
        tail = f", such as {_moved(top)}" if top.size > move.size else ""
        yield f"    and {count(len(rest), 'more figure')} of it{tail}"
    if move.because and move.because in told:
        yield "    - the same changes as above"
    else:
        yield from _because(found, move)
    told.add(move.because)


def _because(found: Difference, move: Move) -> Iterator[str]:
    items = [found.items[n] for n in move.because]
    if not items:
        yield "    nothing on its trail changed; see what else did, at the end"
    for item in items[:_BECAUSE]:
        yield f"    - {_told_item(item)}"
    if len(items) > _BECAUSE:
        yield f"    - and {count(len(items) - _BECAUSE, 'more change')} on its trail"


def _told_item(item: Item) -> str:
    text = f"{item.id} {CHANGES[item.change]}"
    if item.details:
        return f"{text} ({_cut('; '.join(item.details))})"
    return f"{text}: {_cut(item.text)}"


def _tail(found: Difference) -> Iterator[str]:
    if found.items:
        yield ""
        kinds = Counter((i.kind, i.change) for i in found.items)
        parts = (f"{n} {kind} {CHANGES[change]}" for (kind, change), n in sorted(kinds.items()))
        yield f"What changed below them: {', '.join(parts)}"
        used = {n for m in found.moves for n in m.because}
        idle = [i.id for n, i in enumerate(found.items) if n not in used and i.change != "reworded"]
        if idle:
            more = f" and {len(idle) - _UNPRINTED} more" if len(idle) > _UNPRINTED else ""
            names = f"{', '.join(idle[:_UNPRINTED])}{more}"
            yield f"Of these, on the trail of nothing that moved: {names}"
    if found.other:
        yield f"Also changed in the case: {_cut('; '.join(found.other), 3 * _TEXT)}"
    for side, alone in (("old", found.gone), ("new", found.fresh)):
        yield from _only(found, side, alone)
    if found.moves:
        yield ""
        yield f"{RULE} Steps of control are not compared."


def _only(found: Difference, side: str, alone: tuple[Alone, ...]) -> Iterator[str]:
    """Figures of one side, by what they are of: the telling one with its value, and why."""
    stems: dict[str, list[Alone]] = {}
    for each in alone:
        room = room_of(each.figure.id)
        depth = 1 if room == "evidence" else 2
        stems.setdefault(".".join(each.figure.id.split(".")[:depth]), []).append(each)
    for group in stems.values():
        group.sort(key=lambda a: (_rank(a.figure.id), a.figure.id.count("."), a.figure.id))
    groups = sorted(stems.values(), key=lambda g: (ROOMS.index(room_of(g[0].figure.id)), -len(g)))
    if groups:
        yield ""
        yield f"Only in the {side} ({count(len(alone), 'figure')})"
    for group in groups[:_STEMS]:
        first = group[0].figure
        more = f"; and {count(len(group) - 1, 'more figure')}" if len(group) > 1 else ""
        yield f"  {first.label}: {measure(first.value, first.unit)}"
        yield f"    {first.id}{more}"
        if group[0].because:
            yield f"    - {_told_item(found.items[group[0].because[0]])}"
    rest = sum(len(group) for group in groups[_STEMS:])
    if rest:
        yield f"  {count(rest, 'more figure')}: --json"


def _moved(move: Move) -> str:
    """The label with both values; their intervals where the values read the same."""
    first, second = (measure(q.value, q.unit) for q in (move.old, move.new))
    if first == second:
        first, second = (
            f"{measure(q.value, q.unit)} ({span(q.low, q.high, q.unit) or 'no interval'})"
            for q in (move.old, move.new)
        )
    return f"{move.new.label}: {first} → {second}"


def _spans(move: Move) -> str:
    spans = [span(q.low, q.high, q.unit) or "none" for q in (move.old, move.new)]
    return "" if spans == ["none", "none"] else f"  (interval {spans[0]} → {spans[1]})"


def _told(side: Results) -> str:
    stands = " by what was surely published by then" if side.case.get("earlier") else ""
    standing = side.case.get("standing")
    if stands and isinstance(standing, dict):  # results of older versions do not have it
        part = f"{standing.get('read')} of {standing.get('claims')} claims"
        stands += f" ({part}; the case's own date is {standing.get('own')})"
    return (
        f"{side.folder}: {side.case['name']}, as of {side.case['as_of']}{stands}, {side.draws} "
        f"draws, seed {side.seed}"
    )


def _cut(text: str, longest: int = _TEXT) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _line(text: str) -> str:
    """One line, unable to move a terminal's cursor; its indent is kept."""
    told = " ".join(plain(text).split())
    return f"{text[: len(text) - len(text.lstrip(' '))]}{told}"


def _side(side: Results) -> dict[str, Any]:
    return {
        "folder": str(side.folder), "case": side.case["name"], "title": side.case.get("title"),
        "as_of": side.case["as_of"], "earlier": bool(side.case.get("earlier")),
        "standing": side.case.get("standing"),
        "draws": side.draws, "seed": side.seed, "version": side.version,
    }  # fmt: skip


def _move(found: Difference, move: Move) -> dict[str, Any]:
    values = move.old.value, move.new.value
    change = None if None in values else (move.new.value or 0.0) - (move.old.value or 0.0)
    return {
        "id": move.id,
        "label": move.new.label,
        "unit": move.new.unit,
        "old": _values(move.old),
        "new": _values(move.new),
        "change": change,
        "threshold": move.threshold,
        "because": [found.items[n].id for n in move.because],
    }


def _alone(found: Difference, alone: Alone) -> dict[str, Any]:
    return {
        "id": alone.figure.id, "label": alone.figure.label, "unit": alone.figure.unit,
        **_values(alone.figure), "because": [found.items[n].id for n in alone.because],
    }  # fmt: skip


def _values(quantity: Quantity) -> dict[str, float | None]:
    return {"value": quantity.value, "low": quantity.low, "high": quantity.high}


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id, "kind": item.kind, "change": item.change, "text": item.text,
        "details": list(item.details), "force_bits": item.force_bits,
    }  # fmt: skip
