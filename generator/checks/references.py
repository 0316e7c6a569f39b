"""What is named or linked exists, and ids differ.

Each rule is a generator of problems; its name is a sentence that is true of good content.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidebook.content import inline_markup, model
from guidebook.content.field_walk import citations, fields
from guidebook.content.kinds import KIND_OF
from guidebook.content.problems import Problem, did_you_mean
from guidebook.pages.addresses import addresses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidebook.checks.context import Rule, RuleContext
    from guidebook.content.field_walk import Value
    from guidebook.content.yaml_reader import Where


def names_exist(checked: RuleContext) -> Iterator[Problem]:
    """Every name that nothing has."""
    for file in checked.files():
        for value in checked.texts[file.file]:
            kind = value.field.names
            if kind and value.text not in checked.names[kind] and not _in_a_broken_file(checked, value):
                hint = did_you_mean(value.text, checked.names[kind])
                yield checked.problem(file.file, value.where, f"there is no {kind} '{value.text}'{hint}")


def _in_a_broken_file(checked: RuleContext, value: Value) -> bool:
    """Whether what is named may stand in a file that is not valid, so that its own mistake comes first."""
    book, names = checked.book, checked.names
    if value.field.names == "flag":
        return not book.tree and KIND_OF[model.Tree].files in checked.loaded.names
    broken = (names["topic"] - set(book.topics)) | (names["situation"] - set(book.situations))
    if value.field.names in {"script", "point"}:
        return value.text.partition("/")[0] in broken
    return value.field.names == "disagreement" and bool(broken)


def _links_in_text_lead_somewhere(checked: RuleContext) -> Iterator[Problem]:
    pages = checked.names["page"]
    for file in checked.files():
        for value in checked.texts[file.file]:
            for message in _lead_nowhere(value.text, pages) if value.field.is_prose else ():
                yield checked.problem(file.file, value.where, message)
    for drawing in checked.drawings:
        for words in drawing.words:
            for message in _lead_nowhere(words.text, pages):
                yield drawing.problem(words, message)


def _lead_nowhere(text: str, pages: frozenset[str]) -> list[str]:
    """What is wrong with the links of a text."""
    return [
        f"[[{target}]] leads nowhere: there is no page '{target}'{did_you_mean(target, pages)}"
        for target in inline_markup.links(text)
        if target not in pages
    ]


def _no_comment_takes_text_away(checked: RuleContext) -> Iterator[Problem]:
    for file in checked.files():
        cut = checked.document(file.file).cut
        for value in checked.texts[file.file] if cut else ():
            if value.where in cut and value.field.is_read:
                message = (
                    f"the text ends at '{_last_words(value.text)}', since # after a space begins a comment; "
                    "put the whole text in quotes, or the comment on a line of its own"
                )
                yield checked.problem(file.file, value.where, message)


def _last_words(words: str) -> str:
    return " ".join(words.split()[-2:])


def _ids_in_a_list_differ(checked: RuleContext) -> Iterator[Problem]:
    for file in checked.files():
        yield from _repeated(checked, file.file, file, ())


def _repeated(checked: RuleContext, file: str, thing: model.Model, where: Where) -> Iterator[Problem]:
    for field in fields(type(thing)):
        value = getattr(thing, field.name)
        if not isinstance(value, list):
            continue
        seen: set[str] = set()
        for place, item in enumerate(value):
            here = (*where, field.key, place)
            if isinstance(item, model.Model):
                yield from _repeated(checked, file, item, here)
            own = item if isinstance(item, str) and field.names else getattr(item, "id", None)
            if isinstance(own, str) and own in seen:
                at = (*here, "id") if isinstance(item, model.Model) else here
                yield checked.problem(file, at, f"'{own}' stands in this list twice; take one out")
            seen.add(str(own))


def _ids_that_text_links_to_differ(checked: RuleContext) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for found in addresses(checked.book, checked.loaded.by_hand):
        other = first.setdefault(found.id, found.file)
        if other != found.file and found.file.endswith(".yml"):
            message = f"the id '{found.id}' is taken by {other}; give one of them another name"
            yield checked.problem(found.file, found.where, message)
        elif other != found.file:
            message = f"the name '{found.id}' is taken by {other}; rename this file"
            yield Problem(found.file, 1, 1, message)


def _cited_places_exist(checked: RuleContext) -> Iterator[Problem]:
    places = {source.id: {place.id for place in source.places} for source in checked.book.sources.values()}
    found = ((file.file, cited) for file in checked.files() for cited in citations(file))
    for file, (where, _, citation) in found:
        known = places.get(citation.source)
        if known is not None and citation.place not in known:
            hint = did_you_mean(citation.place, sorted(known))
            message = f"{citation.source}.yml has no place '{citation.place}'{hint}"
            yield checked.problem(file, (*where, "place"), message)


RULES: tuple[Rule, ...] = (
    names_exist,
    _links_in_text_lead_somewhere,
    _no_comment_takes_text_away,
    _ids_in_a_list_differ,
    _ids_that_text_links_to_differ,
    _cited_places_exist,
)
