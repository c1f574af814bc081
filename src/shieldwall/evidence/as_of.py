"""What may be read: nothing published after the date a case stands at."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from shieldwall.case.records import Case, Claim, Moment
from shieldwall.errors import UsageError
from shieldwall.evidence.later import cited


def usable(claim: Claim, case: Case) -> bool:
    """True if the claim could have been read by the end of the as-of date: published, or seen.

    At the date it was coded for, the analyst vouches for the case: an undated claim is usable (its
    date is unknown, not late), and so is one dated to a month that was not over; not so what is
    coded as repeating a claim that came later. On a day that was asked for only what was surely
    published by then is; of the case's own claims ``as_it_stood`` has left no others.
    """
    if case.earlier:
        return case.has(claim.id) or _surely(claim.publication, case.as_of)
    at: Claim | None = claim
    while at is not None:
        known = readable_from(at)
        if known is not None and known.start >= _end(case.as_of):
            return False
        at = None if at.relays is None or not case.has(at.relays) else case.claim(at.relays)
    return True


def readable_from(claim: Claim) -> Moment | None:
    """When it could first be read: published, failing that seen, failing that when it happened.

    Not when what it says was so (``witness.dated``), which comes before it is told.
    """
    return claim.publication or claim.acquisition or claim.event


def as_it_stood(case: Case, on: date) -> Case:
    """The case as it could have been known on a day: other claims are not in it at all.

    Only what was surely published by the end of the day is kept: a claim without a date of
    publication is not, nor one dated to a month that was not over. What a claim that is kept
    repeats was said before it, and is kept too. Transfers go by their publication, or where that is
    unknown by their delivery; that a country makes a system itself, by whether a claim that is kept
    speaks of the system; acts of the record of pressure by their date. Events foretold are
    asked on an earlier day only if they were registered by then, and questions only if they name
    nothing that is left out: what is asked is what somebody knew who wrote later. Grades, holdings,
    signs and their chances stay as the analyst wrote them, in the light of what was known later.
    Raises ``UsageError`` for a day after the case's own.
    """
    if on > case.as_of:
        raise UsageError(
            f"--as-of {on}: the case was coded to stand at {case.as_of}; set as_of in case.toml"
        )
    kept: set[str] = set()
    for claim in case.claims:
        at: Claim | None = claim if _surely(claim.publication, on) else None
        while at is not None and at.id not in kept:
            kept.add(at.id)
            at = None if at.relays is None else case.claim(at.relays)
    claims = tuple(c for c in case.claims if c.id in kept)
    pressure = tuple(e for e in case.pressure if _surely(e.date, on))
    spoken = {c.system for c in claims}
    gone = frozenset(
        ({c.id for c in case.claims} - kept) | {e.id for e in case.pressure if e not in pressure}
    )
    return replace(
        case,
        as_of=on,
        earlier=True,
        claims=claims,
        pressure=pressure,
        transfers=tuple(
            t for t in case.transfers
            if (t.system in spoken if t.domestic else _surely(t.published or t.delivered, on))
        ),
        questions=tuple(q for q in case.questions if on == case.as_of or not cited(q, gone)),
        foretold=tuple(
            f for f in case.foretold
            if on == case.as_of or (f.registered is not None and f.registered <= on)
        ),
        outcomes=(),
    )  # fmt: skip


def _surely(moment: Moment | None, on: date) -> bool:
    return moment is not None and moment.end <= _end(on)


def _end(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
