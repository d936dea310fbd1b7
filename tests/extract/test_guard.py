"""No PDF can hurt the process that asks for it to be read."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pipeline.document import Document
from pipeline.errors import BadDocument
from pipeline.extract.guard import LOST_PAGES, Guard
from pipeline.extract.picture import Sheet
from pipeline.limits import MIB, Limits
from pipeline.processes.servant import Stopped

HURTFUL = (str(Path(__file__).with_name("hurtful.py")),)
NO_CHILD = ("-c", "raise SystemExit('no child may be started')")
PDF = b"%PDF-1.7\n"


def read(
    folder: Path, name: str, data: bytes = PDF, limits: Limits | None = None, child: tuple[str, ...] = HURTFUL
) -> Document:
    path = folder / "in.pdf"
    path.write_bytes(data)
    with path.open("rb") as pdf:
        digest = hashlib.sha256(data).hexdigest()
        return Guard(limits or Limits(), child).read(pdf, doc_id=name, source_file="in.pdf", sha256=digest)


def test_what_the_child_reads_comes_back(tmp_path: Path) -> None:
    document = read(tmp_path, "fine")
    assert document == Document("fine", "in.pdf", hashlib.sha256(PDF).hexdigest(), raw=PDF.decode())


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"PK\x03\x04 a word processor's file", "not-a-pdf"),
        (b" " * 1024 + b"%PDF-1.7", "not-a-pdf"),
        (PDF + b" " * 100, "size-limit"),
    ],
)
def test_what_is_seen_from_outside_needs_no_child(tmp_path: Path, data: bytes, code: str) -> None:
    limits = Limits(file_bytes=100) if code == "size-limit" else Limits()
    with pytest.raises(BadDocument) as caught:
        read(tmp_path, "fine", data, limits, NO_CHILD)
    assert caught.value.code == code


def test_a_header_may_stand_after_other_bytes(tmp_path: Path) -> None:
    assert read(tmp_path, "fine", b" " * 1000 + PDF).raw.endswith(PDF.decode())


@pytest.mark.parametrize(
    ("name", "code", "detail"),
    [
        ("hang", "time-limit", "wall_seconds is 2"),
        ("spin", "time-limit", "processor time"),
        ("bomb", "memory-limit", ""),
        ("wrapped-bomb", "memory-limit", ""),
        ("killed", "memory-limit", "ended by the system"),
        ("segfault", "crashed", "SIGSEGV"),
        ("abort", "crashed", "SIGABRT"),
        ("exit", "crashed", "exit code 5"),
        ("no-reply", "crashed", "no reply"),
        ("raise", "crashed", "ValueError"),
        ("bad", "encrypted", "as the test wants"),
        ("long", "size-limit", "result_bytes is 65536"),
    ],
)
def test_a_hurtful_document_is_a_problem_with_its_code(tmp_path: Path, name: str, code: str, detail: str) -> None:
    wall = 2 if name == "hang" else 30
    limits = Limits(wall_seconds=wall, cpu_seconds=1, memory_bytes=512 * MIB, result_bytes=65536)
    began = time.monotonic()
    with pytest.raises(BadDocument) as caught:
        read(tmp_path, name, limits=limits)
    assert (caught.value.code, caught.value.detail) == (code, detail)
    assert time.monotonic() - began < 20


def test_nothing_that_the_child_started_outlives_it(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    with pytest.raises(BadDocument, match="too long"):
        read(tmp_path, f"hang-with-child+{note}", limits=Limits(wall_seconds=2))
    assert _all_end([int(note.read_text())])


def test_orphans_in_sessions_of_their_own_are_ended_too(tmp_path: Path) -> None:
    note = tmp_path / "pids"
    read(tmp_path, f"orphans+{note}")
    pids = [int(line) for line in note.read_text().split()]
    assert len(pids) == 3
    assert _all_end(pids)


def test_a_reader_goes_on_after_what_a_child_did(tmp_path: Path) -> None:
    path = tmp_path / "in.pdf"
    path.write_bytes(PDF)
    guard = Guard(Limits(wall_seconds=2, memory_bytes=512 * MIB), HURTFUL)
    ends = []
    for name in ("segfault", "fine", "hang", "fine", "exit", "fine"):
        try:
            with path.open("rb") as pdf:
                digest = hashlib.sha256(PDF).hexdigest()
                ends.append(guard.read(pdf, doc_id=name, source_file="in.pdf", sha256=digest).doc_id)
        except BadDocument as error:
            ends.append(error.code)
    guard.stop()
    assert ends == ["crashed", "fine", "time-limit", "fine", "crashed", "fine"]


def sheets(folder: Path, data: bytes, limits: Limits | None = None, child: tuple[str, ...] = HURTFUL) -> list[Sheet]:
    path = folder / "in.pdf"
    path.write_bytes(data)
    guard = Guard(limits or Limits(), child)
    with path.open("rb") as pdf:
        found = list(guard.sheets(pdf, source_file="in.pdf", sha256=hashlib.sha256(data).hexdigest()))
    guard.stop()
    return found


@pytest.mark.parametrize(
    ("hurt", "detail"), [("segfault", "SIGSEGV"), ("hang", "wall_seconds is 2"), ("raise", "ValueError")]
)
def test_a_page_that_hurts_costs_no_other_page_its_picture(tmp_path: Path, hurt: str, detail: str) -> None:
    found = sheets(tmp_path, PDF + f"one {hurt} three four".encode(), Limits(wall_seconds=2))
    assert [(sheet.page, sheet.pages, sheet.webp) for sheet in found] == [
        (1, 4, b"one"),
        (2, 4, b""),
        (3, 4, b"three"),
        (4, 4, b"four"),
    ]
    assert (found[1].code, found[1].detail) == ("no-picture", detail)


def test_a_pdf_that_hurts_on_page_after_page_is_given_up(tmp_path: Path) -> None:
    found = sheets(tmp_path, PDF + b"segfault " * LOST_PAGES + b"fine")
    assert [sheet.page for sheet in found] == list(range(1, LOST_PAGES + 1))
    assert found[-1].detail == "SIGSEGV; pages after it were not tried"


@pytest.mark.parametrize(("data", "pages"), [(PDF, 0), (PDF + b"one", 1)])
def test_as_many_pictures_come_as_there_are_pages(tmp_path: Path, data: bytes, pages: int) -> None:
    assert len(sheets(tmp_path, data)) == pages


def test_a_pdf_that_cannot_even_be_opened_has_no_pictures(tmp_path: Path) -> None:
    with pytest.raises(BadDocument) as caught:
        sheets(tmp_path, PDF + b"unopened")
    assert (caught.value.code, caught.value.detail) == ("crashed", "SIGSEGV")


def test_nothing_outlives_a_run_that_is_killed(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    (tmp_path / "in.pdf").write_bytes(PDF)
    program = (
        "import sys; from pipeline.extract.guard import Guard; from pipeline.limits import Limits; import hashlib\n"
        f"with open({str(tmp_path / 'in.pdf')!r}, 'rb') as pdf:\n"
        f"    Guard(Limits(), ({HURTFUL[0]!r},)).read(pdf, doc_id='hang-with-child+{note}', source_file='in.pdf', "
        f"sha256={hashlib.sha256(PDF).hexdigest()!r})"
    )
    run = subprocess.Popen([sys.executable, "-c", program])
    while not note.exists() or not note.read_text():
        assert run.poll() is None
        time.sleep(0.05)
    run.kill()
    run.wait()
    assert _all_end([int(note.read_text())])


def _all_end(pids: list[int]) -> bool:
    for _ in range(50):
        if not any(map(_runs, pids)):
            return True
        time.sleep(0.1)
    return False


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        # A process that ended stays in the table until its new parent looks.
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_a_file_that_changed_since_it_was_found_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "in.pdf"
    path.write_bytes(PDF)
    with path.open("rb") as pdf, pytest.raises(BadDocument) as caught:
        Guard(Limits(), HURTFUL).read(pdf, doc_id="fine", source_file="in.pdf", sha256="0" * 64)
    assert (caught.value.code, caught.value.detail) == ("unreadable-file", "it changed while it was read")


def test_stop_ends_what_runs_and_starts_nothing_more(tmp_path: Path) -> None:
    path = tmp_path / "in.pdf"
    path.write_bytes(PDF)
    guard = Guard(Limits(), HURTFUL)
    raised: list[BaseException] = []

    def ask() -> None:
        with path.open("rb") as pdf:
            try:
                guard.read(pdf, doc_id="hang", source_file="in.pdf", sha256=hashlib.sha256(PDF).hexdigest())
            except Stopped as error:
                raised.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.5)
    guard.stop()
    thread.join(10)
    assert not thread.is_alive()
    ask()
    assert len(raised) == 2


def test_the_real_child_says_what_is_wrong_with_a_file_that_only_begins_like_a_pdf(tmp_path: Path) -> None:
    with pytest.raises(BadDocument) as caught:
        read(tmp_path, "fine", PDF + b"nothing of a PDF\n", child=("-m", "pipeline.extract.child"))
    assert caught.value.code in {"damaged", "no-pages"}
