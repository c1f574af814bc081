"""Every format, told by its contents, plain and gzipped, gives the same track."""

import gzip
import json

import numpy as np
import pytest

from shieldwall.evidence.flights import read_tracks
from shieldwall.evidence.flights.records import MLAT

T0 = 1_700_000_000

STATES = """time,icao24,lat,lon,velocity,heading,vertrate,callsign,onground,alert,spi,squawk,\
baroaltitude,geoaltitude,lastposupdate,lastcontact
1700000000,4b1812,47.0,8.0,200.0,90.0,0.0,SWR1,False,False,False,1000,3000.0,3050.0,1699999999.5,1700000000
1700000010,4b1812,47.0,8.03,201.0,90.0,0.0,SWR1,False,False,False,1000,3010.0,,1699999960.0,1700000010
1700000000,3c6444,48.0,9.0,,90.0,0.0,DLH9,True,False,False,1000,,,1700000000,1700000000
"""


def write(path, content, packed=False):
    data = content if isinstance(content, bytes) else content.encode()
    path.write_bytes(gzip.compress(data) if packed else data)
    return path


@pytest.mark.parametrize("packed", [False, True])
def test_opensky_states_in_csv_are_metric_and_several_aircraft(tmp_path, packed):
    swiss, german = read_tracks(write(tmp_path / "any.name", STATES, packed))
    assert (swiss.aircraft, swiss.callsign, swiss.size) == ("4b1812", "SWR1", 2)
    assert swiss.name.endswith("any.name#4b1812")
    assert swiss.baro_m.tolist() == [3000.0, 3010.0]
    assert np.isnan(swiss.geo_m[1])
    assert swiss.speed_mps.tolist() == [200.0, 201.0]
    assert swiss.age_s.tolist() == [0.5, 50.0]
    assert german.ground.tolist() == [1]


def test_readsb_trace(tmp_path):
    trace = {
        "icao": "ae4af6", "timestamp": T0,
        "trace": [
            [0.0, 20.0, -75.0, 10000, 300.0, 90.0, 0, 0, {"flight": "RCH1 "}, "adsb_icao", 10200],
            [5.5, 20.0, -74.9, "ground", 10.0, None, 0, None, None, "mlat", None],
            [9.5, 20.1, -74.9, 10200, 10.0, None, 8, None, None, "adsb_icao", None],
        ],
    }  # fmt: skip
    (track,) = read_tracks(write(tmp_path / "trace", json.dumps(trace), packed=True))
    assert (track.aircraft, track.callsign) == ("ae4af6", "RCH1")
    assert track.time_s.tolist() == [T0, T0 + 5.5, T0 + 9.5]
    assert track.baro_m[0] == pytest.approx(3048.0)
    assert np.isnan(track.baro_m[1:]).all()
    assert track.geo_m[2] == pytest.approx(3108.96)  # flag 8: the altitude is geometric
    assert track.ground.tolist() == [0, 1, 0]
    assert track.kind.tolist() == [0, MLAT, 0]
    assert track.speed_mps[0] == pytest.approx(154.33, abs=0.01)


def test_opensky_track_object(tmp_path):
    path = [[T0, 47.0, 8.0, 3000, 90, False], [T0 + 60, 47.0, 8.2, None, 90, True]]
    data = {"icao24": "4B1812", "callsign": "SWR1 ", "startTime": T0, "path": path}
    (track,) = read_tracks(write(tmp_path / "t.json", json.dumps(data)))
    assert (track.aircraft, track.callsign) == ("4b1812", "SWR1")
    assert track.baro_m[0] == 3000.0
    assert track.ground.tolist() == [0, 1]


