"""What the proofs are worth: on trees made at random they say what trying every way says."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import chain, pairwise
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from brute_force import choices, every_walk, loops
from hypothesis import given, settings
from hypothesis import strategies as st
from kit import MORE_URGENT_IF_IT_SMELLS, real_content
from kit import change as change_guide
from random_trees import FLAGS, URGENCIES, random_tree

from guidebook.build import read
from guidebook.content import model
from guidebook.tree.bit_tree import BitTree
from guidebook.tree.browser_data import tree_data
from guidebook.tree.diff import tree_diff
from guidebook.tree.paired_walks import Side, SideBySide
from guidebook.tree.proof import tree_problems
from guidebook.tree.question_graph import components, question_graph
from guidebook.tree.rising import Risks
from guidebook.tree.state_space import explore, walked_graph
from guidebook.tree.walk import Walker, answer, changes, first_lines, holds, sections_of, urgency_of, walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from guidebook.content.handbook import Handbook
    from guidebook.tree.walk import Answers, Facts, Walk

BOOK = real_content().book
SEEDS = st.integers(0, 10**6)


def small(seed: int) -> Handbook:
    """A tree small enough to try every way through it; in half of them questions lead back as written."""
    random = Random(seed)
    while True:
        size = {"questions": random.randint(2, 7), "outcomes": 4, "ticks": random.randint(0, 2)}
        book = random_tree(random, **size, back=random.randint(1, 4) if seed % 2 else 0)
        if bool(question_graph(book).cyclic) == bool(seed % 2) and not loops(book):
            return book


def test_the_trees_that_are_tried_are_of_both_kinds() -> None:
    books = [small(seed) for seed in range(100)]
    # Somebody walks from one question to the other, and somebody else the other way round.
    both_ways = [book for book in books if any(len(c) > 1 for c in components(walked_graph(book).onward))]

    assert sum(not question_graph(book).cyclic for book in books) == 50
    assert len(both_ways) > 2


def every_way(book: Handbook) -> Iterator[tuple[Answers, str, Facts]]:
    """Each way through: the answers, the outcome, and what is known there."""
    for answers, at, facts in every_walk(book):
        assert at in book.outcomes
        yield answers, at, facts


def with_promise(book: Handbook, promise: dict[str, object]) -> Handbook:
    return with_promises(book, [a_promise("promise", promise)])


def a_promise(name: str, asks: dict[str, object]) -> model.Property:
    return model.Property.model_validate({"id": name, "says": "It holds.", **asks})


def with_promises(book: Handbook, promises: list[model.Property]) -> Handbook:
    assert book.tree
    tree = book.tree.model_copy(update={"properties": promises, "longest": 99})
    return type(book)(guide=book.guide, questions=book.questions, outcomes=book.outcomes, tree=tree)


def test_a_plan_begins_with_the_lines_of_its_most_urgent_sections(small_guide: Path) -> None:
    change_guide(small_guide, MORE_URGENT_IF_IT_SMELLS)
    book = read(small_guide).book

    def head(*signs: str) -> tuple[list[str], str]:
        walked = walk(book, {"leaves": ["wilted"], "signs": list(signs)})
        return [line.words for line in first_lines(book, walked)], urgency_of(book, walked)

    calm = ["Do it in the sink.", "Take it out of the pot.", "Look at the roots."]
    assert head() == (calm, "calm")
    assert head("smell") == (["Open a window.", "Close the door.", "Do it in the sink."], "soon")


def broken(book: Handbook) -> list[str]:
    """What the proof says of the promise of a tree."""
    return [message for _, _, message in tree_problems(book) if "does not hold" in message]


@settings(max_examples=150, deadline=None)
@given(SEEDS)
def test_exploring_finds_what_trying_every_way_finds(seed: int) -> None:
    book = small(seed)
    ways = list(every_way(book))

    found = explore(book)

    assert found.paths() == len(ways)
    assert {outcome for outcome, _ in found.ends()} == {at for _, at, _ in ways}
    assert len(found.longest()) == max(len(answers) for answers, _, _ in ways)


@settings(max_examples=150, deadline=None)
@given(SEEDS)
def test_a_counter_example_is_a_real_walk(seed: int) -> None:
    book = small(seed)
    found = explore(book)

    for state in found.ends():
        answers = {question: list(chosen) for question, chosen in found.answers(state)}
        assert Walker(book).walk(answers).at == state[0]
    longest = {question: list(chosen) for question, chosen in found.longest()}
    assert Walker(book).walk(longest).path == list(longest)


@settings(max_examples=150, deadline=None)
@given(SEEDS, st.sampled_from(FLAGS), st.sampled_from(FLAGS), st.sampled_from(URGENCIES))
def test_a_promise_holds_exactly_if_no_way_breaks_it(seed: int, flag: str, ends: str, least: str) -> None:
    book = small(seed)
    condition = model.Condition(flag=flag)

    def keeps(at: str, facts: Facts) -> bool:
        enough = urgent(book, at, facts) >= URGENCIES.index(least)
        return not holds(condition, facts) or (ends in book.outcomes[at].flags and enough)

    promise: dict[str, object] = {"if": {"flag": flag}, "ends_flagged": ends, "urgency_at_least": least}
    said = broken(with_promise(book, promise))

    assert bool(said) == (not all(keeps(at, facts) for _, at, facts in every_way(book)))


@settings(max_examples=150, deadline=None)
@given(SEEDS, st.sampled_from(FLAGS))
def test_a_promise_on_an_answer_holds_exactly_if_no_way_breaks_it(seed: int, ends: str) -> None:
    book = small(seed)
    random = Random(seed)
    asked = random.choice(sorted(book.questions.values(), key=lambda q: -q.takes_many)[:2])
    said = {"question": asked.id, "answer": random.choice(asked.options).id}
    told = random.choice([said, {"not": said}])
    condition = model.Condition.model_validate(told)

    broken_by = broken(with_promise(book, {"if": told, "ends_flagged": ends}))

    ways = [(at, facts) for _, at, facts in every_way(book) if holds(condition, facts)]
    assert bool(broken_by) == any(ends not in book.outcomes[at].flags for at, _ in ways)


@settings(max_examples=150, deadline=None)
@given(SEEDS, st.sampled_from(FLAGS), st.sampled_from(FLAGS))
def test_a_mark_is_never_carried_exactly_if_no_way_carries_it(seed: int, flag: str, never: str) -> None:
    book = small(seed)
    random = Random(seed)
    for name, outcome in book.outcomes.items():
        marked = [
            section.model_copy(update={"flags": random.sample(FLAGS, random.random() < 0.3)})
            for section in outcome.sections
        ]
        book.outcomes[name] = outcome.model_copy(update={"sections": marked})
    condition = model.Condition(flag=flag)

    def carries(at: str, facts: Facts) -> bool:
        outcome = book.outcomes[at]
        shown = [section.flags for section in outcome.sections if holds(section.if_, facts)]
        return holds(condition, facts) and never in [*outcome.flags, *chain.from_iterable(shown)]

    said = broken(with_promise(book, {"if": {"flag": flag}, "never_flagged": never}))

    assert bool(said) == any(carries(at, facts) for _, at, facts in every_way(book))


@settings(max_examples=150, deadline=None)
@given(SEEDS)
def test_a_step_is_unreachable_exactly_if_no_way_comes_by(seed: int) -> None:
    book = small(seed)
    ways = list(every_way(book))
    seen = {step for answers, at, _ in ways for step in (*answers, at)}

    said = {
        file for file, _, message in tree_problems(book) if "no way through the tree leads here" in message
    }

    steps = {**book.questions, **book.outcomes}
    assert said == {step.file for step in steps.values() if step.id not in seen}


def test_answers_called_alike_lead_alike_on_every_way() -> None:
    called = 0

    @settings(max_examples=200, deadline=None)
    @given(SEEDS)
    def lead_alike(seed: int) -> None:
        nonlocal called
        book = small(seed)
        walker = Walker(book)
        ways = list(every_way(book))
        for file, where, message in tree_problems(book):
            if "leads just where" not in message:
                continue
            called += 1
            asked = next(question for question in book.questions.values() if question.file == file)
            one, other = asked.options[int(where[1])].id, message.split("'")[3]
            for answers, at, _ in ways:
                if answers.get(asked.id) == [one]:
                    walked = walker.walk({**answers, asked.id: [other]})
                    assert walked.at == at
                    before = walker.walk(answers)
                    assert sections_of(book, walked) == sections_of(book, before)

    lead_alike()
    assert called, "the proof said so of no tree, so nothing was tried"


def test_a_section_called_never_shown_is_shown_on_no_way() -> None:
    called = 0

    @settings(max_examples=150, deadline=None)
    @given(SEEDS)
    def is_not_shown(seed: int) -> None:
        nonlocal called
        book = small(seed)
        shown = {
            (book.outcomes[at].file, int(name))
            for answers, at, _ in every_way(book)
            for name in sections_of(book, Walker(book).walk(answers))
        }

        for file, where, message in tree_problems(book):
            if "no way that ends here has these answers" in message:
                called += 1
                assert (file, where[1]) not in shown

    is_not_shown()
    assert called, "the proof said so of no tree, so nothing was tried"


def with_matters(book: Handbook, seed: int) -> Handbook:
    """The tree with parts that treat matters, some with a mark or an urgency."""
    random = Random(seed)
    for name, outcome in book.outcomes.items():
        parts = [
            part.model_copy(
                update={
                    "id": f"m{random.randrange(3)}",
                    "flags": random.sample(FLAGS[:1], random.random() < 0.5),
                    "urgency": random.choice([None, None, *URGENCIES]),
                }
            )
            for part in outcome.sections
        ]
        book.outcomes[name] = outcome.model_copy(update={"sections": parts})
    return book


def urgent(book: Handbook, at: str, facts: Facts) -> int:
    """The place of a plan's urgency: its outcome's, or that of the most urgent part shown."""
    parts = (part.urgency for part in shown_on(book, at, facts) if part.urgency)
    return max(map(URGENCIES.index, [book.outcomes[at].urgency, *parts]))


def shown_on(book: Handbook, at: str, facts: Facts) -> list[model.Section]:
    return [part for part in book.outcomes[at].sections if holds(part.if_, facts)]


@settings(max_examples=150, deadline=None)
@given(SEEDS, st.sampled_from(FLAGS), st.sampled_from(["m0", "m1", "m2"]), st.sampled_from(URGENCIES))
def test_plans_show_a_matter_exactly_if_every_way_does(seed: int, flag: str, matter: str, least: str) -> None:
    book = with_matters(small(seed), seed)
    condition = model.Condition(flag=flag)

    def keeps(at: str, facts: Facts) -> bool:
        enough = urgent(book, at, facts) >= URGENCIES.index(least)
        return not holds(condition, facts) or (enough and matter in {p.id for p in shown_on(book, at, facts)})

    said = broken(with_promise(book, {"if": {"flag": flag}, "shows": matter, "urgency_at_least": least}))

    assert bool(said) == (not all(keeps(at, facts) for _, at, facts in every_way(book)))


def test_a_promise_of_any_kind_is_judged_and_told_rightly() -> None:
    tried: Counter[tuple[str, bool]] = Counter()
    for seed in range(300):
        book = with_matters(small(seed), seed)
        promises = promises_of_any_kind(Random(seed), book)
        ways = list(every_way(book))

        said = {message.split("'")[1]: message for message in broken(with_promises(book, promises))}

        for promise in promises:
            is_broken = any(breaks(book, promise, at, facts) for _, at, facts in ways)
            assert (promise.id in said) == is_broken, (seed, promise)
            if is_broken:
                answers, outcome = told_in(said[promise.id])
                walked = Walker(book).walk(answers)
                assert (walked.path, walked.at) == (list(answers), outcome)
                assert breaks(book, promise, walked.at, walked.facts)
                shortest = (
                    len(way) for way, at, facts in ways if at == outcome and breaks(book, promise, at, facts)
                )
                assert len(answers) == min(shortest)
            tried[promise.id, is_broken] += 1
    assert len(tried) == 8
    assert min(tried.values()) > 20, tried


def promises_of_any_kind(random: Random, book: Handbook) -> list[model.Property]:
    kinds: dict[str, dict[str, object]] = {
        "ends": {"ends_flagged": random.choice(FLAGS)},
        "never": {"never_flagged": random.choice(FLAGS)},
        "urgency": {"urgency_at_least": random.choice(URGENCIES)},
        "shows": {"shows": random.choice(["m0", "m1", "m2"])},
    }
    found = []
    for kind, asks in kinds.items():
        asked = random.choice(list(book.questions.values()))
        answer = {"question": asked.id, "answer": random.choice(asked.options).id}
        both = [answer, {"flag": random.choice(FLAGS)}]
        told = random.choice([*both, {"not": answer}, {"all": both}, {"any": both}])
        found.append(a_promise(kind, {"if": told, **asks}))
    return found


def breaks(book: Handbook, promise: model.Property, at: str, facts: Facts) -> bool:
    """Whether the plan at the end of a walk breaks a promise."""
    parts = shown_on(book, at, facts)
    own = book.outcomes[at].flags
    return holds(promise.if_, facts) and bool(
        (promise.ends_flagged and promise.ends_flagged not in own)
        or promise.never_flagged in [*own, *chain.from_iterable(part.flags for part in parts)]
        or (promise.shows and promise.shows not in {part.id for part in parts})
        or urgent(book, at, facts) < URGENCIES.index(promise.urgency_at_least or URGENCIES[0])
    )


def told_in(message: str) -> tuple[Answers, str]:
    """The answers and the outcome of a walk that is told in words."""
    answers = {
        question: [f"a{place}" for place in re.findall(r"Answer (\d+) of", given)]
        for question, given in re.findall(r"'Question (\w+)\?' ([^;]*)", message)
    }
    (outcome,) = re.findall(r"reaches '(\w+)'", message)
    return answers, outcome


def test_a_loss_is_told_by_two_real_walks() -> None:
    told = 0
    for seed in range(300):
        book = with_matters(small(seed), seed)
        # The last, so that ticks of earlier questions are still open when it is asked.
        asked = list(book.questions.values())[-1]
        options = [option.id for option in asked.options]
        rising = model.Rising(question=asked.id, answers=options, keeps=FLAGS[0])
        book = with_promises(book, [a_promise("promise", {"rising": rising})])

        loss = Risks(BitTree(book, walked_graph(book))).first_loss(rising)

        if loss:
            told += 1
            answers = {question: list(chosen) for question, chosen in loss.steps}
            high = Walker(book).walk(answers)
            low = Walker(book).walk({**answers, loss.instead[0]: list(loss.instead[1])})
            assert high.at == loss.outcome
            assert kept_by(book, low) - kept_by(book, high)
    assert told > 50


def test_more_risk_takes_away_nothing_exactly_if_no_way_loses_it() -> None:
    told = 0

    @settings(max_examples=100, deadline=None)
    @given(SEEDS)
    def loses(seed: int) -> None:
        nonlocal told
        book = with_matters(small(seed), seed)
        asked = Random(seed).choice(list(book.questions.values()))
        options = [option.id for option in asked.options]
        said = broken(
            with_promise(book, {"rising": {"question": asked.id, "answers": options, "keeps": FLAGS[0]}})
        )
        told += bool(said)
        assert bool(said) == any(lost(book, asked, options, answers) for answers, _, _ in every_way(book))

    loses()
    assert told, "no tree lost anything, so nothing was tried"


def test_more_risk_leads_to_no_less_urgent_outcome_exactly_if_no_way_does() -> None:
    told = {True: 0, False: 0}
    for seed in range(150):
        book = small(seed)
        # Without parts that are urgent themselves, so that only the outcomes are judged.
        for name, outcome in book.outcomes.items():
            parts = [part.model_copy(update={"urgency": None}) for part in outcome.sections]
            book.outcomes[name] = outcome.model_copy(update={"sections": parts})
        asked = Random(seed).choice(list(book.questions.values()))
        options = [option.id for option in asked.options]

        said = broken(with_promise(book, {"rising": {"question": asked.id, "answers": options}}))

        ranks = ranks_after(book, asked, options)
        assert bool(said) == any(high < low for low, high in ranks), seed
        told[bool(said)] += 1
    assert min(told.values()) > 30, told


def ranks_after(book: Handbook, asked: model.Question, options: list[str]) -> Iterator[tuple[int, int]]:
    """How urgent the outcome is of each walk, and of the same with more risk."""
    walker = Walker(book)
    for answers, at, _ in every_way(book):
        if asked.id not in answers:
            continue
        more = [high for low, high in risks(asked, answers[asked.id], options) if low == answers[asked.id]]
        for high in more:
            for other in completions(book, walker, {**answers, asked.id: high}):
                yield urgency(book, at), urgency(book, walker.walk(other).at)


def lost(book: Handbook, asked: model.Question, options: list[str], answers: Answers) -> bool:
    """Whether a walk has something that the same walk with more risk has not."""
    walker = Walker(book)
    before = kept_by(book, walker.walk(answers))
    return any(
        before - kept_by(book, walker.walk(other))
        for low, high in (risks(asked, answers[asked.id], options) if asked.id in answers else ())
        if low == answers[asked.id]
        for other in completions(book, walker, {**answers, asked.id: high})
    )


def kept_by(book: Handbook, walked: Walk) -> set[tuple[str, str]]:
    """What an answer of more risk must not take from a plan."""
    parts = shown_on(book, walked.at, walked.facts)
    rank = urgency(book, walked.at)
    every = [part for outcome in book.outcomes.values() for part in outcome.sections if part.urgency]
    urgent = {(str(part.id), str(part.urgency)) for part in every}
    shown = {str(part.id) for part in parts}
    return {
        *(("as urgent as", URGENCIES[place]) for place in range(rank + 1)),
        *((matter, "marked") for matter in shown if is_marked(book, matter)),
        *((m, least) for m, least in urgent if m in shown or rank >= URGENCIES.index(least)),
    }


def is_marked(book: Handbook, matter: str) -> bool:
    parts = (part for outcome in book.outcomes.values() for part in outcome.sections)
    return any(part.id == matter and FLAGS[0] in part.flags for part in parts)


def risks(asked: model.Question, given: list[str], options: list[str]) -> list[tuple[list[str], list[str]]]:
    if not asked.takes_many:
        return [([low], [high]) for low, high in pairwise(options)]
    return [(given, [o for o in options if o in (*given, tick)]) for tick in options if tick not in given]


def completions(book: Handbook, walker: Walker, answers: Answers) -> Iterator[Answers]:
    at = walker.walk(answers).at
    if at in book.outcomes:
        yield answers
        return
    for chosen in choices(book.questions[at]):
        yield from completions(book, walker, {**answers, at: chosen})


def urgency(book: Handbook, outcome: str) -> int:
    return URGENCIES.index(book.outcomes[outcome].urgency)


@settings(max_examples=150, deadline=None)
@given(SEEDS, st.data())
def test_kept_answers_always_form_a_valid_path(seed: int, data: st.DataObject) -> None:
    book = small(seed)
    answers, _, _ = data.draw(st.sampled_from(sorted(every_way(book), key=lambda way: str(way[0]))))
    changed = data.draw(st.sampled_from(sorted(answers)))
    chosen = data.draw(st.sampled_from(choices(book.questions[changed])))

    kept, dropped = answer(book, answers, changed, chosen)
    walked = Walker(book).walk(kept)

    assert walked.path == list(kept)
    assert kept[changed] == chosen
    assert set(kept) | set(dropped) == set(answers)
    assert not set(kept) & set(dropped)
    assert all(kept[asked] == answers[asked] for asked in kept if asked != changed)
    # None that still applies is lost: what was dropped is not asked on the way that the answers lead.
    assert not set(Walker(book).walk({**answers, changed: chosen}).path) & set(dropped)


@settings(max_examples=100, deadline=None)
@given(SEEDS, st.data())
def test_what_would_have_changed_it_is_told_truly(seed: int, data: st.DataObject) -> None:
    book = small(seed)
    answers, _, _ = data.draw(st.sampled_from(sorted(every_way(book), key=lambda way: str(way[0]))))

    found = list(changes(book, answers))

    for change in found:
        kept, _ = answer(book, answers, change.question, change.chosen)
        walked = Walker(book).walk(kept)
        assert walked.at == change.to if change.to else walked.at in book.questions
    # Every other answer and every single tick, the last question first.
    others = [
        (asked, chosen)
        for asked in reversed(answers)
        for chosen in single_changes(book.questions[asked], answers[asked])
    ]
    assert [(change.question, change.chosen) for change in found] == others


def single_changes(asked: model.Question, given: list[str]) -> list[list[str]]:
    if not asked.takes_many:
        return [chosen for chosen in choices(asked) if chosen != given]
    ids = [option.id for option in asked.options]
    return [[tick for tick in ids if (tick in given) != (tick == changed)] for changed in ids]


@settings(max_examples=80, deadline=None)
@given(SEEDS, SEEDS)
def test_a_diff_finds_exactly_the_ways_that_end_elsewhere(seed: int, other_seed: int) -> None:
    book = small(seed)
    random = Random(other_seed)
    changed = random.choice(list(book.questions.values()))
    routes = [*changed.next[:-1], model.Route(to=random.choice(list(book.outcomes)))]
    now = type(book)(
        guide=book.guide,
        questions={**book.questions, changed.id: changed.model_copy(update={"next": routes})},
        outcomes=book.outcomes,
        tree=book.tree,
    )
    walker = Walker(now)
    # Ways as sets of answers to all that either tree asks.
    both = {
        str(sorted(all_answers.items())): (at, walker.walk(all_answers).at)
        for answers, at, _ in every_way(book)
        for all_answers in completions(now, walker, answers)
    }
    moved = [ends for ends in both.values() if ends[0] != ends[1]]

    found = tree_diff(book, now)

    assert sum(item.ways for item in found.moved) == len(moved)
    assert {(item.before, item.now) for item in found.moved} == set(moved)
    assert found.ways == len(both)


class Reader:
    """Reads the tree's data as its description says, and knows nothing else of the tree."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.steps = [step[0] for step in (*data["questions"], *data["outcomes"])]
        options = [(asked[0], option[0]) for asked in data["questions"] for option in asked[1]]
        self.facts = {option: number for number, option in enumerate(options, data["flags"] + 1)}

    def holds(self, condition: Any, known: set[int]) -> bool:  # noqa: ANN401 (a nested list)
        if isinstance(condition, int):
            return condition == 0 or ((condition in known) if condition > 0 else (-condition not in known))
        if condition[0] == "!":
            assert len(condition) == 2
            return not self.holds(condition[1], known)
        if condition[0] == "|":
            return any(self.holds(part, known) for part in condition[1:])
        return all(self.holds(part, known) for part in condition)

    def walk(self, answers: Answers) -> tuple[str, list[str]]:
        """Where answers lead, and the sections that are shown there."""
        at, known = 0, set[int]()
        while at < len(self.data["questions"]):
            asked, options, *routes = self.data["questions"][at]
            own = -1
            for option, *told in options:
                if option in answers[asked]:
                    known |= {self.facts[asked, option], *told[1:]}
                    own = told[0] if told and at not in self.data["many"] else own
            at = own if own >= 0 else next(to for condition, to in routes if self.holds(condition, known))
        _, own_sections, *shared = self.data["outcomes"][at - len(self.data["questions"])]
        named = {str(place): condition for place, condition in enumerate(own_sections)}
        for name in shared:
            named |= {f"{name}/{place}": found for place, found in enumerate(self.data["shared"][name])}
        return self.steps[at], [name for name, condition in named.items() if self.holds(condition, known)]


