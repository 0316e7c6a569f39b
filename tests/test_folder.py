"""Nothing is published by accident: what lies in the content folder is a part of the guide, or is told."""

from __future__ import annotations

import csv
import errno
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from kit import ROOT, SMALL_GUIDE

from guidebook.build import read
from guidebook.content.problems import ContentError
from guidebook.site.mkdocs_plugin import build_site

# What programs and people leave in folders, collected by somebody who had not seen the list in the code.
with (ROOT / "tests/left_in_folders.tsv").open(encoding="utf-8") as file:
    LEFT = [
        (row["name"], row["kind"]) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    ]


def named(kind: str) -> list[str]:
    found = [name for name, its_kind in LEFT if its_kind == kind]
    assert len(found) > 15
    return found


def refused(content: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        read(content)
    return [str(problem) for problem in caught.value.problems]


def test_what_programs_leave_behind_is_passed_over_and_not_published(tmp_path: Path) -> None:
    guide = tmp_path / "guide"
    shutil.copytree(SMALL_GUIDE, guide, ignore=shutil.ignore_patterns("site"))
    config = guide / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("../..", str(ROOT)), encoding="utf-8")
    for name in named("leftover"):
        (guide / "content/topics/keeping" / name).write_text("secret: client notes", encoding="utf-8")
        (guide / "content" / f"{name}.d").mkdir()
    # Emacs marks a file that is being edited by a link that leads nowhere.
    (guide / "content/topics/keeping/.#water.yml").symlink_to("somebody@somewhere.1234")

    built = build_site(config)

    assert built
    published = [path for path in built.site.rglob("*") if path.is_file()]
    assert len(published) > 20
    assert not [path for path in published if b"client notes" in path.read_bytes()]


@pytest.mark.parametrize("name", named("stray"))
def test_a_file_that_the_guide_does_not_know_is_told_by_name(small_guide: Path, name: str) -> None:
    (small_guide / name).write_text("client notes", encoding="utf-8")

    problems = refused(small_guide)

    assert [problem.rsplit(":", 3)[0] for problem in problems] == [f"content/{name}"]
    assert "move" in problems[0]


def test_a_link_that_leaves_the_folder_is_refused(small_guide: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# Secret", encoding="utf-8")
    (tmp_path / "private").mkdir()
    (small_guide / "about.md").unlink()
    (small_guide / "about.md").symlink_to(tmp_path / "secret.md")
    (small_guide / "variants/more").symlink_to(tmp_path / "private")

    told = "is a link that leaves the folder, so what it leads to would be published; delete it"
    assert [problem for problem in refused(small_guide) if told in problem] == [
        f"content/about.md:1:1: {told}",
        f"content/variants/more:1:1: {told}",
    ]


def test_links_that_lead_nowhere_or_in_circles_are_told(small_guide: Path) -> None:
    (small_guide / "variants/gone.yml").symlink_to("nowhere.yml")
    (small_guide / "variants/round.yml").symlink_to("round.yml")
    (small_guide / "variants/self").symlink_to("..")

    assert refused(small_guide) == [
        "content/variants/gone.yml:1:1: is a link that leads nowhere; delete it",
        "content/variants/round.yml:1:1: is a link that leads nowhere; delete it",
        "content/variants/self:1:1: is a link to a folder; put the files themselves here",
    ]


def test_a_link_within_the_folder_is_read(small_guide: Path) -> None:
    (small_guide / "about.md").rename(small_guide / "topics/about.txt")
    (small_guide / "about.md").symlink_to("topics/about.txt")

    assert refused(small_guide) == [
        "content/topics/about.txt:1:1: is no part of the guide; move it out of content/"
    ]


def test_what_is_no_file_is_told_and_not_waited_for(small_guide: Path) -> None:
    os.mkfifo(small_guide / "variants/pipe.yml")

    assert refused(small_guide) == [
        "content/variants/pipe.yml:1:1: is no ordinary file; move it out of this folder"
    ]


def test_what_cannot_be_read_is_told(small_guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_bytes, scandir = Path.read_bytes, os.scandir

    def denied(path: Path) -> bytes:
        if path.name == "light.yml":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return read_bytes(path)

    def closed(path: str) -> Any:  # noqa: ANN401 (the system's own iterator)
        if Path(path).name == "situations":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(Path, "read_bytes", denied)
    monkeypatch.setattr(os, "scandir", closed)

    assert [problem for problem in refused(small_guide) if "read" in problem] == [
        "content/situations:1:1: cannot be read: Permission denied",
        "content/topics/choosing/light.yml:1:1: cannot be read: Permission denied",
    ]


def test_the_folder_itself_may_be_a_link(small_guide: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(small_guide)

    assert read(tmp_path / "link").book.topics
