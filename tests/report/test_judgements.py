"""Key judgements: words match numbers, likelihood and confidence stand apart, nothing invented."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

import makers
from judged import check, named
from samples import HOSTILE_TEXT, sample_assessment
from shieldwall.case.records import Band
from shieldwall.catalogue.records import Catalogue
from shieldwall.coverage.records import Spread
from shieldwall.evidence.records import Lineage
from shieldwall.network.ensemble import Ensemble
from shieldwall.orbat.contributions import Change, Contribution, leave_out
from shieldwall.orbat.fuse import order_of_battle
from shieldwall.provenance import Ledger, Quantity
from shieldwall.report.judgements import Support, judgements
from shieldwall.report.judgements.confidence import cannot, rate
from shieldwall.report.judgements.wording import Found, claim, opening
from shieldwall.report.records import Assessment
from weighing import evidence as weighed

# Intelligence Community Directive 203 (2015), D.6.e.2.a: both rows of terms, ranges in percent.
ICD_203 = {
    "almost no chance": (1, 5), "very unlikely": (5, 20), "unlikely": (20, 45),
    "roughly even chance": (45, 55), "likely": (55, 80), "very likely": (80, 95),
    "almost certain": (95, 99),
}  # fmt: skip


Shipped = Callable[[str], tuple[Assessment, Path]]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return sample_assessment(tmp_path_factory.mktemp("case"))


@pytest.mark.parametrize("whole", range(1, 100))
def test_the_term_of_a_claim_holds_its_number(whole: int) -> None:
    said = claim(Found(whole / 100, None, None, "it is so"))
    term = max((t for t in ICD_203 if t in said.lower()), key=len)
    low, high = ICD_203[term]
    assert low <= whole <= high
    assert f"({whole}\u202f%)" in said


@pytest.mark.parametrize(
    ("probability", "start"),
    [(0.03, "there is almost no chance"), (0.5, "there is a roughly even chance"),
     (0.7, "it is likely")],
)  # fmt: skip
def test_a_claim_reads_as_a_sentence(probability: float, start: str) -> None:
    assert opening(probability) == start


def test_what_no_draw_showed_is_not_called_impossible() -> None:
    said = claim(Found(0.0, 0.0, 0.1, "it is so"))
    assert "<1\u202f%" in said
    assert "(0" not in said


def test_judgements_of_the_sample_hold(sample: Assessment) -> None:
    found = judgements(sample)
    assert {"network", "coverage", "control", "raids"} <= {j.question for j in found}
    check(found, sample)


def test_the_same_assessment_gives_the_same_text(sample: Assessment) -> None:
    assert [j.text for j in judgements(sample)] == [j.text for j in judgements(sample)]


def test_hostile_names_stay_text(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nothing is escaped here, which is the page's to do; nothing breaks either."""
    poisoned = sample_assessment(tmp_path_factory.mktemp("bad"), hostile=True)
    found = judgements(poisoned)
    assert any(HOSTILE_TEXT[:10] in j.text for j in found)
    check(found, poisoned)


SUPPORT = Support(3.0, ("imagery", "press"), True, 0.1, 0.05)


@pytest.mark.parametrize(
    ("change", "level"),
    [
        ({}, "high"),
        ({"origins": 2.97}, "high"),
        ({"origins": 2.9}, "moderate"),
        ({"origins": 1.9}, "low"),
        ({"families": ("press",)}, "low"),
        ({"sources": 1}, "low"),
        ({"sources": 2}, "high"),
        ({"agree": False}, "moderate"),
        ({"agree": None}, "moderate"),
        ({"band": 0.2}, "moderate"),
        ({"band": 0.41}, "low"),
        ({"band": None}, "moderate"),
        ({"leave_out": 0.1}, "moderate"),
        ({"leave_out": 0.21}, "low"),
        ({"leave_out": None}, "moderate"),
        ({"leave_out": None, "band": 0.3}, "moderate"),
        ({"leave_out": None, "band": 0.31}, "low"),
        ({"leave_out": 0.05, "band": 0.31}, "moderate"),
        ({"leave_out": 0.05, "what": "the nearest figure"}, "high"),
        ({"leave_out": 0.21, "what": "the nearest figure"}, "moderate"),
        ({"leave_out": 0.21, "what": "the nearest figure", "band": 0.31}, "low"),
        ({"leave_out": 0.2, "what": "the nearest figure", "band": 0.31}, "moderate"),
        ({"origins": 1.9, "mission": 40.0}, "low"),
        ({"origins": 0.0, "mission": 40.0}, "low"),
        ({"against": True}, "high"),
        ({"bits": 0.9}, "low"),
        ({"bits": -1.1}, "high"),
        ({"assumed": "payoffs, which are assumed, decide it"}, "low"),
    ],
)
def test_the_table_of_confidence(change: dict[str, object], level: str) -> None:
    assert rate(dataclasses.replace(SUPPORT, **change)).level == level  # type: ignore[arg-type]


