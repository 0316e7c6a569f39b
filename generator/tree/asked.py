"""A question made ready to be proven: the choices that differ in what follows, and where they lead.

Each promise is explored by itself, but before its own facts are told its states are those of other promises.
So where choices lead is remembered for all of them; what can be forgotten after that differs (`state_space`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guidebook.tree.fact_bits import joined
from guidebook.tree.walk import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guidebook.content.model.tree import Question
    from guidebook.tree.fact_bits import Bits, FactBits


class Choice(NamedTuple):
    """Some options chosen together: how many choices are alike, and what becomes known."""

    chosen: tuple[str, ...]
    ways: int
    facts: Bits


class Led(NamedTuple):
    """Where a choice leads somebody, and what is known of them there."""

    choice: Choice
    to: str | None
    known: Bits
    decided: Bits
    """Ticks of earlier questions that were left open until now and are taken as set."""


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
        self._facts = facts
        self._routed: dict[tuple[Bits, Bits], tuple[str | None, Bits]] = {}
        self._choices: dict[Bits, list[Choice]] = {}
        self._led: dict[tuple[Bits, Bits], list[Led]] = {}

    def alone(self, chosen: Iterable[str]) -> str | None:
        """Where an option among those chosen leads by itself, if one does."""
        return next((self.leads[option] for option in chosen if option in self.leads), None)

    def route(self, known: Bits, possible: Bits) -> tuple[str | None, Bits]:
        """Where its routes lead; if nowhere, the facts on which that depends, none if it is so anyway."""
        read = (known & self.reads, possible & self.reads)
        if read not in self._routed:
            self._routed[read] = self._found_route(*read)
        return self._routed[read]

    def _found_route(self, known: Bits, possible: Bits) -> tuple[str | None, Bits]:
        for judge, to in self.routes:
            holds, facts = judge(known, possible)
            if holds:
                return to, 0
            if holds is None:
                return None, facts
        return None, 0

    def choices(self, live: Bits) -> list[Choice]:
        """The choices that could differ in what follows, and how many real choices each stands for."""
        if self.takes_many:
            return ticks({option: told & live for option, told in self.tells.items()})
        return [Choice((option,), 1, told) for option, told in self.tells.items()]

    def led(self, known: Bits, live: Bits) -> list[Led]:
        """Where each choice that could differ leads somebody of whom this is known.

        `live` is what of all that it tells can matter. There is one for each way of setting the open ticks
        that decide where it leads.
        """
        live &= self.told & ~known
        if (known, live) not in self._led:
            self._led[known, live] = [
                Led(choice, *onward)
                for choice in self._lazy_choices(live)
                for onward in self._onward(choice, known | choice.facts)
            ]
        return self._led[known, live]

    def _onward(self, choice: Choice, known: Bits) -> Iterable[tuple[str | None, Bits, Bits]]:
        direct = self.alone(choice.chosen)
        return [(direct, known, 0)] if direct else self._facts.split(self.route, known)

    def _lazy_choices(self, live: Bits) -> list[Choice]:
        """The choices that could differ, with ticks left open that tell nothing but themselves."""
        if not self.takes_many:
            return self.choices(live)
        if live not in self._choices:
            telling = {option: told & live for option, told in self.tells.items()}
            waits = [option for option, told in telling.items() if told and told == self.own[option]]
            now = {option: told for option, told in telling.items() if option not in waits}
            self._choices[live] = ticks(now, self._facts.opened(joined(self.own[option] for option in waits)))
        return self._choices[live]


def ticks(tells: Mapping[str, Bits], still_open: Bits = 0) -> list[Choice]:
    """The choices of ticks that could differ, given what each tells that matters and what is left open."""
    now = [option for option, told in tells.items() if told]
    merged = {still_open: Choice((), 2 ** (len(tells) - len(now)), still_open)}
    for option in now:
        for before in list(merged.values()):
            more = Choice((*before.chosen, option), before.ways, before.facts | tells[option])
            merged[more.facts] = _alike(more, merged.get(more.facts))
    return sorted(
        merged.values(), key=lambda choice: (len(choice.chosen), [now.index(o) for o in choice.chosen])
    )


def _alike(choice: Choice, other: Choice | None) -> Choice:
    """Choices that tell the same as one: that with the fewest ticks, for as many ways as both."""
    if not other:
        return choice
    fewest = min(other, choice, key=lambda found: len(found.chosen))
    return Choice(fewest.chosen, choice.ways + other.ways, fewest.facts)
