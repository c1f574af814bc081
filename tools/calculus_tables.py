"""Write the tables of docs/calculus.md from the shipped games.

python tools/calculus_tables.py            play the games on what was kept of the other rooms
python tools/calculus_tables.py --fresh    ask the other rooms anew first (minutes), and keep it
python tools/calculus_tables.py --check    say whether the page is up to date (exit code 1: no)

Kept is what a game reads: the share of each raid that is stopped, draw by draw, in every state, and
the odds of operational control. So a change of a game or of the calculus shows within seconds.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from shieldwall.calculus.calculate import calculus
from shieldwall.calculus.records import Calculus, Odds
from shieldwall.case import load_case
from shieldwall.case.game_records import Measure
from shieldwall.case.records import Band, Case
from shieldwall.catalogue import load_catalogue
from shieldwall.control.records import OperationalControl
from shieldwall.raid.records import Fate, RaidOutcomes
from shieldwall.report.calculus_text import calculus_text
from shieldwall.report.calculus_words import points_band, share_of, share_words
from shieldwall.report.words import percent, points, span

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "calculus.md"
KEPT = ROOT / "tests" / "calculus" / "kept"
CASES = ("venezuela-2025", "venezuela-2019", "moscow-2023")
BEGIN = "<!-- made by tools/calculus_tables.py: edit that -->"
END = "<!-- to here -->"
EXCERPT = 3


def main(arguments: list[str]) -> int:
    """Write or check the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--fresh", action="store_true")
    options = parser.parse_args(arguments)
    if options.fresh:
        for name in CASES:
            keep(name)
    text = PAGE.read_text("utf-8")
    made = page(text)
    if options.check:
        print("up to date" if made == text else "out of date: run python tools/calculus_tables.py")
        return int(made != text)
    PAGE.write_text(made, "utf-8")
    return 0


def page(text: str) -> str:
    """The page with its tables made anew."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{tables()}\n{END}{after}"


def played(name: str, draws: int = 4_096) -> tuple[Case, Calculus]:
    """A shipped game, played on what was kept."""
    case = load_case(ROOT / "cases" / name, load_catalogue())
    found = calculus(case, *rooms(name), draws)
    if found is None:
        raise ValueError(f"{name} has no game")
    return case, found


def rooms(name: str) -> tuple[OperationalControl, RaidOutcomes]:
    """What was kept of the other rooms, as far as a game reads it."""
    data = json.loads((KEPT / f"{name}.json").read_text("utf-8"))

    def weekly(odds: list[float] | None, before: int = 0) -> Any:
        """Odds of the last week, after so many states that no fact asks of."""
        if odds is None:
            return None
        return SimpleNamespace(
            **{k: np.array([[0.0] * before + [v]])
               for k, v in zip(("low", "mean", "high"), odds, strict=True)}
        )  # fmt: skip

    control = SimpleNamespace(
        mission=weekly(data["control"]["mission"], data["control"]["state"]),
        systems=[
            SimpleNamespace(system=s, at_consoles=Band(*each["at_consoles"]),
                            connected=weekly(each["connected"]))
            for s, each in data["control"]["systems"].items()
        ],
    )  # fmt: skip
    fought = SimpleNamespace(
        raids=[
            SimpleNamespace(
                raid=raid,
                fates={k: Fate(tuple(v["stopped"]), tuple(v["none_through"]))
                       for k, v in fates.items()},
            )
            for raid, fates in data["raids"].items()
        ]
    )  # fmt: skip
    return cast(OperationalControl, control), cast(RaidOutcomes, fought)


def keep(name: str) -> None:
    """Ask the other rooms, as ``shieldwall calculus`` does, and keep what a game reads."""
    from shieldwall.case.control_records import STATES
    from shieldwall.drawn import draw, read
    from shieldwall.progress import Silent
    from shieldwall.raid.fight import PAIRED, chosen
    from shieldwall.raid.measures import fates, player
    from shieldwall.raid.prepare import prepare

    made = draw(read(ROOT / "cases" / name, Silent(), None), None, None, None, Silent())
    case, control = made.case, made.control
    facts = () if case.game is None else case.game.facts
    needed = tuple(dict.fromkeys(
        f.of.split(".")[1] for f in facts if f.of is not None and f.of.startswith("raid.")
    ))  # fmt: skip
    scenes = prepare(
        case, made.catalogue, made.ensemble, made.terrain, chosen(case, needed), None, Silent()
    )
    raids = {}
    for scene in scenes:
        play = player(scene, np.arange(scene.draws), PAIRED, None)
        raids[scene.raid.id] = {
            key: {"stopped": _short(f.stopped), "none_through": _short(f.none_through)}
            for key, f in fates(scene, play).items()
        }
        scene.forget()
    state = STATES["mission"].index("operating")
    data = {
        "control": {
            "state": state,
            "mission": None if control.mission is None else _short(
                x[-1, state] for x in (
                    control.mission.low, control.mission.mean, control.mission.high)
            ),
            "systems": {
                s.system: {
                    "at_consoles": _short(
                        (s.at_consoles.low, s.at_consoles.middle, s.at_consoles.high)),
                    "connected": _short(
                        x[-1, 0] for x in (s.connected.low, s.connected.mean, s.connected.high)),
                }
                for s in control.systems
            },
        },
        "raids": raids,
    }  # fmt: skip
    KEPT.mkdir(exist_ok=True)
    (KEPT / f"{name}.json").write_text(
        json.dumps(data, separators=(",", ":")).replace('"stopped"', '\n"stopped"') + "\n", "utf-8"
    )


def _short(values: Any) -> list[float]:
    return [round(float(v), 6) for v in values]


def _text(text: str) -> str:
    """With plain spaces."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def tables() -> str:
    """The headline figures of every shipped game, and an excerpt of the first."""
    games = {name: played(name) for name in CASES}
    rows = [(" ", *CASES), *_rows([crisis for _, crisis in games.values()])]
    lines = [f"| {' | '.join(cells)} |".replace("|   |", "| |") for cells in rows]
    lines.insert(1, "|---" * len(rows[0]) + "|")
    case, crisis = games[CASES[0]]
    told = _text(calculus_text(case, crisis)).splitlines()
    at = next(n for n, line in enumerate(told) if line.startswith("One thing moved"))
    excerpt = "\n".join(f"    {line}" for line in told[at : at + 1 + EXCERPT])
    return "\n".join((*lines, "", "An excerpt of the first case:", "", excerpt, ""))


