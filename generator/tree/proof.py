"""What must hold on every way through the decision tree, proven rather than tried.

Works on the reachable states (`state_space.py`). Each property is explored separately, as are the answers
of each question, to keep the state space small.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from time import perf_counter
from typing import TYPE_CHECKING

from guidebook.content.problems import did_you_mean
from guidebook.tree import remembered
from guidebook.tree.bit_tree import BitTree
from guidebook.tree.browser_data import tree_json
from guidebook.tree.fact_bits import joined
from guidebook.tree.liveness import Liveness, Outlook
from guidebook.tree.rising import Risks
from guidebook.tree.state_space import LoopError, explore, explored, walked_graph
from guidebook.tree.walk import Fact, Walker, fact_of, facts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidebook.content.handbook import Handbook
    from guidebook.content.model.people import PersonWalk
    from guidebook.content.model.tree import (
        Condition,
        Option,
        Outcome,
        Property,
        Question,
        Rising,
        Tree,
        WalkTest,
    )
    from guidebook.content.yaml_reader import Where
    from guidebook.tree.asked import Asked
    from guidebook.tree.bit_tree import Part
    from guidebook.tree.fact_bits import Bits, Clause
    from guidebook.tree.state_space import Exploration, Step
    from guidebook.tree.walk import Walk

Finding = tuple[str, "Where", str]


@dataclass(frozen=True)
class Proof:
    """What is known of a tree that keeps its promises."""

    questions: int
    outcomes: int
    ways: int
    states: int
    longest: list[Step]
    """A walk with the most questions."""
    sha256: str
    """Of the tree's published data."""


def proven(book: Handbook) -> Proof:
    """Count what there is to prove; that the promises hold is known by then."""
    found = explore(book)
    return Proof(
        len(book.questions),
        len(book.outcomes),
        found.paths(),
        len(found.edges),
        found.longest(),
        hashlib.sha256(tree_json(book).encode()).hexdigest(),
    )


def tree_problems(book: Handbook) -> list[Finding]:
    """Every promise that the tree breaks, as file, place and message.

    A tree that takes long to prove is remembered as proven, since most edits leave it as it was.
    """
    if remembered.is_proven(book):
        return []
    began = perf_counter()
    found = prove(book)
    if not found and perf_counter() - began > remembered.WORTH_SECONDS:
        remembered.note(book)
    return found


def prove(book: Handbook) -> list[Finding]:
    """The same, whatever was found before."""
    if book.tree is None:
        return []
    if _names_missing(book, book.tree):
        return []  # Told by the rule that names exist; without them there is no walk.
    local = [*_local_problems(book)]
    if local:
        return local
    try:
        tree = BitTree(book, walked_graph(book))
        found = explored(Liveness(tree))
    except LoopError as loop:
        return [_loop_problem(book, loop)]
    return [*_dead_ends(book, found)] or [*_global_problems(tree, book.tree, found)]


def can_be_walked(book: Handbook) -> bool:
    """Whether a tree, however much else is wrong with it, leads every walk to an end."""
    if book.tree is None or _names_missing(book, book.tree):
        return False
    try:
        walked_graph(book)
    except LoopError:
        return False
    return True


# --- what one file shows ------------------------------------------------------------------------


def _names_missing(book: Handbook, tree: Tree) -> bool:
    """Whether anything leads to a step, or reads an answer, that does not exist."""
    steps = {*book.questions, *book.outcomes}
    named = {tree.start, *(to for question in book.questions.values() for to in question.leads_to)}
    read = {
        atom.question for _, _, condition in _conditions(book) for atom in condition.atoms() if atom.question
    }
    read |= {promise.rising.question for promise in tree.properties if promise.rising}
    if any(shared not in book.shared for outcome in book.outcomes.values() for shared in outcome.shared):
        return True
    return not named <= steps or not read <= set(book.questions) or tree.start not in book.questions


