"""The first inputs of each harness, made here so that no file of others is needed."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

ARTICLE = """Five launchers seen at the base
By A. Writer | 24 March 2019
Five launchers and a 9S32ME radar were seen at the airbase, a company that sells images said.
The ministry declined to comment, and no more than 5,000 Igla-S were reportedly delivered.
We use cookies on our site. Please accept.
5 1 vote
Article Rating
View all comments
28-01-21 13:39
That will teach them!
[…] uçakları ve S-300 hava savunması […]
Read also
Another title of another article without a stop
© 2019 Some Site. All rights reserved.
"""
RUSSIAN = """Россия устанавливает системы ПВО в Москве
Опубликовано 20.01.2023
Зенитный комплекс «Панцирь-С1» замечен на крыше министерства, сообщили местные издания в пятницу.
Читайте также: другая новость
"""
PAGE = f"""<!doctype html><html lang=en><head><meta charset=utf-8><title>T | Site</title>
<meta property="article:published_time" content="2019-03-24T10:00:00-04:00">
<script type="application/ld+json">{{"@graph":[{{"@type":"NewsArticle","datePublished":"2019-03-24",
"author":[{{"name":"A"}}]}}]}}</script></head><body><nav><a href=x>Home</a></nav><article><h1>T</h1>
<time datetime="2019-03-24">x</time><p>{"</p><p>".join(ARTICLE.splitlines())}</p>
<table><tr><td>a<td>b</table>
<div class="comments" hidden><!-- x --><b>&#x202e;&amp;</div></article>"""
MARKDOWN = f"""---
title: "Five launchers"
date: 2019-03-24
---
# Head

{ARTICLE}
- [a link to another article](https://example.org)
![alt](x.png) **bold** `code`
"""
FEATURES = (
    b'{"type":"FeatureCollection","features":[{"type":"Feature","id":"r1","geometry":{"type":'
    b'"Point","coordinates":[-67.2,9.3]},"properties":{"name":"x","date":"2019-03-20",'
    b'"system":"s-300vm","count":5,"resolution_m":0.5,"cloud":0.1,"datetime":"2019-03-20T15:00:00Z"'
    b"}}]}"
)
STAC = (
    b'{"type":"Feature","stac_version":"1.0.0","id":"i","geometry":{"type":"Polygon","coordinates":'
    b'[[[0,0],[1,0],[1,1],[0,0]]]},"bbox":[0,0,1,1],"properties":{"datetime":"2019-03-20T15:00:00Z",'
    b'"eo:cloud_cover":10,"gsd":0.5,"platform":"x"},"links":[],"assets":{}}'
)
KML = (
    b'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>a'
    b"</name><TimeStamp><when>2019-03</when></TimeStamp><ExtendedData><Data name='k'><value>v"
    b"</value></Data></ExtendedData><Point><coordinates>1,2,3</coordinates></Point></Placemark>"
    b"</Document></kml>"
)


def pdf_of(lines: list[str], packed: bool = True) -> bytes:
    """A one-page PDF that shows ``lines``."""
    shown = b"BT /F 12 Tf 50 780 Td 14 TL " + b" ".join(
        b"("
        + line.encode("latin-1", "replace").replace(b"(", b"[").replace(b")", b"]")
        + b") Tj T*"
        for line in lines
    )
    body = shown + b" ET"
    stream = zlib.compress(body) if packed else body
    how = b"/Filter /FlateDecode " if packed else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< " + how + b"/Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title (Five launchers) /Author (A. Writer) /CreationDate (D:20190324100000Z) >>",
    ]
    return assemble(objects, b"/Info 6 0 R")


def assemble(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """Numbered objects with their cross-reference table; the first is the catalogue."""
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, item in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def _texts() -> list[bytes]:
    return [
        ARTICLE.encode(), RUSSIAN.encode(), RUSSIAN.encode("cp1251"),
        RUSSIAN.encode("koi8-r", "replace"), ARTICLE.encode("utf-16"),
        "a\u202eb\u200bc\x00".encode(), b"\xff\xfe\xff", b"",
    ]  # fmt: skip


def _pdfs() -> list[bytes]:
    lines = ARTICLE.splitlines()
    return [pdf_of(lines), pdf_of(lines, packed=False), b"%PDF-1.4\n"]


def _tracks_json() -> list[bytes]:
    trace = (
        b'{"icao":"ae1234","timestamp":1700000000.0,"trace":[[0,9.1,-67.1,5000,300,90,0,-500,null]'
    )
    return [
        trace + b',[30,9.2,-67.2,"ground",20,90,0,0,{"type":"mlat","flight":"X"}]]}',
        b'{"time":1700000000,"states":[["ae1234","X","US",1700000000,1700000000,-67.1,9.1,100.0,'
        b"false,80.0,90.0,-2.0,null,100.0,null,false,0]]}",
        b'{"icao24":"ae1234","path":[[1700000000,9.1,-67.1,1000,90,false]]}',
    ]


def _tracks_csv() -> list[bytes]:
    return [
        b"time,icao24,lat,lon,velocity,heading,vertrate,onground,baroaltitude\n"
        b"1700000000,ae1234,9.1,-67.1,80,90,-2,False,1000\n1700000030,ae1234,9.2,-67.2,8,90,0,True,\n",
        b"Timestamp,UTC,Callsign,Position,Altitude,Speed,Direction\n"
        b'1700000000,2023-11-14T22:13:20Z,X,"9.1,-67.1",1000,200,90\n',
    ]


def _kmz() -> list[bytes]:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", KML)
    return [held.getvalue()]


def _case() -> list[bytes]:
    from importlib import resources

    from shieldwall.case.formats import FILES

    skeleton = resources.files("shieldwall.case") / "skeleton"
    return [bytes([i]) + (skeleton / name).read_bytes() for i, name in enumerate(FILES)]


SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "text": _texts,
    "html": lambda: [PAGE.encode(), PAGE.encode("cp1251", "replace")],
    "markdown": lambda: [MARKDOWN.encode(), MARKDOWN.replace("---", "+++").encode()],
    "pdf": _pdfs,
    "tracks-json": _tracks_json,
    "tracks-csv": _tracks_csv,
    "imagery": lambda: [FEATURES, STAC],
    "extraction": lambda: [ARTICLE.encode(), RUSSIAN.encode()],
    "case": _case,
    "events-geojson": lambda: [FEATURES],
    "events-kml": lambda: [KML],
    "events-kmz": _kmz,
    "polygons-gpkg": lambda: [b"SQLite format 3\x00"],
}


def write_seeds(name: str, folder: Path) -> Path:
    """The seeds of ``name`` as files in ``folder``."""
    folder.mkdir(parents=True)
    for number, data in enumerate(SEEDS[name]()):
        (folder / f"{number:02d}").write_bytes(data)
    return folder
