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

from guidebook.tree.liveness import NOTHING, Liveness
from guidebook.tree.state_space import Choice, State, Step, choices_of, walked_graph
from guidebook.tree.walk import facts_of, stepper

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from guidebook.content.handbook import Handbook
    from guidebook.content.model.tree import Question
    from guidebook.tree.question_graph import QuestionGraph
    from guidebook.tree.walk import Facts

LOST: State = ("", NOTHING)
"""The state of a walk that gave an answer which its tree does not have."""
Ends = tuple[State, State]
"""An outcome for each of the two walks, with what is read there of the answers."""


@dataclass(frozen=True)
class Ending:
    """How many ways lead to a pair of ends, and one of them."""

    ways: int
    steps: tuple[Step, ...]


class Side:
    """A tree as one of the two walks sees it."""

    def __init__(
        self, book: Handbook, graph: QuestionGraph | None = None, read: Mapping[str, Facts] | None = None
    ) -> None:
        """Ends differ by the facts that are `read` at outcomes, if any.

        Raises LoopError if somebody can be asked a question twice.
        """
        self.book = book
        self._graph = graph or walked_graph(book)
        self.liveness = Liveness(book, self._graph, read or {})
        self.live = self.liveness.written
        """For each step the facts that are read from there on, whatever is known."""
        self._steps = {question.id: stepper(question) for question in book.questions.values()}
        self._told = {
            question.id: {option.id: facts_of(question, [option.id]) for option in question.options}
            for question in book.questions.values()
        }
        self._choices = {q.id: choices_of(q, self.live[q.id]) for q in book.questions.values()}

    @cached_property
    def reach(self) -> dict[str, frozenset[str]]:
        """For each question those that can be asked from there on, itself included."""
        return self._graph.gathered({question: frozenset([question]) for question in self.book.questions})

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

    def onward(self, state: State) -> Collection[State]:
        """The states in which a walk can be after the next answer; none at its end."""
        choices = self._choices.get(state[0], ())
        return dict.fromkeys(self.after(state, choice.chosen) for choice in choices)

    def after(self, state: State, chosen: tuple[str, ...]) -> State:
        """Where these answers lead, as far as this tree knows them."""
        told = self._told[state[0]]
        known_options = [option for option in chosen if option in told]
        if chosen and not known_options and not self.book.questions[state[0]].takes_many:
            return LOST
        known = state[1].union(*(told[option] for option in known_options))
        onward = self._steps[state[0]](known_options, known)
        return (onward, self.liveness.of(onward, known)) if onward else LOST


@dataclass(frozen=True)
class _Both:
    """Where the two walks are, and the answers of one that the other may still be asked for."""

    at: tuple[State, State]
    kept: frozenset[Step] = frozenset()


class SideBySide:
    """Two walks with the same answers; what is found once is remembered."""

    def __init__(
        self, one: Side, other: Side, is_settled: Callable[[State, State], bool] | None = None
    ) -> None:
        """With what says of two states, if anything does, that no pair of ends from there matters."""
        self._sides = (one, other)
        self._is_settled = is_settled or (lambda _one, _other: False)
        self._known: dict[_Both, dict[Ends, Ending]] = {}

    def endings(self, one: State, other: State) -> dict[Ends, Ending]:
        """Every pair of ends that walks from these states can reach with the same answers."""
        return self._from(_Both((one, other)))

    def _from(self, both: _Both) -> dict[Ends, Ending]:
        if both not in self._known:
            self._known[both] = {} if self._is_settled(*both.at) else self._found(both)
        return self._known[both]

    def _found(self, both: _Both) -> dict[Ends, Ending]:
        question = self._next(both)
        found = {} if question else {both.at: Ending(1, ())}
        for onward, ways, steps in self._led(both, question) if question else ():
            for end, ending in self._from(onward).items():
                before = found.get(end, Ending(0, (*steps, *ending.steps)))
                found[end] = Ending(before.ways + ways * ending.ways, before.steps)
        return found

    def _next(self, both: _Both) -> str:
        """The question to answer next; if there is a choice, one that the other walk cannot come to yet."""
        asked = [question.id for question in self._asked(both)]
        other = self._sides[1]
        if len(asked) == 2 and other.can_ask(asked[0], both.at[1]):  # noqa: PLR2004 (two walks)
            return asked[1]
        return asked[0] if asked else ""

    def _asked(self, both: _Both) -> list[Question]:
        found = (side.asks(state) for side, state in zip(self._sides, both.at, strict=True))
        return [question for question in found if question]

    def _led(self, both: _Both, question: str) -> Iterator[tuple[_Both, int, tuple[Step, ...]]]:
        """The next pairs of states, each with how many choices lead there and what was newly answered."""
        asked = {question.id for question in self._asked(both)}
        answered = next((step for step in both.kept if step[0] in asked), None)
        if answered:
            yield self._after(both, answered), 1, ()
            return
        merged: dict[_Both, tuple[int, Step]] = {}
        for choice in self._choices(question):
            onward = self._after(both, (question, choice.chosen))
            before, step = merged.get(onward, (0, (question, choice.chosen)))
            merged[onward] = (before + choice.ways, step)
        for onward, (ways, step) in merged.items():
            yield onward, ways, (step,)

    def _choices(self, question: str) -> list[Choice]:
        """The choices that could differ for either walk; an option that only one tree has is among them."""
        found = [side.book.questions[question] for side in self._sides if question in side.book.questions]
        options = {option.id: option for asked in reversed(found) for option in asked.options}
        live = frozenset().union(*(side.live.get(question, NOTHING) for side in self._sides))
        return choices_of(found[0].model_copy(update={"options": list(options.values())}), live)

    def _after(self, both: _Both, step: Step) -> _Both:
        """Both walks after an answer: each that was at its question has moved on."""
        question, chosen = step
        one, other = (
            side.after(state, chosen) if state[0] == question else state
            for side, state in zip(self._sides, both.at, strict=True)
        )
        at = (one, other)
        kept = {
            answer
            for answer in {*both.kept, step}
            if any(side.can_ask(answer[0], state) for side, state in zip(self._sides, at, strict=True))
        }
        return _Both(at, frozenset(kept))
