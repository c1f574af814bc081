"""Whatever stands in an imagery file, it is read or refused in plain words."""

import json
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import makers
from shieldwall.errors import InputError
from shieldwall.evidence.imagery import readings
from shieldwall.evidence.imagery.schema import PREFIX, SAME, ReadingTable, SeenTable, UnseenTable

scalars = (
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats() | st.text(max_size=20)
    | st.sampled_from(["agency", "base", "2024-05-20", "2015", "launchers", "maintenance", "sam"])
)  # fmt: skip
keys = st.sampled_from([*ReadingTable.model_fields, *SAME, PREFIX + "seen", "providers", "x:y"])
parts = st.sampled_from([*SeenTable.model_fields, *UnseenTable.model_fields])
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(parts, inner, max_size=6)
)


def nearly(right, names, what):
    """Mostly right, at times with one thing wrong."""
    wrong = st.builds(lambda extra: right | extra, st.dictionaries(names, what, max_size=1))
    return st.one_of(st.just(right), wrong)


seen = nearly({"what": "launchers", "system": "sam", "low": 1, "likely": 2.5}, parts, scalars)
unseen = nearly({"what": "radars", "system": "buk"}, parts, scalars)
usual = {"source": "agency", "acquired": "2024-05-20", "credibility": 2, "resolution_m": 0.5}
point = {"type": "Point", "coordinates": [-66.0, 10.0]}
shapes = st.fixed_dictionaries(
    {"type": st.sampled_from(["Point", "Polygon", "MultiPolygon"]), "coordinates": values}
)
features = st.fixed_dictionaries(
    {
        "type": st.just("Feature"),
        "id": st.integers(0, 10**6).map(lambda i: f"r{i}"),
        "geometry": st.just(point) | st.just(point) | st.just(point) | shapes,
        "properties": st.builds(
            lambda right, here, vain: {"seen": here, "not_seen": vain} | right,
            nearly(usual, keys, values), st.lists(seen, max_size=2), st.lists(unseen, max_size=2),
        ),
    },
    optional={"stac_version": st.just("1.0.0")},
)  # fmt: skip


@settings(
    max_examples=120, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(st.lists(features, max_size=2))
def test_anything_is_read_or_refused(tmp_path, listed):
    folder = tmp_path / "imagery"
    folder.mkdir(exist_ok=True)
    text = json.dumps({"type": "FeatureCollection", "features": listed})
    (folder / "any.json").write_text(text, encoding="utf-8")
    refused, found = None, ()
    try:
        found = readings(replace(makers.case(), folder=tmp_path))
    except InputError as error:
        refused = str(error)
    assert refused is None or refused.startswith("imagery/any.json")
    assert refused is None or len(refused) < 500
    for band in (c.detection for reading in found for c in reading.claims):
        assert band is None or 0 <= band.low <= band.likely <= band.high <= 1
