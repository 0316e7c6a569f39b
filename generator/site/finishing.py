"""What is done to a folder of finished HTML, whichever engine made it: stripped, joined, listed."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

from rcssmin import cssmin
from rjsmin import jsmin

from guidebook.site.script_bundle import joined

if TYPE_CHECKING:
    from pathlib import Path


FILE_LIST = "privacy.json"


def strip(assets: Path) -> None:
    """Take comments and needless space out of the guide's own scripts and styles."""
    for path in (*assets.glob("js/*.js"), *assets.glob("vendor/*.js")):
        path.write_text(jsmin(path.read_text(encoding="utf-8")), encoding="utf-8")
    for path in assets.glob("css/*.css"):
        path.write_text(cssmin(path.read_text(encoding="utf-8")), encoding="utf-8")


def join_scripts(site: Path) -> None:
    """Make one classic script of the modules, which browsers do not load from a folder."""
    assets = site / "assets"
    paths = [*sorted((assets / "vendor").glob("*.js")), *sorted((assets / "js").glob("*.js"))]
    modules = {path.relative_to(assets).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    starts = [path for path in modules if path.startswith("js/start")]
    for path in (assets / "js").glob("*.js"):
        path.unlink()
    (assets / "js/all.js").write_text(joined(modules, starts), encoding="utf-8")
    for path in (assets / "vendor").glob("*.js"):
        path.unlink()


def list_files(site: Path) -> None:
    """Write down every file of the site with its SHA-256, for readers who want to compare."""
    paths = sorted(path for path in site.rglob("*") if path.is_file() and path != site / FILE_LIST)
    files = {path.relative_to(site).as_posix(): sha256(path.read_bytes()).hexdigest() for path in paths}
    (site / FILE_LIST).write_text(json.dumps({"sha256": files}, indent=1) + "\n", encoding="utf-8")
