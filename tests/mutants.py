"""Whether tests would notice: changes the code of reading, checks and tree, one small thing at a time.

mutmut makes the changes and tries them. This draws a sample, the same for the same seed, finds the tests that
come by a changed line, and says which changes none of them noticed. `mutants_known.tsv` has the reasons for
which none can or need.
"""

from __future__ import annotations

import argparse
import ast
import csv
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from kit import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PARTS = ("content", "checks", "tree")
TESTS = ("content", "bit_tree", "tree", "tree_shapes", "layout", "inline_markup", "folder", "commands")
COPIED = ("tests", "content", "templates", ".vscode")
LEAST = 85
"""Percent of a sample that tests have to notice."""

# Where a test is wanted, it is of the code: what says something of the real content is left out.
SETTINGS = """
[tool.mutmut]
source_paths = ["src"]
only_mutate = {only}
also_copy = ["content", "templates", ".vscode"]
pytest_add_cli_args_test_selection = {tests}
pytest_add_cli_args = ["-p", "mutant_run", "-m", "not content"]
timeout_constant = 10.0
timeout_multiplier = 3.0
track_dependencies = false
use_git_change_detection = false
"""
STATUS = {
    **dict.fromkeys((1, 3), "killed"),
    **dict.fromkeys((36, 24, -24, 152, 255, -9), "killed by time"),
    0: "survived",
    **dict.fromkeys((5, 33), "not reached"),
}
KILLED = ("killed", "killed by time")


@dataclass(frozen=True)
class Mutant:
    """One change, by its name in mutmut, and the part and file that it is in."""

    name: str
    part: str
    file: str

    @property
    def function(self) -> str:
        """The function that is changed; a method's name has its class before it."""
        mangled = self.name.rpartition(".")[2].partition("__mutmut_")[0]
        return mangled.removeprefix("xǁ").replace("ǁ", ".").removeprefix("x_")


@dataclass(frozen=True)
class Change:
    """What a mutant does: where, what stood there, and what stands there now."""

    file: str
    line: int
    function: str
    was: str
    became: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What stays the same when other lines of the file change."""
        return self.file, self.function, self.was, self.became


# --- the folder that mutmut works in -------------------------------------------------------------


def prepare(folder: Path, jobs: int) -> None:
    """Copy what tests need, the package under the name by which it is imported, and make all mutants."""
    ignore = shutil.ignore_patterns("__pycache__", "node_modules", "site")
    for name, to in (("generator", "src/guidebook"), *((name, name) for name in COPIED)):
        shutil.copytree(ROOT / name, folder / to, ignore=ignore, dirs_exist_ok=True)
    only = json.dumps([f"src/guidebook/{part}/*.py" for part in PARTS])
    tests = json.dumps([f"tests/test_{name}.py" for name in TESTS])
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    settings = project + SETTINGS.format(only=only, tests=tests)
    (folder / "pyproject.toml").write_text(settings, encoding="utf-8")
    # mutmut has no command that only prepares; where no mutant has the name, it stops after that.
    said = mutmut(folder, jobs, "none")
    if not (folder / "mutants/mutmut-stats.json").exists():
        sys.exit(f"mutmut could not prepare:\n{said}")


def mutmut(folder: Path, jobs: int, *names: str) -> str:
    """Try mutants by their names; returns what mutmut says."""
    return _run(folder, "mutmut", "run", "--max-children", str(jobs), *names)


def lines(folder: Path) -> dict[str, dict[int, list[str]]]:
    """Which tests come by each line, by file; a line that runs without a test has an empty name there."""
    tests = [f"tests/test_{name}.py" for name in TESTS]
    told = folder / "lines.json"
    told.unlink(missing_ok=True)
    said = _run(folder, "pytest", "-q", "-p", "mutant_run", "-p", "mutant_lines", "-m", "not content", *tests)
    if not told.exists():
        sys.exit(f"the tests could not be watched:\n{said}")
    files = json.loads(told.read_text(encoding="utf-8"))["files"]
    return {
        name.removeprefix("src/guidebook/"): {int(line): tests for line, tests in found["contexts"].items()}
        for name, found in files.items()
    }


def _run(folder: Path, command: str, *arguments: str) -> str:
    done = subprocess.run(
        [Path(sys.executable).with_name(command), *arguments],
        cwd=folder,
        env={
            **os.environ,
            "XDG_CACHE_HOME": os.devnull,
            "PYTHONPATH": f"{folder / 'src'}:{folder / 'tests'}",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout.rpartition("\r")[2]


def made(folder: Path) -> dict[Mutant, str | None]:
    """Every mutant, and what became of it if it was tried."""
    source = folder / "mutants/src/guidebook"
    found = {}
    for part in PARTS:
        for path in sorted((source / part).rglob("*.meta")):
            file = str(path.relative_to(source).with_suffix(""))
            for name, code in json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"].items():
                status = None if code is None else STATUS.get(code, f"ended with {code}")
                found[Mutant(name, part, file)] = status
    return found


def draw(mutants: Iterable[Mutant], size: int, seed: int) -> list[Mutant]:
    """A sample in which each part has the share that it has of all mutants."""
    random = Random(seed)
    every = list(mutants)
    drawn: list[Mutant] = []
    for part in PARTS:
        of_part = [mutant for mutant in every if mutant.part == part]
        share = -(-size * len(of_part) // len(every))
        drawn += random.sample(of_part, min(share, len(of_part)))
    return drawn


# --- what a mutant does --------------------------------------------------------------------------


@cache
def functions(path: Path) -> dict[str, tuple[int, list[str]]]:
    """The functions and methods of a file by name: the number of the first line, and the lines."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    found = {}
    for node in ast.parse(text).body:
        is_class = isinstance(node, ast.ClassDef)
        for part in node.body if isinstance(node, ast.ClassDef) else [node]:
            if isinstance(part, ast.FunctionDef):
                name = f"{node.name}.{part.name}" if is_class else part.name  # type: ignore[attr-defined]
                found[name] = (part.lineno, lines[part.lineno - 1 : part.end_lineno])
    return found


