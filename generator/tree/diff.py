"""Which ways through the decision tree end elsewhere than they did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidebook.tree.paired_walks import Side, SideBySide
from guidebook.tree.proof import told

if TYPE_CHECKING:
    from guidebook.content.handbook import Handbook
    from guidebook.tree.state_space import Step


@dataclass(frozen=True)
class Reroute:
    """Ways through that ended at one outcome and now end at another."""

    before: str
    """The outcome of before, or nothing if the answers of this way did not exist then."""
    now: str
    """The outcome of now, or nothing if the answers of this way exist no more."""
    ways: int
    example: list[tuple[str, str]]
    """Questions and answers, in words, of one such way."""


@dataclass(frozen=True)
class TreeDiff:
    """How a tree differs from what it was."""

    ways: int
    """All sets of answers that lead through either tree."""
    moved: list[Reroute]
    """Grouped by the outcome of before, the most ways first."""
    came: list[str]
    """Outcomes that there were not before."""
    went: list[str]
    """Outcomes that there are no more."""


def tree_diff(before: Handbook, now: Handbook) -> TreeDiff:
    """Compare two trees by where each way through them ends; wording does not count."""
    came = [outcome for outcome in now.outcomes if outcome not in before.outcomes]
    went = [outcome for outcome in before.outcomes if outcome not in now.outcomes]
    one, other = Side(before), Side(now)
    endings = SideBySide(one, other).endings(one.start, other.start)
    moved = [
        Reroute(old, new, ending.ways, _in_words(before, now, ending.steps))
        for ((old, _), (new, _)), ending in endings.items()
        if old != new
    ]
    moved.sort(key=lambda found: (found.before, -found.ways, found.now))
    return TreeDiff(sum(ending.ways for ending in endings.values()), moved, came, went)


def _in_words(before: Handbook, now: Handbook, steps: tuple[Step, ...]) -> list[tuple[str, str]]:
    """A way in today's words, and in those of before for what is gone."""
    return [
        words
        for question, chosen in steps
        for words in told(_that_knows(question, chosen, now, before), [(question, chosen)])
    ]


def _that_knows(question: str, chosen: tuple[str, ...], now: Handbook, before: Handbook) -> Handbook:
    asked = now.questions.get(question)
    options = {option.id for option in asked.options} if asked else set()
    return now if asked and options >= set(chosen) else before
