"""Questions may lead to one another as they are written, as long as nobody can be asked one of them twice."""

from __future__ import annotations

import shutil
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from brute_force import every_walk, loops
from hypothesis import given, settings
from hypothesis import strategies as st
from kit import EITHER_ORDER, ROOT, SMALL_GUIDE, change, serve
from random_trees import random_tree

from guidebook.build import read
from guidebook.content import model
from guidebook.site.mkdocs_plugin import build_site
from guidebook.tree.browser_data import tree_data
from guidebook.tree.diff import tree_diff
from guidebook.tree.proof import can_be_walked, tree_problems
from guidebook.tree.question_graph import components, question_graph
from guidebook.tree.state_space import LoopError, explore
from guidebook.tree.walk import Walker, facts_of, stepper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidebook.content.handbook import Handbook
    from guidebook.tree.state_space import Step
    from guidebook.tree.walk import Answers, Facts

SEEDS = st.integers(0, 10**6)


def with_ways_back(seed: int) -> Handbook:
    """A tree small enough to try every way, in which questions can lead back as they are written."""
    random = Random(seed)
    questions = random.randint(2, 8)
    ticks = random.randint(0, min(2, questions))
    return random_tree(random, questions=questions, outcomes=4, ticks=ticks, back=random.randint(1, 4))


def refused(book: Handbook) -> LoopError | None:
    try:
        explore(book)
    except LoopError as loop:
        return loop
    return None


def comes_to(book: Handbook, steps: list[Step]) -> list[str]:
    """The questions of a walk, and what it comes to."""
    asked, facts = [book.tree.start if book.tree else ""], frozenset[tuple[str, str]]()
    for question, chosen in steps:
        assert question == asked[-1]
        facts |= facts_of(book.questions[question], chosen)
        asked.append(str(stepper(book.questions[question])(chosen, facts)))
    return asked


def test_a_tree_is_refused_exactly_if_somebody_can_be_asked_twice() -> None:
    tried = {True: 0, False: 0}

    @settings(max_examples=400, deadline=None)
    @given(SEEDS)
    def is_judged_rightly(seed: int) -> None:
        book = with_ways_back(seed)
        twice = loops(book)

        loop = refused(book)

        assert bool(loop) == bool(twice)
        assert can_be_walked(book) == (not twice)
        if loop:
            *before, last = comes_to(book, loop.steps)
            assert last == loop.again
            assert last in before
            assert last in twice
            # It is the first question that is asked again on this walk.
            assert len(set(before)) == len(before)
            (found,) = [said for said in tree_problems(book) if "come back" in said[2]]
            assert found[0] == book.questions[last].file
        tried[bool(twice)] += 1

    is_judged_rightly()
    assert min(tried.values()) > 50, tried


def test_a_loop_behind_states_that_several_walks_share_is_found() -> None:
    # The walk that first came to the state was not asked the question that the state leads to.
    found = 0
    for seed in range(1500):
        random = Random(seed)
        book = random_tree(random, questions=random.randint(4, 9), outcomes=4, ticks=1, back=3)
        loop = refused(book)
        if loop and loop.__traceback__ and "refuse_loops" in names_of(loop):
            found += 1
            assert loop.again in loops(book)
            assert comes_to(book, loop.steps)[-1] == loop.again

    assert found


def names_of(error: BaseException) -> set[str]:
    """The functions through which an error came."""
    names, trace = set(), error.__traceback__
    while trace:
        names.add(trace.tb_frame.f_code.co_name)
        trace = trace.tb_next
    return names


def test_a_tree_that_nobody_can_walk_round_is_proven_like_any_other() -> None:
    tried = 0

    @settings(max_examples=400, deadline=None)
    @given(SEEDS)
    def is_proven(seed: int) -> None:
        nonlocal tried
        book = with_ways_back(seed)
        cyclic = question_graph(book).cyclic
        if not cyclic or loops(book):
            return
        ways = list(every_walk(book))
        asked = {question for answers, _, _ in ways for question in answers}
        tried += bool(cyclic & asked)

        found = explore(book)

        assert found.paths() == len(ways)
        assert {outcome for outcome, _ in found.ends()} == {at for _, at, _ in ways}
        assert len(found.longest()) == max(len(answers) for answers, _, _ in ways)
        assert found.most_from() == {
            **{outcome: 0 for _, outcome, _ in ways},
            **{asked: most_after(ways, asked) for asked in asked},
        }
        for state in found.ends():
            given_ = {question: list(chosen) for question, chosen in found.answers(state)}
            assert Walker(book).walk(given_).at == state[0]
        same = tree_diff(book, book)
        assert (same.ways, same.moved) == (len(ways), [])

    is_proven()
    assert tried > 50, tried


def most_after(ways: list[tuple[Answers, str, Facts]], asked: str) -> int:
    return max(len(answers) - list(answers).index(asked) for answers, _, _ in ways if asked in answers)


def in_either_order() -> Handbook:
    """Two questions that everybody is asked: in one order, or in the other."""
    book = random_tree(Random(0), questions=3, outcomes=2, ticks=0)
    yes, no = model.Option(id="a0", label="Yes"), model.Option(id="a1", label="No")
    first = [option.model_copy(update={"next": to}) for option, to in ((yes, "q1"), (no, "q2"))]
    both = {"all": [{"question": question, "answer": "a0"} for question in ("q1", "q2")]}

    def then(other: str, order: str) -> list[model.Route]:
        routes = [{"if": {"question": "q0", "answer": order}, "to": other}, {"if": both, "to": "o0"}]
        return [model.Route.model_validate(route) for route in (*routes, {"to": "o1"})]

    changes: dict[str, dict[str, Any]] = {
        "q0": {"options": first, "next": []},
        "q1": {"options": [yes, no], "next": then("q2", "a0")},
        "q2": {"options": [yes, no], "next": then("q1", "a1")},
    }
    bare = {
        name: outcome.model_copy(update={"sections": [outcome.sections[0].model_copy(update={"if_": None})]})
        for name, outcome in book.outcomes.items()
    }
    asked = {name: book.questions[name].model_copy(update=update) for name, update in changes.items()}
    return type(book)(guide=book.guide, questions=asked, outcomes=bare, tree=book.tree)


