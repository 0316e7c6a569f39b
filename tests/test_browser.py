"""What a reader gets in a real browser: with and without JavaScript, by keyboard, on a phone.

Every window blocks and counts requests to other hosts and keeps what the console says; the `visit`
fixture fails a test in which there was either.
"""

from __future__ import annotations

import functools
import json
import re
import shutil
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from brute_force import every_walk as every_way
from brute_force import loops
from kit import (
    MORE_URGENT_IF_IT_SMELLS,
    NOTHING_STORED,
    ROOT,
    SMALL_GUIDE,
    STORED,
    first_with,
    given_by,
    open_window,
    real_content,
    serve,
)
from kit import change as change_guide
from random_trees import random_tree

from guidebook.content.inline_markup import plain
from guidebook.pages.draft import help_lines
from guidebook.site.mkdocs_plugin import build_site
from guidebook.tree import walk as tree_walk
from guidebook.tree.browser_data import tree_data
from guidebook.tree.question_graph import question_graph
from guidebook.tree.state_space import explore
from guidebook.tree.walk import (
    Walker,
    answer,
    changes,
    first_lines,
    sections_of,
    urgency_of,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kit import Visitor

    from guidebook.content.handbook import Handbook
    from guidebook.content.model.tree import WalkTest
    from guidebook.tree.walk import Walk

    Visit = Callable[..., Visitor]

BOOK = real_content().book
assert BOOK.tree
# Any page of each kind, whatever the content calls it.
TOPIC = first_with(BOOK.topics, scripts=True)
TOPIC_PAGE = f"/{TOPIC.stage}/{TOPIC.id}/"
STAGE_PAGE = f"/{BOOK.guide.stages[0].id}/"
PAUSE_PAGE = f"/moments/{first_with(BOOK.moments, pause=True).id}/"
SCRIPTS_PAGE = f"/scripts/{BOOK.guide.stages[1].id}/"
# Words that the search finds something for.
SOUGHT = plain(TOPIC.title)
LEAVE = BOOK.guide.leave_url
KINDS = {
    "home": "/",
    "stage": STAGE_PAGE,
    "topic": TOPIC_PAGE,
    "variant": f"/variants/{BOOK.guide.axes[0].variants[0]}/",
    "comparison": "/variants/",
    "situation": f"/situations/{first_with(BOOK.situations, urgent=False, scripts=True).id}/",
    "situations": "/situations/",
    "urgent situation": f"/situations/{first_with(BOOK.situations, urgent=True).id}/",
    "moment": PAUSE_PAGE,
    "urgent moment": f"/moments/{first_with(BOOK.moments, urgent=True).id}/",
    "scripts": "/scripts/",
    "scripts of a stage": SCRIPTS_PAGE,
    "disagreements": "/disagreements/",
    "left out": "/left-out/",
    "sources": "/sources/",
    "research": "/research/",
    "help": "/help/",
    "glossary": "/glossary/",
    "outcome": f"/outcomes/{first_with(BOOK.outcomes, shared=True).id}/",
    "tree": "/decide/",
    "tree picture": "/decide/picture/",
    "tree proof": "/decide/proof/",
    "tree people": "/decide/people/",
    "by hand": f"/{BOOK.guide.by_hand[-1]}/",
    "not found": "/404.html",
}
WALK_TESTS = BOOK.tree.tests
FIRST = BOOK.questions[BOOK.tree.start]
# An answer to the first question with which the walk goes on, and the question that it goes on to.
ONWARD, SECOND = next(
    (option.id, walked.at)
    for option in FIRST.options
    if (walked := walk(BOOK, {FIRST.id: [option.id]})).at in BOOK.questions
)
RULES = {
    "tags": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "ofColours": ["color-contrast", "link-in-text-block"],
}
BARRIERS = (ROOT / "tests/barriers.js").read_text(encoding="utf-8")


def violations(page: Any, *, only_colours: bool = False) -> list[str]:  # noqa: ANN401 (Playwright's page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    return list(page.evaluate(BARRIERS, {**RULES, "onlyColours": only_colours}))


def violations_by_day_and_night(page: Any) -> list[str]:  # noqa: ANN401
    """In both colour schemes; `test_styles.py` holds that only colours differ."""
    page.emulate_media(color_scheme="light")
    still(page)
    by_day = violations(page)
    page.emulate_media(color_scheme="dark")
    still(page)
    by_night = violations(page, only_colours=True)
    return [*by_day, *(f"dark: {barrier}" for barrier in by_night)]


def still(page: Any) -> None:  # noqa: ANN401
    """Wait until nothing moves."""
    page.wait_for_function("document.getAnimations().every((one) => one.playState !== 'running')")


def visible(page: Any, selector: str) -> list[str]:  # noqa: ANN401
    found = page.locator(f"{selector}:visible").all_text_contents()
    return [str(words).strip() for words in found]


# Where links lead, as they say it.
ADDRESSES = "(links) => links.map((link) => link.getAttribute('href'))"


# --- without JavaScript -------------------------------------------------------------------------


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_every_page_can_be_read_without_javascript(look: Visit, path: str) -> None:
    page = look(java_script_enabled=False).go(path)

    assert page.locator("h1:visible").count() == 1
    assert page.locator("main").inner_text().strip()
    assert page.get_by_role("link", name="Leave this page").is_visible()
    assert page.locator("input:visible, button:visible").count() == 0


def test_the_whole_tree_can_be_followed_without_javascript(visit: Visit) -> None:
    page = visit(java_script_enabled=False).go("/decide/")
    # A click at a time, waiting for each to be in sight, took half a minute.
    page.locator(".tree__text summary").evaluate_all("(all) => all.forEach((summary) => summary.click())")

    links = page.locator(".tree__text a:visible").evaluate_all(ADDRESSES)
    assert {f"#end-{outcome}" for outcome in BOOK.outcomes} <= set(links)
    assert len(visible(page, "[data-question]")) == len(BOOK.questions)
    assert len(visible(page, "[data-outcome]")) == len(BOOK.outcomes)
    assert "#" not in page.url


def wait_no_longer_for_a_script(page: Any) -> None:  # noqa: ANN401
    """Bring on what the stylesheet does after two seconds: show the text of the tree."""
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")


@pytest.mark.content
def test_following_the_text_form_leaves_no_trace_in_the_history(visit: Visit) -> None:
    visitor = visit()
    # The page cannot be asked for its history without JavaScript, so only the tree's own is taken away.
    visitor.page.context.route("**/start-tree.js", lambda route: route.abort())
    page = visitor.go("/decide/")
    before = page.evaluate("history.length")
    wait_no_longer_for_a_script(page)
    page.locator(".tree__text").wait_for(state="visible")
    page.locator("[data-option=in-danger] > summary").click()
    page.locator("[data-option=to-me] > summary").click()

    assert page.get_by_role("link", name="Call the emergency number now").first.is_visible()
    assert page.evaluate("history.length") == before
    visitor.said.clear()


@pytest.mark.content
def test_a_link_to_a_result_opens_it_without_javascript(visit: Visit) -> None:
    page = visit(java_script_enabled=False).go("/decide/")
    page.locator("[data-option=in-danger] > summary").click()
    page.locator("[data-option=to-me] > summary").click()
    page.get_by_role("link", name="Call the emergency number now").first.click()

    assert page.url.endswith("/decide/#end-call-now")


def test_the_picture_has_every_step_as_a_link_and_shows_no_result(visit: Visit) -> None:
    page = visit().go("/decide/picture/")
    boxes = page.locator("a.picture__box").evaluate_all(ADDRESSES)

    assert {f"#ask-{question}" for question in BOOK.questions} <= set(boxes)
    assert {f"../../outcomes/{outcome}/" for outcome in BOOK.outcomes} <= set(boxes)
    assert page.locator("[data-outcome]").count() == 0
    page.locator("a.picture__box--urgent").first.click()
    page.wait_for_url(re.compile("/outcomes/"))


def test_leaving_works_without_javascript(visit: Visit) -> None:
    visitor = visit(java_script_enabled=False)
    link = visitor.go("/").get_by_role("link", name="Leave this page")

    assert link.get_attribute("href") == BOOK.guide.leave_url
    assert link.get_attribute("target") is None


# --- every kind of page -------------------------------------------------------------------------


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_a_page_has_no_barrier(look: Visit, path: str) -> None:
    page = look(reduced_motion="reduce").go(path)

    assert violations_by_day_and_night(page) == []


WIDTHS = (320, 375, 1280)


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_a_page_never_scrolls_sideways(look: Visit, path: str) -> None:
    page = look(viewport={"width": WIDTHS[0], "height": 800}).go(path)
    wide = {}
    for width in (*WIDTHS, WIDTHS[0]):
        page.set_viewport_size({"width": width, "height": 800})
        wide[width] = page.evaluate("document.documentElement.scrollWidth")

    assert {width: scrolled for width, scrolled in wide.items() if scrolled > width} == {}


LONG_WORDS = """() => {
  const shown = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const texts = []
  const alone = `script, style, svg, [aria-hidden=true], .visually-hidden, .label__mark, .leave, .reach, .top,
    .point__kind, .question__back`
  while (shown.nextNode()) {
    const { currentNode: text } = shown
    if (text.data.trim() && !text.parentElement.closest(alone)) texts.push(text)
  }
  for (const text of texts) text.data = "Wiedervereinigungsverhandlungsbevollmächtigter"
  for (const folded of document.querySelectorAll("details")) folded.open = true
  const overflows = (element) => getComputedStyle(element).overflowX
  const scrolls = (element) => element && (overflows(element) === "auto" || scrolls(element.parentElement))
  return texts.filter((text) => {
    const range = document.createRange()
    range.selectNodeContents(text)
    return range.getBoundingClientRect().right > innerWidth && !scrolls(text.parentElement)
  }).map(({ parentElement }) => parentElement.outerHTML.slice(0, 60))
}"""


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_words_that_are_longer_than_a_line_are_broken(look: Visit, path: str) -> None:
    page = look(viewport={"width": 320, "height": 801}).go(path)
    if path == KINDS["tree"]:
        start(page)

    assert page.evaluate(LONG_WORDS) == []


# --- little room --------------------------------------------------------------------------------

LOW = {
    "at 400 percent": {"width": 320, "height": 256},
    "at 400 percent, low": {"width": 320, "height": 200},
    "on its side": {"width": 740, "height": 360},
}
# The least share of the screen that a page's text has, at each place to which the page can be scrolled.
SHARE = """() => {
  const main = document.querySelector("main")
  const strip = document.querySelector(".leave").getBoundingClientRect()
  const shares = []
  const end = main.getBoundingClientRect().bottom + scrollY - innerHeight
  for (let top = 0; top <= Math.max(0, Math.min(end, 2000)); top += 20) {
    scrollTo(0, top)
    const box = main.getBoundingClientRect()
    shares.push((Math.min(box.bottom, strip.top) - Math.max(box.top, 0)) / innerHeight)
  }
  return Math.min(...shares)
}"""
# What lies over a point in the middle of an element, if that is not in it.
LIES_OVER = """(element) => {
  const { left, top, width, height } = element.getBoundingClientRect()
  const over = document.elementFromPoint(left + width / 2, top + height / 2)
  if (!over) return "out of sight"
  return element.contains(over) || over.contains(element) ? null : over.outerHTML.slice(0, 80)
}"""


@pytest.mark.parametrize("path", [TOPIC_PAGE, PAUSE_PAGE, "/", "/decide/", "/help/"])
@pytest.mark.parametrize("size", LOW.values(), ids=LOW)
def test_on_a_low_screen_the_text_has_half_of_it_and_leaving_is_in_sight(
    look: Visit, size: dict[str, int], path: str
) -> None:
    page = look(viewport=size).go(path)
    if path == "/decide/":
        start(page)
    leave = page.get_by_role("link", name="Leave this page")

    assert page.evaluate(SHARE) >= 0.5
    box = leave.bounding_box()
    assert box
    assert box["y"] + box["height"] <= size["height"]
    assert box["height"] >= 24
    assert leave.evaluate(LIES_OVER) is None


SCREENS = {
    "phone": {"width": 375, "height": 740},
    "desk": {"width": 1280, "height": 800},
    **LOW,
}


@pytest.mark.parametrize("size", SCREENS.values(), ids=SCREENS)
def test_top_search_and_help_are_in_reach_deep_in_a_page(visit: Visit, size: dict[str, int]) -> None:
    page = visit(viewport=size).go(TOPIC_PAGE)
    before = page.evaluate("[history.length, location.href]")
    page.evaluate("scrollTo(0, 2000)")
    least = 44 if size["height"] > 400 else 24
    links = page.locator(".reach a")
    for box, over in zip(links.all(), links.evaluate_all(f"(all) => all.map({LIES_OVER})"), strict=True):
        place = box.bounding_box()
        assert over is None
        assert place["height"] >= least - 1.1
        assert place["width"] >= 24
    page.get_by_role("link", name="Search", exact=True).click()
    found = page.get_by_role("searchbox")
    assert found.evaluate("(input) => input === document.activeElement")
    assert found.evaluate(LIES_OVER) is None
    page.keyboard.press("Escape")
    page.evaluate("scrollTo(0, 2000)")
    page.get_by_role("link", name="Top", exact=True).click()
    assert page.evaluate("scrollY") == 0
    assert page.evaluate("document.activeElement.className") == "top"
    assert page.evaluate("[history.length, location.href]") == before
    page.evaluate("scrollTo(0, 2000)")
    page.locator(".reach").get_by_role("link", name="Help now").click()
    page.wait_for_url("**/help/")


def test_top_and_help_are_in_reach_without_javascript(visit: Visit) -> None:
    page = visit(java_script_enabled=False).go(TOPIC_PAGE)
    page.locator(".foot__end").scroll_into_view_if_needed()

    assert visible(page, ".reach a") == ["Top", "Help now"]
    page.get_by_role("link", name="Top", exact=True).click()
    assert page.get_by_role("link", name=BOOK.guide.title).bounding_box()["y"] >= 0
    page.locator(".reach").get_by_role("link", name="Help now").click()
    page.wait_for_url("**/help/")


def test_the_search_can_be_asked_for_between_questions_and_takes_no_answer(visit: Visit) -> None:
    page = begin(visit, viewport=SCREENS["phone"])
    page.locator(f"input[value='{ONWARD}']").check()
    assert page.get_by_role("searchbox").count() == 0
    page.get_by_role("link", name="Search", exact=True).click()

    assert page.get_by_role("searchbox").evaluate("(input) => input === document.activeElement")
    assert shown(page) == FIRST.id
    assert page.locator(f"input[value='{ONWARD}']").is_checked()


@pytest.mark.parametrize("size", SCREENS.values(), ids=SCREENS)
def test_what_shift_says_has_a_place_of_its_own(visit: Visit, size: dict[str, int]) -> None:
    page = visit(viewport=size).go(TOPIC_PAGE)
    page.keyboard.press("Shift")
    told, leave = page.locator(".leave__status"), page.get_by_role("link", name="Leave this page")
    box, beside = told.bounding_box(), leave.bounding_box()

    assert box["x"] >= 0
    assert box["x"] + box["width"] <= beside["x"] + 1
    assert told.evaluate(LIES_OVER) is None
    assert visible(page, ".reach a") == []


@pytest.mark.parametrize("size", SCREENS.values(), ids=SCREENS)
def test_no_strip_lies_over_what_has_the_focus(visit: Visit, size: dict[str, int]) -> None:
    page = visit(viewport=size).go(PAUSE_PAGE)
    page.get_by_role("button", name="Start one minute").click()
    for _ in range(2):
        for _ in range(16):
            page.keyboard.press("Tab")
            focused = page.evaluate_handle("document.activeElement").as_element()
            if focused.evaluate("(element) => element.matches('a, button, summary, textarea, input')"):
                assert focused.evaluate(LIES_OVER) is None, focused.text_content()
        page.keyboard.press("Shift+Tab")


def test_no_page_stores_anything(visit: Visit) -> None:
    visitor = visit()
    for path in KINDS.values():
        page = visitor.go(path)
    page.locator("input[type=search]").click()

    assert page.evaluate(STORED) == NOTHING_STORED


def test_a_page_reads_in_the_order_leave_skip_name(visit: Visit) -> None:
    page = visit().go(TOPIC_PAGE)
    seen = []
    for _ in range(3):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.textContent.trim()"))

    assert seen == ["Leave this page", "Skip to the text", BOOK.guide.title]


def test_the_header_never_covers_what_has_the_focus(visit: Visit) -> None:
    page = visit(viewport={"width": 375, "height": 600}).go(STAGE_PAGE)
    bar = page.locator(".leave").bounding_box()
    for _ in range(30):
        page.keyboard.press("Tab")
        box = page.evaluate(
            "(() => {const b = document.activeElement.getBoundingClientRect(); return [b.top, b.bottom]})()"
        )
        inside = page.evaluate("!!document.activeElement.closest('.leave')")

        assert inside or box[1] <= bar["y"] + 1, page.evaluate("document.activeElement.outerHTML")


def test_print_is_dark_on_light_and_has_no_frame(visit: Visit) -> None:
    page = visit(color_scheme="dark").go(TOPIC_PAGE)
    page.emulate_media(media="print", color_scheme="dark")
    colours = page.evaluate("""() => {
      const answer = document.querySelector('.answer')
      return [getComputedStyle(answer).color, getComputedStyle(answer).backgroundColor]
    }""")
    ink, ground = (sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in colours)

    assert ink < 200
    assert ground > 600
    for part in (".leave", ".top", ".search", ".foot", ".script__copy"):
        assert page.locator(part).first.is_hidden(), part


# --- leaving ------------------------------------------------------------------------------------


@pytest.fixture
def leaving(visit: Visit) -> Callable[[str], tuple[Visitor, list[str]]]:
    """A window on a page whose exit leads to a page that answers; with the addresses it asked for."""

    def open_page(path: str) -> tuple[Visitor, list[str]]:
        visitor = visit()
        asked: list[str] = []

        def answer(route: Any) -> None:  # noqa: ANN401
            asked.append(route.request.url)
            route.fulfill(body="<title>Elsewhere</title>", content_type="text/html")

        visitor.leads_to = LEAVE
        visitor.page.context.route(f"{LEAVE}**", answer)
        visitor.go("/sources/")
        visitor.go(path)
        return visitor, asked

    return open_page


def test_leaving_blanks_the_page_and_replaces_it(leaving: Callable[[str], tuple[Visitor, list[str]]]) -> None:
    visitor, asked = leaving(TOPIC_PAGE)
    page = visitor.page
    blank = page.evaluate("""() => {
      document.querySelector('.leave__link').click()
      return [document.title, getComputedStyle(document.body).display]
    }""")
    page.wait_for_url(LEAVE)

    assert blank == ["\u200b", "none"]
    page.go_back()
    assert page.url.endswith("/sources/")
    assert asked == [LEAVE]


def test_shift_three_times_leaves(leaving: Callable[[str], tuple[Visitor, list[str]]]) -> None:
    visitor, _ = leaving(PAUSE_PAGE)
    page = visitor.page
    page.keyboard.press("Shift")
    assert page.locator(".leave__status").text_content() == "Shift, press 2 more to leave."
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")

    page.wait_for_url(LEAVE)


def test_capital_letters_do_not_leave(visit: Visit) -> None:
    page = visit().go("/")
    for _ in range(4):
        page.keyboard.press("Shift+A")
    page.keyboard.press("Shift")
    page.keyboard.press("a")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")

    assert page.locator(".leave__status").text_content() == "Shift, press 1 more to leave."


def drag(page: Any) -> None:  # noqa: ANN401
    page.mouse.move(5, 300)
    page.mouse.down()
    page.mouse.move(5, 340, steps=3)
    page.mouse.up()


def compose(page: Any) -> None:  # noqa: ANN401
    """Begin a letter with an input method, in the search box."""
    page.get_by_role("searchbox").focus()
    caret = {"selectionStart": 1, "selectionEnd": 1}
    page.context.new_cdp_session(page).send("Input.imeSetComposition", {"text": "n", **caret})


def composition(page: Any, event: str) -> None:  # noqa: ANN401
    field = page.get_by_role("searchbox")
    field.evaluate(
        "(field, name) => field.dispatchEvent(new CompositionEvent(name, {bubbles: true}))",
        f"composition{event}",
    )


def key(page: Any, event: str, **options: Any) -> None:  # noqa: ANN401
    """A key as an input method reports it; no other event of it is sent."""
    given = {"key": "Shift", "code": "ShiftLeft", "bubbles": True, **options}
    page.evaluate(
        "([name, given]) => document.body.dispatchEvent(new KeyboardEvent(name, given))", [event, given]
    )


# What may be done while Shift is down.
BESIDE_SHIFT: dict[str, Callable[[Any], None]] = {
    "a click": lambda page: page.mouse.click(5, 300),
    "another mouse button": lambda page: page.mouse.click(5, 300, button="middle"),
    "the wheel": lambda page: page.mouse.wheel(0, 40),
    "a drag": drag,
    "a touch": lambda page: page.touchscreen.tap(5, 300),
    "a letter": lambda page: page.keyboard.press("a"),
    "Control": lambda page: page.keyboard.press("Control"),
    "the other Shift": lambda page: page.keyboard.press("ShiftRight"),
    "another window": lambda page: page.evaluate("dispatchEvent(new Event('blur'))"),
    "a composition": lambda page: composition(page, "start"),
}


@pytest.mark.parametrize("beside", BESIDE_SHIFT.values(), ids=BESIDE_SHIFT)
def test_shift_with_anything_beside_it_does_not_leave(visit: Visit, beside: Callable[[Any], None]) -> None:
    page = visit(has_touch=True).go(TOPIC_PAGE)
    told = page.locator(".leave__status")
    for _ in range(3):
        page.keyboard.down("Shift")
        beside(page)
        assert told.text_content() == ""
        page.keyboard.up("Shift")
        assert told.text_content() == ""
    composition(page, "end")
    page.keyboard.press("Shift")
    assert told.text_content() == "Shift, press 2 more to leave."


@pytest.mark.parametrize("beside", ["a mouse button", "the other Shift", "Alt"])
def test_shift_pressed_while_something_is_held_does_not_leave(visit: Visit, beside: str) -> None:
    page = visit().go(TOPIC_PAGE)
    held = {"the other Shift": "ShiftRight"}.get(beside, beside)
    page.mouse.move(5, 300)
    page.mouse.down() if beside == "a mouse button" else page.keyboard.down(held)
    for _ in range(3):
        page.keyboard.press("Shift")
        assert page.locator(".leave__status").text_content() == ""
    page.mouse.up() if beside == "a mouse button" else page.keyboard.up(held)
    assert page.locator(".leave__status").text_content() == ""
    page.keyboard.press("Shift")
    assert page.locator(".leave__status").text_content() == "Shift, press 2 more to leave."


def test_a_click_between_begins_the_presses_anew(visit: Visit) -> None:
    page = visit().go(TOPIC_PAGE)
    page.keyboard.press("Shift")
    page.mouse.click(5, 300)
    page.keyboard.press("Shift")

    assert page.locator(".leave__status").text_content() == "Shift, press 2 more to leave."


@pytest.mark.parametrize(
    "how",
    ["only let go", "process", "229", "composing", "held before", "a letter let go", "in a composition"],
)
def test_shift_that_is_not_a_press_of_its_own_does_not_leave(visit: Visit, how: str) -> None:
    page = visit().go(TOPIC_PAGE)
    page.get_by_role("searchbox").focus()
    if how == "in a composition":
        compose(page)
    for _ in range(3):
        if how == "process":
            key(page, "keydown", key="Process")
        elif how == "229":
            key(page, "keydown", keyCode=229)
        elif how == "composing":
            key(page, "keydown", isComposing=True)
        elif how == "held before":
            key(page, "keydown", repeat=True)
        elif how == "a letter let go":
            key(page, "keydown")
            key(page, "keyup", key="a", code="KeyA")
        elif how == "in a composition":
            page.keyboard.press("Shift")
        if how != "in a composition":
            key(page, "keyup")
        assert page.locator(".leave__status").text_content() == ""


@pytest.mark.parametrize("where", ["page", "text field", "after a composition", "under a moving mouse"])
def test_shift_alone_three_times_leaves_from_anywhere(
    leaving: Callable[[str], tuple[Visitor, list[str]]], where: str
) -> None:
    visitor, _ = leaving(PAUSE_PAGE)
    page = visitor.page
    if where == "text field":
        page.get_by_label("What you would like to say to them").fill("I miss you")
    elif where == "after a composition":
        compose(page)
        page.keyboard.insert_text("n")
    for side in ("ShiftLeft", "ShiftRight", "ShiftLeft"):
        page.keyboard.down(side)
        if where == "under a moving mouse":
            page.mouse.move(100, 300, steps=2)
            page.mouse.move(200, 300, steps=2)
        page.keyboard.up(side)

    page.wait_for_url(LEAVE)


def test_leaving_from_a_walk_leaves_no_question_behind(
    leaving: Callable[[str], tuple[Visitor, list[str]]],
) -> None:
    visitor, _ = leaving("/decide/")
    page = visitor.page
    page.get_by_role("button", name="Start", exact=True).click()
    for _ in range(3):
        page.locator("[data-question]:visible input").last.check()
        page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url(LEAVE)

    page.go_back()
    assert page.url.endswith("/sources/")


# --- searching ----------------------------------------------------------------------------------


def test_a_page_that_is_only_read_loads_no_search(visit: Visit) -> None:
    visitor = visit()
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    visitor.go(TOPIC_PAGE)
    visitor.page.wait_for_timeout(300)

    assert [name for name in asked if name.endswith(".js")] == ["start.js"]


def search(page: Any, words: str) -> list[str]:  # noqa: ANN401
    page.get_by_role("searchbox").click()
    page.keyboard.type(words)
    page.locator("[data-search-settled] .found a").first.wait_for()
    return [link.get_attribute("href") for link in page.locator(".found__title a").all()]


@pytest.mark.content
@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("ghosting", "/starting/telling-them/"),
        ("he txted me wat do i say", "/moments/message/"),
        ("birthdya", "/maintaining/birthdays/"),
        ("nc", "/glossary/#no-contact"),
        ("my ex keeps comming to my house", "/situations/stalked/"),
        ("samaritans", "/help/"),
        ("trigger", "/glossary/#trigger"),
    ],
)
def test_search_finds_the_page_and_tells_nobody(visit: Visit, words: str, wanted: str) -> None:
    visitor = visit()
    page = visitor.go("/")
    search(page, words)
    # What may be danger stands in a line of its own above the others.
    links = page.locator(".found__perhaps a, .found__title a").all()
    found = [str(link.get_attribute("href")) for link in links]

    assert any(wanted in f"/{href.lstrip('./')}" for href in found[:4]), found
    assert page.url == f"{visitor.address}/"
    assert page.evaluate(STORED) == NOTHING_STORED
    assert page.evaluate("history.length") <= 2