def _local_problems(book: Handbook) -> Iterator[Finding]:
    for where_file, where, condition in _conditions(book):
        yield from _condition_problems(book, where_file, where, condition)
    for question in book.questions.values():
        yield from _question_problems(question)
    yield from _parts_without_id(book)
    for i, promise in enumerate(book.tree.properties if book.tree else ()):
        if promise.rising:
            yield from _rising_problems(book, promise.rising, ("properties", i, "rising", "answers"))


def _parts_without_id(book: Handbook) -> Iterator[Finding]:
    """Parts that a promise on answers of more risk must be able to name."""
    promises = book.tree.properties if book.tree else []
    kept = {promise.rising.keeps for promise in promises if promise.rising}
    for file in book.planning():
        for i, section in enumerate(file.sections):
            if not section.id and (section.urgency or kept & set(section.flags)):
                message = "raises the urgency or has a mark that a promise keeps, so it needs an 'id'"
                yield file.file, ("sections", i), message


def _rising_problems(book: Handbook, rising: Rising, where: Where) -> Iterator[Finding]:
    options = [option.id for option in book.questions[rising.question].options]
    for place, answer in enumerate(rising.answers):
        if answer not in options and book.tree:
            hint = did_you_mean(answer, options)
            yield book.tree.file, (*where, place), f"'{rising.question}' has no option '{answer}'{hint}"


def _conditions(book: Handbook) -> Iterator[tuple[str, Where, Condition]]:
    for question in book.questions.values():
        for i, route in enumerate(question.next):
            if route.if_:
                yield question.file, ("next", i, "if"), route.if_
    for file in book.planning():
        for i, section in enumerate(file.sections):
            if section.if_:
                yield file.file, ("sections", i, "if"), section.if_
    for i, promise in enumerate(book.tree.properties if book.tree else ()):
        if promise.if_ and book.tree:
            yield book.tree.file, ("properties", i, "if"), promise.if_


def _condition_problems(book: Handbook, file: str, where: Where, condition: Condition) -> Iterator[Finding]:
    if not condition.form:
        yield file, where, "needs one of 'question' with 'answer', 'flag', 'all', 'any' or 'not'"
        return
    if condition.parts:
        for i, part in enumerate(condition.parts):
            inner: Where = ("not",) if condition.not_ else (condition.form, i)
            yield from _condition_problems(book, file, (*where, *inner), part)
    elif condition.question in book.questions:
        options = [option.id for option in book.questions[condition.question].options]
        if condition.answer not in options:
            hint = did_you_mean(str(condition.answer), options)
            message = f"'{condition.question}' has no option '{condition.answer}'{hint}"
            yield file, (*where, "answer"), message


def _question_problems(question: Question) -> Iterator[Finding]:
    options = [option.id for option in question.options]
    for i, option in enumerate(question.options):
        if question.takes_many and option.next:
            message = "several may be ticked here, so say where to go in the question's 'next'"
            yield question.file, ("options", i, "next"), message
        if option.same_as and option.same_as.option not in options:
            message = f"there is no option '{option.same_as.option}' here"
            yield question.file, ("options", i, "same_as", "option"), message
    yield from _not_sure_problems(question, options)


def _not_sure_problems(question: Question, options: list[str]) -> Iterator[Finding]:
    if (question.not_sure is None) == (question.no_not_sure is None):
        message = "needs either 'not_sure' (the option that says so) or 'no_not_sure' (why none does)"
        yield question.file, (), message
    elif question.not_sure and question.not_sure not in options:
        hint = did_you_mean(question.not_sure, options)
        message = f"there is no option '{question.not_sure}' here{hint}"
        yield question.file, ("not_sure",), message


# --- what all walks show ------------------------------------------------------------------------


def _loop_problem(book: Handbook, loop: LoopError) -> Finding:
    """The questions of a loop, and a walk if it is not the same for everybody."""
    asked = [question for question, _ in loop.steps]
    around = [*asked[asked.index(loop.again) :], loop.again]
    by_condition = any(to not in _leads_anybody(book.questions[at]) for at, to in pairwise(around))
    walk = f": {in_words(book, loop.steps)}" if by_condition else ""
    message = (
        f"the walk can come back to the question '{loop.again}' ({' -> '.join(around)}){walk}; cut the loop"
    )
    return book.questions[loop.again].file, (), message


