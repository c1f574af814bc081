"""Tables of the chapter on raids, most of them charts too: worth, modes, unknowns, cost, replay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from shieldwall.raid.records import Change, Event, RaidOutcome, Replay
from shieldwall.raid.statistics import Distribution
from shieldwall.report.maps.charts import step_bar
from shieldwall.report.maps.raid_timeline import (
    MARKS,
    NETWORK,
    PASSED,
    TimelineRow,
    mark_key,
    raid_timeline,
)
from shieldwall.report.maps.raids import reach_of, zero_bar
from shieldwall.report.page.figures import Figures
from shieldwall.report.page.names import Names
from shieldwall.report.raid_words import (
    MODES,
    clock,
    event_words,
    minutes,
    signed_band,
    unknown,
    whole_or_tenth,
)
from shieldwall.report.raid_words import band as band_words
from shieldwall.report.records import Assessment
from shieldwall.report.words import count, layer_name, number, percent, plain, short, signed, span
from shieldwall.trail.raids import without_id

VALUES = {
    "integration": "one network, instead of every unit alone",
    "advisers": "the supplier’s crews, instead of the host’s",
}


@dataclass(frozen=True)
class BarRow:
    """One row: what, its bar, its figure and its band."""

    label: str
    more: str
    bar: Markup
    figure: Markup
    band: Markup


@dataclass(frozen=True)
class LayerRow:
    """One layer."""

    name: str
    bar: Markup
    cells: tuple[Markup, ...]


@dataclass(frozen=True)
class UnknownRow:
    """One group of unknowns, by itself and with all it interacts with."""

    name: str
    of: str
    bar: Markup
    first: Markup
    total: Markup
    help: str


@dataclass(frozen=True)
class WeaponRow:
    """One kind of interceptor of one system."""

    name: str
    cells: tuple[Markup | str, ...]


@dataclass(frozen=True)
class EventRow:
    """One line of a replayed raid."""

    at: str
    threat: str
    what: str


@dataclass(frozen=True)
class ReplayPlate:
    """One raid as it went."""

    drawing: Markup
    marks: tuple[tuple[Markup, str], ...]
    words: Markup
    events: tuple[EventRow, ...]


def mean_of(id: str, figures: Figures, found: Distribution) -> Markup:
    """A mean count with one decimal."""
    return figures.link(id, whole_or_tenth(found.mean))


def band_of(id: str, figures: Figures, found: Distribution) -> Markup:
    """Its band with one decimal."""
    return figures.link(id, band_words(found.low, found.high), "fig band")


def layer_rows(found: RaidOutcome, figures: Figures) -> tuple[LayerRow, ...]:
    """Each layer: its fair share as a bar, kills, rounds, and how often it runs out."""
    shares = [(s.shapley.mean, s.shapley.low, s.shapley.high) for s in found.layers]
    reach = reach_of(shares)
    rows = []
    for each, share in zip(found.layers, shares, strict=True):
        base = f"raid.{found.raid}.layer.{each.layer}"
        after = Markup("–")
        if each.exhausted_s is not None:
            after = figures.link(f"{base}.exhausted_s", minutes(each.exhausted_s))
        rows.append(
            LayerRow(
                layer_name(each.layer), zero_bar(share, reach, "kept"),
                (
                    mean_of(f"{base}.shapley", figures, each.shapley),
                    band_of(f"{base}.shapley", figures, each.shapley),
                    mean_of(f"{base}.kills", figures, each.kills),
                    mean_of(f"{base}.shots", figures, each.shots),
                    figures.link(f"{base}.exhausted", percent(each.exhausted.value)), after,
                ),
            )
        )  # fmt: skip
    return tuple(rows)


def value_rows(found: RaidOutcome, figures: Figures, names: Names) -> tuple[BarRow, ...]:
    """What integration, advisers and each system are worth, on one axis."""
    base = f"raid.{found.raid}"
    named = [(VALUES["integration"], f"{base}.value.integration", found.integration)]
    if found.advisers is not None:
        named.append((VALUES["advisers"], f"{base}.value.advisers", found.advisers))
    named += [
        (f"without {names.system(c.key)}", without_id(found, c), c)
        for c in sorted(found.systems, key=lambda c: (-round(c.more.mean, 9), c.key))
    ]
    return _changes(named, worth_reach(found), figures)


def function_rows(found: RaidOutcome, figures: Figures) -> tuple[BarRow, ...]:
    """How much worse without each function, the worst loss first."""
    order = sorted(found.functions, key=lambda c: (-round(c.more.mean, 9), c.key))
    named = [(f"without {_small(c.name)}", without_id(found, c), c) for c in order]
    return _changes(named, worth_reach(found), figures)


def worth_reach(found: RaidOutcome) -> tuple[float, float]:
    """One axis for everything that is worth something, and never less than a tenth of the raid."""
    changes = [found.integration, *found.systems, *found.functions]
    changes += [found.advisers] if found.advisers is not None else []
    return reach_of([(c.more.mean, c.more.low, c.more.high) for c in changes], 0.1 * found.threats)


def _small(name: str) -> str:
    """A name inside a sentence: its first letter small unless the word is an abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _changes(
    named: Sequence[tuple[str, str, Change]], reach: tuple[float, float], figures: Figures
) -> tuple[BarRow, ...]:
    return tuple(
        BarRow(
            label, "", zero_bar((c.more.mean, c.more.low, c.more.high), reach),
            figures.link(id, signed(c.more.mean)),
            figures.link(id, signed_band(c.more.low, c.more.high), "fig band"),
        )
        for label, id, c in named
    )  # fmt: skip


