"""What stands in the built site, and what happens to it when something is wrong."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from kit import ROOT, SMALL_GUIDE, change, real_content

from guidebook.site.content_security_policy import HEADERS, policy
from guidebook.site.mkdocs_plugin import build_site

if TYPE_CHECKING:
    from pathlib import Path

KINDS = {
    "home",
    "tree-picture",
    "tree-proof",
    "tree-people",
    "stage",
    "topic",
    "variant",
    "compare",
    "situation",
    "situations",
    "moment",
    "scripts",
    "stage-scripts",
    "disagreements",
    "left-out",
    "sources",
    "research",
    "whole",
    "help",
    "glossary",
    "outcome",
    "decide",
    "text",
}


class Elements(HTMLParser):
    """Every element of a page with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def pages(site: Path) -> dict[str, str]:
    found = {str(path.relative_to(site)): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    assert len(found) > 40
    return found


def test_every_kind_of_page_is_there(site: Path) -> None:
    kinds = {re.search(r'<body class="kind-([a-z-]+)"', html)[1] for html in pages(site).values()}  # type: ignore[index]

    assert kinds == KINDS


def test_the_proof_names_the_data_that_is_published(site: Path) -> None:
    published = (site / "decide/tree.json").read_bytes()
    page = (site / "decide/proof/index.html").read_text(encoding="utf-8")
    island = re.search(
        r'<script type="application/json" id="decision-tree-data">(.*?)</script>',
        (site / "decide/index.html").read_text(encoding="utf-8"),
    )

    assert hashlib.sha256(published).hexdigest() in page
    assert island
    assert json.loads(island[1]) == json.loads(published)
    assert len(gzip.compress(published, 9)) <= 6000


def test_every_file_is_listed_with_its_hash(site: Path) -> None:
    listed = json.loads((site / "privacy.json").read_text(encoding="utf-8"))["sha256"]
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}

    assert set(listed) == there - {"privacy.json"}
    assert all(hashlib.sha256((site / name).read_bytes()).hexdigest() == sha for name, sha in listed.items())


@pytest.mark.content
def test_headers_for_hosts_that_can_send_them_are_told_on_the_page(site: Path) -> None:
    headers = (site / "_headers").read_text(encoding="utf-8")
    page = (site / "privacy/index.html").read_text(encoding="utf-8")

    assert headers.startswith("/*\n")
    for name, value in HEADERS.items():
        assert f"  {name}: {value}\n" in headers
        # What a page can say itself is no gap of a host that sends no headers.
        assert name in page or name == "Referrer-Policy"
    assert "frame-ancestors" in page


def test_scripts_and_styles_carry_no_comments(site: Path) -> None:
    for path in (*site.glob("assets/js/*.js"), *site.glob("assets/css/*.css")):
        text = path.read_text(encoding="utf-8")
        assert "/*" not in text, path
        assert "\n//" not in text, path


def test_every_page_has_a_policy_that_fits_it(site: Path) -> None:
    for name, html in pages(site).items():
        stated = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
        assert stated, name
        assert stated[1] == policy(html.replace(stated[1], "")), name
        assert "unsafe" not in stated[1], name
        assert "form-action 'none'" in stated[1], name


def test_no_page_needs_anything_from_another_host(site: Path) -> None:
    for name, html in pages(site).items():
        for tag, attributes in Elements(html).found:
            assert "style" not in attributes, (name, tag)
            assert not any(key.startswith("on") for key in attributes), (name, tag)
            if tag in {"script", "img", "iframe", "source"} or (tag, attributes.get("rel")) == (
                "link",
                "stylesheet",
            ):
                address = attributes.get("src") or attributes.get("href") or ""
                assert not re.match(r"(https?:)?//", address), (name, address)


def test_links_to_other_sites_tell_them_nothing(site: Path) -> None:
    for name, html in pages(site).items():
        for tag, attributes in Elements(html).found:
            if tag == "a" and (attributes.get("href") or "").startswith("http"):
                assert {"noopener", "noreferrer"} <= set((attributes["rel"] or "").split()), (
                    name,
                    attributes,
                )


def test_no_content_file_is_published(site: Path) -> None:
    assert not list(site.rglob("*.yml"))
    assert not list(site.rglob("*.jinja"))