def _leads_anybody(question: Question) -> list[str]:
    """The steps that a question leads to without a condition."""
    own = [option.next for option in question.options if option.next]
    return [*own, *(route.to for route in question.next if not route.if_)]


def _dead_ends(book: Handbook, found: Exploration) -> Iterator[Finding]:
    """Answers after which some walk has nowhere to go; conditions that cover every case leave none."""
    dead = {
        (state[0], option)
        for state, edges in found.edges.items()
        for edge in edges
        if edge.to is None
        for option in (edge.chosen or ("",))
    }
    for question in book.questions.values():
        stuck = {option for asked, option in dead if asked == question.id}
        if question.takes_many and stuck:
            yield question.file, ("next",), "can lead nowhere; end 'next' with a line that has no 'if'"
            continue
        for i, option in enumerate(question.options):
            if option.id in stuck:
                yield question.file, ("options", i), f"'{option.id}' can lead nowhere; give it a 'next'"


def _global_problems(bits: BitTree, tree: Tree, found: Exploration) -> Iterator[Finding]:
    book = bits.book
    reached = {at for at, _ in found.edges}
    for step_file in (*book.questions.values(), *book.outcomes.values()):
        if step_file.id not in reached:
            yield step_file.file, (), "no way through the tree leads here; lead here or delete it"
    longest = found.longest()
    if len(longest) > tree.longest:
        message = f"a walk can have {len(longest)} questions: {in_words(book, longest)}"
        yield tree.file, ("longest",), message
    risks = Risks(bits)
    for i, promise in enumerate(tree.properties):
        for message in _broken_promise(bits, promise):
            yield tree.file, ("properties", i), message
        yield from _falling(book, risks, promise, (tree.file, ("properties", i, "rising")))
    yield from _sections_never_shown(book, found)
    shown = _shown(bits)
    for question in book.questions.values():
        yield from _answers_without_effect(found, question, bits.asked[question.id], shown)
    yield from _failing_tests(book, tree)


def _broken_promise(tree: BitTree, promise: Property) -> Iterator[str]:
    """The walk that breaks a promise, as a message; nothing if it holds."""
    breaches = _Breaches(tree, promise)
    liveness = Liveness(tree, breaches)
    found = explored(liveness, lambda state: bool(liveness.outlook(*state).values))
    for end in sorted(found.ends(), key=lambda end: end[0]):
        ticks = breaches.ticks(*end)
        if ticks is not None:
            walk = in_words(tree.book, found.answers(end, ticks))
            yield f"'{promise.id}' does not hold: {walk}, and reaches '{end[0]}'"
            return


class _Breaches:
    """The ends at which a promise is broken."""

    def __init__(self, tree: BitTree, promise: Property) -> None:
        self._tree = tree
        alike: dict[tuple[Clause, ...], list[str]] = defaultdict(list)
        for outcome in tree.book.outcomes.values():
            alike[tuple(_breaks(tree, promise, outcome))].append(outcome.id)
        alike.pop((), None)
        facts, applies = tree.facts, tree.facts.clause(promise.if_)
        self.read = {
            outcome: joined(clause.reads for clause in (applies, *breaks))
            for breaks, outcomes in alike.items()
            for outcome in outcomes
        }
        self._judges = [
            (
                tree.steps(outcomes),
                facts.all_of([applies.judge, facts.any_of(clause.judge for clause in breaks)]),
            )
            for breaks, outcomes in alike.items()
        ]

    def outlook(self, outcomes: int, known: Bits, possible: Bits) -> Outlook:
        """One value if the promise can be broken at some outcomes, else none; see `Ends`."""
        values = facts = 0
        for alike, judge in self._judges:
            if alike & outcomes:
                holds, matter = judge(known, possible)
                values |= holds is not False
                facts |= matter
        return Outlook(values, facts)

    def ticks(self, outcome: str, known: Bits) -> Bits | None:
        """Open ticks that, taken as set, break the promise at an outcome; nothing if none do."""
        bit = self._tree.step_bits[outcome]
        judge = next((judge for alike, judge in self._judges if alike & bit), None)
        return self._tree.facts.ticks_with(judge, known) if judge else None


