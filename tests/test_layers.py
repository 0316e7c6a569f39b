"""What a reader sees before anything is unfolded, on a phone, and how what is folded opens."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from kit import real_content

from guidebook.content.kinds import FILE_KINDS
from guidebook.pages.first_layer import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from kit import Visitor

PHONE = {"width": 375, "height": 740}
SEEN = """() => {
  const main = document.querySelector("main")
  const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
  let words = 0
  while (texts.nextNode()) {
    const { parentElement, data } = texts.currentNode
    const isSeen = parentElement.checkVisibility() && !parentElement.closest(".visually-hidden")
    if (isSeen) words += data.match(/\\S+/g)?.length ?? 0
  }
  return [words, main.offsetHeight / innerHeight]
}"""


class Bounds(NamedTuple):
    """Of the pages of one kind: visible words and screens in `main`, everything folded."""

    median_words: int
    most_words: int
    median_screens: float


BOUNDS = {
    "topic": Bounds(300, 450, 3.5),
    "situation": Bounds(400, 650, 4.5),
    "variant": Bounds(350, 500, 4.9),
}
# Headings, buttons, labels and dates: what a page says besides its content.
FRAME = range(35, 125)


@pytest.mark.content
@pytest.mark.parametrize("kind", BOUNDS)
def test_a_page_is_short_until_more_is_asked_for(look: Callable[..., Visitor], kind: str) -> None:
    visitor = look(viewport=PHONE)
    book = real_content().book
    own = {file.id: sum(words.values()) for name, file, words in counted(book) if name == kind}
    found = next(row for row in FILE_KINDS if row.name == kind)
    seen: dict[str, tuple[int, float]] = {}
    for file in found.of(book).values():
        seen[file.id] = tuple(visitor.go(f"/{found.path(file).removesuffix('.md')}/").evaluate(SEEN))

    bounds = BOUNDS[kind]
    assert {page: words for page, (words, _) in seen.items() if words > bounds.most_words} == {}
    assert statistics.median(words for words, _ in seen.values()) <= bounds.median_words
    assert statistics.median(screens for _, screens in seen.values()) <= bounds.median_screens
    # What the check counts is what the page shows.
    besides = {page: words - own[page] for page, (words, _) in seen.items()}
    assert {page: more for page, more in besides.items() if more not in FRAME} == {}


@pytest.mark.content
@pytest.mark.parametrize("with_scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_link_into_what_is_folded_opens_it(visit: Callable[..., Visitor], with_scripts: bool) -> None:  # noqa: FBT001
    visitor = visit(java_script_enabled=with_scripts, viewport=PHONE)
    page = visitor.go("/maintaining/the-urge-to-write/#ring-somebody")
    why = page.locator("#ring-somebody")

    assert why.is_visible()
    assert 0 <= why.bounding_box()["y"] <= PHONE["height"]
    line = why.locator("xpath=../summary")
    assert 0 <= line.bounding_box()["y"] <= PHONE["height"]


@pytest.mark.content
def test_a_link_opens_a_fold_in_a_browser_that_does_not_by_itself(visit: Callable[..., Visitor]) -> None:
    page = visit(viewport=PHONE).go("/maintaining/the-urge-to-write/")
    # An address that is set by hand leads nowhere, so only the page's own script can open anything.
    page.evaluate("history.replaceState(null, '', '#what-this-rests-on')")
    closed = page.locator("#what-this-rests-on").is_visible()
    page.evaluate("dispatchEvent(new HashChangeEvent('hashchange'))")

    assert (closed, page.locator("#what-this-rests-on").is_visible()) == (False, True)


@pytest.mark.content
def test_words_to_send_come_after_the_gates_and_what_is_most_dangerous(look: Callable[..., Visitor]) -> None:
    page: Any = look(viewport=PHONE).go("/situations/children/")
    parts = ".answer, .notice, .gates, .script, .tips"
    order = page.evaluate(f"[...document.querySelectorAll('{parts}')].map((part) => part.classList[0])")
    assert list(dict.fromkeys(order)) == ["answer", "notice", "gates", "script", "tips"]
    # A page about what is shared does not ask whether anything is.
    assert page.locator(".gates > ul > li").count() == 2


@pytest.mark.content
@pytest.mark.parametrize("with_scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_questions_are_listed_only_where_all_of_them_stand_on_the_page(
    visit: Callable[..., Visitor],
    with_scripts: bool,  # noqa: FBT001
) -> None:
    page = visit(java_script_enabled=with_scripts, viewport=PHONE).go("/decide/")

    assert page.get_by_text("On this page").first.is_visible() is not with_scripts
