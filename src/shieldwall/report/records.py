"""The assessment: all results of one run, as the report and the exports read them.

Ids of printed figures in the ledger (the report links each to its trail):

    evidence.origins                       independent origins in the case, expected
    evidence.relays                        claims that repeat another, expected: under all weights
    weight.{claim}                         likelihood ratio of an origin by itself
    origins.{claim}                        independent origins behind a claim and its relays
    topic.{attribute}.{claim}              how sure an attribute of another thing is
    bits.{system}.{claim}                  with how many bits an origin speaks for a system
    without.{source}.{unit or system}      a probability with one source left out
    orbat.{system}.share                   mean share that works, by the evidence alone
    ach.{question}.{hypothesis}            where a hypothesis stands
    ach.{question}.{observation}.{hypothesis}   bits for or against it
    orbat.{unit}.fused                     presence by the evidence alone
    orbat.{unit}.presence | .launchers | .serviceable | .in_service      unit as in Ensemble.units
    orbat.{system}.held | .total
    orbat.{system} | orbat.{unit} | orbat.{system}.share | control.{system}
        | control.{system}.connected | coverage.{area}.{threat}.{altitude}m | network | calculus
        with .origins                      independent origins behind it
    control.{system}.{state} | .at_consoles | .connected | .serviceable | .need.{need}
    control.{system}.ahead.{date}.{what} | .within.{years}y | .next.{indicator}
    control.{system}.sign.{indicator}.{claim} | .step.{n}.{what} | .step.{n}.moved
        | .without.{by}.{key}.{what}
    control.mission.{state} | control.rate.{rate} | control.told.{event}
    coverage.{area}.{threat}.{altitude}m.depth_1 | .depth_2 | .depth_3 | .rings | .horizon
        | .terrain | .present | .lost_to_terrain | .layer_{layer} | .adds_{layer}
    reach.{place}.{origin}                 distance, km
    reach.{place}.{origin}.{threat}        probability that the published range suffices
    distance.{claim}                       a published distance, checked
    calculus.{world}.{consequence} | calculus.worth.{world}.{actor} | calculus.fact.{fact}
    calculus.change.{difference}.{consequence} | calculus.gain.{difference}.{actor}
    calculus.draws                         how often it was solved, under every number of it
    calculus.move.{node}.{move}            as it is; in another world with .{world}
    calculus.reached.{world}.{node} | calculus.end.{world}.{moves, joined by +}
    calculus.step.{moves}                  the last of them, given those before
    calculus.rationality.{level}.{consequence}
    calculus.turning.{kind}.{what}.low | .high | .from | .to | .even_at
    calculus.share.{kind}.{group} | .alone | calculus.side.{side}
        (turning, share, side: with of.{consequence} before it for any but a strike)
    calculus.answered | .answered.acts | .followed | .preceded | .undated
    terrain.k_factor | terrain.posts       bending, and metres between posts, of sight lines
    network.{layer}                        units in service, what shares of cover rest on
    raid.{raid}.runs                       draws times replications, under every number below
    raid.{raid}.leakers | .leakers_counted | .one_raid | .none_through | .none_through_counted
        | .none_through_strata | .shots | .shots_per_kill | .replay | .luck
    raid.{raid}.layer.{layer}.shapley | .kills | .shots | .exhausted | .exhausted_s
    raid.{raid}.weapon.{system}.{kind}.shots | .kills | .shots_per_kill | .cost_per_kill
    raid.{raid}.value.integration | .value.advisers
    raid.{raid}.without.{system or function}.more
    raid.{raid}.mode.{mode}                threats through in that mode of the network
    raid.{raid}.size.{n}.leakers | .none_through
    raid.{raid}.sobol.{group}.first | .total
    raid.{raid}.cost.lost | .fired
"""

from __future__ import annotations

from dataclasses import dataclass

from shieldwall.calculus.records import Calculus
from shieldwall.case.records import Assumption, Case
from shieldwall.catalogue.records import Catalogue
from shieldwall.control.records import OperationalControl
from shieldwall.coverage.records import Coverage
from shieldwall.evidence.ach import Matrix
from shieldwall.evidence.records import Evidence
from shieldwall.evidence.topics import Topic
from shieldwall.network.ensemble import Ensemble
from shieldwall.orbat.contributions import Contribution
from shieldwall.orbat.records import OrderOfBattle
from shieldwall.provenance import Ledger
from shieldwall.raid.records import RaidOutcomes
from shieldwall.terrain.records import TerrainNote


@dataclass(frozen=True)
class Assessment:
    """Everything one run found."""

    case: Case
    catalogue: Catalogue
    evidence: Evidence
    order_of_battle: OrderOfBattle
    contributions: tuple[Contribution, ...]
    """What each source does to the order of battle."""
    matrices: tuple[Matrix, ...]
    """One for each question of the case."""
    topics: tuple[Topic, ...]
    """Things claimed beside air-defence systems, each attribute by its own origins."""
    control: OperationalControl
    """Who operates the network, week by week."""
    ensemble: Ensemble
    terrain: TerrainNote
    k_factor: tuple[float, float, float]
    """Effective Earth radius factor: low, likely, high."""
    coverage: Coverage
    raids: RaidOutcomes
    """How the network would fare; empty where the case describes no raid."""
    calculus: Calculus | None
    """What it changes for the governments; ``None`` where the case has no game."""
    assumptions: tuple[Assumption, ...]
    """Every assumption in force: the rooms' own and the case's, each with its reason."""
    ledger: Ledger
    version: str
    written: Case
    """The case as its files have it; ``case`` differs where an earlier day was asked for."""
