"""The handbook on paper, and from a folder without a server."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urljoin

import pytest
from kit import ROOT, first_with, real_content

from guidebook.content.inline_markup import plain
from guidebook.site.mkdocs_plugin import build_site
from guidebook.site.print_edition import Finished, bound, parts
from guidebook.site.script_bundle import joined

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kit import Visitor

    Visit = Callable[..., Visitor]

CONTENT = real_content()
BOOK = CONTENT.book
SITUATION = first_with(BOOK.situations, lines=True)


class _Names(HTMLParser):
    """The ids of a page and what its links lead to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids[str(given["id"])] += 1
        if tag == "a" and given.get("href") is not None:
            self.links.append(str(given["href"]))


# --- all pages in one -----------------------------------------------------------------------------


def test_the_whole_has_every_topic_situation_moment_and_help_line(site: Path) -> None:
    html = (site / "whole/index.html").read_text(encoding="utf-8")
    names = _Names(html)

    for topic in BOOK.topics.values():
        assert f"{topic.stage}-{topic.id}" in names.ids
        assert {f"{topic.stage}-{topic.id}--{point.id}" for point in topic.advice} <= set(names.ids)
    for folder, files in (
        ("situations", BOOK.situations),
        ("moments", BOOK.moments),
        ("variants", BOOK.variants),
    ):
        assert {f"{folder}-{item}" for item in files} <= set(names.ids)
    for line in (line for country in BOOK.countries.values() for line in country.lines):
        assert line.call is None or f"tel:{line.dials}" in names.links


def test_links_within_the_whole_lead_to_one_place_each(site: Path) -> None:
    names = _Names((site / "whole/index.html").read_text(encoding="utf-8"))
    within = {link[1:] for link in names.links if link.startswith("#")}

    assert [name for name, times in names.ids.items() if times > 1] == []
    assert sorted(within - set(names.ids)) == []
    assert len(within) > 150


def test_links_out_of_the_whole_lead_to_pages(site: Path) -> None:
    names = _Names((site / "whole/index.html").read_text(encoding="utf-8"))
    ours = [link for link in names.links if not re.match(r"#|\w+:", link)]

    for link in ours:
        path = urldefrag(urljoin("/whole/", link))[0].lstrip("/")
        assert (site / path).exists(), link


def test_search_engines_leave_the_whole_out_and_keep_the_rest(site: Path) -> None:
    left_out = [
        path for path in site.rglob("*.html") if 'content="noindex"' in path.read_text(encoding="utf-8")
    ]

    assert left_out == [site / "whole/index.html"]


def test_a_page_becomes_a_chapter() -> None:
    links = '<a href="../b/#x">b</a> <a href="#t">t</a> <a href="../../z/">z</a> <a href="tel:1">1</a>'
    html = f'<h1 id="t">T</h1><p>{links}'
    chapters = {"s/a/": "s-a", "s/b/": "s-b"}
    made = bound(Finished("s/a/", "T", f"{html}</p><details>d</details>"), chapters, "whole/", level=3)

    assert made == (
        '<h3 id="s-a--t">T</h3><p><a href="#s-b--x">b</a> <a href="#s-a--t">t</a> <a href="../z/">z</a>'
        ' <a href="tel:1">1</a></p><details open>d</details>'
    )


def test_each_page_is_in_one_part_only() -> None:
    paths = [path for part in parts(CONTENT) for path in part.paths]

    assert len(paths) == len(set(paths))
    assert not [path for path in paths if path.startswith("outcomes/")]


# --- paper ----------------------------------------------------------------------------------------


def test_paper_shows_the_text_and_nothing_around_it(visit: Visit) -> None:
    page = visit().go(f"/situations/{SITUATION.id}/")
    page.emulate_media(media="print")

    for part in (".leave", ".top", ".foot", ".script__copy", ".drawing", ".next"):
        assert page.locator(f"{part}:visible").count() == 0, part
    lines = [
        line for country in BOOK.countries.values() for line in country.lines if line.kind in SITUATION.lines
    ]
    shown = page.locator("main").inner_text()
    assert lines
    for line in lines:
        assert line.call is None or line.call in shown, "a folded help line is not printed"


def test_paper_shows_a_drawing_that_explains(visit: Visit) -> None:
    page = visit().go("/moments/urge/")
    page.emulate_media(media="print")

    assert (
        page.locator(".diagram svg:visible").count()
        == page.locator(".diagram figcaption:visible").count()
        == 1
    )


def test_paper_is_opened_by_script_where_styles_cannot(visit: Visit) -> None:
    page = visit().go(f"/situations/{SITUATION.id}/")
    folded = page.locator("main details").count()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    opened = page.locator("main details[open]").count()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")

    assert folded == opened > 0
    assert page.locator("main details[open]").count() == 0


