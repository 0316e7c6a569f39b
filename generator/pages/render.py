"""How each page reads: drafts -> HTML, by the templates."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from functools import cache
from traceback import walk_tb
from typing import TYPE_CHECKING

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    pass_context,
)
from markdown.extensions.toc import slugify, unique
from markupsafe import Markup, escape

from guidebook.content import inline_markup
from guidebook.content.kinds import GATHERING_PAGES
from guidebook.pages.addresses import relative
from guidebook.pages.draft import Draft, View
from guidebook.pages.phrases import UnknownPhraseError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from jinja2.runtime import Context

    from guidebook.content.problems import Problem
    from guidebook.content.svg_reader import Drawing
    from guidebook.pages.draft import Link
    from guidebook.pages.phrases import Phrases


@dataclass(frozen=True)
class Page:
    """A page for the site generator: its path, its HTML, and what its frame says of it."""

    path: str
    html: str
    title: str
    source: str
    """The file to edit."""
    meta: Mapping[str, str | bool]
    """What the theme shows of the page, by the names that hand-written pages use in their front matter."""


class Renderer:
    """Renders drafts with the templates of one folder.

    Whatever a template prints is escaped, unless a filter or function here made it; so no content can become
    markup by being forgotten.
    """

    def __init__(
        self,
        templates: Path,
        phrases: Phrases,
        targets: Mapping[str, Link],
        terms: Mapping[str, str] | None = None,
        drawings: Mapping[str, Drawing] | None = None,
        *,
        as_folders: bool = True,
        **always: object,
    ) -> None:
        """`targets` are what text may link to, `terms` the words that link to their meaning by themselves.

        `drawings` are by the id of the page that shows them.
        `as_folders` says whether the address of a page ends in a slash or names a file.
        """
        self._as_folders = as_folders
        self._drawings = drawings or {}
        self._targets = targets
        self._terms = terms or {}
        longest_first = sorted(map(re.escape, self._terms), key=len, reverse=True)
        self._term_words = re.compile(rf"\b(?:{'|'.join(longest_first) or '(?!)'})\b", re.IGNORECASE)
        self._environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            # A renderer lives for one build; templates that are imported often are not looked up each time.
            auto_reload=False,
        )
        self._environment.policies["json.dumps_kwargs"] = {"sort_keys": False, "separators": (",", ":")}
        self._environment.filters.update(
            blanks=self._blanks,
            day=_day,
            explained=self._explained,
            inline=self._inline,
            plain=inline_markup.plain,
            slug=_slug,
        )
        self._environment.globals.update(
            t=phrases,
            to=self._to,
            url=self._url,
            file_url=self._file_url,
            drawing=self._drawing,
            drawn=self._drawings.get,
            **always,
        )

    def page(self, draft: Draft) -> Page:
        """Render one page; a mistake in a template raises jinja2.TemplateError with its file."""
        name = f"{draft.template}.html.jinja"
        template = self._environment.get_template(name)
        here = _Here(draft.path)
        try:
            html = template.render(draft.view.names(), draft=draft, here=here)
        except (TemplateError, UnknownPhraseError) as error:
            error.add_note(f"while rendering {draft.path} with {name}")
            raise
        return Page(draft.path, html, inline_markup.plain(draft.title), draft.source, _meta(draft))

    def _drawing(self, page_id: str) -> Markup:
        """The shapes of a page's drawing; empty if it has none."""
        found = self._drawings.get(page_id)
        return Markup(found.svg if found else "")  # noqa: S704 (found to be shapes only when it was loaded)

    @pass_context
    def _url(self, context: Context, target: str) -> str:
        """The address of what has this id, relative to the page it is written on."""
        return self._file_url(context, self._targets[target].path)

    @pass_context
    def _file_url(self, context: Context, path: str) -> str:
        """The address of a page or another file of the site, by its path."""
        return relative(path, context["here"].path, as_folder=self._as_folders)

    @pass_context
    def _to(
        self, context: Context, target: str, words: str | None = None, kind: str = "", anchor: str = ""
    ) -> Markup:
        """A link to what has this id, or to a part of it; with its title or other words, and classes."""
        found = self._targets[target]
        path = f"{found.path}#{anchor}" if anchor else found.path
        url = escape(relative(path, context["here"].path, as_folder=self._as_folders))
        classes = f' class="{escape(kind)}"' if kind else ""
        return Markup(f'<a{classes} href="{url}">{escape(words or found.title)}</a>')  # noqa: S704 (escaped)

    @pass_context
    def _inline(self, context: Context, text: str) -> Markup:
        """A text of the content, with its links and what it stresses."""
        return inline_markup.html(text, lambda target, words: self._to(context, target, words))

    @pass_context
    def _explained(self, context: Context, text: str) -> Markup:
        """The same; besides, the first use of a term on the page links to its meaning."""
        here = context["here"]
        if here.path != GATHERING_PAGES["glossary"].path:
            text = inline_markup.with_links(text, self._term_words, self._terms, here.explained)
        return self._inline(context, text)

    @pass_context
    def _blanks(self, context: Context, text: str) -> Markup:
        """Words that readers send, with their links; what is to be filled in is marked."""
        return inline_markup.html(text, lambda target, words: self._to(context, target, words), blanks=True)


