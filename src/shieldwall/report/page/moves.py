"""What moved the answer: each origin in the order of dates, each piece left out, and history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from markupsafe import Markup

from shieldwall.control.records import Effect, Step, SystemControl
from shieldwall.control.transfers import HistoricTransfer, Name, transfers
from shieldwall.control.words import RATES
from shieldwall.report.maps.foresight import Fall, waterfall
from shieldwall.report.maps.odds import dumbbell
from shieldwall.report.page.figures import Figures
from shieldwall.report.page.names import FAMILIES, Names
from shieldwall.report.page.operators import INDEPENDENT, claim_link
from shieldwall.report.page.plates import Panel
from shieldwall.report.page.trails import web_address
from shieldwall.report.records import Assessment
from shieldwall.report.words import count, day, number, points, short

LEAST = 0.005
"""A step below half a percentage point is not drawn by itself."""
_SIGN, _WHO = 40, 20
"""Letters of a sign and of a source that a row of the waterfall has room for."""
_LARGEST = 3
"""Sources, origins and documents named for each system, of each kind."""
MILESTONES: dict[Name, str] = {
    "delivered": "delivered", "operational": "operated", "host_operates": "host operates",
    "independent": "independent", "integrated": "in the network", "reversed": "reversed",
}  # fmt: skip
_FIRST = {"supplier": "the supplier", "contractors": "contractors", "joint": "joint crews",
          "host": "the host", None: "unknown"}  # fmt: skip


@dataclass(frozen=True)
class StepRow:
    """One step of the waterfall."""

    on: str
    sign: str
    says: str
    link: Markup | str
    change: Markup | str
    independent: Markup
    connected: Markup


@dataclass(frozen=True)
class StepTable:
    """All steps of one system."""

    id: str
    system: str
    rows: tuple[StepRow, ...]


@dataclass(frozen=True)
class WithoutRow:
    """One piece of the evidence left out."""

    by: str
    piece: str
    independent: Markup
    bar: Markup
    connected: Markup


@dataclass(frozen=True)
class Without:
    """What leaving out pieces does to one system."""

    system: str
    now: Markup
    rows: tuple[WithoutRow, ...]


@dataclass(frozen=True)
class MilestoneCell:
    """When a historical transfer came so far, and where that was read."""

    when: str
    how: str
    source: str
    href: str


@dataclass(frozen=True)
class TransferRow:
    """One historical transfer."""

    system: Markup | str
    parties: str
    first: str
    cells: tuple[MilestoneCell | None, ...]
    note: str


@dataclass(frozen=True)
class RateRow:
    """One rate as history tells it."""

    name: str
    spans: Markup
    rate: Markup
    score: Markup
    constant: Markup


def waterfalls(assessment: Assessment, figures: Figures, names: Names) -> tuple[Panel, ...]:
    """One waterfall a system: before anything was read, what each origin adds, now."""
    return tuple(_waterfall(assessment, s, figures, names) for s in assessment.control.systems)


def _waterfall(
    assessment: Assessment, found: SystemControl, figures: Figures, names: Names
) -> Panel:
    base, name = f"control.{found.system}", names.system(found.system)
    steps = found.steps
    level = steps[0].independent
    falls = [Fall("before anything was read", level, level,
                  figures(f"{base}.step.0.independent"), "level")]  # fmt: skip
    few = 0
    for n, (before, after) in enumerate(pairwise(steps), 1):
        change = after.independent - before.independent
        if abs(change) < LEAST:
            few += 1
            continue
        figure = figures.link(f"{base}.step.{n}.moved", points(change, 1))
        falls.append(Fall(_label(assessment, after), level, level + change, figure, "step"))
        level += change
    now = steps[-1].independent
    if few:
        text = figures.to(f"#t-steps-{found.system}", points(now - level, 1))
        falls.append(Fall(f"{count(few, 'other step')}, each below half a point", level, now, text,
                          "others"))  # fmt: skip
    falls.append(Fall("now", now, now, figures(f"{base}.independent"), "level"))
    told = "; ".join(f"{f.label}: {points(f.after - f.before, 1)}" for f in falls[1:-1])
    drawing = waterfall(f"What moved independent control of {name}", f"{told}.", falls)
    return Panel(name, drawing)


def _label(assessment: Assessment, step: Step) -> str:
    sign = assessment.control.indicators[step.indicator].name
    on = "undated" if step.on is None else day(step.on, brief=True)
    who = short(assessment.case.source(assessment.evidence.claim(step.speaker).source).name)
    who = who if len(who) <= _WHO else f"{who[: _WHO - 1].rstrip()}…"
    sign = sign if len(sign) <= _SIGN else f"{sign[: _SIGN - 1].rstrip()}…"
    return f"{sign}{': no' if step.says == 'no' else ''} · {who}, {on}"


def step_tables(assessment: Assessment, figures: Figures, names: Names) -> tuple[StepTable, ...]:
    """All steps, those too small to be drawn included."""
    return tuple(
        StepTable(s.system, names.system(s.system), tuple(_step_rows(assessment, s, figures)))
        for s in assessment.control.systems
    )


def _step_rows(assessment: Assessment, found: SystemControl, figures: Figures) -> Iterable[StepRow]:
    signs = assessment.control.indicators
    for n, step in enumerate(found.steps):
        base = f"control.{found.system}.step.{n}"
        told = (figures(f"{base}.independent"), figures(f"{base}.connected"))
        if not step.speaker:
            yield StepRow("", "before anything was read", "", "", "", *told)
            continue
        change = step.independent - found.steps[n - 1].independent
        yield StepRow(
            "undated" if step.on is None else step.on.isoformat(), signs[step.indicator].name,
            step.says, claim_link(step.speaker, figures),
            figures.link(f"{base}.moved", points(change, 1)), *told,
        )  # fmt: skip


def without(assessment: Assessment, figures: Figures, names: Names) -> tuple[Without, ...]:
    """Every family, and the largest of sources, origins and documents, left out."""
    return tuple(
        Without(
            names.system(s.system), figures(f"control.{s.system}.independent"),
            tuple(_without(assessment, s, e, figures) for e in _largest(s)),
        )
        for s in assessment.control.systems
    )  # fmt: skip


def _largest(found: SystemControl) -> list[Effect]:
    now = float(found.now[INDEPENDENT])
    moved = lambda e: (-round(abs(e.independent - now), 9), e.key)  # noqa: E731
    chosen = sorted((e for e in found.effects if e.by == "family"), key=moved)
    for by in ("source", "origin", "document"):
        kind = sorted((e for e in found.effects if e.by == by), key=moved)
        chosen += [e for e in kind[:_LARGEST] if abs(e.independent - now) >= LEAST]
    return chosen


def _without(
    assessment: Assessment, found: SystemControl, effect: Effect, figures: Figures
) -> WithoutRow:
    base = f"control.{found.system}.without.{effect.by}.{effect.key}"
    return WithoutRow(
        effect.by, _piece(assessment, effect), figures(f"{base}.independent"),
        dumbbell(float(found.now[INDEPENDENT]), effect.independent), figures(f"{base}.connected"),
    )  # fmt: skip


def _piece(assessment: Assessment, effect: Effect) -> str:
    if effect.by == "family":
        return FAMILIES.get(effect.key, effect.key)
    if effect.by == "source":
        return short(assessment.case.source(effect.key).name)
    if effect.by == "document" and web_address(effect.key):
        return urlsplit(effect.key).hostname or effect.key
    return effect.key


def transfer_rows(assessment: Assessment, figures: Figures) -> tuple[TransferRow, ...]:
    """The reference class; a transfer that a rate was learnt from leads to its trail."""
    return tuple(_transfer(assessment, t, figures) for t in transfers())


def _transfer(assessment: Assessment, found: HistoricTransfer, figures: Figures) -> TransferRow:
    leaf = f"transfer:{found.id}"
    known = leaf in assessment.ledger.leaves
    return TransferRow(
        figures.link(leaf, found.system) if known else found.system,
        f"{found.supplier} to {found.host}", _FIRST[found.first_by],
        tuple(_milestone(found, name) for name in MILESTONES), found.note,
    )  # fmt: skip


def _milestone(found: HistoricTransfer, name: Name) -> MilestoneCell | None:
    step = found.milestones.get(name)
    if step is None:
        return None
    kind = {"on": "", "by": "by ", "not by": "not by "}[step.kind]
    return MilestoneCell(
        f"{kind}{step.when.text}", step.how, step.source, web_address(step.address or "")
    )


def rate_rows(assessment: Assessment, figures: Figures) -> tuple[RateRow, ...]:
    """The learnt rates, each with its score beside that of one constant rate."""
    return tuple(
        RateRow(
            RATES[r.rate], figures.link(f"control.rate.{r.rate}", str(len(r.spans))),
            figures(f"control.rate.{r.rate}", bare=True)
            + Markup(" (") + figures.band(f"control.rate.{r.rate}", bare=True) + Markup(")"),
            figures.link(f"control.rate.{r.rate}", number(r.score, 2)),
            figures.link(f"control.rate.{r.rate}", number(r.constant, 2)),
        )
        for r in assessment.control.rates
    )  # fmt: skip
