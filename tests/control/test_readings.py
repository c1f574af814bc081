"""From claims to readings and windows: origins once, sources once, undated ones mixed."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import numpy as np
import pytest

import makers
from shieldwall.case.assumed import in_force, likely
from shieldwall.case.control_records import Observation, Transfer
from shieldwall.case.records import Band
from shieldwall.control.forecast import INDEPENDENT, SUPPLIER
from shieldwall.control.indicators import indicators
from shieldwall.control.infer import infer, make_model
from shieldwall.control.readings import listen, weeks, windows
from shieldwall.evidence.records import Edge
from shieldwall.evidence.witness import Left
from shieldwall.orbat.assumptions import DEFAULTS
from weighing import evidence

DELIVERED = makers.moment("2022-01-10")
TRANSFERS = tuple(Transfer(s, "Here", "There", DELIVERED, "", "", "t:1") for s in ("sam", "gun"))
SOURCES = tuple(
    replace(makers.source(f"{family}{n}", grade, family), favours=favours)
    for family in ("press", "statement", "flight", "imagery")
    for n, (grade, favours) in enumerate((("B", None), ("B", None), ("B", "strength"),
                                          ("B", "weakness"), ("F", None)))
)  # fmt: skip


def claim(id, source="press0", about="control", event="2024-06-20", **fields):
    when = None if event is None else makers.moment(event)
    return makers.claim(
        id, source=source, about=about, place=None, event=when, publication=when, **fields
    )


def seen(sign, *claims, system="sam", says="yes", id=None):
    return Observation(id or f"{sign} {says}", sign, system, claims, says, "", "o:1")


def case(claims, observations, **fields):
    return makers.case(
        sources=SOURCES, claims=tuple(claims), observations=tuple(observations),
        transfers=TRANSFERS, **fields,
    )  # fmt: skip


def read(made, edges=(), left=None):
    known = evidence(made, edges)
    signs, count = indicators(made), len(weeks(made, known))
    found = listen(made, known, signs, count).readings(*([] if left is None else [left]))
    return windows(found, signs), found, count


def stands(made, edges=()):
    """Posterior of a small case, by all the steps of production."""
    found, _, count = read(made, edges)
    model = make_model(
        made, TRANSFERS, indicators(made), count, dict.fromkeys(("sam", "gun"), 0), 64
    )
    return infer(model, found, workers=1)


def supplier(made):
    return float(stands(made).operators["sam"][:, -1, SUPPLIER].sum(axis=1).mean())


def independent(made):
    return float(stands(made).operators["sam"][:, -1, INDEPENDENT].mean())


def ratio(made):
    (only,) = read(made)[1]
    return only.ratio.middle


MANY = [
    claim("a"), claim("b", "press1", event="2024-06-01"), claim("r", "statement0", relays="a"),
    claim("d", "statement1", modality="denied"), claim("f", "flight0", "movement"),
    claim("i", "imagery0", "conduct", "2024-03-01"), claim("u", "press1", event=None),
]  # fmt: skip
SEEN = [
    seen("host_commands", "a", "b", "r"), seen("supplier_at_consoles", "d", system="sam"),
    seen("transport_arrival", "f", system=None), seen("set_up", "i", "u", system=None),
    seen("joined", "b", says="no"),
]  # fmt: skip


def same_bytes(one, other):
    assert one.mission.tobytes() == other.mission.tobytes()
    for name in ("operators", "filtered", "together", "connection"):
        for system, array in getattr(one, name).items():
            assert array.tobytes() == getattr(other, name)[system].tobytes(), name


def test_order_and_repeats_change_nothing():
    first = stands(case(MANY, SEEN))
    twice = [replace(o, claims=(*o.claims[::-1], *o.claims)) for o in SEEN]
    again = [replace(o, id=f"{o.id} again") for o in SEEN[::-1]]
    same_bytes(first, stands(case(MANY[::-1], [*again, *twice])))


def test_relays_change_nothing():
    more = [claim(f"r{n}", "press1", relays="a", modality="reported") for n in range(9)]
    told = [seen("host_commands", *(c.id for c in more), id="relays")]
    same_bytes(stands(case(MANY, SEEN)), stands(case([*MANY, *more], [*SEEN, *told])))


def test_a_source_is_one_witness_of_one_sign():
    again = [claim(f"again{n}", "press0", event="2024-06-20") for n in range(5)]
    told = [seen("host_commands", *(c.id for c in again), id="again")]
    alone = case([claim("a")], [seen("host_commands", "a")])
    more = case([claim("a"), *again], [seen("host_commands", "a"), *told])
    assert [r.ratio for r in read(alone)[1]] == [r.ratio for r in read(more)[1]]


def test_who_looks_anew_is_a_witness_for_each_date():
    looks = [claim(f"i{n}", "imagery0", "conduct", f"2024-06-{10 + n}") for n in range(3)]
    (window,), found, _ = read(case(looks, [seen("set_up", "i0", "i1", "i2")]))
    assert len(found) == len(window.readings) == 3


def test_a_source_that_cannot_be_judged_changes_nothing():
    idle = claim("idle", "press4")
    same_bytes(
        stands(case(MANY, SEEN)),
        stands(case([*MANY, idle], [*SEEN, seen("crews_trained", "idle")])),
    )


def test_a_no_is_the_inverse_of_a_yes_and_a_denial_speaks_against():
    yes = ratio(case([claim("a")], [seen("host_commands", "a")]))
    no = ratio(case([claim("a")], [seen("host_commands", "a", says="no")]))
    assert yes > 1
    assert no == pytest.approx(1 / yes)
    denied = case([claim("a", modality="denied")], [seen("host_commands", "a")])
    assert ratio(denied) < 1
    assert read(denied)[1][0].says == "no"


def test_an_undated_reading_is_mixed_and_stands_in_the_last_week():
    dated = ratio(case([claim("a")], [seen("host_commands", "a")]))
    made = case([claim("a", event=None)], [seen("host_commands", "a")])
    _, (found,), count = read(made)
    share = likely(in_force(made, DEFAULTS)["undated_persistence"])
    assert 0 < share < 1
    assert found.ratio.middle == pytest.approx(share * dated + 1 - share)
    assert (found.week, found.on) == (count - 1, None)


def test_agreeing_origins_never_move_it_the_other_way():
    before, many = None, []
    for n, family in enumerate(("press0", "press1", "statement0", "statement1")):
        many.append(claim(f"c{n}", family))
        made = case(many, [seen("supplier_at_consoles", *(c.id for c in many))])
        now = supplier(made)
        assert before is None or now >= before - 1e-12
        before = now
    assert before > supplier(case([], [])) + 0.1


def test_interest_weighs():
    """A statement that serves its speaker moves less, an admission that costs him more."""
    of = {
        name: ratio(case([claim("a", f"statement{n}")], [seen("host_commands", "a")]))
        for name, n in (("none", 0), ("with", 2), ("against", 3))
    }
    assert 1 < of["with"] < of["none"] < of["against"]
    at = {n: independent(case([claim("a", f"statement{n}")], [seen("host_commands", "a")]))
          for n in (0, 2, 3)}  # fmt: skip
    nothing = independent(case([], []))
    assert nothing < at[2] < at[0] < at[3]


STATEMENT = claim("s", "statement2", "control")
FLIGHTS = [claim(f"f{n}", "flight0", "movement", f"2024-0{4 + n}-10") for n in range(3)]
IMAGES = [claim(f"i{n}", f"imagery{n}", "conduct", "2024-06-12") for n in range(2)]
SAYS = seen("supplier_at_consoles", "s")
FLOWN = [seen("transport_arrival", "f0", "f1", "f2", system=None),
         seen("reinforcement", "f0", "f1", "f2", system=None)]  # fmt: skip
LOOKED = [seen("set_up", "i0", "i1")]


def test_a_statement_alone_moves_little_and_three_families_that_agree_move_much():
    """That the supplier's people operate: said by an interested side; with flights; and images."""
    nothing = supplier(case([], []))
    statement = supplier(case([STATEMENT], [SAYS])) - nothing
    flights = supplier(case(FLIGHTS, FLOWN)) - nothing
    images = supplier(case(IMAGES, LOOKED)) - nothing
    three = supplier(case([STATEMENT, *FLIGHTS, *IMAGES], [SAYS, *FLOWN, *LOOKED])) - nothing
    assert 0 < statement < 0.16
    assert three > 2.5 * statement
    assert three > max(statement, flights, images) + 0.1
    assert three > 0.35