@pytest.mark.content
def test_a_result_shows_the_answer_and_what_it_is(visit: Visit) -> None:
    page = visit().go("/privacy/")
    search(page, "do i tell my ex")
    topic = BOOK.topics["telling-them"]
    entry = page.locator(".found__entry", has_text=topic.question).first

    assert plain(topic.answer) in entry.inner_text()
    assert entry.locator(".found__group").inner_text() == "Starting"
    page.get_by_role("status").filter(has_text="answers found").wait_for()


@pytest.mark.content
def test_words_of_danger_bring_help_to_the_top(visit: Visit) -> None:
    page = visit().go("/")
    found = search(page, "how do i get him back he hit me")

    assert found[0].endswith("situations/support/")
    heard = page.get_by_role("status").filter(has_text="If you are in danger, this comes first")
    heard.wait_for()
    dialled = [link.get_attribute("href") for link in page.locator(".found__numbers a").all()]
    assert dialled[:2] == ["tel:911", "tel:999"]
    page.get_by_role("link", name="Numbers that help, by country").first.click()
    assert page.url.endswith("/help/")


@pytest.mark.content
def test_danger_is_looked_for_in_what_was_typed_and_not_in_half_a_word(visit: Visit) -> None:
    page = visit().go("/")
    search(page, "no cont")
    card = page.locator('[data-danger="sure"]')
    assert card.count() == 0

    page.keyboard.type("act after he hits me")
    assert card.count() == 0
    page.locator("[data-search-settled]").wait_for()
    assert card.locator("a").first.get_attribute("href").endswith("situations/support/")

    # It stays while more is typed, and goes when it is gone.
    page.keyboard.type(" again")
    assert card.count() == 1
    for _ in "hits me again":
        page.keyboard.press("Backspace")
    page.locator("[data-search-settled]").wait_for()
    assert card.count() == 0


