"""A claim edited field by field: each answer is validated at once, with what would be right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from shieldwall.case.columns import FIELDS
from shieldwall.case.records import About, Bound, Case, Modality
from shieldwall.case.schema import ClaimTable, CountTable
from shieldwall.case.tables import CatalogueIds
from shieldwall.errors import Problem

Ask = Callable[[str], str | None]
"""Shows a prompt and returns the answer; ``None`` where input has ended."""
Say = Callable[[str], None]
Check = Callable[[dict[str, Any]], list[Problem]]

FIXED = frozenset({"id", "ingestion", "language", "address"})
"""What follows from the document or the draft; claims.toml is the place to change it."""
ASKED = tuple(name for name in FIELDS if name not in FIXED)
CLEAR = "-"
SHOWN = 40
"""Choices a ``?`` lists at most."""


class EndedError(Exception):
    """Input ended in the middle of an edit; nothing of it counts."""


def edit(
    fields: dict[str, Any], case: Case, catalogue: CatalogueIds, check: Check, ask: Ask, say: Say
) -> dict[str, Any]:
    """Ask for every field, its value so far as the default; returns the new fields.

    Afterwards asks again for whatever is still wrong. Raises ``EndedError`` at the end of input.
    """
    say(f"Enter keeps what is in brackets, {CLEAR} clears it, ? explains.")
    fields = dict(fields)
    for name in ASKED:
        fields = _asked(name, fields, case, catalogue, check, ask, say)
    while problems := check(fields):
        for problem in problems:
            say(f"  {told(problem)}")
        wrong = dict.fromkeys(flat_name(problem) for problem in problems)
        names = [name for name in wrong if name in ASKED]
        if not names:
            return fields
        for name in names:
            fields = _asked(name, fields, case, catalogue, check, ask, say)
    return fields


def told(problem: Problem) -> str:
    """A problem of a claim in one line, without file and line: it stands in no file yet."""
    got = f" (got {problem.value})" if problem.value else ""
    return f"{flat_name(problem)}: {problem.message}{got}"


def flat_name(problem: Problem) -> str:
    """The flat field a problem of a claim is about: ``count_unit`` for ``claim[x].count.unit``."""
    return problem.key.rpartition("].")[2].replace("count.", "count_")


def _asked(
    name: str,
    fields: dict[str, Any],
    case: Case,
    catalogue: CatalogueIds,
    check: Check,
    ask: Ask,
    say: Say,
) -> dict[str, Any]:
    """``fields`` with one answer taken in."""
    while True:
        value = fields.get(name)
        answer = ask(f"  {name} [{'' if value is None else value}]: ")
        if answer is None:
            raise EndedError
        answer = answer.strip()
        if answer == "?":
            say(f"    {explained(name, case, catalogue)}")
            continue
        if not answer:
            return fields
        tried = {key: each for key, each in fields.items() if key != name}
        if answer == CLEAR:
            return tried
        tried[name] = _value(name, answer)
        wrong = [problem for problem in check(_sound(tried)) if flat_name(problem) == name]
        if not wrong:
            return tried
        for problem in wrong:
            say(f"    {told(problem)}")


def _sound(fields: dict[str, Any]) -> dict[str, Any]:
    """Without a count whose other half has yet to be asked for."""
    numbers = any(f"count_{key}" in fields for key in ("low", "likely", "high"))
    if numbers and "count_unit" in fields:
        return fields
    return fields | {"count_unit": "?"} if numbers else fields


def _value(name: str, answer: str) -> str | int | float:
    """A number where the format has one; a wrong answer stays text and is told as such."""
    if name not in ("credibility", "count_low", "count_likely", "count_high"):
        return answer
    try:
        return int(answer) if answer.lstrip("-").isdecimal() else float(answer)
    except ValueError:
        return answer


def explained(name: str, case: Case, catalogue: CatalogueIds) -> str:
    """What a field means and what it may hold."""
    model, key = (CountTable, name[6:]) if name.startswith("count_") else (ClaimTable, name)
    choices: dict[str, list[str]] = {
        "about": list(get_args(About)),
        "modality": list(get_args(Modality)),
        "count_bound": list(get_args(Bound)),
        "place": [place.id for place in case.places],
        "origin": [origin.id for origin in case.origins],
        "source": [source.id for source in case.sources],
        "system": sorted([*catalogue.systems, *catalogue.radars, *catalogue.threats]),
    }
    meaning = str(model.model_fields[key].description)
    listed = choices.get(name, [])
    if not listed or meaning.startswith("one of"):
        return meaning
    rest = f" and {len(listed) - SHOWN} more" if len(listed) > SHOWN else ""
    return f"{meaning}: {', '.join(listed[:SHOWN])}{rest}"