def mode_rows(found: RaidOutcome, figures: Figures) -> tuple[BarRow, ...]:
    """Threats through with the network in each mode, on the axis from none to all."""
    rows = []
    for mode, leakers in found.modes:
        name, _, more = MODES.get(mode, mode).partition(": ")
        id = f"raid.{found.raid}.mode.{mode}"
        bar = zero_bar(
            (leakers.mean, leakers.low, leakers.high), (0.0, float(found.threats)), "kept"
        )
        rows.append(
            BarRow(name, more, bar, mean_of(id, figures, leakers), band_of(id, figures, leakers))
        )
    return tuple(rows)


def unknown_rows(found: RaidOutcome, figures: Figures) -> tuple[UnknownRow, ...]:
    """Groups of unknowns, what matters most first. Estimates below nought are printed as nought."""
    rows = []
    for index in sorted(found.sobol, key=lambda s: (-round(s.total.value, 9), s.group)):
        base, words = f"raid.{found.raid}.sobol.{index.group}", unknown(index.group)
        first, total = (min(max(v.value, 0.0), 1.0) for v in (index.first, index.total))
        low, high = (min(max(v, 0.0), 1.0) for v in (index.total.low, index.total.high))
        rows.append(
            UnknownRow(
                words.name, words.of, step_bar(first, total, low, high),
                figures.link(f"{base}.first", percent(first)),
                figures.link(f"{base}.total", percent(total))
                + Markup(" ") + figures.link(f"{base}.total", span(low, high, "share"), "fig band"),
                words.help,
            )
        )  # fmt: skip
    return tuple(rows)


def weapon_rows(found: RaidOutcome, figures: Figures, names: Names) -> tuple[WeaponRow, ...]:
    """Rounds, kills, rounds and published money for one kill, of everything that fires."""
    rows = []
    for each in found.weapons:
        base = f"raid.{found.raid}.weapon.{each.system}.{each.kind}"
        per, dear = each.shots_per_kill, each.cost_per_kill
        rows.append(
            WeaponRow(
                f"{names.system(each.system)}, {each.kind}s",
                (
                    mean_of(f"{base}.shots", figures, each.shots),
                    mean_of(f"{base}.kills", figures, each.kills),
                    "–" if per is None else figures.link(
                        f"{base}.shots_per_kill",
                        f"{number(per.value, 1)} ({band_words(per.low, per.high)})",
                    ),
                    _unpriced(each.kind, each.shots) if dear is None else figures.link(
                        f"{base}.cost_per_kill",
                        f"{number(dear.value, 2)} ({number(dear.low, 2)} to "
                        f"{number(dear.high, 2)})",
                    ),
                ),
            )
        )  # fmt: skip
    if len(rows) > 1:
        base, per = f"raid.{found.raid}", found.shots_per_kill
        ratio: Markup | str = "–"
        if per is not None:
            ratio = figures.link(
                f"{base}.shots_per_kill",
                f"{number(per.value, 1)} ({band_words(per.low, per.high)})",
            )
        shots = mean_of(f"{base}.shots", figures, found.shots)
        rows.append(WeaponRow("all", (shots, "", ratio, "")))
    return tuple(rows)


