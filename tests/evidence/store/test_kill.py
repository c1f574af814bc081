"""A few rounds of ``python -m torture``, so that a broken promise shows in every run."""

from __future__ import annotations

from pathlib import Path

import pytest

from shieldwall.evidence.store import open_store
from torture.rounds import (
    Lost,
    Record,
    at_every_sync,
    full_disk,
    random_moments,
    while_closing,
)


def test_fifteen_kills_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    rounds = list(random_moments(tmp_path, 15, seed=7))
    assert len(rounds) == 15
    assert len(rounds[-1].heads) > 50
    assert rounds[-1].kills["log left behind"] > 0


def test_kills_during_checkpoint_and_seal_lose_nothing(tmp_path: Path) -> None:
    *_, last = while_closing(tmp_path, 3, seed=7)
    assert len(last.heads) == 200


def test_a_kill_at_any_sync_or_rename_loses_nothing(tmp_path: Path) -> None:
    *_, last = at_every_sync(tmp_path)
    assert last.kills["killed"] >= 8
    assert last.kills["lived"] == 1


@pytest.mark.parametrize("limit", [20_000, 150_000, 400_000])
def test_a_full_disk_is_one_clear_error_and_loses_nothing(tmp_path: Path, limit: int) -> None:
    *_, last = full_disk(tmp_path, (limit,))
    assert sum(n for what, n in last.kills.items() if what.startswith("full")) >= 1


def test_the_check_notices_what_is_lost(tmp_path: Path) -> None:
    with open_store(tmp_path, actor="analyst") as store:
        heads = []
        for word in ("one", "two", "three"):
            store.note("x", word)
            heads.append(store.head)
    said = [f"ack {head}" for head in heads]
    Record().check(tmp_path, said)
    for lines, earlier in (
        ([*said, f"ack {'f' * 64}"], []),
        (said[::-1], []),
        (said[:1], []),
        ([], ["f" * 64]),
    ):
        with pytest.raises(Lost):
            Record(earlier).check(tmp_path, lines)
