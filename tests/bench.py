"""Measures speed, memory and sizes; run by `make bench`. Ratios of medians in one run, since machines differ.

Prints a line for each measure with its bound and exits with 1 if one is not kept.
"""

from __future__ import annotations

import contextlib
import gzip
import http.server
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bench_search
import yaml
from kit import ROOT, TEMPLATES
from playwright.sync_api import sync_playwright

from guidebook.build import build, read

if TYPE_CHECKING:
    from collections.abc import Iterator

RUNS = 5
SLOWER_THAN_PLAIN = 1.3
EXTRA_SECONDS = 0.4
MEGABYTES = 300
FIRST_VISIT_KILOBYTES = {"the tree": 110}
FIRST_VISIT_OF_OTHERS_KILOBYTES = 40
TREE_SCRIPTS_KILOBYTES = 8.0
TREE_DATA_KILOBYTES = 8.0
PROOF_SECONDS = 2.0
LARGE_TREES = 12
LARGE_PROOF_SECONDS = 10.0
LARGE_PROOF_MEGABYTES = 500
STEP_MILLISECONDS = 50
SLOWDOWN = 4
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def timed(*command: str, cwd: Path) -> tuple[float, float]:
    """How many seconds a command takes and how many megabytes it holds at most."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed in {cwd}")
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return time.perf_counter() - began, kilobytes / 1024


def plain_project(folder: Path) -> Path:
    """The same pages as Markdown files, with plain MkDocs and Material."""
    docs = folder / "docs"
    for page in build(ROOT / "content", TEMPLATES):
        path = docs / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(re.sub(r"^template: .*\n", "", page.markdown, flags=re.MULTILINE), encoding="utf-8")
    for path in (ROOT / "content").glob("*.md"):
        shutil.copy(path, docs)
    config = {
        "site_name": "Plain",
        "docs_dir": "docs",
        "theme": {"name": "material", "font": False},
        "plugins": ["search"],
        "markdown_extensions": ["attr_list", "md_in_html", "toc", "tables"],
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    return folder


def speed(ours: Path, plain: Path) -> tuple[float, float, float]:
    """Medians of seconds for ours and plain, and our peak of megabytes; the runs take turns."""
    taken: dict[str, list[float]] = {"ours": [], "plain": []}
    peak = 0.0
    for _ in range(RUNS):
        seconds, megabytes = timed(sys.executable, "-m", "guidebook.cli", "build", cwd=ours)
        taken["ours"].append(seconds)
        peak = max(peak, megabytes)
        taken["plain"].append(timed(sys.executable, "-m", "mkdocs", "build", "-q", cwd=plain)[0])
    return statistics.median(taken["ours"]), statistics.median(taken["plain"]), peak


class _Zipped(http.server.SimpleHTTPRequestHandler):
    """Serves files as hosts do, compressed, and counts what it sends."""

    sent: dict[str, int] = {}  # noqa: RUF012 (one server at a time)

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = gzip.compress(path.read_bytes(), 6)
        self.sent[self.path] = len(body)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def serve_zipped(site: Path) -> Iterator[str]:
    """Serve a folder compressed, as hosts do; gives the address."""

    def handler(*arguments: Any) -> _Zipped:  # noqa: ANN401
        return _Zipped(*arguments, directory=str(site))

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _chromium(driver: Any) -> Any:  # noqa: ANN401 (Playwright's)
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    return driver.chromium.launch(executable_path=path, args=ARGUMENTS)


def first_visits(site: Path, paths: dict[str, str]) -> dict[str, dict[str, int]]:
    """For each page, every file that a first visit asks for and its compressed size in bytes."""
    found = {}
    with serve_zipped(site) as address, sync_playwright() as driver:
        browser = _chromium(driver)
        for name, path in paths.items():
            _Zipped.sent.clear()
            page = browser.new_context().new_page()
            page.goto(f"{address}{path}", wait_until="networkidle")
            found[name] = dict(_Zipped.sent)
            page.context.close()
        browser.close()
    return found


PROVE = """
import sys, time
from pathlib import Path
from random import Random
sys.path.insert(0, {tests!r})
from random_trees import random_tree
from guidebook.checks import references
from guidebook.build import read
from guidebook.content.model.tree import Property
from guidebook.tree.proof import tree_problems

promise = {{"id": "a", "says": "b", "if": {{"flag": "red"}}, "ends_flagged": "blue"}}
promises = [Property.model_validate(promise)]
check._WHOLE_RULES = ()
real = read(Path({content!r})).book
began = time.perf_counter()
assert tree_problems(real) == []
print(time.perf_counter() - began)
for seed in range({trees}):
    book = random_tree(Random(seed), questions=120, outcomes=80, ticks=4, options=9)
    object.__setattr__(book.tree, "properties", promises)
    began = time.perf_counter()
    tree_problems(book)
    print(time.perf_counter() - began)
