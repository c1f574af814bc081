"""What a claim weighs: grades, words, interests and reach, from the declared table."""

from dataclasses import replace
from pathlib import Path

import pytest

import makers
from shieldwall.evidence import assumptions as table
from shieldwall.evidence import grades
from shieldwall.evidence.grades import diagonal, interest, weights
from shieldwall.evidence.records import Channel, Edge, Lineage

DOCS = Path(__file__).parents[2] / "docs" / "odds.md"
COUNTRY = makers.place("land", lat=None, lon=None, precision_m=None)


def weigh(grade="C", family="press", favours=None, computed=None, **fields):
    """The weight of one claim on the country."""
    source = replace(makers.source("agency", grade, family), favours=favours)
    claim = makers.claim("one", **({"place": "land"} | fields))
    case = makers.case(sources=(source,), places=(makers.place(), COUNTRY), claims=(claim,))
    channels = (Channel("agency", grade, computed, ("x",), ""),) if computed else ()
    return weights(case, (claim,), Lineage(("one",), ()), channels)[0]


def ratio(**fields):
    return weigh(**fields).ratio.likely


def test_a_fair_source_that_is_probably_right_by_hand():
    """C: tied half the time; 2: .85 against .15; untied it says so one time in five."""
    found = weigh("C", credibility=2)
    assert found.hit == pytest.approx(0.5 * 0.85 + 0.5 * 0.2)
    assert found.false_alarm == pytest.approx(0.5 * 0.15 + 0.5 * 0.2)
    assert found.ratio.likely == pytest.approx(3.0)
    assert found.ratio.low < 3.0 < found.ratio.high
    assert found.tied == pytest.approx(0.5 * 0.85 / 0.525 * 0.85)


@pytest.mark.parametrize(
    "fields",
    [{"grade": "F", "credibility": c} for c in range(1, 6)]
    + [{"grade": g, "credibility": 6} for g in "ABCDE"]
    + [
        {"grade": "A", "credibility": 6, "place": "base"},
        {"grade": "F", "credibility": 1, "place": "base", "favours": "strength"},
        {"grade": "A", "credibility": 6, "modality": "denied"},
        {"grade": "A", "credibility": 6, "modality": "not confirmed"},
        {
            "grade": "A",
            "credibility": 6,
            "modality": "not seen",
            "detection": makers.band(0.8, 0.8, 0.8),
        },
        {"grade": "A", "modality": "declined to comment"},
        {"grade": "A", "modality": "not seen"},
        {"grade": "A", "family": "flight"},
    ],
)
def test_what_cannot_be_judged_or_known_changes_nothing(fields):
    found = weigh(**fields)
    assert found.hit == found.false_alarm
    assert found.ratio == makers.band(1.0, 1.0, 1.0)


def test_each_axis_has_its_own_say():
    by_source = [ratio(grade=g) for g in "ABCDEF"]
    by_report = [ratio(credibility=c) for c in (1, 2, 3, 4, 5)]
    assert by_source == sorted(by_source, reverse=True)
    assert by_report == sorted(by_report, reverse=True)
    assert by_report[2] > 1 > by_report[3]
    assert len(set(by_source)) == 6


def test_how_it_is_said():
    said = {m: ratio(modality=m) for m in table.COMMITMENT if m != "not seen"}
    assert said["asserted"] > said["reported"] > said["speculated"] > 1
    assert said["declined to comment"] == 1
    assert said["denied"] < 1
    assert said["not confirmed"] < 1


def test_a_look_that_saw_nothing_weighs_by_its_chance_of_seeing():
    look = {"grade": "A", "family": "imagery", "modality": "not seen"}
    half = ratio(**look, detection=makers.band(0.5, 0.5, 0.5))
    sure = ratio(**look, detection=makers.band(0.9, 0.9, 0.9))
    assert half == pytest.approx(1 - 0.95 * 0.5)
    assert sure == pytest.approx(1 - 0.95 * 0.9)