@dataclass(frozen=True)
class _Here:
    """The page that is being rendered."""

    path: str
    explained: set[str] = field(default_factory=set)
    """The terms whose meaning it linked to already."""
    ids: set[str] = field(default_factory=set)
    """The ids that were made for it."""


@pass_context
def _slug(context: Context, words: str) -> str:
    """An id made of words, as Python-Markdown makes those of headings; the page has it once."""
    return unique(slugify(inline_markup.plain(words), "-"), context["here"].ids)


def _meta(draft: Draft) -> dict[str, str | bool]:
    meta: dict[str, str | bool] = {
        "title": inline_markup.plain(draft.title),
        "description": inline_markup.plain(draft.description),
        "template": f"{draft.frame}.html",
        "kind": draft.template,
        "made_from": draft.source,
        "tab_title": draft.tab_title or "",
        "script": draft.script,
        "repeats": draft.repeats,
        "style": draft.style,
    }
    if draft.reviewed and draft.review_by:
        meta["reviewed"] = _day(draft.reviewed)
        meta["reviewed_on"] = draft.reviewed.isoformat()
        meta["review_by"] = _day(draft.review_by)
    return {key: value for key, value in meta.items() if value or key == "description"}


@cache
def _day(day: date) -> str:
    """A date as people write it: 3 May 2026."""
    return f"{day.day} {day:%B} {day.year}"


@dataclass(frozen=True)
class ProblemsView(View):
    """What is wrong with the content."""

    problems: list[Problem]


def problems_page(path: str, problems: list[Problem], templates: Path, phrases: Phrases) -> Page:
    """What an author sees in the preview in place of a page while the content has mistakes."""
    draft = Draft(
        path=path,
        template="problems",
        title="Mistakes in the content",
        description="",
        source="handbook.yml",
        view=ProblemsView(problems),
    )
    return Renderer(templates, phrases, {}).page(draft)


def failure_page(templates: Path) -> Callable[[BaseException, list[str]], str]:
    """What makes a page, as HTML, of an error that stopped a build and of what was logged before it.

    The page needs nothing of the theme, whose templates may be what is broken; its own is read now.
    """
    environment = Environment(loader=FileSystemLoader(templates), autoescape=True, trim_blocks=True)
    template = environment.get_template("failure.html.jinja")

    def page(error: BaseException, logged: list[str]) -> str:
        place = in_template(error)
        raised = f"{place}: {error}" if place else str(error)
        return template.render(messages=dict.fromkeys([*logged, raised]))

    return page


def in_template(error: BaseException) -> str:
    """The file and line of the template in which an error arose; empty if it was in none."""
    if isinstance(error, TemplateSyntaxError):
        return f"{_from_here(error.filename or error.name or '')}:{error.lineno}"
    # Jinja writes its templates' own files and lines into tracebacks.
    frames = [(f.f_code.co_filename, line) for f, line in walk_tb(error.__traceback__)]
    inside = [(name, line) for name, line in frames if name.endswith((".jinja", ".html"))]
    return f"{_from_here(inside[-1][0])}:{inside[-1][1]}" if inside else ""


def _from_here(name: str) -> str:
    """A file's path from the working folder, in which the author is."""
    return os.path.relpath(name) if name else "a template"