@pytest.mark.content
def test_what_may_be_danger_is_a_quiet_line_above_the_results(visit: Visit) -> None:
    assert BOOK.search
    page = visit().go("/")
    search(page, "do i tell my ex")
    # The words are not what is looked at here.
    page.evaluate("""async () => {
      const { use } = await import(new URL("assets/js/start.js", location.href))
      await import(new URL("assets/js/danger.js", location.href))
      use("js/danger.js").Danger.prototype.heard = function () {
        return { ...this.kinds[0], strength: "perhaps" }
      }
    }""")
    page.keyboard.type(" again")
    line = page.locator('[data-danger="perhaps"]')
    line.wait_for()

    assert line.inner_text().startswith(BOOK.search.words.perhaps)
    assert line.locator("a").count() == 1
    assert page.locator(".found__danger").count() == 0
    above = page.evaluate("document.querySelector('.found').firstElementChild.dataset.danger")
    assert above == "perhaps"


@pytest.mark.content
@pytest.mark.parametrize("file", ["search-danger.js", "danger.js"])
def test_help_stands_above_every_result_if_danger_cannot_be_heard(visit: Visit, file: str) -> None:
    visitor = visit()
    visitor.page.route(f"**/assets/js/{file}", lambda route: route.abort())
    page = visitor.go("/")
    search(page, "do i tell my ex")
    first = page.locator(".found > :first-child")

    assert first.locator("a[href='tel:999']").count() == 1
    assert page.locator("[data-danger]").count() == 0
    assert page.locator("[data-result]").count() > 3
    visitor.said.clear()


@pytest.mark.content
def test_what_was_learned_changes_the_order_with_a_letter_only(visit: Visit) -> None:
    visitor = visit()
    held: list[Any] = []
    # Playwright asks a handler for its signature, which a method of a list has not.
    visitor.page.route("**/assets/js/search-model.js", lambda route: held.append(route))  # noqa: PLW0108
    page = visitor.go("/")
    search(page, "i was the dumper and regret i")

    def shown() -> list[str]:
        return [str(link.get_attribute("href")) for link in page.locator("a[data-result]").all()]

    before = shown()
    with page.expect_response("**/assets/js/search-model.js"):
        held[0].continue_()
    page.wait_for_timeout(800)
    assert shown() == before
    page.keyboard.type("t")
    page.locator("[data-search-settled]").wait_for()
    assert shown() != before


@pytest.mark.content
def test_a_panel_that_was_closed_stays_closed_when_the_query_rests(visit: Visit) -> None:
    page = visit().go("/")
    search(page, "telling")
    page.keyboard.type(" he hit me")
    page.keyboard.press("Escape")
    page.wait_for_timeout(700)

    assert not page.locator(".search__panel").is_visible()


def test_looking_for_danger_takes_the_focus_from_no_result(visit: Visit) -> None:
    page = visit(viewport={"width": 1280, "height": 800}).go("/")
    search(page, "how do i get him back")
    page.keyboard.type(" he hit me")
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("document.activeElement.getAttribute('href')")
    page.locator('[data-danger="sure"]').wait_for()

    assert page.evaluate("document.activeElement.getAttribute('href')") == chosen


@pytest.mark.content
def test_results_are_links_in_the_order_of_their_rank(visit: Visit) -> None:
    page = visit().go("/")
    search(page, "do i tell my ex")
    shown = [link.get_attribute("href") for link in page.locator("a[data-result]").all()]

    assert len(shown) > 3
    assert shown == [link.get_attribute("href") for link in page.locator(".found__title a").all()]


@pytest.mark.content
def test_a_search_that_finds_nothing_leads_on(visit: Visit) -> None:
    page = visit().go("/")
    found = search(page, "qqqq zzzz")

    assert found[0].endswith("decide/")
    assert len(found) == len(BOOK.search.begin) if BOOK.search else False
    page.get_by_role("status").filter(has_text="Nothing was found").wait_for()


