"""ES modules joined into one classic script, for pages opened from a folder.

Browsers load no module from `file://` (HTML Standard: module scripts are fetched with CORS). Each module
becomes a function that is called when somebody first asks for it, so that what is loaded late stays late.
Only the forms of import and export that the guide's own scripts use are known; any other is refused.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

_IMPORT = re.compile(r'^import\s*(?:\{([^}]*)\}|(\w+))\s*from\s*"([^"]+)";?$', re.MULTILINE)
_BARE_IMPORT = re.compile(r'^import\s*"([^"]+)";?$', re.MULTILINE)
_LATE_IMPORT = re.compile(r'\bimport\("([^"]+)"\)')
_EXPORT = re.compile(r"^export\s+(?=(?:async\s+)?(?:class|function)\s+(\w+))", re.MULTILINE)
_DEFAULT = re.compile(r"^export default\s+(?!(?:async\s+)?(?:class|function)\b)", re.MULTILINE)
_LISTED = re.compile(r"^export\s*\{([^}]*)\};?$", re.MULTILINE)
# Matches an import or export at the beginning of a statement.
_LEFT = re.compile(r"(?:^|[;}])[ \t]*((?:import|export)\b(?!\.).*)", re.MULTILINE)

_FRAME = """(() => {
"use strict"
const makers = {}
const made = {}
const use = (name) => (made[name] ??= makers[name]())
"""


def joined(modules: Mapping[str, str], starts: Iterable[str]) -> str:
    """One script out of modules, by path; those of `starts` run at once, the others when imported.

    Raises ValueError for an import or export of a form that is not known here, or of a missing module.
    """
    parts = [_FRAME]
    for path, code in modules.items():
        parts.append(f'makers["{path}"] = () => {{\n{_Module(path, modules.keys()).made(code)}\n}}\n')
    parts += [f'use("{path}")\n' for path in starts]
    return "".join([*parts, "})()\n"])


class _Module:
    """One module on its way to a function: what it exports, by the name that others use."""

    def __init__(self, path: str, known: AbstractSet[str]) -> None:
        self.path = path
        self.known = known
        self.exported: dict[str, str] = {}

    def made(self, code: str) -> str:
        """The body of a function that does what the module does and gives what it exports."""
        code = _BARE_IMPORT.sub(lambda found: self._use(found[1]), _IMPORT.sub(self._import, code))
        code = _LATE_IMPORT.sub(lambda found: f"Promise.resolve().then(() => {self._use(found[1])})", code)
        code = _EXPORT.sub(self._export, _LISTED.sub(self._list, code))
        if _DEFAULT.search(code):
            self.exported["default"] = "defaultExport"
            code = _DEFAULT.sub("const defaultExport = ", code)
        left = _LEFT.search(code)
        if left:
            raise ValueError(f"{self.path} has an import or export that cannot be joined: {left[1].strip()}")
        given = ", ".join(f"{outer}: {own}" for outer, own in self.exported.items())
        return f"{code}\nreturn {{ {given} }}"

    def _use(self, found: str) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), found))
        if target not in self.known:
            raise ValueError(f"{self.path} imports {found}, which is not there")
        return f'use("{target}")'

    def _import(self, found: re.Match[str]) -> str:
        names = f"{{{found[1].replace(' as ', ': ')}}}" if found[1] else f"{{ default: {found[2]} }}"
        return f"const {names} = {self._use(found[3])}"

    def _export(self, found: re.Match[str]) -> str:
        self.exported[found[1]] = found[1]
        return ""

    def _list(self, found: re.Match[str]) -> str:
        for item in found[1].split(","):
            own, _, outer = item.strip().partition(" as ")
            self.exported[outer.strip() or own] = own
        return ""
