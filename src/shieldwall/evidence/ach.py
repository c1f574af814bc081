"""Competing hypotheses: how far each observation moves each answer to a question, in bits.

An observation O is as sure as the claims that report it. With likelihood p = P(O | hypothesis) and
the claims' likelihood ratio r (how much likelier they are made where O was so than where it was
not), what we hold has the likelihood r p + (1 - p), up to a constant (Pearl 1988, section 2.2.2,
virtual evidence): r = 1 says nothing, however telling O would be, and a large r gives p its full
force. A cell is the base-2 logarithm of that against its mean over the other hypotheses, weighted
by their priors, so that cell and prior odds of one row make its posterior odds. Rows are taken as
independent given the hypothesis: an observation coded twice counts twice.

Who repeats whom, and that a source is one witness, is counted as everywhere (``witness.py``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from shieldwall.case.assumed import in_force
from shieldwall.case.question_records import Expectation, Hypothesis, Question
from shieldwall.case.records import Assumption, Band, Case, Claim
from shieldwall.draws import band_over, stream
from shieldwall.evidence.assumptions import RELIABILITY
from shieldwall.evidence.records import STATED, Evidence, Weight
from shieldwall.evidence.witness import Hearing, spoken_ratio, witnesses
from shieldwall.written import percent

Floats = NDArray[np.float64]

DRAWS = 2_000
"""Draws of the likelihoods inside their bands: a 90 % interval to about one part in a hundred."""

UTTERED = Band(10.0, 20.0, 50.0)
"""Likelihood ratio of a public refusal, denial or vain look having been made, where it is reported:
the observation is the act, not what it is about. Such acts are public and seldom invented; the
figure says one in twenty is, and no study of it was found."""

STEADY = 0.9
"""Share of the draws in which the leader must lead to be called steady."""

DEFAULTS = (
    Assumption(
        "ach_uttered",
        "A refusal, denial or vain look that a source tied to the truth tells of was made.",
        UTTERED,
        "likelihood ratio",
        "Such acts are public and seldom invented; what they are about is another matter.",
        "evidence/ach.py",
    ),
    Assumption(
        "ach_independent", "Observations are independent given the answer.", None, "",
        "They are coded as separate things; one coded twice would count twice.",
        "evidence/ach.py",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """One observation under one hypothesis."""

    hypothesis: str
    likelihood: Band
    """As coded: the chance of observing it, were the hypothesis true."""
    bits: Band
    """For (above 0) or against, beside the prior-weighted mean of the others; 90 % band."""


@dataclass(frozen=True)
class Row:
    """One observation."""

    id: str
    observation: str
    reason: str
    claims: tuple[str, ...]
    """Those of its claims that may be read on the as-of date."""
    origins: float
    """Expected number of independent origins among them."""
    ratio: Band
    """How much likelier its claims are made where it was so; 1 says nothing."""
    cells: tuple[Cell, ...]
    """One for each hypothesis, in the order of the question."""
    diagnosticity: float
    """Bits between the hypothesis it favours most and the one it favours least."""
    without: tuple[float, ...]
    """Posterior of each hypothesis were this row left out."""


@dataclass(frozen=True)
class Standing:
    """Where a hypothesis stands."""

    hypothesis: str
    text: str
    prior: float
    posterior: Band
    """At the likely figures, with the 5th and 95th percentile over the bands."""
    leads: float
    """Share of the draws in which it is the likeliest."""


@dataclass(frozen=True)
class Matrix:
    """A question answered as far as the evidence goes."""

    question: str
    text: str
    rows: tuple[Row, ...]
    """In the order of the case."""
    standings: tuple[Standing, ...]
    leader: str | None
    """The likeliest hypothesis; ``None`` where two are alike."""
    steady: bool
    """Whether it leads in nearly all draws."""
    turns_on: tuple[str, ...]
    """Observations without which another would lead; failing that, the one that moves it most."""
    baseline: str = "the mean of the other hypotheses, weighted by their priors"


def matrix(case: Case, evidence: Evidence, question: Question) -> Matrix:
    """The matrix of one question, computed from the bands and the weight of the claims.

    Order and splitting of relays change nothing; draws come from the case's seed, one stream for
    each row.
    """
    priors = _priors(question.hypotheses)
    uttered = in_force(case, DEFAULTS)["ach_uttered"].band or UTTERED
    hearing = _heard(case, evidence, uttered)
    weighed = {e.id: _weighed(hearing, e) for e in question.expectations}
    middle = {e.id: _likelihoods(question, e, weighed[e.id][2]) for e in question.expectations}
    drawn = {e.id: _drawn(case, question, e, weighed[e.id][2]) for e in question.expectations}
    posterior = _posterior(priors, list(middle.values()))[0]
    over = _posterior(priors, list(drawn.values()))
    rows = tuple(
        _row(question, e, weighed[e.id], priors, middle, drawn[e.id]) for e in question.expectations
    )
    ahead = over.argmax(axis=1)
    low, high = band_over(over)
    standings = tuple(
        Standing(
            h.id, h.text, float(priors[i]),
            Band(float(low[i]), float(posterior[i]), float(high[i])),
            float(np.mean(ahead == i)),
        )
        for i, h in enumerate(question.hypotheses)
    )  # fmt: skip
    leader = _leader(standings)
    found = Matrix(question.id, question.text, rows, standings, leader, False, ())
    if leader is None:
        return found
    steady = next(s.leads for s in standings if s.hypothesis == leader) >= STEADY
    return replace(found, steady=steady, turns_on=_turns_on(found))


def in_words(found: Matrix) -> str:
    """What the matrix says, in two sentences."""
    texts = {s.hypothesis: s for s in found.standings}
    if found.leader is None:
        return "No answer leads: the observations bear them out alike."
    best = texts[found.leader]
    band = best.posterior
    hold = "in nearly all draws" if found.steady else f"in {percent(best.leads)} of the draws only"
    first = (
        f"Likeliest: {best.text.rstrip('.')} ({percent(band.likely)}, {percent(band.low)} "
        f"to {percent(band.high)}), {hold}."
    )
    names = {r.id: r.observation.rstrip(".") for r in found.rows}
    turning = "; ".join(names[id] for id in found.turns_on)
    flips = any(_first(r.without) != _index(found) for r in found.rows if r.id in found.turns_on)
    how = "Another would lead without" if flips else "It leans most on"
    return f"{first} {how}: {turning}." if turning else first


def _priors(hypotheses: tuple[Hypothesis, ...]) -> Floats:
    """Priors as given; what is left is shared evenly among those left open."""
    given = math.fsum(h.prior for h in hypotheses if h.prior is not None)
    open_ = sum(h.prior is None for h in hypotheses)
    share = max(0.0, 1.0 - given) / open_ if open_ else 0.0
    return np.array([share if h.prior is None else h.prior for h in hypotheses])


def _heard(case: Case, evidence: Evidence, uttered: Band) -> Hearing:
    """The evidence as observations read it: a refusal, a denial or a vain look is an act.

    What an observation is, all its claims have in common, whatever else each is about.
    """
    acts = {c.id: c for c in evidence.claims if c.modality not in STATED}
    weights = tuple(
        _act(w, _made(evidence, acts[w.claim], uttered)) if w.claim in acts else w
        for w in evidence.weights
    )
    return Hearing(case, replace(evidence, weights=weights), lambda *_: True, foretold=True)


def _act(weight: Weight, ratio: Band) -> Weight:
    hit = ratio.middle / (1 + ratio.middle)
    return replace(weight, hit=hit, false_alarm=1 - hit, ratio=ratio)


def _weighed(hearing: Hearing, expected: Expectation) -> tuple[tuple[str, ...], float, Band]:
    """Usable claims, independent origins and the joint likelihood ratio of an observation."""
    evidence = hearing.evidence
    claims = tuple(c for c in expected.claims if evidence.has(c))
    told = hearing.voices(hearing.topic(evidence.claim(c) for c in claims))
    ratios = [spoken_ratio(v, evidence.weight(v.speaker)) for v in witnesses(told)]
    low, likely, high = (
        math.exp(math.fsum(sorted(math.log(max(end, 1e-6)) for end in ends)))
        for ends in (
            [r.low for r in ratios], [r.middle for r in ratios], [r.high for r in ratios]
        )
    )  # fmt: skip
    band = Band(min(low, likely), likely, max(high, likely))
    return claims, evidence.lineage.effective(claims), band


def _made(evidence: Evidence, claim: Claim, uttered: Band) -> Band:
    """Likelihood ratio of an act of speech having been made, where this source tells of it.

    A source not tied to the truth tells of acts alike whether made or not: with t its chance of
    being tied, the ratio is t ``uttered`` + (1 - t); a source that cannot be judged says nothing.
    """
    t = RELIABILITY[evidence.channel(claim.source).computed].middle
    low, likely, high = (t * r + (1 - t) for r in (uttered.low, uttered.middle, uttered.high))
    return Band(low, likely, high)


def _likelihoods(question: Question, expected: Expectation, ratio: Band) -> Floats:
    """(1, hypotheses): what we hold, at the likely figures."""
    likely = [expected.likelihood[h.id].middle for h in question.hypotheses]
    p: Floats = np.array([likely])
    return ratio.middle * p + (1.0 - p)


def _drawn(case: Case, question: Question, expected: Expectation, ratio: Band) -> Floats:
    """(draws, hypotheses): the same over the bands, each figure from a stream of its own."""
    name = f"{question.id}/{expected.id}"
    p = np.stack(
        [
            _triangle(case.seed, f"ach/{name}/{h.id}", expected.likelihood[h.id])
            for h in question.hypotheses
        ],
        axis=1,
    )
    logs = Band(math.log(ratio.low), math.log(ratio.middle), math.log(ratio.high))
    r = np.exp(_triangle(case.seed, f"ach/{name}/ratio", logs))[:, None]
    return r * p + (1 - p)


def _triangle(seed: int, name: str, band: Band) -> Floats:
    if band.high <= band.low:
        return np.full(DRAWS, band.low)
    found: Floats = stream(seed, name).triangular(band.low, band.middle, band.high, DRAWS)
    return found


def _posterior(priors: Floats, rows: list[Floats]) -> Floats:
    """(draws, hypotheses). Sums of logarithms in a fixed order: rows may come in any."""
    with np.errstate(divide="ignore"):
        total = np.log(priors)[None, :]
        logs = [np.log(row) for row in rows]
    if logs:
        # Sorted cell by cell, so that the sum has the same bytes in any order of the rows.
        total = total + np.sort(np.stack(logs), axis=0).sum(axis=0)
    scaled = np.exp(total - total.max(axis=1, keepdims=True))
    found: Floats = scaled / scaled.sum(axis=1, keepdims=True)
    return found


def _row(
    question: Question,
    expected: Expectation,
    weighed: tuple[tuple[str, ...], float, Band],
    priors: Floats,
    middle: dict[str, Floats],
    drawn: Floats,
) -> Row:
    claims, origins, ratio = weighed
    bits, over = _bits(priors, middle[expected.id])[0], _bits(priors, drawn)
    low, high = band_over(over)
    logs = np.log2(middle[expected.id][0])
    rest = [row for id, row in middle.items() if id != expected.id]
    return Row(
        id=expected.id,
        observation=expected.observation,
        reason=expected.reason,
        claims=claims,
        origins=origins,
        ratio=ratio,
        cells=tuple(
            Cell(
                h.id, expected.likelihood[h.id], Band(float(low[i]), float(bits[i]), float(high[i]))
            )
            for i, h in enumerate(question.hypotheses)
        ),
        diagnosticity=float(logs.max() - logs.min()),
        without=tuple(float(p) for p in _posterior(priors, rest)[0]),
    )


def _bits(priors: Floats, likelihoods: Floats) -> Floats:
    """log2 of each likelihood against the prior-weighted mean of the others; same shape."""
    joint = likelihoods * priors
    others = (joint.sum(axis=1, keepdims=True) - joint) / (1 - priors)
    found: Floats = np.log2(likelihoods / others)
    return found


def _leader(standings: tuple[Standing, ...]) -> str | None:
    ranked = sorted(standings, key=lambda s: -s.posterior.middle)
    if len(ranked) > 1 and ranked[0].posterior.middle - ranked[1].posterior.middle < 1e-9:
        return None
    return ranked[0].hypothesis


def _turns_on(found: Matrix) -> tuple[str, ...]:
    lead = _index(found)
    flips = tuple(r.id for r in found.rows if _first(r.without) != lead)
    if flips or not found.rows:
        return flips
    now = found.standings[lead].posterior.middle
    return (max(found.rows, key=lambda r: (abs(now - r.without[lead]), r.id)).id,)


def _index(found: Matrix) -> int:
    return next(i for i, s in enumerate(found.standings) if s.hypothesis == found.leader)


def _first(shares: tuple[float, ...]) -> int:
    return max(range(len(shares)), key=lambda i: (shares[i], -i))