@pytest.mark.parametrize("words", [SOUGHT, "he put his hands round my throat", "qqqq"])
def test_search_results_have_no_barrier(visit: Visit, words: str) -> None:
    page = visit(reduced_motion="reduce").go("/")
    search(page, words)

    assert violations_by_day_and_night(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.content
def test_the_search_works_by_keyboard_alone(visit: Visit) -> None:
    page = visit(viewport={"width": 1280, "height": 800}).go("/")
    search(page, "telling")
    panel = page.locator(".search__panel")
    page.keyboard.press("Escape")
    assert not panel.is_visible()
    page.keyboard.type(" my ex")
    panel.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.press("Enter")
    best = page.locator(".found__title a").first.get_attribute("href")
    assert page.evaluate("document.activeElement.getAttribute('href')") == best
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/starting/telling-them/$"))


@pytest.mark.content
def test_keys_of_an_input_method_do_nothing_else_in_the_search(visit: Visit) -> None:
    page = visit(viewport={"width": 1280, "height": 800}).go("/")
    search(page, "telling")
    compose(page)
    for name in ("ArrowDown", "ArrowUp", "Escape"):
        page.keyboard.press(name)
        assert page.evaluate("document.activeElement.type") == "search"
        assert page.locator(".search__panel").is_visible()
    page.keyboard.insert_text("them")
    page.locator(".found a").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.tagName") == "A"


def test_what_was_typed_is_gone_after_leaving_the_page(visit: Visit) -> None:
    page = visit().go("/")
    search(page, SOUGHT)
    page.locator(".found__title a").first.click()
    page.wait_for_url(re.compile(r":\d+/\w"))
    page.go_back()

    assert page.get_by_role("searchbox").input_value() == ""
    assert not page.locator(".search__panel").is_visible()


@pytest.mark.parametrize("width", [320, 375, 800, 1280])
def test_what_is_typed_stays_in_sight_and_results_stay_on_the_page(visit: Visit, width: int) -> None:
    page = visit(viewport={"width": width, "height": 800}).go("/")
    search(page, SOUGHT)
    box, panel = page.get_by_role("searchbox").bounding_box(), page.locator(".search__panel").bounding_box()
    assert box
    assert panel

    assert panel["y"] >= box["y"] + box["height"]
    assert panel["y"] + panel["height"] <= 800
    assert panel["x"] >= 0
    assert panel["x"] + panel["width"] <= width


def test_nothing_covers_the_way_out_while_searching(visit: Visit) -> None:
    page = visit(viewport={"width": 375, "height": 640}).go(TOPIC_PAGE)
    search(page, SOUGHT)
    leave = page.get_by_role("link", name="Leave this page")
    box = leave.bounding_box()
    assert box

    corner = [box["x"] + 9, box["y"] + 9]
    on_top = page.evaluate("([x, y]) => document.elementFromPoint(x, y).textContent", corner)
    assert on_top.strip() == "Leave this page"


def test_a_search_that_does_not_load_says_so(visit: Visit) -> None:
    visitor = visit()
    visitor.page.context.route("**/search-data.js", lambda route: route.abort())
    page = visitor.go("/")
    page.get_by_role("searchbox").click()
    failed = page.get_by_role("status").filter(has_text="did not load")
    failed.wait_for()
    page.keyboard.type("a")
    failed.wait_for()
    page.context.unroute("**/search-data.js")
    page.keyboard.type(f" {SOUGHT}")
    page.locator(".found a").first.wait_for()
    assert [said for said in visitor.said if "search-data" not in said and "ERR_FAILED" not in said] == []
    visitor.said.clear()


def test_single_letters_do_nothing_on_a_page(visit: Visit) -> None:
    page = visit(viewport={"width": 1280, "height": 800}).go("/decide/")
    search(page, SOUGHT)
    page.keyboard.press("Escape")
    page.locator("h1:visible").click()
    before = page.url
    for key in ("n", "p", "s", "f", "/", "."):
        page.keyboard.press(key)
    page.wait_for_timeout(200)

    assert page.url == before
    assert page.evaluate("document.activeElement.type") != "search"


# --- privacy that can be checked ------------------------------------------------------------------


@pytest.mark.content
def test_the_page_about_privacy_checks_itself(visit: Visit) -> None:
    page = visit().go("/privacy/")
    page.get_by_role("button", name="Check this page").click()
    page.get_by_text("It has stored nothing").wait_for()
    told = visible(page, "[data-module=check-page] p")

    assert re.fullmatch(r"This page asked for \d+ files from this site\.", told[0])
    assert told[1] == "It asked no other site for anything."
    assert violations(page) == []


@pytest.mark.content
def test_the_check_reports_a_foreign_picture_and_what_is_stored(visit: Visit) -> None:
    visitor = visit()
    picture = '<img src="https://counter.example/pixel.gif" alt="">'

    def plant(route: Any) -> None:  # noqa: ANN401
        html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", route.fetch().text())
        route.fulfill(body=html.replace("</main>", f"{picture}</main>"), content_type="text/html")

    visitor.page.context.route("**/privacy/", plant)
    page = visitor.go("/privacy/")
    page.evaluate("localStorage.setItem('seen', 'yes'); document.cookie = 'a=b'")
    page.get_by_role("button", name="Check this page").click()
    page.get_by_text("There is something stored").wait_for()
    told = " ".join(visible(page, "[data-module=check-page] p"))

    assert "It also asked other sites: counter.example." in told
    assert "cookies: 1, entries in the browser's storage: 1" in told
    assert visitor.foreign == ["https://counter.example/pixel.gif"]
    visitor.foreign.clear()
    visitor.said.clear()


# --- the pause ----------------------------------------------------------------------------------


def said(page: Any) -> str:  # noqa: ANN401
    return str(page.locator(".watch__status").text_content())


@pytest.mark.content
@pytest.mark.parametrize("path", ["/", TOPIC_PAGE, "/help/", "/variants/", "/decide/picture/"])
def test_the_pause_is_one_tap_away(visit: Visit, path: str) -> None:
    page = visit().go(path)
    page.get_by_role("link", name=BOOK.guide.home.urge).click()

    page.get_by_role("button", name="Start one minute").wait_for()
    assert page.url.endswith(f"/moments/{BOOK.guide.moments[0]}/")


def test_the_pause_tells_each_minute_and_nothing_between(visit: Visit) -> None:
    visitor = visit()
    visitor.page.clock.install()
    page = visitor.go(PAUSE_PAGE)
    page.get_by_role("button", name="Start one minute").click()
    assert said(page) == "Less than a minute left"
    page.clock.run_for(30_000)
    assert page.locator(".watch__clock").text_content() == "0:30"
    assert said(page) == "Less than a minute left"
    page.clock.run_for(30_000)
    assert said(page) == "A minute is over. You have sent nothing."
    page.get_by_role("button", name="Ten minutes more").click()
    told = []
    for _ in range(20):
        told.append(said(page))
        page.clock.run_for(30_000)

    minutes = [f"{left} minutes left" for left in range(10, 1, -1)]
    assert list(dict.fromkeys(told)) == [*minutes, "Less than a minute left"]
    assert said(page) == "Ten minutes are over. You have sent nothing."
    assert page.evaluate(STORED) == NOTHING_STORED


def test_the_pause_can_be_stopped(visit: Visit) -> None:
    page = visit().go(PAUSE_PAGE)
    page.get_by_role("button", name="Start one minute").click()
    page.get_by_role("button", name="Stop the clock").click()

    assert page.get_by_role("button", name="Start one minute").is_visible()
    assert page.locator(".watch__clock").is_hidden()


def test_the_pause_stands_still_where_motion_is_not_wanted(visit: Visit) -> None:
    visitor = visit(reduced_motion="reduce")
    visitor.page.clock.install()
    page = visitor.go(PAUSE_PAGE)
    page.get_by_role("button", name="Start one minute").click()
    page.clock.run_for(20_000)

    assert page.locator(".watch__clock").text_content() == "1 min"
    assert violations(page) == []


@pytest.mark.parametrize("how", ["button", "hidden", "left"])
def test_a_note_in_the_pause_is_destroyed(visit: Visit, how: str) -> None:
    page = visit().go(PAUSE_PAGE)
    note = page.get_by_label("What you would like to say to them")
    note.fill("I miss you")
    if how == "button":
        page.get_by_role("button", name="Destroy it").click()
        page.get_by_role("status").filter(has_text="It is gone.").wait_for()
    elif how == "hidden":
        page.evaluate(HIDE, True)  # noqa: FBT003 (an argument of the page's script)
    else:
        page.evaluate("document.dispatchEvent(new CustomEvent('leave-page:leaving', {cancelable: true}))")

    assert note.input_value() == ""
    assert note.get_attribute("spellcheck") == "false"
    assert note.get_attribute("autocomplete") == "off"
    assert note.get_attribute("name") is None
    assert page.evaluate(STORED) == NOTHING_STORED


NOTE = "What you would like to say to them"


def running(visit: Visit, minutes: int) -> Any:  # noqa: ANN401
    """A pause on a phone whose clock runs, in a browser that does not hold still what is read (Safari)."""
    visitor = visit(viewport={"width": 375, "height": 740})
    visitor.page.clock.install()
    page = visitor.go(PAUSE_PAGE)
    page.evaluate("document.documentElement.style.overflowAnchor = 'none'")
    page.get_by_role("button", name="Start one minute").click()
    if minutes == 10:
        page.clock.run_for(60_000)
        page.get_by_role("button", name="Ten minutes more").click()
    return page


@pytest.mark.parametrize(("minutes", "over"), [(1, "A minute is over."), (10, "Ten minutes are over.")])
def test_the_end_of_the_pause_takes_nothing_from_somebody_who_types(
    visit: Visit, minutes: int, over: str
) -> None:
    page = running(visit, minutes)
    note = page.get_by_label(NOTE)
    note.click()
    page.keyboard.type("I miss")
    before = [note.bounding_box(), page.evaluate("scrollY")]
    page.clock.run_for(minutes * 60_000)
    assert said(page).startswith(over)
    page.keyboard.type(" you so")

    assert note.input_value() == "I miss you so"
    assert [note.bounding_box(), page.evaluate("scrollY")] == before
    assert said(page).startswith(over), "a space pressed a button"
    assert page.get_by_role("button", name="Ten minutes more").is_visible()


def test_the_end_of_the_pause_moves_no_page_and_keeps_the_place_of_the_keyboard(visit: Visit) -> None:
    page = running(visit, 1)
    page.evaluate("scrollTo(0, 0)")
    page.clock.run_for(60_000)

    assert page.evaluate("document.activeElement.textContent") == "Ten minutes more"
    assert page.evaluate("scrollY") == 0


def test_a_destroyed_note_says_so_beside_its_button_and_the_clock_keeps_its_word(visit: Visit) -> None:
    page = running(visit, 1)
    page.clock.run_for(60_000)
    page.get_by_label(NOTE).fill("I miss you")
    button = page.get_by_role("button", name="Destroy it")
    button.click()
    gone = page.get_by_role("status").filter(has_text="It is gone.")
    asked, told = button.bounding_box(), gone.bounding_box()
    assert asked
    assert told

    assert said(page) == "A minute is over. You have sent nothing."
    assert told["y"] >= asked["y"] - 1
    assert told["y"] + told["height"] <= asked["y"] + asked["height"] + 1
    assert told["x"] + told["width"] <= 375
    page.get_by_label(NOTE).press("x")
    assert gone.count() == 0, "what is typed now is not gone"


@pytest.mark.parametrize("path", [f"/moments/{m.id}/" for m in BOOK.moments.values() if m.pause])
def test_the_minute_is_in_the_first_screen_of_a_phone(visit: Visit, path: str) -> None:
    page = visit(viewport=SCREENS["phone"]).go(path)
    box = page.get_by_role("button", name="Start one minute").bounding_box()
    strip = page.locator(".leave").bounding_box()

    assert box["y"] + box["height"] <= strip["y"]


def test_nothing_moves_down_when_the_pause_is_ready(visit: Visit) -> None:
    visitor = visit(viewport=SCREENS["phone"])
    visitor.page.context.route("**/start-pause.js", lambda route: route.abort())
    before = visitor.go(PAUSE_PAGE).locator(".steps").bounding_box()
    visitor.page.context.unroute("**/start-pause.js")
    page = visitor.go(PAUSE_PAGE)
    page.get_by_role("button", name="Start one minute").wait_for()

    assert page.locator(".steps").bounding_box() == before
    visitor.said.clear()


@pytest.mark.parametrize("minutes", [1, 10])
@pytest.mark.parametrize("at", [0, 600, 1200, "note"])
def test_the_end_of_the_pause_is_told_where_the_eye_is(visit: Visit, minutes: int, at: int | str) -> None:
    page = running(visit, minutes)
    if at == "note":
        page.get_by_label(NOTE).click()
    else:
        page.evaluate("(at) => scrollTo(0, at)", at)
    page.clock.run_for(minutes * 60_000)
    told, longer = page.locator(".watch__status"), page.get_by_role("button", name="Ten minutes more")

    assert said(page).endswith("You have sent nothing.")
    for part in (told, longer):
        box = part.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= page.locator(".leave").bounding_box()["y"]
        assert part.evaluate(LIES_OVER) is None
    if at == "note":
        assert page.get_by_label(NOTE).evaluate(LIES_OVER) is None


@pytest.mark.parametrize("size", LOW.values(), ids=LOW)
def test_on_a_low_screen_the_end_is_told_beside_the_note_too(visit: Visit, size: dict[str, int]) -> None:
    visitor = visit(viewport=size)
    visitor.page.clock.install()
    page = visitor.go(PAUSE_PAGE)
    page.get_by_role("button", name="Start one minute").click()
    page.get_by_label(NOTE).click()
    page.clock.run_for(60_000)

    assert page.locator(".pause__gone").text_content() == "A minute is over. You have sent nothing."
    assert page.locator(".watch").evaluate("(watch) => getComputedStyle(watch).position") == "static"


@pytest.mark.content
def test_the_reasons_of_the_pause_can_be_read_without_javascript(visit: Visit) -> None:
    page = visit(java_script_enabled=False).go(PAUSE_PAGE)

    assert len(visible(page, ".pause > ul li")) == 3
    page.get_by_text("Limited contact", exact=True).last.click()
    assert page.get_by_text("The channel is for what you share.").is_visible()
    assert page.locator("button:visible, textarea:visible").count() == 0


# --- the decision tree --------------------------------------------------------------------------


def begin(visit: Visit, **options: Any) -> Any:  # noqa: ANN401
    visitor = visit(**options)
    visitor.page.clock.install()
    page = visitor.go("/decide/")
    start(page)
    return page


def start(page: Any) -> None:  # noqa: ANN401
    # To look for it by its role, in all that is on this page, takes as long as to open a window.
    page.locator(".tree__start button").click()


def shown(page: Any) -> str:  # noqa: ANN401
    """The one question or outcome that is on the screen."""
    steps = page.locator("[data-question]:visible, [data-outcome]:visible")
    names = steps.evaluate_all("(all) => all.map(({ dataset }) => dataset.question ?? dataset.outcome)")
    assert len(names) == 1
    return str(names[0])


def give(page: Any, *options: str) -> None:  # noqa: ANN401
    question = page.locator("[data-question]:visible")
    for option in options or ("",):
        question.locator(f"input[value='{option}']").check()
    question.get_by_role("button", name="Continue").click()


def test_a_walk_by_hand_shows_one_thing_at_a_time(visit: Visit) -> None:
    page = begin(visit)
    case = BOOK.tree.tests[-1]  # type: ignore[union-attr]
    for question, answers in case.given.items():
        assert shown(page) == question
        give(page, *answers)

    assert shown(page) == case.outcome


def test_before_the_start_nothing_of_the_tree_shows(visit: Visit) -> None:
    page = visit().go("/decide/")

    assert visible(page, "[data-question]") == []
    assert visible(page, "[data-outcome]") == []


def test_each_step_moves_the_focus_and_names_itself_without_telling(visit: Visit) -> None:
    page = begin(visit)

    assert page.evaluate("document.activeElement.tagName") == "H1"
    assert page.title().startswith("Question 1 - ")
    heading = visible(page, "h1")[0]
    assert heading not in page.title()
    give(page, ONWARD)
    assert page.evaluate("document.activeElement.closest('[data-question]').dataset.question") == SECOND
    assert page.title().startswith("Question 2 - ")


def test_choosing_nothing_is_explained(visit: Visit) -> None:
    page = begin(visit)
    page.get_by_role("button", name="Continue").click()

    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    assert page.title().startswith("Error: ")
    assert violations(page) == []
    page.get_by_role("link", name="Choose one answer to go on").click()
    assert page.evaluate("document.activeElement.type") == "radio"
    give(page, ONWARD)
    assert shown(page) == SECOND


@pytest.mark.content
def test_the_answers_to_a_long_question_stand_under_headings_that_name_them(visit: Visit) -> None:
    page = begin(visit)
    for given in ("starting", "", "", "", "neither"):
        give(page, given)

    asked = page.locator("[data-question=ties]")
    groups = asked.get_by_role("group", name=re.compile("still share|Law and papers|Body|around you|Age"))
    assert groups.count() == 5
    assert groups.get_by_role("checkbox").count() == asked.get_by_role("checkbox").count() - 1
    none = asked.get_by_label("None of these")
    assert none.evaluate("(input) => input.closest('[role=group]')") is None
    assert violations(page) == []


@pytest.mark.content
def test_none_is_an_answer_and_passing_on_is_not(visit: Visit) -> None:
    page = begin(visit)
    give(page, "in-it")
    assert shown(page) == "harm-to-you"
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Tick what fits, or “None of these”, to go on").click()
    assert page.evaluate("document.activeElement.type") == "checkbox"
    assert violations(page) == []

    asked = page.locator("[data-question=harm-to-you]")
    none, followed = asked.get_by_label("None of these"), asked.locator("input[value='followed']")
    none.check()
    followed.check()
    assert not none.is_checked()
    none.check()
    assert not followed.is_checked()
    page.get_by_role("button", name="Continue").click()
    assert shown(page) == "harm-by-you"
    assert visible(page, ".tree__answers dd")[1].startswith("None of these")

    page.get_by_role("link", name="Back", exact=True).click()
    page.locator("[data-question=harm-to-you]").wait_for()
    assert none.is_checked()


def test_back_shows_the_question_with_its_answer(visit: Visit) -> None:
    page = begin(visit)
    give(page, ONWARD)
    page.get_by_role("link", name="Back", exact=True).click()
    page.wait_for_function(f"document.querySelector('[data-question={FIRST.id}]').offsetParent")

    assert page.locator(f"input[value='{ONWARD}']").is_checked()


SHORT = [asked.id for asked in BOOK.questions.values() if len(asked.options) + asked.takes_many <= 5]


def test_a_short_question_stands_whole_in_the_first_screen_of_a_phone(visit: Visit) -> None:
    visitor = visit(viewport=SCREENS["phone"])
    left, low = set(SHORT), {}
    for case in WALK_TESTS:
        if not left & case.given.keys():
            continue
        page = visitor.go("/decide/")
        start(page)
        for question, answers in case.given.items():
            left.discard(question)
            button = page.locator("[data-question]:visible").get_by_role("button", name="Continue")
            box = button.bounding_box()
            if question in SHORT and button.evaluate(LIES_OVER) is not None:
                low[question] = box["y"] + box["height"]
            give(page, *answers)

    assert low == {}
    assert left == set(), "no test of the authors comes to these"


@pytest.mark.parametrize("size", [SCREENS["phone"], SCREENS["desk"]], ids=["phone", "desk"])
def test_what_goes_on_stays_in_sight_once_something_is_chosen(visit: Visit, size: dict[str, int]) -> None:
    page = begin(visit, viewport=size)
    go = page.locator("[data-question]:visible").get_by_role("button", name="Continue")
    inputs = page.locator("[data-question]:visible input")
    assert go.evaluate(LIES_OVER) is not None, "this question is too short to tell"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for place in range(inputs.count()):
        assert go.evaluate(LIES_OVER) is None, place
        choice = page.locator(".choice:has(:focus)")
        assert choice.evaluate(LIES_OVER) is None, place
        assert page.locator(".choice:has(:checked)").evaluate(LIES_OVER) is None, place
        bottom = choice.bounding_box()
        assert bottom["y"] + bottom["height"] <= go.bounding_box()["y"], place
        page.keyboard.press("ArrowDown")


def test_on_a_low_screen_what_goes_on_lies_over_nothing(visit: Visit) -> None:
    page = begin(visit, viewport=LOW["on its side"])
    page.locator("[data-question]:visible input").first.check()

    assert page.locator(".question__go:visible").evaluate("(go) => getComputedStyle(go).position") == "static"


def test_back_is_the_first_thing_of_each_question(visit: Visit) -> None:
    page = begin(visit, viewport=SCREENS["phone"])
    give(page, ONWARD)
    asked = page.locator("[data-question]:visible")
    back, heading = asked.get_by_role("link", name="Back", exact=True), asked.locator("h1")
    box = back.bounding_box()

    assert asked.locator("a, button, input").first.text_content() == "Back"
    assert box["height"] >= 44
    assert 0 <= box["y"] <= heading.bounding_box()["y"] - box["height"]
    assert asked.get_by_role("button", name="Back").count() == 0
    assert page.url.endswith("/decide/")


def test_a_button_does_not_stay_dark_after_a_tap(visit: Visit) -> None:
    page = visit(viewport=SCREENS["phone"], is_mobile=True, has_touch=True).go(TOPIC_PAGE)
    button = page.locator(".script__copy").first
    colour = "(button) => [button.matches(':hover'), getComputedStyle(button).backgroundColor]"
    before = button.evaluate(colour)[1]
    button.tap()

    assert button.evaluate(colour) == [True, before]


def test_the_browsers_back_goes_back_as_many_questions(visit: Visit) -> None:
    page = begin(visit)
    seen = []
    for _ in range(3):
        seen.append(shown(page))
        give(
            page,
            page.locator("[data-question]:visible input")
            .nth(1 if len(seen) < 2 else 0)
            .get_attribute("value"),
        )
        if page.locator("[data-outcome]:visible").count():
            break
    back = []
    for _ in seen:
        page.go_back()
        page.wait_for_timeout(300)
        back.append(shown(page))

    assert back == seen[::-1]
    states = page.evaluate("JSON.stringify(history.state)")
    assert set(json.loads(states)) == {"step"}


WALKING = (ROOT / "tests/walking.js").read_text(encoding="utf-8")


def walking(page: Any, call: str, *values: object) -> Any:  # noqa: ANN401
    """What a function of `walking.js` gives in the page, called with these values."""
    return page.evaluate(f"(values) => {{ {WALKING}; return walking.{call}(...values) }}", values)


def to_ties(page: Any) -> None:  # noqa: ANN401
    """Answer up to the question that takes several answers, in the calmest way."""
    case = next(c for c in BOOK.tree.tests if any(isinstance(a, list) and a for a in c.answers.values()))  # type: ignore[union-attr]
    walking(page, "goToTheEnd", case.given)


def test_change_returns_to_where_the_reader_was(visit: Visit) -> None:
    page = begin(visit)
    to_ties(page)
    end = shown(page)
    rows = visible(page, ".tree__answers dd")
    asked = [question.question for question in BOOK.questions.values()]
    assert set(visible(page, ".tree__answers dt")) <= set(asked)
    assert visible(page, ".tree__answers dt")[0] == FIRST.question
    page.get_by_role("button", name="Change").last.click()
    page.get_by_role("button", name="Continue").click()

    assert shown(page) == end
    assert visible(page, ".tree__answers dd") == rows


@pytest.mark.content
def test_a_change_names_the_answers_that_no_longer_apply(visit: Visit) -> None:
    page = begin(visit)
    to_ties(page)
    page.get_by_role("button", name="Change").first.click()
    assert shown(page) == "where-now"
    give(page, "in-danger")

    assert visible(page, ".tree__dropped")[0].startswith("Your change makes these answers unneeded")
    give(page, "to-me")
    assert page.locator("[data-outcome]:visible").count() == 1


def test_start_again_clears_at_once(visit: Visit) -> None:
    page = begin(visit)
    give(page, ONWARD)
    page.get_by_role("button", name="Start again").click()

    assert page.get_by_role("button", name="Start", exact=True).is_visible()
    assert page.locator("input:checked").count() == 0
    page.go_back()
    page.wait_for_timeout(300)
    assert visible(page, "[data-question]") == []


def test_an_old_or_hand_written_address_opens_the_start(visit: Visit) -> None:
    page = visit().go("/decide/?where-now=in-danger#end-call-now")

    assert page.get_by_role("button", name="Start", exact=True).is_visible()
    assert page.url.endswith("/decide/")


def test_a_reload_forgets_the_answers(visit: Visit) -> None:
    page = begin(visit)
    give(page, ONWARD)
    page.reload()

    assert page.get_by_role("button", name="Start", exact=True).is_visible()
    assert page.locator("input:checked").count() == 0


def test_the_tree_can_be_walked_by_keyboard_alone(visit: Visit) -> None:
    page = visit().go("/decide/")
    page.get_by_role("button", name="Start", exact=True).focus()
    page.keyboard.press("Enter")
    for _ in range(9):
        if page.locator("[data-outcome]:visible").count():
            break
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        while page.evaluate("document.activeElement.type") != "submit":
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")

    assert page.locator("[data-outcome]:visible").count() == 1


def test_every_step_of_a_walk_has_no_barrier(visit: Visit) -> None:
    page = begin(visit, reduced_motion="reduce")
    while page.locator("[data-question]:visible").count():
        assert violations_by_day_and_night(page) == []
        give(page, page.locator("[data-question]:visible input").nth(3).get_attribute("value"))

    assert violations_by_day_and_night(page) == []


HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true })
  document.dispatchEvent(new Event("visibilitychange"))
}"""


def test_a_page_that_is_out_of_sight_is_covered_until_the_reader_asks(visit: Visit) -> None:
    page = begin(visit)
    give(page, ONWARD)
    happens(page, "hidden", "a minute")
    assert visible(page, "[data-question]") == []
    happens(page, "visible")

    assert visible(page, "[data-question]") + visible(page, ".tree__answers") == []
    assert page.get_by_role("link", name="Leave this page").is_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Show again").click()
    assert shown(page) == SECOND
    assert page.evaluate("document.activeElement.tagName") == "H1"


PHONE = {"width": 375, "height": 740}
# What happens to a page when the reader looks away and back, and to one from the back/forward cache.
AWAY_AND_BACK = {
    "hidden": ["hidden", "a minute", "visible"],
    "hidden twice": ["hidden", "a minute", "hidden", "visible"],
    "cached": ["pagehide", "hidden", "pageshow", "visible"],
    "cached, and told of nothing else": ["pageshow"],
}
HAPPEN = f"""(event) => {{
  const see = {HIDE}
  if (event.startsWith("page")) dispatchEvent(new PageTransitionEvent(event, {{ persisted: true }}))
  else see(event === "hidden")
}}"""


def happens(page: Any, *events: str) -> None:  # noqa: ANN401
    for event in events:
        if event == "a minute":
            page.clock.fast_forward(60_000)
        else:
            page.evaluate(HAPPEN, event)
        # So that what a browser does of itself, such as moving the focus of what is hidden, has been done.
        page.wait_for_timeout(60)


def in_sight(page: Any, *locators: Any) -> bool:  # noqa: ANN401
    """Whether these are on the screen and not under the strip for leaving."""
    boxes = [locator.bounding_box() for locator in locators]
    strip = page.locator(".leave").bounding_box()
    top, end = (0, strip["y"]) if strip["y"] else (strip["height"], page.viewport_size["height"])
    return all(box and box["y"] >= top and box["y"] + box["height"] <= end for box in boxes)


def to_a_plan(page: Any, *ties: str) -> str:  # noqa: ANN401
    """Walk to a plan, for somebody with these ties; gives its name."""
    tests = BOOK.tree.tests if BOOK.tree else []
    # Results with a title that tells nothing keep their copy folded.
    plans = {o.id for o in BOOK.outcomes.values() if o.shared and not o.tab_title}
    wanted = (case for case in tests if not ties or case.answers.get("ties") == list(ties))
    case = next(case for case in wanted if case.outcome in plans)
    walking(page, "goToTheEnd", case.given)
    return case.outcome


COVERED = ":is([data-question], [data-outcome], .tree__answers, .tree__dropped)"


@pytest.mark.parametrize("events", AWAY_AND_BACK.values(), ids=AWAY_AND_BACK)
@pytest.mark.parametrize("where", ["question", "result"])
def test_coming_back_shows_the_cover_and_then_the_place_where_the_reader_was(
    visit: Visit, where: str, events: list[str]
) -> None:
    page = begin(visit, viewport=PHONE)
    if where == "result":
        to_a_plan(page)
    else:
        give(page, ONWARD)
        page.locator(f"[data-question={SECOND}]:visible input").first.focus()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    before = page.evaluate("[scrollY, document.activeElement.outerHTML]")
    assert before[0] > 200
    happens(page, *events[:-1])
    assert events == ["pageshow"] or visible(page, COVERED) == []
    happens(page, events[-1])
    assert visible(page, COVERED) == []
    again = page.get_by_role("button", name="Show again")
    assert in_sight(page, page.get_by_role("heading", name="Your answers are covered"), again)
    for _ in range(12):
        page.keyboard.press("Tab")
        assert not page.evaluate(
            "!!document.activeElement.closest('[data-question], [data-outcome], .tree__answers')"
        )
    again.click()
    page.wait_for_timeout(60)
    assert page.evaluate("[scrollY, document.activeElement.outerHTML]") == before


def test_whoever_looks_away_for_less_than_a_minute_is_where_they_were(visit: Visit) -> None:
    page = begin(visit, viewport=PHONE)
    to_a_plan(page)
    page.get_by_role("button", name="Start again").focus()
    page.evaluate("scrollTo(0, 500)")
    before = page.evaluate("[scrollY, document.activeElement.outerHTML]")
    page.evaluate(HAPPEN, "hidden")
    page.clock.fast_forward(50_000)
    page.evaluate(HAPPEN, "visible")

    assert page.locator(".tree__cover").is_hidden()
    assert page.evaluate("[scrollY, document.activeElement.outerHTML]") == before
    # The minute that was begun is over with it.
    page.clock.fast_forward(50_000)
    assert page.locator(".tree__cover").is_hidden()


def test_a_page_whose_timers_stood_still_is_covered_by_the_clock(visit: Visit) -> None:
    page = begin(visit)
    give(page, ONWARD)
    page.evaluate(HAPPEN, "hidden")
    page.clock.set_system_time(page.evaluate("Date.now()") / 1000 + 61)
    assert page.locator(".tree__cover").is_hidden()
    page.evaluate(HAPPEN, "visible")

    assert visible(page, COVERED) == []
    page.get_by_role("button", name="Show again").click()
    assert shown(page) == SECOND


def test_what_is_chosen_and_not_yet_given_is_covered_too(visit: Visit) -> None:
    page = begin(visit)
    page.locator(f"input[value='{ONWARD}']").check()
    happens(page, "hidden", "a minute", "visible")

    assert visible(page, COVERED) == []
    page.get_by_role("button", name="Show again").click()
    assert page.locator(f"input[value='{ONWARD}']").is_checked()


def test_going_back_under_the_cover_shows_that_step_from_its_begin(visit: Visit) -> None:
    page = begin(visit, viewport=PHONE)
    to_a_plan(page)
    page.evaluate("scrollTo(0, 700)")
    happens(page, "hidden", "a minute", "visible")
    page.go_back()
    page.wait_for_timeout(300)

    again = page.get_by_role("button", name="Show again")
    assert visible(page, COVERED) == []
    assert in_sight(page, again)
    again.click()
    heading = page.locator("h1:visible")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    assert in_sight(page, heading)


@pytest.mark.parametrize("how", ["wiped", "wiped on coming back", "start again"])
def test_what_comes_after_the_answers_is_the_start_in_sight(visit: Visit, how: str) -> None:
    visitor = visit(viewport=PHONE)
    visitor.page.clock.install()
    page = visitor.go("/decide/")
    start = page.get_by_role("button", name="Start", exact=True)
    start.click()
    to_a_plan(page)
    page.evaluate("scrollTo(0, 900)")
    page.evaluate(HAPPEN, "hidden")
    if how == "start again":
        page.clock.run_for(60_000)
    if how == "wiped":
        page.clock.run_for(10 * 60 * 1000 + 1)
    elif how == "wiped on coming back":
        # As where the timers of a page that is out of sight stand still.
        page.clock.set_system_time(page.evaluate("Date.now()") + 10 * 60 * 1000 + 1)
    page.evaluate(HAPPEN, "visible")
    if how == "start again":
        page.get_by_role("button", name="Start again").click()

    assert in_sight(page, page.locator("h1:visible"), start)
    assert visible(page, COVERED) == []
    start.click()
    give(page, ONWARD)
    page.evaluate("scrollTo(0, 0)")
    page.evaluate(HAPPEN, "hidden")
    page.clock.run_for(60_000)
    page.evaluate(HAPPEN, "visible")
    page.get_by_role("button", name="Show again").click()
    assert page.evaluate("scrollY") == 0, "a place of a walk that is gone was kept"


@pytest.fixture(scope="module")
def small_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small guide with a plan that gets more urgent by an answer, served."""
    project = tmp_path_factory.mktemp("small")
    for name in ("mkdocs.yml", "templates"):
        (project / name).symlink_to(ROOT / name)
    shutil.copytree(SMALL_GUIDE / "content", project / "content")
    with_lines = {"decision-tree/outcomes/repot.yml": {"worse:": "lines: [garden]\nworse:"}}
    for case in (MORE_URGENT_IF_IT_SMELLS, {"edit": with_lines}):
        change_guide(project / "content", case)
    built = build_site(project / "mkdocs.yml")
    assert built
    yield from serve(built.site)


