"""Areas drawn elsewhere and read from a file of the case."""

# ruff: noqa: E501  (a table reads better with one case a line)

import json

import pytest

from shieldwall.case import load_case

RING = [[9.8, 44.9], [10.2, 44.9], [10.2, 45.1], [9.8, 45.1], [9.8, 44.9]]
WRITTEN = "polygon = [[9.8, 44.9], [10.2, 44.9], [10.2, 45.1], [9.8, 45.1]]"


def geojson(*names, ring=None):
    features = [
        {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": {"type": "Polygon", "coordinates": [ring or RING]},
        }
        for name in names
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.mark.parametrize(
    ("names", "keys"),
    [
        (["North", "South"], 'file = "areas.geojson"\nfeature = "South"'),
        (["Only"], 'file = "areas.geojson"'),
    ],
)
def test_the_named_polygon_is_read(folder, names, keys):
    (folder.path / "areas.geojson").write_text(geojson(*names))
    written = load_case(folder.path).defended_areas[0].polygon
    folder.change("case.toml", WRITTEN, keys)
    assert load_case(folder.path).defended_areas[0].polygon == written


@pytest.mark.parametrize(
    ("keys", "names", "says"),
    [
        ('file = "areas.geojson"\nfeature = "Suoth"', ["North", "South"], 'mean "South"?'),
        ('file = "areas.geojson"', ["North", "South"], "name one with feature"),
        ('file = "areas.geojson"\nfeature = "A"', ["A", "A"], "has 2 of that name"),
        (f'{WRITTEN}\nfile = "areas.geojson"', ["A"], "one of the two"),
        (f'{WRITTEN}\nfeature = "A"', ["A"], "add file"),
        ("", ["A"], "write polygon"),
    ],
)
def test_what_does_not_name_one_polygon(folder, keys, names, says):
    (folder.path / "areas.geojson").write_text(geojson(*names))
    folder.change("case.toml", WRITTEN, keys)
    problem = folder.problem()
    assert says in problem.message
    assert problem.key.startswith("defended_area[example-city].")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("areas.geojson", geojson("A", ring=[[9.8, 44.9], [10.2, 45.1], [10.2, 44.9], [9.8, 45.1]])),
        ("areas.geojson", "{"),
        ("areas.geojson", geojson("A").replace("9.8", "NaN")),
        ("areas.kml", "<OGRVRTDataSource><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTDataSource>"),
        ("areas.kmz", "PK\x03\x04 no zip"),
        ("areas.shp", "anything"),
    ],
    ids=["crossing", "cut", "nan", "vrt", "zip", "shape"],
)  # fmt: skip
def test_files_that_cannot_be_used(folder, name, text):
    (folder.path / name).write_text(text)
    folder.change("case.toml", WRITTEN, f'file = "{name}"')
    problem = folder.problem()
    assert (problem.key, problem.value) == ("defended_area[example-city].file", f"'{name}'")