def test_two_questions_can_be_asked_in_either_order() -> None:
    book = in_either_order()

    assert question_graph(book).cyclic == {"q1", "q2"}
    assert tree_problems(book) == []
    assert explore(book).paths() == 8
    assert tree_data(book)["most"] == {"q1": 2, "q2": 2}


def test_an_answer_without_effect_is_found_in_either_order() -> None:
    book = in_either_order()
    for name in ("q1", "q2"):
        asked = book.questions[name]
        # Read on the spot only, which the other question must not take for something still to be read.
        own = model.Route.model_validate({"if": {"question": name, "answer": "a0"}, "to": "o1"})
        routes = [asked.next[0], own, model.Route(to="o1")]
        book.questions[name] = asked.model_copy(update={"next": routes})

    said = {file for file, _, message in tree_problems(book) if "no answer to this question" in message}

    assert {book.questions[name].file for name in ("q1", "q2")} <= said


@pytest.mark.parametrize("seed", range(3))
def test_a_large_tree_with_a_long_way_back_is_proven(seed: int) -> None:
    book = random_tree(Random(seed), questions=120, outcomes=80, ticks=0)
    never = {"all": [{"question": "q99", "answer": answer} for answer in ("a0", "a1")]}
    asked = book.questions["q99"]
    back = model.Route.model_validate({"if": never, "to": "q20"})
    states = len(explore(book).edges)

    book.questions["q99"] = asked.model_copy(update={"next": [back, *asked.next]})

    assert len(question_graph(book).cyclic) > 70
    assert len(explore(book).edges) <= 2 * states


@pytest.mark.parametrize("seed", [0, 3])
def test_a_loop_in_a_large_tree_is_found(seed: int) -> None:
    book = random_tree(Random(seed), questions=120, outcomes=80, ticks=4, options=9, back=4)

    loop = refused(book)

    assert loop
    *before, last = comes_to(book, loop.steps)
    assert last in before


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.integers(0, 8), st.lists(st.integers(0, 8), max_size=3), max_size=9))
def test_nodes_that_lead_to_one_another_are_found_together(onward: dict[int, list[int]]) -> None:
    nodes = {*onward, *(to for found in onward.values() for to in found)}
    reach = {node: {node} for node in nodes}
    for _ in nodes:
        reach = {
            node: found.union(*(reach[to] for at in found for to in onward.get(at, ())))
            for node, found in reach.items()
        }

    found = list(components(onward))

    assert sorted(node for component in found for node in component) == sorted(nodes)
    place = {node: number for number, component in enumerate(found) for node in component}
    for one in nodes:
        for other in nodes:
            assert (place[one] == place[other]) == (other in reach[one] and one in reach[other])
        assert all(place[to] <= place[one] for to in onward.get(one, ()))


# --- in the browser -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Handbook, str]]:
    """The small guide with questions in either order, and where it is served."""
    folder = tmp_path_factory.mktemp("project") / "guide"
    shutil.copytree(SMALL_GUIDE, folder, ignore=shutil.ignore_patterns("site"))
    change(folder / "content", EITHER_ORDER)
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("../..", str(ROOT)), encoding="utf-8")
    built = build_site(config)
    assert built
    for address in serve(built.site):
        yield read(folder / "content").book, address


WALK = """(answers) => {
  const steps = [...document.querySelectorAll("[data-question]")]
  const shown = () => steps.find((step) => step.offsetParent !== null)
  const press = (words) => [...document.querySelectorAll("button")]
    .find((button) => button.textContent === words && button.offsetParent !== null).click()
  const told = []
  press("Start")
  for (let step = shown(); step; step = shown()) {
    told.push([step.dataset.question, step.innerText.match(/Question \\d+ · .*/)[0]])
    const given = answers[step.dataset.question]
    for (const option of given.length ? given : [""]) {
      step.querySelector(`input[value="${option}"]`).click()
    }
    step.querySelector("button[type=submit]").click()
  }
  const end = [...document.querySelectorAll("[data-outcome]")].find((step) => step.offsetParent !== null)
  press("Start again")
  return [told, end.dataset.outcome]
}"""


def test_the_page_walks_in_either_order(guide: tuple[Handbook, str], browser: Any) -> None:  # noqa: ANN401
    book, address = guide
    ways = list(every_walk(book))
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{address}/decide/")

    orders = set()
    for answers, at, _ in ways:
        told, end = page.evaluate(WALK, answers)

        assert [question for question, _ in told] == list(answers)
        assert end == at
        for number, (_, progress) in enumerate(told, 1):
            left = most_to_come(ways, dict(list(answers.items())[: number - 1]))
            more = f"at most {left - 1} more after it" if left > 1 else "the last one"
            assert progress == f"Question {number} · {more}"
        orders.add(tuple(answers))
    page.close()

    assert {("first", "leaves", "signs"), ("first", "signs", "leaves")} <= orders
    assert len(ways) == 12
    assert said == []


def most_to_come(ways: list[tuple[Answers, str, Facts]], before: Answers) -> int:
    """How many questions follow these answers at most."""
    alike = [answers for answers, _, _ in ways if before.items() <= answers.items()]
    return max(len(answers) for answers in alike) - len(before)
