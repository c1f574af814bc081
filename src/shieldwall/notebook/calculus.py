"""What it changes for governments: the crisis game as data frames, a chance as a plot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from shieldwall.calculus.records import Calculus, Hangs, Odds
from shieldwall.notebook import looks
from shieldwall.notebook.libraries import choose, library
from shieldwall.notebook.tables import in_order
from shieldwall.report.calculus_words import (
    consequence_name,
    of_measure,
    share_words,
    turning_words,
)
from shieldwall.report.records import Assessment
from shieldwall.report.words import count, plain
from shieldwall.trail.calculus import move_id
from shieldwall.trail.game_unknowns import base_of, share_id

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

ANY_STRIKE = "any strike"
"""What ``shares`` and ``turnings`` are of where they are of no single consequence."""
TITLE = 60
"""Letters in a line of a plot's title."""
BAND = ("mean", "low", "high")


@dataclass(frozen=True, repr=False)
class CalculusView:
    """The crisis game of one assessment; ``data`` holds the record, with the names of all ids.

    Bands are the 5th and 95th percentile over the draws. ``figure`` is an id for ``explain``.
    Worlds: ``drawn`` (as it is), ``without`` the systems, ``connected`` and ``apart``; and, where
    there is a supplier, ``host`` (without its people) and ``supplier`` (they surely operate).
    """

    assessment: Assessment
    data: Calculus
    """The room's own record."""

    @property
    def worlds(self) -> pd.DataFrame:
        """Worlds by consequences: the probability that it comes about."""
        return _banded(
            ("world", "consequence"),
            (
                ((w.key, id), odds, f"calculus.{w.key}.{id}")
                for w in self.data.worlds
                for id, odds in w.measures.items()
            ),
        )

    @property
    def changes(self) -> pd.DataFrame:
        """Differences by consequences: change of the probability, one world less another."""
        return _banded(
            ("difference", "consequence"),
            (
                ((d.key, id), odds, f"calculus.change.{d.key}.{id}")
                for d in self.data.differences
                for id, odds in d.measures.items()
            ),
        )

    @property
    def worth(self) -> pd.DataFrame:
        """Worlds by actors: what the game is worth to it, on the scale of ``data.game.scale``."""
        return _banded(
            ("world", "actor"),
            (
                ((w.key, actor), odds, f"calculus.worth.{w.key}.{actor}")
                for w in self.data.worlds
                for actor, odds in w.worth.items()
            ),
        )

    @property
    def gains(self) -> pd.DataFrame:
        """Differences by actors: what it gains, one world less another, on the same scale."""
        return _banded(
            ("difference", "actor"),
            (
                ((d.key, actor), odds, f"calculus.gain.{d.key}.{actor}")
                for d in self.data.differences
                for actor, odds in d.worth.items()
            ),
        )

    @property
    def moves(self) -> pd.DataFrame:
        """Worlds, nodes and moves: the probability of the move, given that the node is reached.

        ``reached``: the probability of that. NaN where it never is.
        """
        first = self.data.worlds[0].key
        steps = [(w, step) for w in self.data.worlds for step in w.moves]
        frame = _banded(
            ("world", "node", "move"),
            (
                ((w.key, *step), w.moves[step], move_id(*step, "" if w.key == first else w.key))
                for w, step in steps
            ),
        )
        frame.insert(0, "reached", [w.reached.get(node, 0.0) for w, (node, _) in steps])
        return frame

    @property
    def shares(self) -> pd.DataFrame:
        """How much of the variance of a chance each group of unknowns makes.

        ``of``: any strike, or the consequence. ``first`` by itself, ``total`` with all it acts
        through; estimates, which may fall below 0.
        """
        game = self.data.game
        rows = [
            (of, s.kind, s.group, plain(share_words(game, s.kind, s.group)), s.first, s.total,
             share_id(s.kind, s.group, base))
            for of, base, hangs in self._hanging()
            for s in hangs.shares
        ]  # fmt: skip
        columns = ["of", "kind", "group", "name", "first", "total", "figure"]
        return in_order(rows, columns, 3)

    @property
    def turnings(self) -> pd.DataFrame:
        """Each parameter moved from ``low`` to ``high``, all others at their middles.

        ``chance_low`` and ``chance_high``: the chance of ``of`` at either end; ``least`` and
        ``most``: over the whole band, whose difference sorts; ``thresholds``: where it is one half.
        """
        game = self.data.game
        rows = [
            (of, t.kind, t.name, plain(turning_words(game, t)), t.low, t.high, t.strike_low,
             t.strike_high, t.least, t.most, list(t.thresholds))
            for of, _, hangs in self._hanging()
            for t in hangs.turnings
        ]  # fmt: skip
        columns = ["of", "kind", "parameter", "name", "low", "high", "chance_low", "chance_high",
                   "least", "most", "thresholds"]  # fmt: skip
        return in_order(rows, columns, 3)

    @property
    def facts(self) -> pd.DataFrame:
        """Facts of the game as it is: what other rooms give, and what is assumed (no ``of``)."""
        given = {f.id: f for f in self.data.game.facts}
        rows = [
            (id, plain(given[id].name), given[id].of, *_spread(odds), f"calculus.fact.{id}")
            for id, odds in self.data.facts.items()
        ]
        columns = ["fact", "name", "of", *BAND, "figure"]
        return library("pandas").DataFrame(rows, columns=columns).set_index("fact")

    def plot(self, consequence: str | None = None, ax: Axes | None = None) -> Axes:
        """One chance in every world: dot the mean, line the 5th to 95th percentile.

        The first strike of the game unless named, or what comes first where it has none. The axes
        are returned. Raises ``UsageError``.
        """
        game = self.data.game
        order = (*of_measure(game, "strike"), *game.consequences)
        chosen = choose(consequence, tuple(dict.fromkeys(c.id for c in order)), "consequence")
        worlds = [w for w in self.data.worlds if chosen in w.measures]
        if ax is None:
            _, ax = library("matplotlib.pyplot").subplots(
                figsize=(7, 1.4 + 0.4 * len(worlds)), layout="constrained"
            )
        _bands(ax, [w.measures[chosen] for w in worlds], [w.name for w in worlds])
        name = fill(looks.literal(consequence_name(game, chosen)), TITLE)
        ax.set_title(name, loc="left", fontsize="medium")
        return ax

    def __repr__(self) -> str:
        found, game = self.data, self.data.game
        return (
            f"<calculus: {', '.join(a.id for a in game.actors)}; worlds "
            f"{', '.join(w.key for w in found.worlds)}; "
            f"{count(len(game.consequences), 'consequence')}; {found.draws} draws>"
        )

    def _hanging(self) -> Iterator[tuple[str, str, Hangs]]:
        """Of what, what stands before its ids, and on what its chance hangs."""
        found = self.data
        strike = Hangs(found.shares, found.turnings, found.assumed_total, found.evidence_total)
        yield ANY_STRIKE, "", strike
        for consequence, hangs in found.hangs.items():
            yield consequence, base_of(found.game, consequence), hangs


