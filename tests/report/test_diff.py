"""Two assessments compared: the rule, noise of drawing, what changed, and files that are wrong."""

import dataclasses
import json
import math

import pytest

from samples import sample_assessment
from shieldwall.errors import InputError, UsageError
from shieldwall.provenance import Leaf, Ledger, Quantity
from shieldwall.report.diff import _below, _moves, difference, judge, room_of
from shieldwall.report.diff_items import changed_items, other_parts
from shieldwall.report.diff_text import OTHER_DRAWS, diff_data, diff_text
from shieldwall.report.exports import write_json

DRAWN = "mean over the draws; low and high are the 5th and 95th percentile"
FIGURE = "coverage.caracas.owa_drone.300m.depth_1"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    write_json(sample_assessment(folder), folder / "assessment.json")
    return json.loads((folder / "assessment.json").read_text())


@pytest.fixture
def pair(sample, tmp_path):
    """Write the sample twice, the second one edited, and compare."""

    def compare(edit=lambda data: None):
        second = json.loads(json.dumps(sample))
        edit(second)
        for name, data in (("old", sample), ("new", second)):
            (tmp_path / name).mkdir(exist_ok=True)
            (tmp_path / name / "assessment.json").write_text(json.dumps(data))
        return difference(tmp_path / "old", tmp_path / "new")

    return compare


def quantity(value, low=None, high=None, unit="probability", method=DRAWN, id="coverage.a.depth_1"):
    return Quantity(id, "A", value, low, high, unit, method, ())


@pytest.mark.parametrize(
    ("was", "now", "moved"),
    [
        (quantity(0.50), quantity(0.505), False),  # less than a point
        (quantity(0.50), quantity(0.52), True),
        (quantity(0.50, 0.1, 0.9), quantity(0.57, 0.1, 0.9), False),  # less than 0.08
        (quantity(0.50, 0.1, 0.9), quantity(0.59, 0.1, 0.9), True),
        (quantity(0.50, 0.1, 0.9), quantity(0.50, 0.1, 0.6), True),  # the end, by 0.3 > 0.2
        (quantity(0.50, 0.1, 0.9), quantity(0.50, 0.1, 0.75), False),
        (quantity(None), quantity(0.5), True),
        (quantity(None), quantity(None), False),
        (quantity(math.nan), quantity(None), False),
        (quantity(100, unit="km"), quantity(101.9, unit="km"), False),  # 2 % of the larger is 2.04
        (quantity(100, unit="km"), quantity(103, unit="km"), True),
        (quantity(0.0, unit="km"), quantity(0.0, unit="km"), False),
        (quantity(1.0, unit="bits"), quantity(1.04, unit="bits"), False),
    ],
)
def test_what_counts_as_a_move(was, now, moved):
    assert judge(was, now)[1] is moved
    assert judge(now, was)[1] is moved


def test_other_draws_widen_the_threshold():
    was, now = quantity(0.50, 0.1, 0.9), quantity(0.62, 0.1, 0.9)
    spread = math.sqrt(1 / 32 + 1 / 32)
    assert judge(was, now)[1]
    threshold, moved = judge(was, now, spread)
    assert not moved
    assert threshold == pytest.approx(4 * spread * 0.8 / 3.29)
    bare = judge(quantity(0.5), quantity(0.6), spread)[0]
    assert bare == pytest.approx(4 * spread * math.sqrt(0.55 * 0.45))
    # What is worked out, and not drawn, has no noise.
    exact = [quantity(v, id="orbat.x@y.fused") for v in (0.5, 0.55)]
    assert judge(*exact, spread) == (0.01, True)


def test_what_chance_alone_does_is_not_told():
    """Two samples of one distribution, drawn anew: hardly a figure crosses its threshold."""
    import numpy as np

    rng, draws, told = np.random.default_rng(5), 64, 0
    for n, shape in enumerate(rng.uniform(0.3, 5, (1000, 2))):
        sides = [rng.beta(*shape, draws) for _ in range(2)]
        if n % 2:  # there or not there, as a unit is
            sides = [np.round(rng.random(draws) < shape[0] / 5) * x for x in sides]
        found = [quantity(x.mean(), *np.percentile(x, [5, 95])) for x in sides]
        told += judge(*found, math.sqrt(2 / draws))[1]
    assert told <= 5


def test_a_trail_is_followed_over_shared_inputs_and_once_round_a_circle():
    ledger = Ledger()
    for id, inputs in {"a": ("b", "c"), "b": ("d",), "c": ("d", "e"), "d": ("leaf:1",),
                       "e": ("a", "leaf:2"), "f": ("leaf:3", "gone")}.items():  # fmt: skip
        ledger.quantity(Quantity(id, id, 1.0, None, None, "", "", inputs))
    found = _below(ledger, [frozenset({"leaf:1"}), frozenset({"leaf:2", "d"}), frozenset({"x"})])
    assert (found["b"], found["c"], found["a"]) == (0b11, 0b11, 0b11)
    assert found.get("f", 0) == 0


