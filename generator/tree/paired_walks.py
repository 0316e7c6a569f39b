"""Two walks side by side, with the same answers wherever both are asked the same.

The two may be in one tree, one answer apart, or in the tree as it was and as it is. Each pair of ends
that some answers lead to is found exactly, over pairs of states; the number of ways counts sets of
answers to all questions that either walk asks. (A product of two automata. An answer that one walk has
given and the other can still be asked for is remembered until then.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guidebook.tree.asked import Choice, ticks
from guidebook.tree.bit_tree import BitTree
from guidebook.tree.fact_bits import joined
from guidebook.tree.liveness import Liveness
from guidebook.tree.state_space import walked_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from guidebook.content.handbook import Handbook
    from guidebook.tree.asked import Asked
    from guidebook.tree.fact_bits import Bits
    from guidebook.tree.state_space import State, Step

LOST: State = ("", 0)
"""The state of a walk that gave an answer which its tree does not have."""
Ends = tuple["State", "State"]
"""An outcome for each of the two walks, with what is read there of the answers."""


class Ending(NamedTuple):
    """How many ways lead to a pair of ends, and one of them."""

    ways: int
    steps: tuple[Step, ...]


class Side:
    """A tree as one of the two walks sees it."""

    def __init__(self, book: Handbook, liveness: Liveness | None = None) -> None:
        """Ends differ by the facts that are read at outcomes, if any.

        Raises LoopError if somebody can be asked a question twice.
        """
        self.liveness = liveness or Liveness(BitTree(book, walked_graph(book)))
        self.tree = self.liveness.tree
        self._after: dict[tuple[State, tuple[str, ...]], State] = {}

    @property
    def start(self) -> State:
        """The state in which a walk begins."""
        return (self.tree.book.tree.start if self.tree.book.tree else "", 0)

    def asks(self, state: State) -> Asked | None:
        """The question that a walk in this state is asked; none at its end."""
        return self.tree.asked.get(state[0])

    def can_ask(self, question: str, state: State) -> bool:
        """Whether a walk in this state can still be asked a question."""
        return self.tree.can_reach(state[0], question)

    def tells(self, question: str) -> Mapping[str, Bits]:
        """What each option of a question makes known; nothing if this tree does not have it."""
        return self.tree.asked[question].tells if question in self.tree.asked else {}

    def reads(self, question: str, state: State) -> Bits:
        """What the answer to a question can make known that still matters for a walk in this state."""
        at, known = state
        if not self.can_ask(question, state):
            return 0
        live = (
            self.liveness.outlook(at, known).facts & ~known
            if at == question
            else self.liveness.written[question]
        )
        return live & self.tree.asked[question].told

    def after(self, state: State, chosen: tuple[str, ...]) -> State:
        """Where these answers lead, as far as this tree knows them."""
        if (state, chosen) not in self._after:
            self._after[state, chosen] = self._found_after(state, chosen)
        return self._after[state, chosen]

    def _found_after(self, state: State, chosen: tuple[str, ...]) -> State:
        asked = self.tree.asked[state[0]]
        options = [option for option in chosen if option in asked.tells]
        if chosen and not options and not asked.takes_many:
            return LOST
        known = state[1] | joined(asked.tells[option] for option in options)
        onward = asked.alone(options) or asked.route(known, 0)[0]
        return (onward, self.liveness.of(onward, known)) if onward else LOST


class _Both(NamedTuple):
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
        self._choices_for: dict[tuple[str, Bits, Bits], list[Choice]] = {}
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

    def _asked(self, both: _Both) -> list[Asked]:
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
        for choice in self._choices(both, question):
            onward = self._after(both, (question, choice.chosen))
            before, step = merged.get(onward, (0, (question, choice.chosen)))
            merged[onward] = (before + choice.ways, step)
        for onward, (ways, step) in merged.items():
            yield onward, ways, (step,)

    def _choices(self, both: _Both, question: str) -> list[Choice]:
        """The choices that could differ for either walk; an option that only one tree has is among them."""
        one, other = (side.reads(question, state) for side, state in zip(self._sides, both.at, strict=True))
        if (question, one, other) not in self._choices_for:
            self._choices_for[question, one, other] = self._choices_that_tell(question, one, other)
        return self._choices_for[question, one, other]

    def _choices_that_tell(self, question: str, *reads: Bits) -> list[Choice]:
        """The choices that differ in what one walk reads, or in what the other does."""
        found = [side.tree.asked[question] for side in self._sides if question in side.tree.asked]
        options = dict.fromkeys(option for asked in reversed(found) for option in asked.tells)
        if not found[0].takes_many:
            return [Choice((option,), 1, 0) for option in options]
        one, other = (side.tells(question) for side in self._sides)
        # The facts of two trees have bits of their own: side by side, none stands for two facts.
        beside = self._sides[0].tree.facts.count
        tells = {
            option: one.get(option, 0) & reads[0] | (other.get(option, 0) & reads[1]) << beside
            for option in options
        }
        return ticks(tells)

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
