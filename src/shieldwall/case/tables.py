"""All tables of a case folder that are valid on their own, before they are held together."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from shieldwall.case.documents import Document
from shieldwall.case.entries import Entry, check_top_keys, entries, head, raw_ids
from shieldwall.case.formats import FILES
from shieldwall.case.lines import KeyPath
from shieldwall.case.schema import (
    AssumptionTable,
    CaseHead,
    ClaimTable,
    DefendedAreaTable,
    DeploymentTable,
    ExpectationTable,
    HoldingTable,
    HypothesisTable,
    OriginTable,
    OverrideTable,
    PlaceTable,
    PressureTable,
    QuestionTable,
    ReachTable,
    SourceTable,
    ThreatTable,
)
from shieldwall.case.schema_control import (
    ForetoldTable,
    IndicatorTable,
    ObservationTable,
    OutcomeTable,
    TransferTable,
)
from shieldwall.case.schema_game import (
    ActorTable,
    ConsequenceTable,
    FactTable,
    GameTable,
    NodeTable,
    PayoffTable,
)
from shieldwall.case.schema_raid import CrewTable, DoctrineTable, FunctionTable, RaidTable
from shieldwall.case.shapes import Ring
from shieldwall.errors import Problem

NAMED_BY = {"transfer": "system"}
"""The key that names a table, where it is not its id."""


class CatalogueIds(Protocol):
    """The ids a case may name: a loaded catalogue is one; this room does not know that room."""

    @property
    def systems(self) -> Collection[str]:
        """Air-defence systems."""

    @property
    def radars(self) -> Collection[str]:
        """Surveillance radars that stand on their own."""

    @property
    def threats(self) -> Collection[str]:
        """Threats and transports."""


@dataclass(frozen=True)
class Tables:
    """What ``checks`` holds together and ``load`` turns into records."""

    folder: Path
    head: Entry[CaseHead] | None
    threats: tuple[Entry[ThreatTable], ...]
    places: tuple[Entry[PlaceTable], ...]
    defended_areas: tuple[Entry[DefendedAreaTable], ...]
    holdings: tuple[Entry[HoldingTable], ...]
    deployments: tuple[Entry[DeploymentTable], ...]
    origins: tuple[Entry[OriginTable], ...]
    reaches: tuple[Entry[ReachTable], ...]
    assumptions: tuple[Entry[AssumptionTable], ...]
    overrides: tuple[Entry[OverrideTable], ...]
    sources: tuple[Entry[SourceTable], ...]
    claims: tuple[Entry[ClaimTable], ...]
    pressure: tuple[Entry[PressureTable], ...]
    questions: tuple[Entry[QuestionTable], ...]
    hypotheses: tuple[Entry[HypothesisTable], ...]
    expectations: tuple[Entry[ExpectationTable], ...]
    transfers: tuple[Entry[TransferTable], ...]
    observations: tuple[Entry[ObservationTable], ...]
    foretold: tuple[Entry[ForetoldTable], ...]
    indicators: tuple[Entry[IndicatorTable], ...]
    outcomes: tuple[Entry[OutcomeTable], ...]
    functions: tuple[Entry[FunctionTable], ...]
    doctrines: tuple[Entry[DoctrineTable], ...]
    crews: tuple[Entry[CrewTable], ...]
    raids: tuple[Entry[RaidTable], ...]
    games: tuple[Entry[GameTable], ...]
    actors: tuple[Entry[ActorTable], ...]
    facts: tuple[Entry[FactTable], ...]
    consequences: tuple[Entry[ConsequenceTable], ...]
    payoffs: tuple[Entry[PayoffTable], ...]
    nodes: tuple[Entry[NodeTable], ...]
    known: dict[str, frozenset[str]]
    """Ids of each kind of table, those of tables that are wrong included; a kind whose file could
    not be read is absent, and references to it are not judged."""
    rings: dict[KeyPath, Ring] = field(default_factory=dict)
    """The checked polygon of each place and defended area that has one."""


def collect(folder: Path, documents: Iterable[Document], problems: list[Problem]) -> Tables:
    """Validate every table of the documents by itself."""
    by_name = {document.name: document for document in documents}
    found = {name: by_name.get(name, Document.empty(name)) for name in FILES}
    for name, document in found.items():
        if name != "case.toml":  # its keys are those of its head
            check_top_keys(document, problems)
    case, sources, claims = found["case.toml"], found["sources.toml"], found["claims.toml"]
    pressure, hypotheses = found["pressure.toml"], found["hypotheses.toml"]
    control, indicators = found["control.toml"], found["indicators.toml"]
    outcome, game = found["outcome.toml"], found["game.toml"]
    network, raids = found["network.toml"], found["raids.toml"]
    kinds = {
        "threat": case, "place": case, "origin": case, "source": sources, "claim": claims,
        "question": hypotheses, "hypothesis": hypotheses, "foretold": control,
        "defended_area": case, "function": network, "raid": raids, "transfer": control,
        "actor": game, "fact": game, "consequence": game, "node": game,
    }  # fmt: skip
    return Tables(
        folder=folder,
        head=head(case, problems) if "case.toml" in by_name else None,
        threats=entries(case, "threat", ThreatTable, problems),
        places=entries(case, "place", PlaceTable, problems),
        defended_areas=entries(case, "defended_area", DefendedAreaTable, problems),
        holdings=entries(case, "holding", HoldingTable, problems),
        deployments=entries(case, "deployment", DeploymentTable, problems),
        origins=entries(case, "origin", OriginTable, problems),
        reaches=entries(case, "reach", ReachTable, problems),
        assumptions=entries(case, "assumption", AssumptionTable, problems),
        overrides=entries(case, "override", OverrideTable, problems),
        sources=entries(sources, "source", SourceTable, problems),
        claims=entries(claims, "claim", ClaimTable, problems),
        pressure=entries(pressure, "event", PressureTable, problems),
        questions=entries(hypotheses, "question", QuestionTable, problems),
        hypotheses=entries(hypotheses, "hypothesis", HypothesisTable, problems),
        expectations=entries(hypotheses, "expectation", ExpectationTable, problems),
        transfers=entries(control, "transfer", TransferTable, problems),
        observations=entries(control, "observation", ObservationTable, problems),
        foretold=entries(control, "foretold", ForetoldTable, problems),
        indicators=entries(indicators, "indicator", IndicatorTable, problems),
        outcomes=entries(outcome, "outcome", OutcomeTable, problems),
        functions=entries(network, "function", FunctionTable, problems),
        doctrines=entries(network, "doctrine", DoctrineTable, problems),
        crews=entries(network, "crew", CrewTable, problems),
        raids=entries(raids, "raid", RaidTable, problems),
        games=entries(game, "game", GameTable, problems),
        actors=entries(game, "actor", ActorTable, problems),
        facts=entries(game, "fact", FactTable, problems),
        consequences=entries(game, "consequence", ConsequenceTable, problems),
        payoffs=entries(game, "payoff", PayoffTable, problems),
        nodes=entries(game, "node", NodeTable, problems),
        known={
            kind: frozenset(raw_ids(document, kind, NAMED_BY.get(kind, "id")))
            for kind, document in kinds.items()
            if document.name in by_name and isinstance(document.data.get(kind, []), list)
        },
    )
