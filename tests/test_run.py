"""What is done, what is done again, and what is left when something goes wrong. Stages are stand-ins."""

from __future__ import annotations

import csv
import fcntl
import importlib
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from pipeline import export, publish, rules, run, store
from pipeline.document import Block, Document
from pipeline.errors import BadDocument, UsageError, problem
from pipeline.extract.picture import Sheet
from pipeline.limits import Limits
from pipeline.processes import places
from pipeline.processes.workers import Settings


@dataclass
class Bench:
    """A raw and an output folder, how often each stage did a document, and how often its pages were drawn."""

    raw: Path
    output: Path
    done: Counter[str] = field(default_factory=Counter)
    drawn: Counter[str] = field(default_factory=Counter)
    limits: Limits = field(default_factory=Limits)

    def put(self, name: str, data: str = "") -> None:
        path = self.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"%PDF-{data or name}")

    def run(self, last: str = "report") -> dict[str, str]:
        self.done.clear()
        self.drawn.clear()
        outcomes = run.run(run.Options(self.raw, self.output, 2, self.limits), last)
        return {outcome.source_file: outcome.status for outcome in outcomes}

    def rows(self, table: str) -> list[dict[str, str]]:
        with (self.output / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


class StandIn:
    """Takes the guard's place: text is the file's own, and a file that says ``bad`` cannot be read."""

    done: Counter[str]
    drawn: Counter[str]

    def __init__(self, limits: Limits) -> None:
        self.limits = limits

    def read(self, pdf: object, *, doc_id: str, source_file: str, sha256: str) -> Document:
        text = pdf.read().decode()  # type: ignore[attr-defined]
        StandIn.done[f"extract {doc_id}"] += 1
        if "bad" in text:
            raise BadDocument("damaged")
        block = Block(f"{doc_id}/b", "paragraph", text, ((0, len(text)),))
        return Document(doc_id, source_file, sha256, raw=text, blocks=(block,))

    def sheets(self, pdf: object, *, source_file: str, sha256: str) -> Iterator[Sheet]:
        text = pdf.read().decode()  # type: ignore[attr-defined]
        StandIn.drawn[source_file] += 1
        if "undrawn" in text:
            raise BadDocument("damaged", "it cannot be drawn")
        yield Sheet(1, 2, b"RIFF of page 1")
        yield Sheet(2, 2, code="no-picture", detail="SIGSEGV") if "torn" in text else Sheet(2, 2, text.encode())

    def stop(self) -> None:
        """Has nothing to stop."""


class Helpers:
    """Takes the workers' place; a tagger that meets ``crash`` fails."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def add(self, stage: str, document: Document) -> Document:
        StandIn.done[f"{stage} {document.doc_id}"] += 1
        if stage == "tag" and "crash" in document.raw:
            return document.with_problems(problem("stage-failed", stage, detail=f"{stage}: SIGSEGV"))
        return replace(document, raw=document.raw + f"+{stage}")

    def stop(self) -> None:
        """Has nothing to stop."""


@contextmanager
def in_turn(module: str, function: str, *paths: Path) -> Iterator[None]:
    """Takes the place of `pipeline.processes.beside.beside`, whose processes take time to start."""
    yield
    getattr(importlib.import_module(module), function)(*paths)


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    bench = Bench(tmp_path / "raw", tmp_path / "output")
    bench.raw.mkdir()
    StandIn.done, StandIn.drawn = bench.done, bench.drawn

    monkeypatch.setattr(places, "Guard", StandIn)
    monkeypatch.setattr(places, "Workers", Helpers)
    monkeypatch.setattr(publish, "beside", in_turn)
    return bench


ALL_STAGES = ("extract", "tag", "resolve")


def done(*doc_ids: str) -> dict[str, int]:
    return {f"{stage} {doc_id}": 1 for doc_id in doc_ids for stage in ALL_STAGES}


def test_every_stage_does_every_document_once(bench: Bench) -> None:
    bench.put("a.pdf")
    bench.put("sub/b.PDF")
    assert bench.run() == {"a.pdf": "ok", "sub/b.PDF": "ok"}
    ids = [row["doc_id"] for row in bench.rows("documents")]
    assert bench.done == done(*ids)
    assert (bench.output / "index.html").is_file()


@pytest.mark.parametrize(("last", "stages"), [("extract", 1), ("tag", 2), ("resolve", 3), ("export", 3)])
def test_a_stage_does_what_it_needs_before_it_and_nothing_after(bench: Bench, last: str, stages: int) -> None:
    bench.put("a.pdf")
    bench.run(last)
    assert sorted(bench.done) == sorted(f"{stage} a" for stage in ALL_STAGES[:stages])
    assert (bench.output / "documents.csv").exists() == (last == "export")
    assert not (bench.output / "index.html").exists()


def test_what_is_not_stale_is_not_done_again(bench: Bench) -> None:
    bench.put("a.pdf")
    bench.put("bad.pdf")
    bench.run()
    bench.run()
    assert not bench.done


def test_only_a_changed_or_new_file_is_done_again(bench: Bench) -> None:
    bench.put("a.pdf")
    bench.put("b.pdf")
    bench.run()
    bench.put("b.pdf", "new")
    bench.put("c.pdf")
    bench.run()
    assert bench.done == done("b", "c")


def test_new_limits_read_again_but_what_comes_out_alike_goes_no_further(bench: Bench) -> None:
    bench.put("a.pdf")
    bench.run()
    bench.limits = Limits(pages=7)
    bench.run()
    assert bench.done == {"extract a": 1}


def test_changed_code_does_its_stage_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.put("a.pdf")
    bench.run()
    before = store.fingerprint
    monkeypatch.setattr(run, "fingerprint", lambda room, *rest: before(room, *rest) + "new" * (room == "tag"))
    bench.run()
    assert bench.done == {"tag a": 1}


def test_a_name_rule_is_no_reason_to_read_pdfs_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    extract, tag = run.STAGES[0], run.STAGES[1]
    (tmp_path / "rules").mkdir()
    for name in ("layout.toml", "meetings.toml"):
        (tmp_path / "rules" / name).write_text("", encoding="utf-8")
    monkeypatch.setattr(store, "files", lambda _: tmp_path)
    monkeypatch.setattr(store, "SHARED", ("rules",))
    (tmp_path / "extract").mkdir()
    (tmp_path / "tag").mkdir()

    def keys() -> list[str]:
        return [store.fingerprint(stage.name, (), stage.rule_files) for stage in (extract, tag)]

    before = keys()
    (tmp_path / "rules" / "meetings.toml").write_text("[lists]", encoding="utf-8")
    after = keys()
    assert (after[0] == before[0], after[1] == before[1]) == (True, False)
    (tmp_path / "rules" / "layout.toml").write_text("[front]", encoding="utf-8")
    assert keys()[0] != before[0]


def test_a_damaged_work_file_is_made_again(bench: Bench) -> None:
    bench.put("a.pdf")
    bench.run()
    path = bench.output / "work" / "tag" / "a.json"
    path.write_bytes(path.read_bytes()[:-20])
    bench.run()
    assert bench.done == {"tag a": 1}


def test_a_document_that_is_gone_is_gone_everywhere(bench: Bench) -> None:
    bench.put("a.pdf")
    bench.put("b.pdf")
    bench.run()
    (bench.raw / "b.pdf").unlink()
    bench.run()
    assert [row["doc_id"] for row in bench.rows("documents")] == ["a"]
    assert not list(bench.output.rglob("b.json"))


def test_changes_tell_what_is_new_or_gone(bench: Bench) -> None:
    bench.put("a.pdf")
    bench.put("bad.pdf")
    bench.run()
    first = [(row["table"], row["change"], row["id"]) for row in bench.rows("changes")]
    assert first == [("documents", "new", "a"), ("documents", "new", "bad"), ("problems", "new", "bad")]
    (bench.raw / "bad.pdf").unlink()
    bench.put("a.pdf", "other bytes")
    bench.put("c.pdf")
    bench.run()
    wanted = [
        ("documents", "gone", "a"),
        ("documents", "gone", "bad"),
        ("documents", "new", "a"),
        ("documents", "new", "c"),
        ("problems", "gone", "bad"),
    ]
    assert [(row["table"], row["change"], row["id"]) for row in bench.rows("changes")] == wanted
    bench.run()
    assert len(bench.rows("changes")) == len(wanted)
    (bench.output / "index.html").unlink()
    bench.run()
    assert len(bench.rows("changes")) == len(wanted)


def test_changed_times_are_no_change(bench: Bench) -> None:
    bench.put("a.pdf")
    bench.run()
    os.utime(bench.raw / "a.pdf", (0, 0))
    bench.run()
    assert not bench.done


def test_new_bytes_of_the_same_size_and_time_are_found(bench: Bench) -> None:
    bench.put("a.pdf", "1")
    os.utime(bench.raw / "a.pdf", (0, 0))
    bench.run()
    bench.put("a.pdf", "2")
    os.utime(bench.raw / "a.pdf", (0, 0))
    bench.run()
    assert bench.done == done("a")


def test_a_table_that_was_changed_or_removed_by_hand_is_made_again(bench: Bench) -> None:
    bench.put("a.pdf")
    bench.run()
    before = (bench.output / "blocks.csv").read_bytes()
    (bench.output / "blocks.csv").write_text("mine")
    (bench.output / "json" / "a.json").unlink()
    bench.run()
    assert not bench.done
    assert (bench.output / "blocks.csv").read_bytes() == before
    assert (bench.output / "json" / "a.json").is_file()


def test_rows_of_documents_that_stayed_are_taken_from_the_tables(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the tables are those of a run from nothing."""
    for name in "bcd":
        bench.put(f"{name}.pdf")
    bench.run()
    made: list[str] = []
    rows = export.document_rows

    def watched(document: Document) -> export.Rows:
        made.append(document.doc_id)
        return rows(document)

    monkeypatch.setattr(export, "document_rows", watched)
    bench.put("a.pdf")
    bench.put("c.pdf", "other, bytes")
    (bench.raw / "d.pdf").unlink()
    (bench.output / "json" / "b.json").write_text("mine")
    bench.put("bad.pdf")
    bench.run()
    assert made == ["a", "b", "bad", "c"]
    made.clear()
    bench.put("e.pdf")
    bench.run()
    assert made == ["e"]
    (bench.output / "blocks.csv").write_text("mine")
    bench.run()
    assert made == ["e", "a", "b", "bad", "c", "e"]
    (bench.raw / "e.pdf").unlink()
    bench.run()
    undisturbed = Bench(bench.raw, bench.output.with_name("undisturbed"))
    undisturbed.run()
    left, wanted = (_files(each.output) for each in (bench, undisturbed))
    del left["changes.csv"], wanted["changes.csv"]
    # These hold the changes too.
    for name in [name for name in left if name.startswith(("nids.", "parquet/changes", "site/", "index.html"))]:
        del left[name], wanted[name]
    assert left == wanted


def _files(output: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(output)): path.read_bytes()
        for path in output.rglob("*")
        if path.is_file() and path.relative_to(output).parts[0] != "work"
    }


