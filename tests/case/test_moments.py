"""Published times."""

# ruff: noqa: E501  (a table reads better with one case a line)

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from shieldwall.case.moments import parse_moment, surely_before


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2019", datetime(2019, 1, 1), datetime(2020, 1, 1), "year"),
        ("2019-12", datetime(2019, 12, 1), datetime(2020, 1, 1), "month"),
        ("2020-02-29", datetime(2020, 2, 29), datetime(2020, 3, 1), "day"),
        ("2019-03-24T10:00-04:00", datetime(2019, 3, 24, 14), datetime(2019, 3, 24, 14, 1), "minute"),
        # validation.md: converted, not replaced
        (
            "2019-03-24T10:00:00-04:00",
            datetime(2019, 3, 24, 14),
            datetime(2019, 3, 24, 14, 0, 1),
            "second",
        ),
        ("2019-03-24T22:30Z", datetime(2019, 3, 24, 22, 30), datetime(2019, 3, 24, 22, 31), "minute"),
        ("2019-03-24T02:30+05:45", datetime(2019, 3, 23, 20, 45), None, "minute"),
    ],
)  # fmt: skip
def test_forms(text, start, end, precision):
    moment = parse_moment(text)
    assert moment.text == text
    assert moment.start == start.replace(tzinfo=UTC)
    assert moment.precision == precision
    if end is not None:
        assert moment.end == end.replace(tzinfo=UTC)


def test_toml_dates_are_times_too():
    assert parse_moment(date(2019, 3, 20)) == parse_moment("2019-03-20")
    caracas = datetime(2019, 3, 24, 10, 0, tzinfo=timezone(timedelta(hours=-4)))
    assert parse_moment(caracas).start == datetime(2019, 3, 24, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("2019-02-30", "no such date"),
        ("2019-13", "no such date"),
        ("2019-03-24T24:00Z", "no such date"),
        ("2019-03-24T10:00", "offset"),
        (datetime(2019, 3, 24, 10), "offset"),
        ("2019-03-24T10:00+15:00", "offset"),
        ("2019-03-24T10:00+01:75", "offset"),
        ("24.03.2019", "is not a time"),
        ("2019-03-24T10:00:00.5Z", "is not a time"),
        ("２０１９", "is not a time"),
        ("0001-01-01", "year"),
        ("9999", "year"),
        ("", "is not a time"),
        (2019, "must be a time"),
        (True, "must be a time"),
    ],
)
def test_what_is_no_time(value, says):
    with pytest.raises(ValueError, match=says):
        parse_moment(value)


@pytest.mark.parametrize(
    ("first", "second", "before"),
    [
        ("2019-03-20", "2019-03-21", True),
        ("2019-03-20", "2019-03-20", False),
        ("2019-03", "2019-03-24", False),
        ("2019-03", "2019-04-01", True),
        ("2019-03-24T13:59Z", "2019-03-24T10:00-04:00", True),
        ("2019-03-24T14:00Z", "2019-03-24T10:00-04:00", False),
        # the 24th at Caracas lasts into the 25th in UTC
        ("2019-03-24", "2019-03-24T22:00-04:00", False),
        ("2019-03-24", "2019-03-25T22:00-04:00", True),
    ],
)
def test_order_within_precision(first, second, before):
    assert surely_before(parse_moment(first), parse_moment(second)) is before
