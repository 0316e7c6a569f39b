"""The kinds of content file and of gathering page: one row each, read by every stage that treats them alike.

A new kind is a class in the model, a row here, and a template. From its row it is read and validated, its
references and links are checked, it gets its page, address and editor schema, is found by the search and
printed, has its place in `handbook.yml`, and falls due.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from guidebook.content import model

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from guidebook.content.handbook import Handbook


@dataclass(frozen=True)
class Listing:
    """Which list of `handbook.yml` orders the files of a kind; a file in none of them is a mistake."""

    ids: Callable[[model.Guide, Any], Sequence[str]]
    """The ids of the list in which a file belongs, in display order."""
    place: Callable[[Any], str]
    """What messages call the list in which a file is missing."""


@dataclass(frozen=True)
class PageKind:
    """How files of one kind become pages. Functions take a file of the kind."""

    path: str
    """The Markdown path, with fields of `{file}` in it."""
    template: str
    title: Callable[[Any], str]
    description: Callable[[Any], str]
    """What the page says in one sentence, for search engines."""
    style: str = ""
    """The stylesheet that only these pages need."""
    script: Callable[[Any], str] = lambda _: ""
    """The script that only this page needs; empty for none."""
    answer: Callable[[Any], str] | None = None
    """The short answer that the search shows; without one these pages are never found."""
    group: Callable[[Handbook, Any], str] = lambda _book, _file: ""
    """What the search says that the page is."""
    also: Callable[[Any], Sequence[str]] = lambda file: file.keywords
    """Other ways in which readers say the title."""
    parts: Callable[[model.Guide], Sequence[tuple[str, Sequence[str]]]] = lambda _: ()
    """The parts of the print edition: the title of each and the ids of its pages, in order."""
    part_order: int = 0
    """Which kind's parts are printed first."""


@dataclass(frozen=True)
class FileKind:
    """One kind of content file."""

    cls: type[model.File]
    files: str
    """Which files are of this kind, as a glob pattern relative to the content folder."""
    attribute: str
    """Where `Handbook` keeps them: one of its fields, or else a key of `others`."""
    name: str = ""
    """What references and messages call one of them (the `kind` of `model.Ref`)."""
    page: PageKind | None = None
    listing: Listing | None = None

    @property
    def is_single(self) -> bool:
        """Whether a guide has one such file at most."""
        return "*" not in self.files

    def of(self, book: Handbook) -> dict[str, Any]:
        """The files of this kind in a guide, by id."""
        found: Any = getattr(book, self.attribute, book.others.get(self.attribute))
        if isinstance(found, dict):
            return found
        return {found.id: found} if found else {}

    def path(self, file: model.File) -> str:
        """The Markdown path of a file's page."""
        assert self.page  # noqa: S101 (asked only of kinds that have pages)
        return self.page.path.format(file=file)


def _stage_title(book: Handbook, topic: model.Topic) -> str:
    return next(stage.title for stage in book.guide.stages if stage.id == topic.stage)


def _moment_group(book: Handbook, _: model.Moment) -> str:
    return book.search.words.moment if book.search else ""


def _variants_in_order(guide: model.Guide) -> list[str]:
    return [variant_id for axis in guide.axes for variant_id in axis.variants]


FILE_KINDS = (
    FileKind(model.Guide, "handbook.yml", "guide"),
    FileKind(model.LeftOutList, "left-out.yml", "left_out"),
    FileKind(model.Glossary, "glossary.yml", "glossary"),
    FileKind(model.Tree, "decision-tree/tree.yml", "tree"),
    FileKind(model.Writing, "writing.yml", "writing"),
    FileKind(model.Search, "search.yml", "search"),
    FileKind(
        model.Topic,
        "topics/*/*.yml",
        "topics",
        "topic",
        PageKind(
            path="{file.stage}/{file.id}.md",
            template="topic",
            title=lambda topic: topic.question,
            description=lambda topic: topic.answer,
            answer=lambda topic: topic.answer,
            group=_stage_title,
            also=lambda topic: (topic.title, *topic.keywords),
            parts=lambda guide: [(f"{s.title}: {s.question}", s.topic_ids) for s in guide.stages],
            part_order=2,
        ),
        Listing(
            ids=lambda guide, topic: next((s.topic_ids for s in guide.stages if s.id == topic.stage), ()),
            place=lambda topic: f"the stage '{topic.stage}'",
        ),
    ),
    FileKind(
        model.Situation,
        "situations/*.yml",
        "situations",
        "situation",
        PageKind(
            path="situations/{file.id}.md",
            template="situation",
            title=lambda situation: situation.title,
            description=lambda situation: situation.answer,
            answer=lambda situation: situation.answer,
            group=lambda book, _: book.guide.pages["situations"].title,
            parts=lambda guide: [(guide.pages["situations"].title, guide.situation_ids)],
            part_order=4,
        ),
        Listing(ids=lambda guide, _: guide.situation_ids, place=lambda _: "a group of 'situations'"),
    ),
    FileKind(
        model.Moment,
        "moments/*.yml",
        "moments",
        "moment",
        PageKind(
            path="moments/{file.id}.md",
            template="moment",
            title=lambda moment: moment.title,
            description=lambda moment: moment.summary,
            script=lambda moment: "pause" if moment.pause else "",
            answer=lambda moment: " ".join(step.do for step in moment.steps),
            group=_moment_group,
            parts=lambda guide: [(guide.home.question, guide.moments)],
            part_order=1,
        ),
        Listing(ids=lambda guide, _: guide.moments, place=lambda _: "'moments'"),
    ),
    FileKind(
        model.Variant,
        "variants/*.yml",
        "variants",
        "variant",
        PageKind(
            path="variants/{file.id}.md",
            template="variant",
            title=lambda variant: variant.title,
            description=lambda variant: variant.summary,
            answer=lambda variant: variant.summary,
            group=lambda book, _: book.guide.pages["compare"].title,
            parts=lambda guide: [(guide.pages["compare"].title, ["compare", *_variants_in_order(guide)])],
            part_order=3,
        ),
        Listing(ids=lambda guide, _: _variants_in_order(guide), place=lambda _: "an axis"),
    ),
    FileKind(
        model.Outcome,
        "decision-tree/outcomes/*.yml",
        "outcomes",
        "outcome",
        # Never found by the search: what they advise depends on answers that a search does not ask for.
        PageKind(
            path="outcomes/{file.id}.md",
            template="outcome",
            title=lambda outcome: outcome.title,
            description=lambda outcome: outcome.why[0],
            style="tree",
        ),
    ),
    FileKind(model.Source, "sources/*.yml", "sources", "source"),
    FileKind(
        model.Country,
        "support/*.yml",
        "countries",
        "country",
        listing=Listing(ids=lambda guide, _: guide.countries, place=lambda _: "'countries'"),
    ),
    FileKind(model.Question, "decision-tree/questions/*.yml", "questions", "question"),
    FileKind(model.Person, "decision-tree/people/*.yml", "people", "person"),
    FileKind(model.SharedSections, "decision-tree/shared/*.yml", "shared", "file of shared sections"),
)

