"""The tables of a document, validated one by one, so that one bad table hides no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError, create_model

from shieldwall.case.documents import Document, did_you_mean
from shieldwall.case.formats import FILES
from shieldwall.case.lines import KeyPath
from shieldwall.case.schema import CaseHead
from shieldwall.case.schema_values import Table
from shieldwall.errors import Problem

MAX_TABLES = 20_000
MAX_PROBLEMS = 500
"""Of one case; checking stops there."""

M = TypeVar("M", bound=Table)


@dataclass(frozen=True)
class Entry(Generic[M]):
    """A table and where it stands.

    In one that is not ``sound`` the keys that are wrong, or missing, are ``None``: what is right
    in it can still be held against other tables, so that all problems are told at once.
    """

    document: Document
    path: KeyPath
    table: M
    sound: bool = True

    @property
    def where(self) -> str:
        """``file:line`` of its header."""
        return self.document.where(self.path)

    def problem(self, key: str | KeyPath, message: str, value: object = "") -> Problem:
        """A problem with one of its keys."""
        path = (key,) if isinstance(key, str) else key
        return self.document.problem((*self.path, *path), message, value)


def head(document: Document, problems: list[Problem]) -> Entry[CaseHead] | None:
    """The keys of case.toml that stand once."""
    arrays = FILES["case.toml"]
    single = {key: value for key, value in document.data.items() if key not in arrays}
    return _entry(document, (), CaseHead, single, problems, also=tuple(arrays))


def whole(document: Document, model: type[M], problems: list[Problem]) -> M | None:
    """A document that is one table; None where it is wrong."""
    entry = _entry(document, (), model, document.data, problems)
    return entry.table if entry is not None and entry.sound else None


def check_top_keys(document: Document, problems: list[Problem]) -> None:
    """Only the array tables of its file may stand in a document without a head."""
    allowed = FILES[document.name]
    for key in islice(document.data, MAX_PROBLEMS):
        if key not in allowed:
            keys = ", ".join(f"[[{name}]]" for name in allowed)
            message = f"is no table of {document.name}; it holds {keys}"
            problems.append(document.problem((key,), message + _elsewhere(key, document.name)))


def _elsewhere(key: str, name: str) -> str:
    homes = [file for file, tables in FILES.items() if key in tables and file != name]
    return f"; [[{key}]] belongs in {homes[0]}" if homes else did_you_mean(key, FILES[name])


def entries(
    document: Document, key: str, model: type[M], problems: list[Problem]
) -> tuple[Entry[M], ...]:
    """The tables of ``[[key]]``, in order; what is wrong goes to ``problems``."""
    tables = document.data.get(key, [])
    if not isinstance(tables, list):
        message = f"must be an array of tables: write [[{key}]], with double brackets"
        problems.append(document.problem((key,), message))
        return ()
    if len(tables) > MAX_TABLES:
        message = f"has {len(tables)} tables; at most {MAX_TABLES} are read"
        problems.append(document.problem((key,), message))
        return ()
    found: list[Entry[M]] = []
    for i, each in enumerate(tables):
        entry = _entry(document, (key, i), model, each, problems)
        found += [] if entry is None else [entry]
        if len(problems) >= MAX_PROBLEMS:
            break
    return tuple(found)


def named(document: Document, model: type[M], problems: list[Problem]) -> dict[str, Entry[M]]:
    """The tables of a document in which each stands under its own name, ``[name]``."""
    found = {
        name: _entry(document, (name,), model, each, problems)
        for name, each in islice(document.data.items(), MAX_TABLES)
    }
    return {name: entry for name, entry in found.items() if entry is not None}


def raw_ids(document: Document, key: str, named: str = "id") -> Iterator[str]:
    """The ids of all tables of ``[[key]]``, wrong tables included, so that one typo in a table
    does not make every reference to it look wrong too; ``named`` is the key that holds them."""
    tables = document.data.get(key, [])
    for each in tables if isinstance(tables, list) else []:
        if isinstance(each, dict) and isinstance(each.get(named), str):
            yield each[named]


def _entry(
    document: Document,
    path: KeyPath,
    model: type[M],
    value: object,
    problems: list[Problem],
    also: tuple[str, ...] = (),
) -> Entry[M] | None:
    if not isinstance(value, dict):
        problems.append(document.problem(path, "must be a table", value))
        return None
    try:
        return Entry(document, path, model.model_validate(value))
    except ValidationError as error:
        for detail in error.errors(include_url=False)[:MAX_PROBLEMS]:
            loc: KeyPath = detail["loc"]
            message, shown = _explained(dict(detail), model, also)
            problems.append(document.problem(path + loc, message, shown))
        wrong = {detail["loc"][0] for detail in error.errors(include_url=False)}
        right = {key: each for key, each in value.items() if key not in wrong}
        return Entry(document, path, _partial(model).model_validate(right), sound=False)


@cache
def _partial(model: type[M]) -> type[M]:
    """The model with every key optional; ``None`` where it is absent."""
    fields: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        optional = copy(info)
        optional.default, optional.default_factory = None, None
        fields[name] = (info.annotation, optional)
    return create_model(f"Partial{model.__name__}", __base__=model, **fields)


def _explained(
    detail: dict[str, Any], model: type[Table], also: tuple[str, ...]
) -> tuple[str, Any]:
    """The message for one pydantic error, and the bad value to repeat."""
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "missing":
        return f"is missing: {_description(model, detail['loc'])}", ""
    if kind == "extra_forbidden":
        return _unknown_key(model, detail["loc"], also), ""
    if kind == "literal_error":
        words = re.findall(r"'([^']*)'", context["expected"]) or [context["expected"]]
        return f"must be one of: {', '.join(words)}{did_you_mean(value, words)}", value
    if kind == "value_error":
        return str(context["error"]), value
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(str(detail["loc"][-1]), _PATTERNS["id"]), value
    if kind == "too_short" and context["min_length"] > 1:
        return f"must have at least {context['min_length']} items", value
    return _PLAIN.get(kind, detail["msg"]).format(**context), value


_PLAIN = {
    "string_type": "must be text in quotes",
    "float_type": "must be a number, without quotes",
    "int_type": "must be a whole number, without quotes",
    "finite_number": "must be a finite number",
    "greater_than": "must be more than {gt:g}",
    "greater_than_equal": "must be {ge:g} or more",
    "less_than": "must be less than {lt:g}",
    "less_than_equal": "must be {le:g} or less",
    "string_too_long": "must be at most {max_length} characters long",
    "list_type": "must be a list in square brackets",
    "too_short": "must not be empty",
    "too_long": "must have at most {max_length} items",
    "model_type": "must be a table such as {{ low = 1, high = 2 }}",
}
_PATTERNS = {
    "id": "must be up to 64 lowercase letters, digits, - and _, beginning with a letter or digit",
    "document": "must be the SHA-256 of a stored document: 64 digits and letters a to f",
    "language": 'must be a language code such as "en" or "pt-BR"',
}


def _description(model: type[Table], loc: KeyPath) -> str:
    holder = _model_at(model, loc[:-1])
    fields = holder.model_fields
    return str(fields[str(loc[-1])].description) if loc and str(loc[-1]) in fields else "write it"


def _unknown_key(model: type[Table], loc: KeyPath, also: tuple[str, ...]) -> str:
    holder = _model_at(model, loc[:-1])
    known = [*holder.model_fields, *(also if len(loc) == 1 else ())]
    hint = did_you_mean(loc[-1], known) or f"; keys are {', '.join(known)}"
    return f"is not a key here{hint}"


def _model_at(model: type[BaseModel], loc: KeyPath) -> type[BaseModel]:
    for part in loc:
        if str(part) not in model.model_fields:
            continue  # a key the user named, such as the hypothesis a likelihood is for
        kind = model.model_fields[str(part)].annotation
        options = [kind, *get_args(kind)]
        model = next(o for o in options if isinstance(o, type) and issubclass(o, BaseModel))
    return model