def test_rule_files_are_checked_once(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.put("a.pdf")
    bench.run()
    monkeypatch.setattr(rules, "check", lambda: pytest.fail("checked again"))
    bench.run()


def test_a_bad_file_is_a_failed_row_and_a_problem(bench: Bench) -> None:
    bench.put("a.pdf")
    bench.put("bad.pdf")
    assert bench.run() == {"a.pdf": "ok", "bad.pdf": "failed"}
    (row,) = bench.rows("problems")
    assert (row["source_file"], row["code"], row["severity"]) == ("bad.pdf", "damaged", "error")


def test_what_is_no_plain_file_is_a_failed_row(bench: Bench) -> None:
    bench.put("a.pdf")
    (bench.raw / "link.pdf").symlink_to(bench.raw / "a.pdf")
    (bench.raw / "folder.pdf").mkdir()
    os.mkfifo(bench.raw / "pipe.pdf")
    failed = dict.fromkeys(("folder.pdf", "link.pdf", "pipe.pdf"), "failed")
    assert bench.run() == {"a.pdf": "ok", **failed}
    assert {row["code"] for row in bench.rows("problems")} == {"unreadable-file"}


def test_a_copy_is_read_once(bench: Bench) -> None:
    bench.put("a.pdf", "same")
    bench.put("b.pdf", "same")
    assert bench.run() == {"a.pdf": "ok", "b.pdf": "duplicate"}
    assert bench.done == done("a")
    (row,) = bench.rows("problems")
    assert row["message"].endswith("(a.pdf)")


def test_a_stage_that_fails_on_a_document_keeps_what_came_before(bench: Bench) -> None:
    bench.put("a.pdf")
    bench.put("c.pdf", "crash")
    assert bench.run() == {"a.pdf": "ok", "c.pdf": "warning"}
    assert [row["text"] for row in bench.rows("blocks")] == ["%PDF-a.pdf", "%PDF-crash"]
    (row,) = bench.rows("problems")
    assert (row["code"], row["stage"]) == ("stage-failed", "tag")
    assert row["message"].endswith("(tag: SIGSEGV)")
    bench.run()
    assert bench.done["tag c"] == 1
    assert bench.done["tag a"] == 0


def test_old_tables_stay_where_new_ones_cannot_all_be_written(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.put("a.pdf")
    bench.run()
    before = {path.name: path.read_bytes() for path in bench.output.glob("*.*")}
    bench.put("b.pdf")

    def full(folder: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, "write_forms", full)
    with pytest.raises(UsageError, match="No space left"):
        bench.run()
    assert {path.name: path.read_bytes() for path in bench.output.glob("*.*")} == before
    assert not (bench.output / "work" / "new").exists()


def test_an_interrupted_run_keeps_what_it_did(bench: Bench) -> None:
    for name in "abcd":
        bench.put(f"{name}.pdf")

    class Impatient(run.Silence):
        def step(self) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run.run(run.Options(bench.raw, bench.output, 1, Limits()), "extract", Impatient())
    bench.run("extract")
    assert 0 < bench.done.total() < 4


def test_two_runs_do_not_write_to_one_folder(bench: Bench) -> None:
    bench.put("a.pdf")
    bench.run()
    with (bench.output / "work" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(UsageError, match="Another run"):
            bench.run()


def test_an_output_that_is_a_file_is_named(bench: Bench) -> None:
    bench.put("a.pdf")
    bench.output.write_text("")
    with pytest.raises(UsageError, match="--output"):
        bench.run()


def test_passing_codes_are_codes() -> None:
    assert all(problem(code, "extract") for code in run.PASSING)


def test_corrections_outlive_new_runs_and_are_told_of_where_they_do_not_fit(bench: Bench, tmp_path: Path) -> None:
    bench.put("a.pdf")
    bench.run()
    (sha,) = (row["sha256"] for row in bench.rows("documents"))
    folder = tmp_path / "corrections"
    folder.mkdir()
    add = 'change = "add mention"\nlabel = "PLACE"\n'
    (folder / "names.toml").write_text(
        f'[[correction]]\npdf = "{sha}"\nquote = "PDF"\n{add}'
        f'[[correction]]\npdf = "{sha}"\nquote = "gone"\n{add}'
        f'[[correction]]\npdf = "{"0" * 64}"\nfile = "old.pdf"\nquote = "PDF"\n{add}'
    )
    bench.done.clear()
    options = run.Options(bench.raw, bench.output, 1, Limits(), corrections=folder)
    for _ in range(2):
        run.run(options)
        (mention,) = bench.rows("mentions")
        assert (mention["text"], mention["source"].split(":")[:2]) == ("PDF", ["correction", "names"])
        assert [row["id"] for row in bench.rows("corrections")] == [mention["mention_id"]]
        told = [(row["source_file"], row["doc_id"], row["code"]) for row in bench.rows("problems")]
        assert told == [("a.pdf", "a", "correction-unfit"), ("old.pdf", "", "correction-unfit")]
        assert bench.rows("documents")[0]["status"] == "warning"
    assert not bench.done
    bench.run()
    assert bench.rows("mentions") == []
    (folder / "names.toml").write_text("[[correction]]\n")
    with pytest.raises(UsageError, match="correction 1"):
        run.run(options)


def site_pictures(bench: Bench) -> dict[str, bytes]:
    folder = bench.output / "site" / "pictures"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.webp")}


def test_pages_are_drawn_once_and_again_only_where_the_pdf_changed(bench: Bench) -> None:
    bench.put("a.pdf")
    bench.put("b.pdf")
    bench.put("bad.pdf")
    bench.run()
    assert bench.drawn == {"a.pdf": 1, "b.pdf": 1}
    assert site_pictures(bench)["b/p2.webp"] == b"%PDF-b.pdf"
    bench.run()
    assert not bench.drawn
    bench.put("b.pdf", "new")
    bench.run()
    assert bench.drawn == {"b.pdf": 1}
    assert site_pictures(bench)["b/p2.webp"] == b"%PDF-new"
    assert site_pictures(bench)["a/p2.webp"] == b"%PDF-a.pdf"


def test_pages_are_drawn_only_for_those_who_look_at_them(bench: Bench) -> None:
    bench.put("a.pdf")
    bench.run("export")
    assert not bench.drawn
    assert not (bench.output / "work" / "pictures").exists()


def test_pictures_of_a_document_that_is_gone_are_gone(bench: Bench) -> None:
    bench.put("a.pdf")
    bench.put("b.pdf")
    bench.run()
    (bench.raw / "b.pdf").unlink()
    bench.run()
    assert sorted(site_pictures(bench)) == ["a/p1.webp", "a/p2.webp"]
    assert not (bench.output / "work" / "pictures" / "b").exists()


def test_a_picture_that_was_changed_or_removed_by_hand_is_there_again(bench: Bench) -> None:
    bench.put("a.pdf")
    bench.run()
    before = site_pictures(bench)
    (bench.output / "site" / "pictures" / "a" / "p1.webp").unlink()
    (bench.output / "site" / "pictures" / "a" / "p2.webp").write_bytes(b"mine")
    bench.run()
    assert bench.drawn == {"a.pdf": 1}
    assert site_pictures(bench) == before
    (bench.output / "site" / "pictures" / "a" / "p1.webp").unlink()
    bench.run()
    assert not bench.drawn
    assert site_pictures(bench) == before


def test_a_page_that_cannot_be_drawn_is_a_problem_and_no_more(bench: Bench) -> None:
    bench.put("torn.pdf", "torn")
    bench.put("undrawn.pdf", "undrawn")
    assert bench.run() == {"torn.pdf": "ok", "undrawn.pdf": "ok"}
    told = [(row["source_file"], row["page"], row["stage"], row["code"]) for row in bench.rows("problems")]
    assert told == [("torn.pdf", "2", "report", "no-picture"), ("undrawn.pdf", "", "report", "no-picture")]
    assert [row["status"] for row in bench.rows("documents")] == ["warning", "warning"]
    assert sorted(site_pictures(bench)) == ["torn/p1.webp"]
    bench.run()
    assert bench.drawn == {"undrawn.pdf": 1}
    assert len(bench.rows("problems")) == 2
