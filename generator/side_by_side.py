"""Two walks side by side, with the same answers wherever both are asked the same.

The two may be in one tree, one answer apart, or in the tree as it was and as it is. Each pair of ends
that some answers lead to is found exactly, over pairs of states; the number of ways counts sets of
answers to all questions that either walk asks. (A product of two automata. An answer that one walk has
given and the other can still be asked for is remembered until then.)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from generator.states import NOTHING, State, Step, choices_of, routing_facts, targets
from generator.tree import Facts, facts_of, stepper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.handbook import Handbook
    from generator.model import Question

LOST: State = ("", NOTHING)
"""Where a walk is whose tree lacks the question's answer."""
Ends = tuple[str, str]
"""An outcome for each of the two walks."""


@dataclass(frozen=True)
class Ending:
    """How many ways lead to a pair of ends, and one of them."""

    ways: int
    steps: tuple[Step, ...]


class Side:
    """A tree as one of the two walks sees it."""

    def __init__(self, book: Handbook) -> None:
        self.book = book
        self.live = routing_facts(book)
        self._steps = {question.id: stepper(question) for question in book.questions.values()}

    @cached_property
    def reach(self) -> dict[str, frozenset[str]]:
        """For each question those that can be asked from there on, itself included."""
        found: dict[str, frozenset[str]] = {}

        def visit(at: str) -> frozenset[str]:
            if at not in self.book.questions:
                return frozenset()
            if at not in found:
                found[at] = frozenset([at]).union(*map(visit, targets(self.book.questions[at])))
            return found[at]

        for question in self.book.questions:
            visit(question)
        return found

    @property
    def start(self) -> State:
        """The state in which a walk begins."""
        return (self.book.tree.start if self.book.tree else "", NOTHING)

    def asks(self, state: State) -> Question | None:
        """The question that a walk in this state is asked; none at its end."""
        return self.book.questions.get(state[0])

    def can_ask(self, question: str, state: State) -> bool:
        """Whether a walk in this state can still be asked a question."""
        return question in self.reach.get(state[0], ())

    def after(self, state: State, chosen: tuple[str, ...]) -> State:
        """Where these answers lead, as far as this tree knows them."""
        question = self.book.questions[state[0]]
        known_options = [option for option in chosen if any(option == own.id for own in question.options)]
        if chosen and not known_options and not question.takes_many:
            return LOST
        known = state[1] | facts_of(question, known_options)
        onward = self._steps[question.id](known_options, known)
        return (onward, known & self.live[onward]) if onward else LOST


@dataclass(frozen=True)
class _Both:
    """Where two walks are, and the answers that one of them may still be asked for."""

    one: State
    other: State
    kept: frozenset[Step] = frozenset()


class SideBySide:
    """Two walks with the same answers; what is found once is remembered."""

    def __init__(self, one: Side, other: Side) -> None:
        self._one, self._other = one, other
        self._known: dict[_Both, dict[Ends, Ending]] = {}

    def endings(self, one: State, other: State) -> dict[Ends, Ending]:
        """Every pair of ends that walks from these states can reach with the same answers."""
        return self._from(_Both(one, other))

    def _from(self, both: _Both) -> dict[Ends, Ending]:
        if both not in self._known:
            found: dict[Ends, Ending] = {}
            if not self._one.asks(both.one) and not self._other.asks(both.other):
                found[both.one[0], both.other[0]] = Ending(1, ())
            for onward, ways, step in _onward(self._one, self._other, both):
                for end, ending in self._from(onward).items():
                    before = found.get(end, Ending(0, (*step, *ending.steps)))
                    found[end] = Ending(before.ways + ways * ending.ways, before.steps)
            self._known[both] = found
        return self._known[both]


def _onward(one: Side, other: Side, both: _Both) -> Iterator[tuple[_Both, int, tuple[Step, ...]]]:
    """The next pairs of states, each with how many choices lead there and what was answered."""
    kept = dict(both.kept)
    asked_one, asked_other = one.asks(both.one), other.asks(both.other)
    for side, asked in ((0, asked_one), (1, asked_other)):
        if asked and asked.id in kept:
            yield _answered(one, other, both, (asked.id, kept[asked.id]), side=side), 1, ()
            return
    asked = asked_one or asked_other
    if asked is None:
        return
    if asked_one and asked_other and other.can_ask(asked_one.id, both.other):
        asked = asked_other  # It may come to the same question yet.
    merged: dict[_Both, tuple[int, Step]] = {}
    for chosen, ways in _choices(one, other, asked.id):
        onward = _asked(one, other, both, (asked.id, chosen))
        before, step = merged.get(onward, (0, (asked.id, chosen)))
        merged[onward] = (before + ways, step)
    for onward, (ways, step) in merged.items():
        yield onward, ways, (step,)


def _choices(one: Side, other: Side, question: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """The choices that could differ for either walk, and how many real choices each stands for."""
    live: Facts = one.live.get(question, NOTHING) | other.live.get(question, NOTHING)
    own, new = one.book.questions.get(question), other.book.questions.get(question)
    seen = set()
    for found in (own, new):
        for choice in choices_of(found, live) if found else ():
            if choice.chosen not in seen:
                seen.add(choice.chosen)
                yield choice.chosen, choice.ways


def _asked(one: Side, other: Side, both: _Both, step: Step) -> _Both:
    """Both walks after a question: each that is at it has moved on; the other may be asked later."""
    question, chosen = step
    at_one, at_other = both.one[0] == question, both.other[0] == question
    after_one = one.after(both.one, chosen) if at_one else both.one
    after_other = other.after(both.other, chosen) if at_other else both.other
    later = (not at_one and one.can_ask(question, both.one)) or (
        not at_other and other.can_ask(question, both.other)
    )
    kept = both.kept | {step} if later else both.kept
    return _Both(after_one, after_other, _still(one, other, (after_one, after_other), kept))


def _answered(one: Side, other: Side, both: _Both, step: Step, *, side: int) -> _Both:
    """Both walks after one of them was asked what the other has answered before."""
    after_one = one.after(both.one, step[1]) if side == 0 else both.one
    after_other = other.after(both.other, step[1]) if side == 1 else both.other
    return _Both(after_one, after_other, _still(one, other, (after_one, after_other), both.kept - {step}))


def _still(one: Side, other: Side, at: tuple[State, State], kept: frozenset[Step]) -> frozenset[Step]:
    """The answers that may still be asked for."""
    return frozenset(step for step in kept if one.can_ask(step[0], at[0]) or other.can_ask(step[0], at[1]))
