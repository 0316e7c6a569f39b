"""Measures speed, memory and sizes; run by `make bench`. Ratios of medians in one run, since machines differ.

Prints a line for each measure with its bound and exits with 1 if one is not kept. With SIZE=1000 it repeats
the topics until there are so many, and measures speed and memory of the build only.
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
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bench_plans
import bench_search
import bench_speed
from kit import ROOT
from playwright.sync_api import sync_playwright

from guidebook.build import read

if TYPE_CHECKING:
    from collections.abc import Iterator

RUNS = 5
# Our build beside the plain one, by the number of topics from which the bound holds.
SHARE_OF_PLAIN = {0: 0.7, 1000: 0.45}
MEGABYTES = 200
FIRST_VISIT_KILOBYTES = {"the tree": 130}
FIRST_VISIT_OF_OTHERS_KILOBYTES = 40
# Once for all pages; text is there before them.
FONTS_KILOBYTES = 60
TREE_SCRIPTS_KILOBYTES = 10.0
TREE_DATA_KILOBYTES = 6.0
PROOF_SECONDS = 2.0
LARGE_TREES = 12
LARGE_PROOF_SECONDS = 10.0
LARGE_PROOF_MEGABYTES = 500
STEP_MILLISECONDS = 50
SLOWDOWN = 4
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


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


def chromium(driver: Any) -> Any:  # noqa: ANN401 (Playwright's)
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    return driver.chromium.launch(executable_path=path, args=ARGUMENTS)


def first_visits(site: Path, paths: dict[str, str]) -> dict[str, dict[str, int]]:
    """For each page, every file that a first visit asks for and its compressed size in bytes."""
    found = {}
    with serve_zipped(site) as address, sync_playwright() as driver:
        browser = chromium(driver)
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
from guidebook.build import read
from guidebook.content.model.tree import Property
from guidebook.tree.proof import tree_problems

promise = {{"id": "a", "says": "b", "if": {{"flag": "red"}}, "ends_flagged": "blue"}}
promises = [Property.model_validate(promise)]
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


def tree_scripts(site: Path) -> int:
    """Compressed bytes of the scripts that the tree works with: its file, and `page.js` of every page's."""
    own = (site / "assets/js/start-tree.js").read_bytes()
    shared = re.search(
        rb'makers\["js/page\.js"\]=.*?\n(?=makers)', (site / "assets/js/start.js").read_bytes(), re.DOTALL
    )
    assert shared
    return len(gzip.compress(shared[0] + own, 9))


STEP = """async ([id, options]) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done))
  const question = document.querySelector(`[data-question="${id}"]`)
  for (const option of options.length ? options : [""]) {
    question.querySelector(`input[value="${option}"]`).click()
  }
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
        browser = chromium(driver)
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
        size = int(os.environ.get("SIZE", "0"))
        ours = bench_speed.project(Path(folder, "ours"), size)
        plain = bench_speed.plain_project(Path(folder, "plain"), ours / "content")
        speed = bench_speed.compared(ours, plain)
        share = SHARE_OF_PLAIN[max(least for least in SHARE_OF_PLAIN if least <= size)]
        say("build, as a share of plain MkDocs with Material", speed.ratio, share, "")
        print(f"    {speed.ours:.2f} s beside {speed.plain:.2f} s")
        say("peak memory", speed.megabytes, MEGABYTES, "MB")
        if size:
            sys.exit(not kept)
        visits = first_visits(
            ours / "site",
            {"a topic": "/starting/telling-them/", "the tree": "/decide/", "home": "/", "help": "/help/"},
        )
        steps = step_milliseconds(ours / "site")
        with sync_playwright() as driver:
            browser = chromium(driver)
            found = bench_search.report(browser, ours / "site", plain / "site")
            found += bench_plans.report(browser, ours / "site")
            browser.close()
        scripts = tree_scripts(ours / "site")
        data = len(gzip.compress((ours / "site/decide/tree.json").read_bytes(), 9))
    real, large, megabytes = proofs()
    say("proof of the tree", real, PROOF_SECONDS, "s")
    say(f"proof of {LARGE_TREES} trees of 200 nodes, the slowest", large, LARGE_PROOF_SECONDS, "s")
    say("memory of these proofs", megabytes, LARGE_PROOF_MEGABYTES, "MB")
    say("scripts of the tree", scripts / 1000, TREE_SCRIPTS_KILOBYTES, "kB gzipped")
    say("data of the tree", data / 1000, TREE_DATA_KILOBYTES, "kB gzipped")
    say(f"a step of {len(steps)}, {SLOWDOWN} times slower", statistics.median(steps), STEP_MILLISECONDS, "ms")
    for measure in found:
        say(*measure)
    for name, files in visits.items():
        bound = FIRST_VISIT_KILOBYTES.get(name, FIRST_VISIT_OF_OTHERS_KILOBYTES)
        fonts = sum(size for path, size in files.items() if path.endswith(".woff2"))
        say(f"first visit to {name}", (sum(files.values()) - fonts) / 1000, bound, "kB gzipped")
        say("    and fonts", fonts / 1000, FONTS_KILOBYTES, "kB")
        for path, size in sorted(files.items(), key=lambda item: -item[1]):
            print(f"    {size / 1000:7.2f} kB {path}")
    sys.exit(not kept)


if __name__ == "__main__":
    main()
