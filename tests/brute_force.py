"""Every way through a decision tree, tried one by one: what the proofs are compared with."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from guidebook.tree.walk import facts_of, stepper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidebook.content import model
    from guidebook.content.handbook import Handbook
    from guidebook.tree.walk import Answers, Facts


def choices(question: model.Question) -> list[list[str]]:
    """Every way to answer a question."""
    options = [option.id for option in question.options]
    if not question.takes_many:
        return [[option] for option in options]
    return [list(chosen) for n in range(len(options) + 1) for chosen in combinations(options, n)]


def every_walk(book: Handbook) -> Iterator[tuple[Answers, str, Facts]]:
    """Each walk to an outcome or to a question asked before: the answers, where it ends, what is known."""
    steps = {question.id: stepper(question) for question in book.questions.values()}
    waiting: list[tuple[Answers, str, Facts]] = [({}, book.tree.start if book.tree else "", frozenset())]
    while waiting:
        answers, at, facts = waiting.pop()
        if at in book.outcomes or at in answers:
            yield answers, at, facts
            continue
        for chosen in choices(book.questions[at]):
            known = facts | facts_of(book.questions[at], chosen)
            waiting.append(({**answers, at: chosen}, str(steps[at](chosen, known)), known))


def loops(book: Handbook) -> set[str]:
    """The questions that somebody can be asked twice."""
    return {at for answers, at, _ in every_walk(book) if at in answers}
