"""Whatever is done to a file, its author gets located messages or a guide: never a crash."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit import SMALL_GUIDE

from guidebook.build import read
from guidebook.content.problems import ContentError

FILES = sorted(path.relative_to(SMALL_GUIDE / "content") for path in SMALL_GUIDE.rglob("content/**/*.yml"))
PIECES = [
    *(b": ", b"- ", b"[", b"]", b"{", b"}", b'"', b"'", b"\n", b"  ", b"\t", b"|", b">", b"&a", b"*a"),
    *(b"null", b"no", b"~", b"true", b"12", b"1.5", b"2026-01-02", b"? ", b"!!python/name:os.system ", b"<<"),
    *(b"\xff", b"\x00", b"\xe2\x80\xa8", b"---\n", b"...\n", b"%YAML 1.1\n", b"!!set", b"@", b"`"),
]


@pytest.fixture(scope="module")
def guide() -> Path:
    return Path(shutil.copytree(SMALL_GUIDE / "content", Path(tempfile.mkdtemp()) / "content"))


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(FILES),
    edits=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from(PIECES)), min_size=1, max_size=4
    ),
)
def test_no_edit_of_a_file_crashes_the_check(
    guide: Path, name: Path, edits: list[tuple[float, int, bytes]]
) -> None:
    path = guide / name
    before = path.read_bytes()
    text = before
    for place, length, piece in edits:
        at = int(place * len(text))
        text = text[:at] + piece + text[at + length :]
    path.write_bytes(text)
    problems = []
    try:
        read(guide)
    except ContentError as error:
        problems = error.problems or pytest.fail("refused without a reason")
    finally:
        path.write_bytes(before)

    for problem in problems:
        assert problem.file.startswith("content/")
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.message
