"""What an author sees while writing: the preview follows each save, and a mistake shows in the page."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest
from kit import ROOT, SMALL_GUIDE, change

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = "/keeping/water/"
PATIENCE_SECONDS = 30


class Preview:
    """A running `mkdocs serve` on a copy of the small guide."""

    def __init__(self, folder: Path) -> None:
        self.content = folder / "content"
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

    def shows(self, words: str) -> bool:
        """Whether the page holds these words before patience ends."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"http://{self.address}{PAGE}", timeout=5) as answer:
                    if words in answer.read().decode():
                        return True
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                pass
            time.sleep(0.2)
        return False


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    folder = tmp_path / "guide"
    shutil.copytree(SMALL_GUIDE, folder, ignore=shutil.ignore_patterns("site"))
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("../../", "../"), encoding="utf-8")
    running = Preview(folder)
    yield running
    running.process.terminate()
    running.process.wait(10)


def test_the_preview_follows_content_and_templates_and_recovers_from_a_mistake(preview: Preview) -> None:
    assert preview.shows("How often do I water?")

    edit = {"How often do I water?": "When do I water?"}
    change(preview.content, {"edit": {"topics/keeping/water.yml": edit}})
    assert preview.shows("When do I water?")

    change(preview.content, {"edit": {"topics/keeping/water.yml": {"title: Water": "titel: Water"}}})
    assert preview.shows("did you mean")
    assert "content/topics/keeping/water.yml:1:1: 'titel' is not a field here" in preview.log.read_text()

    change(preview.content, {"edit": {"topics/keeping/water.yml": {"titel: Water": "title: Water"}}})
    assert preview.shows("When do I water?")

    templates = preview.content.parent.parent / "templates/pages"
    change(templates, {"edit": {"topic.md.jinja": {"## What to do": "## What helps"}}})
    assert preview.shows("What helps")
