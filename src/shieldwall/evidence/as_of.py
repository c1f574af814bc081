"""What may be read: nothing published after the date a case stands at."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from shieldwall.case.records import Claim


def usable(claim: Claim, as_of: date) -> bool:
    """True if the claim could have been read on ``as_of``: published, or else seen, by its end.

    An undated claim is usable: its date is unknown, not late.
    """
    moment = claim.publication or claim.acquisition or claim.event
    end_of_day = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC) + timedelta(days=1)
    return moment is None or moment.start < end_of_day