def test_urgent_pages_have_a_neutral_title(site: Path) -> None:
    book = real_content().book
    neutral = [f"situations/{item.id}" for item in book.situations.values() if item.tab_title]
    neutral += [f"moments/{item.id}" for item in book.moments.values() if item.tab_title]
    neutral += [f"outcomes/{item.id}" for item in book.outcomes.values() if item.tab_title]
    assert neutral
    for name in neutral:
        title = re.search(r"<title>(.*?)</title>", (site / name / "index.html").read_text(encoding="utf-8"))
        assert title
        assert book.guide.title not in title[1]


def test_the_exported_tree_is_the_one_in_the_page(site: Path) -> None:
    html = (site / "decide/index.html").read_text(encoding="utf-8")
    island = re.search(
        r'<script type="application/json" id="decision-tree-data">(.*?)</script>', html, re.DOTALL
    )
    assert island

    assert json.loads(island[1]) == json.loads((site / "decide/tree.json").read_text(encoding="utf-8"))


# --- when something is wrong --------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the small guide that can be built, with a site already there."""
    shutil.copytree(SMALL_GUIDE, tmp_path / "guide", ignore=shutil.ignore_patterns("site"))
    config = tmp_path / "guide/mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("../..", str(ROOT)), encoding="utf-8")
    built = build_site(config)
    assert built
    assert built.topics == 2
    return tmp_path / "guide"


def state(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def run(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: PLW1510 (the test looks at the exit status)
        [sys.executable, "-m", *command], cwd=project, capture_output=True, text=True
    )


MISTAKE: dict[str, Any] = {"edit": {"topics/keeping/water.yml": {"title: Water": "titel: Water"}}}
TOLD = "content/topics/keeping/water.yml:1:1: 'titel' is not a field here; did you mean 'title'?"


@pytest.mark.parametrize(
    "command", [("mkdocs", "build"), ("guidebook.cli", "build"), ("guidebook.cli", "check")], ids=" ".join
)
def test_a_mistake_stops_the_build_and_keeps_the_last_site(project: Path, command: tuple[str, ...]) -> None:
    before = state(project / "site")
    change(project / "content", MISTAKE)

    done = run(project, *command)

    assert done.returncode == 1
    assert TOLD in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert state(project / "site") == before
    assert not list(project.glob(".site-*"))


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "pages/topic.html.jinja",
            "topic.answer",
            "topik.answer",
            "pages/topic.html.jinja:7: 'topik' is undef",
        ),
        ("pages/stage.html.jinja", "{% endfor %}", "{% endfo %}", "pages/stage.html.jinja:"),
        (
            "theme/partials/header.html",
            "frame.skip",
            "frame.skop",
            "locale/en.yml has no phrase 'frame.skop'",
        ),
        ("locale/en.yml", "do: Do\n", "do: [Do]\n", "locale/en.yml:"),
    ],
)
def test_a_mistake_in_a_template_is_told_and_keeps_the_last_site(
    project: Path, tmp_path: Path, file: str, old: str, new: str, told: str
) -> None:
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    config = project / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace(str(ROOT), str(tmp_path)), encoding="utf-8")
    before = state(project / "site")
    change(tmp_path / "templates", {"edit": {file: {old: new}}})

    done = run(project, "guidebook.cli", "build")

    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert state(project / "site") == before
    assert not list(project.glob(".site-*"))


def test_a_broken_link_by_hand_stops_the_build_and_keeps_the_last_site(project: Path) -> None:
    before = state(project / "site")
    change(
        project / "content",
        {
            "write": {
                "extra.md": "# Extra\n\n[nowhere](nowhere.md) [gone](about.md#gone)"
                " [no term](glossary.md#leaf)\n"
            },
            "edit": {"handbook.yml": {"by_hand: [about]": "by_hand: [about, extra]"}},
        },
    )

    done = run(project, "guidebook.cli", "build")

    assert done.returncode == 1
    assert "nowhere.md" in done.stderr
    assert "#gone" in done.stderr
    assert "the link '../glossary/#leaf' leads to a part that is not there" in done.stderr
    assert state(project / "site") == before
    assert not list(project.glob(".site-*"))


