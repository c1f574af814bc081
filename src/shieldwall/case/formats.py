"""Which tables stand in which file of a case, and the JSON Schema of each file."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from shieldwall.case import schema as plain
from shieldwall.case import schema_control as control
from shieldwall.case import schema_game as game
from shieldwall.case import schema_raid as raid
from shieldwall.case.records import Moment
from shieldwall.case.schema import CaseHead
from shieldwall.case.schema_values import Table

FILES: dict[str, dict[str, type[Table]]] = {
    "case.toml": {
        "threat": plain.ThreatTable,
        "place": plain.PlaceTable,
        "defended_area": plain.DefendedAreaTable,
        "holding": plain.HoldingTable,
        "deployment": plain.DeploymentTable,
        "origin": plain.OriginTable,
        "reach": plain.ReachTable,
        "assumption": plain.AssumptionTable,
        "override": plain.OverrideTable,
    },
    "sources.toml": {"source": plain.SourceTable},
    "claims.toml": {"claim": plain.ClaimTable},
    "pressure.toml": {"event": plain.PressureTable},
    "hypotheses.toml": {
        "question": plain.QuestionTable,
        "hypothesis": plain.HypothesisTable,
        "expectation": plain.ExpectationTable,
    },
    "control.toml": {
        "transfer": control.TransferTable,
        "observation": control.ObservationTable,
        "foretold": control.ForetoldTable,
    },
    "indicators.toml": {"indicator": control.IndicatorTable},
    "outcome.toml": {"outcome": control.OutcomeTable},
    "network.toml": {
        "function": raid.FunctionTable,
        "doctrine": raid.DoctrineTable,
        "crew": raid.CrewTable,
    },
    "raids.toml": {"raid": raid.RaidTable},
    "game.toml": {
        "game": game.GameTable,
        "actor": game.ActorTable,
        "fact": game.FactTable,
        "consequence": game.ConsequenceTable,
        "payoff": game.PayoffTable,
        "node": game.NodeTable,
    },
}
"""File -> array table -> its model; case.toml also has the keys of ``CaseHead``."""


def json_schema() -> dict[str, dict[str, Any]]:
    """A JSON Schema (2020-12) for each file, for editors: case, sources, claims and so on."""
    return {name.removesuffix(".toml"): _file_schema(name) for name in FILES}


def _file_schema(name: str) -> dict[str, Any]:
    from pydantic.json_schema import models_json_schema

    tables = FILES[name]
    models: list[type[BaseModel]] = [*tables.values(), *([CaseHead] if name == "case.toml" else [])]
    definitions = models_json_schema([(model, "validation") for model in models])[1]["$defs"]
    definitions.pop(Moment.__name__, None)  # times are text, and nothing refers to it
    head = definitions.pop(CaseHead.__name__, {"properties": {}, "required": []})
    arrays = {
        table: {
            "type": "array",
            "description": model.__doc__,
            "items": {"$ref": f"#/$defs/{model.__name__}"},
        }
        for table, model in tables.items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Shieldwall {name}",
        "type": "object",
        "properties": {**head["properties"], **arrays},
        "required": head["required"],
        "additionalProperties": False,
        "$defs": definitions,
    }