def test_windows_open_with_a_reading_that_no_other_holds():
    dates = ("2023-06-01", "2024-01-01", "2024-03-20", "2024-06-10")
    many = [claim(f"i{n}", "imagery0", "conduct", d) for n, d in enumerate(dates)]
    found, _, count = read(case(many, [seen("set_up", *(c.id for c in many))]))
    assert [len(w.readings) for w in found] == [1, 2, 1], (
        "thirteen weeks from the first of each, not from the last"
    )
    assert [w.week for w in found] == sorted(w.week for w in found)
    last = found[-1]
    assert last.week == count - 1 - 2, "twenty days before the end of the last week"
    assert all(w.readings[0].week == w.week for w in found)


def test_weeks_end_on_the_as_of_date_and_reach_the_first_delivery():
    made = case(MANY, SEEN)
    grid = weeks(made, evidence(made))
    assert grid[-1] == made.as_of
    assert {b - a for a, b in pairwise(grid)} == {timedelta(days=7)}
    assert grid[0] <= DELIVERED.start.date()
    long_ago = replace(TRANSFERS[0], delivered=makers.moment("1950-01-01"))
    assert len(weeks(replace(made, transfers=(long_ago,)), evidence(made))) == 25 * 52


def test_a_sign_of_no_system_is_of_every_system_and_of_the_mission_once():
    _, found, _ = read(case(MANY, SEEN))
    assert [r.system for r in found if r.speaker == "i"] == ["gun", "sam"]
    assert [r.system for r in found if r.speaker == "f"] == [None]


def test_what_is_left_out_is_not_read_nor_its_relays():
    made = case(MANY, SEEN)
    without = read(made, left=Left(frozenset({"a"}), True))[1]
    assert all("a" not in (r.speaker, *r.claims) for r in without)
    inside = {r.speaker for r in read(made)[1]}
    assert "a" in inside
    assert "r" not in inside, "a relay is nobody's word"


def test_an_inferred_parent_that_nobody_read_the_sign_in_does_not_speak():
    parent, child = claim("p", "press1"), claim("c", "press0")
    made = case([parent, child], [seen("host_commands", "c")])
    _, found, _ = read(made, (Edge("c", "p", 0.6, ("same text",), False),))
    assert [r.speaker for r in found] == ["c"]
    (whole,) = read(made)[1]
    assert 1 < found[0].ratio.middle < whole.ratio.middle
    coded = case([parent, replace(child, relays="p")], [seen("host_commands", "c")])
    assert [r.speaker for r in read(coded)[1]] == ["p"], "coded as relaying it: it was said there"


def test_bands_of_ratios_hold_their_middle():
    for made in (case(MANY, SEEN), case([claim("a", modality="denied")], [SEEN[0]])):
        for one in read(made)[1]:
            assert isinstance(one.ratio, Band)
            assert 0 < one.ratio.low <= one.ratio.middle <= one.ratio.high
            assert np.sign(one.bits) == np.sign(one.ratio.middle - 1)
