"""What the scripts ask of a page: the files that hold what they import, and words that stand in it."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from kit import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SCRIPTS = ROOT / "templates/theme/assets/js"
SOURCES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(SCRIPTS.glob("*.js"))}
ISLAND = re.compile(r'<script type="application/json" id="words">(.*?)</script>', re.DOTALL)
LOADED = re.compile(r'<script type="module" src="[^"]*?assets/js/([\w-]+)\.js"')
HELD = re.compile(r'\bmakers\["js/([\w-]+)\.js"\]=')


def imports(name: str, *, late: bool = False) -> set[str]:
    """The modules that one imports, with those of `import(…)` if `late`."""
    forms = r'^import .*?"\./([\w-]+)\.js"' + (r'|\bimport\("\./([\w-]+)\.js"\)' if late else "")
    found = re.findall(forms, SOURCES[name], re.MULTILINE)
    return {n for names in found for n in ([names] if isinstance(names, str) else names)} & set(SOURCES)


@cache
def needed(name: str, *, late: bool = False) -> frozenset[str]:
    """A module with all that it imports, and what that imports."""
    return frozenset({name}).union(*(needed(other, late=late) for other in imports(name, late=late)))


@cache
def words_asked(name: str) -> dict[str, set[str]]:
    """What a module and those that it needs ask for, by component."""
    asked: dict[str, set[str]] = {}
    for module in needed(name, late=True):
        for component in re.findall(r'= wording\("([\w-]+)"\)', SOURCES[module]):
            asked.setdefault(component, set()).update(re.findall(r'\bword\("(\w+)"', SOURCES[module]))
    return asked


COMPONENTS = {
    found[1]: name
    for name, source in SOURCES.items()
    if (found := re.search(r'static moduleName = "([\w-]+)"', source))
}


def components(html: str) -> list[str]:
    """The modules of the components that are started on a page."""
    loaded = set().union(*(needed(script) for script in LOADED.findall(html)))
    return [n for component, n in COMPONENTS.items() if f'data-module="{component}"' in html and n in loaded]


@pytest.mark.parametrize("name", SOURCES)
def test_no_module_needs_itself(name: str) -> None:
    seen: set[str] = set()
    todo = imports(name, late=True)
    while todo:
        seen |= todo
        todo = {other for known in todo for other in imports(known, late=True)} - seen

    assert name not in seen


@pytest.mark.parametrize("name", SOURCES)
def test_a_module_asks_for_words_by_names_that_can_be_compared(name: str) -> None:
    source = re.sub(r"^ *(//|/?\*).*", "", SOURCES[name], flags=re.MULTILINE)

    assert len(re.findall(r"\bwording\(", source)) == len(re.findall(r'\bwording\((?:"|component\))', source))
    if "wording" in source and name != "page":
        assert source.count('const word = wording("') == 1
        assert re.findall(r'\bword\((?!")\w*', source) == []


def test_each_page_has_the_words_that_its_scripts_ask_for_and_no_other(site: Path) -> None:
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        islands = ISLAND.findall(html)
        asked: dict[str, set[str]] = {}
        for name in components(html):
            for component, words in words_asked(name).items():
                asked.setdefault(component, set()).update(words)

        assert len(islands) == 1, path
        island = json.loads(islands[0])
        assert {component: set(words) for component, words in island.items()} == asked, path
        assert all(said for words in island.values() for said in words.values()), path


def test_every_component_is_started_on_a_page(site: Path) -> None:
    started = {name for path in site.rglob("*.html") for name in components(path.read_text(encoding="utf-8"))}

    assert started == set(COMPONENTS.values())


def test_a_page_loads_what_its_scripts_import_once_and_nothing_else(site: Path) -> None:
    files = {path.stem: path.read_text(encoding="utf-8") for path in (site / "assets/js").glob("*.js")}
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        loaded = LOADED.findall(html)
        held = [module for name in loaded for module in HELD.findall(files[name])]

        assert loaded[0] == "start", path
        assert html.count(" src=") == len(loaded), path
        assert "modulepreload" not in html, path
        assert len(held) == len(set(held)), path
        assert set(held) == set().union(*(needed(script) for script in loaded)), path


def test_every_module_is_in_one_file(site: Path) -> None:
    files = {path.stem: path.read_text(encoding="utf-8") for path in (site / "assets/js").glob("*.js")}
    held = [module for text in files.values() for module in HELD.findall(text)]

    assert sorted(held) == sorted(SOURCES)
    assert set(files) - set(SOURCES) == {"search-data", "search-danger", "search-model"}
    assert not list((site / "assets/vendor").glob("*.js"))