def test_a_section_that_is_more_urgent_says_so_at_the_head_and_brings_help_up(
    browser: Any,  # noqa: ANN401
    small_address: str,
) -> None:
    page = browser.new_page()
    page.goto(f"{small_address}/decide/")
    found = {}
    for signs in ([], ["smell"], []):
        page.get_by_role("button", name="Start", exact=True).click()
        walking(page, "goToTheEnd", {"leaves": ["wilted"], "signs": signs})
        plan = Plan(**walking(page, "plan"))
        order = page.evaluate("""() => [...document.querySelectorAll("[data-outcome=repot] > *")]
          .map((part) => part.className).filter((name) => ["first", "help-here", "worse"].includes(name))""")
        left = dict(zip(plan.sections, plan.left, strict=True))
        found["smell" in signs] = [plan.first, plan.urgency, left, order]
        high = page.locator("[data-outcome=repot] > .urgency--high").count()
        assert high == len(signs)
        page.get_by_role("button", name="Start again").first.click()
    page.close()

    calm = ["Do it in the sink.", "Take it out of the pot.", "Look at the roots."]
    assert found[False] == [calm, "No hurry", {"0": [], "1": []}, ["first", "worse", "help-here"]]
    smelly = ["Open a window.", "Close the door.", "Do it in the sink."]
    rest = {"0": ["Take it out of the pot."], "1": ["Look at the roots."], "afterwards/0": []}
    assert found[True] == [smelly, "Today", rest, ["first", "help-here", "worse"]]


