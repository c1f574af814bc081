"""The date of the report: found where it is stated, refused where it is not sure."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from shieldwall.errors import InputError
from shieldwall.evidence.documents import DateFinding, read_document
from shieldwall.evidence.documents.printed import dates_in

PROSE = "Five launchers and one radar were seen at the airbase on Wednesday, a company said."


def dated(line: str, address: str | None = None, retrieved: datetime | None = None) -> DateFinding:
    text = f"Five launchers seen\n{line}\n{PROSE}\n{PROSE}\n{PROSE}\n"
    return read_document(text.encode(), "x.txt", address, retrieved).date


@pytest.mark.parametrize(
    "line",
    [
        "20 March 2019", "By A. Ruiz | 20 March 2019", "March 20, 2019", "Published: 2019-03-20",
        "Published 20.03.2019, 14:30", "Miércoles, 20 de marzo de 2019", "Publié le 20 mars 2019",
        "20 марта 2019, 15:30", "Опубликовано 20.03.2019", "20 березня 2019", "20 de março de 2019",
        "Mittwoch, 20. März 2019", "Yayın tarihi: 20 Mart 2019", "20 marzo 2019", "20 مارس 2019",
        "Posted on 20th March 2019 at 10:00", "2019/03/20", "20/03/2019", "03/20/2019",
    ],
)  # fmt: skip
def test_bylines_in_many_languages(line: str) -> None:
    found = dated(line)
    assert (found.date, found.precision, found.place) == (date(2019, 3, 20), "day", "byline")


@pytest.mark.parametrize("line", ["03/04/2019", "Published: 03/04/2019", "03-04-2019"])
def test_an_ambiguous_date_is_said_not_guessed(line: str) -> None:
    found = dated(line)
    assert found.date is None
    assert "3 April 2019 or 4 March 2019" in found.reason
    assert [c.usable for c in found.candidates] == [False]


def test_dots_are_day_first() -> None:
    assert dated("03.04.2019").date == date(2019, 4, 3)


def test_a_month_is_a_month() -> None:
    found = dated("March 2019")
    assert (found.date, found.precision) == (date(2019, 3, 1), "month")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Updated 20 March 2019", "date of change"),
        ("© 2019 Some Site", "copyright"),
        ("31 February 2019", "no day of the calendar"),
        ("March 20", "states no year"),
        ("20-03-19", "two digits"),
    ],
)
def test_dates_that_are_not_the_reports(line: str, said: str) -> None:
    found = dated(line)
    assert found.date is None
    assert said in found.reason


def test_a_date_in_a_headline_or_paragraph_is_an_event() -> None:
    found = dated("What we know about the strike of 20 March 2019 on the airbase in the south")
    assert (found.date, found.candidates) == (None, ())


def test_dateline() -> None:
    text = f"Launchers seen\nCARACAS, March 24, 2019 (Reuters) - {PROSE}\n{PROSE}\n"
    assert read_document(text.encode(), "x").date.date == date(2019, 3, 24)


def test_comment_dates_are_listed_and_not_used() -> None:
    comments = "View all comments\n28-01-2021 13:39\nThat will teach them\n"
    text = f"Launchers seen\n{PROSE}\n{PROSE}\n{PROSE}\n{comments}"
    found = read_document(text.encode(), "x").date
    assert found.date is None
    assert [(c.date, c.usable) for c in found.candidates] == [(date(2021, 1, 28), False)]
    assert "reader comment" in found.reason


def test_addresses() -> None:
    assert dated("", "https://a.example/2019/03/24/x").date == date(2019, 3, 24)
    month = dated("", "https://a.example/2019/03/x")
    assert (month.date, month.precision) == (date(2019, 3, 1), "month")
    assert dated("", "https://a.example/id/20199924").date is None


def test_places_that_agree_and_places_that_do_not() -> None:
    agreed = dated("24 March 2019", "https://a.example/2019/03/23/x")
    assert agreed.date == date(2019, 3, 24)
    assert "2 places agree" in agreed.reason
    finer = dated("24 March 2019", "https://a.example/2019/03/x")
    assert (finer.date, finer.precision) == (date(2019, 3, 24), "day")
    apart = dated("24 March 2019", "https://a.example/2019/05/02/x")
    assert apart.date is None
    assert apart.reason == "dates disagree: byline 24 March 2019 against URL 2019/05/02"
    assert len(apart.candidates) == 2


def test_a_date_after_retrieval_is_refused() -> None:
    early = datetime(2019, 3, 1, tzinfo=UTC)
    assert "after the document was retrieved" in dated("24 March 2019", None, early).reason
    assert dated("1 March 2019", None, early).date == date(2019, 3, 1)


def test_retrieval_needs_its_zone() -> None:
    with pytest.raises(InputError, match="offset from UTC"):
        read_document(b"x", "x", None, datetime(2019, 3, 1))


def test_printed_dates_keep_their_place_in_the_line() -> None:
    found = [
        (p.text, p.date) for p in dates_in("from 1 May 2019 to the 2nd of June 2020; 7 apples")
    ]
    assert found == [("1 May 2019", date(2019, 5, 1)), ("2nd of June 2020", date(2020, 6, 2))]