def test_a_script_that_cannot_be_joined_stops_the_build_and_keeps_the_last_site(project: Path) -> None:
    shutil.copytree(ROOT / "templates", project.parent / "templates")
    config = project / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace(str(ROOT), ".."), encoding="utf-8")
    before = state(project / "site")
    script = {"import { wording }": "import { words }"}
    change(
        project.parent / "templates/theme/assets/js",
        {"edit": {"leave-page.js": {"isOfInputMethod, ": "", **script}}},
    )

    done = run(project, "guidebook.cli", "build")

    assert done.returncode == 1
    assert "js/leave-page.js imports words from js/page.js, which does not give it" in done.stderr
    assert "Traceback" not in done.stderr
    assert state(project / "site") == before
    assert not list(project.glob(".site-*"))


class Shown(HTMLParser):
    """The text of a page, and the texts that its attributes say."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_code = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_code = tag in {"script", "code", "style"}
        self.found += [
            value or "" for name, value in attrs if name in {"aria-label", "content", "data-label"}
        ]

    def handle_endtag(self, tag: str) -> None:
        self._in_code = self._in_code and tag not in {"script", "code", "style"}

    def handle_data(self, data: str) -> None:
        if not self._in_code:
            self.found.append(data)


def test_no_text_shows_the_marks_that_it_is_written_with(site: Path) -> None:
    shown = {path: " ".join(Shown(path.read_text("utf-8")).found) for path in site.rglob("*.html")}

    assert len(shown) > 150
    assert [path for path, text in shown.items() if re.search(r"\*\*|\[\[|\]\]|\{\{|\{%", text)] == []


def test_markup_in_content_is_shown_and_never_run(project: Path) -> None:
    evil = """'"><script>alert(1)</script>{{ 7 * 191 }}<img src=x onerror=alert(1)>'"""
    change(
        project / "content",
        {
            "edit": {
                "handbook.yml": {
                    "title: Houseplants": f"title: {evil}",
                    "title: Choosing": f"title: {evil}",
                    "urge: Right now": f"urge: {evil}",
                    "edition: A small guide": f"edition: {evil}",
                    "text: New to plants?": f"text: {evil}",
                    "words: Words explained": f"words: {evil}",
                },
                "topics/keeping/water.yml": {
                    "title: Water": f"title: {evil}",
                    "answer: When": "answer: '\"<b>When'  #",
                },
                "decision-tree/questions/leaves.yml": {"label: Fine": f"label: {evil}"},
                "variants/wick.yml": {"title: Water wick": f"title: {evil}"},
            }
        },
    )

    assert build_site(project / "mkdocs.yml")

    for path in (project / "site").rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        elements = Elements(html).found
        assert "1337" not in html, path
        assert not [tag for tag, attributes in elements if tag == "img" or "onerror" in attributes], path
        assert "<script>alert" not in html, path


def test_a_good_build_takes_the_place_of_the_last(project: Path) -> None:
    change(
        project / "content",
        {"edit": {"topics/keeping/water.yml": {"How often do I water?": "When to water?"}}},
    )

    done = run(project, "guidebook.cli", "build")

    assert done.returncode == 0
    assert "2 topics" in done.stdout
    assert "When to water?" in (project / "site/keeping/water/index.html").read_text(encoding="utf-8")


def test_the_same_content_gives_the_same_site(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert build_site(project / "mkdocs.yml")
    before = state(project / "site")

    assert build_site(project / "mkdocs.yml")

    assert state(project / "site") == before


@pytest.mark.content
def test_each_citation_shows_its_stance(site: Path) -> None:
    shown = {
        page: re.findall(
            r'data-stance="(\w+)" data-by="\w+">(.*?)</span>', (site / page / "index.html").read_text("utf-8")
        )
        for page in ("left-out", "disagreements", "maintaining/not-looking", "variants/limited")
    }
    words = {"supports": "", "qualifies": " qualifies", "disputes": " disputes"}
    words |= {"counterexample": " (shown as what not to do)", "answered": " (a claim that we answer)"}

    for page, citations in shown.items():
        assert citations, page
        for stance, text in citations:
            assert text.partition("</a>")[2].rstrip() == words[stance], (page, text)
    # What a source does not say is not shown as its own.
    assert [stance != "supports" for stance, _ in shown["left-out"]].count(True) > 50
    assert any("a reader of" in text for _, text in shown["left-out"])
    assert {stance for stance, _ in shown["maintaining/not-looking"]} >= {"supports", "counterexample"}
