"""The page in a real browser: hostile text runs nothing; phone, printer, keyboard, screen reader.

Accessibility is checked by axe-core (Deque, version in requirements.lock) against WCAG 2.2 A and
AA and its own best practices. The page runs no script; axe comes in from outside, as a reader's
tool would.
"""

import dataclasses
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect, sync_playwright

import samples
from sample_calculus import with_calculus
from shieldwall.report.page import write_report

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

ATTACK = (
    "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
    '<svg onload="document.title=\'owned\'">"><b>'
)
WIDE, PHONE = 1280, 400
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
UNFOLD = "() => document.querySelectorAll('details').forEach(each => { each.open = true })"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every chapter: raids, operators, a game, competing answers, overrides."""
    folder = tmp_path_factory.mktemp("rich")
    write_report(with_calculus(samples.sample_assessment(folder)), folder / "report.html")
    return folder / "report.html"


@pytest.fixture
def opened(chromium: Browser, report: Path) -> Iterator[Any]:
    """Opens the report ``width`` pixels wide, in light or dark."""
    contexts = []

    def open_(width: int = WIDE, scheme: Any = "light", unfold: bool = False) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(report.as_uri())
        if unfold:
            page.evaluate(UNFOLD)
        return page

    yield open_
    for each in contexts:
        each.close()


def violations(page: Page, within: str = "html") -> list[str]:
    """What axe finds, a line each: the rule, its impact and the first places."""
    page.evaluate(AXE_SCRIPT)
    told = page.evaluate("([at, rules]) => axe.run(at, rules)", [within, RULES])
    return [
        f"{v['id']} ({v['impact']}, {len(v['nodes'])}): "
        + "; ".join(str(n["html"])[:120] for n in v["nodes"][:3])
        for v in told["violations"]
    ]


def test_hostile_text_runs_nothing(tmp_path, chromium):
    assessment = samples.sample_assessment(tmp_path, hostile=True)
    case = dataclasses.replace(assessment.case, title=ATTACK, summary=ATTACK)
    fought = dataclasses.replace(
        assessment.raids,
        raids=tuple(dataclasses.replace(r, name=ATTACK) for r in assessment.raids.raids),
    )
    write_report(dataclasses.replace(assessment, case=case, raids=fought), tmp_path / "report.html")
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "report.html").as_uri())
    assert page.title() == f"{ATTACK} · Shieldwall"
    assert "&lt;script&gt;document.title" in page.content()
    assert {url.partition(":")[0] for url in asked[1:]} <= {"data"}
    page.close()


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(opened, scheme, width):
    assert violations(opened(width, scheme, unfold=True)) == []


def test_axe_would_find_what_is_wrong(opened):
    """So that an empty answer above means something."""
    page = opened()
    page.evaluate("""() => {
      document.querySelector('#network h2').style.color = '#ddd'
      const drawing = document.querySelector('#network svg[role=img]')
      drawing.querySelector('title').remove()
      const link = document.createElement('a'); link.href = '#answers'
      drawing.append(link)
      document.querySelector('#network').append(new Image())
    }""")
    found = {line.partition(" ")[0] for line in violations(page, "#network")}
    assert {"color-contrast", "svg-img-alt", "nested-interactive", "image-alt"} <= found


@pytest.mark.parametrize("width", [PHONE, 320])
def test_on_a_phone_only_tables_and_drawings_move_sideways(opened, width):
    page = opened(width, unfold=True)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    loose = page.evaluate("""() => [...document.querySelectorAll('table, svg, pre, p, li')]
      .filter(each => each.getBoundingClientRect().right > innerWidth + 1
        && !each.closest('.scroll, .pan'))
      .map(each => each.outerHTML.slice(0, 120))""")
    assert loose == []


def test_on_a_phone_wide_drawings_say_so_and_the_newest_stands_first(opened):
    page = opened(PHONE, unfold=True)
    ends = page.evaluate("""() => [...document.querySelectorAll('#control .newest')].map(each => {
      const [box, drawing] = [each, each.querySelector('svg')].map(e => e.getBoundingClientRect())
      return [drawing.right - box.right, drawing.width - box.width]
    })""")
    assert ends
    for hidden, wider in ends:
        assert abs(hidden) < 1.5
        assert wider > 100
    silent = page.evaluate("""() => [...document.querySelectorAll('.pan')].filter(each => {
      const next = each.nextElementSibling
      const note = next ? getComputedStyle(next, '::before')
        : getComputedStyle(each.parentElement, '::after')
      const edges = ['::before', '::after'].map(side => getComputedStyle(each, side).boxShadow)
      return each.scrollWidth > each.clientWidth
        && (!/[Ss]croll the drawing/.test(note.content) || edges.includes('none'))
    }).map(each => each.getAttribute('aria-label'))""")
    assert silent == []
    edges = page.locator("#network .pan").evaluate("""async each => {
      const told = () => ['::before', '::after'].map(side => getComputedStyle(each, side).opacity)
      const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))
      const first = told()
      each.scrollLeft = each.scrollWidth
      await frame()
      return [first, told()]
    }""")
    assert edges == [["0", "1"], ["1", "0"]], "a shadow stands where more is hidden"
    wide = opened()
    assert wide.evaluate("getComputedStyle(document.querySelector('.newest')).direction") == "ltr"
    assert wide.evaluate("getComputedStyle(document.querySelector('.pan'), '::after').content") == (
        "none"
    )


def test_the_keyboard_reaches_everything_in_reading_order(opened):
    """First the link past the head, then every link, fold and box that moves sideways."""
    page = opened()
    page.keyboard.press("Tab")
    first = page.evaluate("[document.activeElement.className, document.activeElement.hash]")
    assert first == ["skip", "#answers"]
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('#answers')")
    assert page.locator("[tabindex]").evaluate_all("all => all.every(e => e.tabIndex <= 0)")
    unreached = page.evaluate("""() => [...document.querySelectorAll('.scroll, .pan')]
      .filter(each => each.tabIndex < 0 || !each.getAttribute('aria-label'))
      .map(each => each.outerHTML.slice(0, 120))""")
    assert unreached == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_has_the_focus_is_seen(opened, scheme):
    page = opened(scheme=scheme)
    page.keyboard.press("Tab")  # from here on the browser shows where the keyboard is
    for selector in ("#network a.fig", ".contents a", "summary", ".scroll", ".pan"):
        page.locator(selector).first.focus()
        style = page.evaluate(
            "(s => [s.outlineStyle, s.outlineWidth])(getComputedStyle(document.activeElement))"
        )
        assert style == ["solid", "3px"], selector
    page.locator(".tabs > input").first.focus()
    label = page.locator(".tabs > input:focus-visible + label")
    assert label.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"


def test_threats_are_chosen_by_keyboard(opened):
    page = opened()
    panels = page.locator(".tabs > .panel")
    assert panels.count() > 1
    page.locator(".tabs > input").first.focus()
    page.keyboard.press("ArrowRight")
    assert [panels.nth(n).is_visible() for n in range(2)] == [False, True]
    page.keyboard.press("ArrowLeft")
    assert [panels.nth(n).is_visible() for n in range(2)] == [True, False]


def test_folds_open_by_keyboard_and_by_links_into_them(opened):
    page = opened()
    fold = page.locator("#control details > summary").first
    fold.focus()
    page.keyboard.press("Enter")
    assert fold.evaluate("each => each.parentElement.open")
    page.keyboard.press("Space")
    assert not fold.evaluate("each => each.parentElement.open")
    page.locator('a[href="#t-ahead"]').first.focus()
    page.keyboard.press("Enter")
    page.locator("#t-ahead").wait_for(state="visible")
    links = page.locator('main a[href^="#t-"]').evaluate_all(
        "all => all.map(e => e.getAttribute('href').slice(1))"
    )
    shut = page.evaluate("""ids => ids.filter(id => {
      const at = document.getElementById(id)
      return !at || (at.closest('details') && (at.tagName == 'DETAILS' || at.closest('summary')))
    })""", sorted(set(links)))  # fmt: skip
    assert shut == [], "a link to a fold's head would leave it shut"


def test_a_figure_leads_to_its_trail_and_back_by_keyboard(opened):
    page = opened()
    figure = page.locator("#answers a.fig[href^='#f-']").first
    figure.focus()
    page.keyboard.press("Enter")
    expect(page.locator(":target")).to_be_in_viewport()
    trail = page.locator(":target")
    assert trail.locator("code").first.is_visible()
    assert trail.locator("td").count() == 4
    page.go_back()
    expect(figure).to_be_in_viewport()


CHARTS = """() => {
  const heads = 'h2, h3'
  const tables = "table, ol.key, a[href^='#t-'], a[href^='#calculus-'], a[href^='#government-']"
  const holds = each => each.matches(tables) || each.querySelector(tables)
  return [...document.querySelectorAll('svg[role]')].filter(drawing => {
    let at = drawing
    while (!at.parentElement.matches('section, article, .panel')) at = at.parentElement
    for (const way of ['previousElementSibling', 'nextElementSibling'])
      for (let each = at; each; each = each[way]) {
        if (holds(each)) return false
        if (each.matches(heads) || (each != at && each.querySelector(':scope > ' + heads))) break
      }
    return true
  }).map(each => each.querySelector('title').textContent)
}"""


def test_every_drawing_has_a_name_a_text_and_a_table_near_it(opened):
    """Between the heading above and the heading below: the table, or a link to it."""
    page = opened()
    drawings = page.locator("svg[role]")
    assert drawings.count() > 20
    assert set(drawings.evaluate_all("all => all.map(e => e.getAttribute('role'))")) == {
        "img",
        "group",
    }
    texts = drawings.evaluate_all("""all => all.map(each => ['title', 'desc'].map(
      name => each.querySelector(':scope > ' + name)?.textContent ?? ''))""")
    assert [name for name, text in texts if len(name) < 4 or len(text) < 20] == []
    silent = page.locator("svg:not([role]):not([aria-hidden=true])")
    assert silent.evaluate_all("all => all.map(e => e.outerHTML.slice(0, 120))") == []
    assert page.evaluate(CHARTS) == []


def test_captions_lead_to_tables(opened):
    """Of drawings whose table is not beside them: each caption by itself."""
    page = opened()
    bare = page.evaluate("""() => {
      const names = [/^Share of .* against altitude/, / over time$/, /: one raid as it went$/]
      const found = [...document.querySelectorAll('figure')].filter(each => {
        const name = each.querySelector('svg title')?.textContent ?? ''
        const label = each.querySelector('.pan')?.getAttribute('aria-label') ?? ''
        return names.some(n => n.test(name) || n.test(label))
      })
      return [found.length, found.filter(each => {
        const link = each.querySelector("figcaption a[href^='#']")
        const at = link && document.getElementById(link.hash.slice(1))
        return !at || !(at.matches('table') || at.querySelector('table')
          || at.parentElement.querySelector('table'))
      }).map(each => each.textContent.slice(0, 80))]
    }""")
    assert bare[0] > 5
    assert bare[1] == []


def test_ids_of_claims_break_only_where_a_line_is_too_short(opened):
    page = opened()
    short, long = "a-claim-of-some-length", "a-claim-" * 20
    heights = page.evaluate("""ids => {
      const cell = `${ids.map(id => `<span class="parted-said">Words of a document that take lines
        <a class="fig claim-id" href="#evidence">${id}</a></span>`).join('')}`
      const table = document.createElement('table')
      table.className = 'parted'
      table.innerHTML = `<tbody><tr><th scope="row">${cell}</th><td></td><td></td></tr></tbody>`
      document.querySelector('#evidence').append(table)
      const found = []
      for (let wide = 200; wide < 1000; wide += 20) {
        table.style.width = `${wide}px`
        found.push([...table.querySelectorAll('a')].map(each => {
          const box = each.getBoundingClientRect()
          const cell = each.closest('th').getBoundingClientRect()
          return [each.getClientRects().length, box.height, box.right - cell.right, box.width,
            each.parentElement.clientWidth || cell.width]
        }))
      }
      return found
    }""", [short, long])  # fmt: skip
    assert all(over <= 0 for each in heights for _, _, over, _, _ in each)
    line = min(each[0][1] for each in heights)
    whole = [each[0] for each in heights if each[0][3] < each[0][4] - 30]
    assert len(whole) > 10
    assert {height for _, height, *_ in whole} == {line}
    assert all(each[1][1] > line for each in heights[:10]), "too long for a line: it breaks"


def test_screen_and_paper_are_told_apart(opened):
    """On paper: light, nothing to choose with, every threat told of, folds named."""
    page = opened(scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 22, 26)"
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator(".tabs > label").first.is_visible()
    assert page.locator(".panel .print-only").first.is_visible()
    ink = page.evaluate("getComputedStyle(document.body).color")
    assert max(map(int, re.findall(r"\d+", ink))) < 60
    printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF")
    assert len(printed) > 50_000
