"""Signs of who operates: the product's table, and what a case changes or adds."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from shieldwall.case.checks_control import indicator_problems
from shieldwall.case.control_records import Indicator, Observation
from shieldwall.case.documents import did_you_mean, parse_document
from shieldwall.case.entries import entries
from shieldwall.case.load_control import indicator
from shieldwall.case.records import Case
from shieldwall.case.schema_control import IndicatorTable
from shieldwall.errors import CaseError, Problem

FILE = "data/indicators.toml"


@cache
def product_indicators() -> dict[str, Indicator]:
    """The product's table, by id. Raises ``CaseError`` where it is wrong."""
    text = files("shieldwall.control").joinpath(FILE).read_text("utf-8")
    document = parse_document("control/data/indicators.toml", text)
    problems: list[Problem] = []
    found = entries(document, "indicator", IndicatorTable, problems)
    problems += [p for entry in found if entry.sound for p in indicator_problems(entry)]
    if problems:
        raise CaseError(problems)
    return {e.table.id: indicator(e.table, e.where) for e in found}


def indicators(case: Case) -> dict[str, Indicator]:
    """The signs in force, by id: the product's, replaced and added to by the case's own.

    Raises ``CaseError`` for an observation of a sign that neither has, for one of the mission that
    names a system, and for a need that two signs claim to be.
    """
    found = product_indicators() | {i.id: i for i in case.indicators}
    problems = []
    needs = {i.need: i.id for i in product_indicators().values() if i.need is not None}
    for i in case.indicators:
        if i.need is not None and needs.setdefault(i.need, i.id) != i.id:
            message = f"is that of the indicator {needs[i.need]}; change that one by its id"
            problems.append(_at(i.where, f"indicator[{i.id}].need", message, i.need))
    for o in case.observations:
        if o.indicator not in found:
            hint = did_you_mean(o.indicator, found) or f"; there are {', '.join(found)}"
            problems.append(_problem(o, "indicator", f"is no indicator{hint}", o.indicator))
        elif found[o.indicator].of == "mission" and o.system is not None:
            problems.append(_problem(o, "system", "is not for a sign of the mission", o.system))
    if problems:
        raise CaseError(problems)
    return found


def _problem(observation: Observation, key: str, message: str, value: str) -> Problem:
    return _at(observation.where, f"observation[{observation.id}].{key}", message, value)


def _at(where: str, key: str, message: str, value: str) -> Problem:
    file, _, line = where.partition(":")
    return Problem(file, int(line or 1), key, repr(value), message)