def test_boasts_denials_and_admissions():
    boast, plain, admission = (ratio(favours=f) for f in ("strength", None, "weakness"))
    assert 1 < boast < plain < admission
    denial = [ratio(modality="denied", favours=f) for f in ("weakness", None, "strength")]
    assert denial == sorted(denial, reverse=True)
    assert "with its interest: said anyway with chance 0.6" in weigh(favours="strength").reasons


@pytest.mark.parametrize(
    ("count", "serves"),
    [(makers.count(0.2, "share"), "against"), (makers.count(0.9, "share"), "with"),
     (makers.count(0.9, "share", "at most"), "against"), (None, "with")],
)  # fmt: skip
def test_a_low_share_that_works_is_an_admission(count, serves):
    source = replace(makers.source(), favours="strength")
    claim = makers.claim("one", about="serviceability", count=count)
    assert interest(makers.case(sources=(source,)), claim) == serves


def test_the_computed_grade_of_the_channel_weighs_not_the_one_by_hand():
    assert weigh("B", computed="D").ratio == weigh("D").ratio


def test_naming_a_place_is_worth_more_than_naming_the_country_if_believed_at_all():
    assert ratio(place="base") > ratio()
    assert ratio(place="base", credibility=4) == ratio(credibility=4)
    assert ratio(place="base", modality="denied") == ratio(modality="denied")


def test_aircraft_seen_are_not_passengers_seen():
    def track(about):
        return ratio(grade="B", family="flight", about=about, system=None)

    assert track("movement") > 3
    assert track("personnel") == track("presence") == 1
    assert 1 < track("delivery") < track("movement")


def test_the_family_is_that_of_the_origin():
    sources = (makers.source("sat", "B", "imagery"), makers.source("paper", "B"))
    claims = (makers.claim("image", source="sat"), makers.claim("story", source="paper"))
    case = makers.case(sources=sources, claims=claims)
    lineage = Lineage(("image", "story"), (Edge("story", "image", 0.9, ("named",), False),))
    assert [w.family for w in weights(case, claims, lineage, ())] == ["imagery", "imagery"]


def test_grades_on_the_diagonal_are_pointed_out():
    sources = tuple(makers.source(g, g) for g in "ABCDE")
    claims = tuple(
        makers.claim(f"{g}{i}", source=g, credibility="ABCDE".index(g) + 1)
        for g in "ABCDE" for i in range(2)
    )  # fmt: skip
    case = makers.case(sources=sources)
    (warning,) = diagonal(case, claims)
    assert warning.startswith("10 of 10")
    assert diagonal(case, tuple(replace(c, credibility=6) for c in claims)) == ()
    assert diagonal(case, claims[:4]) == ()
    assert diagonal(case, tuple(replace(c, credibility=3) for c in claims)) == ()


def test_the_guide_tells_the_table_in_force():
    text = " ".join(DOCS.read_text("utf-8").split())

    def short(value):
        return f"{value:.2f}".removeprefix("0") if value < 1 else f"{value:g}"

    reliability = ", ".join(f"{g} {short(table.RELIABILITY[g].likely)}" for g in "ABCDE")
    rates = ", ".join(f"{c} {'/'.join(map(short, table.CREDIBILITY[c]))}" for c in range(1, 6))
    assert reliability in text
    assert rates in text
    assert "/".join(map(short, table.NOT_CONFIRMED)) in text
    assert f"k = {table.PLACE_CHANCE:g}".replace("0.", ".") in text


def test_the_guide_and_the_code_tell_one_formula():
    """With k = .4 at a place: .5 x .85 + .5 x .2 x .4 against (.5 x .15 + .5 x .2) x .4."""
    formula = "P(said | so) = t h + (1 - t) q k        P(said | not so) = (t f + (1 - t) q) k"
    assert formula in DOCS.read_text("utf-8")
    assert formula in (grades.__doc__ or "")
    found = weigh("C", credibility=2, place="base")
    assert found.hit == pytest.approx(0.5 * 0.85 + 0.5 * 0.2 * 0.4)
    assert found.false_alarm == pytest.approx((0.5 * 0.15 + 0.5 * 0.2) * 0.4)
