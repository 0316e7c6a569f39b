"""Which outcomes a walk can still come to, and which facts matter for where it goes.

Facts are only ever added, so a condition that what is known has decided stays decided, and what comes after
it is read no more. What is looked for at the ends is not asked here, so this is found once for all promises.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guidebook.tree.bit_tree import BitTree
    from guidebook.tree.fact_bits import Bits

# Facts decide little that lies further off than this, and a tree can be very deep.
_FURTHEST = 40


class Ahead:
    """Which outcomes walks can come to from a step on; what is found once is remembered."""

    def __init__(self, tree: BitTree) -> None:
        self._tree = tree
        self._outcomes = tree.steps(tree.book.outcomes)
        # More than `_kept` where questions lead to one another: what nobody knows yet may become known.
        self._read = tree.read_from({})
        self._kept = {step: tree.facts.with_open(facts) for step, facts in tree.live_from({}).items()}
        self._judged = tree.asked.keys() - tree.graph.cyclic
        self._found: dict[tuple[str, Bits, Bits], tuple[int, Bits]] = {}

    def of(self, at: str, known: Bits, possible: Bits, depth: int = 0) -> tuple[int, Bits]:
        """The outcomes by their bits, and the facts that matter for where walks go.

        Of a walk that may find out what is possible; of a tick that is left open both bits matter.
        """
        kept = self._kept[at]
        key = (at, known & kept, possible & self._read[at])
        found = self._found.get(key)
        if found is None:
            is_judged = at in self._judged and depth < _FURTHEST
            outcomes, facts = self._behind(*key, depth) if is_judged else self._written(at)
            found = self._found[key] = outcomes, facts & kept
        return found

    def _behind(self, at: str, known: Bits, possible: Bits, depth: int) -> tuple[int, Bits]:
        """What lies behind the ways from a question that what is known has not ruled out."""
        asked = self._tree.asked[at]
        targets = dict.fromkeys(asked.leads.values())
        outcomes = facts = 0
        for judge, to in asked.routes:
            holds, matter = judge(known, possible)
            facts |= matter
            if holds is False:
                continue
            targets[to] = None
            if holds:
                break
        for to in targets:
            found, matter = self.of(to, known, possible, depth + 1)
            outcomes, facts = outcomes | found, facts | matter
        return outcomes, facts

    def _written(self, at: str) -> tuple[int, Bits]:
        """What lies behind all ways from a step as they are written."""
        return self._tree.reach[at] & self._outcomes, self._kept[at]