@settings(max_examples=100, deadline=None)
@given(SEEDS)
def test_the_data_for_the_browser_leads_where_the_tree_leads(seed: int) -> None:
    book = with_shared_sections(small(seed))
    reader = Reader(tree_data(book))

    for answers, at, _ in every_way(book):
        assert reader.walk(answers) == (at, sections_of(book, Walker(book).walk(answers)))


def with_shared_sections(book: Handbook) -> Handbook:
    """The tree with what one outcome shows moved into a file that two others share."""
    first, second, third = list(book.outcomes.values())[:3]
    file = "content/decision-tree/shared/alike.yml"
    alike = model.SharedSections(id="alike", file=file, title="Alike", sections=first.sections)
    shared = {"shared": ["alike"]}
    outcomes = {
        **book.outcomes,
        second.id: second.model_copy(update=shared),
        third.id: third.model_copy(update={**shared, "sections": []}),
    }
    return replace(book, outcomes=outcomes, shared={"alike": alike})


def test_the_data_names_outcomes_that_no_result_may_offer() -> None:
    book = small(0)
    assert book.tree
    flags = [flag.model_copy(update={"not_offered": flag.id == "red"}) for flag in book.tree.flags]

    data = tree_data(replace(book, tree=book.tree.model_copy(update={"flags": flags})))

    outcomes = [row[0] for row in data["outcomes"]]
    unoffered = [outcomes[step - len(data["questions"])] for step in data["unoffered"]]
    assert unoffered == [name for name, outcome in book.outcomes.items() if "red" in outcome.flags]