def _rows(games: list[Calculus]) -> Iterator[tuple[str, ...]]:
    def each(name: str, told: Callable[[Calculus], str]) -> tuple[str, ...]:
        return (name, *(told(g) for g in games))

    yield each("a strike, as it is", lambda g: _chance(_measured(g, "strike", "drawn")))
    for key, name in (("without", "without the systems"), ("host", "without the supplier's people"),
                      ("connected", "connected"), ("apart", "not connected")):  # fmt: skip
        yield each(name, lambda g, key=key: _chance(_measured(g, "strike", key)))  # type: ignore[misc]
    for key, name in (
        ("systems", "change by the systems, points"), ("advisers", "by the supplier's people"),
        ("connection", "by the connection"),
        ("crews", "supplier's crews surely at the consoles, not the host's alone"),
    ):  # fmt: skip
        yield each(name, lambda g, key=key: _change(g, "strike", key))  # type: ignore[misc]
    yield each("the supplier's crews in the fight",
               lambda g: _chance(_measured(g, "involvement", "drawn")))  # fmt: skip
    yield each("most of the variance of a strike", _most)
    yield each("how raids go", lambda g: _share(g, "raid"))
    yield each("who operates, and what is joined", lambda g: _share(g, "control"))
    yield each("all that is assumed, as one group", lambda g: _part(g.assumed_total))
    yield each("all that other rooms find, as one", lambda g: _part(g.evidence_total))
    yield each("both, of the supplier drawn in", _drawn_in)
    yield each("acts followed, of acts; chance if at random", _answered)
    yield each("a strike at λ = 0, and without end", _levels)


def _first(game: Calculus, measure: Measure) -> str | None:
    return next((c.id for c in game.game.consequences if c.measure == measure), None)


def _measured(game: Calculus, measure: Measure, world: str) -> Odds | None:
    found = _first(game, measure)
    return next((w.measures[found] for w in game.worlds if w.key == world and found), None)


def _chance(odds: Odds | None) -> str:
    if odds is None:
        return "no supplier"
    return _text(f"{percent(odds.mean)} ({span(odds.low, odds.high, 'share')})").replace(" %)", ")")


def _change(game: Calculus, measure: Measure, key: str) -> str:
    found = _first(game, measure)
    change = next((d for d in game.differences if d.key == key), None)
    if change is None or found is None:
        return "no supplier"
    odds = change.measures[found]
    return f"{points(odds.mean)} ({points_band(odds)})"


def _most(game: Calculus) -> str:
    best = max(game.shares, key=lambda s: s.total)
    return f"{share_words(game.game, best.kind, best.group)}, {_part(best.total)}"


def _part(total: float) -> str:
    return _text(percent(share_of(total)))


def _share(game: Calculus, group: str) -> str:
    found = next((s.total for s in game.shares if (s.kind, s.group) == ("facts", group)), None)
    return "not asked" if found is None else _part(found)


def _drawn_in(game: Calculus) -> str:
    found = _first(game, "involvement")
    if found is None:
        return "no supplier"
    hangs = game.hangs[found]
    return f"{_part(hangs.assumed_total)} and {_part(hangs.evidence_total)}"


def _answered(game: Calculus) -> str:
    found = game.answered
    if found is None:
        return "no supplier"
    chance = "nothing to compare" if found.chance is None else percent(found.chance)
    return _text(f"{found.answers} of {found.acts}; {chance}")


def _levels(game: Calculus) -> str:
    struck = _first(game, "strike") or ""
    ends = (game.rationality[0], game.rationality[-1])
    return _text(", ".join(percent(level.measures[struck].mean) for level in ends))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
