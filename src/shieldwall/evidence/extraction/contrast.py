"""What negation leaves standing: exceptions (``X, but not Y``), and denials of an absence."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from shieldwall.case.records import Modality
from shieldwall.evidence.extraction.lexicon import words
from shieldwall.evidence.extraction.scan import Scan

_EXCEPTIVE = words("modality", "exceptive")
_CONFIRMING = tuple(sorted(words("modality", "confirming")))
_BETWEEN = words("modality", "between")
_STATIONED = words("modality", "stationed")
_BUYERS = words("modality", "buyers")
_REMAINING = words("modality", "remaining")
"""Behind ``left`` these say that nothing remained: ``no launchers left in Caracas``."""
_CONTRAST = words("modality", "contrast")
_BUT = _CONTRAST | words("modality", "and")
_REACH = 5
"""Words between the negation and what it sets apart: ``but not any launchers of the S-300``."""


@dataclass(frozen=True, slots=True)
class Exceptive:
    """A negation at word ``at`` that sets the words up to ``stop`` apart from the rest."""

    at: int
    stop: int
    modality: Modality


def exceptions(scan: Scan, low: int, high: int, named: Container[int]) -> list[Exceptive]:
    """Negations of a thing or a place, not of a verb; ``named`` are the words where one begins.

    After a verb of confirming what is set apart is not confirmed, else it is denied.
    """
    found = []
    for i in range(low, high):
        if scan.words[i] not in _EXCEPTIVE or not _before_name(scan, i, high, named):
            continue
        if scan.words[i] == "no" and "no" in scan.words[low:i]:
            continue  # a row of absences: no launchers, no radars
        stop = _end(scan, i + 1, high)
        opened = i > low and (scan.word(i - 1) in _BUT or "," in scan.gap(i))
        if opened or (stop < high and scan.word(stop) in _BUT and scan.word(stop + 1) != "not"):
            confirmed = any(w.startswith(_CONFIRMING) for w in scan.words[low:i])
            found.append(Exceptive(i, stop, "not confirmed" if confirmed else "denied"))
    return found


def _before_name(scan: Scan, i: int, high: int, named: Container[int]) -> bool:
    """True if only small words and counted nouns stand between the negation and a name."""
    for at in range(i + 1, min(high, i + 1 + _REACH)):
        if "," in scan.gap(at) or ";" in scan.gap(at):
            return False
        if at in named:
            return True
        if scan.word(at) not in _BETWEEN and not scan.within("unit", at, at + 1):
            return False
    return False


def _end(scan: Scan, at: int, high: int) -> int:
    """The comma, word of contrast or verb that closes what is set apart."""
    for i in range(at + 1, high):
        gap = scan.gap(i)
        if "," in gap or ";" in gap or ": " in gap or " - " in gap:
            return i
        if scan.word(i) in _CONTRAST or scan.within("present", i, i + 1):
            return i
    return high


def absence(scan: Scan, first: int, stop: int) -> bool:
    """True if the first predicate of the words is one of absence: ``out of service``, ``lost``.

    ``launchers based at Maracay`` is none, and what was sold to somebody is there, with him.
    """
    gone = [
        h for h in scan.within("absence", first, stop)
        if not (h.entry.written == "left" and _remains(scan, h.stop))
    ]  # fmt: skip
    if not gone:
        return False
    h = gone[0]
    if "sold" in h.entry.written and scan.word(h.stop) in _BUYERS:
        return False
    return not any(
        p.first < h.first and scan.word(p.first) not in _STATIONED
        and p.entry.written not in ("have", "было", "были", "був", "було")
        for p in scan.within("present", first, h.first)
    )  # fmt: skip


def _remains(scan: Scan, at: int) -> bool:
    return scan.word(at) in _REMAINING or scan.gap(at) != " "