def two_questions(first: str, second: str) -> Handbook:
    """A tree of two questions in this order that ends at o0 only for the answer a0 to both."""
    book = random_tree(Random(0), questions=2, outcomes=2, ticks=0)
    options = [model.Option(id="a0", label="Yes"), model.Option(id="a1", label="No")]
    both = {"all": [{"question": question, "answer": "a0"} for question in ("q0", "q1")]}
    last = [model.Route.model_validate({"if": both, "to": "o0"}), model.Route(to="o1")]
    routes = {first: [model.Route(to=second)], second: last}
    assert book.tree
    return type(book)(
        guide=book.guide,
        questions={
            question: book.questions[question].model_copy(
                update={"options": options, "next": routes[question]}
            )
            for question in (first, second)
        },
        outcomes=book.outcomes,
        tree=book.tree.model_copy(update={"start": first}),
    )


def one_tick_question(*ticks: str) -> Handbook:
    """A tree of one question that takes several answers and ends at o0 whatever is ticked."""
    book = random_tree(Random(0), questions=1, outcomes=1, ticks=1)
    options = [model.Option(id=tick, label=tick) for tick in ticks]
    asked = book.questions["q0"].model_copy(update={"options": options, "next": [model.Route(to="o0")]})
    return type(book)(guide=book.guide, questions={"q0": asked}, outcomes=book.outcomes, tree=book.tree)


