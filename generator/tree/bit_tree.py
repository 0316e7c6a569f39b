"""A decision tree made ready to be proven: facts as bits of one number, conditions as functions of them.

A proof joins, cuts and compares what is known some million times, which costs next to nothing with the bits
of an integer. Facts have names where content is read and where walks are told; this is the border of both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from guidebook.tree.walk import fact_of, facts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from guidebook.content.handbook import Handbook
    from guidebook.content.model.tree import Condition, Question
    from guidebook.tree.question_graph import QuestionGraph
    from guidebook.tree.walk import Fact

Bits = int
"""Facts: a bit for each that is known, and another for each tick that is left open (see `state_space`)."""
Judged = tuple[bool | None, Bits]
"""Whether a condition holds whatever becomes known (none: that is open), and the facts that matter for it."""
Judge = Callable[[Bits, Bits], Judged]
"""A condition as a function of what is known, and of what may still become known."""


class FactBits:
    """The bits of the facts that answers make known. A fact that no answer makes known has none."""

    def __init__(self, book: Handbook) -> None:
        told = (facts_of(q, [option.id for option in q.options]) for q in book.questions.values())
        # In a fixed order, with flags before answers.
        self._facts = sorted(frozenset(chain.from_iterable(told)))
        self._bits = {fact: 1 << place for place, fact in enumerate(self._facts)}
        self.count = len(self._facts)

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

    def read_by(self, conditions: Iterable[Condition | None]) -> Bits:
        """The facts that conditions read."""
        return self.of(fact_of(atom) for condition in conditions if condition for atom in condition.atoms())

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


class Asked:
    """A question made ready: what each option makes known, and where answers lead."""

    def __init__(self, question: Question, facts: FactBits) -> None:
        self.id = question.id
        self.takes_many = question.takes_many
        self.tells = {option.id: facts.of(facts_of(question, [option.id])) for option in question.options}
        """For each option what it makes known."""
        self.own = {option.id: facts.of([(question.id, option.id)]) for option in question.options}
        """For each option that it was chosen."""
        self.told = joined(self.tells.values())
        """What it can make known."""
        self.leads = {o.id: o.next for o in question.options if o.next and not question.takes_many}
        """Where an option alone leads."""
        self.routes = [(facts.judge(route.if_), route.to) for route in question.next]
        """Where it leads else, in the order in which that is tried."""
        self.reads = facts.read_by(route.if_ for route in question.next)
        """What its routes read."""

    def alone(self, chosen: Iterable[str]) -> str | None:
        """Where an option among those chosen leads by itself, if one does."""
        return next((self.leads[option] for option in chosen if option in self.leads), None)

    def route(self, known: Bits, possible: Bits) -> tuple[str | None, Bits]:
        """Where its routes lead; if nowhere, the facts on which that depends, none if it is so anyway."""
        for judge, to in self.routes:
            holds, facts = judge(known, possible)
            if holds:
                return to, 0
            if holds is None:
                return None, facts
        return None, 0


@dataclass(frozen=True)
class BitTree:
    """A tree made ready: what its questions tell and read, and what lies ahead of each as it is written."""

    book: Handbook
    graph: QuestionGraph
    """What each question can lead to, with the ways round that somebody walks."""

    @cached_property
    def facts(self) -> FactBits:
        """The numbers of its facts."""
        return FactBits(self.book)

    @cached_property
    def asked(self) -> dict[str, Asked]:
        """Its questions."""
        return {question.id: Asked(question, self.facts) for question in self.book.questions.values()}

    @cached_property
    def tells(self) -> dict[str, Bits]:
        """For each step the facts that can become known from there on."""
        return self.graph.gathered({asked.id: asked.told for asked in self.asked.values()})

    @cached_property
    def step_bits(self) -> dict[str, int]:
        """A bit for each question and outcome."""
        return {step: 1 << place for place, step in enumerate([*self.book.questions, *self.book.outcomes])}

    @cached_property
    def reach(self) -> dict[str, int]:
        """For each step those that can follow it and itself, by their bits."""
        return self.graph.gathered(self.step_bits)

    @cached_property
    def ends(self) -> dict[str, list[str]]:
        """For each step the outcomes that can follow it as the tree is written; of an outcome itself."""
        return {step: [o for o in self.book.outcomes if self.can_reach(step, o)] for step in self.reach}

    def can_reach(self, step: str, to: str) -> bool:
        """Whether one step can follow another as the tree is written; each follows itself."""
        return bool(self.reach.get(step, 0) & self.step_bits.get(to, 0))

    def read_from(self, ends: Mapping[str, Bits]) -> dict[str, Bits]:
        """For each step the facts that are read from there on, given those at the ends."""
        return self.graph.gathered({**self._reads, **ends})

    def live_from(self, ends: Mapping[str, Bits]) -> dict[str, Bits]:
        """The same without the facts that nobody can know at the step yet."""
        return self.graph.gathered({**self._reads, **ends}, self._only_from if self.graph.cyclic else None)

    @cached_property
    def _reads(self) -> dict[str, Bits]:
        return {asked.id: asked.reads for asked in self.asked.values()}

    @cached_property
    def _only_from(self) -> dict[str, Bits]:
        """For each question the facts that no other question makes known."""
        told = {asked.id: self.facts.named(asked.told) for asked in self.asked.values()}
        times = Counter(chain.from_iterable(told.values()))
        return {step: self.facts.of(f for f in facts if times[f] == 1) for step, facts in told.items()}