def _banded(
    levels: Sequence[str], rows: Iterable[tuple[tuple[str, ...], Odds | None, str]]
) -> pd.DataFrame:
    """Indexed by ``levels``: mean, low, high, and the figure's id."""
    frame = in_order(
        [(*key, *_spread(odds), figure) for key, odds, figure in rows],
        [*levels, *BAND, "figure"], len(levels),
    )  # fmt: skip
    return frame.astype(dict.fromkeys(BAND, float))


def _spread(odds: Odds | None) -> tuple[float | None, ...]:
    return (None,) * len(BAND) if odds is None else (odds.mean, odds.low, odds.high)


def _bands(ax: Axes, odds: Sequence[Odds], names: Sequence[str]) -> None:
    rows = np.arange(len(odds))
    ax.hlines(rows, [o.low for o in odds], [o.high for o in odds], color=looks.SHADE, linewidth=7)
    ax.plot([o.mean for o in odds], rows, "o", color=looks.ACCENT, markersize=6)
    ax.set_yticks(rows, [looks.literal(n) for n in names])
    ax.set(
        xlim=(-0.02, 1.02), ylim=(len(odds) - 0.5, -0.5),
        xlabel="probability\ndot: the mean; line: its 5th to 95th percentile",
    )  # fmt: skip
    ax.tick_params(axis="y", length=0)
