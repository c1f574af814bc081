"""Verbs as a person runs them: exit codes, one message, JSON twins, nothing heavy for --help."""

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from shieldwall import cli

ROOT = Path(__file__).resolve().parent.parent
CASE = ROOT / "cases" / "venezuela-2025"


def run(capsys, *arguments):
    """Exit code, output and errors of one verb, in process."""
    try:
        code = cli.main([str(a) for a in arguments])
    except SystemExit as stop:
        code = stop.code
    out, err = capsys.readouterr()
    return code, out, err


def test_help_imports_nothing_heavy():
    check = (
        "import sys\nfrom shieldwall.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'numpy', 'numba', 'pydantic', 'rasterio', 'pyproj'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", check], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "exit codes" in done.stdout


def test_check_says_sound_and_has_a_json_twin(capsys):
    code, out, _ = run(capsys, "check", CASE)
    assert code == 0
    assert out.startswith("venezuela-2025: sound (")
    code, out, _ = run(capsys, "check", CASE, "--json")
    assert json.loads(out)["ok"] is True
    assert json.loads(out)["warnings"] == []


def test_check_counts_one_as_one_and_warns_of_what_is_odd(capsys, tmp_path):
    """A new case has one of most things; its record is made to name nobody of the game."""
    run(capsys, "new", "odd", "--in", tmp_path)
    code, out, _ = run(capsys, "check", tmp_path / "odd")
    assert code == 0
    assert "1 defended area, 1 event," in out
    assert "warning" not in out
    text = (tmp_path / "odd" / "pressure.toml").read_text()
    (tmp_path / "odd" / "pressure.toml").write_text(text.replace("the neighbour", "another"))
    code, out, _ = run(capsys, "check", tmp_path / "odd")
    assert code == 0
    first, second = out.splitlines()
    assert first.startswith("odd: sound (")
    assert second.startswith("warning: game.toml:")
    assert "so that action and reaction cannot be compared" in second
    told = json.loads(run(capsys, "check", tmp_path / "odd", "--json")[1])
    assert told["warnings"] == [second.removeprefix("warning: ")]


def test_a_wrong_case_is_one_message_with_file_and_line_and_no_traceback(capsys, tmp_path):
    bad = tmp_path / "bad"
    shutil.copytree(CASE, bad)
    text = (bad / "case.toml").read_text().replace('choice = "auto"', 'choice = "atuo"')
    (bad / "case.toml").write_text(text)
    code, out, err = run(capsys, "check", bad)
    assert code == 3
    assert out == ""
    line = text[: text.index('"atuo"')].count("\n") + 1
    assert f"case.toml:{line}" in err
    assert "atuo" in err
    assert "auto" in err
    assert "Traceback" not in err
    code, out, _ = run(capsys, "check", bad, "--json")
    assert code == 3
    assert json.loads(out)["problems"][0]["line"] == line


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", "no-such-folder"], 3),
        (["assess", "no-such-folder", "--out", "x"], 3),
        (["assess", CASE, "--out", "x", "--draws", "0"], 2),
        (["catalogue", "s-9000"], 2),
        (["explain", "no-such-folder", "x"], 3),
        (["schema", "nothing"], 2),
        (["fly"], 2),
    ],
)
def test_exit_codes(capsys, arguments, code):
    got, _, err = run(capsys, *arguments)
    assert got == code
    assert err.strip()
    assert "Traceback" not in err


def test_a_bug_is_one_line_and_exit_70(capsys, monkeypatch):
    def broken(options):
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(cli, "_check", broken)
    code, _, err = run(capsys, "check", CASE)
    assert code == 70
    assert "ZeroDivisionError: oops" in err
    assert "Traceback" not in err


def test_interruption_is_130(capsys, monkeypatch):
    def stopped(options):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_check", stopped)
    assert run(capsys, "check", CASE)[0] == 130


def test_a_request_to_end_is_the_same_clean_end(tmp_path):
    code = (
        "import os, signal, sys, time\nfrom pathlib import Path\nfrom shieldwall import cli\n"
        "from shieldwall.files import staging\n"
        "def writes(options):\n"
        "    with staging(Path(sys.argv[1])) as aside:\n"
        "        (aside / 'half.html').write_text('half')\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "        time.sleep(30)\n"
        "cli._check = writes\n"
        "sys.exit(cli.main(['check', '.']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 130
    assert done.stderr.strip() == "shieldwall: interrupted; nothing half-written is left"
    assert not list(tmp_path.iterdir())


def test_a_handler_that_somebody_set_is_kept(capsys, monkeypatch):
    asked = []
    monkeypatch.setattr(cli, "_check", lambda options: signal.raise_signal(signal.SIGTERM) or 0)
    before = signal.signal(signal.SIGTERM, lambda *_: asked.append("mine"))
    try:
        assert run(capsys, "check", CASE)[0] == 0
        assert asked == ["mine"]
    finally:
        signal.signal(signal.SIGTERM, before)
    assert signal.getsignal(signal.SIGTERM) is before


def test_catalogue_index_and_sheet(capsys):
    code, out, _ = run(capsys, "catalogue")
    assert code == 0
    assert "s300vm" in out
    code, out, _ = run(capsys, "catalogue", "SA-23", "--json")
    assert code == 0
    assert json.loads(out)["id"] == "s300vm"


def test_new_makes_a_case_that_passes_check(capsys, tmp_path):
    code, out, _ = run(capsys, "new", "harbour", "--in", tmp_path)
    assert code == 0
    assert "shieldwall check" in out
    assert run(capsys, "check", tmp_path / "harbour")[0] == 0
    assert run(capsys, "new", "harbour", "--in", tmp_path)[0] == 2


def test_schema_is_json(capsys):
    code, out, _ = run(capsys, "schema", "case")
    assert code == 0
    assert run(capsys, "schema", "case", "--json")[1] == out
    assert json.loads(out)["properties"]["title"]