@pytest.mark.content
def test_a_change_can_be_undone(visit: Visit) -> None:
    page = begin(visit)
    to_ties(page)
    end, rows = shown(page), visible(page, ".tree__answers dd")
    page.get_by_role("button", name="Change").first.click()
    give(page, "in-danger")
    page.get_by_role("button", name="Undo this change").click()

    assert shown(page) == end
    assert visible(page, ".tree__answers dd") == rows
    assert visible(page, ".tree__dropped") == ["Your answers are as they were before."]


@pytest.mark.content
def test_a_plan_can_be_copied_as_text(visit: Visit) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"]).go("/decide/")
    start(page)
    plans = (case for case in BOOK.tree.tests if case.outcome.startswith("plan-"))  # type: ignore[union-attr]
    case = next(case for case in plans if case.answers.get("ties") == ["children"])
    walking(page, "goToTheEnd", case.given)
    page.get_by_role("button", name="Copy as text").click()
    page.get_by_text("Copied. In words to send, fill in what stands in [brackets] first.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")

    assert re.search(r"\[[^\]]+\]", copied)
    assert copied.startswith(BOOK.outcomes[case.outcome].title)
    for words in ("Today", "This week", "The children", "If they write", "When to look again"):
        assert words in copied
    assert "The pet" not in copied
    assert "Copy these words" not in copied
    assert "\nDo this first\n- " in copied
    for country in BOOK.countries.values():
        assert not country.emergency or f"- {country.emergency.number} {country.country}" in copied


FOLDS = "[data-outcome]:visible details"


def at_the_end_of(visit: Visit, outcome: str, **options: Any) -> Any:  # noqa: ANN401
    page = visit(**{"viewport": PHONE, **options}).go("/decide/")
    start(page)
    answers = next(c.given for c in BOOK.tree.tests if c.outcome == outcome)  # type: ignore[union-attr]
    walking(page, "goToTheEnd", answers)
    return page


HELPING = first_with(BOOK.outcomes, lines=True, tab_title=False).id


def test_a_copy_has_the_lines_that_help_and_what_is_folded(visit: Visit) -> None:
    page = at_the_end_of(visit, HELPING, permissions=["clipboard-read", "clipboard-write"])
    assert page.locator(f"{FOLDS}[open]").count() == 0
    page.get_by_role("button", name="Copy as text").click()
    page.get_by_text("Copied", exact=True).wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")

    kinds = BOOK.outcomes[HELPING].lines
    lines = [line for country in BOOK.countries.values() for line in country.lines if line.kind in kinds]
    for line in lines:
        assert f"- {line.name}: " in copied
        assert not line.call or line.call in copied
    listed = [line.removeprefix("- ") for line in copied.splitlines() if line.startswith("- ")]
    items = ".first li, [data-section]:not([hidden]) li"
    said = page.locator(f"[data-outcome={HELPING}]").locator(items).all_text_contents()
    assert {" ".join(words.split()) for words in said} <= set(listed)


def test_a_plan_is_folded_by_its_times_and_opened_by_keyboard(visit: Visit) -> None:
    page = at_the_end_of(visit, HELPING)
    time = page.locator("[data-time]:visible").first
    words = time.locator("li").first
    assert not words.is_visible()
    summary = time.locator("> summary")
    summary.focus()
    page.keyboard.press("Enter")
    assert words.is_visible()
    assert summary.get_by_role("heading", level=2).count() == 1
    assert summary.bounding_box()["height"] >= 44
    for fold in page.locator(FOLDS).all():
        fold.evaluate("(fold) => { fold.open = true }")
    assert violations(page) == []
    # Another plan, or the same one anew, begins closed.
    page.get_by_role("button", name="Start again").click()
    start(page)
    answers = next(c.given for c in BOOK.tree.tests if c.outcome == HELPING)  # type: ignore[union-attr]
    walking(page, "goToTheEnd", answers)
    assert not words.is_visible()


def test_paper_has_all_times_of_a_plan_and_whom_to_ring(visit: Visit) -> None:
    page = at_the_end_of(visit, HELPING)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    plan = page.locator(f"[data-outcome={HELPING}]")
    shown = plan.inner_text()

    for item in plan.locator(".first li, [data-section]:not([hidden]) li").all_text_contents():
        assert " ".join(item.split()) in " ".join(shown.split())
    kinds = BOOK.outcomes[HELPING].lines
    numbers = [
        line.call for c in BOOK.countries.values() for line in c.lines if line.kind in kinds and line.call
    ]
    numbers += [country.emergency.number for country in BOOK.countries.values() if country.emergency]
    assert [number for number in numbers if number not in shown] == []


# A browser in which nothing can be copied by a script, as without https, and one that refuses.
UNCOPIED = {
    "missing": "Object.defineProperty(navigator, 'clipboard', {value: undefined})",
    "refused": "navigator.clipboard.writeText = () => Promise.reject(new DOMException('no'))",
    "refused late": "navigator.clipboard.writeText = () => new Promise((_, no) => (window.refuse = no))",
}
SELECTED = """() => {
  const { tagName, value, selectionStart, selectionEnd } = document.activeElement
  return tagName === "TEXTAREA" ? value.slice(selectionStart, selectionEnd) : ""
}"""


def at_a_plan(visit: Visit, clipboard: str, **options: Any) -> Any:  # noqa: ANN401
    visitor = visit(**{"viewport": PHONE, **options})
    visitor.page.add_init_script(clipboard)
    visitor.page.clock.install()
    page = visitor.go("/decide/")
    start(page)
    to_a_plan(page, "children")
    return page