def test_the_whole_has_contents_and_its_parts_begin_pages(visit: Visit) -> None:
    page = visit().go("/whole/")
    page.emulate_media(media="print")
    breaks = page.evaluate(
        "[...document.querySelectorAll('.part')].map((part) => getComputedStyle(part).breakBefore)"
    )

    assert set(breaks) == {"page"}
    assert page.get_by_role("navigation", name="Contents").get_by_role("link").count() > len(BOOK.topics)
    assert page.locator(".chapter:visible").count() >= len(BOOK.topics)


# --- from a folder --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The handbook as `make offline` builds it."""
    project = tmp_path_factory.mktemp("offline")
    for name in ("mkdocs.yml", "content", "templates"):
        (project / name).symlink_to(ROOT / name)
    built = build_site(project / "mkdocs.yml", offline=True)
    assert built
    return built.site


def test_every_link_of_the_folder_leads_to_a_file(folder: Path) -> None:
    for path in folder.rglob("*.html"):
        if path.name == "404.html":
            continue
        for link in _Names(path.read_text(encoding="utf-8")).links:
            target = urldefrag(link)[0]
            if target and not re.match(r"\w+:", target):
                assert (path.parent / target).is_file(), f"{path.relative_to(folder)}: {link}"


@pytest.mark.content
def test_search_tree_and_pause_work_from_a_folder(browser: Any, folder: Path) -> None:  # noqa: ANN401
    page = browser.new_context(viewport={"width": 375, "height": 800}).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None
    )
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("searchbox").click()
    page.keyboard.type("he txted me wat do i say")
    page.locator(".found__title a", has_text=plain(BOOK.moments["message"].title)).first.click()
    page.wait_for_url("**/moments/message.html")

    page.goto((folder / "decide.html").as_uri())
    page.get_by_role("button", name="Start", exact=True).click()
    for answer in ("in-danger", "to-me"):
        page.locator(f"input[value={answer}]").locator("visible=true").check()
        page.get_by_role("button", name="Continue").locator("visible=true").click()
    page.locator("[data-outcome=call-now]").wait_for()

    page.goto((folder / "moments/urge.html").as_uri())
    page.get_by_role("button", name="Start one minute").wait_for()
    page.context.close()
    assert said == []


def test_the_whole_starts_nothing_of_a_single_page_in_the_folder(browser: Any, folder: Path) -> None:  # noqa: ANN401
    page = browser.new_context().new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto((folder / "whole.html").as_uri())
    page.wait_for_function("document.querySelector('.search--on, .leave')")
    page.wait_for_timeout(300)
    page.context.close()

    assert said == []


def test_fonts_come_from_the_folder_too(browser: Any, folder: Path) -> None:  # noqa: ANN401
    page = browser.new_context().new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto((folder / "help.html").as_uri())
    page.evaluate("document.fonts.ready")

    # A browser may refuse to fetch early from a folder, and says so.
    assert "preload" not in (folder / "help.html").read_text(encoding="utf-8")
    for font in ("Newsreader", "Atkinson Hyperlegible Next"):
        assert page.evaluate("(font) => document.fonts.check(`20px '${font}'`)", font)
    page.context.close()
    assert said == []


def test_modules_are_joined_with_all_that_they_give_each_other(browser: Any) -> None:  # noqa: ANN401
    modules = {
        "js/a.js": 'import Base, { twice as double } from "../lib/b.js"\n'.replace("Base, ", "")
        + 'import Base from "../lib/b.js"\nimport "./c.js"\nwindow.told.push(double(4), new Base().name)\n'
        + 'import("./d.js").then(({ default: late }) => window.told.push(late))\n',
        "js/c.js": 'window.told.push("c")\n',
        "js/d.js": 'window.told.push("d runs late")\nexport default "late"\n',
        "lib/b.js": "export function twice(x) {\n  return 2 * x\n}\nclass Base {\n  name = 'base'\n}\n"
        "export { Base as default };\n",
    }
    page = browser.new_context().new_page()
    page.evaluate("window.told = []")
    page.evaluate(joined(modules, ["js/a.js"]))
    page.wait_for_function("window.told.includes('late')")

    assert page.evaluate("window.told") == ["c", 8, "base", "d runs late", "late"]
    page.context.close()


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ('import * as all from "./b.js"\n', "cannot be joined"),
        ('export * from "./b.js"\n', "cannot be joined"),
        ('import { b } from "./b.js"; import { c } from "./b.js"\n', "cannot be joined"),
        ("const a = 1;export{a as default}\n", "cannot be joined"),
        ("export const a = 1, b = 2\n", "cannot be joined"),
        ("export default function f() {}\n", "cannot be joined"),
        ('import { b } from "./missing.js"\n', "is not there"),
        ('import { c } from "./b.js"\n', "does not give"),
    ],
)
def test_a_form_that_cannot_be_joined_is_refused(code: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        joined({"js/a.js": code, "js/b.js": "export function b() {}\n"}, ["js/a.js"])