def test_opensky_states_in_json_over_time(tmp_path):
    def answer(t, lon):
        state = ["4b1812", "SWR1", "Switzerland", t - 2, t, lon, 47.0, 3000.0, False, 200.0, 90.0,
                 0.0, None, 3050.0, "1000", False, 2]  # fmt: skip
        return {"time": t, "states": [state]}

    (track,) = read_tracks(
        write(tmp_path / "s", json.dumps([answer(T0 + 10, 8.1), answer(T0, 8.0)]))
    )
    assert track.time_s.tolist() == [T0, T0 + 10]
    assert track.lon.tolist() == [8.0, 8.1]
    assert track.kind.tolist() == [MLAT, MLAT]
    assert track.age_s.tolist() == [2.0, 2.0]


RECORDS = [
    {"timestamp": (T0 + s) * 1000, "icao24": "4b1812", "latitude": 47.0, "longitude": 8.0 + s / 100,
     "altitude": 10_000, "groundspeed": 300, "track": 90, "callsign": "SWR1"}
    for s in (0, 10)
]  # fmt: skip


@pytest.mark.parametrize("shape", ["records", "columns", "lists", "lines"])
def test_records_in_every_shape_times_in_milliseconds(tmp_path, shape):
    names = list(RECORDS[0])
    text = {
        "records": json.dumps(RECORDS),
        "columns": json.dumps({n: {str(i): r[n] for i, r in enumerate(RECORDS)} for n in names}),
        "lists": json.dumps({n: [r[n] for r in RECORDS] for n in names}),
        "lines": "\n".join(json.dumps(r) for r in RECORDS),
    }[shape]
    (track,) = read_tracks(write(tmp_path / "x", text))
    assert track.time_s.tolist() == [T0, T0 + 10]
    assert track.baro_m.tolist() == [3048.0, 3048.0]


def test_flightradar24_csv(tmp_path):
    text = "Timestamp,UTC,Callsign,Position,Altitude,Speed,Direction\n"
    text += f'{T0},2023-11-14T22:13:20Z,JAL516,"42.78,141.69",550,144,172\n'
    (track,) = read_tracks(write(tmp_path / "x", text))
    assert (track.lat[0], track.lon[0], track.callsign) == (42.78, 141.69, "JAL516")
    assert track.baro_m[0] == pytest.approx(167.64)
    assert track.speed_mps[0] == pytest.approx(74.08, abs=0.01)


@pytest.mark.parametrize(
    ("header", "metres"),
    [
        ("time,lat,lon,altitude", 304.8),
        ("Time;Latitude;Longitude;Altitude (m)", 1000.0),
        ("timestamp\tlat\tlng\talt_m", 1000.0),
        ("point_time,lat,long,altitude_ft", 304.8),
        ("UTC,LAT,LON,Altitude [feet]", 304.8),
        ("time,lat,lon,baroaltitude", 1000.0),
        ("time,lat,lon,geoaltitude_km", 1_000_000.0),
    ],
)
def test_units_stated_in_the_header(tmp_path, header, metres):
    mark = next(c for c in ",;\t" if c in header)
    row = mark.join(["2023-11-14 22:13:20", "47.0", "8.0", "1000"])
    (track,) = read_tracks(write(tmp_path / "x.csv", f"{header}\n{row}\n"))
    known = track.geo_m if "geo" in header else track.baro_m
    assert known[0] == pytest.approx(metres)
    assert track.time_s[0] == T0


@pytest.mark.parametrize(
    "written",
    ["1700000000", "1700000000000", "1700000000.0", "2023-11-14T22:13:20Z",
     "2023-11-14 18:13:20-04:00", "2023-11-15T03:43:20+05:30", "2023-11-14T22:13:20.000"],
)  # fmt: skip
def test_times_in_every_spelling_are_the_same_moment(tmp_path, written):
    (track,) = read_tracks(write(tmp_path / "x", f"time,lat,lon\n{written},47,8\n"))
    assert track.time_s.tolist() == [T0]


def test_rows_without_position_are_left_out_and_order_is_of_time(tmp_path):
    text = f"time,lat,lon\n{T0 + 9},47,8\n{T0},46,8\n{T0 + 3},,\n{T0 + 5},nan,8\n"
    (track,) = read_tracks(write(tmp_path / "x", text))
    assert track.time_s.tolist() == [T0, T0 + 9]
