"""Which pages the site has.

Everything a template needs is worked out here and beside, so that templates hold wording and order only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidebook.content.kinds import PAGE_KINDS
from guidebook.pages import articles, gathered, tree_pages
from guidebook.pages.addresses import HOME, gathering_pages, scripts_path, stage_path, stages_with_scripts
from guidebook.pages.draft import Draft, FileView, Group, View, below_content

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidebook.content import model
    from guidebook.content.handbook import Content, Handbook
    from guidebook.content.kinds import FileKind, GatheringPage


@dataclass(frozen=True)
class HomeView(View):
    """The first page: what somebody may need at once, and the ways into the guide."""

    now: list[model.Moment | model.Situation]
    called: Mapping[str, str]
    """What the page calls some of them, by id."""
    also: list[str]
    """The ids of the other moments."""
    groups: list[Group[model.Situation]]
    forms: list[Group[model.Variant]]
    """The forms by axis, without the kinds of one."""
    has_tree: bool


@dataclass(frozen=True)
class StageView(View):
    """A stage with its topics."""

    stage: model.Stage
    parts: list[Group[model.Topic]]


def drafts(content: Content) -> Iterator[Draft]:
    """Every page of the site but the hand-written ones."""
    book = content.book
    yield _home(book)
    for stage in book.guide.stages:
        yield _stage(book, stage)
    for kind in PAGE_KINDS:
        yield from (_file(book, kind, file) for file in kind.of(book).values())
    yield from (_stage_scripts(book, stage) for stage in stages_with_scripts(book))
    yield from (_gathering(book, page) for page in gathering_pages(book))


def _home(book: Handbook) -> Draft:
    guide = book.guide
    cards: dict[str, model.Moment | model.Situation] = {**book.moments, **book.situations}
    return Draft(
        path=HOME,
        template="home",
        title=guide.title,
        description=guide.description,
        source="handbook.yml",
        view=HomeView(
            now=[cards[card_id] for card_id in guide.home.now],
            called={item.page: item.words for item in guide.home.called},
            also=[moment_id for moment_id in guide.moments if moment_id not in guide.home.now],
            groups=gathered.grouped_situations(book),
            forms=_forms(book),
            has_tree=book.tree is not None,
        ),
    )


def _forms(book: Handbook) -> list[Group[model.Variant]]:
    axes = ((axis, [book.variants[item] for item in axis.variants]) for axis in book.guide.axes)
    return [Group(axis.title, [v for v in variants if not v.kind_of]) for axis, variants in axes]


def _stage(book: Handbook, stage: model.Stage) -> Draft:
    parts = [Group(part.title, [book.topics[item] for item in part.topics]) for part in stage.parts]
    return Draft(
        path=stage_path(stage),
        template="stage",
        title=stage.title,
        description=stage.summary,
        source="handbook.yml",
        view=StageView(stage, parts),
    )


def _stage_scripts(book: Handbook, stage: model.Stage) -> Draft:
    words = book.guide.pages["scripts"]
    return Draft(
        path=scripts_path(stage),
        template="stage-scripts",
        title=f"{words.title}: {stage.title}",
        description=f"{words.title}: {stage.title}. {words.intro}",
        source="handbook.yml",
        view=gathered.stage_scripts(book, stage),
        tab_title=words.tab_title,
    )


def _file(book: Handbook, kind: FileKind, file: model.File) -> Draft:
    """The page of a content file; what it shows depends on the file's class."""
    page = kind.page
    assert page  # noqa: S101 (only kinds with pages come here)
    shows = _SHOWS.get(kind.cls)
    return Draft(
        path=kind.path(file),
        template=page.template,
        title=page.title(file),
        description=page.description(file),
        source=below_content(file),
        view=shows(book, file) if shows else FileView(kind.name, file),
        tab_title=getattr(file, "tab_title", None),
        reviewed=getattr(file, "reviewed", None),
        review_by=getattr(file, "review_by", None),
        script=page.script(file),
        style=page.style,
    )


_SHOWS = {**articles.SHOWS, **tree_pages.SHOWS}


def _gathering(book: Handbook, page: GatheringPage) -> Draft:
    words = book.guide.pages[page.id]
    return Draft(
        path=page.path,
        template=page.id,
        title=words.title,
        description=words.intro,
        source=page.source,
        view=_GATHERED[page.id](book),
        tab_title=words.tab_title,
        script=page.script,
        frame=page.frame,
        repeats=page.repeats,
        style=page.style,
    )


_GATHERED = {**gathered.GATHERED, **tree_pages.GATHERED}