"""


def proofs() -> tuple[float, float, float]:
    """Seconds to prove the real tree, the most for a random one of 200 nodes, and megabytes at most."""
    code = PROVE.format(tests=str(ROOT / "tests"), content=str(ROOT / "content"), trees=LARGE_TREES)
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    seconds = [float(line) for line in process.stdout]
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit("the proofs failed")
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return seconds[0], max(seconds[1:]), kilobytes / 1024


STEP = """async ([id, options]) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done))
  const question = document.querySelector(`[data-question="${id}"]`)
  for (const option of options) question.querySelector(`input[value="${option}"]`).click()
  await frame()
  const began = performance.now()
  question.querySelector("button[type=submit]").click()
  await frame()
  // What is posted now runs after the frame was painted.
  const { port1, port2 } = new MessageChannel()
  await new Promise((done) => {
    port1.onmessage = done
    port2.postMessage(0)
  })
  return performance.now() - began
}"""


def step_milliseconds(site: Path) -> list[float]:
    """From Continue to the next question on the screen, on a slow processor, for each step of some walks."""
    tree = read(ROOT / "content").book.tree
    assert tree
    longest = max((test.given for test in tree.tests), key=len)
    taken: list[float] = []
    with serve_zipped(site) as address, sync_playwright() as driver:
        browser = _chromium(driver)
        page = browser.new_context(viewport={"width": 375, "height": 800}).new_page()
        page.goto(f"{address}/decide/", wait_until="networkidle")
        slow = page.context.new_cdp_session(page)
        slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        for _ in range(RUNS):
            page.get_by_role("button", name="Start", exact=True).click()
            for question, given in longest.items():
                taken.append(page.evaluate(STEP, [question, given]))
            page.get_by_role("button", name="Start again").first.click()
        browser.close()
    return taken


def main() -> None:
    """Measure, print, and fail if a bound is not kept."""
    kept = True

    def say(measure: str, value: float, bound: float, unit: str) -> None:
        nonlocal kept
        kept = kept and value <= bound
        print(f"{'ok ' if value <= bound else 'NOT'} {measure}: {value:.2f} {unit} (at most {bound:.2f})")

    with tempfile.TemporaryDirectory() as folder:
        ours, plain = Path(folder, "ours"), Path(folder, "plain")
        ours.mkdir()
        for name in ("mkdocs.yml", "content", "templates"):
            (ours / name).symlink_to(ROOT / name)
        plain.mkdir()
        seconds, plain_seconds, peak = speed(ours, plain_project(plain))
        say("build", seconds, SLOWER_THAN_PLAIN * plain_seconds + EXTRA_SECONDS, "s")
        ratio = seconds / plain_seconds
        print(f"    plain MkDocs over the same pages: {plain_seconds:.2f} s; ratio {ratio:.2f}")
        say("peak memory", peak, MEGABYTES, "MB")
        visits = first_visits(
            ours / "site",
            {"a topic": "/starting/telling-them/", "the tree": "/decide/", "home": "/", "help": "/help/"},
        )
        steps = step_milliseconds(ours / "site")
        with sync_playwright() as driver:
            browser = _chromium(driver)
            found = bench_search.report(browser, ours / "site", plain / "site")
            browser.close()
        modules = ours / "site/assets/js"
        of_tree = (modules / "engine.js", modules / "page.js", *modules.glob("*tree*.js"))
        scripts = sum(len(gzip.compress(path.read_bytes(), 9)) for path in of_tree)
        data = (ours / "site/decide/tree.json").stat().st_size
    real, large, megabytes = proofs()
    say("proof of the tree", real, PROOF_SECONDS, "s")
    say(f"proof of {LARGE_TREES} trees of 200 nodes, the slowest", large, LARGE_PROOF_SECONDS, "s")
    say("memory of these proofs", megabytes, LARGE_PROOF_MEGABYTES, "MB")
    say("scripts of the tree", scripts / 1000, TREE_SCRIPTS_KILOBYTES, "kB gzipped")
    say("data of the tree", data / 1000, TREE_DATA_KILOBYTES, "kB")
    say(f"a step of {len(steps)}, {SLOWDOWN} times slower", statistics.median(steps), STEP_MILLISECONDS, "ms")
    for measure in found:
        say(*measure)
    for name, files in visits.items():
        bound = FIRST_VISIT_KILOBYTES.get(name, FIRST_VISIT_OF_OTHERS_KILOBYTES)
        say(f"first visit to {name}", sum(files.values()) / 1000, bound, "kB gzipped")
        for path, size in sorted(files.items(), key=lambda item: -item[1]):
            print(f"    {size / 1000:7.2f} kB {path}")
    sys.exit(not kept)


if __name__ == "__main__":
    main()