def test_origins_of_a_whole_are_told_apart() -> None:
    whole = dataclasses.replace(SUPPORT, mission=40.0)
    assert rate(whole).reason == (
        "Confidence is high. Behind it stand 3 independent origins of two families (imagery and "
        "press, which agree), and behind the supplier’s mission as a whole stand 40 independent "
        "origins; leaving out the strongest source moves it by five points."
    )
    bare = rate(dataclasses.replace(whole, origins=0.0, families=()))
    assert (
        "no independent origin speaks of it itself, only of the supplier’s mission as a whole"
        in (bare.reason)
    )
    assert bare.reason.endswith(
        "Behind the supplier’s mission as a whole stand 40 independent origins."
    )
    assert cannot(0.5, bare.support) == ""


def test_what_stands_for_a_thing_is_named() -> None:
    near = dataclasses.replace(SUPPORT, leave_out=0.3, what="the host’s operating it alone")
    reason = rate(near).reason
    assert reason.count("30 points") == 1
    assert (
        "one source alone moves the host’s operating it alone, the nearest that is worked out, by "
        "30 points" in reason
    )


def test_families_that_agree_in_spite_of_an_origin_mostly_agree() -> None:
    assert "(imagery and press, which agree)" in rate(SUPPORT).reason
    against = dataclasses.replace(SUPPORT, against=True)
    assert "(imagery and press, which mostly agree)" in rate(against).reason


@pytest.mark.parametrize(
    ("probability", "origins", "judged"),
    [(0.6, 3.0, True), (0.5, 3.0, True), (0.9, 0.0, False), (None, 3.0, False)],
)
def test_what_says_nothing_is_not_judged(
    probability: float | None, origins: float, judged: bool
) -> None:
    found = dataclasses.replace(SUPPORT, origins=origins)
    assert (cannot(probability, found) == "") is judged


def test_a_wide_band_lowers_confidence_and_keeps_the_term(sample: Assessment) -> None:
    raid = sample.raids.raids[0]
    other = dataclasses.replace(
        sample,
        raids=dataclasses.replace(
            sample.raids, raids=(dataclasses.replace(raid, none_through_band=(0.0, 0.95)),)
        ),
    )
    wide = named(judgements(other), f"raid.{raid.raid}")
    assert wide.likelihood == named(judgements(sample), f"raid.{raid.raid}").likelihood
    assert wide.confidence.level == "low"
    assert "the band is 95 points wide" in wide.confidence.reason


def test_without_origins_nothing_is_judged(sample: Assessment) -> None:
    order, control = sample.order_of_battle, sample.control
    bare = dataclasses.replace(
        sample,
        evidence=dataclasses.replace(
            sample.evidence, claims=(), weights=(), lineage=Lineage((), ())
        ),
        contributions=(),
        order_of_battle=dataclasses.replace(
            order,
            held=tuple(dataclasses.replace(h, origins=(), claims=(), bits=()) for h in order.held),
            units=tuple(
                dataclasses.replace(u, origins=(), claims=(), bits=()) for u in order.units
            ),
        ),
        control=dataclasses.replace(
            control, mission_windows=(),
            systems=tuple(dataclasses.replace(s, windows=(), effects=()) for s in control.systems),
        ),
    )  # fmt: skip
    found = judgements(bare)
    assert found
    assert not any(j.judged for j in found)


def test_without_a_figure_there_is_no_judgement(sample: Assessment) -> None:
    assert judgements(dataclasses.replace(sample, ledger=Ledger())) == ()


