"""The fonts that come with the site: small, on the screen, and nothing moves when they come (decision 22)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from kit import ROOT, first_with, real_content

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kit import Visitor

    Visit = Callable[..., Visitor]

CSS = ROOT / "templates/theme/assets/css"
SERIF, SANS = "Newsreader", "Atkinson Hyperlegible Next"
BYTES = 60_000
SHIFT = 0.01
BOOK = real_content().book
TOPIC = first_with(BOOK.topics, gates=True, scripts=True)
TOPIC_PAGE = f"/{TOPIC.stage}/{TOPIC.id}/"
MOMENT_PAGE = f"/moments/{first_with(BOOK.moments, pause=True).id}/"
PAGES = ("/", TOPIC_PAGE, MOMENT_PAGE, "/variants/", "/help/")
# What has moved since the page began, as Chromium counts it.
WATCH = """window.moved = 0
new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.moved += entry.value }))
  .observe({ type: "layout-shift", buffered: true })"""
# The frame after the next: the one that is on the screen by then was drawn with all that there was.
DRAWN = (
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))"
)


def linked(site: Path) -> list[str]:
    """The files that the stylesheet of every page names, within `assets/`."""
    css = (site / "assets/css/handbook.css").read_text(encoding="utf-8")
    return re.findall(r'url\("?\.\./([^)"]+)"?\)', css)


def drawn_with(page: Any, selector: str) -> set[tuple[str, bool]]:  # noqa: ANN401 (Playwright's page)
    """The fonts in which the letters of an element are drawn, and whether they came with the page."""
    browser = page.context.new_cdp_session(page)
    browser.send("DOM.enable")
    browser.send("CSS.enable")
    root = browser.send("DOM.getDocument")["root"]["nodeId"]
    node = browser.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    assert node, selector
    fonts = browser.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    browser.detach()
    return {(font["familyName"], font["isCustomFont"]) for font in fonts}


def test_the_fonts_come_with_the_site_and_are_small(site: Path) -> None:
    fonts = linked(site)

    assert len(fonts) == 2
    assert {f"assets/{font}" for font in fonts} == {
        path.relative_to(site).as_posix() for path in site.rglob("*.woff2")
    }
    assert sum((site / "assets" / font).stat().st_size for font in fonts) <= BYTES


def test_their_licence_stands_beside_them(site: Path) -> None:
    licences = (site / "assets/fonts/LICENSES.txt").read_text(encoding="utf-8")

    assert "SIL OPEN FONT LICENSE Version 1.1" in licences
    for font in linked(site):
        assert font.removeprefix("fonts/") in licences


def test_a_page_asks_early_for_the_fonts_that_it_shows_first(site: Path) -> None:
    html = (site / "help/index.html").read_text(encoding="utf-8")

    early = re.findall(
        r'<link rel="preload" href="../assets/([^"]+)" as="font" type="font/woff2" crossorigin>', html
    )
    assert sorted(early) == sorted(linked(site))


def test_faces_are_named_in_one_place() -> None:
    named = re.compile(r"font(?:-family)?: *[^;]*;")
    for path in CSS.glob("components/*.css"):
        for rule in named.findall(path.read_text(encoding="utf-8")):
            assert re.search(r"var\(--(serif|sans|mono)\)|inherit", rule), f"{path.name}: {rule}"


@pytest.mark.parametrize(
    ("path", "selector", "font"),
    [
        (TOPIC_PAGE, "h1", SERIF),
        (TOPIC_PAGE, ".script__words p", SERIF),
        (TOPIC_PAGE, "main > p", SANS),
        (TOPIC_PAGE, "aside li", SANS),
        (TOPIC_PAGE, "button.script__copy", SANS),
        (TOPIC_PAGE, "input", SANS),
        (MOMENT_PAGE, "textarea", SANS),
    ],
)
def test_text_is_drawn_in_the_fonts_of_the_site(visit: Visit, path: str, selector: str, font: str) -> None:
    page = visit().go(path)
    page.evaluate("document.fonts.ready")
    family = page.locator(selector).first.evaluate("(element) => getComputedStyle(element).fontFamily")

    assert family.split(",")[0].strip('"') == font
    assert page.evaluate("(font) => document.fonts.check(`20px '${font}'`)", font)
    assert page.evaluate("(font) => document.fonts.check(`bold 20px '${font}'`)", font)
    # A field that holds nothing is drawn with no font.
    if selector not in {"input", "textarea"}:
        assert any(came and name.startswith(font) for name, came in drawn_with(page, selector))


def test_letters_that_the_fonts_lack_come_from_the_device(visit: Visit) -> None:
    page = visit().go(TOPIC_PAGE)
    page.locator("h1").evaluate("(title) => { title.textContent = 'Žena říká' }")
    both = drawn_with(page, "h1")
    page.locator("h1").evaluate("(title) => { title.textContent = 'Письмо' }")

    assert {came for _, came in both} == {True, False}
    assert {came for _, came in drawn_with(page, "h1")} == {False}


def moved(visitor: Visitor, path: str) -> float:
    """How much moves on a page whose fonts come only when it has been drawn without them."""
    page = visitor.page
    held: list[Any] = []
    page.add_init_script(WATCH)
    page.route("**/*.woff2", lambda route: held.append(route))  # noqa: PLW0108 (Playwright marks what it calls)
    page.goto(f"{visitor.address}{path}", wait_until="domcontentloaded")
    page.evaluate(DRAWN)
    assert not page.evaluate("(font) => document.fonts.check(`20px '${font}'`)", SANS)
    if not page.evaluate(
        "[...document.fonts].some((font) => / for /.test(font.family) && font.status === 'loaded')"
    ):
        pytest.skip("this machine has none of the fonts that stand in")
    assert len(held) == 2
    for font in held:
        font.continue_()
    page.evaluate("document.fonts.ready")
    page.evaluate(DRAWN)
    assert page.evaluate("(font) => document.fonts.check(`20px '${font}'`)", SANS)
    page.unroute("**/*.woff2")
    return float(page.evaluate("window.moved"))


@pytest.mark.parametrize("width", [375, 1280])
def test_little_moves_when_the_fonts_come(visit: Visit, width: int) -> None:
    # Now and then a line breaks at another word; so the mean of pages is bound, and each more loosely.
    found = [moved(visit(viewport={"width": width, "height": 740}), path) for path in PAGES]

    assert sum(found) / len(found) <= SHIFT, found
    assert max(found) <= 5 * SHIFT, found
