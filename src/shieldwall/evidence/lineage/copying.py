"""Who copies whom, from agreement alone: sources that give values on many items, without a text.

Every item has one true value. A source either looks for itself, with errors of its own (a confusion
matrix), or copies one other source with some probability and looks for itself otherwise. Copying
among sources is a forest, so the probability of what all say of an item, given its truth, is a
product over sources, and the truth sums out exactly:

    P(x) = sum_y P(y) prod_s [ c_s 1(x_s = x_parent(s)) + (1 - c_s) P_s(x_s | y) ]

Seven sources that agree because six copy one look just like seven good ones to any learner that
takes sources as independent (Dawid and Skene 1979). What tells them apart is the rest: under the
right truth all other sources fit without ties between them. So the search climbs from many first
guesses of the truth (votes with every bunch of alike sources counted once, alone or not at all) and
keeps what explains all reports best, by penalised exact likelihood (structural EM, Friedman 1998;
dependence of sources as in Dong, Berti-Equille, Srivastava, VLDB 2009).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from shieldwall.errors import InputError
from shieldwall.evidence.lineage.assumptions import COPYING, CopyingPriors

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

RATE = (1e-6, 1 - 1e-6)
"""Bounds of the copied share, for its logarithms."""
NOTHING = 1e-30
"""Smaller probabilities are nought: denormal numbers are a hundred times slower."""
ROUNDS, POLISH, KEPT = 6, 60, 4
"""Structure updates per first guess; EM steps of those kept; how many first guesses are kept."""


@dataclass(frozen=True)
class Copying:
    """What agreement alone tells of sources and items."""

    confusion: FloatArray
    """(sources, classes, classes): probability that a source, by itself, says v where y is true."""
    accuracy: FloatArray
    """(sources,): share right of what a source says by itself, over the classes' frequencies."""
    copies: FloatArray
    """(sources, sources): [s, p] is the probability that a report of s is copied from p."""
    posterior: FloatArray
    """(items, classes): probability of each value being the true one."""


@dataclass
class _Fit:
    """One explanation on the way: a truth, a forest and the sources' figures."""

    posterior: FloatArray
    parent: IntArray
    rate: FloatArray
    own: FloatArray
    share: FloatArray
    unseen: bool
    """True: copiers have also what their parent says of items on which it is silent here."""
    score: float = -np.inf


def learn(reports: IntArray, *, priors: CopyingPriors = COPYING, starts: int = 40) -> Copying:
    """The truth of every item and who copies whom.

    ``reports`` is (items, sources): classes from 0, or -1 where a source is silent. ``starts``
    bounds the first guesses tried. Same reports, same answer: no chance is involved. Raises
    ``InputError`` for a wrong shape or values below -1.
    """
    reports = np.asarray(reports, dtype=np.int64)
    if reports.ndim != 2 or not reports.size or reports.min() < -1 or reports.max() < 0:
        raise InputError(
            f"reports: shape {reports.shape} must be (items, sources) of classes 0, 1, ... or -1"
        )
    seen = _Seen(reports, int(reports.max()) + 1, priors)
    worlds = (False, True) if seen.silent.any() else (False,)
    fits = [_climb(seen, start, unseen) for start in _starts(seen)[:starts] for unseen in worlds]
    best = _distinct(fits)[:KEPT]
    polished = _distinct([_polish(seen, f) for f in best])
    weight = np.exp(np.array([f.score for f in polished]) - max(f.score for f in polished))
    return _mix(polished, weight / weight.sum())


