"""What a proof calculates with: facts as bits of one number, conditions as functions of them.

A proof joins, cuts and compares what is known some million times, which costs next to nothing with the bits
of an integer. Facts have names where content is read and where walks are told; this is the border of both.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from guidebook.tree.walk import fact_of, facts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidebook.content.handbook import Handbook
    from guidebook.content.model.tree import Condition
    from guidebook.tree.walk import Fact

Bits = int
"""Facts: a bit for each that is known, and another for each tick that is left open (see `state_space`)."""
Judged = tuple[bool | None, Bits]
"""Whether a condition holds whatever becomes known (none: that is open), and the facts that matter for it."""
Judge = Callable[[Bits, Bits], Judged]
"""A condition as a function of what is known, and of what may still become known."""
Found = TypeVar("Found")
Judging = Callable[[Bits, Bits], tuple[Found | None, Bits]]
"""The same for whatever is found by it."""


class Clause(NamedTuple):
    """A condition made ready."""

    judge: Judge
    reads: Bits
    """The facts that it reads."""


class FactBits:
    """The bits of the facts that answers make known. A fact that no answer makes known has none."""

    def __init__(self, book: Handbook) -> None:
        told = (facts_of(q, [option.id for option in q.options]) for q in book.questions.values())
        # In a fixed order, with flags before answers.
        self._facts = sorted(frozenset(chain.from_iterable(told)))
        self._bits = {fact: 1 << place for place, fact in enumerate(self._facts)}
        self.count = len(self._facts)
        self._clauses: dict[str, Clause] = {}
        self._none_of: dict[tuple[Clause, ...], Clause] = {}

    def of(self, facts: Iterable[Fact]) -> Bits:
        """The bits of facts that are known."""
        found = 0
        for fact in facts:
            found |= self._bits.get(fact, 0)
        return found

    def named(self, known: Bits) -> list[Fact]:
        """The facts that are known, open ticks left out."""
        return [fact for place, fact in enumerate(self._facts) if known >> place & 1]

    def opened(self, ticks: Bits) -> Bits:
        """That ticks have been offered and nothing has asked yet if they were set."""
        return ticks << self.count

    def closed(self, known: Bits) -> Bits:
        """The ticks that are open, as facts that may be known."""
        return known >> self.count

    def with_open(self, facts: Bits) -> Bits:
        """Facts, known or open."""
        return facts | facts << self.count

    def settled(self, known: Bits) -> Iterator[Bits]:
        """What is known with every open tick set or not set."""
        ticks = self.closed(known)
        known &= ~self.opened(ticks)
        some = 0
        while True:
            yield known | some
            # The next subset as numbers count; after all of them there is none.
            some = (some - ticks) & ticks
            if not some:
                return

    def split(self, judge: Judging[Found], known: Bits) -> Iterator[tuple[Found | None, Bits, Bits]]:
        """What is judged, for each way of setting the open ticks on which it depends, and which are set."""
        waiting = [(known, 0)]
        while waiting:
            known, decided = waiting.pop()
            found, matter = judge(known, self.closed(known))
            waits = self.closed(known & matter) if found is None else 0
            if waits:
                tick = waits & -waits
                unset = known & ~self.opened(tick)
                waiting += [(unset | tick, decided | tick), (unset, decided)]
            else:
                yield found, known, decided

    def ticks_with(self, judge: Judge, known: Bits) -> Bits | None:
        """Open ticks that, taken as set, make a condition hold; nothing if none do."""
        return next((decided for holds, _, decided in self.split(judge, known) if holds), None)

    def read_by(self, conditions: Iterable[Condition | None]) -> Bits:
        """The facts that conditions read."""
        return self.of(fact_of(atom) for condition in conditions if condition for atom in condition.atoms())

    def clause(self, condition: Condition | None) -> Clause:
        """A condition made ready, once for all conditions that say the same."""
        said = condition.model_dump_json() if condition else ""
        if said not in self._clauses:
            self._clauses[said] = Clause(self.judge(condition), self.read_by([condition]))
        return self._clauses[said]

    def none_of(self, clauses: tuple[Clause, ...]) -> Clause:
        """That none of some conditions holds, once for the same ones."""
        if clauses not in self._none_of:
            some = self.any_of(clause.judge for clause in clauses)
            reads = joined(clause.reads for clause in clauses)
            self._none_of[clauses] = Clause(lambda known, possible: _opposite(some(known, possible)), reads)
        return self._none_of[clauses]

    def judge(self, condition: Condition | None) -> Judge:
        """A condition as a function that says as early as it can be said whether it holds."""
        if condition is None:
            return lambda _known, _possible: (True, 0)
        if condition.not_:
            part = self.judge(condition.not_)
            return lambda known, possible: _opposite(part(known, possible))
        parts = condition.parts or [condition]
        atoms = [self.of([fact_of(part)]) for part in parts if not part.parts]
        others = [self.judge(part) for part in parts if part.parts]
        if not condition.all:
            return self.any_of(others, joined(atoms))
        return self.all_of(others, joined(atoms)) if all(atoms) else lambda _known, _possible: (False, 0)

    def any_of(self, judges: Iterable[Judge], facts: Bits = 0) -> Judge:
        """That one of some facts is known, or one of some conditions holds."""
        others = [*judges]

        def judge(known: Bits, possible: Bits) -> Judged:
            if found := known & facts:
                return True, found & -found
            waits = possible & facts
            holds, matter = None if waits else False, self.with_open(waits)
            for other in others:
                judged, read = other(known, possible)
                if judged:
                    return True, read
                holds, matter = None if judged is None else holds, matter | read
            return holds, matter

        return judge

    def all_of(self, judges: Iterable[Judge], facts: Bits = 0) -> Judge:
        """That all of some facts are known, and all of some conditions hold."""
        others = [*judges]

        def judge(known: Bits, possible: Bits) -> Judged:
            waits = facts & ~known
            if waits & ~possible:
                return False, 0
            holds, matter = None if waits else True, facts | self.opened(waits)
            for other in others:
                judged, read = other(known, possible)
                if judged is False:
                    return False, read
                holds, matter = None if judged is None else holds, matter | read
            return holds, matter

        return judge


def _opposite(judged: Judged) -> Judged:
    holds, facts = judged
    return (None if holds is None else not holds), facts


def joined(facts: Iterable[Bits]) -> Bits:
    """All of some facts."""
    found = 0
    for some in facts:
        found |= some
    return found
