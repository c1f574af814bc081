"""What may be changed of a raid or a network, by name: evidence, defence and the raid's size only.

    network.mode                     drawn: as the evidence has it; integrated: every function well
                                     and every system joined; degraded: the same, but orders are
                                     slow and nobody coordinates; autonomous: every unit on its own;
                                     unplugged: nothing with a radar fights
    network.functions.ID.works       chance that a function is well, 0 to 1
    network.terrain                  on, or off: every line of sight is free
    units.SYSTEM.count               launchers, guns or teams of every unit; 0 removes the system
    units.SYSTEM.present             whether they are there, 0 or 1
    units.SYSTEM.serviceable         whether they work, 0 or 1
    units.SYSTEM.connected           whether they are joined to the network, 0 or 1
    units.SYSTEM.channels | ready | reaction_s | kill | salvo | looks
    crews.SYSTEM                     supplier, joint, host or untrained; all for every system
    raid.size                        a factor on the number of threats

Nothing here names an axis, a height, a spacing or a time, nor what to remove at a site: raids are
described by a case and never searched over.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from shieldwall.errors import UsageError

Mode = Literal["drawn", "integrated", "degraded", "autonomous", "unplugged"]

CREWS = {"supplier": "drilled", "joint": "mixed", "host": "basic", "untrained": "untrained"}
"""Who operates -> how well drilled they are taken to be."""

UNIT_KEYS = {
    "count": (0.0, 100_000.0), "present": (0.0, 1.0), "serviceable": (0.0, 1.0),
    "connected": (0.0, 1.0), "channels": (0.0, 1_000.0), "ready": (0.0, 10_000.0),
    "reaction_s": (0.0, 3_600.0), "kill": (0.0, 1.0), "salvo": (1.0, 100.0),
    "looks": (1.0, 1_000.0),
}  # fmt: skip
"""Key of a system -> least and most."""

SWITCHES = ("present", "serviceable", "connected")
LARGEST = 50.0


@dataclass(frozen=True)
class Variant:
    """A way the raid or the network could be; the plain one changes nothing."""

    mode: Mode = "drawn"
    units: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """System -> key of ``UNIT_KEYS`` -> value."""
    crews: Mapping[str, str] = field(default_factory=dict)
    """System, or ``all`` -> a key of ``CREWS``."""
    functions: Mapping[str, float] = field(default_factory=dict)
    """Function -> chance that it is well."""
    without_layers: frozenset[str] = frozenset()
    without_functions: frozenset[str] = frozenset()
    """These and their dependants do not work."""
    size: float = 1.0
    terrain: bool = True
    idle: bool = False
    """Whether what nobody operates in a draw stays so, whatever crews are set."""


@dataclass(frozen=True)
class Names:
    """What a case has that a variant may name."""

    systems: tuple[str, ...]
    functions: tuple[str, ...]


def parse(settings: Iterable[str], names: Names) -> Variant:
    """The variant of ``KEY=VALUE`` texts. Raises ``UsageError`` for what is none."""
    mode: Mode = "drawn"
    units: dict[str, dict[str, float]] = {}
    crews: dict[str, str] = {}
    functions: dict[str, float] = {}
    size, terrain = 1.0, True
    for text in settings:
        key, equals, value = (part.strip() for part in text.partition("="))
        if not equals or not value:
            raise UsageError(f"--set {text}: write KEY=VALUE, such as network.mode=autonomous")
        match key.split("."):
            case ["network", "mode"]:
                mode = _mode(text, value)
            case ["network", "terrain"]:
                terrain = _one_of(text, value, ("on", "off")) == "on"
            case ["network", "functions", id, "works"]:
                _known(text, id, names.functions, "function of network.toml")
                functions[id] = _number(text, value, 0.0, 1.0)
            case ["units", system, part]:
                _known(text, system, names.systems, "system of this case's network")
                _known(text, part, UNIT_KEYS, "key of a system")
                number = _number(text, value, *UNIT_KEYS[part])
                if part in SWITCHES and number not in (0.0, 1.0):
                    raise UsageError(f"--set {text}: {part} is 0 or 1")
                units.setdefault(system, {})[part] = number
            case ["crews", system]:
                _known(text, system, ("all", *names.systems), "system of this case's network")
                crews[system] = _one_of(text, value, tuple(CREWS))
            case ["raid", "size"]:
                size = _number(text, value, 0.0, LARGEST)
            case _:
                raise UsageError(
                    f"--set {text}: no such key; there are network.mode, network.terrain, "
                    "network.functions.ID.works, units.SYSTEM.KEY, crews.SYSTEM and raid.size"
                )
    return Variant(mode, units, crews, functions, size=size, terrain=terrain)


def _mode(text: str, value: str) -> Mode:
    for mode in get_args(Mode):
        if mode == value:
            found: Mode = mode
            return found
    raise UsageError(f"--set {text}: a mode is one of {', '.join(get_args(Mode))}")


def _one_of(text: str, value: str, words: tuple[str, ...]) -> str:
    if value not in words:
        raise UsageError(f"--set {text}: write one of {', '.join(words)}")
    return value


def _known(text: str, id: str, ids: Iterable[str], what: str) -> None:
    known = tuple(ids)
    if id not in known:
        close = difflib.get_close_matches(id, known, 1)
        hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(known) or 'none'}"
        raise UsageError(f"--set {text}: {id} is no {what}; {hint}")


def _number(text: str, value: str, low: float, high: float) -> float:
    try:
        number = float(value)
    except ValueError:
        raise UsageError(f"--set {text}: {value} is no number") from None
    if not low <= number <= high:
        raise UsageError(f"--set {text}: must lie between {low:g} and {high:g}")
    return number
