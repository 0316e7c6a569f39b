"""What an answer that tells of more risk must not take away, over all pairs of walks one answer apart.

Neither the plan's urgency, nor a part that raises it, nor a part with a mark that the promise keeps. Each of
these is judged by itself, since then few facts have to be known at the ends. That is enough: a plan is as
urgent as its outcome or the most urgent of its parts, and none of them is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, product
from typing import TYPE_CHECKING

from guidebook.tree.liveness import Liveness
from guidebook.tree.paired_walks import Side, SideBySide
from guidebook.tree.state_space import choices_of, explored
from guidebook.tree.walk import sections

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from guidebook.content.model.tree import Condition, Rising
    from guidebook.tree.bit_tree import Asked, Bits, BitTree
    from guidebook.tree.state_space import State, Step


Ticks = tuple[str, ...]
"""What is chosen of a question."""


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


class Risks:
    """Pairs of walks of which one gives an answer of more risk; what is found once is remembered."""

    def __init__(self, tree: BitTree) -> None:
        self._tree = tree
        self._pairs: dict[tuple[str, str | None], _Pairs] = {}
        promises = tree.book.tree.properties if tree.book.tree else []
        asked = {promise.rising.question for promise in promises if promise.rising}
        self._before = frozenset(q for q in tree.asked if any(tree.can_reach(q, to) for to in asked))
        """The questions from which somebody can come to one of those that promises are about."""

    def first_loss(self, rising: Rising) -> Loss | None:
        """The first thing found that an answer of more risk takes away; nothing if nothing is lost."""
        losses = (loss for named in self._kept(rising) for loss in self._about(*named).losses(rising))
        return next(losses, None)

    def _kept(self, rising: Rising) -> Iterator[tuple[str, str | None]]:
        """All that must not be lost: the urgency, and matters, some of them for their own urgency only."""
        yield "", None
        parts = [part for file in self._tree.book.planning() for part in file.sections if part.id]
        urgent = {(str(part.id), part.urgency) for part in parts if part.urgency}
        marked = {(str(part.id), None) for part in parts if rising.keeps and rising.keeps in part.flags}
        yield from sorted(urgent | marked, key=str)

    def _about(self, matter: str, urgency: str | None) -> _Pairs:
        if (matter, urgency) not in self._pairs:
            kept = _Matter(self._tree, matter, urgency) if matter else _Rank(self._tree)
            self._pairs[matter, urgency] = _Pairs(self._tree, kept, self._before)
        return self._pairs[matter, urgency]


class _Rank:
    """How urgent outcomes are, which an answer of more risk must not lower."""

    def __init__(self, tree: BitTree) -> None:
        rank = tree.book.guide.urgency_rank
        self._ranks = {outcome.id: rank(outcome.urgency) for outcome in tree.book.outcomes.values()}
        self.read: dict[str, Bits] = {}

    def value(self, end: State) -> int:
        """What an answer of more risk must not lower."""
        return self._ranks[end[0]]

    def foregone(self, outcome: str, _known: Bits, _possible: Bits) -> int | None:
        """The same before the end, if it cannot change by what may still become known."""
        return self._ranks[outcome]

    def is_lost(self, low: int, high: int) -> bool:
        """Whether a walk with less risk and this value has something that the one with more risk has not."""
        return low > high

    def lost(self, end: State) -> str:
        """What the walk with less risk has at its end, in words."""
        return f"it is '{end[0]}', which is more urgent"


class _Matter:
    """Whether plans treat a matter, which an answer of more risk must not take away."""

    def __init__(self, tree: BitTree, matter: str, urgency: str | None) -> None:
        """If the matter is there for its `urgency`, a plan that is as urgent may lack it."""
        self._matter = matter
        book = tree.book
        rank = book.guide.urgency_rank
        outcomes = book.outcomes.values()
        # What is folded is there for those who were not asked: enough to be kept, and nothing to be lost.
        shown: dict[bool, dict[str, list[Condition | None]]] = {
            folded: {
                outcome.id: [
                    part.if_
                    for _, part in sections(book, outcome)
                    if part.id == matter and part.folded == folded
                ]
                for outcome in outcomes
            }
            for folded in (False, True)
        }
        if urgency:
            shown[False].update({o.id: [None] for o in outcomes if rank(o.urgency) >= rank(urgency)})
        read_by = tree.facts.read_by
        self.read = {o.id: read_by([*shown[False][o.id], *shown[True][o.id]]) for o in outcomes}
        self._judges = {
            folded: {outcome: [*map(tree.facts.judge, conditions)] for outcome, conditions in found.items()}
            for folded, found in shown.items()
        }

    def value(self, end: State) -> int:
        """2 if it is treated openly, 1 if only folded, else 0."""
        return self.foregone(end[0], end[1], 0) or 0

    def foregone(self, outcome: str, known: Bits, possible: Bits) -> int | None:
        """The same before the end, if it cannot change by what may still become known."""
        for value, folded in ((2, False), (1, True)):
            shown = [judge(known, possible)[0] for judge in self._judges[folded][outcome]]
            if True in shown:
                return value
            if None in shown:
                return None
        return 0

    def is_lost(self, low: int, high: int) -> bool:
        """Whether a walk with less risk and this value has something that the one with more risk has not."""
        return low == 2 and high == 0  # noqa: PLR2004 (see `value`)

    def lost(self, end: State) -> str:
        """What the walk with less risk has at its end, in words."""
        return f"'{end[0]}' shows the part '{self._matter}', which is lost here"


class _Bounds:
    """The least and the most that something can be at the ends of walks from a state."""

    def __init__(self, side: Side, kept: _Rank | _Matter) -> None:
        self._side = side
        self._kept = kept
        self._known: dict[State, tuple[int, int]] = {}

    def of(self, state: State) -> tuple[int, int]:
        """The least and the most from a state on."""
        waiting = [state]
        while waiting:
            at = waiting[-1]
            if at not in self._known and (value := self._foregone(at)) is not None:
                self._known[at] = value, value
            onward = self._side.onward(at) if at not in self._known else ()
            unknown = [to for to in onward if to not in self._known]
            if unknown:
                waiting.extend(unknown)
                continue
            waiting.pop()
            if at not in self._known:
                self._known[at] = self._joined(at, onward)
        return self._known[state]

    def _foregone(self, at: State) -> int | None:
        """What it is wherever a walk from a state ends, if that can be told without walking."""
        step, known = at
        tree = self._side.tree
        possible = tree.tells.get(step, 0)
        values = {self._kept.foregone(end, known, possible) for end in tree.ends.get(step, ())}
        return values.pop() if len(values) == 1 else None

    def _joined(self, at: State, onward: Collection[State]) -> tuple[int, int]:
        if not onward:
            value = self._kept.value(at)
            return value, value
        found = [self._known[to] for to in onward]
        return min(least for least, _ in found), max(most for _, most in found)


class _Pairs:
    """Pairs of walks that may differ in one thing that is kept."""

    def __init__(self, tree: BitTree, kept: _Rank | _Matter, before: frozenset[str]) -> None:
        """Of answers to some questions; `before` are all from which somebody can come to these."""
        self._tree = tree
        self._kept = kept
        self._side = Side(tree.book, Liveness(tree, kept.read))
        self._found = explored(self._side.liveness, lambda state: state[0] in before)
        self._bounds = _Bounds(self._side, kept)
        self._walks = SideBySide(self._side, self._side, self._is_safe)

    def _is_safe(self, one: State, other: State) -> bool:
        """Whether nothing can be lost any more, wherever the two walks end."""
        return not self._kept.is_lost(self._bounds.of(one)[1], self._bounds.of(other)[0])

    def losses(self, rising: Rising) -> Iterator[Loss]:
        """What an answer of more risk takes away, for each pair of ends."""
        asked = self._tree.asked[rising.question]
        risks: dict[Bits, list[tuple[Ticks, Ticks]]] = {}
        for state, way in self._asked_in(asked.id).items():
            if self._is_safe(state, state):
                continue
            reads = self._side.reads(asked.id, state)
            if reads not in risks:
                risks[reads] = _risks(asked, rising.answers, reads)
            yield from self._losses_from(state, way, risks[reads])

    def _asked_in(self, question: str) -> dict[State, tuple[State, Bits]]:
        """The states in which a question is asked, with all earlier ticks decided.

        With each, a state that was explored, and which of the ticks left open there are taken as set.
        """
        found: dict[State, tuple[State, Bits]] = {}
        for state in self._found.edges:
            ticks = self._tree.facts.closed(state[1])
            for known in self._tree.facts.settled(state[1]) if state[0] == question else ():
                found.setdefault((question, known), (state, known & ticks))
        return found

    def _losses_from(
        self, state: State, way: tuple[State, Bits], risks: list[tuple[Ticks, Ticks]]
    ) -> Iterator[Loss]:
        """What is lost from a state on by each answer that tells of more risk than another.

        With the state that was explored, and the ticks that are taken as set there.
        """
        after = {chosen: self._side.after(state, chosen) for pair in risks for chosen in pair}
        starts = {(after[low], after[high]): (low, high) for low, high in risks}
        for (one, other), (low, high) in starts.items():
            for (lower, higher), ending in self._walks.endings(one, other).items():
                if self._kept.is_lost(self._kept.value(lower), self._kept.value(higher)):
                    steps = [*self._found.answers(*way), (state[0], high), *ending.steps]
                    yield Loss(steps, higher[0], (state[0], low), self._kept.lost(lower))


def _risks(asked: Asked, answers: list[str], reads: Bits) -> list[tuple[Ticks, Ticks]]:
    """Choices of which the second tells of more risk; of those alike in what is read of them, one."""
    if not asked.takes_many:
        return [*pairwise((answer,) for answer in answers)]
    chosen = {choice.facts: choice.chosen for choice in choices_of(asked, reads)}
    more = dict.fromkeys(
        (facts, facts | asked.tells[answer] & reads) for facts, answer in product(chosen, answers)
    )
    return [(chosen[low], chosen[high]) for low, high in more if low != high]