def led_by_ticks(reads: str, **asked: list[str]) -> Handbook:
    """A tree of questions in this order that take these ticks; it ends at o0 for one of them, else at o1."""
    book = random_tree(Random(0), questions=2, outcomes=2, ticks=2)
    question, tick = reads.split("/")
    ends: list[dict[str, Any]] = [
        {"if": {"question": question, "answer": tick}, "to": "o0"},
        {"to": "o1"},
    ]
    after = [*([{"to": later}] for later in list(asked)[1:]), ends]
    questions = {
        name: book.questions[name].model_copy(
            update={
                "options": [model.Option(id=option, label=option) for option in options],
                "next": [model.Route.model_validate(route) for route in routes],
            }
        )
        for (name, options), routes in zip(asked.items(), after, strict=True)
    }
    assert book.tree
    tree = book.tree.model_copy(update={"start": next(iter(asked))})
    return type(book)(guide=book.guide, questions=questions, outcomes=book.outcomes, tree=tree)


def test_a_diff_tells_ticks_apart_of_which_each_tree_reads_another() -> None:
    found = tree_diff(led_by_ticks("q0/a2", q0=["a1", "a2"]), led_by_ticks("q0/a1", q0=["a0", "a1", "a2"]))

    moved = [(item.before, item.now, item.ways) for item in found.moved]
    assert (found.ways, moved) == (8, [("o0", "o1", 2), ("o1", "o0", 2)])


