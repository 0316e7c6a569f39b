"""Who may import whom: the flow has one direction, and each library one door."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter

import pytest
from kit import ROOT

PACKAGE = ROOT / "generator"
# The rooms in the order of the flow: each may import from itself and those before it. A room is a folder,
# or a module that stands above the folders.
ROOMS = ("content", "tree", "pages", "search", "checks", "build", "reports", "site", "cli")
ONLY_DOOR = {
    "mkdocs": "site.mkdocs_plugin",
    "yaml": "content.yaml_reader",
    "jinja2": "pages.render",
    "markdown": "pages.render",
    "click": "cli",
    "sklearn": "search.training",
    "scipy": "search.training",
    "numpy": "search.training",
    "fast_sugiyama": "tree.layout",
    "rjsmin": "site.finishing",
    "rcssmin": "site.finishing",
}
MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in PACKAGE.rglob("*.py")
    if path != PACKAGE / "__init__.py"
}


def imported(module: str, *, for_types_too: bool = True) -> set[str]:
    """What a module imports, by dotted name; names of the package's own modules stand without the package."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    types = [node for node in tree.body if isinstance(node, ast.If)]
    nodes = ast.walk(tree) if for_types_too else (n for n in tree.body if n not in types)
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            own = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= {name for name in own if name.removeprefix("guidebook.") in MODULES} or {node.module}
    return {name.removeprefix("guidebook.") if name.startswith("guidebook") else name for name in names}


def room_of(module: str) -> str:
    return module.partition(".")[0]


def test_every_module_stands_in_a_room() -> None:
    assert {room_of(module) for module in MODULES} == set(ROOMS)
    assert len(MODULES) > 40


@pytest.mark.parametrize("module", MODULES)
def test_the_flow_has_one_direction(module: str) -> None:
    before = ROOMS[: ROOMS.index(room_of(module)) + 1]
    own = {name for name in imported(module) if name in MODULES}

    assert {room_of(name) for name in own} <= set(before)


def test_no_import_leads_back_to_where_it_began() -> None:
    imports = {
        module: {name for name in imported(module, for_types_too=False) if name in MODULES}
        for module in MODULES
    }

    assert len(list(TopologicalSorter(imports).static_order())) == len(MODULES)


@pytest.mark.parametrize(("library", "door"), ONLY_DOOR.items())
def test_each_library_has_one_door(library: str, door: str) -> None:
    users = {
        module
        for module in MODULES
        for name in imported(module, for_types_too=False)
        if f"{name}.".startswith(f"{library}.")
    }

    assert users == {door}
