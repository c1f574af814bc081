"""From scenes to outcomes: the one door of the room, in the order it is worked out."""

from __future__ import annotations

from typing import TypedDict

import numpy as np

from shieldwall.case.raid_records import Raid
from shieldwall.case.records import Case
from shieldwall.catalogue.records import Catalogue
from shieldwall.draws import band_over, stream
from shieldwall.errors import UsageError
from shieldwall.evidence.records import Evidence
from shieldwall.network.ensemble import Ensemble, Floats
from shieldwall.progress import Progress, Silent
from shieldwall.raid import measures
from shieldwall.raid.arrays import Results
from shieldwall.raid.decomposition import sobol
from shieldwall.raid.fielded import Fielded, field, plain_picks
from shieldwall.raid.kernel import replicate
from shieldwall.raid.prepare import prepare
from shieldwall.raid.records import (
    Change,
    Fate,
    LayerShare,
    RaidOutcome,
    RaidOutcomes,
    Size,
    Sobol,
)
from shieldwall.raid.replay import replay
from shieldwall.raid.run import Outcomes, draw_key, run, run_until
from shieldwall.raid.scene import Scene
from shieldwall.raid.statistics import (
    Distribution,
    Rare,
    distribution,
    share_interval,
    stratified,
)
from shieldwall.raid.variants import Names, Variant
from shieldwall.terrain.source import Terrain

REPLICATIONS = 128
"""Of each draw, for what the raid comes to."""

PAIRED = 32
"""Of each draw, for each variant that it is compared with."""

RARE = 0.05
"""A probability this near to 0 or 1 is estimated by strata too."""

PARTS = 8
"""Of a raid, as its progress is told."""

RARE_EACH = 64
RARE_KEY = 1_000


def raids(
    case: Case,
    catalogue: Catalogue,
    evidence: Evidence,
    ensemble: Ensemble,
    terrain: Terrain,
    workers: int | None = None,
    progress: Progress | None = None,
    replications: int = REPLICATIONS,
    half_width: float | None = None,
    names: tuple[str, ...] = (),
) -> RaidOutcomes:
    """Every raid of the case, or those of ``names``, against the ensemble.

    ``half_width``: stop before ``replications`` of each draw once Monte Carlo has pinned shares
    down so far.
    Raises ``UsageError`` for an unknown raid.
    """
    progress = progress or Silent()
    progress.step("lines of sight along the tracks of raids")
    scenes = prepare(case, catalogue, ensemble, terrain, chosen(case, names), workers, progress)
    found = []
    for scene in scenes:
        progress.step(f"raid: {scene.raid.name}")
        found.append(fight(scene, catalogue, workers, progress, replications, half_width))
        scene.forget()
    return RaidOutcomes(tuple(found), unsited(case, catalogue, evidence, ensemble))


def chosen(case: Case, names: tuple[str, ...]) -> tuple[Raid, ...]:
    """The case's raids of those names; all for none. Raises ``UsageError`` for an unknown one."""
    own = {r.id: r for r in case.raids}
    for name in names:
        if name not in own:
            there = ", ".join(own) or "none: write raids.toml"
            raise UsageError(f"{case.name} has no raid {name}; there are {there}")
    return tuple(own[n] for n in names) if names else case.raids


def unsited(
    case: Case, catalogue: Catalogue, evidence: Evidence, ensemble: Ensemble
) -> tuple[str, ...]:
    """Systems that evidence or transfers tell of and that have no unit in the ensemble."""
    drawn = {u.system for u in ensemble.units}
    told = {c.system for c in evidence.claims if c.system} | {t.system for t in case.transfers}
    return tuple(sorted(s for s in told if s in catalogue.systems and s not in drawn))


def variant_names(
    case: Case, catalogue: Catalogue, evidence: Evidence, ensemble: Ensemble
) -> Names:
    """What ``--set`` may name; systems without a place can be set, and nothing follows from it."""
    drawn = [u.system for u in ensemble.units if u.system in catalogue.systems]
    systems = dict.fromkeys([*drawn, *unsited(case, catalogue, evidence, ensemble)])
    return Names(tuple(systems), tuple(f.id for f in case.functions))


def fight(
    scene: Scene,
    catalogue: Catalogue,
    workers: int | None = None,
    progress: Progress | None = None,
    replications: int = REPLICATIONS,
    half_width: float | None = None,
) -> RaidOutcome:
    """One raid: what comes through, what each layer does, what each thing is worth."""
    progress = progress or Silent()
    fielded = field(scene, Variant(), plain_picks(np.arange(scene.draws)))
    outcomes = (
        run(fielded, replications, workers) if half_width is None
        else run_until(fielded, half_width, replications, workers)
    )  # fmt: skip
    progress.advance(1, PARTS)
    names = {s.id: s.name for s in catalogue.systems.values()}
    leakers = distribution(outcomes.leakers, float(fielded.threat_count))
    worth = _worth(scene, names, leakers, replications, workers, progress)
    none = outcomes.none_through
    low, high = band_over(none.mean(axis=1))
    found = RaidOutcome(
        raid=scene.raid.id,
        name=scene.raid.name,
        area=scene.raid.area,
        axis=_axis(scene),
        threats=fielded.threat_count,
        decoys=int(fielded.threats.decoys.sum()),
        draws=scene.draws,
        replications=outcomes.replications,
        leakers=leakers,
        leaker_histogram=_histogram(outcomes.leakers, fielded.threat_count),
        draw_means=tuple(float(x) for x in np.sort(outcomes.leakers.mean(axis=1))),
        none_through=share_interval(none),
        none_through_band=(float(low), float(high)),
        none_through_rare=_rare(fielded, outcomes, replications),
        weapons=measures.weapons(scene, outcomes),
        shots=distribution(outcomes.shots.sum(axis=2).astype(float)),
        shots_per_kill=measures.shots_per_kill(outcomes),
        cost=measures.cost(scene, outcomes, names),
        replay=replay(scene, Variant(), _middle(outcomes), outcomes.replications),
        **worth,
    )
    progress.advance(PARTS, PARTS)
    return found


