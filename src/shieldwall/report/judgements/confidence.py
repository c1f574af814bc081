"""How sure a judgement is: one table, and its level in words.

| level    | when                                                                               |
|----------|------------------------------------------------------------------------------------|
| low      | any of: fewer than 2 independent origins; one source or one family alone; a band   |
|          | wider than 40 points, or than 30 where what a single source does is not worked out |
|          | or the nearest figure moves by more than 20; one source moves it by more than 20   |
|          | points; all that speaks of it weighs less than 1 bit; an assumption decides more   |
|          | of it than evidence could                                                          |
| high     | all of: at least 3 origins; at least 2 families, which agree; a band narrower than |
|          | 20 points; no source moves it, or the nearest figure, by 10 points; all of these   |
|          | worked out                                                                         |
| moderate | anything else: what is not worked out never makes it high                          |
| none     | not judged: there is no figure, or no origin speaks of it                          |

The nearest figure is named where agreement and what a single source does were not worked out of
the thing itself: of raids and cover, the presence of any one of their units; of the supplier's
people at the consoles, the host's operating it alone. A small move of it counts as one of the
thing; a large one keeps confidence from being high, and is no proof that the thing would move.

Origins that speak of the supplier's mission as a whole are told apart and not counted.

A wide band does not silence a judgement: the likelihood is already averaged over what is not known,
and the width is told as what it is, a reason for low confidence.

ICD 203 (ODNI 2015, D.6.e.2) asks for the basis of confidence (number, quality and agreement of
sources; assumptions; gaps) and for its own sentence. It gives no numbers: these are house rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shieldwall.report.judgements.records import ITSELF, Confidence, Level, Support
from shieldwall.report.words import count, is_known, listed, number


@dataclass(frozen=True)
class Limits:
    """The numbers of the table, 0 to 1 where they are probabilities."""

    few_origins: float = 2.0
    many_origins: float = 3.0
    families: int = 2
    wide: float = 0.4
    wide_untried: float = 0.3
    """Of a band, where what a single source does is not worked out."""
    narrow: float = 0.2
    moves: float = 0.2
    stays: float = 0.1
    bits: float = 1.0
    slack: float = 0.05
    """Expected origins fall short of whole ones by small odds of a relay: so much is forgiven."""


LIMITS = Limits()
_SHOWN_MOVE = 0.005
_ALONE = "one source alone"
_MISSION = "the supplier’s mission as a whole"


def cannot(probability: float | None, found: Support) -> str:
    """Why it cannot be judged, as a sentence; empty where it can."""
    if probability is None or not is_known(probability):
        return "No figure was made for it."
    if found.origins + found.mission <= LIMITS.slack:
        return "No independent origin speaks of it: the figure is what was assumed beforehand."
    return ""


def rate(found: Support) -> Confidence:
    """Level and reason by the table."""
    low = list(_lowers(found))
    short = [] if low else list(_short(found))
    level: Level = "low" if low else "moderate" if short else "high"
    told = f"Confidence is {level}"
    if low:
        told += f": {listed(low)}"
    elif short:
        told += f", and not high: {listed(short)}"
    return Confidence(level, f"{told}. {_facts(found, _ALONE in told)}", found)


def unrated(why: str, found: Support) -> Confidence:
    """Of what cannot be judged: the reason, and what there is."""
    facts = f" {_facts(found)}" if found.origins + found.mission > LIMITS.slack else ""
    return Confidence(None, f"{why}{facts}", found)


def _lowers(found: Support) -> Iterator[str]:
    """Rows that make it low."""
    if found.origins <= LIMITS.slack:
        yield f"no independent origin speaks of it itself, only of {_MISSION}"
    elif found.origins < LIMITS.few_origins - LIMITS.slack:
        yield "fewer than two independent origins speak of it"
    elif found.sources == 1:
        yield "one source alone speaks of it"
    elif len(found.families) < LIMITS.families:
        yield "one family of sources alone speaks of it"
    if found.band is not None and found.band > LIMITS.wide:
        yield f"the band is {in_points(found.band)} wide"
    elif found.band is not None and found.band > LIMITS.wide_untried and _untried(found):
        yield f"the band is {in_points(found.band)} wide"
        yield _one_source(found)
    if found.what == ITSELF and found.leave_out is not None and found.leave_out > LIMITS.moves:
        yield _one_source(found)
    if found.bits is not None and abs(found.bits) < LIMITS.bits:
        yield "all that speaks of it, for and against, comes to less than one bit"
    if found.assumed:
        yield found.assumed


def _short(found: Support) -> Iterator[str]:
    """Rows that keep it from being high."""
    if found.origins < LIMITS.many_origins - LIMITS.slack:
        yield "fewer than three independent origins speak of it"
    if found.agree is None:
        yield "whether families of sources agree on it is not worked out"
    elif not found.agree:
        yield "families of sources are divided"
    if found.band is None:
        yield "it has no band"
    elif found.band >= LIMITS.narrow:
        yield f"the band is {in_points(found.band)} wide"
    if found.leave_out is None or found.leave_out >= LIMITS.stays:
        yield _one_source(found)


def _untried(found: Support) -> bool:
    """Whether a single source may move it far, for all that was worked out."""
    if found.leave_out is None:
        return True
    return found.what != ITSELF and found.leave_out > LIMITS.moves


def _one_source(found: Support) -> str:
    if found.leave_out is None:
        return "what a single source does to it is not worked out"
    return f"{_ALONE} {_moved(found)} by {in_points(found.leave_out)}"


def _moved(found: Support) -> str:
    near = "" if found.what == ITSELF else ", the nearest that is worked out,"
    return f"moves {found.what}{near}"


def _facts(found: Support, told: bool = False) -> str:
    """What stands behind it, as a sentence; ``told``: what a source does was said before."""
    if found.origins <= LIMITS.slack:
        return f"Behind {_MISSION} {_stand(found.mission)}."
    said = f"Behind {found.behind} {_stand(found.origins)} {_of_families(found)}"
    if found.sources == 1 and round(found.origins, 1) != 1:
        said += ", all from one source"
    if found.mission > LIMITS.slack:
        said += f", and behind {_MISSION} {_stand(found.mission)}"
    if not told and found.leave_out is not None and found.leave_out >= _SHOWN_MOVE:
        said += f"; leaving out the strongest source {_moved(found)} by "
        said += in_points(found.leave_out)
    return f"{said}."


def _stand(origins: float) -> str:
    one = round(origins, 1) == 1
    return (
        f"{'stands' if one else 'stand'} {number(origins, 1)} independent "
        f"{'origin' if one else 'origins'}"
    )


def _of_families(found: Support) -> str:
    """``of two families (press and statement, which agree)``."""
    alike = f", which {'mostly ' if found.against else ''}agree" if len(found.families) > 1 else ""
    agree = {True: alike, False: ", divided", None: ""}
    families = count(len(found.families), "family", "families")
    return f"of {families} ({listed(found.families)}{agree[found.agree]})"


def in_points(share: float) -> str:
    """A difference of shares in percentage points."""
    whole = round(100 * abs(share))
    return "less than one point" if whole == 0 else count(whole, "point")
