"""Who may import whom: the flow has one direction, and each library one door."""

from __future__ import annotations

import ast

import pytest
from kit import ROOT

# Each module may import those named after it.
MAY_IMPORT = {
    "__init__": [],
    "errors": [],
    "drawings": ["errors"],
    "folder": ["errors"],
    "load": ["drawings", "errors", "folder"],
    "model": [],
    "kinds": ["handbook", "model"],
    "handbook": ["errors", "kinds", "load", "model"],
    "addresses": ["handbook", "kinds", "load", "model"],
    "text": [],
    "tree": ["handbook", "model"],
    "states": ["handbook", "model", "tree"],
    "side_by_side": ["handbook", "model", "states", "tree"],
    "proof": ["errors", "handbook", "load", "model", "side_by_side", "states", "tree"],
    "tree_diff": ["handbook", "proof", "side_by_side", "states"],
    "picture": ["handbook", "text"],
    "values": ["load", "model"],
    "writing": ["handbook", "load", "model", "text", "values"],
    "search": ["addresses", "handbook", "kinds", "load", "model", "text", "values"],
    "check": [
        *("addresses", "drawings", "errors", "handbook", "kinds", "load", "model", "proof", "search"),
        *("text", "values", "writing"),
    ],
    "pages": ["addresses", "handbook", "kinds", "model", "picture", "proof", "states", "text", "tree"],
    "render": ["addresses", "errors", "model", "pages", "text"],
    "build": ["check", "errors", "handbook", "load", "pages", "proof", "render"],
    "whole": ["addresses", "handbook", "kinds"],
    "policy": [],
    "preview": [],
    "classic": [],
    "styles": [],
    "mkdocs_plugin": [
        *("addresses", "build", "classic", "errors", "handbook", "pages", "policy", "preview"),
        *("render", "search", "styles", "tree", "whole"),
    ],
    "report": ["handbook", "model", "text", "values"],
    "cli": ["build", "errors", "handbook", "mkdocs_plugin", "proof", "report", "tree_diff"],
}
ONLY_DOOR = {
    "mkdocs": "mkdocs_plugin",
    "yaml": "load",
    "jinja2": "render",
    "click": "cli",
    "fast_sugiyama": "picture",
    "rjsmin": "mkdocs_plugin",
    "rcssmin": "mkdocs_plugin",
    "tinycss2": "styles",
}


def imported(module: str, *, for_types_too: bool = True) -> set[str]:
    tree = ast.parse((ROOT / "generator" / f"{module}.py").read_text(encoding="utf-8"))
    types = [node for node in tree.body if isinstance(node, ast.If)]
    nodes = ast.walk(tree) if for_types_too else (n for n in tree.body if n not in types)
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "generator":
            names |= {f"generator.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def test_every_module_has_its_line() -> None:
    assert {path.stem for path in (ROOT / "generator").glob("*.py")} == set(MAY_IMPORT)


@pytest.mark.parametrize("module", MAY_IMPORT)
def test_the_flow_has_one_direction(module: str) -> None:
    own = {name.partition(".")[2] for name in imported(module) if name.startswith("generator.")}

    assert own <= set(MAY_IMPORT[module])


@pytest.mark.parametrize(("library", "door"), ONLY_DOOR.items())
def test_each_library_has_one_door(library: str, door: str) -> None:
    users = {
        module
        for module in MAY_IMPORT
        for name in imported(module, for_types_too=False)
        if f"{name}.".startswith(f"{library}.")
    }

    assert users == {door}
