"""Sweeps: their design, their table, and the same bytes on any workers and after any kill."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pyarrow import parquet

from raid_folders import DRONES, MISSILES, write_case
from shieldwall.errors import InputError, OutputError, UsageError
from shieldwall.progress import Silent
from shieldwall.raid.design import Design, Vary, points, read_design
from shieldwall.raid.fielded import field, plain_picks
from shieldwall.raid.journal import Journal
from shieldwall.raid.run import run
from shieldwall.raid.setting import setting
from shieldwall.raid.sweep import Swept, sweep
from shieldwall.raid.variants import parse

SWEEP = """\
design = "latin-hypercube"
samples = 24
replications = 64

[[vary]]
key = "units.bukm2e.serviceable"
values = [0, 1]

[[vary]]
key = "raid.size"
low = 0.5
high = 3.0

[[vary]]
key = "network.mode"
values = ["drawn", "degraded", "autonomous"]

[[vary]]
key = "units.pantsir.ready"
low = 4
high = 12
"""
SAMPLED = 'design = "sobol"\nsamples = 8\n'
POINTS = 24
FILES = ("sweep.csv", "sweep.parquet")
RAIDS = {
    "drones": [{**DRONES, "number": 40}],
    "mixed": [{**DRONES, "number": 30}, {**MISSILES, "number": 10, "decoys": 4}],
}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_case(tmp_path_factory.mktemp("invented"), RAIDS)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("file"), SWEEP)


@pytest.fixture(scope="module")
def plain(
    case: Path, file: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Swept, dict[str, bytes]]:
    """On one thread, without a stop."""
    out = tmp_path_factory.mktemp("plain")
    return sweep(case, file, out, workers=1), made(out)


def written(folder: Path, text: str) -> Path:
    path = folder / "sweep.toml"
    path.write_text(text, encoding="utf-8")
    return path


def made(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in FILES}


# ---- the design ---------------------------------------------------------------------------------


def test_a_grid_has_every_combination_in_order(tmp_path):
    design = read_design(written(tmp_path, """\
        design = "grid"
        [[vary]]
        key = "raid.size"
        low = 0.5
        high = 1.5
        steps = 3
        [[vary]]
        key = "network.mode"
        values = ["drawn", "unplugged"]
        """))  # fmt: skip
    assert points(design, 1) == tuple(
        (size, mode) for size in (0.5, 1.0, 1.5) for mode in ("drawn", "unplugged")
    )


@pytest.mark.parametrize("kind", ["latin-hypercube", "sobol"])
def test_samples_are_even_in_every_range_and_follow_the_seed(kind):
    vary = (Vary("raid.size", low=0.0, high=1.0), Vary("units.a.kill", low=0.0, high=1.0))
    design = Design(kind, 32, 1, (), vary)
    found = np.array(points(design, 5), dtype=float)
    for column in found.T:
        assert sorted((column * 32).astype(int)) == list(range(32)), "one in each of 32 slices"
    assert points(design, 5) == points(design, 5)
    assert points(design, 6) != points(design, 5)


def test_counted_things_are_sampled_whole_and_lists_evenly():
    vary = (
        Vary("units.a.count", low=2.0, high=4.0), Vary("crews.all", values=("host", "supplier")),
    )  # fmt: skip
    found = points(Design("sobol", 64, 1, (), vary), 1)
    assert {p[0] for p in found} == {2.0, 3.0, 4.0}
    assert sum(p[1] == "host" for p in found) == 32


@pytest.mark.parametrize(
    "key",
    ["raid.axis", "raid.altitude_m", "raid.spacing_s", "raid.after_s", "raid.area", "raid.groups",
     "places.site-0", "network.functions.post", "units.bukm2e"],
)  # fmt: skip
def test_what_no_verb_searches_is_refused_with_the_reason(tmp_path, key):
    text = f'design = "grid"\n[[vary]]\nkey = "{key}"\nvalues = [1, 2]\n'
    with pytest.raises(InputError, match="no verb searches or ranks them") as error:
        read_design(written(tmp_path, text))
    assert "sweep.toml:3: vary[1].key" in str(error.value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('design = "random"\n', "must be one of: grid, latin-hypercube, sobol"),
        ('design = "grid"\n', "one or more tables [[vary]]"),
        ('design = "grid"\nsamples = 3\n', "leave samples out"),
        ('design = "sobol"\nsamples = 12\n', "powers of 2"),
        ('design = "sobol"\nreplication = 12\n', 'did you mean "replications"?'),
        ('[[vary]]\nkey = "raid.size"\n', "must be a list of values; or write low and high"),
        ('[[vary]]\nkey = "raid.size"\nlow = 2\nhigh = 1\n', "must be below high"),
        ('[[vary]]\nkey = "raid.size"\nvalues = [1, 90]\n', "must lie between 0 and 50"),
        ('[[vary]]\nkey = "raid.size"\nvalues = ["1"]\n', "must be a number"),
        ('[[vary]]\nkey = "raid.size"\nvalues = [nan]\n', "must be a finite number"),
        ('[[vary]]\nkey = "network.mode"\nvalues = ["on"]\n', "a mode is one of"),
        ('[[vary]]\nkey = "network.mode"\nlow = 0\nhigh = 1\n', "takes a list"),
        ('[[vary]]\nkey = "units.a.present"\nvalues = [0.5]\n', "present is 0 or 1"),
        ('[[vary]]\nkey = "units.a.salvo"\nlow = 1\nhigh = 2.5\n', "must be whole numbers"),
        ('[[vary]]\nkey = "units.a.sped"\nvalues = [1]\n', "sped is no key of a system"),
        ('[[vary]]\nkey = "raid.size"\nvalues = [1]\n' * 2, "is varied twice"),
        ("design = \n", "is not TOML at line 1"),
    ],
)
def test_a_wrong_file_says_what_would_be_right(tmp_path, text, why):
    with pytest.raises(InputError) as error:
        read_design(written(tmp_path, SAMPLED + text if text.startswith("[[") else text))
    assert why in str(error.value)
    assert "sweep.toml:" in str(error.value)


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path):
    with pytest.raises(InputError, match=r"no\.toml is not there"):
        read_design(tmp_path / "no.toml")


def test_names_are_those_of_the_case(case, tmp_path):
    text = 'design = "grid"\n[[vary]]\nkey = "units.bukm2.count"\nvalues = [1]\n'
    with pytest.raises(InputError, match=r"bukm2 is no system .*did you mean bukm2e"):
        sweep(case, written(tmp_path, text), tmp_path)
    text = 'design = "grid"\nraids = ["flood"]\n[[vary]]\nkey = "raid.size"\nvalues = [1]\n'
    with pytest.raises(UsageError, match="has no raid flood; there are drones, mixed"):
        sweep(case, written(tmp_path, text), tmp_path)


# ---- the table ----------------------------------------------------------------------------------


def test_one_row_a_point_and_raid_in_both_files_alike(plain, tmp_path):
    swept, files = plain
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    table = parquet.read_table(tmp_path / "sweep.parquet")
    assert swept.points == POINTS
    assert table.num_rows == swept.rows == POINTS * len(RAIDS)
    assert tuple(table.column_names) == swept.columns
    assert table.schema.metadata is None, "no times, no paths"
    rows = list(csv.DictReader(files["sweep.csv"].decode().splitlines()))
    assert [(int(r["point"]), r["raid"]) for r in rows] == [
        (n, raid) for n in range(POINTS) for raid in RAIDS
    ]
    for read, kept in zip(rows, table.to_pylist(), strict=True):
        assert {k: type(kept[k])(v) for k, v in read.items()} == kept
        assert 0 <= kept["leakers_low"] <= kept["leakers_mean"] <= kept["leakers_high"]
        assert kept["leakers_q05"] <= kept["leakers_q95"] <= kept["threats"]
        assert kept["p_none_through_low"] <= kept["p_none_through"] <= kept["p_none_through_high"]
        killed = sum(v for k, v in kept.items() if k.startswith("kills_"))
        assert kept["leakers_mean"] + killed == pytest.approx(kept["threats"], rel=1e-6)
    assert not any(word in " ".join(swept.columns) for word in ("rank", "best", "score"))


def test_a_row_is_what_its_settings_give(plain, case, tmp_path):
    rows = list(csv.DictReader(plain[1]["sweep.csv"].decode().splitlines()))
    made_ = setting(case, raids=("drones",))
    (scene,) = made_.scenes()
    for row in [r for r in rows if r["raid"] == "drones"][:3]:
        keys = ("units.bukm2e.serviceable", "raid.size", "network.mode", "units.pantsir.ready")
        variant = parse([f"{k}={row[k]}" for k in keys], made_.names)
        found = run(field(scene, variant, plain_picks(np.arange(scene.draws))), 64)
        assert float(row["leakers_mean"]) == pytest.approx(found.leakers.mean(), rel=1e-8)


# ---- the same bytes -----------------------------------------------------------------------------


def test_threads_change_nothing(case, file, plain, tmp_path):
    sweep(case, file, tmp_path, workers=3)
    assert made(tmp_path) == plain[1]


def test_a_killed_sweep_goes_on_to_the_same_bytes(case, file, plain, tmp_path):
    out = tmp_path / "out"
    process = subprocess.Popen(
        [sys.executable, "-m", "shieldwall", "sweep", case, file, "--out", out, "--workers", "1"],
        stderr=subprocess.DEVNULL,
    )
    try:
        waited = time.monotonic() + 60
        while lines(out) < 4:
            assert process.poll() is None, "killed midway, not at the end"
            assert time.monotonic() < waited
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
    finally:
        process.kill()
        process.wait()
    assert not any((out / name).exists() for name in FILES)
    (partial,) = out.glob("*.partial.jsonl")
    kept = len(partial.read_text().splitlines()) - 1
    assert 3 <= kept < POINTS
    swept = sweep(case, file, out)
    assert swept.resumed in (kept, kept - 1), "a line cut short is done again"
    assert swept.resumed > 0
    assert made(out) == plain[1]
    assert sorted(p.name for p in out.iterdir()) == sorted(FILES)


def lines(out: Path) -> int:
    return sum(p.read_bytes().count(b"\n") for p in out.glob("*.partial.jsonl"))


class Stop(Silent):
    """Interrupts a sweep once so many points are done."""

    def __init__(self, done: int) -> None:
        self.at = done

    def advance(self, done: int, total: int) -> None:
        if total == POINTS and done == self.at:
            raise KeyboardInterrupt


def test_a_torn_last_line_is_done_again(case, file, plain, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        sweep(case, file, tmp_path, progress=Stop(5))
    (partial,) = tmp_path.glob("*.partial.jsonl")
    partial.write_bytes(partial.read_bytes()[:-20])
    assert sweep(case, file, tmp_path).resumed == 4
    assert made(tmp_path) == plain[1]


def test_another_sweep_or_case_is_never_continued(case, file, tmp_path):
    stop_at_once(case, file, tmp_path)
    assert len(list(tmp_path.glob("*.partial.jsonl"))) == 1
    stop_at_once(case, file, tmp_path)
    assert len(list(tmp_path.glob("*.partial.jsonl"))) == 1, "the same sweep goes on"
    stop_at_once(write_case(tmp_path / "other", RAIDS, seed=8), file, tmp_path)
    longer = SWEEP.replace("replications = 64", "replications = 65")
    stop_at_once(case, written(tmp_path, longer), tmp_path)
    assert len(list(tmp_path.glob("*.partial.jsonl"))) == 3


def test_a_sweep_is_not_continued_on_other_readings_of_images(file, tmp_path):
    case, out = write_case(tmp_path / "case", RAIDS), tmp_path / "out"
    seen = {"what": "launchers", "system": "bukm2e", "likely": 4}
    reading = {
        "source": "press", "acquired": "2024-05-20", "published": "2024-05-24", "credibility": 2,
        "place": "site-0", "seen": [seen],
    }  # fmt: skip
    stop_at_once(case, file, out)
    (case / "imagery").mkdir()
    for credibility in (2, 5):
        told = {
            "type": "Feature", "id": "image", "geometry": None,
            "properties": {**reading, "credibility": credibility},
        }  # fmt: skip
        (case / "imagery" / "one.geojson").write_text(json.dumps(told), encoding="utf-8")
        stop_at_once(case, file, out)
    assert len(list(out.glob("*.partial.jsonl"))) == 3, "without, with, and with a doubtful one"


def stop_at_once(case: Path, file: Path, out: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        sweep(case, file, out, progress=Stop(0))


def test_two_sweeps_do_not_write_one_file(tmp_path):
    with Journal(tmp_path, "a" * 64) as journal:
        journal.add(0, [{"raid": "x", "leakers_mean": 0.1}])
        with pytest.raises(OutputError, match="another sweep"), Journal(tmp_path, "a" * 64):
            pass
    with Journal(tmp_path, "a" * 64) as journal:
        assert journal.done == {0: [{"raid": "x", "leakers_mean": 0.1}]}
    assert json.loads(journal.path.read_text().splitlines()[0]) == {"sweep": "a" * 64}


@pytest.mark.parametrize(
    ("missing", "flags"), [("pyarrow", []), ("distributed", ["--dask", "local"])]
)
def test_a_missing_extra_is_named(case, file, missing, flags, tmp_path):
    code = (
        f"import sys; sys.modules[{missing!r}] = None\nfrom shieldwall.cli import main\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "sweep", case, file, "--out", tmp_path, *flags],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert f"{missing}, which is not installed: pip install 'shieldwall[sweep]'" in done.stderr


# ---- Dask ---------------------------------------------------------------------------------------


class Now(Silent):
    """Does something once, when so many points are done."""

    def __init__(self, done: int, act: Callable[[], None]) -> None:
        self.at, self.act, self.acted = done, act, False

    def advance(self, done: int, total: int) -> None:
        if total == POINTS and done == self.at and not self.acted:
            self.acted = True
            self.act()


def test_two_dask_workers_give_the_same_bytes(case, file, plain, tmp_path):
    sweep(case, file, tmp_path, workers=2, dask="local")
    assert made(tmp_path) == plain[1]


@pytest.mark.parametrize("workers", [2, 1])
def test_a_killed_dask_worker_changes_nothing(case, file, plain, tmp_path, workers):
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, processes=True,
                     dashboard_address=None, memory_limit=0) as cluster,
        Client(cluster) as client,
    ):  # fmt: skip
        before = set(client.run(os.getpid).values())
        assert len(before) == workers
        kill = Now(3, lambda: os.kill(min(before), signal.SIGKILL))
        sweep(case, file, tmp_path, dask=cluster.scheduler_address, progress=kill)
        assert kill.acted
        client.wait_for_workers(workers, timeout=20)
        after = set(client.run(os.getpid).values())
        assert min(before) not in after, "it was killed"
    assert made(tmp_path) == plain[1]


def test_a_scheduler_that_is_not_there_is_said_so(case, file, tmp_path):
    with pytest.raises(UsageError, match="no scheduler answers"):
        sweep(case, file, tmp_path, dask="nowhere")