PAGE_KINDS = tuple(kind for kind in FILE_KINDS if kind.page)
KIND_OF = {kind.cls: kind for kind in FILE_KINDS}


@dataclass(frozen=True)
class GatheringPage:
    """A page that gathers what stands elsewhere; every guide has it that has what it shows."""

    id: str
    path: str
    is_there: Callable[[Handbook], bool]
    source: str = "handbook.yml"
    """The file that its text comes from, relative to the content folder."""
    style: str = ""
    script: str = ""
    frame: str = "main"
    """The theme's template around it."""
    is_searched: bool = True
    """Whether the search shows it; nobody in need looks for pages about the guide's machinery."""
    is_printed: bool = True
    """Whether it is a chapter of the print edition: not what repeats, or makes sense on a screen only."""
    shows_drawing: bool = False
    """Whether its template shows a drawing that explains, if it has one."""
    repeats: bool = False
    """Whether it says only what other pages say, so that search engines leave it out."""


def research(book: Handbook) -> list[model.Source]:
    """The sources that are research."""
    kinds = {kind.id for kind in book.guide.source_kinds if kind.findings}
    return [source for source in book.sources.values() if source.kind in kinds]


def _has_tree(book: Handbook) -> bool:
    return book.tree is not None


def has_people(book: Handbook) -> bool:
    """Whether there are people that a tree must be right for."""
    return book.tree is not None and bool(book.people)


_TREE = "decision-tree/tree.yml"
GATHERING_PAGES = {
    page.id: page
    for page in (
        # Printed as the first chapter of the variants.
        GatheringPage(
            "compare",
            "variants/index.md",
            lambda book: bool(book.variants),
            is_printed=False,
            shows_drawing=True,
        ),
        GatheringPage(
            "situations", "situations/index.md", lambda book: bool(book.situations), is_printed=False
        ),
        GatheringPage(
            "scripts",
            "scripts.md",
            lambda book: any(advice.scripts for advice in book.advising()),
            is_printed=False,
        ),
        GatheringPage(
            "disagreements",
            "disagreements.md",
            lambda book: any(topic.disagreements for topic in book.topics.values()),
            is_printed=False,
        ),
        GatheringPage("left-out", "left-out.md", lambda book: book.left_out is not None, "left-out.yml"),
        GatheringPage("sources", "sources.md", lambda book: bool(book.sources)),
        GatheringPage("research", "research.md", lambda book: bool(research(book))),
        GatheringPage("help", "help.md", lambda book: bool(book.countries)),
        GatheringPage("glossary", "glossary.md", lambda book: book.glossary is not None, "glossary.yml"),
        GatheringPage("decide", "decide.md", _has_tree, _TREE, style="tree", script="tree", is_printed=False),
        GatheringPage(
            "tree-picture",
            "decide/picture.md",
            _has_tree,
            _TREE,
            style="tree",
            is_searched=False,
            is_printed=False,
        ),
        GatheringPage(
            "tree-proof",
            "decide/proof.md",
            _has_tree,
            _TREE,
            style="tree",
            is_searched=False,
            is_printed=False,
        ),
        GatheringPage(
            "tree-people",
            "decide/people.md",
            has_people,
            _TREE,
            style="tree",
            is_searched=False,
            is_printed=False,
        ),
        GatheringPage(
            "whole",
            "whole.md",
            lambda _: True,
            style="whole",
            frame="whole",
            is_searched=False,
            is_printed=False,
            repeats=True,
        ),
    )
}