def _breaks(tree: BitTree, promise: Property, outcome: Outcome) -> Iterator[Clause]:
    """The conditions under which a plan lacks what a promise asks for, or has what it rules out."""
    parts = tree.parts[outcome.id]
    always = tree.facts.clause(None)
    if promise.ends_flagged and promise.ends_flagged not in outcome.flags:
        yield always
    if promise.never_flagged and promise.never_flagged in outcome.flags:
        yield always
    yield from (clause for part, clause in parts if promise.never_flagged in part.flags)
    least = promise.urgency_at_least
    rank = tree.book.guide.urgency_rank
    if least and rank(outcome.urgency) < rank(least):
        yield from _unless(tree, (part for part in parts if rank(part[0].urgency) >= rank(least)))
    if promise.shows:
        yield from _unless(tree, (part for part in parts if part[0].id == promise.shows))


def _unless(tree: BitTree, parts: Iterable[Part]) -> Iterator[Clause]:
    """When none of some parts is shown; never if one has no condition."""
    found = [*parts]
    if all(part.if_ for part, _ in found):
        yield tree.facts.none_of(tuple(clause for _, clause in found))


def _falling(book: Handbook, risks: Risks, promise: Property, at: tuple[str, Where]) -> Iterator[Finding]:
    """A walk that loses something by an answer that tells of more risk."""
    loss = promise.rising and risks.first_loss(promise.rising)
    if loss:
        instead = " + ".join(label for _, label in told(book, [loss.instead]))
        message = (
            f"'{promise.id}' does not hold: {in_words(book, loss.steps)}, and reaches '{loss.outcome}'; "
            f"with '{instead}' {loss.lost}"
        )
        yield *at, message


def in_words(book: Handbook, steps: Iterable[Step]) -> str:
    """A walk as somebody would tell it."""
    answers = [f"'{question}' {answer}" for question, answer in told(book, steps)]
    return f"somebody answers {'; '.join(answers)}"


def told(book: Handbook, steps: Iterable[Step]) -> Iterator[tuple[str, str]]:
    """The questions of a walk with what was answered, in their own words."""
    for question_id, chosen in steps:
        question = book.questions[question_id]
        labels = [option.label for option in question.options if option.id in chosen]
        yield question.question, " + ".join(labels) or "(nothing ticked)"


def _sections_never_shown(book: Handbook, found: Exploration) -> Iterator[Finding]:
    """Sections of an outcome that need an answer with which no walk ends there."""
    ends = found.ends_after()
    facts: dict[str, set[Fact]] = defaultdict(set)
    for (at, _), edges in found.edges.items():
        for edge in edges:
            question = book.questions[at]
            # A choice may stand for others that are like it; all ticks of a question are counted in.
            options = [option.id for option in question.options] if question.takes_many else edge.chosen
            known = facts_of(question, options)
            for end in ends[edge.to] if edge.to else ():
                facts[end] |= known
    reached = (outcome for outcome in book.outcomes.values() if outcome.id in facts)
    for outcome in reached:
        for i, section in enumerate(outcome.sections):
            if not _can_hold(section.if_, facts[outcome.id]):
                message = "no way that ends here has these answers; change the condition or take it out"
                yield outcome.file, ("sections", i, "if"), message


def _can_hold(condition: Condition | None, possible: set[Fact]) -> bool:
    """Whether a condition is satisfiable by these facts (an over-approximation)."""
    if condition is None or condition.not_:
        return True
    if condition.all:
        return all(_can_hold(part, possible) for part in condition.all)
    if condition.any:
        return any(_can_hold(part, possible) for part in condition.any)
    return fact_of(condition) in possible


