"""Which ways of saying state a thing is written once."""

import ast
from pathlib import Path

import shieldwall
from shieldwall.evidence.records import STATED

ROOT = Path(shieldwall.__file__).parent


def literals(path):
    """Every tuple, list or set of plain words in a file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            yield frozenset(e.value for e in node.elts if isinstance(e, ast.Constant))


def test_one_file_says_which_ways_of_saying_state_a_thing():
    said = [p.relative_to(ROOT).as_posix() for p in ROOT.rglob("*.py") if STATED in literals(p)]
    assert said == ["evidence/records.py"]
