"""Every rule of the check, in the order in which problems are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidebook.checks import advice, pages, references, sources
from guidebook.checks.context import RuleContext, names_of
from guidebook.checks.house_style import drawing_problems, writing_problems
from guidebook.content.field_walk import values
from guidebook.pages.addresses import addresses
from guidebook.pages.search_index import findable
from guidebook.pages.search_index import problems as search_problems
from guidebook.tree.people import people_problems
from guidebook.tree.proof import tree_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidebook.checks.context import Rule
    from guidebook.content.handbook import Handbook
    from guidebook.content.problems import Problem
    from guidebook.content.yaml_reader import Loaded


def check(book: Handbook, loaded: Loaded, *, whole: bool) -> list[Problem]:
    """Every problem between the files that are valid.

    `whole`: every file is valid. Rules that need the complete content run only then.
    """
    texts = {file.file: values(file) for file in book.files()}
    checked = RuleContext(book, loaded, names_of(book, loaded), texts)
    rules = RULES + (WHOLE_RULES if whole else ())
    return [problem for rule in rules for problem in rule(checked)]


def names_missing(book: Handbook, loaded: Loaded) -> list[Problem]:
    """Every name in valid files that nothing has."""
    texts = {file.file: values(file) for file in book.files()}
    return list(references.names_exist(RuleContext(book, loaded, names_of(book, loaded), texts)))


def _text_follows_the_rules_of_writing(checked: RuleContext) -> Iterator[Problem]:
    for file, where, message in writing_problems(checked.book, checked.texts):
        yield checked.problem(file, where, message)
    yield from drawing_problems(checked.book, checked.loaded.drawings)
    writing = checked.book.writing
    for i, waiver in enumerate(writing.waivers if writing else ()):
        if writing and waiver.file.partition("/")[2] not in checked.loaded.names:
            message = f"there is no file '{waiver.file}'; take the waiver out"
            yield checked.problem(writing.file, ("waivers", i, "file"), message)


def _the_tree_keeps_its_promises_and_fails_nobody(checked: RuleContext) -> Iterator[Problem]:
    found = tree_problems(checked.book)
    # Whom it fails is told once it keeps its promises, and has every name that plans and people use.
    if not found and not any(references.names_exist(checked)):
        found = people_problems(checked.book)
    for file, where, message in found:
        yield checked.problem(file, where, message)


def _the_search_can_do_what_it_is_told(checked: RuleContext) -> Iterator[Problem]:
    search = checked.book.search
    if search:
        by_hand = checked.loaded.by_hand
        pages = {found.id for found in addresses(checked.book, by_hand)}
        never_shown = pages - findable(checked.book, by_hand)
        for where, message in search_problems(search, never_shown):
            yield checked.problem(search.file, where, message)


RULES: tuple[Rule, ...] = (
    *references.RULES,
    *pages.RULES,
    *advice.RULES,
    *sources.RULES,
    _text_follows_the_rules_of_writing,
    _the_search_can_do_what_it_is_told,
)
# Rules that need the complete content.
WHOLE_RULES: tuple[Rule, ...] = (
    *advice.WHOLE_RULES,
    *sources.WHOLE_RULES,
    _the_tree_keeps_its_promises_and_fails_nobody,
)
