"""What all weapons of one raid share: the spread of published raids beyond independent kills.

Published raids differ from one another far more than independent kills would. Of a raid of n
weapons, each destroyed with a probability p drawn once for the whole raid from Beta(a, b), the
number destroyed is beta-binomial, with

    mean = a / (a + b),    rho = 1 / (a + b + 1),    variance = n mean (1 - mean) (1 + (n - 1) rho)

(Skellam 1948, J. R. Statist. Soc. B 10, 257). The table ``data/effects.toml`` holds fits to one
party's claims; neither the claims nor the fitting are part of the product (the fitting stands in
``tests/support/shared_fates.py``, and a test holds the table against a fresh fit).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from shieldwall.case.documents import Document
from shieldwall.case.entries import named
from shieldwall.case.records import Band
from shieldwall.case.schema_values import Number, ShareBand, Table, Text, Time
from shieldwall.case.shipped import refuse, shipped
from shieldwall.errors import Problem

Floats = NDArray[np.float64]

FILE = "raid/data/effects.toml"
EFFECT_OF = {
    "one-way drone": "shahed",
    "drone": "shahed",
    "cruise missile": "cruise",
    "ballistic missile": "ballistic",
}
"""The product's categories of threats to the class whose effect is used. Crewed aircraft are in no
published table of raids: the caller names an assumption of its own."""


@dataclass(frozen=True)
class CommonEffect:
    """What the weapons of one class share in a raid, as fitted to published raids."""

    weapon_class: str
    mean: Band
    """Probability that a weapon that went on to its goal is destroyed."""
    rho: Band
    """Correlation of the fates of two weapons of one raid."""
    period: tuple[str, str]
    """First and last day of the raids, ISO."""
    raids: int
    launched: int
    delta_aic: float
    """AIC of independent kills less that of the beta-binomial; above 0 where raids share fates."""
    source: str


class EffectTable(Table):
    """One class of weapons as the file has it."""

    mean: ShareBand
    rho: ShareBand
    first: Time
    last: Time
    raids: Annotated[int, Field(ge=1)]
    launched: Annotated[int, Field(ge=1)]
    delta_aic: Number
    source: Text


@cache
def common_effects() -> dict[str, CommonEffect]:
    """The product's table by class of weapon."""
    return read_effects(shipped(FILE))


def read_effects(document: Document) -> dict[str, CommonEffect]:
    """The effects of a document. Raises ``CatalogueError`` with file, line and key."""
    problems: list[Problem] = []
    found = named(document, EffectTable, problems)
    refuse(problems)
    return {name: _effect(name, entry.table) for name, entry in found.items()}


def effect_for(category: str) -> CommonEffect | None:
    """The effect for a product category of threat, or None where no published raid tells it."""
    name = EFFECT_OF.get(category)
    return None if name is None else common_effects()[name]


def _effect(name: str, table: EffectTable) -> CommonEffect:
    mean, rho = (Band(t.low, t.likely, t.high) for t in (table.mean, table.rho))
    period = table.first.text, table.last.text
    return CommonEffect(
        name, mean, rho, period, table.raids, table.launched, table.delta_aic, table.source
    )
