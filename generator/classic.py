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

_IMPORT = re.compile(r'^import\s*(?:\{([^}]*)\}|(\w+))\s*from\s*"([^"]+)";?', re.MULTILINE)
_BARE_IMPORT = re.compile(r'^import\s*"([^"]+)";?', re.MULTILINE)
_LATE_IMPORT = re.compile(r'\bimport\("([^"]+)"\)')
_EXPORT = re.compile(r"^export\s+(?=(?:async\s+)?(?:class|function|const|let)\s+(\w+))", re.MULTILINE)
_DEFAULT = re.compile(r"^export default\s+", re.MULTILINE)
_LISTED = re.compile(r"^export\s*\{([^}]*)\};?", re.MULTILINE)
_UNKNOWN = re.compile(r"^\s*(?:import\b(?!\.)|export\b).*$", re.MULTILINE)

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
        parts.append(f'makers["{path}"] = () => {{\n{_made(path, code, modules)}\n}}\n')
    parts += [f'use("{path}")\n' for path in starts]
    return "".join([*parts, "})()\n"])


def _made(path: str, code: str, modules: Mapping[str, str]) -> str:
    """The body of a function that does what the module does and gives what it exports."""
    exported: dict[str, str] = {}

    def name(found: str) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), found))
        if target not in modules:
            raise ValueError(f"{path} imports {found}, which is not there")
        return target

    def late(found: re.Match[str]) -> str:
        return f'Promise.resolve().then(() => use("{name(found[1])}"))'

    def exports(found: re.Match[str]) -> str:
        exported[found[1]] = found[1]
        return ""

    def listed(found: re.Match[str]) -> str:
        for item in found[1].split(","):
            own, _, other = item.strip().partition(" as ")
            exported[other.strip() or own] = own
        return ""

    def imports(found: re.Match[str]) -> str:
        what = f"{{{found[1].replace(' as ', ': ')}}}" if found[1] else f"{{ default: {found[2]} }}"
        return f'const {what} = use("{name(found[3])}")'

    code = _BARE_IMPORT.sub(lambda found: f'use("{name(found[1])}")', _IMPORT.sub(imports, code))
    code = _EXPORT.sub(exports, _LISTED.sub(listed, _LATE_IMPORT.sub(late, code)))
    if _DEFAULT.search(code):
        exported["default"] = "defaultExport"
        code = _DEFAULT.sub("const defaultExport = ", code)
    unknown = _UNKNOWN.search(code)
    if unknown:
        raise ValueError(f"{path} has a form of import or export that cannot be joined: {unknown[0].strip()}")
    given = ", ".join(f"{outer}: {own}" for outer, own in exported.items())
    return f"{code}\nreturn {{ {given} }}"
