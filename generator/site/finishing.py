"""What is done to a folder of finished HTML, whichever engine made it: stripped, joined, listed."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

from rcssmin import cssmin
from rjsmin import jsmin

from guidebook.site.script_bundle import bundles, joined

if TYPE_CHECKING:
    from pathlib import Path


FILE_LIST = "privacy.json"
FIRST = "js/start.js"


def strip(assets: Path) -> None:
    """Take comments and needless space out of the guide's own scripts and styles."""
    for path in (*assets.glob("js/*.js"), *assets.glob("vendor/*.js")):
        path.write_text(jsmin(path.read_text(encoding="utf-8")), encoding="utf-8")
    for path in assets.glob("css/*.css"):
        path.write_text(cssmin(path.read_text(encoding="utf-8")), encoding="utf-8")


def join_scripts(site: Path, *, in_one: bool) -> None:
    """Join the modules in the site's folder: into one classic script, or into one file for each start.

    Every page runs `start.js`; a page may name another `start-<name>.js` beside it.
    """
    assets = site / "assets"
    paths = [*sorted((assets / "vendor").glob("*.js")), *sorted((assets / "js").glob("*.js"))]
    modules = {path.relative_to(assets).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    starts = [FIRST, *(path for path in modules if path.startswith("js/start-"))]
    files = {"js/all.js": joined(modules, starts)} if in_one else bundles(modules, starts)
    for path in paths:
        path.unlink()
    for name, code in files.items():
        (assets / name).write_text(code, encoding="utf-8")


def list_files(site: Path) -> None:
    """Write down every file of the site with its SHA-256, for readers who want to compare."""
    paths = sorted(path for path in site.rglob("*") if path.is_file() and path != site / FILE_LIST)
    files = {path.relative_to(site).as_posix(): sha256(path.read_bytes()).hexdigest() for path in paths}
    (site / FILE_LIST).write_text(json.dumps({"sha256": files}, indent=1) + "\n", encoding="utf-8")
