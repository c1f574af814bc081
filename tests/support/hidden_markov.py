"""Random hidden Markov chains, and their posteriors by outside tools: hmmlearn and pyAgrum.

Both are asked through their public interface. hmmlearn knows one symbol a week and no missing
ones, so every week is a symbol of its own, emitted at what the week's reports come to. pyAgrum gets
the chain unrolled, each report a node, with evidence only where there was a report.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cache

import numpy as np
from hmmlearn.hmm import CategoricalHMM

with warnings.catch_warnings():  # its extension warns while it loads, and crashes if that is raised
    warnings.simplefilter("ignore")
    import pyagrum

WEEKS, INDICATORS, MISSING = 52, 8, -1


@dataclass(frozen=True)
class RandomChain:
    """A hidden chain and what was reported of it."""

    initial: np.ndarray
    """(K,)"""
    step: np.ndarray
    """(K, K)"""
    chance: np.ndarray
    """(I, K): that an indicator is reported so, by state."""
    said: np.ndarray
    """(T, I): 1, 0, or ``MISSING``."""

    @property
    def emission(self) -> np.ndarray:
        """(T, K) likelihood of each week's reports; 1 where there was none."""
        found = np.ones((len(self.said), len(self.initial)))
        for week, row in enumerate(self.said):
            for i, says in enumerate(row):
                if says != MISSING:
                    found[week] *= self.chance[i] if says == 1 else 1 - self.chance[i]
        return found


def random_chain(seed: int, weeks: int = WEEKS, indicators: int = INDICATORS) -> RandomChain:
    """4 or 5 states; 0 to 90 % missing, unequally by indicator, with gaps of weeks on end."""
    rng = np.random.default_rng([20251231, seed])
    states = int(rng.integers(4, 6))
    stays = rng.uniform(0, 20) * np.eye(states)
    step = np.array([rng.dirichlet(0.3 + row) for row in stays])
    sharp = rng.uniform(0.05, 3, (indicators, 1))
    chance = rng.beta(sharp, sharp, (indicators, states)).clip(1e-6, 1 - 1e-6)
    state = rng.choice(states, p=(initial := rng.dirichlet(np.ones(states))))
    said = np.full((weeks, indicators), MISSING)
    missing = np.clip(rng.uniform(0, 0.9) * rng.uniform(0.5, 1.5, indicators), 0, 1)
    for week in range(weeks):
        said[week] = rng.random(indicators) < chance[:, state]
        state = rng.choice(states, p=step[state])
    said[rng.random(said.shape) < missing] = MISSING
    gap = int(rng.integers(weeks))
    said[gap : gap + int(rng.integers(weeks // 4))] = MISSING
    return RandomChain(initial, step, chance, said)


def by_hmmlearn(chain: RandomChain) -> tuple[np.ndarray, np.ndarray, float]:
    """Filtered (T, K), smoothed (T, K) and log-likelihood."""
    emission = chain.emission
    weeks = len(emission)
    scale = emission.max(axis=1, keepdims=True) * weeks
    symbols = (emission / scale).T
    hmm = symbol_hmm(chain, np.column_stack([symbols, 1 - symbols.sum(axis=1)]))
    log, smoothed = hmm.score_samples(np.arange(weeks)[:, None])
    heard = np.concatenate([np.arange(n + 1) for n in range(weeks)])[:, None]
    lengths = np.arange(1, weeks + 1)
    filtered = hmm.predict_proba(heard, lengths)[np.cumsum(lengths) - 1]
    return filtered, smoothed, float(log + np.log(scale).sum())


def symbol_hmm(chain: RandomChain, emission: np.ndarray) -> CategoricalHMM:
    """The chain with (K, symbols) emissions."""
    hmm = CategoricalHMM(n_components=len(chain.initial), implementation="scaling")
    hmm.startprob_, hmm.transmat_, hmm.emissionprob_ = chain.initial, chain.step, emission
    return hmm


def by_pyagrum(chain: RandomChain, filtered: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Smoothed (T, K), and filtered of some weeks: (weeks, K)."""
    net = unrolled(chain)
    weeks = range(len(chain.said))
    smoothed = _posteriors(net, evidence(chain), weeks)
    up_to = [_posteriors(net, evidence(chain, week + 1), [week])[0] for week in filtered]
    return smoothed, np.array(up_to)


def _posteriors(net: pyagrum.BayesNet, given: dict[str, int], weeks) -> np.ndarray:
    inference = pyagrum.LazyPropagation(net)
    inference.setEvidence(given)
    inference.setTargets({f"state{week}" for week in weeks})
    inference.makeInference()
    return np.array([inference.posterior(f"state{week}").toarray() for week in weeks])


def evidence(chain: RandomChain, weeks: int | None = None) -> dict[str, int]:
    """What was reported, in the first ``weeks``."""
    told = chain.said[:weeks]
    return {f"report{w}_{i}": int(told[w, i]) for w, i in np.argwhere(told != MISSING)}


def unrolled(chain: RandomChain) -> pyagrum.BayesNet:
    """The chain as a Bayesian network over its weeks."""
    weeks, indicators = chain.said.shape
    net = _bare(weeks, indicators, len(chain.initial))
    net.cpt("state0")[:] = chain.initial
    for week in range(weeks):
        if week > 0:
            net.cpt(f"state{week}")[:] = chain.step
        for i, chance in enumerate(chain.chance):
            net.cpt(f"report{week}_{i}")[:] = np.column_stack([1 - chance, chance])
    return net


@cache
def _bare(weeks: int, indicators: int, states: int) -> pyagrum.BayesNet:
    net = pyagrum.BayesNet()
    for week in range(weeks):
        net.add(pyagrum.RangeVariable(f"state{week}", "", 0, states - 1))
        if week > 0:
            net.addArc(f"state{week - 1}", f"state{week}")
        for i in range(indicators):
            net.add(pyagrum.RangeVariable(f"report{week}_{i}", "", 0, 1))
            net.addArc(f"state{week}", f"report{week}_{i}")
    return net
