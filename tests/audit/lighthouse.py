"""Lighthouse (mobile) on four pages, served compressed: medians of the scores, at least as bounded."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, "tests")
from bench import serve_zipped
from kit import ROOT

RUNS = int(os.environ.get("LIGHTHOUSE_RUNS", "3"))
PAGES = ("/", "/starting/telling-them/", "/decide/", "/moments/urge/")
AT_LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


def scores(url: str) -> dict[str, float]:
    """The scores of one run, of 100."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "report.json")
        command = ["npx", "lighthouse", url, "--quiet", "--output=json", f"--output-path={out}"]
        subprocess.run(
            [*command, f"--chrome-flags={FLAGS}"],
            cwd=ROOT / "tests/audit",
            env={**os.environ, "CHROME_PATH": os.environ["CHROMIUM"]},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        report = json.loads(out.read_text(encoding="utf-8"))
    return {name: 100 * report["categories"][name]["score"] for name in AT_LEAST}


def main() -> None:
    """Print a line for each page and exit with 1 if a score is below its bound."""
    kept = True
    with serve_zipped(ROOT / "site") as address:
        for path in PAGES:
            runs = [scores(f"{address}{path}") for _ in range(RUNS)]
            medians = {name: statistics.median(run[name] for run in runs) for name in AT_LEAST}
            kept = kept and all(medians[name] >= bound for name, bound in AT_LEAST.items())
            print(path, ", ".join(f"{name} {score:.0f}" for name, score in medians.items()))
    sys.exit(not kept)


if __name__ == "__main__":
    main()
