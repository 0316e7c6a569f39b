"""What readers type leads to pages that answer it; measured in the browser, on the real site."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest
from kit import ROOT, TEMPLATES, given_by, real_content, url_of

from guidebook.build import phrases_beside, render
from guidebook.pages.search_index import answers, search_data, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

CONTENT = real_content()
assert CONTENT.book.search
SEARCH = CONTENT.book.search
# Of readers' questions: how many have a page that answers them first, and among the first three, in percent.
# The first file was made before any ranking; the second by people who had not seen the words of the content.
BOUNDS = {"reader_questions.tsv": (75, 92), "reader_questions_unseen.tsv": (70, 90)}
ASK = """async (queries) => {
  const { SearchEngine } = await import("/assets/js/search-engine.js")
  const { default: data } = await import("/assets/js/search-data.js")
  const engine = new SearchEngine(data)
  const urls = (found) => found.map((answer) => answer.url)
  return queries.map((query) => {
    const { dangers, answers } = engine.search(query)
    return [urls(dangers), urls(answers.slice(0, 12))]
  })
}"""
# Of many queries those that tell of danger; nothing is ranked for them, which takes most of a search's time.
DANGERS = """async (queries) => {
  const { SearchEngine } = await import("/assets/js/search-engine.js")
  const { default: data } = await import("/assets/js/search-data.js")
  const { words } = new SearchEngine(data)
  return queries.filter((query) => words.dangers(query).length)
}"""


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
    for question, (pinned, others) in zip(questions, ask([q["query"] for q in questions]), strict=True):
        wanted = {addresses[page] for page in question["pages"].split()}
        shown = [*pinned, *others][:3]
        first += bool(shown and shown[0] in wanted)
        three += bool(wanted & set(shown))
        if not wanted & set(shown):
            missed.append(f"{question['query']} -> {shown}")

    measured = (100 * first / len(questions), 100 * three / len(questions))
    print(f"{name}: first {measured[0]:.1f} %, among the first three {measured[1]:.1f} %")
    assert measured[0] >= bounds[0], missed
    assert measured[1] >= bounds[1], missed


@pytest.mark.content
def test_words_of_danger_pin_their_page_and_no_others_do(ask: Callable[..., Any]) -> None:
    told = rows("danger_words.tsv")
    addresses = {answer.id: url_of(answer.path) for answer in answers(CONTENT)}
    wrong = [
        (row["query"], row["pages"], pinned)
        for row, (pinned, _) in zip(told, ask([row["query"] for row in told]), strict=True)
        if pinned != [addresses[page] for page in row["pages"].split()]
    ]

    assert wrong == []
    assert len([row for row in told if not row["pages"]]) > 30
    assert {page for row in told for page in row["pages"].split()} == {rule.page for rule in SEARCH.danger}


@pytest.mark.content
def test_danger_is_not_heard_in_words_that_are_not_finished(ask: Callable[..., Any]) -> None:
    queries = [row["query"] for name in BOUNDS for row in rows(name)]
    heard = ask(queries, DANGERS)
    calm = [query for query in queries if query not in heard]
    starts = [query[:end] for query in calm for end in range(1, len(query))]

    assert heard
    assert len(calm) > 400
    assert ask(starts, DANGERS) == []


@pytest.mark.content
def test_a_word_that_is_not_finished_finds_what_it_may_become(ask: Callable[..., Any]) -> None:
    wanted = {"jealo": "moments/get-back-at-them/", "stal": "situations/stalked/", "ex on birth": "birthday"}
    for query, (pinned, others) in zip(wanted, ask(list(wanted)), strict=True):
        assert any(wanted[query] in address for address in [*pinned, *others][:4]), query


@pytest.mark.content
def test_words_that_nobody_uses_here_find_nothing(ask: Callable[..., Any]) -> None:
    assert ask(["qqqq zzzz", "me dejo"]) == [[[], []], [[], []]]


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
          return said.map(use("js/reader-words.js").wordsOf)
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