class _Seen:
    """The reports as indicator arrays, with the counts that every step needs."""

    def __init__(self, reports: IntArray, classes: int, priors: CopyingPriors) -> None:
        self.reports, self.classes, self.priors = reports, classes, priors
        self.items, self.sources = reports.shape
        self.says = [(reports == v).astype(np.float64) for v in range(classes)]
        self.flat = np.concatenate(self.says, axis=1)
        self.silent = (reports < 0).astype(np.float64)
        self.shown = [np.stack([v[:, s] for v in self.says], axis=1) + self.silent[:, s, None]
                      for s in range(self.sources)]  # fmt: skip
        off = priors.own_weight * (1 - priors.own_accuracy) / max(1, classes - 1)
        self.pseudo = np.full((classes, classes), off)
        np.fill_diagonal(self.pseudo, priors.own_weight * priors.own_accuracy)

    def heard(self, s: int, fit: _Fit) -> FloatArray:
        """(items, 1, 1): the chance that s copies, item by item."""
        speaks = 1 - self.silent[:, int(fit.parent[s])]
        return np.asarray(fit.rate[s] * np.maximum(speaks, float(fit.unseen)))[:, None, None]

    def occam(self, counts: FloatArray, best: FloatArray) -> FloatArray:
        """Log of the mean over the best likelihood of counts (..., K, K): the cost of freedom.

        The mean is over the prior of the confusion (Cheeseman and Stutz 1996).
        """
        spread = log_gamma(counts + self.pseudo).sum(-1) - log_gamma((counts + self.pseudo).sum(-1))
        fixed = log_gamma(self.pseudo).sum(-1) - log_gamma(self.pseudo.sum(-1))
        return np.asarray((spread - fixed - (counts * np.log(best)).sum(-1)).sum(-1))

    def counts(self, q: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Expected counts given a truth, indexed by true class y and said class v.

        total (S, K, K); same (S, S, K, K): said by s and by p alike; both (S, S, K, K): said by s
        where p speaks too.
        """
        s, k = self.sources, self.classes
        same, both = np.empty((s, s, k, k)), np.empty((s, s, k, k))
        total = np.empty((s, k, k))
        for y in range(k):
            # einsum, not BLAS: its threads cost more than these small products
            weighted = self.flat * q[:, y, None]
            met = np.einsum("ni,nj->ij", weighted, self.flat).reshape(k, s, k, s)
            same[:, :, y, :] = np.einsum("vsvp->spv", met)
            both[:, :, y, :] = met.sum(axis=2).transpose(1, 2, 0)
            total[:, y, :] = weighted.sum(axis=0).reshape(k, s).T
        return total, same, both


def _normal(own: FloatArray, pseudo: FloatArray) -> FloatArray:
    raw = own + pseudo
    return np.asarray(raw / raw.sum(axis=-1, keepdims=True))


def _pairs(seen: _Seen, q: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """For each source s and possible parent p: penalised gain over looking for itself, rate, own.

    Only items on which both speak count. Also the confusion without any parent. The copied share
    is found by EM: a report like the parent's was copied with odds rate : (1 - rate) P_s(v | y).
    """
    prior = seen.priors
    total, same, both = seen.counts(q)
    shared = both.sum((2, 3))
    free = _normal(both, seen.pseudo)
    rate = np.full((seen.sources, seen.sources), 0.5)
    own = free.copy()
    for _ in range(25):
        r = rate[:, :, None, None]
        copied = same * r / (r + (1 - r) * own)
        rate = (copied.sum((2, 3)) + prior.rate_alpha - 1) / (
            shared + prior.rate_alpha + prior.rate_beta - 2
        )
        rate = np.clip(rate, *RATE)
        own = _normal(both - copied, seen.pseudo)
    r = rate[:, :, None, None]
    copied = same * r / (r + (1 - r) * own)
    fit = same * np.log(r + (1 - r) * own) + (both - same) * (np.log1p(-r) + np.log(own))
    gain = fit.sum((2, 3)) + seen.occam(both - copied, own) - seen.occam(both, free)
    gain += _occam_rate(prior, copied.sum((2, 3)), shared, rate) - (both * np.log(free)).sum((2, 3))
    gain -= np.log(max(1, seen.sources - 1))
    gain[shared < prior.fewest_shared] = -np.inf
    np.fill_diagonal(gain, -np.inf)
    return gain, rate, own, _normal(total, seen.pseudo)


def _occam_rate(
    p: CopyingPriors, copied: FloatArray, shared: FloatArray, rate: FloatArray
) -> FloatArray:
    """As ``_Seen.occam``, for the copied share of a source."""
    looked = shared - copied
    at_best = copied * np.log(rate) + looked * np.log1p(-rate)
    return np.asarray(
        log_beta(copied + p.rate_alpha, looked + p.rate_beta)
        - log_beta(np.array(p.rate_alpha), np.array(p.rate_beta)) - at_best
    )  # fmt: skip


def _forest_prior(parent: IntArray) -> float:
    """Log prior of a forest: any number of copiers alike, and copiers flock to who is copied.

    Each copier in turn picks a parent with weight one and one more for each who did so before.
    """
    sources, has = len(parent), parent >= 0
    k = int(has.sum())
    share = math.lgamma(k + 1) + math.lgamma(sources - k + 1) - math.lgamma(sources + 2)
    others = max(1, sources - 1)
    flock = sum(math.lgamma(int(c) + 1) for c in np.bincount(parent[has], minlength=1))
    return share + flock - math.lgamma(others + k) + math.lgamma(others)


def log_gamma(x: FloatArray) -> FloatArray:
    """ln of the gamma function for x > 0: Stirling's series after a shift by eight, to 1e-12."""
    shift = np.log(np.multiply.reduce([x + i for i in range(8)]))
    z = x + 8
    series = 1 / (12 * z) - 1 / (360 * z**3) + 1 / (1260 * z**5)
    return np.asarray((z - 0.5) * np.log(z) - z + 0.5 * np.log(2 * np.pi) + series - shift)


def log_beta(a: FloatArray, b: FloatArray) -> FloatArray:
    """ln of the beta function."""
    return log_gamma(a) + log_gamma(b) - log_gamma(a + b)


def _forest(gain: FloatArray) -> IntArray:
    """The parent of each source, -1 for none: best gains first, never closing a circle."""
    parent = np.full(len(gain), -1, dtype=np.int64)
    order = np.argsort(-gain, axis=None, kind="stable")
    for flat in order[: int((gain > 0).sum())]:
        s, p = divmod(int(flat), len(gain))
        if parent[s] < 0 and not _leads_to(parent, p, s):
            parent[s] = p
    return parent


def _leads_to(parent: IntArray, start: int, target: int) -> bool:
    while start >= 0:
        if start == target:
            return True
        start = int(parent[start])
    return False


def _expect(seen: _Seen, fit: _Fit) -> _Fit:
    """One exact EM step: score of ``fit``, the truth under it, and the sources made better by it.

    What a silent source would have said is summed out along the forest, leaves first, and handed
    back, roots first. ``up[s]`` (items, y, z) is the probability of all reports below s given the
    truth y and what s says, z; ``theirs[s]`` is what s hears from its children and itself without
    one of them.
    """
    order = _leaves_first(fit.parent)
    n, k = seen.items, seen.classes
    up = {s: seen.shown[s][:, None, :] * np.ones((1, k, 1)) for s in order}
    to_parent: dict[int, FloatArray] = {}
    roots = np.tile(np.log(fit.share), (n, 1))
    alone: dict[int, FloatArray] = {}
    for s in order:
        alone[s] = np.einsum("yz,nyz->ny", fit.own[s], up[s])
        if fit.parent[s] < 0:
            roots += np.log(alone[s])
            continue
        rate = seen.heard(s, fit)
        to_parent[s] = rate * up[s] + (1 - rate) * alone[s][:, :, None]
        up[int(fit.parent[s])] *= to_parent[s]
    top = roots.max(axis=1, keepdims=True)
    q = np.exp(roots - top)
    total = q.sum(axis=1, keepdims=True)
    q /= total
    q[q < NOTHING] = 0.0
    better, occam = _maximise(seen, fit, q, (order, up, to_parent, alone))
    fit.score = float((top + np.log(total)).sum()) + occam + _forest_prior(fit.parent)
    return better


_Messages = tuple[list[int], dict[int, FloatArray], dict[int, FloatArray], dict[int, FloatArray]]


def _maximise(seen: _Seen, fit: _Fit, q: FloatArray, messages: _Messages) -> tuple[_Fit, float]:
    """The sources' figures from the expected counts, and what their freedom costs in nats."""
    order, up, to_parent, alone = messages
    counts, rate = np.empty_like(fit.own), np.zeros(seen.sources)
    prior = seen.priors
    copied_of: list[tuple[float, float, float]] = []
    belief: dict[int, FloatArray] = {}
    for s in reversed(order):
        looked = fit.own[s] * up[s]
        p = int(fit.parent[s])
        if p < 0:
            belief[s] = looked / alone[s][:, :, None]
            counts[s] = np.einsum("ny,nyz->yz", q, belief[s])
            continue
        rest = belief[p] / to_parent[s]
        heard = seen.heard(s, fit)
        copied = rest * heard * up[s]
        looked = (rest.sum(axis=2, keepdims=True) - (rest * heard).sum(2, keepdims=True)) * looked
        belief[s] = copied + looked
        weight = q[:, :, None] * (heard > 0)
        share, both = (weight * copied).sum(), (weight * belief[s]).sum()
        raw = (share + prior.rate_alpha - 1) / (both + prior.rate_alpha + prior.rate_beta - 2)
        rate[s] = np.clip(raw, *RATE)
        counts[s] = np.einsum("ny,nyz->yz", q, looked)
        copied_of.append((share, both, np.clip(fit.rate[s], *RATE)))
    share = (q.sum(axis=0) + 1) / (seen.items + seen.classes)
    better = _Fit(q, fit.parent, rate, _normal(counts, seen.pseudo), share, fit.unseen)
    cost = float(seen.occam(counts, fit.own).sum())
    if copied_of:
        cost += float(_occam_rate(prior, *np.array(copied_of).T).sum())
    return better, cost


def _leaves_first(parent: IntArray) -> list[int]:
    depth = np.zeros(len(parent), dtype=int)
    for s in range(len(parent)):
        p = int(parent[s])
        while p >= 0:
            depth[s] += 1
            p = int(parent[p])
    return [int(s) for s in np.argsort(-depth, kind="stable")]


def _restructure(seen: _Seen, q: FloatArray, unseen: bool) -> _Fit:
    """The forest, and first figures of the sources, given a truth."""
    gain, rate, own, free = _pairs(seen, q)
    parent = _forest(gain)
    rows, has = np.arange(seen.sources), parent >= 0
    share = (q.sum(axis=0) + 1) / (seen.items + seen.classes)
    return _Fit(
        q, parent, np.where(has, rate[rows, parent], 0.0),
        np.where(has[:, None, None], own[rows, parent], free), share, unseen,
    )  # fmt: skip


def _climb(seen: _Seen, q: FloatArray, unseen: bool) -> _Fit:
    best = _Fit(q, np.empty(0, np.int64), np.empty(0), np.empty(0), np.empty(0), unseen)
    for _ in range(ROUNDS):
        fit = _expect(seen, _restructure(seen, q, unseen))
        q = _expect(seen, fit).posterior
        settled = fit.score < best.score + 0.05
        if fit.score > best.score:
            best = fit
        if settled:
            break
    return best


def _settle(seen: _Seen, fit: _Fit, steps: int) -> _Fit:
    """EM under one forest, until it gains no more."""
    better = _expect(seen, fit)
    for _ in range(steps):
        fit, before = better, fit.score
        better = _expect(seen, fit)
        if fit.score < before + 1e-2:
            break
    fit.posterior = better.posterior
    return fit


def _polish(seen: _Seen, fit: _Fit) -> _Fit:
    """The best of this forest, of it without one edge, and of every bunch as a star."""
    fit = _settle(seen, fit, POLISH)
    for _ in range(2):
        before = fit.score
        for parent in _changed(fit.parent):
            rate = np.where(parent >= 0, np.where(fit.parent >= 0, fit.rate, 0.8), 0.0)
            trial = replace(fit, parent=parent, rate=rate)
            for _ in range(2):
                better = _expect(seen, trial)
                if trial.score > fit.score:
                    fit = trial
                trial = better
        if fit.score < before + 0.1:
            break
    return _settle(seen, fit, POLISH)


def _changed(parent: IntArray) -> list[IntArray]:
    found = []
    roots = np.array([_root(parent, s) for s in range(len(parent))])
    for centre in range(len(parent)):
        bunch = roots == roots[centre]
        if bunch.sum() > 1:
            star = np.where(bunch, centre, parent)
            star[centre] = -1
            found.append(star)
    for s in np.flatnonzero(parent >= 0):
        without = parent.copy()
        without[s] = -1
        found.append(without)
    return found


def _root(parent: IntArray, s: int) -> int:
    while parent[s] >= 0:
        s = int(parent[s])
    return s


def _distinct(fits: list[_Fit]) -> list[_Fit]:
    """Explanations that differ in some item's truth or in the forest; the best of each kind."""
    kept: list[_Fit] = []
    for fit in sorted(fits, key=lambda f: -f.score):
        if not any(
            np.array_equal(fit.parent, other.parent)
            and np.abs(fit.posterior - other.posterior).max() < 0.05
            for other in kept
        ):
            kept.append(fit)
    return kept


def _mix(fits: list[_Fit], weight: FloatArray) -> Copying:
    sources = len(fits[0].parent)
    copies = np.zeros((sources, sources))
    for fit, w in zip(fits, weight, strict=True):
        has = np.flatnonzero(fit.parent >= 0)
        copies[has, fit.parent[has]] += w * fit.rate[has]
    confusion = np.asarray(sum(w * f.own for f, w in zip(fits, weight, strict=True)))
    posterior = np.asarray(sum(w * f.posterior for f, w in zip(fits, weight, strict=True)))
    share = posterior.mean(axis=0)
    accuracy = np.einsum("y,syy->s", share, confusion)
    return Copying(confusion, accuracy, copies, posterior)


def _starts(seen: _Seen) -> list[FloatArray]:
    """First guesses of the truth, from votes weighted by how alike the sources are."""
    bunches = _bunches(seen)
    weights = [np.ones(seen.sources)]
    for partition in bunches:
        weight = np.empty(seen.sources)
        for bunch in partition:
            weight[bunch] = 1 / len(bunch)
        weights.append(weight)
    inside = {tuple(b) for partition in bunches for b in partition if 1 < len(b) < seen.sources}
    for members in sorted(inside, key=lambda b: (-len(b), b)):
        mask = np.isin(np.arange(seen.sources), members)
        weights += [mask / 1.0, (~mask) / 1.0]
    unique = list(dict.fromkeys(tuple(np.round(w, 6)) for w in weights))
    return [_votes(seen, np.array(w)) for w in unique]


def _votes(seen: _Seen, weight: FloatArray) -> FloatArray:
    votes = np.stack([np.einsum("ns,s->n", says, weight) for says in seen.says], axis=1) * 1.5
    raw = np.exp(votes - votes.max(axis=1, keepdims=True))
    return np.asarray(raw / raw.sum(axis=1, keepdims=True))


def _bunches(seen: _Seen) -> list[list[list[int]]]:
    """Partitions of the sources, one more merged each time, most alike first (average linkage)."""
    alike = np.asarray(sum(np.einsum("ni,nj->ij", v, v) for v in seen.says))
    shared = np.einsum("ni,nj->ij", 1 - seen.silent, 1 - seen.silent)
    alike = (alike + 1) / (shared + 2)
    groups = [[s] for s in range(seen.sources)]
    found = []
    while len(groups) > 2:
        size = np.array([len(g) for g in groups], dtype=float)
        member = np.zeros((len(groups), seen.sources))
        for row, bunch in enumerate(groups):
            member[row, bunch] = 1
        mean = np.einsum("ai,ij,bj->ab", member, alike, member) / np.outer(size, size)
        np.fill_diagonal(mean, -1)
        a, b = sorted(divmod(int(mean.argmax()), len(groups)))
        groups = [*groups[:a], *groups[a + 1 : b], *groups[b + 1 :], groups[a] + groups[b]]
        found.append([sorted(group) for group in groups])
    return found
