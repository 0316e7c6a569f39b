"""What must hold on every way through the decision tree, proven rather than tried.

Ways through are not listed, since tick-all questions make millions. What is explored instead is
every reachable *state*: a question or outcome together with those known facts that a condition from
there on still reads, and those that the matter at hand is about. Two walks in one state go on alike,
so what holds of all states holds of all walks; ways through are counted over the states, and a state
remembers one walk that led to it as the counter-example. Each matter (one promise, one question's
answers) is explored by itself, since the facts of all of them together would multiply.
(Reachability over a finite abstraction; the facts dropped are the dead ones of a liveness analysis,
as compilers use for variables.)
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain, combinations
from typing import TYPE_CHECKING

from generator.errors import did_you_mean
from generator.tree import Facts, fact_of, facts_of, holds, stepper, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from generator.handbook import Handbook
    from generator.load import Where
    from generator.model import Condition, Option, Property, Question, Tree

State = tuple[str, Facts]
Finding = tuple[str, "Where", str]
NOTHING: Facts = frozenset()


@dataclass(frozen=True)
class Edge:
    """Choosing some options in a state: where it leads and how many choices are alike in that."""

    chosen: tuple[str, ...]
    ways: int
    to: State | None


@dataclass(frozen=True)
class Choice:
    """Some options chosen together: how many choices are alike, and what becomes known."""

    chosen: tuple[str, ...]
    ways: int
    facts: Facts


@dataclass
class Exploration:
    """Every reachable state, the edges between them, and for each state one way to it."""

    start: State
    edges: dict[State, list[Edge]] = field(default_factory=dict)
    came_from: dict[State, tuple[State, tuple[str, ...]]] = field(default_factory=dict)

    def answers(self, state: State) -> list[tuple[str, tuple[str, ...]]]:
        """One walk to a state: the questions in order with what was chosen."""
        steps = []
        while state in self.came_from:
            state, chosen = self.came_from[state]
            steps.append((state[0], chosen))
        return steps[::-1]

    def ends(self) -> Iterator[State]:
        """The reachable states that are outcomes."""
        return (state for state, edges in self.edges.items() if not edges)

    def paths(self) -> int:
        """How many different ways lead from the start to an outcome."""
        counts: dict[State, int] = {}
        for state in self._leaves_first():
            edges = self.edges[state]
            counts[state] = sum(edge.ways * counts[edge.to] for edge in edges if edge.to) or 1
        return counts[self.start]

    def longest(self) -> list[tuple[str, tuple[str, ...]]]:
        """A walk with the most questions, to the state before which it ends."""
        depths: dict[State, tuple[int, Edge | None]] = {}
        for state in self._leaves_first():
            onward = [(depths[edge.to][0] + 1, edge) for edge in self.edges[state] if edge.to]
            depths[state] = max(onward, key=lambda found: found[0], default=(0, None))
        steps, state = [], self.start
        while edge := depths[state][1]:
            steps.append((state[0], edge.chosen))
            state = edge.to or state
        return steps

    def _leaves_first(self) -> list[State]:
        """States so that each comes after all that it leads to."""
        done: dict[State, None] = {}
        stack = [(self.start, False)]
        while stack:
            state, entered = stack.pop()
            if entered:
                done[state] = None
            elif state not in done:
                stack.append((state, True))
                stack.extend((edge.to, False) for edge in self.edges[state] if edge.to)
        return list(done)


def tree_problems(book: Handbook) -> list[Finding]:
    """Every promise that the tree breaks, as file, place and message."""
    if book.tree is None:
        return []
    if _names_missing(book, book.tree):
        return []  # told by the rule that names exist; without them there is no walk
    local = [*_local_problems(book)]
    if local:
        return local
    cycle = _cycle(book)
    if cycle:
        chain_of = " -> ".join(cycle)
        message = f"the walk can come back to the question '{cycle[0]}' ({chain_of}); cut the loop"
        return [(book.questions[cycle[0]].file, (), message)]
    return list(_global_problems(book, book.tree))


# --- what one file shows ------------------------------------------------------------------------


def _names_missing(book: Handbook, tree: Tree) -> bool:
    """Whether anything leads to a step, or reads an answer, that does not exist."""
    steps = {*book.questions, *book.outcomes}
    targets = {tree.start, *(to for question in book.questions.values() for to in _targets(question))}
    read = {
        atom.question for _, _, condition in _conditions(book) for atom in condition.atoms() if atom.question
    }
    return not targets <= steps or not read <= set(book.questions) or tree.start not in book.questions


def _local_problems(book: Handbook) -> Iterator[Finding]:
    for where_file, where, condition in _conditions(book):
        yield from _condition_problems(book, where_file, where, condition)
    for question in book.questions.values():
        yield from _question_problems(question)


def _conditions(book: Handbook) -> Iterator[tuple[str, Where, Condition]]:
    for question in book.questions.values():
        for i, route in enumerate(question.next):
            if route.if_:
                yield question.file, ("next", i, "if"), route.if_
    for outcome in book.outcomes.values():
        for i, section in enumerate(outcome.sections):
            if section.if_:
                yield outcome.file, ("sections", i, "if"), section.if_
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
    falls_through = not question.next or question.next[-1].if_ is not None
    for i, option in enumerate(question.options):
        if question.takes_many and option.next:
            message = "several may be ticked here, so say where to go in the question's 'next'"
            yield question.file, ("options", i, "next"), message
        elif not question.takes_many and not option.next and falls_through:
            message = f"'{option.id}' can lead nowhere; give it a 'next'"
            yield question.file, ("options", i), message
        if option.same_as and option.same_as.option not in options:
            message = f"there is no option '{option.same_as.option}' here"
            yield question.file, ("options", i, "same_as", "option"), message
    if question.takes_many and falls_through:
        message = "can lead nowhere; end 'next' with a line that has no 'if'"
        yield question.file, ("next",), message
    yield from _not_sure_problems(question, options)


def _not_sure_problems(question: Question, options: list[str]) -> Iterator[Finding]:
    if (question.not_sure is None) == (question.no_not_sure is None):
        message = "needs either 'not_sure' (the option that says so) or 'no_not_sure' (why none does)"
        yield question.file, (), message
    elif question.not_sure and question.not_sure not in options:
        hint = did_you_mean(question.not_sure, options)
        message = f"there is no option '{question.not_sure}' here{hint}"
        yield question.file, ("not_sure",), message


def _targets(question: Question) -> list[str]:
    own = [option.next for option in question.options if option.next]
    return list(dict.fromkeys([*own, *(route.to for route in question.next)]))


def _cycle(book: Handbook) -> list[str]:
    """Questions that lead back to the first of them, or nothing."""
    finished: set[str] = set()

    def visit(at: str, trail: list[str]) -> list[str]:
        if at in trail:
            return [*trail[trail.index(at) :], at]
        if at in finished or at not in book.questions:
            return []
        for onward in _targets(book.questions[at]):
            found = visit(onward, [*trail, at])
            if found:
                return found
        finished.add(at)
        return []

    return next((found for question in book.questions if (found := visit(question, []))), [])


# --- what all walks show ------------------------------------------------------------------------


def explore(book: Handbook, kept: Facts = NOTHING) -> Exploration:
    """Every reachable state of a tree without missing targets and loops.

    A state knows the facts that decide where the walk goes, and of the others those to be `kept`.
    """
    tree = book.tree
    assert tree is not None  # noqa: S101 (callers ask only of a handbook with a tree)
    live = {at: facts | kept for at, facts in _routing_facts(book).items()}
    choices = {question.id: _choices(question, live[question.id]) for question in book.questions.values()}
    steps = {question.id: stepper(question) for question in book.questions.values()}
    found = Exploration((tree.start, NOTHING))
    waiting = [found.start]
    while waiting:
        state = waiting.pop()
        if state in found.edges:
            continue
        at, facts = state
        found.edges[state] = []
        if at in choices:
            tells = book.questions[at].takes_many
            found.edges[state] = _edges(steps[at], choices[at], facts, live, merge=tells)
        for edge in found.edges[state]:
            if edge.to and edge.to not in found.edges:
                found.came_from.setdefault(edge.to, (state, edge.chosen))
                waiting.append(edge.to)
    return found


def _choices(question: Question, live: Facts) -> list[Choice]:
    """The choices that could differ in what follows, and how many real choices each stands for."""
    if not question.takes_many:
        return [Choice((o.id,), 1, facts_of(question, [o.id])) for o in question.options]
    telling = [option.id for option in question.options if facts_of(question, [option.id]) & live]
    subsets = chain.from_iterable(combinations(telling, n) for n in range(len(telling) + 1))
    ways = 2 ** (len(question.options) - len(telling))
    return [Choice(chosen, ways, facts_of(question, chosen)) for chosen in subsets]


def _edges(
    step: Callable[[Collection[str], Facts], str | None],
    choices: list[Choice],
    facts: Facts,
    live: dict[str, Facts],
    *,
    merge: bool,
) -> list[Edge]:
    """Where each choice leads; with `merge`, those that lead to the same state become one edge."""
    edges: dict[object, Edge] = {}
    for choice in choices:
        known = facts | choice.facts
        onward = step(choice.chosen, known)
        to = (onward, known & live[onward]) if onward else None
        key = to if merge else choice.chosen
        before = edges.get(key)
        edges[key] = (
            Edge(before.chosen, before.ways + choice.ways, to)
            if before
            else Edge(choice.chosen, choice.ways, to)
        )
    return list(edges.values())


def _live(book: Handbook, ends: dict[str, Facts]) -> dict[str, Facts]:
    """For each question and outcome the facts that are read from there on, given those at the ends."""
    live = dict(ends)

    def visit(at: str) -> Facts:
        if at not in live:
            question = book.questions[at]
            own = _atoms(route.if_ for route in question.next)
            live[at] = own.union(*(visit(onward) for onward in _targets(question)))
        return live[at]

    for question_id in book.questions:
        visit(question_id)
    return live


def _routing_facts(book: Handbook) -> dict[str, Facts]:
    """The facts that decide where a walk goes from each question on."""
    return _live(book, dict.fromkeys(book.outcomes, NOTHING))


def _shown_facts(book: Handbook) -> dict[str, Facts]:
    """The facts that a reader can notice from each question on: by the way taken or by what is shown."""
    sections = {
        outcome.id: _atoms(section.if_ for section in outcome.sections) for outcome in book.outcomes.values()
    }
    return _live(book, sections)


def _atoms(conditions: Iterable[Condition | None]) -> Facts:
    return frozenset(fact_of(atom) for condition in conditions if condition for atom in condition.atoms())


def _global_problems(book: Handbook, tree: Tree) -> Iterator[Finding]:
    found = explore(book)
    reached = {at for at, _ in found.edges}
    for step_file in (*book.questions.values(), *book.outcomes.values()):
        if step_file.id not in reached:
            yield step_file.file, (), "no way through the tree leads here; lead here or delete it"
    longest = found.longest()
    if len(longest) > tree.longest:
        message = f"a walk can have {len(longest)} questions: {in_words(book, longest)}"
        yield tree.file, ("longest",), message
    for i, promise in enumerate(tree.properties):
        explored = explore(book, _atoms([promise.if_]))
        yield from _broken_promise(book, explored, promise, (tree.file, ("properties", i)))
    shown = _shown_facts(book)
    for question in book.questions.values():
        yield from _answers_without_effect(book, question, shown)
    yield from _failing_tests(book, tree)


def _broken_promise(
    book: Handbook, found: Exploration, promise: Property, at: tuple[str, Where]
) -> Iterator[Finding]:
    for state in sorted(found.ends(), key=lambda end: end[0]):
        outcome_id, facts = state
        if holds(promise.if_, facts) and not _keeps(book, promise, outcome_id):
            walked = in_words(book, found.answers(state))
            message = f"'{promise.id}' does not hold: {walked}, and reaches '{outcome_id}'"
            yield *at, message
            return


def _keeps(book: Handbook, promise: Property, outcome_id: str) -> bool:
    outcome = book.outcomes[outcome_id]
    ranks = [urgency.id for urgency in book.guide.urgencies]
    least = promise.urgency_at_least
    return (
        (promise.ends_flagged is None or promise.ends_flagged in outcome.flags)
        and (promise.never_flagged is None or promise.never_flagged not in outcome.flags)
        and (least is None or ranks.index(outcome.urgency) >= ranks.index(least))
    )


def in_words(book: Handbook, steps: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    """A walk as somebody would tell it."""
    told = []
    for question_id, chosen in steps:
        question = book.questions[question_id]
        labels = [option.label for option in question.options if option.id in chosen]
        told.append(f"'{question.question}' {' + '.join(labels) or '(nothing ticked)'}")
    return f"somebody answers {'; '.join(told)}"


def _answers_without_effect(book: Handbook, question: Question, shown: dict[str, Facts]) -> Iterator[Finding]:
    """Answers that a reader could give either way and notice no difference."""
    if question.takes_many:
        yield from _ticks_without_effect(question, shown[question.id])
        return
    own = facts_of(question, [option.id for option in question.options]) & shown[question.id]
    ends: dict[str, set[tuple[Facts, State | None]]] = defaultdict(set)
    for (at, facts), edges in explore(book, own).edges.items():
        for edge in edges if at == question.id else ():
            # Only what is still read where the edge leads can be noticed.
            to = (edge.to[0], edge.to[1] & shown[edge.to[0]]) if edge.to else None
            ends[edge.chosen[0]].add((facts, to))
    yield from _equal_answers(question, ends)


def _ticks_without_effect(question: Question, live: Facts) -> Iterator[Finding]:
    for i, option in enumerate(question.options):
        if not facts_of(question, [option.id]) & live and option.id != question.not_sure:
            message = f"ticking '{option.id}' changes nothing; read it in a condition or take it out"
            yield question.file, ("options", i), message


def _equal_answers(question: Question, ends: dict[str, set[tuple[Facts, State | None]]]) -> Iterator[Finding]:
    groups: dict[frozenset[tuple[Facts, State | None]], list[Option]] = defaultdict(list)
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
    for i, test in enumerate(tree.tests):
        unknown = [
            found
            for question_id, given in test.answers.items()
            for found in _unknown_answers(book, tree.file, ("tests", i, "answers", question_id), given)
        ]
        if unknown:
            yield from unknown
            continue
        answers = {
            question: [given] if isinstance(given, str) else given for question, given in test.answers.items()
        }
        walked = walk(book, answers)
        if walked.at != test.outcome:
            kind = "outcome" if walked.at in book.outcomes else "question"
            message = f"reaches the {kind} '{walked.at}', not '{test.outcome}'"
            yield tree.file, ("tests", i, "outcome"), message
        for question_id in test.answers:
            if question_id not in walked.path:
                message = f"'{question_id}' is not asked on this way; take it out"
                yield tree.file, ("tests", i, "answers", question_id), message


def _unknown_answers(book: Handbook, file: str, where: Where, given: str | list[str]) -> Iterator[Finding]:
    question = book.questions.get(str(where[-1]))
    if question is None:
        message = f"there is no question '{where[-1]}'{did_you_mean(str(where[-1]), book.questions)}"
        yield file, where, message
        return
    options = [option.id for option in question.options]
    for answer in [given] if isinstance(given, str) else given:
        if answer not in options:
            yield file, where, f"there is no option '{answer}' there{did_you_mean(answer, options)}"
