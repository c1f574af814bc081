"""Bad track files: one clear error that names the file, the place and what would be right."""

import gzip
import json

import numpy as np
import pytest

from shieldwall.errors import HostileInputError, InputError
from shieldwall.evidence.flights import (
    Track,
    landings,
    landings_of_files,
    read_tracks,
    reading,
)

GOOD = "time,lat,lon,altitude\n1700000000,47,8,1000\n"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"  \n ", "is empty"),
        (b"\xff\xfe\x00\x01", "not UTF-8"),
        (b"time,lat,lon\n\x00\x00", "binary"),
        (b"PK\x03\x04rest", "unpack"),
        (b"\x1f\x8b\x08broken", "gzip data is damaged"),
        (gzip.compress(GOOD.encode() * 50)[:-20], "gzip data is damaged"),
        (b"id,ident\n1,2\n", ":1: no columns for time"),
        (b"time,lat,lon\n", "no positions"),
        (GOOD.encode() + b"1700000001,47\n", ":3: 2 fields where the header has 4"),
        (GOOD.encode() + b"1700000001,north,8,3\n", ":3: latitude 'north'"),
        (GOOD.encode() + b"yesterday,47,8,3\n", ":3: time 'yesterday'"),
        (GOOD.encode() + b"1700000001,147,8,3\n", ":3: latitude 147, longitude 8"),
        (b"time,lat,lon\n-5,47,8\n", ":2: time -5 is no date"),
        (b"time,lat,lon\n,,\n", "no row has time"),
        (b"time,lat,lon\n1,2,\"" + b"x" * 99_999, "field larger"),
        (b"{", ":1: not JSON"),
        (b"[]", "holds no positions"),
        (b"{}", "without positions"),
        (b"[1, 2]", "record 1 is no object"),
        (b'{"trace": []}', "'trace' holds no positions"),
        (b'{"trace": [[1, 2]], "timestamp": 1}', "trace[0]: no position"),
        (b'{"trace": [[0, 1, 2, 3]]}', "'timestamp' is missing"),
        (b'{"path": [[1, 2]]}', "path[0]"),
        (b'{"states": null, "time": 1}', "'states' holds no positions"),
        (b'[{"a": 1}]', "has a;"),
        (b'{"timestamp": [1], "latitude": [95], "longitude": [0]}', "record 1: latitude 95"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"a":' * 100_000, "nested too deep"),
        (b'[{"timestamp": ' + b"9" * 5_000 + b"}]", "number too long"),
    ],
)  # fmt: skip
def test_what_is_wrong_where_and_what_would_be_right(tmp_path, content, says):
    path = tmp_path / "bad.track"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        landings_of_files([path])
    assert str(path) in str(caught.value)
    assert says in str(caught.value)
    assert ";" in str(caught.value) or "nested" in says or "long" in says


def test_a_missing_file_and_a_folder(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            landings_of_files([path])


def test_a_bomb_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MAX_BYTES", 1 << 20)
    bomb = tmp_path / "bomb.json.gz"
    bomb.write_bytes(gzip.compress(b" " * (1 << 22)))
    assert bomb.stat().st_size < 10_000
    with pytest.raises(HostileInputError, match="unpacks to more than 1 MiB"):
        landings_of_files([bomb])


@pytest.mark.parametrize("value", [None, "x", [], {}, True, 1e400, -1e400, "NaN", 10**400])
@pytest.mark.parametrize("place", range(11))
def test_any_value_in_any_place_of_a_trace_is_an_error_or_a_gap(tmp_path, value, place):
    row = [5.0, 47.0, 8.0, 3000, 200.0, 90.0, 0, 0, None, "adsb_icao", 3000]
    spoiled = list(row)
    spoiled[place] = value
    path = tmp_path / "x"
    path.write_text(json.dumps({"icao": "a", "timestamp": 1.7e9, "trace": [row, spoiled, row]}))
    try:
        rows = landings_of_files([path])
    except InputError as error:
        rows = []
        said = str(error)
    else:
        said = str(path)
    assert str(path) in said
    assert all(0.0 <= r["probability"] <= 1.0 for r in rows)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_tracks_of_a_point_or_two(tmp_path, count):
    path = tmp_path / "x"
    path.write_text("time,lat,lon,altitude\n" + "1700000000,47.46,8.55,1500\n" * count)
    assert {row["event"] for row in landings_of_files([path])} <= {"unknown", "landing", "take-off"}


@pytest.mark.parametrize("seed", range(150))
def test_tracks_of_nonsense_give_probabilities_and_ordered_times(seed):
    """Poles, the date line, times that stand still, values missing or absurd."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 60))

    def some(values, missing):
        values = np.array(values, dtype=float)
        values[rng.random(n) < missing] = np.nan
        return values

    step = rng.choice([0.0, 1e-3, 0.5])
    track = Track(
        name="x",
        aircraft="a",
        callsign="",
        time_s=1.7e9 + np.cumsum(rng.exponential(rng.choice([1e-9, 1.0, 60.0, 3e3]), n)),
        lat=np.clip(rng.choice([0, 90, -90, 47.4]) + np.cumsum(rng.normal(0, step, n)), -90, 90),
        lon=(rng.choice([179.99, 8.5]) + np.cumsum(rng.normal(0, step, n)) + 180) % 360 - 180,
        baro_m=some(rng.uniform(-500, 12_000, n), rng.choice([0, 0.3, 1])),
        geo_m=some(rng.uniform(0, 9_000, n), rng.choice([0, 0.5, 1])),
        speed_mps=some(rng.uniform(0, rng.choice([5.0, 300.0, 1e6]), n), rng.choice([0, 0.3, 1])),
        heading_deg=some(rng.uniform(0, 360, n), rng.choice([0, 0.5, 1])),
        ground=rng.integers(-1, 2, n).astype(np.int8),
        kind=rng.integers(0, 2, n).astype(np.int8),
        age_s=some(rng.uniform(0, 40, n), 0.7),
    )  # fmt: skip
    for move in landings(track):
        assert 0.0 <= move.probability <= 1.0
        assert move.earliest_s <= move.time_s <= move.latest_s


def test_lists_where_numbers_belong_are_no_numbers(tmp_path):
    """Found by fuzzing: rows of lists make a table, and every cell of it a list."""
    pair = [[9.0, 1.0], [9.0, 1.0], [9.0, 1.0], [9.0, 1.0]]
    path = tmp_path / "nested.json"
    path.write_text(json.dumps({"icao": "ae1234", "timestamp": 1.7e9, "trace": [pair, pair]}))
    with pytest.raises(InputError):
        read_tracks(path)
