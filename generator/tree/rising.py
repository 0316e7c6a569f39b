"""What an answer that tells of more risk must not take away, over all pairs of walks one answer apart.

Neither the plan's urgency, nor a part that raises it, nor a part with a mark that the promise keeps. Each of
these is judged by itself, since then few facts have to be known at the ends. That is enough: a plan is as
urgent as its outcome or the most urgent of its parts, and none of them is lost.

The urgency of outcomes is judged first, and what follows from it need not be judged again: a part that raises
the urgency may be lost to a plan that is as urgent, but a plan that is as urgent never loses that.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain, pairwise, product
from typing import TYPE_CHECKING

from guidebook.tree.fact_bits import joined
from guidebook.tree.liveness import Liveness, Outlook
from guidebook.tree.paired_walks import Side, SideBySide
from guidebook.tree.state_space import explored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidebook.content.model.tree import Rising
    from guidebook.tree.asked import Asked
    from guidebook.tree.bit_tree import BitTree
    from guidebook.tree.fact_bits import Bits, Clause
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
        """The first thing found that an answer of more risk takes away, told by its shortest walk.

        Nothing if nothing is lost.
        """
        for named in self._kept(rising):
            losses = self._about(*named).losses(rising)
            shortest = min(losses, key=lambda loss: len(loss.steps), default=None)
            if shortest:
                return shortest
        return None

    def _kept(self, rising: Rising) -> Iterator[tuple[str, str | None]]:
        """All that must not be lost: the urgency, and matters, some of them for their own urgency only.

        A matter that is not lost at all is not lost for its urgency either.
        """
        yield "", None
        parts = [part for file in self._tree.book.planning() for part in file.sections if part.id]
        marked = {str(part.id) for part in parts if rising.keeps and rising.keeps in part.flags}
        urgent = {(str(part.id), part.urgency) for part in parts if part.urgency and part.id not in marked}
        yield from sorted([*urgent, *((matter, None) for matter in marked)], key=str)

    def _about(self, matter: str, urgency: str | None) -> _Pairs:
        if (matter, urgency) not in self._pairs:
            kept = _Matter(self._tree, matter, urgency) if matter else _Rank(self._tree)
            self._pairs[matter, urgency] = _Pairs(self._tree, kept, self._before)
        return self._pairs[matter, urgency]


class _Rank:
    """How urgent outcomes are, which an answer of more risk must not lower. Values are ranks of urgency."""

    def __init__(self, tree: BitTree) -> None:
        rank = tree.book.guide.urgency_rank
        outcomes = tree.book.outcomes.values()
        self._values = [(tree.step_bits[o.id], 1 << rank(o.urgency)) for o in outcomes]
        self.read: dict[str, Bits] = {}

    def outlook(self, outcomes: int, _known: Bits, _possible: Bits) -> Outlook:
        """How urgent an outcome is, whatever is known; see `Ends`."""
        return Outlook(joined(value for bits, value in self._values if bits & outcomes), 0)

    def is_lost(self, low: int, high: int) -> bool:
        """Whether the walk of less risk can have something by its values that the other can be without."""
        least = high & -high
        return low.bit_length() > least.bit_length()

    def lost(self, outcome: str) -> str:
        """What the walk with less risk has at its end, in words."""
        return f"it is '{outcome}', which is more urgent"


OPENLY, FOLDED, NOT_TREATED = 4, 2, 1


class _Matter:
    """Whether plans treat a matter, which an answer of more risk must not take away."""

    def __init__(self, tree: BitTree, matter: str, urgency: str | None) -> None:
        """If the matter is there for its `urgency`, a plan that is as urgent may lack it.

        Such a plan keeps the matter, and has nothing to lose: its urgency is judged apart.
        """
        self._matter = matter
        rank, always = tree.book.guide.urgency_rank, tree.facts.clause(None)
        alike: dict[tuple[tuple[Clause, ...], ...], list[str]] = defaultdict(list)
        self.read: dict[str, Bits] = {}
        for outcome in tree.book.outcomes.values():
            parts = [(part.folded, clause) for part, clause in tree.parts[outcome.id] if part.id == matter]
            shown = tuple(clause for folded, clause in parts if not folded)
            # What is folded is there for those who were not asked: enough to be kept, and nothing to be lost.
            folded = tuple(clause for folded, clause in parts if folded)
            if urgency and rank(outcome.urgency) >= rank(urgency):
                shown, folded = (), (always,)
            alike[shown, folded].append(outcome.id)
            self.read[outcome.id] = joined(clause.reads for clause in (*shown, *folded))
        any_of = tree.facts.any_of
        self._judges = [
            (tree.steps(outcomes), [any_of(clause.judge for clause in clauses) for clauses in treated])
            for treated, outcomes in alike.items()
        ]

    def outlook(self, outcomes: int, known: Bits, possible: Bits) -> Outlook:
        """How an outcome can treat the matter; see `Ends`."""
        values = facts = 0
        for alike, judges in self._judges:
            if not alike & outcomes:
                continue
            for value, judge in zip((OPENLY, FOLDED), judges, strict=True):
                holds, matter = judge(known, possible)
                facts |= matter
                if holds is not False:
                    values |= value
                if holds:
                    break
            else:
                values |= NOT_TREATED
        return Outlook(values, facts)

    def is_lost(self, low: int, high: int) -> bool:
        """Whether the walk of less risk can have something by its values that the other can be without."""
        return bool(low & OPENLY and high & NOT_TREATED)

    def lost(self, outcome: str) -> str:
        """What the walk with less risk has at its end, in words."""
        return f"'{outcome}' shows the part '{self._matter}', which is lost here"


class _Pairs:
    """Pairs of walks that may differ in one thing that is kept."""

    def __init__(self, tree: BitTree, kept: _Rank | _Matter, before: frozenset[str]) -> None:
        """Of answers to some questions; `before` are all from which somebody can come to these."""
        self._tree = tree
        self._kept = kept
        self._liveness = Liveness(tree, kept)
        self._found = explored(
            self._liveness, lambda state: state[0] in before and self._can_lose(state, state)
        )
        self._side = Side(tree.book, self._liveness)
        self._walks = SideBySide(self._side, self._side, self._is_settled)

    def _can_lose(self, low: State, high: State) -> bool:
        """Whether two walks from these states may end so that the second lacks what the first has."""
        outlook = self._liveness.outlook
        return self._kept.is_lost(outlook(*low).values, outlook(*high).values)

    def _is_settled(self, low: State, high: State) -> bool:
        """Whether nothing can be lost any more; walks in the same state go on alike."""
        return low == high or not self._can_lose(low, high)

    def losses(self, rising: Rising) -> Iterator[Loss]:
        """What an answer of more risk takes away, for each pair of ends."""
        asked = self._tree.asked[rising.question]
        risks: dict[Bits, list[tuple[Ticks, Ticks]]] = {}
        for state, way in self._asked_in(asked.id).items():
            reads = self._side.reads(asked.id, state)
            if reads not in risks:
                risks[reads] = _risks(asked, rising.answers, reads)
            yield from self._losses_from(state, way, risks[reads])

    def _asked_in(self, question: str) -> dict[State, tuple[State, Bits]]:
        """The states in which the answer to a question can lose something, with all earlier ticks decided.

        With each, a state that was explored, and which of the ticks left open there are taken as set.
        """
        found: dict[State, tuple[State, Bits]] = {}
        for state in self._found.edges:
            if state[0] != question or not self._can_lose(state, state):
                continue
            ticks = self._tree.facts.closed(state[1])
            for known in self._tree.facts.settled(state[1]):
                found.setdefault((question, self._liveness.of(question, known)), (state, known & ticks))
        return found

    def _losses_from(
        self, state: State, way: tuple[State, Bits], risks: list[tuple[Ticks, Ticks]]
    ) -> Iterator[Loss]:
        """What is lost from a state on by each answer that tells of more risk than another.

        With the state that was explored, and the ticks that are taken as set there.
        """
        chosen = dict.fromkeys(chain.from_iterable(risks))
        after = dict(zip(chosen, self._side.after(state, chosen), strict=True))
        starts = {(after[low], after[high]): (low, high) for low, high in risks}
        for (one, other), (low, high) in starts.items():
            for (lower, higher), ending in self._walks.endings(one, other).items():
                if self._can_lose(lower, higher):
                    steps = [*self._found.answers(*way), (state[0], high), *ending.steps]
                    yield Loss(steps, higher[0], (state[0], low), self._kept.lost(lower[0]))


def _risks(asked: Asked, answers: list[str], reads: Bits) -> list[tuple[Ticks, Ticks]]:
    """Choices of which the second tells of more risk; of those alike in what is read of them, one."""
    if not asked.takes_many:
        return [*pairwise((answer,) for answer in answers)]
    chosen = {choice.facts: choice.chosen for choice in asked.choices(reads)}
    more = dict.fromkeys(
        (facts, facts | asked.tells[answer] & reads) for facts, answer in product(chosen, answers)
    )
    return [(chosen[low], chosen[high]) for low, high in more if low != high]
