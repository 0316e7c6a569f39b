"""Measures the search: how many readers' questions it answers, beside Material's; its size and speed."""

from __future__ import annotations

import csv
import gzip
import statistics
from typing import TYPE_CHECKING, Any

from kit import ROOT, serve, url_of
from search_measure import LOADED

from guidebook.build import read
from guidebook.pages.addresses import addresses

if TYPE_CHECKING:
    from pathlib import Path

QUESTIONS = ROOT / "tests/reader_questions.tsv"
UNSEEN = ROOT / "tests/reader_questions_unseen.tsv"
SLOWDOWN = 4
FILES = ("search-engine", "search-results", "search-data", "danger", "search-danger")
DANGER_FILES = ("danger", "search-danger")
LEARNED_FILES = ("search-model",)
# From a keystroke to the painted results. What is posted in a frame runs after the frame was painted.
TYPE = """async (text) => {
  const input = document.querySelector("input[type=search]")
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = done
    port2.postMessage(0)
  }))
  const taken = []
  input.focus()
  for (let length = 1; length <= text.length; length++) {
    await painted()
    const began = performance.now()
    input.value = text.slice(0, length)
    input.dispatchEvent(new Event("input", { bubbles: true }))
    await painted()
    taken.push(performance.now() - began)
  }
  return taken
}"""
SHOWN_BY_MATERIAL = """[...document.querySelectorAll(".md-search-result__item")]
  .slice(0, 3).map((item) => new URL(item.querySelector("a").href).pathname)"""
STILL = 4
OURS = f"""async (queries) => {{
  {LOADED}
  return queries.map((query) => {{
    const {{ danger, answers }} = engine.search(query)
    const shown = danger?.strength === "sure" ? [danger, ...answers] : answers
    return shown.slice(0, 3).map((answer) => `/${{answer.url}}`)
  }})
}}"""


def questions(path: Path) -> list[tuple[str, set[str]]]:
    """What readers type, and the addresses of the pages that answer it."""
    content = read(ROOT / "content")
    urls = {item.id: f"/{url_of(item.path)}" for item in addresses(content.book, content.by_hand)}
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(row["query"], {urls[page] for page in row["pages"].split()}) for row in rows]


def _percent(asked: list[tuple[str, set[str]]], found: list[list[str]]) -> tuple[float, float]:
    """How many questions have an accepted page first, and among the first three."""
    pairs = [(wanted, shown) for (_, wanted), shown in zip(asked, found, strict=True)]
    first = sum(bool(wanted & set(shown[:1])) for wanted, shown in pairs)
    three = sum(bool(wanted & set(shown[:3])) for wanted, shown in pairs)
    return 100 * first / len(asked), 100 * three / len(asked)


def hits(browser: Any, site: Path, path: Path) -> tuple[float, float]:  # noqa: ANN401 (Playwright's)
    """Of the questions of a file, in percent: answered by the first result, by one of three."""
    asked = questions(path)
    for address in serve(site):
        page = browser.new_page()
        page.goto(f"{address}/")
        found = page.evaluate(OURS, [query for query, _ in asked])
        page.close()
    return _percent(asked, found)


def hits_of_material(browser: Any, plain: Path, path: Path) -> tuple[float, float]:  # noqa: ANN401
    """The same for Material's own search over the same pages, typed into its box."""
    asked = questions(path)
    found = []
    for address in serve(plain):
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{address}/")
        box = page.locator("input.md-search__input")
        for query, _ in asked:
            box.click()
            box.fill(query[:-1])
            page.keyboard.type(query[-1])
            found.append(_settled(page))
        page.close()
    return _percent(asked, found)


def _settled(page: Any) -> list[str]:  # noqa: ANN401
    """The first three pages that Material shows, once they have stopped to change."""
    shown: list[list[str]] = []
    while len(shown) < STILL or any(links != shown[-1] for links in shown[-STILL:]):
        page.wait_for_timeout(100)
        shown.append(page.evaluate(SHOWN_BY_MATERIAL))
    return shown[-1]


def kilobytes(site: Path, names: tuple[str, ...] = FILES) -> float:
    """Scripts, compressed; those that are fetched before the first result if none are named."""
    files = [site / f"assets/js/{name}.js" for name in names]
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) / 1000


def keystroke_milliseconds(browser: Any, site: Path) -> list[float]:  # noqa: ANN401
    """From each of many keystrokes to the results on the screen, on a slow processor."""
    taken: list[float] = []
    for address in serve(site):
        page = browser.new_page(viewport={"width": 375, "height": 800})
        page.goto(f"{address}/", wait_until="networkidle")
        page.locator("input[type=search]").click()
        page.wait_for_timeout(1000)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        for query, _ in questions(QUESTIONS)[::20]:
            taken += page.evaluate(TYPE, query)
        page.close()
    return taken


def report(browser: Any, site: Path, plain: Path) -> list[tuple[str, float, float, str]]:  # noqa: ANN401
    """Print what is only to be compared; give each measure with its bound and unit."""
    for path in (QUESTIONS, UNSEEN):
        first, three = hits(browser, site, path)
        print(f"    {path.name}: first {first:.1f} %, among three {three:.1f} %")
        first, three = hits_of_material(browser, plain, path)
        print(f"    {path.name}, Material's search: first {first:.1f} %, among three {three:.1f} %")
    taken = keystroke_milliseconds(browser, site)
    print(f"    the slowest of {len(taken)} keystrokes, {SLOWDOWN} times slower: {max(taken):.0f} ms")
    return [
        ("search, until first results", kilobytes(site), 150, "kB gzipped"),
        ("of that what hears danger", kilobytes(site, DANGER_FILES), 60, "kB gzipped"),
        ("search, what was learned", kilobytes(site, LEARNED_FILES), 250, "kB gzipped"),
        (f"a keystroke, {SLOWDOWN} times slower", statistics.median(taken), 50, "ms"),
    ]
