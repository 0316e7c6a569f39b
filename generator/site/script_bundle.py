"""ES modules joined into few files: what is fetched together compresses together.

Each module becomes a function that is called when somebody first asks for it, so that what is loaded late
stays late. `bundles` makes a module again of each start and of each module that is imported late; `joined`
makes one classic script of all, since browsers load no module from `file://` (HTML Standard: module scripts
are fetched with CORS). Only the forms of import and export that the guide's own scripts use are known.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from collections.abc import Set as AbstractSet

_IMPORT = re.compile(r'^import\s*(?:\{([^}]*)\}|(\w+))\s*from\s*"([^"]+)";?$', re.MULTILINE)
_BARE_IMPORT = re.compile(r'^import\s*"([^"]+)";?$', re.MULTILINE)
# In a comment, import("./a.js").Name is a type.
_LATE_IMPORT = re.compile(r'\bimport\("([^"]+)"\)(?!\.[A-Z])')
_EXPORT = re.compile(r"^export\s+(?=(?:async\s+)?(?:class|function)\s+(\w+))", re.MULTILINE)
_DEFAULT = re.compile(r"^export default\s+(?!(?:async\s+)?(?:class|function)\b)", re.MULTILINE)
_LISTED = re.compile(r"^export\s*\{([^}]*)\};?$", re.MULTILINE)
# Matches an import or export at the beginning of a statement.
_LEFT = re.compile(r"(?:^|[;}])[ \t]*((?:import|export)\b(?!\.).*)", re.MULTILINE)

_FRAME = """const makers = {}
const made = {}
const use = (name) => (made[name] ??= makers[name]())
"""


def joined(modules: Mapping[str, str], starts: Iterable[str]) -> str:
    """One classic script out of modules, by path; those of `starts` run at once, the others when imported.

    Raises ValueError for an import or export of a form that is not known here, or of what is not there.
    """
    read = _read(modules)
    made = "".join(module.maker(lambda _: None) for module in read.values())
    return f'(() => {{\n"use strict"\n{_FRAME}{made}{"".join(map(_used, starts))}}})()\n'


def bundles(modules: Mapping[str, str], starts: Iterable[str]) -> dict[str, str]:
    """Modules, by path, in as few files as what is loaded late and what pages share allow.

    Every page loads the file of the first of `starts`, which holds all that it imports. Each other start and
    each module that is imported late has a file, with what it alone imports besides; what several of them
    import has one of its own. A file gives what the module gives that it is named after. Raises ValueError
    as `joined` does.
    """
    first, *others = starts
    return _Bundles(_read(modules), first, others).files()


class _Bundles:
    """Which file holds which modules."""

    def __init__(self, modules: Mapping[str, _Module], first: str, others: list[str]) -> None:
        self.modules = modules
        self.first = first
        self.starts = (first, *others)
        late = {path for module in modules.values() for path in module.late}
        heads = {first}
        heads |= {*others, *late} - self._held(first, heads)
        while shared := self._shared(heads):
            heads |= shared
        self.held = {head: self._held(head, heads) for head in sorted(heads)}
        for head in heads - {first}:
            self.held[head] -= self.held[first]
        self.file_of = {path: head for head, paths in self.held.items() for path in paths}

    def _held(self, head: str, heads: AbstractSet[str]) -> set[str]:
        """A module with all that it imports at once, but for what has a file of its own."""
        found: set[str] = set()
        todo = {head}
        while todo:
            found |= todo
            todo = {path for one in todo for path in self.modules[one].imported} - found - heads
        return found

    def _shared(self, heads: AbstractSet[str]) -> set[str]:
        """What several files would hold, though not every page has it."""
        everywhere = self._held(self.first, heads)
        times = Counter(path for head in heads for path in self._held(head, heads) - everywhere)
        return {path for path, count in times.items() if count > 1}

    def files(self) -> dict[str, str]:
        """The text of each file, by path."""
        return {head: self._file(head, paths) for head, paths in self.held.items()}

    def _file(self, head: str, paths: set[str]) -> str:
        module = self.modules[head]
        if self._stands_alone(head):
            return module.code
        wanted = {self.file_of[path] for one in paths for path in self.modules[one].imported}
        beside = sorted(wanted - {head, self.first})
        frame = f"{_FRAME}export {{ makers, use }}\n"
        if head != self.first:
            frame = f'import {{ makers, use }} from "{_relative(self.first, head)}"\n'
        frame += "".join(f'import "{_relative(path, head)}"\n' for path in beside)
        makers = "".join(self.modules[path].maker(self._late(head)) for path in self.modules if path in paths)
        return frame + makers + (_used(head) if head in self.starts else "") + module.given()

    def _stands_alone(self, head: str) -> bool:
        """Whether a module is only asked for late and asks for nothing, and so needs no other file."""
        module = self.modules[head]
        asked = {path for one in self.modules.values() for path in one.imported}
        return head not in asked and head not in self.starts and not module.imported and not module.late

    def _late(self, file: str) -> Callable[[str], str | None]:
        """How a module that is imported late is loaded from a file; None if it is there already."""

        def place(path: str) -> str | None:
            return _relative(path, file) if self.file_of[path] != self.first else None

        return place


def _read(modules: Mapping[str, str]) -> dict[str, _Module]:
    read = {path: _Module(path, code, modules.keys()) for path, code in modules.items()}
    for module in read.values():
        for path, names in module.names:
            missing = [name for name in names if name not in read[path].exported]
            if missing:
                raise ValueError(f"{module.path} imports {missing[0]} from {path}, which does not give it")
    return read


def _used(path: str) -> str:
    return f'use("{path}")\n'


def _relative(path: str, file: str) -> str:
    found = posixpath.relpath(path, posixpath.dirname(file))
    return found if found.startswith(".") else f"./{found}"


class _Module:
    """One module on its way to a function: what it imports, what it gives by which name."""

    def __init__(self, path: str, code: str, known: AbstractSet[str]) -> None:
        self.path = path
        self.code = code
        self.known = known
        self.names: list[tuple[str, list[str]]] = []
        """Which names it imports at once, of which module."""
        self.exported: dict[str, str] = {}
        self.late = {self._target(found) for found in _LATE_IMPORT.findall(code)}
        self.body = self._read(code)

    @property
    def imported(self) -> set[str]:
        """The modules that it imports at once."""
        return {path for path, _ in self.names}

    def maker(self, place: Callable[[str], str | None]) -> str:
        """A function that does what the module does and gives what it exports.

        `place` says where a module that is imported late is loaded from; None if it is there already.
        """

        def late(found: re.Match[str]) -> str:
            target = self._target(found[1])
            file = place(target)
            return f'import("{file}")' if file else f'Promise.resolve().then(() => use("{target}"))'

        given = ", ".join(own if own == outer else f"{outer}: {own}" for outer, own in self.exported.items())
        body = _LATE_IMPORT.sub(late, self.body)
        return f'makers["{self.path}"] = () => {{\n{body}\nreturn {{ {given} }}\n}}\n'

    def given(self) -> str:
        """What a file exports that is named after the module."""
        names = ", ".join(name for name in self.exported if name != "default")
        listed = f'export const {{ {names} }} = use("{self.path}")\n' if names else ""
        return listed + (f'export default use("{self.path}").default\n' if "default" in self.exported else "")

    def _read(self, code: str) -> str:
        code = _BARE_IMPORT.sub(lambda found: self._use(found[1], []), _IMPORT.sub(self._import, code))
        code = _EXPORT.sub(self._export, _LISTED.sub(self._list, code))
        if _DEFAULT.search(code):
            self.exported["default"] = "defaultExport"
            code = _DEFAULT.sub("const defaultExport = ", code)
        left = _LEFT.search(_LATE_IMPORT.sub("", code))
        if left:
            raise ValueError(f"{self.path} has an import or export that cannot be joined: {left[1].strip()}")
        return code

    def _target(self, found: str) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), found))
        if target not in self.known:
            raise ValueError(f"{self.path} imports {found}, which is not there")
        return target

    def _use(self, found: str, names: list[str]) -> str:
        target = self._target(found)
        self.names.append((target, names))
        return f'use("{target}")'

    def _import(self, found: re.Match[str]) -> str:
        names = found[1].replace(" as ", ": ") if found[1] else f"default: {found[2]}"
        asked = [name.partition(":")[0].strip() for name in names.split(",") if name.strip()]
        return f"const {{{names}}} = {self._use(found[3], asked)}"

    def _export(self, found: re.Match[str]) -> str:
        self.exported[found[1]] = found[1]
        return ""

    def _list(self, found: re.Match[str]) -> str:
        for item in found[1].split(","):
            own, _, outer = item.strip().partition(" as ")
            self.exported[outer.strip() or own] = own
        return ""
