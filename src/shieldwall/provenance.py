"""Every number and where it comes from.

A ``Quantity`` is a number the product prints: value, interval, unit, method, inputs. A ``Leaf`` is
where a trail ends: a claim, a catalogue figure, a holding, an assumption, an override, a data set.
Both live in one ``Ledger`` under one id; ids look like ``coverage.caracas.owa_drone.100m.share_1``
for quantities and ``claim:isi-image``, ``catalogue:s300vm.range_max_9m82m``, ``assumption:...``,
``holding:s300vm``, ``override:1``, ``data:terrain`` for leaves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

CHANGE = "change of probability"
"""Unit of one probability less another, from -1 to 1; printed as percentage points."""


@dataclass(frozen=True)
class Quantity:
    """A number the product prints.

    ``low`` and ``high`` are the 5th and 95th percentiles over the draws unless ``method`` says
    otherwise; ``inputs`` are ids of other quantities or leaves.
    """

    id: str
    label: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    method: str
    inputs: tuple[str, ...]


@dataclass(frozen=True)
class Leaf:
    """Where a trail ends: something read, published or assumed."""

    id: str
    kind: str
    text: str
    source: str
    address: str = ""
    where: str = ""


@dataclass
class Ledger:
    """All quantities and leaves of one assessment, in the order they were made."""

    quantities: dict[str, Quantity] = field(default_factory=dict)
    leaves: dict[str, Leaf] = field(default_factory=dict)

    def quantity(self, item: Quantity) -> Quantity:
        """Enter a quantity. Raises ``ValueError`` if its id is taken by a different one."""
        if self.quantities.setdefault(item.id, item) != item:
            raise ValueError(f"two different quantities are called {item.id}")
        return item

    def leaf(self, item: Leaf) -> str:
        """Enter a leaf and return its id; entering the same leaf twice is harmless."""
        if self.leaves.setdefault(item.id, item) != item:
            raise ValueError(f"two different leaves are called {item.id}")
        return item.id

    def trail(self, id: str, depth: int = 0) -> Iterator[tuple[int, Quantity | Leaf | str]]:
        """The tree of inputs below ``id``: (depth, item); an unknown id is yielded as text."""
        item: Quantity | Leaf | str = self.quantities.get(id) or self.leaves.get(id) or id
        yield depth, item
        if isinstance(item, Quantity):
            for each in item.inputs:
                yield from self.trail(each, depth + 1)

    def broken(self) -> dict[str, tuple[str, ...]]:
        """Figures that name an input which is neither a quantity nor a leaf, and those inputs."""
        known = self.quantities.keys() | self.leaves.keys()
        return {
            id: missing
            for id, item in self.quantities.items()
            if (missing := tuple(i for i in item.inputs if i not in known))
        }

    def as_json(self) -> dict[str, Any]:
        """The ledger as plain data, for ``assessment.json``."""
        return {
            "quantities": {k: asdict(v) for k, v in self.quantities.items()},
            "leaves": {k: asdict(v) for k, v in self.leaves.items()},
        }

    @staticmethod
    def from_json(data: dict[str, Any]) -> Ledger:
        """The ledger read back from ``assessment.json``."""
        quantities = {
            k: Quantity(**{**v, "inputs": tuple(v["inputs"])})
            for k, v in data["quantities"].items()
        }
        return Ledger(quantities, {k: Leaf(**v) for k, v in data["leaves"].items()})