def test_words_flip_with_the_posterior(sample: Assessment) -> None:
    """Each probability turned into one less it: the terms are mirrored."""
    order = sample.order_of_battle
    other = dataclasses.replace(
        sample, contributions=(),
        order_of_battle=dataclasses.replace(
            order, held=tuple(dataclasses.replace(h, held=1 - h.held) for h in order.held)
        ),
    )  # fmt: skip
    one = named(judgements(sample), "network.held.s300vm")
    turned = named(judgements(other), "network.held.s300vm")
    assert (one.likelihood, turned.likelihood) == ("almost certain", "almost no chance")
    assert one.claim.replace("It is almost certain", "") != one.claim
    assert turned.claim.startswith("There is almost no chance")


def test_cover_and_raids_follow_their_numbers(sample: Assessment) -> None:
    def with_cover(share: float) -> Assessment:
        rows = tuple(
            dataclasses.replace(c, depth=(Spread(share, share - 0.1, share + 0.1), *c.depth[1:]))
            for c in sample.coverage.areas
        )
        return dataclasses.replace(
            sample, coverage=dataclasses.replace(sample.coverage, areas=rows)
        )

    words = [
        named(judgements(with_cover(s)), "coverage.caracas").likelihood for s in (0.15, 0.3, 0.85)
    ]
    assert words == ["very unlikely", "unlikely", "very likely"]
    raid = next(j for j in judgements(sample) if j.question == "raids")
    assert raid.likelihood == "almost no chance"


def test_control_follows_its_numbers(sample: Assessment) -> None:
    def at_consoles(likely: float) -> str | None:
        systems = tuple(
            dataclasses.replace(s, at_consoles=Band(likely - 0.05, likely, likely + 0.05))
            for s in sample.control.systems
        )
        other = dataclasses.replace(
            sample, control=dataclasses.replace(sample.control, systems=systems)
        )
        return named(judgements(other), "control.s300vm.at_consoles").likelihood

    assert [at_consoles(p) for p in (0.1, 0.6, 0.9)] == ["very unlikely", "likely", "very likely"]


@pytest.mark.parametrize(
    ("bits", "start"),
    [(0.09, "No single look would settle it; the best is for this sign: "),
     (0.1, "Look for this sign: ")],
)  # fmt: skip
def test_a_look_that_hardly_helps_is_said_to(sample: Assessment, bits: float, start: str) -> None:
    systems = tuple(
        dataclasses.replace(
            s, next_observations=tuple(
                dataclasses.replace(o, bits=bits) for o in s.next_observations
            ),
        )
        for s in sample.control.systems
    )  # fmt: skip
    other = dataclasses.replace(
        sample, control=dataclasses.replace(sample.control, systems=systems)
    )
    found = [j for j in judgements(other) if j.question == "control" and j.look_next]
    assert found
    assert all(j.look_next.startswith(start) for j in found)


def test_the_suppliers_people_are_tried_by_the_nearest_figure(sample: Assessment) -> None:
    consoles = named(judgements(sample), "control.s300vm.at_consoles").confidence.support
    alone = named(judgements(sample), "control.s300vm.independent").confidence.support
    assert (consoles.leave_out, consoles.agree) == (alone.leave_out, alone.agree)
    assert consoles.what.endswith("’s operating it alone")
    assert alone.what == "it"


def test_raids_and_cover_are_tried_by_the_presence_of_their_units(sample: Assessment) -> None:
    unit = next(u for u in sample.ensemble.units if u.kind == "site")
    change = Change(unit.id, 0.9, 0.4)
    source = sample.case.sources[0].id
    for pieces, moved in (((Contribution(source, (), (), (change,)),), 0.5), ((), None)):
        other = dataclasses.replace(sample, contributions=pieces)
        for j in judgements(other):
            if j.question == "raids":
                assert j.confidence.support.leave_out == pytest.approx(moved)
                assert j.confidence.level != "high"


