"""What the shipped catalogue must hold: layers, parts, default bands, conflicts, symbols."""

from __future__ import annotations

import pytest

from shieldwall.catalogue import load_catalogue
from shieldwall.catalogue.records import Figure
from shieldwall.units import SI

CATALOGUE = load_catalogue()
FIGURES = [
    figure
    for table in (CATALOGUE.systems, CATALOGUE.radars, CATALOGUE.threats)
    for thing in table.values()
    for figure in thing.figures.values()
]

LAYERS = {
    "long": {"s300vm", "s400", "s300pmu2", "patriot"},
    "medium": {"bukm2e", "pechora2m", "nasams", "irist", "hawk"},
    "short": {"pantsir", "torm2", "osa"},
    "point": {"iglas", "stinger", "strela10", "zu23", "gepard"},
}


def test_loaded_once() -> None:
    assert load_catalogue() is CATALOGUE


def test_every_system_has_its_layer_and_the_right_eyes() -> None:
    for layer, ids in LAYERS.items():
        assert {s.id for s in CATALOGUE.systems.values() if s.layer == layer} == ids
    assert {s.id for s in CATALOGUE.systems.values() if s.optical} == {
        "iglas", "stinger", "strela10", "zu23",
    }  # fmt: skip
    for system in CATALOGUE.systems.values():
        assert bool(system.radars) != system.optical, system.id


def test_radars_that_stand_alone() -> None:
    assert set(CATALOGUE.radars) == {"jyl1", "jy11b", "jy27", "p18m", "jzqf612", "reporter"}
    jyl1 = CATALOGUE.radars["jyl1"]
    assert jyl1.role == "surveillance"
    assert jyl1.instrumented is not None
    assert jyl1.instrumented.stated == (None, 320.0, None)
    assert jyl1.altitude_max is not None
    assert jyl1.altitude_max.si == (25_000.0, 25_000.0, 25_000.0)
    assert jyl1.figures["number_venezuela"].stated == (9.0, 10.0, 10.0)
    assert CATALOGUE.radars["jy27"].figures["instrumented"].unverified


def test_every_figure_has_unit_source_and_code_or_names_an_assumption() -> None:
    for figure in FIGURES:
        assert figure.unit
        if figure.known:
            low, likely, high = figure.si
            assert low <= likely <= high, figure.id
            assert set(figure.sources) <= set(CATALOGUE.sources), figure.id
            assert figure.sources, figure.id
            assert set(figure.evidence) != {"U"}, figure.id
        else:
            assert figure.assumption in CATALOGUE.assumptions, figure.id


def test_ids_lead_back_to_their_figures() -> None:
    for figure in FIGURES:
        assert CATALOGUE.figure(figure.id) is figure
    for unknown in ("s300vm.nothing", "nobody.range_max"):
        with pytest.raises(KeyError):
            CATALOGUE.figure(unknown)


def shown(figure: Figure) -> tuple[object, ...]:
    return (figure.low, figure.likely, figure.high, figure.convention, figure.filled)


