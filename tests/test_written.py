"""How numbers, days and names are written, everywhere alike."""

from __future__ import annotations

from datetime import date

import pytest

from shieldwall.written import (
    FORMULA_STARTS,
    as_given,
    cell,
    day,
    from_cell,
    month_year,
    percent,
    points,
    short,
    signed,
)


@pytest.mark.parametrize(
    ("shown", "wanted"),
    [
        (signed(1.04), "+1.0"), (signed(-1.06), "\u22121.1"), (signed(-0.04), "0"),
        (signed(0.004, 2), "0"), (signed(10), "+10.0"), (signed(0.4, 0), "0"),
        (points(0.126), "+13"), (points(-0.004), "0"), (points(-0.1), "\u221210"),
        (points(0.1234, 1), "+12.3"),
        (percent(-0.012), "\u22121\u202f%"), (percent(-0.004), "0\u202f%"),
        (as_given(5000), "5\u202f000"), (as_given(12_000_000.0), "12\u202f000\u202f000"),
        (as_given(0.25), "0.25"), (as_given(-3.5), "\u22123.5"),
        (day(date(2019, 5, 3)), "3 May 2019"), (day(date(2019, 9, 13), brief=True), "13 Sep 2019"),
        (month_year(date(2019, 12, 1)), "December 2019"),
        (short("Calabozo, Guárico"), "Calabozo"), (short("AFP (2019)"), "AFP"), (short(", "), ", "),
    ],
)  # fmt: skip
def test_one_manner(shown: str, wanted: str) -> None:
    assert shown == wanted


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_a_cell_is_no_formula_and_comes_back_as_it_was(start: str) -> None:
    for text in (f"{start}1+1", f"'{start}", f"{start}{start}", f"a{start}"):
        assert not cell(text).startswith(("=", "+", "-", "@", "\t", "\r", "\ufeff"))
        assert from_cell(cell(text)) == text
