"""Write docs/reference.md from the code: verbs, files of a case, keys of comparisons, exports.

python tools/reference.py            write the page
python tools/reference.py --check    say whether it is up to date (exit code 1: it is not)
"""

from __future__ import annotations

import argparse
import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from shieldwall.case import schema_raid
from shieldwall.case import schema_values as values
from shieldwall.case.formats import FILES
from shieldwall.case.schema import CaseHead
from shieldwall.cli import EXIT_CODES, _parser
from shieldwall.raid import variants
from shieldwall.report.exports import EXPORTS
from shieldwall.report.page import write_report

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference.md"

HEAD = """\
# Reference

Made from the code by `python tools/reference.py`; edit the code, not this page. A test fails where
the two differ. How to use it all is told in the [tutorial](tutorial.md) and in
[make a case of your own](make-a-case.md).
"""

FILES_HEAD = """\
## Files of a case

A case is a folder. `case.toml`, `sources.toml` and `claims.toml` must be there; the others may be
left out. Keys that are not listed are refused, with file, line and the nearest key that exists.
`shieldwall schema` prints the same as JSON Schema for editors, `shieldwall new NAME` makes a folder
with a comment on every key. Elevation, map files and readings of images may lie beside
([terrain](terrain.md), [imagery](imagery.md)); so may the [evidence store](evidence-store.md).

What the types mean:

| type | is |
|---|---|
| id | small letters, digits, `-` and `_`, beginning with a letter or digit; at most 64 characters |
| time | `"2019"`, `"2019-03"`, `"2019-03-20"`, or with a clock and its offset from UTC, \
`"2019-03-20T14:00-04:00"`: as exactly as published |
| date | a day without quotes: `2025-12-31` |
| points | a list of `[longitude, latitude]` in degrees; at most {points:,} |
| band | low, likely, high: see [tables within tables](#tables-within-tables) |
"""

COMPARE_HEAD = """\
## Keys of `compare --set` and of sweeps

How they act is told in [raids](raids.md). Nothing else can be varied.
"""

EXPORTS_HEAD = """\
## What `assess` writes

What each file holds, column by column, is told in [outputs](outputs.md).

| file | holds |
|---|---|"""

NAMED: list[tuple[Any, str]] = [
    (values.Id, "id"),
    (values.Name, "text, at most 200 characters"),
    (values.Text, "text, at most 4,000 characters"),
    (values.Address, "web address, at most 2,000 characters"),
    (values.Language, "language code"),
    (values.Time, "time"),
    (values.Day, "date"),
    (values.Points, "points"),
    (values.Sha256, "64 hexadecimal digits"),
    (values.Span, "[first, last + 1]"),
    (values.Longitude, "number, -180 to 180"),
    (values.Latitude, "number, -90 to 90"),
    (values.Number, "number"),
    (schema_raid.Needs, f"list of ids, or of lists of ids, at most {schema_raid.MAX_ITEMS}"),
]
"""Annotated types of the schema and their names here; others fall back on Python's own."""

OF_SEVERAL = {"raids.csv": "How the network would fare in each raid, one figure a row."}
"""Files whose module writes more than them, so that its docstring does not say what they hold."""

PLAIN = {
    str: "text", int: "whole number", float: "number", bool: "true or false",
    "None": "left out",
}  # fmt: skip


def page() -> str:
    """The whole page."""
    parts = [
        HEAD,
        *_verbs(),
        _exit_codes(),
        FILES_HEAD.format(points=values.MAX_POINTS),
        *_files(),
        COMPARE_HEAD,
        _compare_keys(),
        _exports(),
    ]
    return "\n".join(part.rstrip() + "\n" for part in parts)


# ---- verbs -------------------------------------------------------------------------------------