def change(folder: Path, mutant: Mutant) -> Change:
    """What a mutant does, by the two versions of its function."""
    versions = functions(folder / "mutants/src/guidebook" / mutant.file)
    changed = mutant.name.rpartition(".")[2]
    original = f"{changed.partition('__mutmut_')[0]}__mutmut_orig"
    home, dot, _ = mutant.function.rpartition(".")
    before, after = (
        [line.replace(name, mutant.function) for line in versions[f"{home}{dot}{name}"][1]]
        for name in (original, changed)
    )
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    blocks = [block for block in blocks if block[0] != "equal"]
    first, _ = functions(folder / "src/guidebook" / mutant.file)[mutant.function]
    return Change(
        mutant.file,
        first + blocks[0][1],
        mutant.function,
        was=" ".join(line.strip() for _, start, end, _, _ in blocks for line in before[start:end]),
        became=" ".join(line.strip() for _, _, _, start, end in blocks for line in after[start:end]),
    )


def reaching(folder: Path, found: Change, by_line: dict[int, list[str]]) -> list[str]:
    """The tests that come by a changed statement; first those that come where few come in its function."""
    path = folder / "src/guidebook" / found.file
    tree = ast.parse(path.read_text(encoding="utf-8"))
    around = [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and _holds(node, found.line)]
    inner = max(around, key=lambda node: node.lineno)
    last = inner.end_lineno or inner.lineno
    if isinstance(inner, ast.If | ast.For | ast.While | ast.With):
        last = inner.body[0].lineno - 1
    tests = {test for line in range(inner.lineno, last + 1) for test in by_line.get(line, ())} - {""}
    first, text = functions(path)[found.function]
    crowds = [by_line.get(line, []) for line in range(first, first + len(text))]
    least = {test: min(len(crowd) for crowd in crowds if test in crowd) for test in tests}
    return sorted(tests, key=lambda test: (least[test], test))


def _holds(node: ast.stmt, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or node.lineno)


# --- what is told --------------------------------------------------------------------------------


