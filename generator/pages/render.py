"""How each page reads: drafts -> Markdown, by the templates."""

from __future__ import annotations

import json
import os
import posixpath
import re
from dataclasses import dataclass
from traceback import walk_tb
from typing import TYPE_CHECKING, Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    pass_context,
)
from markupsafe import Markup, escape

from guidebook.content import inline_markup
from guidebook.pages.addresses import address
from guidebook.pages.draft import Draft

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from jinja2.runtime import Context

    from guidebook.content.model.advice import Citation
    from guidebook.content.problems import Problem
    from guidebook.pages.draft import Link


@dataclass(frozen=True)
class Page:
    """One document for the site generator: its path, its Markdown, and the file to edit."""

    path: str
    markdown: str
    source: str


class Renderer:
    """Renders drafts with the templates of one folder.

    Whatever a template prints is escaped as plain text on its way out (`inline_markup.markdown`), unless a
    function here made it; so no content can become markup by being forgotten.
    """

    def __init__(
        self,
        templates: Path,
        targets: Mapping[str, Link],
        terms: Mapping[str, str] | None = None,
        drawings: Mapping[str, str] | None = None,
        *,
        as_folders: bool = True,
        **always: object,
    ) -> None:
        """`targets` are what text may link to, `terms` the words that link to their meaning by themselves.

        `drawings` are SVG that was found to hold shapes only, by the id of the page that shows them.
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
            finalize=self._shown,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.policies["json.dumps_kwargs"] = {"sort_keys": False, "separators": (",", ":")}
        self._environment.filters.update(
            day=_day,
            explained=self._explained,
            once=_once,
            plain=_plain,
            letters=_letters,
            verbatim=_verbatim,
        )
        self._environment.globals.update(
            link=self._link, to=self._to, url=self._url, drawing=self._drawing, **always
        )

    def page(self, draft: Draft) -> Page:
        """Render one page; a mistake in a template raises jinja2.TemplateError with its file."""
        template = self._environment.get_template(f"{draft.template}.md.jinja")
        try:
            body = template.render(draft.shows, draft=draft, here=draft.path, explained=set())
        except TemplateError as error:
            error.add_note(f"while rendering {draft.path} with {draft.template}.md.jinja")
            raise
        return Page(draft.path, f"{_front_matter(draft)}{body}", draft.source)

    @pass_context
    def _url(self, context: Context, path: str) -> Markup:
        """The address of a Markdown path for a place that no Markdown reaches, relative to the page."""
        here = address(context["here"], as_folder=self._as_folders)
        target = address(path, as_folder=self._as_folders)
        relative = posixpath.relpath(target, posixpath.dirname(here) or ".")
        return escape(f"{relative}/" if target.endswith("/") else relative)

    def _drawing(self, page_id: str) -> Markup:
        """The drawing of a page; empty if it has none."""
        return Markup(self._drawings.get(page_id, ""))  # noqa: S704 (checked when it was loaded)

    @pass_context
    def _shown(self, context: Context, value: Any) -> Markup:  # noqa: ANN401 (templates print anything)
        if isinstance(value, Markup):
            return value
        return Markup(inline_markup.markdown(str(value), lambda i, words: self._to(context, i, words)))  # noqa: S704

    @pass_context
    def _explained(self, context: Context, words: str) -> str:
        """Text in which the first use of a term on the page links to its meaning."""
        if context["here"].startswith("glossary"):
            return words
        return inline_markup.with_links(words, self._term_words, self._terms, context["explained"])

    @pass_context
    def _to(self, context: Context, target: str, words: str | None = None, kind: str = "") -> Markup:
        """A link to what has this id, with its title or with other words, and classes if given."""
        found = self._targets[target]
        return self._link(context, found.path, words or found.title, kind)

    @pass_context
    def _link(self, context: Context, path: str, words: str, kind: str = "") -> Markup:
        """A link to a Markdown path, relative to the page it stands on."""
        page, _, anchor = path.partition("#")
        relative = posixpath.relpath(page, posixpath.dirname(context["here"]) or ".")
        target = f"{relative}#{anchor}" if anchor else relative
        classes = "{: " + " ".join(f".{name}" for name in kind.split()) + " }" if kind else ""
        return Markup(f"[{inline_markup.escaped(words)}]({target}){classes}")  # noqa: S704


def _front_matter(draft: Draft) -> str:
    """JSON is YAML: every value is safe whatever stands in it."""
    meta: dict[str, Any] = {
        "title": inline_markup.plain(draft.title),
        "description": inline_markup.plain(draft.description),
        "template": f"{draft.frame}.html",
        "kind": draft.template,
        "made_from": draft.source,
    }
    if draft.tab_title:
        meta["tab_title"] = draft.tab_title
    if draft.reviewed:
        meta["reviewed"] = _day(draft.reviewed)
        meta["reviewed_on"] = draft.reviewed.isoformat()
        meta["review_by"] = _day(draft.review_by)
    if draft.script:
        meta["script"] = draft.script
    if draft.repeats:
        meta["repeats"] = True
    if draft.style:
        meta["style"] = draft.style
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items()]
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def _day(day: date) -> str:
    """A date as people write it: 3 May 2026."""
    return f"{day.day} {day:%B} {day.year}"


def _plain(words: str) -> Markup:
    """Words for a place where no link or emphasis can stand."""
    return Markup(inline_markup.escaped(inline_markup.plain(words)))  # noqa: S704


def _letters(words: str) -> Markup:
    """Words for a place that no Markdown reaches, such as a drawing."""
    return escape(inline_markup.plain(words))


def _verbatim(words: str) -> Markup:
    """Words that are no text of the guide, such as a message about one: shown letter for letter."""
    return Markup(inline_markup.escaped(words))  # noqa: S704


def _once(citations: list[Citation]) -> list[Citation]:
    """One citation for each source and stance, however many places of it are cited."""
    return list({(citation.source, citation.stance): citation for citation in citations}.values())


def problems_page(path: str, problems: list[Problem], templates: Path) -> Page:
    """What an author sees in the preview in place of a page while the content has mistakes."""
    draft = Draft(
        path=path,
        template="problems",
        title="Mistakes in the content",
        description="",
        source="handbook.yml",
        shows={"problems": problems},
    )
    return Renderer(templates, {}).page(draft)


def failure_page(templates: Path) -> Callable[[BaseException, list[str]], str]:
    """What makes a page, as HTML, of an error that stopped a build and of what was logged before it.

    The page needs nothing of the theme, whose templates may be what is broken; its own is read now.
    """
    environment = Environment(loader=FileSystemLoader(templates), autoescape=True, trim_blocks=True)
    template = environment.get_template("failure.html.jinja")

    def page(error: BaseException, logged: list[str]) -> str:
        place = _in_template(error)
        raised = f"{place}: {error}" if place else str(error)
        return template.render(messages=dict.fromkeys([*logged, raised]))

    return page


def _in_template(error: BaseException) -> str:
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