def test_identical_results_have_no_difference(pair):
    found = pair()
    assert (found.moves, found.items, found.gone, found.fresh, found.other) == ((),) * 5
    assert diff_text(found).startswith("None of ")
    assert found.same_draws


def test_a_claim_changed_in_its_record_alone_lies_below_the_figure(pair):
    def edit(data):
        claim = next(c for c in data["case"]["claims"] if c["id"] == "image-2019")
        claim["credibility"], claim["where"] = 6, "claims.toml:99"
        data["provenance"]["quantities"][FIGURE]["value"] /= 2

    found = pair(edit)
    (move,) = found.moves
    (item,) = found.items
    assert (move.id, move.room, move.because) == (FIGURE, "coverage", (0,))
    assert (item.id, item.change) == ("claim:image-2019", "changed")
    assert item.details[0].endswith("→ 6")
    assert item.details[0].startswith("credibility: ")
    text = diff_text(found)
    assert text.splitlines()[0].startswith("1 of ")
    assert "claim:image-2019 changed (credibility: " in text


def test_a_line_that_shifted_is_no_change(pair):
    def edit(data):
        for claim in data["case"]["claims"]:
            claim["where"] = "claims.toml:1234"
        for leaf in data["provenance"]["leaves"].values():
            leaf["where"] = "elsewhere:9"

    assert not pair(edit).items


def test_weight_and_independence_are_told(pair):
    def edit(data):
        evidence = data["evidence"]
        weight = evidence["weights"][0]
        weight["ratio"]["likely"] *= 4
        weight["reasons"] = [*weight["reasons"], "a reason that is new"]
        first, second = evidence["origins"][:2]
        assert weight["claim"] not in second["claims"]
        second["claims"].remove(second["origin"])
        first["claims"].append(second["origin"])

    items = {i.id: i for i in pair(edit).items}
    assert len(items) == 2
    first, second = sorted(items.values(), key=lambda i: i.change, reverse=True)
    assert (first.change, second.change) == ("reweighed", "repeats")
    assert first.force_bits == pytest.approx(2)
    assert "a reason that is new" in first.details[0]
    assert second.details[0].startswith("now goes back to ")


def test_a_chance_of_repeating_that_grew_is_told(pair):
    def edit(data):
        edge = {"claim": "image-2019", "parent": "x", "probability": 0.3, "reasons": []}
        data["evidence"]["edges"].append(edge)

    (item,) = pair(edit).items
    assert (item.id, item.change) == ("claim:image-2019", "less_independent")
    assert item.details == ("chance of repeating no other 1 → 0.7",)


def test_a_holding_that_only_changed_its_number_is_the_same(pair):
    def ledger(*texts):
        found = Ledger()
        for n, text in enumerate(texts):
            found.leaf(Leaf(f"holding:{n}", "holding", text, "source"))
        return found

    spoken = pair().old.spoken
    items = changed_items(ledger("a", "b", "c"), ledger("b", "C"), spoken, spoken)
    assert [(i.id, i.change) for i in items] == [
        ("holding:0", "removed"), ("holding:1", "added"), ("holding:2", "removed"),
    ]  # fmt: skip
    assert items[0].old_ids == {"holding:0"}
    assert not items[0].new_ids


def test_claims_are_named_before_what_is_assumed_and_the_catalogue_last(pair):
    def edit(data):
        data["evidence"]["read"].remove("image-2019")
        weights = data["evidence"]["weights"]
        other = next(w for w in weights if w["claim"] != "image-2019")
        other["ratio"]["likely"] *= 64
        leaves = data["provenance"]["leaves"]
        for kind in ("catalogue", "assumption", "holding", "raid", "fact", "function", "other"):
            id = f"{kind}:fresh"
            leaves[id] = {**next(iter(leaves.values())), "id": id, "kind": kind, "text": id}

    kinds = [(i.kind, i.change) for i in pair(edit).items]
    assert kinds == [
        ("claim", "removed"), ("claim", "reweighed"), ("fact", "added"), ("raid", "added"),
        ("function", "added"), ("assumption", "added"), ("holding", "added"), ("other", "added"),
        ("catalogue", "added"),
    ]  # fmt: skip


