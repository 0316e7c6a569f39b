"""Looks for barriers (axe, WCAG 2.2 AA and best practice) on every page, in every way it is shown."""

from __future__ import annotations

import os
import sys
from itertools import product
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

sys.path.insert(0, "tests")
from kit import ROOT, serve

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 375, 1280)
SHOWN: tuple[dict[str, Any], ...] = (
    {"color_scheme": "light"},
    {"color_scheme": "dark"},
    {"forced_colors": "active"},
)


def main() -> None:
    """Print each violation and exit with 1 if there is any. With arguments: only pages below these paths."""
    site = ROOT / "site"
    paths = sorted(f"/{path.relative_to(site)}".removesuffix("index.html") for path in site.rglob("*.html"))
    wanted = tuple(sys.argv[1:]) or ("/",)
    paths = [path for path in paths if path.startswith(wanted)]
    found: list[str] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=os.environ["CHROMIUM"],
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        server = serve(site)
        address = next(server)
        for width, options in product(WIDTHS, SHOWN):
            context = browser.new_context(viewport={"width": width, "height": 800}, **options)
            page = context.new_page()
            for path in paths:
                page.goto(f"{address}{path}")
                violations = Axe().run(page, options={"runOnly": RULES}).response["violations"]
                found += [f"{path} {width} {options}: {v['id']}: {v['nodes'][0]['html']}" for v in violations]
            context.close()
        next(server, None)
    print("\n".join(found))
    print(f"{len(paths)} pages in {len(WIDTHS) * len(SHOWN)} ways: {len(found)} violations")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
