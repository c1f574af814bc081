"""Records back to the TOML text a person reviews: what goes in through ``load_case`` comes out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from shieldwall.case.records import Claim, Moment, Source

Scalar = str | int | float
Inline = Mapping[str, Scalar | None]
Value = Scalar | Inline | tuple[int, int] | list[Inline] | None

_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f]')


def render_claim(claim: Claim) -> str:
    """A ``[[claim]]`` table; unknown fields are left out. Ends with a newline."""
    return render_table("claim", claim_fields(claim))


def claim_fields(claim: Claim) -> dict[str, Value]:
    """The keys of a ``[[claim]]`` table in the order of the format, ``None`` where unknown."""
    nested = {
        key: None if record is None else _fields(record)
        for key, record in (("count", claim.count), ("detection", claim.detection))
    }
    machine = "machine" if claim.read_by == "machine" else None
    return {**_fields(claim), **nested, "read_by": machine}


def render_source(source: Source) -> str:
    """A ``[[source]]`` table; unknown fields are left out. Ends with a newline."""
    furniture = [_fields(each) for each in source.furniture]
    given = {**_fields(source), "note": source.note or None, "furniture": furniture or None}
    return render_table("source", given)


def _fields(record: Any) -> dict[str, Any]:
    plain = {key: value for key, value in vars(record).items() if key != "where"}
    return {key: v.text if isinstance(v, Moment) else v for key, v in plain.items()}


def render_table(name: str, fields: Mapping[str, Value]) -> str:
    """``[[name]]`` with one key a line, in the order given; ``None`` is left out."""
    lines = [f"{key} = {_value(value)}" for key, value in fields.items() if value is not None]
    return "\n".join([f"[[{name}]]", *lines, ""])


def _value(value: Scalar | Inline | tuple[int, int] | list[Inline]) -> str:
    if isinstance(value, tuple):
        return f"[{value[0]}, {value[1]}]"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Mapping):
        pairs = (f"{key} = {_value(each)}" for key, each in value.items() if each is not None)
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def commented(text: str) -> str:
    """``text`` as it may stand in a comment of a TOML file: on one line, nothing hidden."""
    return "".join(c if c.isprintable() else "?" for c in text)


def quoted(text: str) -> str:
    """``text`` as a TOML basic string."""
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _SHORT.get(character, f"\\u{ord(character):04x}")