def test_geometry_that_takes_nothing_is_not_told(sample: Assessment) -> None:
    def best(horizon: float, terrain: float) -> bool:
        rows = tuple(
            dataclasses.replace(c, rings=1.0, horizon=horizon, terrain=terrain)
            for c in sample.coverage.areas
        )
        other = dataclasses.replace(
            sample, coverage=dataclasses.replace(sample.coverage, areas=rows)
        )
        return any(j.id.endswith(".at_best") for j in judgements(other))

    assert not best(1.0, 1.0)
    assert not best(1.0, 0.996)
    assert best(1.0, 0.98)
    assert best(0.98, 0.98)


def _told(sample: Assessment, modality: str) -> Assessment:
    """The sample with an order of battle fused from three sources and a fourth, doubtful one.

    The three say what is given; the fourth asserts.
    """
    sources = (
        makers.source(), makers.source("other", "C", "statement"),
        makers.source("firm", "B", "imagery"), makers.source("rumour", "D", "sighting"),
    )  # fmt: skip
    claims = tuple(
        makers.claim(
            f"c{n}", source=s.id, statement=f"Words of {s.id} {n}",
            modality="asserted" if s.id == "rumour" else modality,
        )
        for n, s in enumerate(sources)
    )  # fmt: skip
    case = makers.case(sources=sources, claims=claims)
    catalogue: Catalogue = makers.catalogue(makers.system(), threats=(makers.threat(),))
    read = weighed(case)
    order = order_of_battle(case, catalogue, read)
    ledger = Ledger()
    for h in order.held:
        ledger.quantity(Quantity(f"orbat.{h.system}.held", "", h.held, None, None, "", "", ()))
    for u in order.units:
        ledger.quantity(Quantity(f"orbat.{u.id}.fused", "", u.presence, None, None, "", "", ()))
    empty: Ensemble = dataclasses.replace(sample.ensemble, units=())
    return dataclasses.replace(
        sample, case=case, catalogue=catalogue, evidence=read, order_of_battle=order,
        contributions=leave_out(case, catalogue, read, by="source"), ensemble=empty, ledger=ledger,
    )  # fmt: skip


def test_a_claim_turned_from_asserted_to_denied_turns_the_words(sample: Assessment) -> None:
    yes, no = (
        named(judgements(_told(sample, m)), "network.held.sam") for m in ("asserted", "denied")
    )
    assert yes.likelihood in ("very likely", "almost certain")
    assert no.likelihood in ("unlikely", "very unlikely", "almost no chance")
    assert yes.claim.endswith("that the country holds the SAM.")
    assert no.claim.endswith("that the country holds the SAM.")
    assert yes.confidence.support.agree
    assert not no.confidence.support.agree


@pytest.mark.parametrize("name", ["moscow-2023", "venezuela-2019", "venezuela-2025"])
def test_judgements_of_a_shipped_case_hold(shipped: Shipped, name: str) -> None:
    assessment, _ = shipped(name)
    found = judgements(assessment)
    check(found, assessment)
    assert {"network", "coverage", "raids", "ripple"} <= {j.question for j in found}
    assert any(j.judged for j in found)
    assert all(j.look_next for j in found)


def test_pantsir_in_venezuela_rests_on_one_origin_and_is_far_from_certain(shipped: Shipped) -> None:
    found = judgements(shipped("venezuela-2025")[0])
    pantsir = named(found, "network.held.pantsir")
    assert pantsir.probability is not None
    assert pantsir.probability < 0.55
    assert pantsir.confidence.level == "low"
    assert pantsir.detail.startswith("One origin speaks for it")
    s300vm = named(found, "network.held.s300vm")
    assert (s300vm.likelihood, s300vm.confidence.level) == ("almost certain", "high")
    assert all(
        "if the country holds it" in j.claim.lower()
        for j in found
        if j.id.startswith("control.pantsir.")
    )


def test_a_site_known_from_one_firms_images_is_rated_low(shipped: Shipped) -> None:
    """Venezuela 2019: the redeployment to Guárico, seven outlets, one firm."""
    assessment, _ = shipped("venezuela-2019")
    site = named(judgements(assessment), "network.at.s300vm@capitan-manuel-rios")
    assert site.confidence.support.families == ("imagery",)
    assert site.confidence.support.sources == 1
    assert site.confidence.support.origins == pytest.approx(2)  # two images of one firm
    assert site.confidence.level == "low"
    assert "ImageSat International" in site.what_would_change
