"""Is operational control exact, quick, calibrated, and are its rates worth learning?

The kernel beside hmmlearn and pyAgrum on the same chains in one run; information of 1,000
candidates; the calibration error (ten bins) of simulated worlds, well specified and with one
assumption wrong; and each rate's score on transfers that it has not seen, beside one constant rate.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from benchmarks.tables import best_of, show

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from control_worlds import CHUNK, Scored, Wrong, chunk, gathered, handing_over_at_once
from hidden_markov import RandomChain, by_hmmlearn, by_pyagrum, random_chain, symbol_hmm, unrolled
from hidden_markov import evidence as reports
from hidden_markov import pyagrum as gum
from shieldwall.case.control_records import STATES
from shieldwall.control.gain import information
from shieldwall.control.infer import Chain, Model, infer
from shieldwall.control.kernel import smooth
from shieldwall.control.rates import learnt
from shieldwall.control.transfers import SPANS
from worlds import calibration_error

CHAINS = 20
WORLDS, WRONG_WORLDS = 2_000, 500
WRONG = {
    "nothing wrong": Wrong(),
    "handing over twice as fast": Wrong(handing=2.0),
    "signs tell states apart 40 % less": Wrong(blunt=0.4),
    "signs twice as likely (log odds +.7)": Wrong(shift=0.7),
    "sources a grade worse": Wrong(grades=1),
    "half of what was not so unpublished": Wrong(unheard=0.5),
    "mission changes twice as fast": Wrong(pace=2.0),
    "broken: steps of 100 weeks": Wrong(),
}
KINDS = ("independent now", "independent in", "independent within", "all three", "connected now")


def main() -> None:
    _exact()
    _speed()
    _rates()
    _calibration()


def _five_states(count: int) -> list[RandomChain]:
    chains = (random_chain(seed) for seed in range(10 * count))
    return [c for c in chains if len(c.initial) == 5][:count]


def _ours(chain: RandomChain) -> tuple[np.ndarray, np.ndarray]:
    still = np.zeros((1, len(chain.said)), dtype=np.int64)
    found = smooth(chain.initial, chain.step[None], still, chain.emission, 0)
    return found[0][0], found[1][0]


def _exact() -> None:
    weeks, gaps = (0, 20, 51), np.zeros((2, 2))
    for chain in _five_states(CHAINS):
        filtered, smoothed = _ours(chain)
        theirs, agrum = by_hmmlearn(chain), by_pyagrum(chain, weeks)
        now = [
            [np.abs(filtered - theirs[0]).max(), np.abs(smoothed - theirs[1]).max()],
            [np.abs(filtered[list(weeks)] - agrum[1]).max(), np.abs(smoothed - agrum[0]).max()],
        ]
        gaps = np.maximum(gaps, now)
    rows = [[n, f"{g[0]:.1e}", f"{g[1]:.1e}"] for n, g in zip(("hmmlearn", "pyAgrum"), gaps,
                                                             strict=True)]  # fmt: skip
    show(
        f"Largest difference, {CHAINS} chains of 5 states x 52 weeks x 8 indicators",
        ["beside", "filtered", "smoothed"], rows,
    )  # fmt: skip


def _speed() -> None:
    chains = _five_states(CHAINS)
    _ours(chains[0])
    given = [(c, c.emission, np.zeros((1, len(c.said)), dtype=np.int64)) for c in chains]
    symbols = [(_symbols(c), np.arange(len(c.said))[:, None]) for c in chains]
    net, told = unrolled(chains[0]), reports(chains[0])
    kernel = best_of(5, lambda: [
        smooth(c.initial, c.step[None], still, e, 0) for c, e, still in given
    ]).wall_s / CHAINS  # fmt: skip
    whole = best_of(5, lambda: [_ours(c) for c in chains]).wall_s / CHAINS
    hmm = best_of(5, lambda: [h.score_samples(x) for h, x in symbols]).wall_s / CHAINS
    agrum = best_of(5, lambda: _inferred(net, told)).wall_s
    clocks = {
        "ours, likelihoods ready": kernel, "ours, from reports on (plain Python)": whole,
        "hmmlearn, likelihoods ready, smoothed only": hmm,
        "pyAgrum, network ready, smoothed only": agrum,
    }  # fmt: skip
    show(
        "One system, 5 states x 52 weeks x 8 indicators: filtered and smoothed",
        ["", "ms", "ours takes"],
        [[name, _ms(took), f"{kernel / took:.3f}"] for name, took in clocks.items()], "owed: 1 ms",
    )  # fmt: skip
    _many()


def _many() -> None:
    rng = np.random.default_rng(0)
    rows = []
    for draws in (1, 16):
        model = _big(rng, 100, 260, draws)
        infer(model, (), workers=2)
        took = best_of(3, partial(infer, model, (), workers=2)).wall_s
        rows.append([f"100 systems x 260 weeks, 12 paths, {draws} draws", _ms(took)])
    for draws in (1, 64):
        prior, found = rng.dirichlet(np.ones(6), draws), rng.random((draws, 1000, 6))
        took = best_of(20, partial(information, prior, found)).wall_s
        rows.append([f"information of 1,000 candidates, 6 states, {draws} draws", _ms(took)])
    show("Many at once", ["", "ms"], rows, "owed, in one draw: 1,000 ms and 5 ms")


def _big(rng: np.random.Generator, systems: int, weeks: int, draws: int) -> Model:
    missions, states = len(STATES["mission"]), len(STATES["operators"])

    def chain(driven: int, own: int) -> Chain:
        step = 0.02 * rng.dirichlet(np.ones(own), (draws, driven, own)) + 0.98 * np.eye(own)
        return Chain(rng.dirichlet(np.ones(own), draws), step, 0)

    mission = 0.02 * rng.dirichlet(np.ones(missions), (draws, missions)) + 0.98 * np.eye(missions)
    return Model(
        weeks, draws, rng.dirichlet(np.ones(missions), draws), mission,
        {f"s{n}": chain(missions, states) for n in range(systems)},
        {f"s{n}": chain(1, 2) for n in range(systems)},
        {}, {}, rng.random((draws, 12, weeks)), 0,
    )  # fmt: skip


def _symbols(chain: RandomChain):  # type: ignore[no-untyped-def]
    emission = chain.emission
    shares = (emission / emission.max(axis=1, keepdims=True) / len(emission)).T
    return symbol_hmm(chain, np.column_stack([shares, 1 - shares.sum(axis=1)]))


def _inferred(net: gum.BayesNet, told: dict[str, int]) -> list[np.ndarray]:
    inference = gum.LazyPropagation(net)
    inference.setEvidence(told)
    inference.setTargets({f"state{w}" for w in range(52)})
    inference.makeInference()
    return [inference.posterior(f"state{w}").toarray() for w in range(52)]


def _ms(seconds: float) -> str:
    return f"{seconds * 1_000:.3f}"


def _rates() -> None:
    rows = []
    for rate in SPANS:
        found = learnt(rate)
        band = found.band
        rows.append([
            rate, len(found.spans), f"{band.low:.2f}", f"{band.middle:.2f}", f"{band.high:.2f}",
            f"{found.shape:.2f}", f"{found.score:.3f}", f"{found.constant:.3f}",
            f"{found.score - found.constant:+.3f}",
        ])  # fmt: skip
    show(
        "Rates of a new transfer, a year; log2 score of each transfer from the others",
        ["rate", "spans", "5 %", "50 %", "95 %", "s", "score", "constant", "better"], rows,
        "better: bits a transfer that differing rates gain over one constant rate",
    )  # fmt: skip


def _calibration() -> None:
    rows = []
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for name, wrong in WRONG.items():
            count = WORLDS if name == "nothing wrong" else WRONG_WORLDS
            work = partial(_scored, wrong, name.startswith("broken"))
            found = [s for part in pool.map(work, range(count // CHUNK)) for s in part]
            rows.append([name, f"{count:,}", *_errors(found)])
    show(
        "Calibration error of simulated worlds", ["what is wrong", "worlds", "all", *KINDS], rows,
        "owed: .03 where nothing is wrong, .08 where one assumption is; chance alone gives a "
        "perfect forecaster .014 in the last column at 2,000 worlds, .03 at 500",
    )  # fmt: skip


def _scored(wrong: Wrong, broken: bool, seed: int) -> list[Scored]:
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    return chunk(seed, wrong, handing_over_at_once) if broken else chunk(seed, wrong)


def _errors(found: list[Scored]) -> list[str]:
    by_what = gathered(found)
    columns = []
    for kind in ("", *KINDS):
        pairs = [pair for what, pair in by_what.items() if what.startswith(kind)]
        said, so = (np.concatenate([p[n] for p in pairs]) for n in range(2))
        columns.append(f"{calibration_error(said, so):.4f}")
    return columns


if __name__ == "__main__":
    main()
