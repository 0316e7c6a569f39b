"""The door to MkDocs: the only module that knows it.

MkDocs empties the output folder before a plugin can object, so content is checked before that, the
build goes to a folder aside, and only a whole build without warnings takes the place of the last.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal, cast

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import config_options, load_config
from mkdocs.config.base import Config
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import CountHandler

from guidebook.build import phrases_beside, read, render
from guidebook.content.problems import ContentError
from guidebook.pages.addresses import HOME, TREE_FILE
from guidebook.pages.menus import menus
from guidebook.pages.render import Page, failure_page, in_template, problems_page
from guidebook.pages.search_index import search_data, search_module
from guidebook.search.browser_data import danger_data, ranker_data
from guidebook.search.lessons import stale
from guidebook.site import content_security_policy
from guidebook.site.contents_list import contents_list
from guidebook.site.finishing import FILE_LIST, join_scripts, list_files, strip
from guidebook.site.link_check import broken
from guidebook.site.preview import answering
from guidebook.site.print_edition import WHOLE, Finished, fill, whole
from guidebook.site.stylesheets import sheets
from guidebook.tree.browser_data import tree_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.nav import Navigation
    from mkdocs.utils.templates import TemplateContext

    from guidebook.content.handbook import Content
    from guidebook.pages.draft import Link
    from guidebook.pages.phrases import Phrases


log = logging.getLogger("mkdocs.plugins.handbook")


_SCRIPTS = "assets/js/"


_OWN_STYLES = "assets/css/"
_UNUSED = ("assets/javascripts/", "assets/images/", "assets/stylesheets/")


def _is_unused(path: str) -> bool:
    """Whether a file belongs to a part of the theme that no page uses."""
    return path.endswith(".map") or path.startswith(_UNUSED)


class Options(Config):
    """What mkdocs.yml may say of this plugin."""

    templates = config_options.Dir(default="templates/pages", exists=True)
    """The folder with the templates of the pages."""
    offline = config_options.Type(bool, default=False)
    """Whether the site is to be opened from a folder, without a server."""


class HtmlPage(MkDocsPage):
    """A page that is HTML already: MkDocs reads no file for it and runs no Markdown over it."""

    def __init__(self, page: Page, file: File, config: MkDocsConfig) -> None:
        """The page takes its place at the file, as every page of MkDocs does."""
        super().__init__(page.title, file, config)
        self._finished = page

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002
        """Take over what the page says of itself."""
        self.markdown = ""
        self.meta = dict(self._finished.meta)

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Take over its HTML."""
        self.content = self._finished.html