def reasons() -> dict[tuple[str, ...], str]:
    """Why no test notices a change, for those of which that is known."""
    with (ROOT / "tests/mutants_known.tsv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["file"], row["function"], row["was"], row["became"]): row["reason"] for row in rows}


def survivors(folder: Path, sample: dict[Mutant, str]) -> Iterator[str]:
    """Each change that no test noticed, with the reason if it is known."""
    known = reasons()
    left = [(change(folder, mutant), status) for mutant, status in sample.items() if status not in KILLED]
    for found, status in sorted(left, key=lambda pair: (pair[0].file, pair[0].line)):
        why = known.get(found.key, "UNEXPLAINED")
        yield f"generator/{found.file}:{found.line} {found.function} {status}: {why}"
        yield f"  - {found.was}\n  + {found.became}"


def outdated(folder: Path, mutants: Iterable[Mutant]) -> Iterator[str]:
    """Reasons for changes that cannot be made any more, since the code is another."""
    possible = {change(folder, mutant).key for mutant in mutants}
    for key in reasons():
        if key not in possible:
            yield f"mutants_known.tsv has a reason for what is gone: {': '.join(key)}"


def table(sample: dict[Mutant, str]) -> Iterator[str]:
    """How many were noticed, by part."""
    yield f"{'':10}{'mutants':>9}{'killed':>9}{'by time':>9}{'survived':>10}{'not reached':>13}{'percent':>9}"
    for part in (*PARTS, "all"):
        count = Counter(status for mutant, status in sample.items() if part in ("all", mutant.part))
        killed = sum(count[status] for status in KILLED)
        yield (
            f"{part:10}{count.total():9}{killed:9}{count['killed by time']:9}{count['survived']:10}"
            f"{count['not reached']:13}{100 * killed / max(count.total(), 1):9.1f}"
        )


def tried(folder: Path, drawn: list[Mutant], jobs: int) -> dict[Mutant, str]:
    """What became of each mutant; those that survive for a known reason are not tried."""
    changes = {mutant: change(folder, mutant) for mutant in drawn}
    known, killed = reasons(), Killed(folder)
    anew = [m for m in drawn if changes[m].key not in known and not killed.before(m, changes[m])]
    by_file = lines(folder)
    reach = {mutant.name: reaching(folder, changes[mutant], by_file[mutant.file]) for mutant in anew}
    (folder / "mutants/reach.json").write_text(json.dumps(reach), encoding="utf-8")
    said = mutmut(folder, jobs, *reach) if reach else ""
    every = made(folder)
    found = {mutant: killed.before(mutant, changes[mutant]) or "survived" for mutant in drawn}
    for mutant in anew:
        found[mutant] = every[mutant] or sys.exit(f"mutmut did not try {mutant.name}:\n{said}")
    killed.add(changes, found)
    return found


class Killed:
    """Which mutants were killed before in a folder that was kept; they are not tried again."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "killed.json"
        self._told: dict[str, str] = {}
        if self._file.exists():
            self._told = json.loads(self._file.read_text(encoding="utf-8"))

    def before(self, mutant: Mutant, found: Change) -> str:
        """How it was killed; empty if it was not."""
        return self._told.get(f"{mutant.name} {': '.join(found.key)}", "")

    def add(self, changes: dict[Mutant, Change], status: dict[Mutant, str]) -> None:
        """Keep what was killed now."""
        for mutant, found in changes.items():
            if status[mutant] in KILLED:
                self._told[f"{mutant.name} {': '.join(found.key)}"] = status[mutant]
        self._file.write_text(json.dumps(self._told), encoding="utf-8")


def report(folder: Path, size: int, seed: int, jobs: int) -> bool:
    """Draw, try and tell; says whether enough were noticed."""
    began = time.monotonic()
    prepare(folder, jobs)
    every = made(folder)
    drawn = draw(every, size, seed)
    print(f"Trying {len(drawn)} of {len(every)} mutants, drawn with the seed {seed} ...", flush=True)
    sample = tried(folder, drawn, jobs)
    for line in (*survivors(folder, sample), *outdated(folder, every), *table(sample)):
        print(line)
    minutes, used = (time.monotonic() - began) / 60, resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{minutes:.1f} minutes, {(used.ru_utime + used.ru_stime) / 60:.1f} of a processor")
    return 100 * sum(status in KILLED for status in sample.values()) >= LEAST * len(sample)


def main() -> int:
    """Read what is asked for; 1 if tests noticed too few."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="draws another sample")
    parser.add_argument("--size", type=int, default=500, help="how many mutants to try at least")
    parser.add_argument("--jobs", type=int, default=2, help="how many to try at the same time")
    parser.add_argument("--keep", type=Path, help="a folder to work in, for trying again what survived")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        enough = report((asked.keep or Path(folder)).resolve(), asked.size, asked.seed, asked.jobs)
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
