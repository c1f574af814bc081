"""Numbers of the crisis game: how it goes in each world, what changes it, on what it rests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shieldwall.calculus.facts import DIFFERENCES
from shieldwall.calculus.records import Calculus, Difference, Odds, World
from shieldwall.case.game_records import Game
from shieldwall.case.records import Case
from shieldwall.provenance import CHANGE, Leaf, Ledger, Quantity
from shieldwall.trail.game_inputs import DRAWS, enter_inputs
from shieldwall.trail.game_states import enter_states
from shieldwall.trail.game_unknowns import enter_unknowns
from shieldwall.trail.record import enter_answered

OVER_DRAWS = "mean over the draws; low and high are the 5th and 95th percentile"
PLAYED = f"agent quantal response of the whole game (McKelvey and Palfrey 1998); {OVER_DRAWS}"
WAYS = 3
"""So many of the likeliest ways have each step told by itself."""


def enter_calculus(ledger: Ledger, case: Case, crisis: Calculus | None) -> None:
    """Enter every number of the room; a case without a game has none."""
    if crisis is None:
        return
    ledger.quantity(
        Quantity(
            DRAWS, "How often the crisis was solved", float(crisis.draws), None, None, "times",
            "once for each draw of payoffs, facts and how sharply governments choose, all from "
            "their bands; every world meets the same draws",
            enter_inputs(ledger, crisis),
        )
    )  # fmt: skip
    for world in crisis.worlds:
        _World(ledger, crisis.game, world, first=world is crisis.worlds[0]).enter(crisis)
    for change in crisis.differences:
        _change(ledger, crisis.game, change)
    enter_states(ledger, crisis)
    enter_unknowns(ledger, crisis)
    enter_answered(ledger, case, crisis)


def move_id(node: str, move: str, world: str = "") -> str:
    """A move where its node is reached: as it is, or in another world."""
    return f"calculus.move.{node}.{move}{f'.{world}' if world else ''}"


def reached_id(world: str, node: str) -> str:
    """Chance that the game comes to a node."""
    return f"calculus.reached.{world}.{node}"


def end_id(world: str, path: Iterable[tuple[str, str]]) -> str:
    """One whole way through the game, by its moves."""
    return f"calculus.end.{world}.{'+'.join(move for _, move in path)}"


def step_id(way: Sequence[tuple[str, str]]) -> str:
    """The last move of the beginning of a way, given the moves before it."""
    return f"calculus.step.{'+'.join(move for _, move in way)}"


def likeliest(crisis: Calculus) -> list[int]:
    """Ends of the tree, the likeliest way first; ties in the order of the tree."""
    ends = crisis.worlds[0].ends
    return sorted(range(len(ends)), key=lambda e: (-round(ends[e].mean, 12), e))


def step_chances(crisis: Calculus, end: int) -> list[float]:
    """Chance of each move on the way to an end, as it is, given the moves before it."""
    world, tree = crisis.worlds[0], crisis.tree
    at, come, found = 0, 1.0, []
    for _, move in tree.ends[end].path:
        to = next(b.to for b in tree.places[at].branches if b.move.id == move)
        further = world.ends[-1 - to].mean if to < 0 else world.places[to]
        found.append(further / come if come > 0 else 0.0)
        at, come = max(to, 0), further
    return found


class _World:
    """Enters how the game goes in one world."""

    def __init__(self, ledger: Ledger, game: Game, world: World, first: bool) -> None:
        self._ledger, self._game, self._world = ledger, game, world
        self._of = "" if first else world.key
        self._tail = f", {world.name}"
        leaf = Leaf(f"world:{world.key}", "world", f"The crisis {world.name}", _HOW[world.key])
        self._rests = (DRAWS, ledger.leaf(leaf))

    def enter(self, crisis: Calculus) -> None:
        game, world = self._game, self._world
        for each in game.consequences:
            if each.id in world.measures:
                self._odds(f"calculus.{world.key}.{each.id}", each.name.rstrip("."),
                           world.measures[each.id], "probability",
                           f"ways on which it comes about; {PLAYED}")  # fmt: skip
        for actor in game.actors:
            self._odds(f"calculus.worth.{world.key}.{actor.id}",
                       f"What it is worth to {actor.name}", world.worth[actor.id], "payoff",
                       f"payoffs of all ways, each by its chance; {PLAYED}")  # fmt: skip
        names = {(n.id, m.id): m.name for n in game.nodes for m in n.moves}
        for node in game.nodes:
            if node.id not in world.reached:
                continue
            self._enter(reached_id(world.key, node.id), f"It comes to “{node.question}”",
                        world.reached[node.id], None, None, "probability",
                        "chance of all ways that lead there, mean over the draws")  # fmt: skip
            for move in node.moves:
                self._odds(
                    move_id(node.id, move.id, self._of),
                    f"“{node.question}” {move.name.rstrip('.')}",
                    world.moves[node.id, move.id], "probability",
                    "given that it comes to that, by whatever way: times the chance of that it is "
                    "the chance of the branch; low and high over the draws, each weighed by how "
                    "often it comes to that; unknown where it never does",
                    reached_id(world.key, node.id),
                )  # fmt: skip
        if not self._of:
            self._ways(crisis)
        for end, odds in zip(crisis.tree.ends, world.ends, strict=True):
            self._odds(
                end_id(world.key, end.path), " → ".join(names[s] for s in end.path), odds,
                "probability", f"choices on the way multiplied, draw by draw; {OVER_DRAWS}",
                *(move_id(*step, self._of) for step in end.path),
            )  # fmt: skip

    def _ways(self, crisis: Calculus) -> None:
        """Each move of the likeliest ways, given the moves before it on that way."""
        names = {(n.id, m.id): m.name for n in self._game.nodes for m in n.moves}
        for end in likeliest(crisis)[:WAYS]:
            path = crisis.tree.ends[end].path
            for k, chance in enumerate(step_chances(crisis, end)):
                way = path[: k + 1]
                self._enter(
                    step_id(way), " → ".join(names[s].rstrip(".") for s in way), chance, None,
                    None, "probability",
                    "the last move, given that the game went this way to it: mean chance of the "
                    "way with it over that without; multiplied along a way they are its chance",
                )  # fmt: skip

    def _odds(
        self, id: str, label: str, found: Odds | None, unit: str, method: str, *more: str
    ) -> None:
        mean, low, high = (None,) * 3 if found is None else (found.mean, found.low, found.high)
        self._enter(id, label, mean, low, high, unit, method, *more)

    def _enter(
        self, id: str, label: str, value: float | None, low: float | None, high: float | None,
        unit: str, method: str, *more: str,
    ) -> None:  # fmt: skip
        self._ledger.quantity(
            Quantity(id, label + self._tail, value, low, high, unit, method,
                     (*more, *self._rests))
        )  # fmt: skip


_HOW = {
    "drawn": "raids, crews and connection as the other chapters have them",
    "without": "nothing is stopped, nobody is at any console; moves and consequences that need the "
    "systems are not there",
    "host": "raids fought by the host's crews, at what anybody operates in the draw; moves that "
    "need the supplier's people are not there",
    "supplier": "raids fought by the supplier's crews, who surely sit at the consoles",
    "connected": "the network is surely joined, and raids fought with every system joined",
    "apart": "the network is surely not joined, and raids fought with none joined: each fights "
    "alone with the chance that it does so",
}
"""How facts are set in each world of ``calculus/facts.py``."""


def _change(ledger: Ledger, game: Game, change: Difference) -> None:
    """One world less the other, on the same draws."""
    worlds = next((one, other) for key, _, one, other in DIFFERENCES if key == change.key)
    paired = f"one world less the other, draw by draw; {OVER_DRAWS}"
    for each in game.consequences:
        if each.id in change.measures:
            _odds(ledger, f"calculus.change.{change.key}.{each.id}",
                  f"Change of the chance: {each.name.rstrip('.')}, {change.name}",
                  change.measures[each.id], CHANGE, paired,
                  (f"calculus.{w}.{each.id}" for w in worlds))  # fmt: skip
    for actor in game.actors:
        _odds(ledger, f"calculus.gain.{change.key}.{actor.id}",
              f"What {actor.name} gains, {change.name}", change.worth[actor.id], "payoff", paired,
              (f"calculus.worth.{w}.{actor.id}" for w in worlds))  # fmt: skip


def _odds(
    ledger: Ledger, id: str, label: str, found: Odds, unit: str, method: str, inputs: Iterable[str]
) -> None:
    ledger.quantity(
        Quantity(id, label, found.mean, found.low, found.high, unit, method, tuple(inputs))
    )