def test_a_diff_tells_ticks_apart_that_are_read_where_they_are_asked_later() -> None:
    ticks = ["a0", "a1"]
    found = tree_diff(led_by_ticks("q1/a0", q0=ticks, q1=ticks), led_by_ticks("q0/a0", q1=ticks, q0=ticks))

    moved = [(item.before, item.now, item.ways) for item in found.moved]
    assert (found.ways, moved) == (16, [("o0", "o1", 4), ("o1", "o0", 4)])


def test_a_diff_counts_the_ticks_that_either_tree_has() -> None:
    found = tree_diff(one_tick_question("a0"), one_tick_question("a0", "a1", "a2"))

    assert (found.ways, found.moved) == (8, [])


def test_a_diff_is_not_misled_by_questions_in_another_order() -> None:
    found = tree_diff(two_questions("q0", "q1"), two_questions("q1", "q0"))

    assert (found.ways, found.moved) == (4, [])


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_a_tree_does_not_differ_from_itself(seed: int) -> None:
    book = small(seed)
    side = Side(book)

    ends = SideBySide(side, side).endings(side.start, side.start)

    assert all(one == other for one, other in ends)
    assert sum(ending.ways for ending in ends.values()) == explore(book).paths()


@pytest.mark.content
def test_every_outcome_of_the_real_tree_has_a_plan_for_every_way_there() -> None:
    book = BOOK
    times = [time.id for time in book.guide.times]
    walker = Walker(book)
    for test in book.tree.tests if book.tree else ():
        walked = walker.walk(test.given)
        outcome = book.outcomes[walked.at]
        shown = sections_of(book, walked)
        own = [outcome.sections[int(name)].when for name in shown if "/" not in name]
        assert own, test.says
        if outcome.id.startswith("plan-"):
            assert set(own) == set(times), f"{outcome.id}: {test.says}"


@pytest.mark.content
def test_the_real_tree_covers_the_subject() -> None:
    book = BOOK
    tested = {test.outcome for test in book.tree.tests} if book.tree else set()
    used = set(chain.from_iterable(outcome.disagreements for outcome in book.outcomes.values()))

    assert len(book.questions) >= 35
    assert len(book.outcomes) >= 30
    assert len(explore(book).longest()) <= 12
    assert tested == set(book.outcomes)
    assert len(used) >= 20


@pytest.mark.parametrize("seed", range(3))
def test_a_large_tree_is_proven(seed: int) -> None:
    book = random_tree(Random(seed), questions=120, outcomes=80, ticks=4, options=9)

    assert explore(book).paths() > 10**12
