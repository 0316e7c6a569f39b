"""Which facts can still matter on a walk: as the tree is written, and as a walk stands.

As it is written: a backward data-flow analysis, as compilers do for variables. As a walk stands: facts are
only ever added, so a condition that what is known has decided stays decided, and what comes after it is read
no more. Somebody who has told of danger is led to help whatever else they tell: then the rest need not be
remembered, nor is it worth telling apart what else they answer. That keeps the states few in which a walk can
be, and the choices few that have to be tried there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidebook.tree.bit_tree import Bits, BitTree

# Facts decide little that lies further off than this, and a tree can be very deep.
_FURTHEST = 40


class Liveness:
    """What can still matter from a step on."""

    def __init__(self, tree: BitTree, read: Mapping[str, Bits] | None = None) -> None:
        """With the facts that are `read` at outcomes."""
        self.tree = tree
        read = {**dict.fromkeys(tree.book.outcomes, 0), **(read or {})}
        self._read = tree.read_from(read)
        self.written = tree.live_from(read)
        """For each question and outcome the facts that are read from there on, whatever is known."""
        self._kept = {step: tree.facts.with_open(facts) for step, facts in self.written.items()}
        self._found: dict[tuple[str, Bits, Bits], Bits] = {}
        self._matter: dict[tuple[str, Bits], Bits] = {}

    def of(self, at: str, known: Bits) -> Bits:
        """Those of some facts that can still matter from a step on."""
        return known & self.matter(at, known)

    def matter(self, at: str, known: Bits) -> Bits:
        """All that can still matter from a step on: of what is known there, and of what may become known.

        Of a tick that is left open it is not known whether it is set; see `state_space`.
        """
        known &= self._kept[at]
        found = self._matter.get((at, known))
        if found is None:
            possible = self.tree.tells[at] | self.tree.facts.closed(known)
            found = self._matter[at, known] = self._from(at, known, possible, 0)
        return found

    def _from(self, at: str, known: Bits, possible: Bits, depth: int) -> Bits:
        """The same for a walk that is at a step before and may find out what is possible."""
        kept = self._kept[at]
        if at not in self.tree.asked or at in self.tree.graph.cyclic or depth > _FURTHEST:
            return kept
        key = (at, known & kept, possible & self._read[at])
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._needed(*key, depth) & kept
        return found

    def _needed(self, at: str, known: Bits, possible: Bits, depth: int) -> Bits:
        asked = self.tree.asked[at]
        needed = 0
        targets = dict.fromkeys(asked.leads.values())
        for judge, to in asked.routes:
            holds, facts = judge(known, possible)
            needed |= facts
            if holds is False:
                continue
            targets[to] = None
            if holds:
                break
        for to in targets:
            needed |= self._from(to, known, possible, depth + 1)
        return needed
