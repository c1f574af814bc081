"""The commented case to start from, and the schema editors read."""

import json
import re
import tomllib

import pytest

from shieldwall.case import json_schema, load_case, new_case
from shieldwall.case.formats import FILES
from shieldwall.case.schema import CaseHead
from shieldwall.catalogue import load_catalogue
from shieldwall.errors import UsageError


def test_new_case_loads_with_the_catalogue(tmp_path):
    written = new_case(tmp_path / "kyiv-2024", "kyiv-2024")
    assert [path.name for path in written] == sorted(FILES)
    case = load_case(tmp_path / "kyiv-2024", load_catalogue())
    assert case.title.startswith("kyiv-2024 (TEACHING EXAMPLE")


def test_every_placeholder_is_marked(tmp_path):
    new_case(tmp_path / "a", "a")
    case = load_case(tmp_path / "a")
    told = [c.statement for c in case.claims] + [s.name for s in case.sources]
    told += [e.statement for e in case.pressure] + [h.source for h in case.holdings]
    told += [each.text for q in case.questions for each in (q, *q.hypotheses)]
    told += [each.observation for q in case.questions for each in q.expectations]
    told += [each.source for each in case.transfers] + [each.text for each in case.foretold]
    told += [each.note for each in case.observations] + [each.name for each in case.indicators]
    told += [each.reason for each in case.outcomes]
    told += [each.name for each in (*case.functions, *case.raids)]
    told += [each.reason for each in (*case.doctrines, *case.crews, *case.raids)]
    game = case.game
    told += [game.scale, game.note, *(each.question for each in game.nodes)]
    told += [each.reason for each in (*game.facts, *game.payoffs)]
    told += [each.name for each in (*game.actors, *game.facts, *game.consequences)]
    told += [move.name for node in game.nodes for move in node.moves]
    assert all("TEACHING EXAMPLE" in text for text in told)


def test_every_key_of_the_format_is_taught(tmp_path):
    new_case(tmp_path / "a", "a")
    for file, tables in FILES.items():
        text = (tmp_path / "a" / file).read_text("utf-8")
        models = [*tables.values(), *([CaseHead] if file == "case.toml" else [])]
        for model in models:
            for key in model.model_fields:
                missing = (
                    key == "note"
                    or f"{key} =" in text
                    or re.search(rf"^\[+\w*\.?{key}\]", text, re.M)
                )
                assert missing or key == "component", f"{file} does not teach {key}"


def test_new_case_writes_over_nothing(tmp_path):
    (tmp_path / "a").mkdir()
    with pytest.raises(UsageError, match="is there already"):
        new_case(tmp_path / "a", "a")


@pytest.mark.parametrize("name", ["../a", "A b", "", "a/b", "x" * 100, "a\n"])
def test_names_that_are_no_ids(tmp_path, name):
    with pytest.raises(UsageError):
        new_case(tmp_path / "folder", name)
    assert list(tmp_path.iterdir()) == []


def refs(value):
    if isinstance(value, dict):
        yield from [value["$ref"]] if "$ref" in value else []
        for each in value.values():
            yield from refs(each)
    elif isinstance(value, list):
        for each in value:
            yield from refs(each)


def closed(value):
    """Every object the schema describes by its properties."""
    if isinstance(value, dict):
        if "properties" in value and value.get("type") == "object":
            yield value
        for each in value.values():
            yield from closed(each)


def test_schema_is_whole_and_strict():
    schemas = json_schema()
    assert list(schemas) == [name.removesuffix(".toml") for name in FILES]
    for name, schema in schemas.items():
        assert json.loads(json.dumps(schema)) == schema
        targets = {f"#/$defs/{key}" for key in schema["$defs"]}
        assert set(refs(schema)) == targets
        assert all(each["additionalProperties"] is False for each in closed(schema))
        assert set(FILES[f"{name}.toml"]) <= set(schema["properties"])


def test_schema_knows_every_key_of_the_commented_case(tmp_path):
    new_case(tmp_path / "a", "a")
    for name, schema in json_schema().items():
        data = tomllib.loads((tmp_path / "a" / f"{name}.toml").read_text("utf-8"))
        assert set(schema.get("required", [])) <= set(data) <= set(schema["properties"])
        for key, model in FILES[f"{name}.toml"].items():
            for table in data.get(key, []):
                assert set(table) <= set(schema["$defs"][model.__name__]["properties"])
