"""What an answer that tells of more risk must not take away, over all pairs of walks one answer apart.

Neither the plan's urgency, nor a part that raises it, nor a part with a mark that the promise keeps. Each of
these is judged by itself, since then few facts have to be known at the ends. That is enough: a plan is as
urgent as its outcome or the most urgent of its parts, and none of them is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product
from typing import TYPE_CHECKING

from guidebook.tree.paired_walks import Side, SideBySide
from guidebook.tree.state_space import atoms, choices_of, explore, settled
from guidebook.tree.walk import holds, sections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidebook.content.handbook import Handbook
    from guidebook.content.model.tree import Condition, Question, Rising
    from guidebook.tree.question_graph import QuestionGraph
    from guidebook.tree.state_space import State, Step
    from guidebook.tree.walk import Facts


@dataclass(frozen=True)
class Loss:
    """Something that is lost by an answer of more risk."""

    steps: list[Step]
    """A walk with that answer."""
    outcome: str
    """Where that walk ends."""
    instead: Step
    """The answer of less risk."""
    lost: str
    """What is lost, in words that follow the answer of less risk."""


def first_loss(book: Handbook, graph: QuestionGraph, rising: Rising) -> Loss | None:
    """The first thing found that an answer of more risk takes away; nothing if nothing is lost."""
    losses = (loss for kept in _kept(book, rising) for loss in _losses(book, graph, rising, kept))
    return next(losses, None)


@dataclass(frozen=True)
class _Rank:
    """How urgent outcomes are, which an answer of more risk must not lower."""

    book: Handbook

    def read(self) -> dict[str, Facts]:
        """What is read of the answers to tell: nothing but the outcome."""
        return {}

    def lost(self, lower: State, higher: State) -> str:
        """What the walk with more risk lacks at its end, in words; nothing if all is well."""
        outcomes, rank = self.book.outcomes, self.book.guide.urgency_rank
        before, after = outcomes[lower[0]], outcomes[higher[0]]
        if rank(before.urgency) <= rank(after.urgency):
            return ""
        return f"it is '{before.id}', which is more urgent"


@dataclass(frozen=True)
class _Kept:
    """A matter that plans treat, which an answer of more risk must not take away."""

    book: Handbook
    matter: str
    urgency: str | None
    """If it is there for its urgency, a plan as urgent may lack it."""

    def read(self) -> dict[str, Facts]:
        """What is read of the answers to tell whether it is shown."""
        return {outcome: atoms(conditions) for outcome, conditions in self._shown.items()}

    def lost(self, lower: State, higher: State) -> str:
        """What the walk with more risk lacks at its end, in words; nothing if all is well."""
        if not self._is_shown(*lower) or self._is_shown(*higher) or self._is_as_urgent(higher[0]):
            return ""
        return f"'{lower[0]}' shows the part '{self.matter}', which is lost here"

    @cached_property
    def _shown(self) -> dict[str, list[Condition | None]]:
        return {
            outcome.id: [part.if_ for _, part in sections(self.book, outcome) if part.id == self.matter]
            for outcome in self.book.outcomes.values()
        }

    def _is_shown(self, outcome: str, facts: Facts) -> bool:
        return any(holds(condition, facts) for condition in self._shown[outcome])

    def _is_as_urgent(self, outcome: str) -> bool:
        rank = self.book.guide.urgency_rank
        return self.urgency is not None and rank(self.book.outcomes[outcome].urgency) >= rank(self.urgency)


def _kept(book: Handbook, rising: Rising) -> Iterator[_Rank | _Kept]:
    """All that must not be lost by an answer of more risk."""
    yield _Rank(book)
    parts = [part for file in book.planning() for part in file.sections if part.id]
    urgent = {(str(part.id), part.urgency) for part in parts if part.urgency}
    marked = {(str(part.id), None) for part in parts if rising.keeps and rising.keeps in part.flags}
    for matter, urgency in sorted(urgent | marked, key=str):
        yield _Kept(book, matter, urgency)


def _losses(book: Handbook, graph: QuestionGraph, rising: Rising, kept: _Rank | _Kept) -> Iterator[Loss]:
    read = kept.read()
    side, question = Side(book, graph, read), book.questions[rising.question]
    walks, found = SideBySide(side, side), explore(book, read, graph)
    states = [(at, known) for at, facts in found.edges if at == question.id for known in settled(facts)]
    for state, (low, high) in product(states, _risks(question, rising.answers, side.live[question.id])):
        ends = walks.endings(side.after(state, low), side.after(state, high))
        for (lower, higher), ending in ends.items():
            if lost := kept.lost(lower, higher):
                steps = [*found.answers(state), (question.id, high), *ending.steps]
                yield Loss(steps, higher[0], (question.id, low), lost)


def _risks(
    question: Question, answers: list[str], live: Facts
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Pairs of choices of which the second tells of more risk; of pairs that are alike later, one."""
    if not question.takes_many:
        yield from (((low,), (high,)) for low, high in pairwise(answers))
        return
    for choice in choices_of(question, live):
        for tick in answers:
            if tick not in choice.chosen:
                more = [option.id for option in question.options if option.id in (*choice.chosen, tick)]
                yield choice.chosen, tuple(more)
