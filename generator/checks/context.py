"""What the rules of the check read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidebook.content import model
from guidebook.content.kinds import FILE_KINDS, PAGE_KINDS
from guidebook.content.problems import Problem
from guidebook.content.validation import class_of
from guidebook.pages.addresses import addresses, id_by_hand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guidebook.content.field_walk import Value
    from guidebook.content.handbook import Handbook
    from guidebook.content.svg_reader import Drawing
    from guidebook.content.yaml_reader import Document, Loaded, Where


@dataclass(frozen=True)
class RuleContext:
    """What the rules read: the handbook, the files it came from, and the names that exist."""

    book: Handbook
    loaded: Loaded
    names: Mapping[str, frozenset[str]]
    """The ids that exist, by kind; those of files that are not valid included."""
    texts: Mapping[str, list[Value]]
    """Every text of each valid file, by the file's path."""

    @property
    def drawings(self) -> list[Drawing]:
        """Every drawing once, however many pages show it."""
        return list({drawing.file: drawing for drawing in self.loaded.drawings.values()}.values())

    def problem(self, file: str, where: Where, message: str) -> Problem:
        """A problem at a value of a file."""
        return self.document(file).problem(where, message)

    def document(self, file: str) -> Document:
        """The document that a file was read as."""
        return self.loaded.documents[file.partition("/")[2]]

    def files(self) -> Iterator[model.File]:
        """Every file that is valid."""
        return self.book.files()


def names_of(book: Handbook, loaded: Loaded) -> dict[str, frozenset[str]]:
    """The ids that exist, by the kind that a `model.Ref` names, of files that are not valid too."""
    stems: dict[type[model.File] | None, set[str]] = defaultdict(set)
    for name in loaded.names:
        stems[class_of(name)].add(name.rpartition("/")[2].removesuffix(".yml"))
    guide = book.guide
    questions, outcomes = stems[model.Question], stems[model.Outcome]
    kinds: dict[str, Iterable[str]] = {
        **{kind.name: stems[kind.cls] for kind in FILE_KINDS if kind.name},
        "question or outcome": questions | outcomes,
        "time": ids_of(guide.times),
        "evidence label": ids_of(guide.evidence),
        "gate": ids_of(guide.gates),
        "act": ids_of(guide.acts),
        "kind of source": ids_of(guide.source_kinds),
        "speaker": ids_of(guide.speakers),
        "kind of help line": ids_of(guide.line_kinds),
        "urgency": ids_of(guide.urgencies),
        "flag": ids_of(book.tree.flags) if book.tree else (),
        "script": [f"{item.id}/{script.id}" for item in book.advising() for script in item.scripts],
        "point": [f"{item.id}/{point.id}" for item in book.advising() for point in item.advice],
        "disagreement": [item.id for topic in book.topics.values() for item in topic.disagreements],
        "section": [part.id for file in book.planning() for part in file.sections if part.id],
        "hand-written page": map(id_by_hand, loaded.by_hand),
    }
    files = set().union(*(stems[kind.cls] for kind in PAGE_KINDS), stems[model.Source])
    pages = files | {address.id for address in addresses(book, loaded.by_hand)}
    return {kind: frozenset(ids) for kind, ids in kinds.items()} | {"page": frozenset(pages)}


def ids_of(things: Iterable[model.Kind]) -> list[str]:
    """The ids of a vocabulary, in order."""
    return [thing.id for thing in things]


def unlisted(place: str) -> str:
    """The message for a page that stands in no list; `place` names the list."""
    return f"no page leads here yet; add its id to {place} in handbook.yml"


def points_of(checked: RuleContext) -> Iterator[tuple[model.Advice, Where, model.Point]]:
    """Every point with the file that it stands in, and its place there."""
    for advice in checked.book.advising():
        for i, point in enumerate(advice.advice):
            yield advice, ("advice", i), point


Rule = Callable[[RuleContext], Iterator[Problem]]
"""One rule of the check: the problems that it finds."""
