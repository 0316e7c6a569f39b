"""Conditions on bits say what the same conditions say of facts by name."""

from __future__ import annotations

from itertools import combinations
from random import Random
from typing import TYPE_CHECKING, Any

from random_trees import random_tree

from guidebook.content import model
from guidebook.tree.bit_tree import BitTree
from guidebook.tree.question_graph import question_graph
from guidebook.tree.walk import holds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidebook.tree.walk import Fact

BOOK = random_tree(Random(0), questions=3, outcomes=2, ticks=1)
FACTS = BitTree(BOOK, question_graph(BOOK)).facts
TOLD: list[Fact] = [("q0", "a0"), ("q0", "a1"), ("q1", "a0"), ("q1", "a1"), ("q2", "a0")]
NEVER_TOLD: Fact = ("q2", "never-offered")


def test_facts_are_named_as_they_were_given() -> None:
    assert FACTS.named(FACTS.of([*TOLD[::-1], NEVER_TOLD])) == TOLD
    assert FACTS.named(FACTS.opened(FACTS.of(TOLD))) == []


def test_open_ticks_are_settled_in_every_way() -> None:
    known, *ticks = (FACTS.of([fact]) for fact in TOLD)

    found = list(FACTS.settled(known | FACTS.opened(sum(ticks))))

    assert sorted(found) == sorted(known + sum(some) for some in subsets(ticks))
    assert list(FACTS.settled(known)) == [known]


def test_a_condition_is_judged_by_no_more_than_what_matters_for_it() -> None:
    judged = {True: 0, False: 0, None: 0}
    for seed in range(2000):
        random = Random(seed)
        condition = model.Condition.model_validate(any_condition(random))
        known = [fact for fact in TOLD if random.random() < 0.3]
        possible = [fact for fact in TOLD if fact not in known and random.random() < 0.5]

        verdict, matter = FACTS.judge(condition)(FACTS.of(known), FACTS.of(possible))

        judged[verdict] += 1
        for more in subsets(possible):
            facts = [*known, *more]
            is_so = holds(condition, frozenset(facts))
            assert verdict in (None, is_so)
            # What does not matter may be forgotten.
            assert holds(condition, frozenset(FACTS.named(FACTS.of(facts) & matter))) == is_so
        for bit in (FACTS.of([fact]) for fact in possible):
            assert bool(matter & bit) == bool(matter & FACTS.opened(bit))
    assert min(judged.values()) > 200, judged


def subsets(items: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    listed = list(items)
    return (some for count in range(len(listed) + 1) for some in combinations(listed, count))


def any_condition(random: Random, depth: int = 3) -> dict[str, Any]:
    kind = random.choice(["all", "any", "not", "atom"]) if depth else "atom"
    if kind == "not":
        return {"not": any_condition(random, depth - 1)}
    if kind != "atom":
        return {kind: [any_condition(random, depth - 1) for _ in range(random.randint(1, 3))]}
    question, answer = random.choice([*TOLD, NEVER_TOLD])
    return {"question": question, "answer": answer}
