"""Records written as TOML and read again are the same records."""

import tomllib
from dataclasses import replace
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from shieldwall.case import load_case, new_case, render_claim, render_source
from shieldwall.case import records as r
from shieldwall.case.load import load_texts
from shieldwall.case.moments import parse_moment
from shieldwall.case.render import quoted

BIDI = "\u202a\u202b\u202c\u202d\u202e"
letters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters=BIDI)
printable = st.text(letters | st.sampled_from("\n\t\"'\\#"), min_size=1, max_size=40).filter(
    str.strip
)
ids = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,20}", fullmatch=True)
numbers = st.floats(0, 1e9) | st.integers(0, 10**6).map(float)
# Times are drawn so that they are never out of order: one day, or nothing.
times = st.none() | st.sampled_from(
    ["2019", "2019-03", "2019-03-24", "2019-03-24T14:00Z", "2019-03-24T10:00:00-04:00"]
).map(parse_moment)


@st.composite
def counts(draw):
    values = sorted(draw(st.lists(numbers, min_size=1, max_size=3)))
    filled = {"low": values[0], "likely": None, "high": None}
    filled["high"] = values[-1] if len(values) > 1 else None
    filled["likely"] = values[1] if len(values) == 3 else None
    unit = draw(st.sampled_from(["launchers", "km", "persons"]))
    return r.Count(**filled, unit=unit, bound=draw(st.sampled_from(get_args(r.Bound))))


sources = st.builds(
    r.Source,
    id=ids,
    name=printable,
    family=st.sampled_from(get_args(r.Family)),
    reliability=st.sampled_from(get_args(r.Reliability)),
    interest=st.none() | printable,
    note=st.just("") | printable,
    where=st.just("sources.toml:1"),
    favours=st.none() | st.sampled_from(get_args(r.Favours)),
    side=st.none() | printable,
    furniture=st.lists(st.builds(r.Furniture, printable, times), max_size=2).map(tuple),
)
SHA256 = "0123456789abcdef" * 4


@st.composite
def told(draw, claim):
    """What is written together: a subject with its value, a document with a span of it."""
    subject = draw(st.none() | st.tuples(printable, printable))
    passage = draw(st.none() | st.tuples(st.integers(0, 99), st.integers(100, 200)))
    looked = draw(st.none() | st.just(r.Band(0.25, None, 0.5)))
    return replace(
        claim,
        subject=subject and subject[0],
        value=subject and subject[1],
        document=passage and SHA256,
        span=passage,
        detection=looked if claim.modality == "not seen" else None,
    )


claims = st.builds(
    r.Claim,
    id=ids,
    source=ids,
    about=st.sampled_from([a for a in get_args(r.About) if a not in ("distance", "intent")]),
    statement=printable,
    modality=st.sampled_from(get_args(r.Modality)),
    credibility=st.integers(1, 6),
    relays=st.none(),
    system=st.none() | ids,
    component=st.none() | printable,
    place=st.none() | st.sampled_from(["example-base", "example-country"]),
    origin=st.none(),
    count=st.none() | counts(),
    event=times,
    acquisition=times,
    publication=st.none() | st.just(parse_moment("2019-03-24T14:00:00Z")),
    ingestion=st.none() | st.just(parse_moment("2026-11-01")),
    address=st.none() | st.just("https://example.org/a?b=c&d=%20#e"),
    language=st.none() | st.sampled_from(["en", "pt-BR"]),
    where=st.just("claims.toml:1"),
    said_by=st.none() | printable,
    material=st.none() | printable,
    read_by=st.sampled_from(get_args(r.ReadBy)),
).flatmap(told)


@given(source=sources, claim=claims)
def test_round_trip(tmp_path_factory, source, claim):
    folder = tmp_path_factory.getbasetemp() / "round-trip"
    if not folder.exists():
        new_case(folder, "round-trip")
    claim = replace(claim, source=source.id)
    texts = {
        "sources.toml": render_source(source),
        "claims.toml": render_claim(claim),
        "hypotheses.toml": "",
        "control.toml": "",
        "outcome.toml": "",
    }
    case = load_texts(folder, None, texts)
    assert case.sources == (source,)
    assert case.claims == (claim,)


@given(st.text(st.characters(codec="utf-8")))
def test_quoted_reads_back(text):
    assert tomllib.loads(f"key = {quoted(text)}") == {"key": text}


def test_a_distance_keeps_its_origin(folder):
    claim = load_case(folder.path).claim("example-distance")
    text = render_claim(claim)
    assert tomllib.loads(text)["claim"][0]["origin"] == "example-line"
    assert 'count = { likely = 90, unit = "km", bound = "about" }\n' in text
    assert "event" not in text
