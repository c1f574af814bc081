"""What the analyst described by word of claims that an earlier day does not read."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from typing import Any

from shieldwall.case.game_records import Game
from shieldwall.case.records import Case

KINDS = {
    "places": "place", "defended_areas": "defended area", "holdings": "holding",
    "deployments": "deployment", "origins": "origin", "assumptions": "assumption",
    "overrides": "override", "transfers": "transfer", "questions": "question",
    "foretold": "foretold event", "indicators": "indicator", "functions": "function",
    "doctrines": "doctrine", "crews": "crew", "raids": "raid",
}  # fmt: skip
"""Part of a case -> what one entry of it is called."""
GAME = {"facts": "fact", "consequences": "consequence", "payoffs": "payoff", "nodes": "node"}
_ID = re.compile(r"[a-z0-9_-]+")


def marked(case: Case, stood: Case) -> tuple[Case, tuple[str, ...]]:
    """``stood`` with a mark behind every reason that cites what is left out; and where that is.

    ``stood`` is ``case`` at an earlier day: before every reason and note stands for which day it
    was written, since free text may tell of what came later without naming a claim. Cited is a
    claim or an act of the record of pressure whose id stands in a text or a list. Signs lists so
    are counted, not named one by one: what they read of claims that are left out counts for
    nothing, only that somebody looked for them does.
    """
    gone = frozenset(
        ({c.id for c in case.claims} - {c.id for c in stood.claims})
        | ({e.id for e in case.pressure} - {e.id for e in stood.pressure})
    )
    own = case.as_of if stood.as_of < case.as_of else None
    late: list[str] = []
    parts: dict[str, Any] = {}
    for part, kind in KINDS.items():
        parts[part], found = _marked(getattr(stood, part), kind, gone, own)
        late += found
    signs = sum(bool(cited(o, gone)) for o in stood.observations)
    if signs:
        late.append(f"{signs} of {len(stood.observations)} signs")
    if stood.game is not None:
        parts["game"], found = _game(stood.game, gone, own)
        late += found
    return dataclasses.replace(stood, **parts), tuple(late)


def _game(game: Game, gone: frozenset[str], own: date | None) -> tuple[Game, list[str]]:
    late: list[str] = []
    parts: dict[str, Any] = {}
    for part, kind in GAME.items():
        parts[part], found = _marked(getattr(game, part), kind, gone, own)
        late += found
    named = cited((game.scale, game.note), gone)
    parts["note"] = _with_marks(game.note, named, own)
    if named:
        late.insert(0, "note of the game")
    return dataclasses.replace(game, **parts), late


def _marked(
    entries: tuple[Any, ...], kind: str, gone: frozenset[str], own: date | None
) -> tuple[tuple[Any, ...], list[str]]:
    late = [f"{kind} {_name(entry)}" for entry in entries if cited(entry, gone)]
    # Of a foretold event that is asked it is known that it was registered by then.
    own = None if kind == "foretold event" else own
    return tuple(_with_mark(entry, gone, own) for entry in entries), late


def _with_mark(entry: Any, gone: frozenset[str], own: date | None) -> Any:
    """The entry, marked at its reason or its note; a question at those of its observations."""
    expectations = getattr(entry, "expectations", None)
    if expectations is not None:
        found = _marked(expectations, "observation", gone, own)[0]
        return dataclasses.replace(entry, expectations=found)
    for field in ("reason", "note"):
        if hasattr(entry, field):
            told = _with_marks(getattr(entry, field), cited(entry, gone), own)
            return dataclasses.replace(entry, **{field: told})
    return entry


def written_for(own: date, text: str) -> str:
    """A text of the case's files as an earlier day prints it."""
    return f"[Written for the case's own date {own}.] {text}"


def _with_marks(text: str, late: list[str], own: date | None) -> str:
    """The text as it stands where it has nothing to be marked for."""
    if text.strip() and own is not None:
        text = written_for(own, text)
    if late:
        text = f"{text} [Written with what is not read as of this day: {', '.join(late)}.]".strip()
    return text


def _name(entry: Any) -> str:
    """``united-states struck``, by actor and consequence, for a payoff; the id of all others."""
    if hasattr(entry, "consequence"):
        scaled = f" times {entry.times}" if entry.times else ""
        return f"{entry.actor} {entry.consequence}{scaled}"
    return str(getattr(entry, "id", None) or getattr(entry, "system", None) or entry.target)


def cited(entry: Any, gone: frozenset[str]) -> list[str]:
    """Which of the ids that are left out stand in a text or a list of the entry."""
    return sorted(gone & set(_ID.findall(repr(entry))))