class HandbookPlugin(BasePlugin[Options]):
    """Feeds the guide's pages to MkDocs and keeps the last good site until there is a better one."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Remember whether somebody is looking on: then mistakes are shown in the page."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check the content before anything is touched; begin a build aside."""
        self.content: Content | None = None
        self._problems: ContentError | None = None
        config.watch.append(self.config.templates)
        config.watch.extend(config.theme.dirs[:1])
        self._phrases = self._read_phrases(config)
        try:
            self.content = read(Path(config.docs_dir))
        except ContentError as error:
            if not self._serving:
                raise PluginError(f"\n{error}") from error
            log.error("Mistakes in the content:\n%s", error)  # noqa: TRY400 (no traceback for authors)
            self._problems = error
            # The author is looking at one of the pages of before; each of them shows the mistakes.
            before = Path(config.site_dir).rglob("index.html")
            paths = {path.relative_to(config.site_dir).with_suffix(".md").as_posix() for path in before}
            self._shown_before = sorted({*paths, HOME})
        if self.content:
            config.site_name = self.content.book.guide.title
        if self.config.offline:
            # From a folder no server finds the index.html of an address that ends in a slash.
            config.use_directory_urls = False
        if not self._serving:
            self._begin_aside(config)
        return config

    def _read_phrases(self, config: MkDocsConfig) -> Phrases:
        """The words of the templates; without them nothing can be shown, not even a mistake."""
        try:
            found = phrases_beside(Path(self.config.templates))
        except ContentError as error:
            raise PluginError(f"\n{error}") from error
        config.watch.append(found.file)
        return found

    def _begin_aside(self, config: MkDocsConfig) -> None:
        self._site = Path(config.site_dir)
        self._site.parent.mkdir(parents=True, exist_ok=True)
        self._aside = TemporaryDirectory(prefix=".site-", dir=self._site.parent)
        config.site_dir = str(Path(self._aside.name, "new"))
        self._warnings = CountHandler()
        self._warnings.setLevel(logging.WARNING)
        logging.getLogger("mkdocs").addHandler(self._warnings)

    @event_priority(50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages as virtual files, and keep out of the site what is no part of it."""
        by_hand = self.content.by_hand if self.content else {}
        for file in list(files):
            is_content = file.src_dir == config.docs_dir
            # Of the content itself only the pages that were checked, whatever else lies there.
            if file.src_uri not in by_hand if is_content else _is_unused(file.src_uri):
                files.remove(file)
            elif file.src_uri.startswith(_OWN_STYLES):
                files.remove(file)  # They are put together below.
        for name, css in sheets(Path(config.theme.dirs[0], _OWN_STYLES)).items():
            files.append(File.generated(config, _OWN_STYLES + name, content=css))
        for page in self._pages(as_folders=config.use_directory_urls):
            file = File.generated(config, page.path, content="", inclusion=InclusionLevel.INCLUDED)
            file.edit_uri = page.source
            HtmlPage(page, file, config)
            files.append(file)
        if self.content and self.content.book.tree:
            data = tree_json(self.content.book)
            files.append(File.generated(config, TREE_FILE, content=data))
        if self.content and self.content.book.search:
            found = search_data(self.content, lambda path: self._url(files, path))
            learned = {"search-model": ranker_data(self.content), "search-danger": danger_data(self.content)}
            for script, written in {"search-data": found, **learned}.items():
                files.append(File.generated(config, f"{_SCRIPTS}{script}.js", content=search_module(written)))
            for said in stale(self.content):
                log.info(said)
        self._files = files
        # Pages may link to it; it is written when all other files are there.
        files.append(File.generated(config, FILE_LIST, content="{}"))
        return files

    @staticmethod
    def _url(files: Files, path: str) -> str:
        found = files.get_file_from_path(path)
        return found.url if found else ""

    def _pages(self, *, as_folders: bool) -> list[Page]:
        templates = Path(self.config.templates)
        if self.content:
            return render(self.content, templates, self._phrases, as_folders=as_folders)
        problems = self._problems.problems if self._problems else []
        return [problems_page(path, problems, templates, self._phrases) for path in self._shown_before]

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG002
        """Give the theme the links that stand on every page, and the guide's own words."""

        def shown(links: list[Link]) -> list[dict[str, str]]:
            return [
                {"title": link.title, "url": self._url(files, link.path), "path": link.path} for link in links
            ]

        env.globals["t"] = self._phrases
        env.globals["offline"] = self.config.offline
        env.globals["policy_place"] = "" if self._serving else content_security_policy.PLACE
        env.globals["guide"] = env.globals["search"] = None
        env.globals["home"] = "."
        if self.content:
            found = menus(self.content)
            env.globals["guide"] = self.content.book.guide
            env.globals["search"] = self.content.book.search
            env.globals["home"] = self._url(files, HOME)
            env.globals["menu"] = {
                "main": shown(found.main),
                "more": shown(found.more),
                "help": self._url(files, found.help),
                "urge": self._url(files, found.urge),
                "paths": {"help": found.help, "urge": found.urge},
                "urge_title": found.urge_title,
                "notices": [{"text": asked, **shown([link])[0]} for asked, link in found.notices],
            }
        return env

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Tell the theme which parts a long page has."""
        if page.file.src_uri != WHOLE:
            page.meta["contents"] = contents_list(html)
        return html

    def on_page_context(
        self,
        context: TemplateContext,
        *,
        page: MkDocsPage,
        config: MkDocsConfig,  # noqa: ARG002
        nav: Navigation,  # noqa: ARG002
    ) -> TemplateContext:
        """Give the page that holds all others the list of them; every page is finished by now."""
        if self.content and page.file.src_uri == WHOLE:
            self._printed = whole(self.content, self._finished)
            return cast("TemplateContext", {**context, "whole": self._printed})
        return context

    def _finished(self, path: str) -> Finished:
        file = self._files.get_file_from_path(path)
        assert file  # noqa: S101 (every page was rendered before)
        assert file.page  # noqa: S101
        script = str(file.page.meta.get("script", ""))
        return Finished(file.url, str(file.page.title), file.page.content or "", script)

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Put the page's policy in its place."""
        return content_security_policy.with_policy(output)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002
        """The same for pages that are no documents, such as 404.html."""
        return content_security_policy.with_policy(output_content)

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the new site in the place of the last, if nothing was wrong with it."""
        found = self._files.get_file_from_path(WHOLE)
        if self.content and found:
            fill(Path(found.abs_dest_path), self._printed, self._finished, found.url)
        if self._serving:
            return
        new = Path(config.site_dir)
        try:
            join_scripts(new, in_one=self.config.offline)
        except ValueError as error:
            raise PluginError(str(error)) from error
        for message in broken(new):
            log.warning(message)
        logging.getLogger("mkdocs").removeHandler(self._warnings)
        warned = sum(count for _, count in self._warnings.get_counts())
        if config.strict and warned:
            raise PluginError(f"{warned} warnings (above); the last good site stays as it is")
        strip(new / "assets")
        (new / "_headers").write_text(content_security_policy.headers_file(), encoding="utf-8")
        list_files(new)
        self._swap(Path(config.site_dir))
        config.site_dir = str(self._site)

    def _swap(self, new: Path) -> None:
        if self._site.exists():
            self._site.rename(Path(self._aside.name, "old"))
        new.rename(self._site)
        self._aside.cleanup()

    def on_serve(
        self,
        server: LiveReloadServer,
        *,
        config: MkDocsConfig,
        builder: Callable[..., None],  # noqa: ARG002 (the server's own is what it calls)
    ) -> LiveReloadServer:
        """Have the preview answer with the mistake where MkDocs would leave it waiting."""
        explain = failure_page(Path(self.config.templates).absolute())
        server.builder = answering(
            server.builder, Path(config.site_dir), explain, logging.getLogger("mkdocs")
        )
        return server

    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002
        """Leave nothing behind of a build that failed."""
        if not self._serving and hasattr(self, "_aside"):
            logging.getLogger("mkdocs").removeHandler(self._warnings)
            self._aside.cleanup()


@dataclass(frozen=True)
class Built:
    """A finished site."""

    site: Path
    topics: int
    pages: int
    seconds: float
    notes: list[str]
    """What does not stop a build, and is to be seen to."""


def build_site(config_file: Path, *, offline: bool = False) -> Built | None:
    """Build the site that a mkdocs.yml describes; nothing is returned if something was wrong.

    What is wrong has been logged by then. `offline` builds it into `offline/` beside `site/`, to be opened
    from there without a server.
    """
    began = time.perf_counter()
    try:
        config = load_config(str(config_file))
        if offline:
            config.plugins["handbook"].config["offline"] = True
            config.site_dir = str(Path(config.site_dir).parent / "offline")
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
    except (Abort, ConfigurationError) as stopped:
        log.debug("stopped: %s", stopped)
        return None
    except Exception as error:
        # A mistake in a template is its author's to mend; any other is ours, and shows where it is.
        place = in_template(error)
        if not place:
            raise
        log.error("%s: %s", place, error)  # noqa: TRY400 (no traceback for authors)
        return None
    finally:
        if "config" in locals():
            config.plugins.on_shutdown()
    plugin = config.plugins["handbook"]
    assert isinstance(plugin, HandbookPlugin)  # noqa: S101 (the name is this module's own entry point)
    content = plugin.content
    pages = sum(1 for _ in Path(config.site_dir).rglob("*.html"))
    topics = len(content.book.topics) if content else 0
    notes = stale(content) if content else []
    return Built(Path(config.site_dir), topics, pages, time.perf_counter() - began, notes)
