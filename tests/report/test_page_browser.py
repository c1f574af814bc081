"""The page in a real browser: hostile text runs nothing, and phone and printer get a page."""

import dataclasses
import shutil
import subprocess
from pathlib import Path

import pytest

import samples
from shieldwall.report.page import write_report

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")

ATTACK = (
    "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
    '<svg onload="document.title=\'owned\'">"><b>'
)


def browse(tmp_path: Path, *flags: str, page: Path) -> str:
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", *flags]
    done = subprocess.run(
        [*command, page.as_uri()], capture_output=True, text=True, timeout=120, check=True
    )
    return done.stdout


def test_hostile_text_runs_nothing(tmp_path):
    assessment = samples.sample_assessment(tmp_path, hostile=True)
    case = dataclasses.replace(assessment.case, title=ATTACK, summary=ATTACK)
    page = tmp_path / "report.html"
    fought = dataclasses.replace(
        assessment.raids,
        raids=tuple(dataclasses.replace(r, name=ATTACK) for r in assessment.raids.raids),
    )
    write_report(dataclasses.replace(assessment, case=case, raids=fought), page)
    dom = browse(tmp_path, "--dump-dom", page=page)
    assert "<title>owned" not in dom
    assert "&lt;script&gt;document.title" in dom


def test_a_phone_and_a_printer_get_a_page(tmp_path):
    page = tmp_path / "report.html"
    write_report(samples.sample_assessment(tmp_path), page)
    picture, document = tmp_path / "phone.png", tmp_path / "print.pdf"
    browse(tmp_path, f"--screenshot={picture}", "--window-size=390,844", page=page)
    browse(tmp_path, f"--print-to-pdf={document}", page=page)
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert document.read_bytes().startswith(b"%PDF")
    assert document.stat().st_size > 50_000
