"""What an author sees while writing: the preview follows each save, and a mistake shows in the page."""

from __future__ import annotations

import html
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
from kit import ROOT, SMALL_GUIDE, change

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = "/keeping/water/"
GOOD = "do I water?"
PATIENCE_SECONDS = 30


class Preview:
    """A running `mkdocs serve` on a copy of the small guide."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "log.txt"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        command = ["mkdocs", "serve", "--no-strict", "--livereload", "--dev-addr", self.address]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=folder,
                stdout=log,
                stderr=log,
                env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            )

    def shows(self, words: str, path: str = PAGE) -> bool:
        """Whether the page, or another file, holds these words before patience ends."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"http://{self.address}{path}", timeout=5) as answer:
                    if words in html.unescape(answer.read().decode()):
                        return True
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                pass
            time.sleep(0.2)
        return False


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    folder = tmp_path_factory.mktemp("preview") / "guide"
    shutil.copytree(SMALL_GUIDE, folder, ignore=shutil.ignore_patterns("site"))
    shutil.copytree(ROOT / "templates", folder.parent / "templates")
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("../../", "../"), encoding="utf-8")
    running = Preview(folder)
    yield running
    running.process.terminate()
    running.process.wait(10)


def test_the_preview_follows_content_and_templates(preview: Preview) -> None:
    assert preview.shows("How often do I water?")

    change(preview.folder.parent, {"edit": {WATER: {"How often do I water?": "When do I water?"}}})
    assert preview.shows("When do I water?")

    change(preview.folder.parent, {"edit": {WORDS: {"more: More on this\n": "more: Read on\n"}}})
    assert preview.shows("Read on")

    change(preview.folder.parent, {"edit": {TOPIC: {'<div class="answer">': '<div class="answer new">'}}})
    assert preview.shows('<div class="answer new">')

    change(preview.folder.parent, {"edit": {POINT: {"font: 700 0.65rem": "font: 700 0.66rem"}}})
    assert preview.shows("font: 700 0.66rem", "/assets/css/handbook.css")


WATER = "guide/content/topics/keeping/water.yml"
LIGHT = "guide/content/topics/choosing/light.yml"
TOPIC = "templates/pages/topic.html.jinja"
WORDS = "templates/locale/en.yml"
STYLES = "templates/theme/assets/css"
POINT = f"{STYLES}/components/point.css"
CONFIG = "guide/mkdocs.yml"
LIGHT_TEXT = (SMALL_GUIDE / LIGHT.removeprefix("guide/")).read_text(encoding="utf-8")
# What somebody does by mistake, and what the page then has to tell.
MISTAKES: dict[str, tuple[dict[str, Any], str]] = {
    "a misspelt field": ({"edit": {WATER: {"title: Water": "titel: Water"}}}, "'titel' is not a field here"),
    "no YAML": ({"edit": {WATER: {"title: Water": 'title: "Water'}}}, "this is not YAML"),
    "a link that leads nowhere": (
        {"edit": {WATER: {"Plants drink less": "See [[ligth]]. Plants drink less"}}},
        "[[ligth]] leads nowhere",
    ),
    "a page deleted that others name": ({"delete": [LIGHT]}, "there is no topic 'light'"),
    "a page renamed that others name": (
        {"delete": [LIGHT], "write": {LIGHT.replace("light", "lights"): LIGHT_TEXT}},
        "did you mean 'lights'",
    ),
    "a template that is no Jinja": ({"edit": {TOPIC: {"{% endfor %}": "{% endfo %}"}}}, "topic.html.jinja:"),
    "a template that names nothing": (
        {"edit": {TOPIC: {"{{ topic.answer": "{{ topik.answer"}}},
        "'topik' is undefined",
    ),
    "a phrase that is not there": (
        {"edit": {TOPIC: {'t("topic.more")': 't("topic.moore")'}}},
        "has no phrase 'topic.moore'",
    ),
    "words that are no YAML": ({"edit": {WORDS: {"title: Next": 'title: "Next'}}}, "locale/en.yml:"),
    "a theme that is no Jinja": (
        {"edit": {"templates/theme/partials/footer.html": {"{%": "{% endif %}{%"}}},
        "footer.html:",
    ),
    "a component that is not there": (
        {"edit": {f"{STYLES}/handbook.css": {"tokens.css": "token.css"}}},
        "imports token.css, which is not there",
    ),
    "a configuration that is no YAML": ({"edit": {CONFIG: {"strict: true": "strict: [true"}}}, "mkdocs.yml"),
    "a setting that is misspelt": (
        {"edit": {CONFIG: {"      templates:": "      tempaltes:"}}},
        "isn't an existing directory",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_in_the_page_and_its_mending_seen(preview: Preview, mistake: str) -> None:
    case, told = MISTAKES[mistake]
    root = preview.folder.parent
    names = [*case.get("edit", ()), *case.get("delete", ()), *case.get("write", ())]
    before = {name: (root / name).read_text(encoding="utf-8") for name in names if (root / name).exists()}
    assert preview.shows(GOOD)

    change(root, case)
    assert preview.shows(told), preview.log.read_text(encoding="utf-8")

    for name in case.get("write", ()):
        (root / name).unlink()
    for name, text in before.items():
        (root / name).write_text(text, encoding="utf-8")
    assert preview.shows(GOOD), preview.log.read_text(encoding="utf-8")
    assert preview.process.poll() is None