def leaves(
    parser: argparse.ArgumentParser, name: str = ""
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every verb with its parser, actions of a verb as ``terrain fetch``."""
    groups = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not groups:
        yield name, parser
    for group in groups:
        for word, below in group.choices.items():
            yield from leaves(below, f"{name} {word}".strip())


def _verbs() -> Iterator[str]:
    parser = _parser()
    own = _table(("flag", "does"), _arguments(parser))
    yield f"## Verbs\n\nBefore a verb:\n\n{own}"
    for name, verb in leaves(parser):
        rows = list(_arguments(verb))
        told = _sentence(verb.description or "")
        more = f"\n\n{_as_told(verb.epilog)}" if verb.epilog else ""
        yield f"### shieldwall {name}\n\n{told}{more}\n\n{_table(('argument or flag', 'is'), rows)}"


def _arguments(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction | argparse._HelpAction):
            continue
        takes = "" if action.nargs == 0 else str(action.metavar or action.dest.upper())
        words = [action.help or ""]
        if action.choices:
            words.append(f"one of {', '.join(map(str, action.choices))}")
        if action.option_strings:
            shown = ", ".join(f"{flag} {takes}".strip() for flag in action.option_strings)
            words += ["required"] if action.required else []
        else:
            shown = takes if action.nargs not in ("*", "+") else f"{takes} ..."
            words += ["may be left out"] if action.nargs in ("?", "*") else []
        yield f"`{shown}`", "; ".join(word for word in words if word)


def _exit_codes() -> str:
    flat = re.sub(r"\n {5}", " ", EXIT_CODES.split("\n", 1)[1])
    rows = [line.split(maxsplit=1) for line in flat.strip().splitlines()]
    return "## Exit codes\n\n" + _table(("code", "means"), [(code, said) for code, said in rows])


# ---- files of a case ---------------------------------------------------------------------------


def _files() -> Iterator[str]:
    for file, tables in FILES.items():
        yield f"### {file}"
        if file == "case.toml":
            yield _keys(CaseHead, "Once, at the top")
        for name, table in tables.items():
            yield _keys(table, f"`[[{name}]]`")
    yield "### Tables within tables"
    for model in _inner():
        yield _keys(model, _called(model))


def _keys(model: type[BaseModel], heading: str) -> str:
    hints = get_type_hints(model, include_extras=True)
    rows = [
        (f"`{key}`", _type(hints[key], field), _default(field), _told(hints[key], field))
        for key, field in model.model_fields.items()
    ]
    said = _sentence((model.__doc__ or "").split("\n\n", 1)[0])
    table = _table(("key", "type and limits", "if left out", "is"), rows)
    return f"#### {heading}\n\n{said}\n\n{table}"


def _inner() -> list[type[BaseModel]]:
    """Models that stand inside others, in the order in which they are met."""
    found: list[type[BaseModel]] = []

    def look(model: type[BaseModel]) -> None:
        for hint in get_type_hints(model).values():
            for inner in _models(hint):
                if inner not in found:
                    found.append(inner)
                    look(inner)

    for tables in FILES.values():
        look(CaseHead)
        for model in tables.values():
            look(model)
    return found


def _models(hint: Any) -> Iterator[type[BaseModel]]:
    if inspect.isclass(hint) and issubclass(hint, BaseModel):
        yield hint
    for part in get_args(hint):
        yield from _models(part)


def _called(model: type[BaseModel]) -> str:
    words = re.findall(r"[A-Z][a-z0-9]*", model.__name__.removesuffix("Table"))
    return " ".join(words).lower()


def _type(hint: Any, field: FieldInfo) -> str:
    limits = "" if any(hint == known for known, _ in NAMED) else _limits(field)
    apart = "; " if get_origin(hint) is list else ", "
    return apart.join(part for part in (_words(hint), limits) if part)


def _words(hint: Any) -> str:
    for known, name in NAMED:
        if hint == known:
            return name
    if get_origin(hint) in (Union, UnionType):
        return " or ".join(_words(part) for part in get_args(hint) if part is not NoneType)
    if get_origin(hint) is Literal:
        return ", ".join(f"`{value}`" for value in get_args(hint))
    if get_origin(hint) is list:
        return f"list of: {_words(get_args(hint)[0])}"
    if get_origin(hint) is dict:
        key, value = get_args(hint)
        return f"table of {_words(key)} = {_words(value)}"
    if inspect.isclass(hint) and issubclass(hint, BaseModel):
        name = _called(hint)
        return f"[{name}](#{name.replace(' ', '-')})"
    return PLAIN.get(hint, str(hint))


def _limits(field: FieldInfo) -> str:
    least = most = ""
    few = many = None
    for limit in field.metadata:
        match limit:
            case Ge(ge):
                least = _number(ge)
            case Gt(gt):
                least = f"more than {_number(gt)}"
            case Le(le):
                most = _number(le)
            case Lt(lt):
                most = f"less than {_number(lt)}"
            case MinLen(length):
                few = length
            case MaxLen(length):
                many = length
    apart = " to "
    if least.startswith("more") or most.startswith("less"):
        apart = ", " if most.startswith("less") else ", at most "
    spans = f"{least}{apart}{most}" if least and most else least or most
    counts = [f"at least {few}" if few else "", f"at most {many:,}" if many else ""]
    return ", ".join(part for part in (spans, *counts) if part)


def _number(value: Any) -> str:
    if isinstance(value, int) and value == 2**63 - 1:
        return "2^63 - 1"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:g}"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**needed**"
    value = field.default
    if value is None or value in ([], ()) or isinstance(value, BaseModel):
        return ""
    return f"`{value}`"


def _told(hint: Any, field: FieldInfo) -> str:
    """The description, without the list of choices that the type says already."""
    said = field.description or ""
    for part in (hint, *get_args(hint)):
        if get_origin(part) is Literal:
            listed = f"one of: {', '.join(map(str, get_args(part)))}"
            said = said.replace(listed, "").strip(",; ")
    return said


# ---- comparisons and exports -------------------------------------------------------------------


def _compare_keys() -> str:
    blocks = inspect.cleandoc(variants.__doc__ or "").split("\n\n")
    keys = next(block for block in blocks if block.startswith("    "))
    rest = " ".join(blocks[blocks.index(keys) + 1 :])
    limits = [
        (f"`units.SYSTEM.{key}`", _number(least), _number(most))
        for key, (least, most) in variants.UNIT_KEYS.items()
    ]
    limits.append(("`raid.size`", "0", _number(variants.LARGEST)))
    return f"{keys}\n\n{_table(('key', 'least', 'most'), limits)}\n\n{_flowing(rest)}"


def _exports() -> str:
    writers: dict[str, Any] = {"report.html": write_report, **EXPORTS}
    if any("--pdf" in verb.format_help() for name, verb in leaves(_parser()) if name == "assess"):
        from shieldwall.report.pdf import write_pdf

        writers["report.pdf"] = write_pdf
    rows = [
        f"| `{name}` | {OF_SEVERAL.get(name) or _first(write)} |" for name, write in writers.items()
    ]
    return "\n".join([EXPORTS_HEAD, *rows])


def _first(function: Any) -> str:
    """What the module of a writer says of its file."""
    text = sys.modules[function.__module__].__doc__ or ""
    flat = " ".join(text.split("\n\n", 1)[0].split())
    first = re.sub(r"``(.*?)``", r"`\1`", re.split(r"(?<=\.) ", flat)[0])
    named = re.match(r"`[a-z.]+`: (.*)", first)
    return _sentence(named[1] if named else first)


# ---- small things ------------------------------------------------------------------------------


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = tuple(heads)
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    lines += [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace(" %%", " %")


def _sentence(text: str) -> str:
    flat = " ".join(text.split())
    return flat[:1].upper() + flat[1:].rstrip(".") + "." if flat else ""


def _as_told(text: str) -> str:
    """An epilog: columns stay as they stand, prose flows."""
    if re.search(r"\S {2,}\S|^ ", text, re.MULTILINE):
        return "\n".join(f"    {line}".rstrip() for line in text.strip("\n").splitlines())
    return _flowing(text)


def _flowing(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in text.strip().split("\n\n"))


def main() -> int:
    """Write the page, or check it."""
    fresh = page()
    if "--check" in sys.argv[1:]:
        same = PAGE.exists() and PAGE.read_text(encoding="utf-8") == fresh
        print("up to date" if same else f"run: python tools/reference.py  ({PAGE.name} differs)")
        return 0 if same else 1
    PAGE.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
