"""The pages say what the program does: the reference, links, and commands that parse."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from shieldwall import errors
from shieldwall.case.formats import FILES
from shieldwall.cli import EXIT_CODES, _parser
from shieldwall.raid.variants import UNIT_KEYS
from shieldwall.report.exports import EXPORTS
from tools.reference import PAGE, leaves, page

ROOT = PAGE.parent.parent
TEXTS = [
    *(ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
REFERENCE = PAGE.read_text(encoding="utf-8")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.fixture(params=TEXTS, ids=named)
def text(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def section(heading: str, level: int) -> str:
    """What stands in the reference from one heading to the next of its level or above."""
    found = re.search(
        rf"^#{{{level}}} {re.escape(heading)}\n(.*?)(?=^#{{1,{level}}} |\Z)",
        REFERENCE,
        re.MULTILINE | re.DOTALL,
    )
    assert found, f"docs/reference.md has no heading {heading!r}: run python tools/reference.py"
    return found[1]


def test_the_reference_is_what_the_code_gives() -> None:
    assert page() == REFERENCE, "run: python tools/reference.py"


def test_every_verb_and_flag_is_in_the_reference() -> None:
    verbs = dict(leaves(_parser()))
    assert {"assess", "terrain fetch", "evidence add"} <= verbs.keys()
    for name, verb in verbs.items():
        told = section(f"shieldwall {name}", 3)
        for action in verb._actions:
            for flag in action.option_strings:
                shown = flag in ("-h", "--help") or re.search(rf"`{flag}[ `]", told)
                assert shown, f"{name} {flag} is not in docs/reference.md"


def test_every_file_table_and_key_is_in_the_reference() -> None:
    for file, tables in FILES.items():
        told = section(file, 3)
        for table, model in tables.items():
            keys = re.findall(r"^\| `(\w+)` \|", told.split(f"#### `[[{table}]]`", 1)[1], re.M)
            assert keys[: len(model.model_fields)] == list(model.model_fields), (file, table)


def test_every_exit_code_of_an_error_is_told() -> None:
    codes = {
        str(error.exit_code)
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, errors.ShieldwallError)
    }
    told = re.findall(r"^\| (\d+) \|", section("Exit codes", 2), re.MULTILINE)
    assert codes <= set(told)
    assert told == re.findall(r"^ *(\d+)  ", EXIT_CODES, re.MULTILINE)


def test_every_key_of_a_unit_is_told() -> None:
    told = section("Keys of `compare --set` and of sweeps", 2)
    assert [key for key in UNIT_KEYS if f"`units.SYSTEM.{key}`" not in told] == []


@pytest.mark.parametrize("document", ["docs/outputs.md", "docs/reference.md", "README.md"])
def test_every_export_is_told(document: str) -> None:
    told = (ROOT / document).read_text(encoding="utf-8")
    assert [name for name in ("report.html", *EXPORTS) if f"`{name}`" not in told] == []


def test_every_file_of_a_case_is_in_the_guide() -> None:
    told = (ROOT / "docs" / "make-a-case.md").read_text(encoding="utf-8")
    assert [name for name in FILES if f"`{name}`" not in told] == []


def prose(path: Path) -> str:
    """A page without its fenced blocks and code."""
    text = re.sub(r"^(```+).*?^\1", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)
    return re.sub(r"`[^`\n]*`", "", text)


def anchors(path: Path) -> set[str]:
    """The anchors that headings get where Markdown is shown."""
    text = re.sub(r"^(```+).*?^\1", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)
    found = set()
    for heading in re.findall(r"^#+ +(.+?)\s*$", text, re.MULTILINE):
        plain = re.sub(r"\[([^]]*)]\([^)]*\)", r"\1", heading)
        found.add(re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-"))
    return found


def test_links_lead_somewhere(text: Path) -> None:
    broken = []
    links = re.findall(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"", prose(text))
    for target in (one or other for one, other in links):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        to = (text.parent / name).resolve() if name else text
        there = to.is_relative_to(ROOT) and to.exists()
        if not there or (anchor and anchor not in anchors(to)):
            broken.append(target)
    assert broken == []


def commands(path: Path) -> Iterator[str]:
    """``shieldwall`` lines of indented and fenced blocks; continued lines are joined."""
    fenced = False
    lines = path.read_text(encoding="utf-8").replace("\\\n", " ")
    for line in lines.splitlines():
        if line.startswith("```"):
            fenced = not fenced
        shown = line if fenced else line[4:] if line.startswith("    ") else ""
        for part in shown.split(" && "):
            command = part.strip().removeprefix("$ ").removeprefix(".venv/bin/")
            if re.match(r"shieldwall [a-z-]", command):
                yield command


def complaint(parser: argparse.ArgumentParser, command: str) -> str:
    """What the parser says against a command; empty where it parses."""
    words = shlex.split(re.sub(r" >+ \S+$", "", command), comments=True)[1:]
    try:
        parser.parse_args(words)
    except SystemExit as end:
        return "" if end.code == 0 else command
    return ""


def test_commands_shown_parse(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = [command for command in commands(text) if complaint(_parser(), command)]
    assert wrong == [], capsys.readouterr().err


def test_commands_are_found_and_wrong_ones_seen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = tmp_path / "page.md"
    sample.write_text(
        "    shieldwall check cases/x   # sound?\n\n```console\n$ shieldwall explain\n"
        "shieldwall: not a command\n```\n    shieldwall new y && shieldwall rush cases/y\n"
    )
    found = list(commands(sample))
    assert [command.split()[1] for command in found] == ["check", "explain", "new", "rush"]
    assert [bool(complaint(_parser(), c)) for c in found] == [False, True, False, True]
    capsys.readouterr()
