"""What readers type leads to pages that answer it; measured in the browser, on the real site."""

from __future__ import annotations

import csv
import json
from itertools import accumulate
from math import exp
from typing import TYPE_CHECKING, Any

import pytest
from kit import ROOT, TEMPLATES, given_by, real_content, url_of
from search_measure import LOADED
from search_measure import rows as measured_rows

from guidebook.build import phrases_beside, render
from guidebook.content.lines_reader import ASKED, DANGER
from guidebook.pages.search_index import answers, search_data, words_of
from guidebook.search.features import numbered
from guidebook.search.lessons import model, stale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from guidebook.search.model_file import LinearModel

CONTENT = real_content()
assert CONTENT.book.search
SEARCH = CONTENT.book.search
# Of readers' questions: how many have a page that answers them first, and among the first three, in percent.
# The first file was made before any ranking; the second by people who had not seen the words of the content.
BOUNDS = {"reader_questions.tsv": (75, 92), "reader_questions_unseen.tsv": (70, 90)}
ASK = f"""async (queries) => {{
  {LOADED}
  return queries.map((query) => {{
    const {{ danger, answers }} = engine.search(query)
    return [danger?.strength ?? "", danger?.url ?? "", answers.slice(0, 12).map((answer) => answer.url)]
  }})
}}"""
# For how many of the known lines that tell of danger it is heard, with the page that is right for it, and for
# how many harmless ones a card is pinned, in percent. They are learned from too, so this says only that they
# stay heard; `make bench-search` says how unknown ones fare.
LEAST_HEARD, MOST_PINNED = 98, 3


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "tests" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def ask(browser: Any, address: str) -> Iterator[Callable[..., Any]]:  # noqa: ANN401
    """Puts queries to the search; gives the pinned addresses and the others, best first."""
    page = browser.new_page()
    page.goto(f"{address}/")

    def asked(queries: list[str], what: str = ASK) -> Any:  # noqa: ANN401
        return given_by(page, what, queries)

    yield asked
    page.close()


@pytest.mark.content
@pytest.mark.parametrize(("name", "bounds"), BOUNDS.items())
def test_readers_questions_lead_to_pages_that_answer_them(
    ask: Callable[..., Any], name: str, bounds: tuple[int, int]
) -> None:
    questions = rows(name)
    addresses = {answer.id: url_of(answer.path) for answer in answers(CONTENT)}
    first = three = 0
    missed = []
    for question, (strength, pinned, others) in zip(
        questions, ask([q["query"] for q in questions]), strict=True
    ):
        wanted = {addresses[page] for page in question["pages"].split()}
        shown = [*([pinned] if strength == "sure" else []), *others][:3]
        first += bool(shown and shown[0] in wanted)
        three += bool(wanted & set(shown))
        if not wanted & set(shown):
            missed.append(f"{question['query']} -> {shown}")

    measured = (100 * first / len(questions), 100 * three / len(questions))
    print(f"{name}: first {measured[0]:.1f} %, among the first three {measured[1]:.1f} %")
    assert measured[0] >= bounds[0], missed
    assert measured[1] >= bounds[1], missed


@pytest.mark.content
def test_danger_is_heard_and_led_to_its_page(ask: Callable[..., Any]) -> None:
    told = rows("danger_words.tsv")
    addresses = {answer.id: url_of(answer.path) for answer in answers(CONTENT)}
    heard = list(zip(told, ask([row["query"] for row in told]), strict=True))
    meant = [(row, found) for row, found in heard if row["pages"]]
    missed = [
        (row["query"], strength, page)
        for row, (strength, page, _) in meant
        if page not in {addresses[wanted] for wanted in row["pages"].split()}
    ]
    pinned = [row["query"] for row, (strength, *_) in heard if not row["pages"] and strength == "sure"]

    assert len(meant) > 60
    assert 100 * len(missed) <= (100 - LEAST_HEARD) * len(meant), missed
    assert 100 * len(pinned) <= MOST_PINNED * (len(heard) - len(meant)), pinned


@pytest.mark.content
def test_who_was_told_no_is_not_led_to_a_page_on_writing(ask: Callable[..., Any]) -> None:
    told = next(kind for kind in SEARCH.danger if kind.below)
    addresses = {answer.id: url_of(answer.path) for answer in answers(CONTENT)}
    below = {addresses[page] for page in told.below}
    queries = [row["query"] for row in measured_rows("danger-dev") if row["kind"] == told.id]
    heard = [
        (page, others) for strength, page, others in ask(queries) if strength and page == addresses[told.page]
    ]

    assert len(heard) > 5
    assert [others[0] for _, others in heard if others[0] in below and not set(others) <= below] == []


@pytest.mark.content
def test_what_the_search_learned_is_up_to_date() -> None:
    assert stale(CONTENT) == []


