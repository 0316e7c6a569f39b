"""Counts the words that a reader sees at once on a plan; a part of `make bench`, or alone on a built site.

Somebody reads a plan on a phone at a bad hour. What is folded can wait until it is asked for. Counted are the
walks of all people of the tree, and walks at random on which as much is ticked as people tick.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

from kit import ROOT, serve

from guidebook.build import read
from guidebook.tree.walk import Walker

if TYPE_CHECKING:
    from pathlib import Path

    from guidebook.content.handbook import Handbook
    from guidebook.tree.walk import Answers

WALKS = 2000
SEED = 7
PHONE = {"width": 375, "height": 740}
MEDIAN_CLOSED = 350
MOST_CLOSED = 500
MEDIAN_OPEN = 700

# The tree gives itself away when it is started; then each plan is shown at once, without its questions.
COUNT = """async (walks) => {
  const { use } = await import(new URL("../assets/js/start.js", location.href))
  const { use: useTree = use } = await import(new URL("../assets/js/start-tree.js", location.href))
  const { DecisionTree } = useTree("js/decision-tree.js")
  let tree
  DecisionTree.prototype.goOn = function () { tree = this }
  document.querySelector(".tree__start .button").click()
  const words = (root) => {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    let count = 0
    while (texts.nextNode()) {
      const { parentElement, data } = texts.currentNode
      const isSeen = parentElement.checkVisibility() && !parentElement.closest(".visually-hidden")
      if (isSeen) count += data.match(/\\S+/g)?.length ?? 0
    }
    return count
  }
  return walks.map((answers) => {
    tree.walk.answers = answers
    const { at } = tree.walk.walked()
    tree.show(at, { focus: false })
    const plan = tree.text.step(at)
    const folds = [...plan.querySelectorAll("details")]
    const open = (of) => of.forEach((fold) => { fold.open = true })
    const before = folds.filter((fold) => fold.open)
    const closed = words(plan)
    open([...plan.querySelectorAll("details[data-time], [data-section] > details")])
    const opened = words(plan)
    open(folds)
    const all = words(plan)
    for (const fold of folds) fold.open = before.includes(fold)
    return [at, closed, opened, all]
  })
}"""


@dataclass(frozen=True)
class Words:
    """How many words are seen on each of many plans."""

    outcomes: list[str]
    closed: list[int]
    """As the plan is shown."""
    opened: list[int]
    """With each time and each section of it open."""
    everything: list[int]
    """With all that folds open, help lines and reasons too."""


def walks_of_people(book: Handbook) -> list[Answers]:
    """How the people of the tree answer."""
    return [walk.given for person in book.people.values() for walk in person.walks]


def shares_ticked(book: Handbook) -> dict[str, float]:
    """Of each question where several may be ticked, the share of its options that people tick."""
    given: dict[str, list[int]] = {}
    for answers in walks_of_people(book):
        for question, chosen in answers.items():
            given.setdefault(question, []).append(len(chosen))
    return {
        question.id: statistics.mean(given.get(question.id, [1])) / len(question.options)
        for question in book.questions.values()
        if question.takes_many
    }


def random_walks(book: Handbook) -> list[Answers]:
    """Ways through the tree by answers at random, the same in each run."""
    random = Random(SEED)
    walker = Walker(book)
    shares = shares_ticked(book)
    found = []
    for _ in range(WALKS):
        answers: dict[str, list[str]] = {}
        while (at := walker.walk(answers).at) in book.questions:
            options = [option.id for option in book.questions[at].options]
            ticked = [option for option in options if random.random() < shares.get(at, 0)]
            answers[at] = ticked if at in shares else [random.choice(options)]
        found.append(answers)
    return found


def count(browser: Any, site: Path, book: Handbook) -> Words:  # noqa: ANN401 (Playwright's)
    """Walk to many plans of a built site, and count what is seen on them."""
    for address in serve(site):
        page = browser.new_context(viewport=PHONE).new_page()
        page.goto(f"{address}/decide/")
        page.get_by_role("button", name="Start", exact=True).wait_for()
        rows = page.evaluate(COUNT, [*walks_of_people(book), *random_walks(book)])
        page.context.close()
    outcomes, closed, opened, everything = (list(column) for column in zip(*rows, strict=True))
    return Words(outcomes, closed, opened, everything)


def report(browser: Any, site: Path) -> list[tuple[str, float, float, str]]:  # noqa: ANN401 (Playwright's)
    """Each measure with its bound."""
    words = count(browser, site, read(ROOT / "content").book)
    print(f"    with times and sections open {max(words.opened)} at most; with everything open", end=" ")
    print(f"{statistics.median(words.everything):.0f} in the median, {max(words.everything)} at most")
    return [
        (
            f"words seen on a plan, median of {WALKS} and all people",
            statistics.median(words.closed),
            MEDIAN_CLOSED,
            "",
        ),
        ("words seen on a plan, at most", max(words.closed), MOST_CLOSED, ""),
        ("words of a plan with its folds open, median", statistics.median(words.opened), MEDIAN_OPEN, ""),
    ]


def main() -> None:
    """Print the measures of the site that was built last, and the plans with the most words."""
    from bench import chromium  # noqa: PLC0415 (it imports this module)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as driver:
        browser = chromium(driver)
        for measure, value, bound, _ in report(browser, ROOT / "site"):
            print(f"{measure}: {value:.0f} (at most {bound})")
        words = count(browser, ROOT / "site", read(ROOT / "content").book)
        browser.close()
    most = {
        o: max(n for of, n in zip(words.outcomes, words.closed, strict=True) if of == o)
        for o in words.outcomes
    }
    for outcome, number in sorted(most.items(), key=lambda item: -item[1])[:8]:
        print(f"    {number} {outcome}")


if __name__ == "__main__":
    main()