class _Worth(TypedDict):
    """What each thing is worth: those entries of an outcome that come of comparing variants."""

    layers: tuple[LayerShare, ...]
    saturation: tuple[Size, ...]
    modes: tuple[tuple[str, Distribution], ...]
    systems: tuple[Change, ...]
    functions: tuple[Change, ...]
    integration: Change
    advisers: Change | None
    fates: dict[str, Fate]
    sobol: tuple[Sobol, ...]
    luck: float | None


def _worth(
    scene: Scene,
    names: dict[str, str],
    drawn: Distribution,
    replications: int,
    workers: int | None,
    progress: Progress,
) -> _Worth:
    """The raid without one thing after another, on the same draws and the same chance."""
    play = measures.player(scene, np.arange(scene.draws), min(PAIRED, replications), workers)
    layers = measures.layers(scene, play)
    progress.advance(2, PARTS)
    saturation = measures.saturation(scene, play)
    progress.advance(3, PARTS)
    modes, systems = measures.modes(play, drawn), measures.systems(scene, play, names)
    progress.advance(4, PARTS)
    functions = measures.resilience(scene, play)
    progress.advance(5, PARTS)
    indices, luck = sobol(scene, Variant(), min(PAIRED * 2, replications), workers)
    progress.advance(6, PARTS)
    return _Worth(
        layers=layers, saturation=saturation, modes=modes, systems=systems, functions=functions,
        integration=measures.integration(play), advisers=measures.advisers(scene, play),
        fates=measures.fates(scene, play), sobol=indices, luck=luck,
    )  # fmt: skip


def _middle(outcomes: Outcomes) -> int:
    """The first replication of the draw whose mean is the median of all draws."""
    means = outcomes.leakers.mean(axis=1)
    draw = int(np.argsort(means, kind="stable")[(means.size - 1) // 2])
    return draw * outcomes.replications


def _axis(scene: Scene) -> str:
    if scene.raid.axis is None:
        return "all round"
    return next(o.name for o in scene.case.origins if o.id == scene.raid.axis)


def _histogram(leakers: Floats, threats: int) -> tuple[float, ...]:
    counts = np.bincount(leakers.astype(np.int64).ravel(), minlength=threats + 1)
    return tuple(float(c) for c in counts / leakers.size)


def _rare(fielded: Fielded, outcomes: Outcomes, replications: int) -> Rare | None:
    """The probability that none comes through, by strata, where plain sampling saw it rarely."""
    share = float(outcomes.none_through.mean())
    if RARE < share < 1 - RARE:
        return None
    rows = fielded.rows

    def sample(stratum: int, first: int, effect: Floats) -> np.ndarray:
        happened = np.zeros(effect.size, dtype=np.bool_)
        # One replication after another goes through the draws in turn.
        which = (first + np.arange(effect.size)) % rows
        for m in np.unique(which):
            mine = np.flatnonzero(which == m)
            happened[mine] = _none(fielded, int(m), stratum, first, effect[mine])
        return happened

    return stratified(sample, rows * RARE_EACH)


def _none(fielded: Fielded, m: int, stratum: int, first: int, effect: Floats) -> np.ndarray:
    scene, number = fielded.scene, effect.size
    threats, bats, teams, graph = fielded.row(m)
    results = Results(
        np.zeros((number, len(scene.threats)), np.int32),
        np.zeros((number, len(scene.weapons)), np.int32),
        np.zeros((number, len(scene.weapons)), np.int32),
        np.zeros((number, len(scene.batteries)), np.float32),
        np.zeros((number, len(scene.weapons)), np.int32), np.empty((0, 5)),
    )  # fmt: skip
    key = draw_key(scene.case.seed, m, RARE_KEY + stratum)
    # The first class of threat has the effect of the stratum, the others one of their own.
    classes = list(dict.fromkeys(t.category for t in scene.threats))
    own = stream(scene.case.seed, f"rare {m} {stratum} {first}").random((number, len(classes)))
    own[:, 0] = effect
    each = own[:, [classes.index(t.category) for t in scene.threats]]
    replicate(key, first, each, threats, fielded.masks(m), bats, teams, graph, results)
    none: np.ndarray = results.leakers.sum(axis=1) == 0
    return none
