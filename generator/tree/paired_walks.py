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
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

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
        self._answers: dict[Step, tuple[str | None, Bits]] = {}
        self._after: dict[tuple[State, str | None, Bits], State] = {}

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

    def after(self, state: State, answers: Iterable[tuple[str, ...]]) -> list[State]:
        """Where each of some answers leads, as far as this tree knows them.

        Of those that lead the same way and tell the same of what matters one is followed.
        """
        reads = self.reads(state[0], state)
        found = []
        for chosen in answers:
            direct, told = self._told(state[0], chosen)
            key = (state, direct, told & reads)
            if key not in self._after:
                self._after[key] = self._found_after(*key)
            found.append(self._after[key])
        return found

    def _told(self, question: str, chosen: tuple[str, ...]) -> tuple[str | None, Bits]:
        """Where an answer leads by itself, if it does, and what it makes known."""
        if (question, chosen) not in self._answers:
            asked = self.tree.asked[question]
            options = [option for option in chosen if option in asked.tells]
            is_lost = chosen and not options and not asked.takes_many
            direct = LOST[0] if is_lost else asked.alone(options)
            self._answers[question, chosen] = direct, joined(asked.tells[option] for option in options)
        return self._answers[question, chosen]

    def _found_after(self, state: State, direct: str | None, told: Bits) -> State:
        known = state[1] | told
        to = self.tree.asked[state[0]].route(known, 0)[0] if direct is None else direct
        return (to, self.liveness.of(to, known)) if to else LOST


class _Both(NamedTuple):
    """Where the two walks are, and the answers of one that the other may still be asked for."""

    at: tuple[State, State]
    kept: frozenset[Step] = frozenset()


class _Answers:
    """Answers to a question that could differ for either of two walks, and where they lead."""

    def __init__(self, choices: list[Choice]) -> None:
        self.choices = choices
        self._after: dict[tuple[int, State], list[State]] = {}

    def after(self, place: int, side: Side, state: State) -> list[State]:
        """Where one of the two walks is after each of them."""
        if (place, state) not in self._after:
            self._after[place, state] = side.after(state, (choice.chosen for choice in self.choices))
        return self._after[place, state]


class SideBySide:
    """Two walks with the same answers; what is found once is remembered."""

    def __init__(
        self, one: Side, other: Side, is_settled: Callable[[State, State], bool] | None = None
    ) -> None:
        """With what says of two states, if anything does, that no pair of ends from there matters."""
        self._sides = (one, other)
        self._is_settled = is_settled or (lambda _one, _other: False)
        self._answers_for: dict[tuple[str, Bits, Bits], _Answers] = {}
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
                walked = (*steps, *ending.steps)
                before = found.get(end, Ending(0, walked))
                shortest = min(before.steps, walked, key=len)
                found[end] = Ending(before.ways + ways * ending.ways, shortest)
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
        merged: dict[tuple[State, State, tuple[str, ...]], tuple[int, Step]] = {}
        waits = self._waits(both, question)
        for choice, one, other in self._each_after(both, question):
            key = (one, other, choice.chosen if waits else ())
            before, step = merged.get(key, (0, (question, choice.chosen)))
            merged[key] = (before + choice.ways, step)
        for (one, other, _), (ways, step) in merged.items():
            yield self._kept((one, other), {*both.kept, step} if waits else both.kept), ways, (step,)

    def _waits(self, both: _Both, question: str) -> bool:
        """Whether one of the walks is not asked a question yet and can still come to it."""
        others = [
            (side, state) for side, state in zip(self._sides, both.at, strict=True) if state[0] != question
        ]
        return any(side.can_ask(question, state) for side, state in others)

    def _each_after(self, both: _Both, question: str) -> Iterable[tuple[Choice, State, State]]:
        """The choices that could differ for either walk, each with where both walks are then."""
        one, other = (side.reads(question, state) for side, state in zip(self._sides, both.at, strict=True))
        if (question, one, other) not in self._answers_for:
            self._answers_for[question, one, other] = _Answers(self._choices(question, one, other))
        answers = self._answers_for[question, one, other]
        after = (
            answers.after(place, side, state) if state[0] == question else [state] * len(answers.choices)
            for place, (side, state) in enumerate(zip(self._sides, both.at, strict=True))
        )
        return zip(answers.choices, *after, strict=True)

    def _choices(self, question: str, *reads: Bits) -> list[Choice]:
        """The choices that differ in what one walk reads, or in what the other does.

        An option that only one tree has is among them.
        """
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
            side.after(state, [chosen])[0] if state[0] == question else state
            for side, state in zip(self._sides, both.at, strict=True)
        )
        return self._kept((one, other), {*both.kept, step})

    def _kept(self, at: Ends, answers: Collection[Step]) -> _Both:
        """Both walks with those answers that one of them can still be asked for."""
        kept = {
            answer
            for answer in answers
            if any(side.can_ask(answer[0], state) for side, state in zip(self._sides, at, strict=True))
        }
        return _Both(at, frozenset(kept))
