"""Whether the cases are complete: nothing that the check can tell stays without one in `tests/problems`."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import shutil
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from kit import SMALL_GUIDE, change, read_case

import guidebook
from guidebook.build import read
from guidebook.content.problems import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType, FrameType

FOLDER = Path(__file__).parent / "problems"
CASES = sorted(FOLDER.glob("*.yml"))
TOLD = {case: case.with_suffix(".txt").read_text(encoding="utf-8") for case in CASES}
# What yields problems, by its type: rules of the check, of the proof, of the search; and by its name.
TELLS = re.compile(r"Iterator\[(Problem|Finding|tuple\[Where, str\])\]")

Site = tuple[str, str, int]
"""A place that yields problems: file, function, line."""


@cache
def modules() -> dict[str, Any]:
    """Every module of the generator, wherever it lies, by file."""
    names = [found.name for found in pkgutil.walk_packages(guidebook.__path__, "guidebook.")]
    # It tells no problem, and needs a library that only `make model` installs.
    names.remove("guidebook.search.training")
    found = [importlib.import_module(name) for name in names]
    return {str(module.__file__): module for module in found}


def table(name: str) -> Any:  # noqa: ANN401 (each table has its own type)
    """A table of the generator, in whichever module it stands."""
    found = [vars(module)[name] for module in modules().values() if name in vars(module)]
    assert len(found) == 1, f"{len(found)} modules have a table {name}; name the one that is meant"
    return found[0]


@cache
def sites() -> dict[Site, str]:
    """Every place that yields a problem, with its line of code."""
    found = {}
    for file in modules():
        text = Path(file).read_text(encoding="utf-8")
        lines = text.splitlines()
        for function in ast.walk(ast.parse(text)):
            if isinstance(function, ast.FunctionDef) and _tells(function):
                for node in _yields(function):
                    found[file, function.name, node.lineno] = lines[node.lineno - 1].strip()
    return found


def _tells(function: ast.FunctionDef) -> bool:
    returns = ast.unparse(function.returns) if function.returns else ""
    return bool(TELLS.fullmatch(returns)) or function.name.strip("_").endswith("problems")


def _yields(function: ast.FunctionDef) -> Iterator[ast.expr]:
    inner = {node for nested in function.body for node in _nested(nested)}
    for node in ast.walk(function):
        if isinstance(node, ast.Yield | ast.YieldFrom) and node not in inner:
            yield node


def _nested(node: ast.AST) -> Iterator[ast.AST]:
    for part in ast.walk(node):
        if isinstance(part, ast.FunctionDef | ast.Lambda):
            yield from ast.walk(part)


@pytest.fixture(scope="module")
def fired(tmp_path_factory: pytest.TempPathFactory) -> dict[Site, set[str]]:
    """The places that yielded a problem in any case, with the cases: all of them are read under a tracer."""
    watched = {(file, name) for file, name, _ in sites()}
    found: dict[Site, set[str]] = defaultdict(set)
    known: dict[CodeType, bool] = {}
    running = ""

    def at_yield(frame: FrameType, event: str, value: object) -> Any:  # noqa: ANN401
        # A generator that yields tells of a return with a value; one that ends, of None.
        if event == "return" and value is not None:
            found[frame.f_code.co_filename, frame.f_code.co_name, frame.f_lineno].add(running)
        return at_yield

    def at_call(frame: FrameType, *_: object) -> Any:  # noqa: ANN401
        code = frame.f_code
        if code not in known:
            known[code] = (code.co_filename, code.co_name) in watched
        if not known[code]:
            return None
        frame.f_trace_lines = False
        return at_yield

    before = sys.gettrace()
    for case in CASES:
        content = Path(shutil.copytree(SMALL_GUIDE / "content", tmp_path_factory.mktemp("case") / "content"))
        change(content, read_case(case))
        running = case.stem
        sys.settrace(at_call)
        try:
            read(content)
        except ContentError:
            pass
        finally:
            sys.settrace(before)
    return found


def test_every_place_that_tells_a_problem_has_a_case(fired: dict[Site, set[str]]) -> None:
    without = [
        f"{Path(file).name}:{line} {name}: {code}"
        for (file, name, line), code in sites().items()
        if (file, name, line) not in fired
    ]

    assert not without, "write a case in tests/problems for each:\n" + "\n".join(without)


def test_no_rule_of_the_check_is_overlooked() -> None:
    # Rules stand in tuples of generator functions.
    lists = [
        value
        for module in modules().values()
        for value in vars(module).values()
        if isinstance(value, tuple) and value and all(map(inspect.isgeneratorfunction, value))
    ]
    rules = {rule.__name__ for rules in lists for rule in rules}

    assert len(rules) > 25
    assert rules <= {name for _, name, _ in sites()}


# --- messages that stand in tables ----------------------------------------------------------------

# No field holds a number with a fraction, so nobody can be told this.
UNTOLD = {"float_type"}


def test_every_wording_of_a_wrong_value_is_in_a_case() -> None:
    wordings = {**table("_WORDING"), **table("_WORDING_WITH_FACTS")}
    told = "\n".join(TOLD.values())

    def shown(wording: str) -> bool:
        # Facts stand in braces.
        pattern = re.sub(r"\\\{\w+\\\}", ".+", re.escape(wording))
        return bool(re.search(f"' {pattern}(;|$)", told, re.MULTILINE))

    assert {kind for kind, wording in wordings.items() if not shown(wording)} <= UNTOLD


def test_every_value_that_readers_of_yaml_take_for_another_is_in_a_case() -> None:
    ambiguous = table("_AMBIGUOUS")
    refused = re.findall(r": '(.*?)' (.*); put it in quotes$", "\n".join(TOLD.values()), re.MULTILINE)
    shown = {
        next(
            (
                pattern.pattern
                for pattern, meaning in ambiguous
                if told == meaning and pattern.fullmatch(text)
            ),
            "",
        )
        for text, told in refused
    }

    assert {pattern.pattern for pattern, _ in ambiguous} <= shown


def test_every_mistake_in_yaml_is_in_a_case(small_guide: Path) -> None:
    syntax = table("_SYNTAX")
    shown = set()
    for case, told in TOLD.items():
        if "this is not YAML" not in told:
            continue
        change(small_guide, read_case(case))
        for name in re.findall(r"^content/(.*?):\d+:\d+: this is not YAML", told, re.MULTILINE):
            # Both loaders are in use, and say some things in other words.
            for loader in (yaml.CSafeLoader, yaml.SafeLoader):
                with pytest.raises(yaml.MarkedYAMLError) as caught:
                    yaml.compose((small_guide / name).read_text(encoding="utf-8"), Loader=loader)
                said = f"{caught.value.context or ''} {caught.value.problem or ''}"
                shown.add(next((theirs for theirs, _ in syntax if theirs in said), said))
        shutil.rmtree(small_guide)
        shutil.copytree(SMALL_GUIDE / "content", small_guide)

    assert {theirs for theirs, _ in syntax} <= shown
