"""The posterior of a hidden chain equals that of hmmlearn and pyAgrum, and their traps are told.

200 random models of 4 or 5 states, 52 weeks and 8 indicators, 0 to 90 % of the reports missing.
pyAgrum's filtered weeks are three each here and all of them in ``make conformance``.
"""

import os

import numpy as np
import pytest

from hidden_markov import (
    MISSING,
    WEEKS,
    RandomChain,
    by_hmmlearn,
    by_pyagrum,
    evidence,
    pyagrum,
    random_chain,
    symbol_hmm,
    unrolled,
)
from shieldwall.control.gain import information
from shieldwall.control.kernel import smooth

MODELS = 200
LONG = os.environ.get("CONFORMANCE") == "1"


def ours(chain: RandomChain) -> tuple[np.ndarray, np.ndarray, float]:
    still = np.zeros((1, len(chain.said)), dtype=np.int64)
    filtered, smoothed, log = smooth(chain.initial, chain.step[None], still, chain.emission, 0)
    return filtered[0], smoothed[0], float(log[0, -1])


def test_models_are_as_various_as_said():
    chains = [random_chain(seed) for seed in range(MODELS)]
    missing = np.array([(c.said == MISSING).mean() for c in chains])
    assert missing.min() < 0.1
    assert missing.max() > 0.85
    by_indicator = np.array([(c.said == MISSING).mean(axis=0) for c in chains])
    assert np.median(np.ptp(by_indicator, axis=1)) > 0.2, "unequal sensing"
    silent = [(c.said == MISSING).all(axis=1).mean() for c in chains]
    assert sum(s > 0.1 for s in silent) > 50, "gaps"
    sure = np.array([ours(c)[1].max(axis=1).mean() for c in chains])
    assert sure.min() < 0.6
    assert sure.max() > 0.9


def test_filtered_smoothed_and_likelihood_equal_hmmlearn():
    for seed in range(MODELS):
        chain = random_chain(seed)
        filtered, smoothed, log = ours(chain)
        theirs = by_hmmlearn(chain)
        assert np.abs(filtered - theirs[0]).max() < 1e-10, seed
        assert np.abs(smoothed - theirs[1]).max() < 1e-10, seed
        assert log == pytest.approx(theirs[2], rel=1e-10, abs=1e-10), seed


def test_filtered_and_smoothed_equal_pyagrum():
    for seed in range(MODELS):
        chain = random_chain(seed)
        weeks = tuple(range(WEEKS)) if LONG else tuple((seed + n) % WEEKS for n in (0, 17, 35))
        filtered, smoothed, _ = ours(chain)
        their_smoothed, their_filtered = by_pyagrum(chain, weeks)
        assert np.abs(smoothed - their_smoothed).max() < 1e-10, seed
        assert np.abs(filtered[list(weeks)] - their_filtered).max() < 1e-10, seed


def test_trap_hmmlearn_reads_minus_one_as_the_last_symbol():
    """One indicator: as symbols 0 and 1, a missing report of -1 is taken for a 1."""
    chain = random_chain(5, indicators=1)
    assert (chain.said == MISSING).sum() > 5
    hmm = symbol_hmm(chain, np.column_stack([1 - chain.chance[0], chain.chance[0]]))
    fed = hmm.predict_proba(chain.said)
    as_ones = RandomChain(
        chain.initial, chain.step, chain.chance, np.where(chain.said == MISSING, 1, chain.said)
    )
    assert np.abs(fed - ours(as_ones)[1]).max() < 1e-10, "hmmlearn has mended it: tell design.md"
    assert np.abs(fed - ours(chain)[1]).max() > 0.05
    assert np.abs(ours(chain)[1] - by_hmmlearn(chain)[1]).max() < 1e-10


def test_trap_pyagrum_ignores_evidence_in_mutual_information():
    """What a look at the last week would teach depends on what is known; pyAgrum's does not."""
    chain = random_chain(0, weeks=12, indicators=3)
    said = chain.said.copy()
    said[-1, 2] = MISSING  # the look that is asked about
    chain = RandomChain(chain.initial, chain.step, chain.chance, said)
    known = evidence(chain)
    assert len(known) > 5
    state, look = "state11", "report11_2"
    net = unrolled(chain)
    theirs = []
    for given in ({}, known):
        inference = pyagrum.LazyPropagation(net)
        inference.setEvidence(given)
        theirs.append(inference.jointMutualInformation([state, look]))
    assert theirs[0] == pytest.approx(theirs[1], abs=1e-12), "pyAgrum has mended it"
    blank = RandomChain(chain.initial, chain.step, chain.chance, np.full_like(said, MISSING))
    mine = [information(ours(c)[1][-1], chain.chance[2:3])[0] for c in (blank, chain)]
    assert mine[0] == pytest.approx(theirs[0], abs=1e-10)
    assert mine[1] == pytest.approx(given_everything(net, known, state, look), abs=1e-10)
    assert abs(mine[1] - mine[0]) > 0.01


def given_everything(net: pyagrum.BayesNet, known: dict[str, int], state: str, look: str) -> float:
    """Mutual information in bits from the joint posterior, evidence in."""
    inference = pyagrum.LazyPropagation(net)
    inference.setEvidence(known)
    inference.addJointTarget({state, look})
    inference.makeInference()
    joint = inference.jointPosterior({state, look})
    table = joint.reorganize([look, state]).toarray()
    apart = table.sum(axis=0, keepdims=True) * table.sum(axis=1, keepdims=True)
    inside = table > 0
    return float((table[inside] * np.log2(table[inside] / apart[inside])).sum())
