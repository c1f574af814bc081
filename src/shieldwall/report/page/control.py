"""The chapter on operational control: the answer first, then everything it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from shieldwall.case.control_records import STATES
from shieldwall.control.records import SystemControl
from shieldwall.control.words import MISSION, operator
from shieldwall.report.maps.charts import step_bar
from shieldwall.report.maps.timeline import LANES
from shieldwall.report.page import foresight, moves
from shieldwall.report.page.answers.control import if_held, likeliest, operated, own, stated
from shieldwall.report.page.blocks import Block, Row
from shieldwall.report.page.figures import Figures
from shieldwall.report.page.names import Names
from shieldwall.report.page.operators import (
    OperatorPlate,
    operator_plates,
    readings_behind,
)
from shieldwall.report.page.plates import Panel
from shieldwall.report.page.signs import SignGroup, disagreements, sign_groups
from shieldwall.report.records import Assessment

_NEEDS = {"crews": "trained crews", "upkeep": "upkeep of its own", "links": "radars and links"}


@dataclass(frozen=True)
class ControlChapter:
    """Everything the chapter prints about systems that came from abroad."""

    lede: tuple[Markup, ...]
    basis: str
    own: str
    plates: tuple[OperatorPlate, ...]
    families: tuple[str, ...]
    signs: tuple[SignGroup, ...]
    disagreements: tuple[str, ...]
    needs: tuple[Block, ...]
    fans: tuple[Panel, ...]
    ahead: tuple[foresight.AheadRow, ...]
    time_heads: tuple[str, ...]
    times: tuple[foresight.TimeRow, ...]
    told: tuple[foresight.ToldRow, ...]
    looks: tuple[foresight.LookRow, ...]
    more_looks: tuple[foresight.LookRow, ...]
    waterfalls: tuple[Panel, ...]
    steps: tuple[moves.StepTable, ...]
    without: tuple[moves.Without, ...]
    milestones: tuple[str, ...]
    transfers: tuple[moves.TransferRow, ...]
    rates: tuple[moves.RateRow, ...]


def control_chapter(
    assessment: Assessment, figures: Figures, names: Names
) -> ControlChapter | None:
    """The chapter; ``None`` where no system came from abroad, and its answer says why."""
    control = assessment.control
    if not control.systems:
        return None
    looks = foresight.look_rows(assessment, figures, names)
    return ControlChapter(
        lede=_lede(assessment, figures, names),
        basis=readings_behind(control),
        own=own(control.domestic, names) if control.domestic else "",
        plates=operator_plates(assessment, figures, names),
        families=tuple(LANES.values()),
        signs=sign_groups(assessment, figures, names),
        disagreements=disagreements(assessment, names),
        needs=tuple(_needs(s, figures, names) for s in control.systems),
        fans=foresight.fans(assessment, figures, names),
        ahead=foresight.ahead_rows(assessment, figures, names),
        time_heads=foresight.time_heads(assessment),
        times=foresight.time_rows(assessment, figures, names),
        told=foresight.told_rows(assessment, figures),
        looks=looks[: foresight.TOP_LOOKS],
        more_looks=looks[foresight.TOP_LOOKS :],
        waterfalls=moves.waterfalls(assessment, figures, names),
        steps=moves.step_tables(assessment, figures, names),
        without=moves.without(assessment, figures, names),
        milestones=tuple(moves.MILESTONES.values()),
        transfers=moves.transfer_rows(assessment, figures),
        rates=moves.rate_rows(assessment, figures),
    )


def _lede(assessment: Assessment, figures: Figures, names: Names) -> tuple[Markup, ...]:
    """A few sentences a system, then the mission."""
    found = [_system_sentences(s, figures, names) for s in assessment.control.systems]
    mission = assessment.control.mission
    if mission is not None:
        states = STATES["mission"]
        state = states[int(mission.mean[-1].argmax())]
        supplier = assessment.control.systems[0].transfer.supplier
        found.append(
            Markup("{}’s air-defence mission, most likely: {}; {}.").format(
                supplier, MISSION[state], stated(f"control.mission.{state}", figures)
            )
        )
    return tuple(found)


def _system_sentences(found: SystemControl, figures: Figures, names: Names) -> Markup:
    base = f"control.{found.system}"
    text = Markup("<b>{}</b>{}, operated by: {}. ").format(
        names.system(found.system), if_held(found, figures), operated(found, figures)
    )
    alone = Markup("")
    if likeliest(found) != "independent":
        alone = Markup("By {}: {}. ").format(
            operator("independent", found.transfer), stated(f"{base}.independent", figures),
        )  # fmt: skip
    return text + alone + Markup(
        "{}’s people at its consoles: {}. Connected to radars, links and command: {}; "
        "share of it that works: {}."
    ).format(
        found.transfer.supplier, stated(f"{base}.at_consoles", figures),
        stated(f"{base}.connected", figures), figures(f"{base}.serviceable"),
    )  # fmt: skip


def _needs(found: SystemControl, figures: Figures, names: Names) -> Block:
    """How far each need of independence is met, as bars."""
    rows = []
    for need in found.needs:
        id = f"control.{found.system}.need.{need.need}"
        figure = figures(id) + Markup(" ") + figures.band(id)
        bar = step_bar(need.odds.middle, None, need.odds.low, need.odds.high)
        rows.append(Row(_NEEDS.get(need.need, need.name), (figure,), bar))
    return Block(names.system(found.system), tuple(rows))