def _unpriced(kind: str, shots: Distribution) -> str:
    if shots.mean == 0:
        return "fires nothing"
    return "bursts have no price" if kind == "gun" else "no price is published"


def replay_plate(found: RaidOutcome, assessment: Assessment, figures: Figures, names: Names
                 ) -> ReplayPlate | None:  # fmt: skip
    """The replayed raid as a timeline and as lines; ``None`` where nothing happened in it."""
    replay = found.replay
    if replay is None or not replay.events:
        return None
    called = _callers(assessment, replay.events, names)
    real = sum(1 for *_, is_real in replay.threats if is_real)
    killed = sum(1 for e in replay.events if e.kind == "killed" and e.real)
    kinds = {"fired" if e.kind == "teams fired" else e.kind for e in replay.events}
    told = f"Of {count(real, 'threat')} {killed} are killed and {replay.leakers} come through."
    return ReplayPlate(
        raid_timeline(f"{found.name}: one raid as it went", told, _rows(replay, called)),
        tuple((mark_key(kind), words) for kind, words in MARKS.items() if kind in kinds),
        Markup("Draw {}, replication {}: {} of {} come through. Network {}; functions that worked: "
               "{}.").format(
            replay.draw, replay.replication,
            figures.link(f"raid.{found.raid}.replay", number(replay.leakers)), real,
            MODES.get(replay.mode, replay.mode).partition(":")[0],
            ", ".join(replay.working) or "none that the case names",
        ),
        tuple(
            EventRow(clock(e.at_s), _threat(e, replay), event_words(e, called.get(e.by, e.by)))
            for e in replay.events
        ),
    )  # fmt: skip


def _threat(event: Event, replay: Replay) -> str:
    decoy = "" if event.real else " (decoy)"
    return f"{event.threat + 1} {replay.threats[event.threat][0]}{decoy}"


def _callers(assessment: Assessment, events: Iterable[Event], names: Names) -> dict[str, str]:
    """Whoever does something in a replay -> system and place."""
    units = {u.id: u for u in assessment.ensemble.units}
    found = {}
    for by in dict.fromkeys(e.by for e in events if e.by):
        id, _, kind = by.partition(" ")
        unit = units.get(id)
        if unit is None:
            found[by] = plain(by)
            continue
        system = names.system(unit.system)
        if unit.kind == "density":
            found[by] = f"{system} teams"
        else:
            guns = " guns" if kind == "gun" else ""
            found[by] = f"{system}{guns}, {short(names.place(unit.place))}"
    return found


def _rows(replay: Replay, called: dict[str, str]) -> list[TimelineRow]:
    by: dict[str, list[Event]] = {name: [] for name in called}
    network = [e for e in replay.events if e.kind in ("found", "ordered")]
    passed = [e for e in replay.events if e.kind == PASSED]
    for event in replay.events:
        if event.by != NETWORK:
            by[event.by].append(event)
    rows = [TimelineRow("network", tuple(network), f"{_number(network, 'ordered')} orders")]
    rows = rows if network else []
    rows += [TimelineRow(called[n], tuple(events), _tally(events)) for n, events in by.items()]
    if passed:
        words = f"{sum(e.real for e in passed)} of {sum(t[3] for t in replay.threats)}"
        rows.append(TimelineRow("come through", tuple(passed), words))
    return rows


def _tally(events: list[Event]) -> str:
    rounds, killed = sum(e.rounds for e in events), _number(events, "killed")
    return f"{count(rounds, 'round')}, {killed or 'none'} killed"


def _number(events: list[Event], kind: str) -> int:
    return sum(1 for e in events if e.kind == kind)