BANDS = {
    # three equal figures, or one, take the default band of their kind
    "iglas.range_max": (4.8, 6.0, 6.6, "brochure_range", ("low", "high")),
    "tb2.data_link_range": (120.0, 150.0, 165.0, "brochure_range", ("low", "high")),
    "s400.detection_91n6e_4m2": (312.0, 390.0, 429.0, "brochure_range", ("low", "high")),
    "jyl1.instrumented": (288.0, 320.0, 352.0, "instrumented_range", ("low", "high")),
    "s300pmu2.reaction_time": (8.0, 10.0, 20.0, "reaction_time", ("low", "high")),
    "s400.sskp_aircraft": (0.27, 0.9, 0.9, "brochure_kill_probability", ("low", "high")),
    "uh60.rcs": (1.0, 10.0, 100.0, "radar_cross_section", ("low", "high")),
    # a missing bound beside published ones takes that side only
    "s400.instrumented_92n6e": (306.0, 340.0, 400.0, "instrumented_range", ("low",)),
    "il76.range_max_payload": (2960.0, 3700.0, 4300.0, "brochure_range", ("low",)),
    "ah64.rcs": (5.0, 7.0, 70.0, "radar_cross_section", ("high",)),
    # published bands stay as they are
    "s300vm.range_max_9m82m": (200.0, 200.0, 250.0, "", ()),
    "bukm2e.range_max": (42.0, 45.0, 50.0, "", ()),
    # two ends give their middle
    "geran3.range": (1000.0, 1750.0, 2500.0, "midpoint", ("likely",)),
    "patriot.observed_scud_1991": (0.02, 0.36, 0.7, "midpoint", ("likely",)),
    # never a band on counts
    "pantsir.ready_missiles": (12.0, 12.0, 12.0, "", ()),
    "s300vm.batteries_per_battalion": (4.0, 4.0, 4.0, "single", ("low",)),
    "bukm2e.launchers_per_battery": (2.0, 4.0, 4.0, "single", ("high",)),
    # nor on what no default band is declared for
    "iglas.range_min": (0.5, 0.5, 0.5, "single", ("low", "high")),
    # one end only
    "zu23.setup_time": (1.0, 1.0, 1.0, "single", ("low", "likely")),
}


@pytest.mark.parametrize("id", BANDS)
def test_default_bands(id: str) -> None:
    figure = CATALOGUE.figure(id)
    assert shown(figure) == BANDS[id]
    for bound, code in zip(("low", "likely", "high"), figure.evidence, strict=True):
        assert (code in ("U", "C")) or bound not in figure.filled


def test_the_middle_of_ends_far_apart_is_by_ratio() -> None:
    figure = CATALOGUE.figure("il62.rcs")
    assert figure.likely == pytest.approx(31.6228, rel=1e-5)
    assert figure.evidence == ("V", "C", "V")
    assert figure.convention == "geometric_midpoint"


def test_conventions_are_those_declared() -> None:
    factors = {c.id: (c.low, c.high) for c in CATALOGUE.conventions.values() if c.low is not None}
    assert factors == {
        "brochure_range": (0.8, 1.1),
        "instrumented_range": (0.9, 1.1),
        "reaction_time": (0.8, 2.0),
        "brochure_kill_probability": (0.3, 1.0),
        "radar_cross_section": (0.1, 10.0),
    }
    assert all(c.name and c.reason for c in CATALOGUE.conventions.values())
    used = {f.convention for f in FIGURES} - {""}
    assert used == set(CATALOGUE.conventions)


def test_interceptors() -> None:
    shots = {s.id: [i.id for i in s.interceptors] for s in CATALOGUE.systems.values()}
    assert shots["s300vm"] == ["9m82m", "9m83m"]
    assert shots["pantsir"] == ["57e6e", "2a38m"]
    assert shots["patriot"] == ["pac2", "mse"]
    assert shots["s400"] == ["40n6", "48n6e3", "9m96e2", "9m96e"]
    assert CATALOGUE.systems["pantsir"].interceptors[1].kind == "gun"
    for system in CATALOGUE.systems.values():
        for shot in system.interceptors:
            assert "ballistic" not in shot.range_max.id
            assert shot.range_max.known
    mse = CATALOGUE.systems["patriot"].interceptors[1]
    assert mse.range_max.likely == 120.0


REFERENCES = {
    ("s300vm", "9s15m"): (240.0, 3.0),
    ("pantsir", "1rs1"): (36.0, 2.0),
    ("pantsir", "1rs2"): (26.0, 2.0),
    ("pechora2m", "unv2m"): (100.0, 2.0),
    ("s400", "91n6e"): (390.0, 4.0),
    ("hawk", "par"): (100.0, 3.0),
    ("hawk", "cwar"): (65.0, 3.0),
    ("hawk", "hpir"): (80.0, 3.0),
    ("bukm2e", "9a317e"): (100.0, 2.0),
    ("bukm2e", "9s36e"): (120.0, 2.0),
}