@pytest.mark.content
@pytest.mark.parametrize("clipboard", ["missing", "refused"])
@pytest.mark.parametrize("viewport", [PHONE, {"width": 1280, "height": 800}], ids=["phone", "wide"])
def test_a_plan_that_could_not_be_copied_is_shown_selected(
    visit: Visit, clipboard: str, viewport: dict[str, int]
) -> None:
    page = at_a_plan(visit, UNCOPIED[clipboard], viewport=viewport, reduced_motion="reduce")
    button = page.get_by_role("button", name="Copy as text")
    for _ in range(2):
        button.click()
        told = page.get_by_role("status").filter(has_text="Copying did not work here.")
        told.wait_for()
        text = page.get_by_role("textbox", name="This result as text")
        selected = page.evaluate(SELECTED)
        assert selected == text.input_value()
        for words in ("Today", "The children", "When to look again"):
            assert words in selected
        assert text.get_attribute("readonly") is not None
        assert in_sight(page, button, told, text)
        assert page.get_by_text("Copied", exact=True).count() == 0
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.content
def test_copied_is_said_beside_the_button_and_only_then(visit: Visit) -> None:
    # The second time it fails.
    page = at_a_plan(visit, "", permissions=["clipboard-read", "clipboard-write"])
    button = page.get_by_role("button", name="Copy as text")
    button.click()
    told = page.get_by_role("status").filter(has_text="Copied")
    told.wait_for()
    assert in_sight(page, button, told)
    assert page.locator("textarea").count() == 0
    page.evaluate(f"() => {{ {UNCOPIED['refused']} }}")
    button.click()
    page.get_by_role("status").filter(has_text="Copying did not work here.").wait_for()
    assert told.count() == 0


@pytest.mark.content
@pytest.mark.parametrize("how", ["hidden", "pagehide", "Start again", "Change", "Back", "leave"])
@pytest.mark.parametrize("clipboard", ["refused", "refused late"])
def test_a_plan_shown_to_be_copied_is_gone_with_it(visit: Visit, how: str, clipboard: str) -> None:
    page = at_a_plan(visit, UNCOPIED[clipboard])
    page.get_by_role("button", name="Copy as text").click()
    if clipboard == "refused":
        page.locator("textarea").wait_for()
    if how == "leave":
        page.evaluate("document.dispatchEvent(new CustomEvent('leave-page:leaving', {detail: {go() {}}}))")
    elif how == "Back":
        page.go_back()
        page.locator("[data-question]:visible").wait_for()
    elif how in {"hidden", "pagehide"}:
        happens(page, how, "a minute")
    else:
        page.get_by_role("button", name=how).last.click()
    page.evaluate("window.refuse?.(new Error())")
    page.wait_for_timeout(60)

    assert page.locator("textarea").count() == 0
    assert page.get_by_text("Copying did not work").count() == 0


def opened(card: Any) -> Any:  # noqa: ANN401 (Playwright's)
    """A card of words, unfolded."""
    card.locator("summary").click()
    return card


@pytest.mark.parametrize("clipboard", ["missing", "refused"])
def test_words_that_could_not_be_copied_are_selected_in_their_place(visit: Visit, clipboard: str) -> None:
    visitor = visit(viewport=PHONE)
    visitor.page.add_init_script(UNCOPIED[clipboard])
    page = visitor.go(SCRIPTS_PAGE)
    card = opened(page.locator(".script").nth(2))
    button = card.get_by_role("button", name="Copy these words")
    button.click()
    told = card.get_by_role("status").filter(has_text="Copying did not work here.")
    told.wait_for()
    words = [str(part.text_content()).strip() for part in card.locator(".script__words p").all()]

    assert page.evaluate("getSelection().toString().trim().split(/\\n+/)") == words
    assert "selected" in told.inner_text()
    assert in_sight(page, button, told)
    assert page.get_by_text("Copied", exact=True).count() == 0


def test_copied_words_are_said_to_be_copied(visit: Visit) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"]).go(SCRIPTS_PAGE)
    card = opened(page.locator(".script").nth(2))
    card.get_by_role("button", name="Copy these words").click()
    card.get_by_role("status").filter(has_text="Copied").wait_for()
    words = [str(part.text_content()).strip() for part in card.locator(".script__words p").all()]

    assert page.evaluate("navigator.clipboard.readText()") == "\n\n".join(words)
    assert page.evaluate("getSelection().toString()") == ""


def test_copied_words_with_blanks_are_said_to_have_them(visit: Visit) -> None:
    visitor = visit(permissions=["clipboard-read", "clipboard-write"])
    visitor.page.clock.install()
    page = visitor.go(SCRIPTS_PAGE)
    for kind, told, stays in (
        (":has(.blank)", "Copied. Fill in what stands in [brackets] before you send it.", True),
        (":not(:has(.blank))", "Copied", False),
    ):
        card = opened(page.locator(f".script{kind}").first)
        card.get_by_role("button", name="Copy these words").click()
        said = card.get_by_role("status")
        said.filter(has_text="Copied").wait_for()
        blanks = card.locator(".blank").all_text_contents()
        copied = page.evaluate("navigator.clipboard.readText()")

        assert said.inner_text() == told
        assert all(blank in copied and re.fullmatch(r"\[[^\[\]]+\]", blank) for blank in blanks)
        assert bool(blanks) == stays
        # What is to be done by hand stays to be read.
        page.clock.run_for(6_000)
        assert (said.inner_text() == told) == stays


def test_words_that_are_selected_can_be_copied_by_keys(visit: Visit) -> None:
    visitor = visit(permissions=["clipboard-read", "clipboard-write"])
    visitor.page.add_init_script(UNCOPIED["refused"])
    page = visitor.go(SCRIPTS_PAGE)
    card = opened(page.locator(".script").nth(2))
    card.get_by_role("button", name="Copy these words").click()
    card.get_by_role("status").filter(has_text="selected").wait_for()
    page.keyboard.press("Control+c")

    words = str(card.locator(".script__words p").first.text_content()).strip()
    assert words in page.evaluate("navigator.clipboard.readText()")


def test_a_page_from_the_browsers_cache_stays_covered(visit: Visit) -> None:
    page = begin(visit)
    give(page, ONWARD)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")

    assert visible(page, "[data-question]") == []
    page.get_by_role("button", name="Show again").click()
    assert shown(page) == SECOND


def test_answers_are_wiped_after_ten_minutes_out_of_sight(visit: Visit) -> None:
    visitor = visit()
    visitor.page.clock.install()
    page = visitor.go("/decide/")
    start(page)
    give(page, ONWARD)
    page.evaluate("""() => {
      Object.defineProperty(document, 'hidden', {value: true, configurable: true})
      document.dispatchEvent(new Event('visibilitychange'))
    }""")
    page.clock.run_for(10 * 60 * 1000 + 1)

    assert page.locator("input:checked").count() == 0
    assert visible(page, "[data-question]") == []


def test_a_script_that_fails_on_the_way_shows_the_text_of_all_steps(visit: Visit) -> None:
    visitor = visit()

    def fail_later(route: Any) -> None:  # noqa: ANN401
        body = re.sub(r"(function mostLeft\(.*?\)\{)", r"\1throw new Error('x');", route.fetch().text())
        route.fulfill(body=body, content_type="text/javascript")

    visitor.page.context.route("**/start-tree.js", fail_later)
    page = visitor.go("/decide/")
    start(page)

    assert len(visible(page, "[data-outcome]")) == len(BOOK.outcomes)
    assert len(visible(page, "[data-question]")) == len(BOOK.questions)
    assert len(visitor.said) == 1
    visitor.said.clear()


@pytest.mark.parametrize(
    ("place", "spoilt", "said"),
    [
        (r"(function readTree\(.*?\)\{)", r"\1throw new Error('x');", "Error: x"),
        (r"^", "import{nothing}from'./start.js';", "requested module"),
    ],
    ids=["while building", "while loading"],
)
def test_a_script_that_fails_leaves_the_text_form(visit: Visit, place: str, spoilt: str, said: str) -> None:
    visitor = visit()

    def fail(route: Any) -> None:  # noqa: ANN401
        body, times = re.subn(place, spoilt, route.fetch().text(), count=1)
        assert times == 1
        route.fulfill(body=body, content_type="text/javascript")

    visitor.page.context.route("**/start-tree.js", fail)
    page = visitor.go("/decide/")
    page.wait_for_timeout(2500)

    assert len(visible(page, "[data-question]")) > 10
    assert page.locator("form.question:visible, [data-question] button:visible").count() == 0
    assert len(visitor.said) == 1
    assert said in visitor.said[0]
    visitor.said.clear()


def without_word(visitor: Visitor, path: str, component: str, name: str) -> Any:  # noqa: ANN401
    """Open a page on which a script finds one word missing."""

    def take_away(route: Any) -> None:  # noqa: ANN401
        html = route.fetch().text()
        island = re.search(r'(id="words">)(.*?)(</script>)', html, re.DOTALL)
        assert island
        words = json.loads(island[2])
        del words[component][name]
        route.fulfill(body=html.replace(island[2], json.dumps(words)), content_type="text/html")

    visitor.page.context.route(f"**{path}", take_away)
    return visitor.go(path)


@pytest.mark.parametrize("name", ["start", "covered", "answers", "back", "step"])
def test_a_word_that_is_missing_leaves_the_text_form(visit: Visit, name: str) -> None:
    visitor = visit()
    page = without_word(visitor, "/decide/", "decision-tree", name)
    if name in {"back", "step"}:
        start(page)
    else:
        wait_no_longer_for_a_script(page)
    page.locator("[data-question]:visible").first.wait_for()

    assert len(visible(page, "[data-question]")) > 10
    assert page.get_by_text(name, exact=True).count() == 0
    assert len(visitor.said) == 1
    assert f"decision-tree {name}" in visitor.said[0]
    visitor.said.clear()


@pytest.mark.parametrize(
    ("path", "component", "name"),
    [("/moments/urge/", "pause", "note"), (SCRIPTS_PAGE, "copy-words", "copy")],
)
def test_a_component_without_its_words_leaves_the_page_as_it_was(
    visit: Visit, path: str, component: str, name: str
) -> None:
    visitor = visit()
    page = without_word(visitor, path, component, name)
    page.wait_for_function("document.querySelector('.search--on')")
    page.wait_for_timeout(300)

    block = page.locator(f"[data-module={component}]").first
    assert block.locator("button, textarea").count() == 0
    assert block.inner_text().strip()
    assert {f"no word: {component} {name}" in said for said in visitor.said} == {True}
    visitor.said.clear()


# --- every plan, come to in one visit -------------------------------------------------------------


@dataclass(frozen=True)
class Plan:
    """What `walking.js` sees at the end of a walk."""

    end: str
    others: int
    """How many other steps are shown."""
    answers: int
    """How many answers are listed."""
    sections: list[str]
    first: list[str]
    urgency: str
    left: list[list[str]]
    """Of each section the lines for the head of a plan that it has kept."""
    before: str
    """The text before the first link."""
    text: str
    emergency: list[str]
    """The numbers."""
    lines: list[list[str]]
    """Of each country who helps there."""
    path: list[str] = field(default_factory=list)


@dataclass
class Plans:
    """What the page came to by each of the authors' walks, and was asked there, in one visit."""

    walked: list[tuple[WalkTest, Plan]] = field(default_factory=list)
    covered: list[tuple[str, bool]] = field(default_factory=list)
    """By outcome, whether nothing was to be seen as soon as the page was out of sight."""
    sheets: dict[str, int] = field(default_factory=dict)
    """On how many sheets of paper each outcome is printed."""
    url: str = ""
    stored: str = ""


COVERED_AT_ONCE = f"""(selector) => {{
  const see = {HIDE}
  see(true)
  const isCovered = walking.isCovered(selector)
  see(false)
  walking.press("Start again")
  return isCovered
}}"""


@pytest.fixture(scope="module")
def plans(browser: Any, address: str) -> Plans:  # noqa: ANN401
    """What every plan is, seen once for all tests, since walking there takes most of the time."""
    visitor = open_window(browser, address)
    page = visitor.go("/decide/")
    found = Plans()
    last = {case.outcome: case for case in WALK_TESTS}
    for case in WALK_TESTS:
        found.walked.append((case, Plan(**walking(page, "walk", case.given))))
        if case is last[case.outcome]:
            found.sheets[case.outcome] = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
        found.covered.append((case.outcome, page.evaluate(COVERED_AT_ONCE, COVERED)))
    found.url, found.stored = page.url, page.evaluate(STORED)
    page.context.close()
    visitor.finish()
    return found