def _shown(tree: BitTree) -> dict[str, Bits]:
    """The facts that a reader can notice from each question on: by the way taken or by what is shown."""
    return tree.live_from({o: joined(clause.reads for _, clause in parts) for o, parts in tree.parts.items()})


def _answers_without_effect(
    found: Exploration, question: Question, asked: Asked, shown: dict[str, Bits]
) -> Iterator[Finding]:
    """Answers that a reader could give either way and notice no difference."""
    if question.takes_many:
        yield from _ticks_without_effect(question, asked, shown[question.id])
        return
    ends: dict[str, set[object]] = defaultdict(set)
    for (at, facts), edges in found.edges.items():
        for edge in edges if at == question.id else ():
            # Only what is still read where the edge leads can be noticed.
            told = asked.tells[edge.chosen[0]] & shown[edge.to[0]] if edge.to else None
            ends[edge.chosen[0]].add((facts | edge.decided, edge.to, told))
    yield from _equal_answers(question, ends)


def _ticks_without_effect(question: Question, asked: Asked, live: Bits) -> Iterator[Finding]:
    for i, option in enumerate(question.options):
        if not asked.tells[option.id] & live and option.id != question.not_sure:
            message = f"ticking '{option.id}' changes nothing; read it in a condition or take it out"
            yield question.file, ("options", i), message


def _equal_answers(question: Question, ends: dict[str, set[object]]) -> Iterator[Finding]:
    groups: dict[frozenset[object], list[Option]] = defaultdict(list)
    if len({frozenset(ends[option.id]) for option in question.options}) == 1:
        yield question.file, (), "no answer to this question changes anything; take it out"
        return
    for i, option in enumerate(question.options):
        group = groups[frozenset(ends[option.id])]
        excused = option.same_as and any(other.id == option.same_as.option for other in group)
        if group and not excused:
            message = (
                f"'{option.id}' leads just where '{group[0].id}' leads; merge them or say why with 'same_as'"
            )
            yield question.file, ("options", i), message
        if option.same_as and not excused:
            message = f"leads elsewhere than '{option.same_as.option}'; take 'same_as' out"
            yield question.file, ("options", i, "same_as"), message
        group.append(option)


def _failing_tests(book: Handbook, tree: Tree) -> Iterator[Finding]:
    walker = Walker(book)
    for i, test in enumerate(tree.tests):
        yield from walk_problems(book, walker.walk(test.given), (tree.file, ("tests", i)), test)


def walk_problems(
    book: Handbook, walked: Walk, at: tuple[str, Where], test: WalkTest | PersonWalk
) -> Iterator[Finding]:
    """What is wrong with answers that somebody wrote down at a place of a file, given where they lead."""
    file, where = at
    unknown = [
        found
        for question_id, given in test.given.items()
        for found in _unknown_answers(book, file, (*where, "answers", question_id), given)
    ]
    if unknown:
        yield from unknown
        return
    if test.outcome and walked.at != test.outcome:
        kind = "outcome" if walked.at in book.outcomes else "question"
        yield file, (*where, "outcome"), f"reaches the {kind} '{walked.at}', not '{test.outcome}'"
    elif walked.at not in book.outcomes:
        yield file, (*where, "answers"), f"the answers stop before '{walked.at}'; answer it too"
    for question_id in test.answers:
        if question_id not in walked.path:
            message = f"'{question_id}' is not asked on this way; take it out"
            yield file, (*where, "answers", question_id), message


def _unknown_answers(book: Handbook, file: str, where: Where, given: list[str]) -> Iterator[Finding]:
    question = book.questions.get(str(where[-1]))
    if question is None:
        message = f"there is no question '{where[-1]}'{did_you_mean(str(where[-1]), book.questions)}"
        yield file, where, message
        return
    options = [option.id for option in question.options]
    for answer in given:
        if answer not in options:
            yield file, where, f"there is no option '{answer}' there{did_you_mean(answer, options)}"