@pytest.mark.content
@pytest.mark.parametrize("name", [ASKED, DANGER])
def test_what_was_learned_is_applied_in_the_browser_as_it_is_kept(ask: Callable[..., Any], name: str) -> None:
    kept = model(CONTENT, name)
    assert kept
    queries = ["he hit me", "do i text her back??", "caf\u00e9 3am", "i", *("x" * n for n in range(2, 30, 9))]
    script = {ASKED: "search-model", DANGER: "search-danger"}[name]
    there = ask(queries, PROBABILITIES.replace("NAME", script))

    for query, found in zip(queries, there, strict=True):
        assert found == pytest.approx(probabilities(kept, words_of(query)), abs=1e-5)


PROBABILITIES = """async (queries) => {
  const { use } = await import("/assets/js/start.js")
  await import("/assets/js/search-engine.js")
  const { default: data } = await import("/assets/js/NAME.js")
  const { wordsOf } = use("js/typed-words.js")
  const model = new (use("js/linear-model.js").LinearModel)(data.model ?? data)
  return queries.map((query) => model.probabilities(wordsOf(query)))
}"""


def probabilities(kept: LinearModel, words: list[str]) -> list[float]:
    """How likely each class is by its weights as they are kept."""
    starts = list(accumulate(kept.sizes, initial=0))
    buckets = numbered(words, len(kept.sizes))
    sums = [0.0] * len(kept.classes)
    for at in buckets:
        member = 0
        for place in range(starts[at], starts[at + 1]):
            member += kept.members[place]
            weight = kept.weights[place]
            sums[member] += weight - 256 if weight > 127 else weight
    unit = kept.scale / len(buckets) ** 0.5 if buckets else 0
    odds = [exp(one + total * unit) for one, total in zip(kept.intercepts, sums, strict=True)]
    return [odd / sum(odds) for odd in odds]


@pytest.mark.content
def test_a_word_that_is_not_finished_finds_what_it_may_become(ask: Callable[..., Any]) -> None:
    wanted = {"jealo": "moments/get-back-at-them/", "stal": "situations/stalked/", "ex on birth": "birthday"}
    for query, (_, pinned, others) in zip(wanted, ask(list(wanted)), strict=True):
        assert any(wanted[query] in address for address in [pinned, *others][:4]), query


@pytest.mark.content
def test_words_that_nobody_uses_here_find_nothing(ask: Callable[..., Any]) -> None:
    assert [found[2] for found in ask(["qqqq zzzz", "me dejo"])] == [[], []]


def test_both_sides_read_words_alike(browser: Any, address: str) -> None:  # noqa: ANN401
    said = [
        "I\u2019m Caf\u00e9",
        "i\u00b4m",
        "SOOO long!!!",
        "3am",
        "n/c",
        "na\u00efve\u2032s",
        "  ",
        "a-b_c",
        "AAA www",
    ]
    page = browser.new_page()
    page.goto(f"{address}/")
    read_there = page.evaluate(
        """async (said) => {
          const { use } = await import("/assets/js/start.js")
          await import("/assets/js/search-engine.js")
          return said.map(use("js/typed-words.js").wordsOf)
        }""",
        said,
    )
    page.close()

    assert read_there == [words_of(text) for text in said]


def data() -> Mapping[str, Any]:
    return search_data(CONTENT, url_of)


def test_no_result_of_the_tree_is_found_without_its_questions() -> None:
    found = {row[0] for row in data()["answers"]}

    assert CONTENT.book.outcomes
    assert not [address for address in found if address.startswith("outcomes/")]


def test_each_page_that_can_be_read_is_found_once() -> None:
    found = [row[0] for row in data()["answers"] if "#" not in row[0]]
    machinery = ("outcomes/", "decide/picture", "decide/proof", "decide/people", "whole/")
    pages = {url_of(page.path) for page in render(CONTENT, TEMPLATES, phrases_beside(TEMPLATES))} | {
        url_of(path) for path in CONTENT.by_hand
    }

    assert len(found) == len(set(found))
    assert set(found) == {page for page in pages if page and not page.startswith(machinery)}


def test_the_search_ships_each_word_of_a_text_once() -> None:
    for address, title, answer, _, also, rest in data()["answers"]:
        shipped = rest.split()
        assert len(shipped) == len(set(shipped)), address
        assert not set(shipped) & set(words_of(f"{title} {answer} {also}")), address


def test_the_module_of_the_search_holds_its_data(site: Path) -> None:
    module = (site / "assets/js/search-data.js").read_text(encoding="utf-8")
    inner = json.loads(module.removeprefix("export default JSON.parse(").rstrip()[:-1])

    assert json.loads(inner) == data()
