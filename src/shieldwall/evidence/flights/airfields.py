"""Airfields of the world as plain arrays, ordered by latitude, with what kind each is.

From the package ``airportsdata`` (MIT), which gives code, name, place and elevation, no runways
and no size: the kind is read off the codes and the name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import airportsdata
import numpy as np
from numpy.typing import NDArray

from shieldwall.evidence.flights.records import Floats

MAJOR, REGIONAL, SMALL, STRIP, MILITARY, HELIPORT, HUB = range(7)

RECODED = {"MHPR": ("MHSC", "Soto Cano Air Base")}
"""Code in ``airportsdata`` -> the code and name of the military field that it is.

Soto Cano Air Base, Honduras: one runway; the air base is MHSC, and the civil terminal opened in
2021 (Palmerola) is MHPR. OurAirports keeps the field as MHSC.
"""

_BUSY = (
    # Europe and Russia
    "EGLL EGKK EGSS EGCC EGGW EGPH EGBB EGPF EIDW LFPG LFPO LFMN LFLL LFML LFBO EHAM EBBR EDDF "
    "EDDM EDDB EDDL EDDH EDDK EDDS LSZH LSGG LOWW LEMD LEBL LEPA LEMG LEAL LPPT LPPR LIRF LIMC "
    "LIME LIPZ LIRN LICC LGAV LTFM LTFJ LTAI LTAC EKCH ENGM ESSA EFHK EPWA EPKK LKPR LHBP LROP "
    "LBSF LYBE LCLK UKBB UUEE UUDD UUWW ULLI URSS USSS UNNT UMMS UBBB UGTB UDYZ UAAA UTTT "
    # North America
    "KATL KDFW KDEN KORD KLAX KJFK KLAS KMCO KMIA KCLT KSEA KPHX KEWR KSFO KIAH KBOS KFLL KMSP "
    "KLGA KDTW KPHL KSLC KBWI KDCA KSAN KIAD KTPA KBNA KAUS KMDW KHOU KDAL KPDX KSTL KRDU KSMF "
    "KMCI KSNA KOAK KSJC KMSY KCLE KIND KPIT KSAT KCVG KCMH KMKE KSDF KMEM PHNL PANC CYYZ CYVR "
    "CYUL CYYC CYEG CYOW CYWG CYHZ MMMX MMUN MMGL MMMY MMTJ TJSJ "
    # Latin America
    "MPTO MROC MGGT MSLP MHLM MDPC MDSD MUHA MKJS SKBO SKRG SKCL SVMI SEQM SEGU SPJC SLVR SCEL "
    "SAEZ SABE SUMU SGAS SBGR SBSP SBBR SBGL SBRJ SBKP SBCF SBPA SBRF SBSV "
    # Africa, Middle East
    "HECA HKJK HAAB FAOR FACT DNMM DAAG GMMN DTTA GOOY FMMI OMDB OMAA OMSJ OTHH OERK OEJN OEDF "
    "OBBI OKKK OLBA OJAI OIII OIIE LLBG ORBI OPKC OPLA "
    # Asia, Pacific
    "VIDP VABB VOBL VOMM VECC VOHS VGHS VCBI VTBS VTBD WMKK WSSS WIII RPLL VVTS VVNB VHHH RCTP "
    "ZBAA ZBAD ZSPD ZSSS ZGGG ZGSZ ZUUU ZUTF ZPPP ZLXY ZUCK ZSHC ZSNJ ZHHH RJTT RJAA RJBB RJOO "
    "RJFF RJCC ROAH RKSI RKSS RKPC YSSY YMML YBBN YPPH YPAD NZAA NZWN NZCH"
)

HUBS = frozenset(_BUSY.split())
"""Busy airports, and the chief airport of other countries: a list of our own, unverified (no
ranking was read for it). It only says where more aircraft land than elsewhere before a track is
looked at; a wrong entry shifts odds between neighbouring fields."""

_MILITARY = re.compile(
    r"\b(afb|air base|airbase|air force|air station|aaf|army|naval|navy|nas|raf|rnas|military|"
    r"air guard|ab|base aerienne|joint base)\b",
    re.IGNORECASE,
)
_HELIPORT = re.compile(r"\b(heliport|helipad|hospital|helistop)\b", re.IGNORECASE)
_LESSER = re.compile(
    r"\b(executive|municipal|county|field|airpark|aerodrome|aeroclub|airfield|seaplane|"
    r"glider|ultralight|airstrip|strip|ranch|farms?|fazenda|estancia|private)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class Airfields:
    """All arrays (n,), ordered by latitude."""

    code: tuple[str, ...]
    name: tuple[str, ...]
    lat: Floats
    lon: Floats
    elevation_m: Floats
    kind: NDArray[np.int64]

    def near(self, lat: float, lon: float, reach_km: float) -> NDArray[np.int64]:
        """Indices of the fields within a box of ``reach_km`` each way."""
        half = reach_km / 111.2
        low, high = np.searchsorted(self.lat, (lat - half, lat + half))
        wide = half / max(np.cos(np.radians(min(abs(lat) + half, 89.0))), 0.02)
        east = np.abs((self.lon[low:high] - lon + 180.0) % 360.0 - 180.0)
        return np.asarray(np.flatnonzero(east <= wide) + low, dtype=np.int64)


@cache
def airfields() -> Airfields:
    """All of them, read once."""
    found = {c: a for c, a in airportsdata.load("ICAO").items() if c.isalnum()}
    order = sorted(found, key=lambda code: (found[code]["lat"], code))
    kinds = [_kind(code, found[code]) for code in order]
    return Airfields(
        code=tuple(RECODED.get(code, (code, ""))[0] for code in order),
        name=tuple(RECODED.get(code, ("", found[code]["name"]))[1] for code in order),
        lat=np.array([found[code]["lat"] for code in order], dtype=np.float64),
        lon=np.array([found[code]["lon"] for code in order], dtype=np.float64),
        elevation_m=np.array([found[code]["elevation"] for code in order]) * 0.3048,
        kind=np.array(kinds, dtype=np.int64),
    )


def _kind(code: str, entry: airportsdata.Airport) -> int:
    name = entry["name"]
    international = "international" in name.lower()
    place = f"{name} {entry['city']}"
    if code in RECODED:
        return MILITARY
    if code in HUBS:
        return HUB
    if _HELIPORT.search(name):
        return HELIPORT
    if _MILITARY.search(place) and not international:
        return MILITARY
    if any(sign.isdigit() for sign in code):
        return STRIP
    if international and entry["iata"]:
        return MAJOR
    if entry["iata"]:
        return SMALL if _LESSER.search(name) else REGIONAL
    return SMALL
