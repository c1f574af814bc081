"""Numbers in words: the word, the percentage and the scale agree."""

from __future__ import annotations

import math

import pytest

from shieldwall.case.records import Band
from shieldwall.provenance import CHANGE
from shieldwall.report.words import (
    UNKNOWN,
    band,
    count,
    likelihood,
    listed,
    measure,
    number,
    percent,
    plain,
    span,
)

# Intelligence Community Directive 203 (2015), D.6.e.2.a: terms and their ranges in percent.
ICD_203 = {
    "almost no chance": (1, 5), "very unlikely": (5, 20), "unlikely": (20, 45),
    "roughly even chance": (45, 55), "likely": (55, 80), "very likely": (80, 95),
    "almost certain": (95, 99),
}  # fmt: skip


@pytest.mark.parametrize("whole", range(1, 100))
def test_every_percentage_has_a_term_whose_range_holds_it(whole: int) -> None:
    low, high = ICD_203[likelihood(whole / 100)]
    assert low <= whole <= high


def test_word_and_printed_percentage_never_disagree() -> None:
    for per_mille in range(1001):
        probability = per_mille / 1000
        printed, word = percent(probability), likelihood(probability)
        digits = int("".join(c for c in printed if c.isdigit()))
        low, high = ICD_203[word]
        if printed[0] in "<>" or digits in (0, 100):
            assert word == ("almost no chance" if probability < 0.5 else "almost certain")
        else:
            assert low <= digits <= high, printed


@pytest.mark.parametrize("nothing", [None, math.nan, math.inf])
def test_an_absent_figure_is_unknown_never_a_number(nothing: float | None) -> None:
    assert {likelihood(nothing), percent(nothing), number(nothing)} == {UNKNOWN}
    assert measure(nothing, "km") == measure(nothing, "share") == UNKNOWN
    assert span(nothing, 1.0, "km") == ""


def test_only_exact_ends_print_as_none_or_all() -> None:
    assert percent(0.0).startswith("0")
    assert percent(1.0).startswith("100")
    assert percent(0.0004).startswith("<1")
    assert percent(0.9996).startswith(">99")


def test_numbers_units_and_bands() -> None:
    assert number(12_345) == "12\u202f345"
    assert number(-3.25) == "\u22123.25"
    assert measure(456.63, "km") == "457\u00a0km"
    assert measure(1.5333, "ratio") == "1.53"
    assert band(Band(0.2, 0.5, 0.9), "share") == "50\u202f% (20 to 90\u202f%)"
    assert band(Band(4, 6, 10), "m") == "6\u00a0m (4 to 10)"
    assert band(None, "m") == UNKNOWN


@pytest.mark.parametrize(
    ("value", "told"),
    [(-0.51, "\u221251 points"), (0.014, "+1 point"), (-0.01, "\u22121 point"), (0.004, "0 points"),
     (0.11, "+11 points"), (None, "unknown")],
)  # fmt: skip
def test_a_change_of_a_probability_is_told_in_points(value: float | None, told: str) -> None:
    assert measure(value, CHANGE).replace("\u00a0", " ") == told
    assert "%" not in span(value, value, CHANGE)


def test_counts_and_lists() -> None:
    assert (count(1, "unit"), count(7, "unit")) == ("one unit", "seven units")
    assert count(148, "claim") == "148 claims"
    assert listed(["a", "b", "c"]) == "a, b and c"


def test_text_that_hides_what_is_written_is_made_plain() -> None:
    assert plain("a\u202eb\x00c\ud800\u2066d\ufeff é") == "abcd é"