def test_reference_targets_and_antenna_heights() -> None:
    radars = {(s.id, r.id): r for s in CATALOGUE.systems.values() for r in s.radars}
    found = {
        key: (r.reference_range.likely, r.reference_rcs_m2)
        for key, r in radars.items()
        if r.reference_range is not None
    }
    assert found == REFERENCES
    heights_m = {k: r.antenna_height.si[1] for k, r in radars.items() if r.antenna_height}
    assert heights_m == {
        ("bukm2e", "9s36e"): 21.0, ("s400", "92n6e"): 24.0, ("s300pmu2", "30n6e2"): 24.0,
        ("irist", "trml4d"): 12.0, ("nasams", "mpq64"): 8.0,
        ("gepard", "search"): 4.0, ("gepard", "track"): 4.0,
    }  # fmt: skip


CONFLICTS = {
    "s300vm.instrumented_9s15m": [320, 330, 500],
    "s300vm.instrumented_9s19m2": [175, 400],
    "s300vm.instrumented_9s32me": [200, 300, 400],
    "s300vm.range_max_9m82m": [200, 250],
    "s300vm.launchers_per_battery": [5, 6, 9],
    "pantsir.range_max_missile": [18, 20, 32],
    "pantsir.reaction_time": [4, 6],
    "pantsir.detection_1rs1_01m2": [10, 17],
    "bukm2e.range_max": [25, 42, 45, 50],
    "patriot.range_max_mse": [40, 60, 120],
    "torm2.sskp_aircraft": [0.26, 0.8, 0.92, 0.95],
    "s300pmu2.sskp_cruise_missile": [0.4, 0.8, 0.85, 0.98],
    "nasams.range_max_amraam": [25, 160],
    "nasams.instrumented_mpq64": [75, 120],
    "shahed136.unit_cost": [0.007, 0.02, 0.035, 0.05, 0.07, 0.37],
    "jyl1.number_venezuela": [9, 10],
}


@pytest.mark.parametrize("id", CONFLICTS)
def test_conflicts_are_kept_side_by_side(id: str) -> None:
    figure = CATALOGUE.figure(id)
    assert figure.conflict
    assert sorted(p.value for p in figure.published) == CONFLICTS[id]
    for entry in figure.published:
        assert entry.sources
        stated = [value for value in figure.stated if value is not None]
        inside = min(stated) <= entry.value <= max(stated)
        assert inside != entry.rejected, entry


def test_units_computed_with_are_known() -> None:
    counts = {"count", "cost", "rate", "sskp", "observed"}
    for kind in CATALOGUE.kinds.values():
        for unit in kind.units:
            assert (unit in SI) != (kind.id in counts), (kind.id, unit)


def test_symbol_codes() -> None:
    """The letter codes render in milsymbol 3 (checked by hand, each one)."""
    rendered = {
        "SUGPUCDMH-*****", "SUGPUCDMM-*****", "SUGPUCDML-*****", "SUGPUCDMLA*****",
        "SUGPUCDC--*****", "SUGPUCDG--*****", "SUGPEWMAS-*****", "SUGPESR---*****",
    }  # fmt: skip
    used = {s.sidc for s in CATALOGUE.systems.values()}
    used |= {r.sidc for r in CATALOGUE.radars.values()}
    assert used == rendered
    portable = {s.sidc for s in CATALOGUE.systems.values() if s.kind == "manpads"}
    guns = {s.sidc for s in CATALOGUE.systems.values() if s.kind == "gun"}
    others = {s.sidc for s in CATALOGUE.systems.values() if s.kind not in ("manpads", "gun")}
    assert len(portable) == len(guns) == 1
    assert not portable & guns
    assert not (portable | guns) & others


def test_sources_have_an_address_or_say_why_not() -> None:
    without = {s.id for s in CATALOGUE.sources.values() if not s.address}
    assert {"NOTI", "CMO6636", "WIKI-S300"}.isdisjoint(without)
    assert len(without) <= 15
    assert len(CATALOGUE.sources) >= 206
