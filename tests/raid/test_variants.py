"""Variants by name: what may be set, and what each refusal says."""

from __future__ import annotations

import pytest

from shieldwall.errors import UsageError
from shieldwall.raid.variants import UNIT_KEYS, Names, Variant, parse

NAMES = Names(("s300vm", "bukm2e"), ("grid", "post"))


def test_nothing_set_changes_nothing() -> None:
    assert parse((), NAMES) == Variant()


def test_everything_that_may_be_set() -> None:
    found = parse(
        (
            "network.mode=degraded", "network.terrain=off", "network.functions.grid.works=0.25",
            "units.s300vm.count=2", "units.s300vm.kill = 0.5", "units.bukm2e.present=0",
            "crews.all=host", "crews.bukm2e=supplier", "raid.size=1.5",
        ),
        NAMES,
    )  # fmt: skip
    assert found == Variant(
        "degraded", {"s300vm": {"count": 2.0, "kill": 0.5}, "bukm2e": {"present": 0.0}},
        {"all": "host", "bukm2e": "supplier"}, {"grid": 0.25}, size=1.5, terrain=False,
    )  # fmt: skip


def test_the_last_word_counts() -> None:
    assert parse(("raid.size=2", "raid.size=3"), NAMES).size == 3.0


@pytest.mark.parametrize("mode", ["drawn", "integrated", "degraded", "autonomous", "unplugged"])
def test_modes(mode: str) -> None:
    assert parse((f"network.mode={mode}",), NAMES).mode == mode


@pytest.mark.parametrize("key", sorted(UNIT_KEYS))
def test_keys_of_systems_go_from_least_to_most(key: str) -> None:
    low, high = UNIT_KEYS[key]
    for value in (low, high):
        found = parse((f"units.s300vm.{key}={value}",), NAMES)
        assert found.units == {"s300vm": {key: value}}
    for value in (low - 0.5, high + 0.5):
        with pytest.raises(UsageError, match=f"must lie between {low:g} and {high:g}"):
            parse((f"units.s300vm.{key}={value}",), NAMES)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("raid.size", "write KEY=VALUE, such as network.mode=autonomous"),
        ("raid.size=", "write KEY=VALUE"),
        ("raid.axis=north", "no such key; there are network.mode"),
        ("raid.size.big=2", "no such key"),
        ("network.mode=plugged", "a mode is one of drawn, integrated, degraded, autonomous"),
        ("network.terrain=flat", "write one of on, off"),
        (
            "network.functions.gird.works=1",
            "gird is no function of network.toml; did you mean grid",
        ),
        ("network.functions.zzz.works=1", "there are grid, post"),
        ("network.functions.grid.works=2", "must lie between 0 and 1"),
        ("network.functions.grid.works=nan", "must lie between 0 and 1"),
        ("network.functions.grid.works=often", "often is no number"),
        ("units.s300.kill=1", "s300 is no system of this case's network; did you mean s300vm"),
        ("units.s300vm.kils=1", "kils is no key of a system; did you mean kill"),
        ("units.s300vm.present=0.5", "present is 0 or 1"),
        ("units.s300vm.connected=0.5", "connected is 0 or 1"),
        ("units.s300vm.serviceable=0.5", "serviceable is 0 or 1"),
        ("crews.bukm2=host", "bukm2 is no system of this case's network; did you mean bukm2e"),
        ("crews.all=russian", "write one of supplier, joint, host, untrained"),
        ("raid.size=51", "must lie between 0 and 50"),
        ("raid.size=-1", "must lie between 0 and 50"),
    ],
)
def test_refusals_say_what_is_wrong_and_what_would_be_right(text: str, says: str) -> None:
    with pytest.raises(UsageError) as error:
        parse((text,), NAMES)
    assert f"--set {text}: " in str(error.value)
    assert says in str(error.value)


def test_a_case_without_functions_has_none_to_name() -> None:
    with pytest.raises(UsageError, match="there are none"):
        parse(("network.functions.grid.works=1",), Names((), ()))