def test_what_prints_the_same_has_not_moved(pair):
    def both(first, second):
        found = pair()
        was, now = (
            {**found.old.ledger.quantities, FIGURE: quantity(v, v, h, "threats", id=FIGURE)}
            for v, h in (first, second)
        )
        sides = (
            dataclasses.replace(side, ledger=Ledger(figures, side.ledger.leaves))
            for side, figures in ((found.old, was), (found.new, now))
        )
        return [m.id for m in _moves(*sides, ({}, {}), [FIGURE])]

    assert judge(quantity(1e-9, unit="threats"), quantity(3e-9, unit="threats"))[1]
    assert both((1e-9, 1e-9), (3e-9, 3e-9)) == []
    assert both((1e-9, 1e-9), (3e-9, 4.0)) == [FIGURE]
    assert both((1.0, 1.0), (3.0, 3.0)) == [FIGURE]


def test_other_draws_are_said(pair):
    def edit(data):
        data["network"]["draws"] += 1

    found = pair(edit)
    assert not found.same_draws
    assert OTHER_DRAWS in diff_text(found)
    assert OTHER_DRAWS in diff_data(found)["rule"]


def test_figures_on_one_side_only_are_listed(pair):
    def edit(data):
        quantities = data["provenance"]["quantities"]
        quantities["raid.fresh.leakers"] = {**quantities.pop(FIGURE), "id": "raid.fresh.leakers"}

    found = pair(edit)
    assert [a.figure.id for a in found.gone] == [FIGURE]
    assert [a.figure.id for a in found.fresh] == ["raid.fresh.leakers"]
    lines = diff_text(found).splitlines()
    assert "1 only in the old and 1 only in the new" in lines[0]
    assert lines[lines.index("Only in the old (one figure)") + 2] == f"    {FIGURE}"
    assert lines[lines.index("Only in the new (one figure)") + 2] == "    raid.fresh.leakers"
    (told,) = diff_data(found)["only_new"]
    assert told["value"] == found.fresh[0].figure.value


def test_a_figure_that_is_gone_names_what_lies_below_it(pair):
    def edit(data):
        data["provenance"]["quantities"].pop(FIGURE)
        data["evidence"]["read"].remove("image-2019")

    found = pair(edit)
    assert [found.items[n].id for n in found.gone[0].because] == ["claim:image-2019"]
    assert found.items[0].details == ("published too late to be read",)


def test_what_one_piece_of_evidence_does_is_evidence():
    assert room_of("control.bukm2e.sign.set_up.look") == "evidence"
    assert room_of("control.bukm2e.without.source.press.connected") == "evidence"
    assert room_of("calculus.answered.replies") == room_of("calculus.answered") == "evidence"
    assert room_of("control.bukm2e.connected") == "control"
    assert room_of("network.long") == "presence"
    assert room_of("something.new") == "evidence"


def test_parts_of_the_case_without_a_trail_are_named():
    old = {"places": [{"id": "a", "lat": 1, "where": "case.toml:3"}], "layers": ["long"], "seed": 1}
    new = {"places": [{"id": "a", "lat": 2, "where": "case.toml:4"}], "layers": ["short"]}
    assert other_parts(old, new) == ("layers", "places: a")
    assert other_parts(old, {**old, "places": [{"id": "a", "lat": 1, "where": "x"}]}) == ()


def test_rooms_stand_in_the_order_of_the_questions(pair):
    def edit(data):
        for quantity in data["provenance"]["quantities"].values():
            if quantity["value"] is not None:
                quantity["value"] = quantity["value"] / 3 + 0.1

    found = diff_data(pair(edit), most=2)
    rooms = [room["room"] for room in found["rooms"]]
    order = ["presence", "control", "coverage", "raids", "calculus", "evidence"]
    assert rooms == [room for room in order if room in rooms]
    assert len(rooms) >= 5
    assert all(len(room["moves"]) <= 2 for room in found["rooms"])
    assert json.loads(json.dumps(found)) == found


def test_text_of_a_file_cannot_move_the_cursor(pair):
    def edit(data):
        quantity = data["provenance"]["quantities"][FIGURE]
        quantity["value"], quantity["label"] = 0.0, "Share\x1b[2J of\nsomething\u202e"

    text = diff_text(pair(edit))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "Share[2J of something: " in text


def test_another_case_is_refused(pair):
    def edit(data):
        data["case"]["name"], data["case"]["title"] = "another", "Another"

    with pytest.raises(UsageError, match=r"is of the case .*another.*two results of one case"):
        pair(edit)


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (lambda d: d.update(format="shieldwall-assessment/0"), "format: must be"),
        (lambda d: d["evidence"].pop("weights"), "older version.*weights is missing"),
        (lambda d: d["network"].update(draws=None), "or wrong.*assess again"),
        (lambda d: d["provenance"]["quantities"][FIGURE].update(value="x"), "assess again"),
        (lambda d: d.update(case=[]), "assess again"),
    ],
)
def test_an_older_or_damaged_file_is_refused(pair, edit, why):
    with pytest.raises(InputError, match=why):
        pair(edit)
