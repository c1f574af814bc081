"""Nothing published after the as-of date moves the answer: neither changed, nor added, nor told."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import makers
from shieldwall.case import load_case
from shieldwall.case.control_records import Observation
from shieldwall.case.records import Case
from shieldwall.catalogue import load_catalogue
from shieldwall.control.operate import operational_control
from shieldwall.evidence.as_of import as_it_stood
from shieldwall.evidence.gather import gather

FOLDER = Path(__file__).parents[2] / "cases" / "venezuela-2025"
DATES = (
    date(2025, 3, 1),
    date(2025, 10, 28),
    date(2025, 11, 3),
    date(2025, 12, 1),
    date(2025, 12, 31),
)
DRAWS = 4


@cache
def whole() -> Case:
    return load_case(FOLDER, load_catalogue())


def leaves(value):
    """Every number, text and array of a result, in order."""
    if isinstance(value, np.ndarray):
        yield (value.dtype.str, value.shape, value.tobytes())
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from leaves(getattr(value, field.name))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from leaves(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from leaves(each)
    else:
        yield value


@cache
def unspoilt(on: date | None = None):
    """By what was surely published by a day; without one, as the analyst vouches for it."""
    return answer(whole() if on is None else as_it_stood(whole(), on))


def answer(case: Case):
    return list(leaves(operational_control(case, load_catalogue(), gather(case), DRAWS, 1)))


def flipped(claim):
    """The same claim says the contrary, of another system, as surely as can be."""
    turned = "denied" if claim.modality == "asserted" else "asserted"
    return replace(claim, modality=turned, credibility=1, statement=f"Not so: {claim.statement}",
                   system="s300vm", about="control")  # fmt: skip


def wild(case: Case, on: date):
    """Claims of the day after and of years after, of the best source, on every sign there is."""
    best = min(case.sources, key=lambda s: s.reliability)
    dates = (date.fromordinal(on.toordinal() + 1), date(2027, 5, 5))
    return tuple(
        makers.claim(
            f"wild-{n}-{i}", source=best.id, system="s300vm", place=None, credibility=1,
            about="control", event=makers.moment("2025-01-05"),
            publication=makers.moment(day.isoformat()),
            relays=case.claims[0].id if i == 3 else None,
        )
        for n, day in enumerate(dates)
        for i in range(4)
    )  # fmt: skip


def told_of(case: Case, claims):
    """Observations that read every sign in them, for and against."""
    signs = {o.indicator: o.system for o in case.observations}
    return tuple(
        Observation(f"wild-{sign}", sign, system, tuple(c.id for c in claims), says, "", "x:1")
        for n, (sign, system) in enumerate(sorted(signs.items()))
        for says in (("yes", "no")[n % 2],)
    )


def spoilt(case: Case, on: date, vouched: bool = False) -> Case:
    """Everything that could not be known by ``on`` is changed, and much is added."""
    kept = {c.id for c in (_usable(case) if vouched else as_it_stood(case, on)).claims}
    late = wild(case, on)
    return replace(
        case,
        claims=(*(c if c.id in kept else flipped(c) for c in case.claims), *late),
        observations=(*case.observations, *told_of(case, late)),
        outcomes=(),
    )


def _usable(case: Case) -> Case:
    late = set(gather(case).late)
    return replace(case, claims=tuple(c for c in case.claims if c.id not in late))


@pytest.mark.parametrize("on", DATES)
def test_what_came_later_changes_no_array(on):
    case = whole()
    bad = spoilt(case, on)
    changed = sum(a != b for a, b in zip(case.claims, bad.claims, strict=False))
    assert changed > 5, "there is something to spoil"
    assert unspoilt(on) == answer(as_it_stood(bad, on))


def test_at_the_date_of_the_case_itself():
    case = whole()
    bad = spoilt(case, case.as_of, vouched=True)
    assert gather(case).late, "the case has late claims"
    assert gather(bad).late != gather(case).late
    assert unspoilt() == answer(bad)


def test_outcomes_are_not_read():
    case = whole()
    assert case.outcomes
    turned = tuple(replace(o, happened=not o.happened) for o in case.outcomes)
    assert unspoilt() == answer(replace(case, outcomes=turned))


def test_what_came_earlier_does():
    """The test above can fail: the same change a day before the date is seen."""
    case = whole()
    early = replace(wild(case, case.as_of)[0], publication=makers.moment("2025-06-01"), id="early")
    more = replace(
        case, claims=(*case.claims, early),
        observations=(*case.observations, *told_of(case, (early,))),
    )  # fmt: skip
    assert unspoilt() != answer(more)


def test_an_undated_relay_of_a_later_claim_is_late():
    case = whole()
    late = next(c for c in case.claims if c.id == "us-officials-not-hooked-up-2026")
    undated = replace(late, id="undated", relays=late.id, event=None, publication=None)
    found = gather(replace(case, claims=(*case.claims, undated)))
    assert "undated" in found.late
    assert not found.has("undated")


def test_on_a_day_asked_for_an_event_date_is_no_publication():
    case = as_it_stood(whole(), date(2025, 12, 31))
    assert all(
        c.publication is not None or any(r.relays == c.id for r in case.claims) for c in case.claims
    )
    assert "pantsir" not in {t.system for t in as_it_stood(whole(), date(2025, 10, 28)).transfers}
    assert "pantsir" in {t.system for t in as_it_stood(whole(), date(2025, 11, 1)).transfers}
