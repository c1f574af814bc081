"""The sample's catalogue: four systems, a radar, three threats."""

from __future__ import annotations

from sample_network import RANGE_KM
from shieldwall.catalogue.records import (
    Catalogue,
    Figure,
    Interceptor,
    Radar,
    SourceEntry,
    System,
    Threat,
)


def _figure(id: str, name: str, unit: str, *band: float) -> Figure:
    return Figure(id, name, unit, *band, ("V", "V2", "R1"), ("SAMPLE1",), "", False,
                  "", (), "sample.toml:1")  # fmt: skip


def _system(id: str, name: str, layer: str, kind: str, *, ceiling_km: float) -> System:
    reach = _figure(f"{id}.range_max", "Max range", "km", *RANGE_KM[id])
    ceiling = _figure(f"{id}.altitude_max", "Max altitude", "km", *(ceiling_km,) * 3)
    seen = _figure(f"{id}.instrumented", "Guidance radar, instrumented", "km", 150, 200, 400)
    radar = kind != "manpads"
    radars = (Radar(f"{id}_radar", f"{name} radar", "guidance", seen, None, None, None, None, ""),)
    figures = {"range_max": reach, "altitude_max": ceiling}
    return System(
        id=id, name=name, designations=(), role="air defence", layer=layer,  # type: ignore[arg-type]
        kind=kind, optical=not radar,  # type: ignore[arg-type]
        interceptors=(
            Interceptor(f"{id}_missile", "missile", "missile", reach, None, ceiling, None, None),
        ),
        radars=radars if radar else (), launchers_per_battery=None,
        figures={**figures, "instrumented": seen} if radar else figures, notes="",
        sidc="30043000001301000000",
    )  # fmt: skip


def sample_catalogue() -> Catalogue:
    systems = (
        _system("s300vm", "S-300VM / Antey-2500 (SA-23)", "long", "missile", ceiling_km=30),
        _system("bukm2e", "Buk-M2E (SA-17)", "medium", "missile", ceiling_km=25),
        _system("pantsir", "Pantsir-S1 (SA-22)", "short", "gun-missile", ceiling_km=15),
        _system("iglas", "Igla-S 9K338 (SA-24)", "point", "manpads", ceiling_km=3.5),
    )
    jyl1 = Radar("jyl1", "JYL-1", "surveillance",
                 _figure("jyl1.instrumented", "Instrumented range", "km", 320, 320, 320),
                 None, None, None, None, "")  # fmt: skip
    threats = {}
    for id, name, category, range_km in (
        ("owa_generic", "One-way attack drone", "one-way drone", (700, 1_000, 1_500)),
        ("cm_subsonic", "Subsonic cruise missile", "cruise missile", (1_000, 1_600, 2_500)),
        ("fighter_generic", "Fighter", "aircraft", (900, 1_200, 1_500)),
    ):
        reach = _figure(f"{id}.range", "Range", "km", *range_km)
        rcs = _figure(f"{id}.rcs", "RCS", "m2", 0.01, 0.1, 1)
        threats[id] = Threat(id, name, category, None, None, rcs, reach,  # type: ignore[arg-type]
                             {"range": reach, "rcs": rcs}, "")  # fmt: skip
    source = SourceEntry("SAMPLE1", "A sample sheet", "https://example.org/sheet", "opened")
    return Catalogue({s.id: s for s in systems}, {"jyl1": jyl1}, threats, {"SAMPLE1": source})
