"""How long `handbook build` takes beside plain MkDocs with Material over the same pages as Markdown.

The plain site gets its Markdown from the built pages, by markdownify; what was converted once is kept by the
hash of its HTML. `SIZE=1000` repeats the real topics under new ids until there are so many.
"""

from __future__ import annotations

import copy
import os
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from hashlib import sha256
from itertools import count, islice
from typing import TYPE_CHECKING, Any

import yaml
from kit import ROOT, TEMPLATES
from markdownify import markdownify

from guidebook.build import build

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RUNS = 5
KEPT = ROOT / ".bench"
"""Where converted pages are kept, by the hash of their HTML."""
PLAIN = {
    "site_name": "Plain",
    "docs_dir": "docs",
    "theme": {"name": "material", "font": False, "features": ["navigation.prune"]},
    "plugins": ["search"],
    "markdown_extensions": ["attr_list", "md_in_html", "toc", "tables"],
}


@dataclass(frozen=True)
class Measured:
    """Medians of wall-clock seconds, and the most megabytes that a build of ours held."""

    ours: float
    plain: float
    megabytes: float

    @property
    def ratio(self) -> float:
        """Our time as a share of the plain one."""
        return self.ours / self.plain


def timed(*command: str, cwd: Path) -> tuple[float, float]:
    """How many seconds a command takes and how many megabytes it holds at most."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed in {cwd}")
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return time.perf_counter() - began, kilobytes / 1024


def project(folder: Path, topics: int | None = None) -> Path:
    """The handbook as a project of its own, with so many topics if a number is given."""
    folder.mkdir()
    for name in ("mkdocs.yml", "content", "templates"):
        (folder / name).symlink_to(ROOT / name)
    if topics:
        (folder / "content").unlink()
        shutil.copytree(ROOT / "content", folder / "content")
        _repeat_topics(folder / "content", topics)
    return folder


def _repeat_topics(content: Path, topics: int) -> None:
    """Write the topics of a content folder again under new ids, until there are so many."""
    guide_file, rules_file = content / "handbook.yml", content / "writing.yml"
    guide, rules = _read(guide_file), _read(rules_file)
    parts = [part for stage in guide["stages"] for part in stage["parts"]]
    before = [(part, topic_id) for part in parts for topic_id in part["topics"]]
    paths = {path.stem: path for path in content.glob("topics/*/*.yml")}
    waivers = list(rules["waivers"])
    again = ((part, topic_id, n) for n in count(2) for part, topic_id in before)
    for part, topic_id, n in islice(again, topics - len(before)):
        new_id = f"{topic_id}-{n}"
        _write(paths[topic_id].with_stem(new_id), _renamed(_read(paths[topic_id]), n))
        part["topics"].append(new_id)
        rules["waivers"] += [
            {**waiver, "file": waiver["file"].replace(f"/{topic_id}.yml", f"/{new_id}.yml")}
            for waiver in waivers
            if waiver["file"].endswith(f"/{topic_id}.yml")
        ]
    _write(guide_file, guide)
    _write(rules_file, rules)


def _renamed(topic: dict[str, Any], number: int) -> dict[str, Any]:
    """A topic whose disagreements have ids and questions of their own."""
    renamed = copy.deepcopy(topic)
    for item in renamed.get("disagreements", []):
        item["id"] = f"{item['id']}-{number}"
    return renamed


class _NoAliases(yaml.SafeDumper):
    """Writes equal parts out, since content has no aliases."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True


def _read(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found


def _write(file: Path, data: dict[str, Any]) -> None:
    file.write_text(
        yaml.dump(data, Dumper=_NoAliases, allow_unicode=True, sort_keys=False, width=100), encoding="utf-8"
    )


def plain_project(folder: Path, content: Path) -> Path:
    """The pages of a guide as Markdown files, with plain MkDocs and Material.

    The print edition is left out but for its first lines: its chapters are the other pages once more.
    """
    for page in build(content, TEMPLATES):
        path = folder / "docs" / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"---\ntitle: {yaml.safe_dump(page.title).strip()}\n---\n\n{_markdown(page.html)}", "utf-8"
        )
    for path in content.glob("*.md"):
        shutil.copy(path, folder / "docs")
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(PLAIN), encoding="utf-8")
    return folder


def _markdown(html: str) -> str:
    kept = KEPT / f"{sha256(html.encode()).hexdigest()}.md"
    if not kept.is_file():
        KEPT.mkdir(exist_ok=True)
        kept.write_text(markdownify(html, heading_style="ATX", strip=["script", "svg"]), encoding="utf-8")
    return kept.read_text(encoding="utf-8")


def compared(ours: Path, plain: Path) -> Measured:
    """Both builds, taking turns."""
    taken = list(islice(_turns(ours, plain), RUNS))
    return Measured(
        statistics.median(ours for ours, _, _ in taken),
        statistics.median(plain for _, plain, _ in taken),
        max(megabytes for _, _, megabytes in taken),
    )


def _turns(ours: Path, plain: Path) -> Iterator[tuple[float, float, float]]:
    while True:
        seconds, megabytes = timed(sys.executable, "-m", "guidebook.cli", "build", cwd=ours)
        yield seconds, timed(sys.executable, "-m", "mkdocs", "build", "-q", cwd=plain)[0], megabytes