def test_the_page_walks_as_the_authors_tests_say(plans: Plans) -> None:
    for case, plan in plans.walked:
        assert [plan.path, plan.end] == [list(case.answers), case.outcome], case.says
    assert plans.url.endswith("/decide/")
    assert plans.stored == NOTHING_STORED


def test_a_result_that_others_must_not_see_is_covered_at_once(plans: Plans) -> None:
    covering = {flag.id for flag in BOOK.tree.flags if flag.covers}  # type: ignore[union-attr]
    expected = [(outcome, bool(covering & set(BOOK.outcomes[outcome].flags))) for outcome, _ in plans.covered]

    assert plans.covered == expected
    assert True in dict(expected).values()


def test_a_plan_begins_with_what_to_do_first_and_says_none_of_it_twice(plans: Plans) -> None:
    titles = {urgency.id: urgency.title for urgency in BOOK.guide.urgencies}
    for case, plan in plans.walked:
        walked = walk(BOOK, case.given)
        lines = first_lines(BOOK, walked)
        of_all = dict(tree_walk.sections(BOOK, BOOK.outcomes[walked.at]))
        assert plan.first == [plain(line.words) for line in lines], case.says
        assert plan.urgency == titles[urgency_of(BOOK, walked)]
        for name, left in zip(plan.sections, plan.left, strict=True):
            taken = [line.words for line in lines if line.section == name]
            assert [*map(plain, taken), *left] == [*map(plain, of_all[name].first)], case.says


GONE = "This plan is kept nowhere: it is gone when you leave or close the page."


def test_a_plan_says_before_its_first_link_that_it_goes_with_the_page(plans: Plans) -> None:
    for case, plan in plans.walked:
        assert GONE in plan.before, case.outcome
        assert plan.text.count(GONE) == 1


def test_every_plan_has_the_emergency_number_of_every_country(plans: Plans) -> None:
    countries = [BOOK.countries[country] for country in BOOK.guide.countries]
    numbers = [c.emergency.number for c in countries if c.emergency]
    for case, plan in plans.walked:
        assert plan.emergency == numbers, case.outcome


def test_a_plan_shows_the_help_lines_of_its_kinds_in_its_order(plans: Plans) -> None:
    shown = {}
    for case, plan in plans.walked:
        countries = help_lines(BOOK, BOOK.outcomes[case.outcome].lines)
        assert plan.lines == [[line.name for line in of.lines] for of in countries], case.outcome
        shown[case.outcome] = plan.lines
    assert len({str(lines) for lines in shown.values()}) > 4


def test_every_plan_prints_on_two_pages(plans: Plans) -> None:
    assert {outcome: count for outcome, count in plans.sheets.items() if count > 2} == {}


# --- the two engines and the page ---------------------------------------------------------------

IMPORT = """
  const { use } = await import(new URL("../assets/js/start.js", location.href))
  const engine = use("js/engine.js")
  const tree = engine.readTree(await (await fetch("tree.json")).json())
"""


def test_both_engines_walk_alike(visit: Visit) -> None:
    walks = every_walk()
    page = visit().go("/decide/")
    found = given_by(
        page,
        f"""async (walks) => {{ {IMPORT}
          return walks.map((answers) => {{
            const walked = engine.walk(tree, answers)
            const head = [engine.firstLines(tree, walked), engine.urgencyOf(tree, walked)]
            return [walked.path, walked.at, engine.sectionsOf(tree, walked), ...head]
          }})
        }}""",
        walks,
    )

    assert len(walks) > 5_000
    walker = Walker(BOOK)
    for answers, (path, at, sections, *head) in zip(walks, found, strict=True):
        expected = walker.walk(answers)
        assert [path, at, sections] == [expected.path, expected.at, sections_of(BOOK, expected)], answers
        assert head == head_of(BOOK, expected), answers


def head_of(book: Handbook, walked: Walk) -> list[Any]:
    """What the engine in the browser says of the head of a plan."""
    ranks = [urgency.id for urgency in book.guide.urgencies]
    lines = [[line.section, line.place] for line in first_lines(book, walked)]
    return [lines, ranks.index(urgency_of(book, walked)) + 1]


def test_both_engines_change_answers_alike(visit: Visit) -> None:
    walks = every_walk()[::10]
    page = visit().go("/decide/")
    found = given_by(
        page,
        f"""async (walks) => {{ {IMPORT}
          return walks.map((answers) => engine.changes(tree, answers).map((change) => {{
            const given = engine.answer(tree, answers, change.question, change.chosen)
            return [change.question, change.chosen, change.to, given.answers, given.dropped]
          }}))
        }}""",
        walks,
    )

    for answers, others in zip(walks, found, strict=True):
        expected = [
            [c.question, c.chosen, c.to, *WALKER.answer(answers, c.question, c.chosen)]
            for c in WALKER.changes(answers)
        ]
        assert others == expected, answers


@pytest.mark.content
def test_what_is_left_is_an_honest_bound(visit: Visit) -> None:
    told = {"where-now": ["starting"], "harm-to-you": ["hurt"], "harm-by-you": [], "how-you-are": []}
    in_fear = {**told, "is-it-now": [], "asked": ["neither"], "ties": []}
    walks = [*every_walk()[::40], in_fear]
    page = visit().go("/decide/")
    found = given_by(
        page,
        f"""async (walks) => {{ {IMPORT}
          return walks.map((answers) => {{
            const {{ path }} = engine.walk(tree, answers)
            return path.map((asked, place) => {{
              const before = Object.fromEntries(path.slice(0, place).map((id) => [id, answers[id]]))
              return engine.mostLeft(tree, engine.walk(tree, before))
            }})
          }})
        }}""",
        walks,
    )

    for answers, most in zip(walks, found, strict=True):
        left = list(range(len(most), 0, -1))
        assert all(bound >= real for bound, real in zip(most, left, strict=True)), answers
        assert most == sorted(most, reverse=True), answers
        assert len(set(most)) == len(most), answers
    # Somebody in fear is not told that as many questions are to come as others are asked.
    assert found[-1][-1] == 1


def test_both_engines_agree_where_questions_lead_to_one_another(visit: Visit) -> None:
    books = [book for seed in range(120) if (book := in_any_order(seed))]
    walks = [[answers for answers, _, _ in every_way(book)][:60] for book in books]
    page = visit().go("/decide/")
    found = given_by(
        page,
        """async ([trees, walks]) => {
          const { use } = await import(new URL("../assets/js/start.js", location.href))
          const engine = use("js/engine.js")
          return trees.map(engine.readTree).map((tree, place) => walks[place].map((answers) => {
            const walked = engine.walk(tree, answers)
            const left = walked.path.map((_, place) => {
              const before = Object.fromEntries(walked.path.slice(0, place).map((id) => [id, answers[id]]))
              return engine.mostLeft(tree, engine.walk(tree, before))
            })
            const given = engine.changes(tree, answers).map(({ question, chosen, to }) => {
              const { answers: kept, dropped } = engine.answer(tree, answers, question, chosen)
              return [question, chosen, to, kept, dropped]
            })
            const head = [engine.firstLines(tree, walked), engine.urgencyOf(tree, walked)]
            return [walked.path, walked.at, engine.sectionsOf(tree, walked), head, given, left]
          }))
        }""",
        [[tree_data(book) for book in books], walks],
    )

    assert sum(map(len, walks)) > 1000
    for book, every, of_book in zip(books, walks, found, strict=True):
        most = explore(book).most_from()
        for answers, (path, at, sections, head, given, left) in zip(every, of_book, strict=True):
            expected = walk(book, answers)
            assert head == head_of(book, expected)
            assert [path, at, sections] == [expected.path, expected.at, sections_of(book, expected)]
            others = [(c.question, c.chosen, c.to) for c in changes(book, answers)]
            assert given == [[*change, *answer(book, answers, *change[:2])] for change in others]
            assert all(bound >= real for bound, real in zip(left, range(len(path), 0, -1), strict=True))
            assert all(earlier > later for earlier, later in pairwise(left))
            cyclic = question_graph(book).cyclic
            assert all(bound <= most[q] for q, bound in zip(path, left, strict=True) if q in cyclic)


def in_any_order(seed: int) -> Handbook | None:
    """A tree at random in which questions lead to one another and nobody comes round, if it came out so."""
    random = Random(seed)
    book = random_tree(random, questions=random.randint(3, 7), outcomes=4, ticks=random.randint(0, 1), back=3)
    asked = {question for answers, _, _ in every_way(book) for question in answers}
    return book if asked == set(book.questions) and question_graph(book).cyclic and not loops(book) else None


def test_the_page_walks_many_ways_as_the_engine_does(visit: Visit) -> None:
    random = Random(4)
    every = every_walk()
    by_end: dict[str, list[dict[str, list[str]]]] = {}
    walker = Walker(BOOK)
    for answers in every:
        by_end.setdefault(walker.walk(answers).at, []).append(answers)
    walks = [random.choice(found) for found in by_end.values() for _ in range(2)]
    walks += random.sample(every, 120)
    page = visit().go("/decide/")
    found = given_by(page, f"(walks) => {{ {WALKING}; return walks.map(walking.thereAndBack) }}", walks)

    assert len(walks) >= 200
    assert set(by_end) == set(BOOK.outcomes)
    for answers, plan in zip(walks, (Plan(**plan) for plan in found), strict=True):
        expected = walker.walk(answers)
        assert [plan.path, plan.end] == [expected.path, expected.at], answers
        assert sorted(plan.sections) == sorted(sections_of(BOOK, expected)), answers
        assert [plan.others, plan.answers] == [0, len(plan.path)], answers
    assert page.url.endswith("/decide/")
    assert page.evaluate(STORED) == NOTHING_STORED


@pytest.mark.content
def test_each_thing_that_would_have_changed_it_does(visit: Visit) -> None:
    page = begin(visit)
    case = next(case for case in WALK_TESTS if case.outcome == "plan-ask-for-time")
    answers, path = case.given, walk(BOOK, case.given).path
    walking(page, "goToTheEnd", answers)
    page.get_by_text("What would have changed it").click()
    told = visible(page, ".outcome__reasons details:last-of-type > ul > li > b")
    ends = [change for change in changes(BOOK, answers) if change.to not in {"", case.outcome}]
    replayed = set()
    for change in ends:
        page.locator(".change", has_text="Change:").nth(path.index(change.question)).click()
        walking(page, "choose", change.chosen)
        assert shown(page) == change.to
        replayed.add(visible(page, "h1")[0])
        undo = page.locator(".change", has_text="Undo this change")
        if undo.count():
            undo.click()
        else:
            page.go_back()
            page.locator("[data-question]:visible").wait_for()
            walking(page, "press", "Start again")
            walking(page, "walk", answers)

    offered = [change.to for change in ends if "approach" not in BOOK.outcomes[change.to].flags]
    assert told == [BOOK.outcomes[end].title for end in dict.fromkeys(offered)][:6]
    assert set(told) <= replayed


FEW = 0.15
WALKER = Walker(BOOK)


@functools.cache
def every_walk() -> list[dict[str, list[str]]]:
    """Ways through the tree: each answer where nothing is ticked; some for each tick, each pair and all."""
    random = Random(5)
    bare = list(walks_from({}))
    found = list(bare)
    for question in (question for question in BOOK.questions.values() if question.takes_many):
        options = [option.id for option in question.options]
        through = [answers for answers in bare if question.id in answers]
        for chosen in (*([option] for option in options), options, *map(list, combinations(options, 2))):
            for answers in random.sample(through, min(12, len(through))):
                before = [*answers][: [*answers].index(question.id)]
                found.append(gone_on({**{q: answers[q] for q in before}, question.id: chosen}, random))
    return found


def walks_from(answers: dict[str, list[str]]) -> Iterator[dict[str, list[str]]]:
    """Every way on from some answers where nothing more is ticked."""
    at = WALKER.walk(answers).at
    if at not in BOOK.questions:
        yield answers
        return
    options = [option.id for option in BOOK.questions[at].options]
    for chosen in [[]] if BOOK.questions[at].takes_many else [[option] for option in options]:
        yield from walks_from({**answers, at: chosen})


def gone_on(answers: dict[str, list[str]], random: Random) -> dict[str, list[str]]:
    """A way on from some answers, at random."""
    while (at := WALKER.walk(answers).at) in BOOK.questions:
        options = [option.id for option in BOOK.questions[at].options]
        some = [option for option in options if random.random() < FEW]
        answers = {**answers, at: some if BOOK.questions[at].takes_many else [random.choice(options)]}
    return answers
