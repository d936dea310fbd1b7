"""The stages in order: what is stale, where it runs, and what is written. Neither prints nor ends the process."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar

import msgspec

from pipeline import corrections, export, rules
from pipeline.document import Document, Problem
from pipeline.errors import BadDocument, UsageError, problem
from pipeline.extract.picture import Sheet
from pipeline.limits import LATER, Limits
from pipeline.pictures import FOLDER as PICTURES
from pipeline.pictures import Pictures
from pipeline.processes.places import Here, Place, place
from pipeline.processes.workers import Settings
from pipeline.publish import Look, Publisher
from pipeline.rules import engine
from pipeline.sources import Source, find, open_regular, origins
from pipeline.store import (
    Index,
    Store,
    alone_in,
    fingerprint,
    finish,
    key,
    read_index,
    write_index,
)

log = logging.getLogger(__name__)

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage: its name is its room's; ``packages`` are those whose version its results hang on.

    ``rule_files`` are the only rule files it reads; empty means any.
    """

    name: str
    packages: tuple[str, ...] = ()
    rule_files: tuple[str, ...] = ()


STAGES: tuple[Stage, ...] = (
    Stage("extract", ("pdfplumber", "pdfminer.six"), ("layout.toml", "characters.toml")),
    Stage("tag", ("spacy", "ginza", "ja_ginza", "SudachiPy", "SudachiDict-core")),
    Stage("resolve"),
    Stage("corrections", ("msgspec",)),
    Stage("export", ("duckdb", "xlsxwriter", "spacy", "SudachiPy", "SudachiDict-core")),
    Stage("report", ("jinja2", "markupsafe", "matplotlib", "matplotlib-fontja", "networkx", "numpy")),
)
"""All stages, in order. Those before ``export`` take a document and give one back with more layers."""

PASSING = frozenset({"crashed", "stage-failed", "unreadable-file", "worker-lost"})
"""Codes of problems that another try may not meet; such a document is done again by the next run.

A document that met a limit is not: the limits are part of its key, so raising one does it again.
"""


@dataclass(frozen=True, slots=True)
class Options:
    """Where to read and write, how many PDFs to read at once, and the limits on each.

    With ``grammar_alone`` the tagger knows no catalogued meeting or initiative. With ``verify`` every file is read
    again to see whether it changed, instead of trusting its size, times and inode. ``corrections`` is the folder of
    corrections by hand, if there are any. ``cluster`` is the address of a scheduler; empty, this machine does it all.
    """

    raw: Path
    output: Path
    jobs: int
    limits: Limits
    grammar_alone: bool = False
    verify: bool = False
    corrections: Path | None = None
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one PDF: its status in ``documents.csv``, and its errors with their pages."""

    source_file: str
    status: str
    errors: tuple[str, ...]


class Progress(Protocol):
    """Hears how far the work is."""

    def begin(self, stage: str, total: int) -> None:
        """``total`` documents are to be done by this stage."""

    def step(self) -> None:
        """One of them is done."""

    def end(self) -> None:
        """The stage is done."""


class Silence:
    """A `Progress` that tells nobody."""

    def begin(self, stage: str, total: int) -> None:
        """Says nothing."""

    def step(self) -> None:
        """Says nothing."""

    def end(self) -> None:
        """Says nothing."""


def run(options: Options, last: str = STAGES[-1].name, progress: Progress | None = None) -> list[Outcome]:
    """Runs all stages up to and with ``last`` over all PDFs, and does again only what is stale.

    Gives the outcome of every PDF, in path order. Raises `UsageError` where there is nothing to read or the output
    folder cannot be written, `rules.RuleError` where a rule file is faulty; one bad document never raises.
    """
    names = [stage.name for stage in STAGES]
    wanted = STAGES[: names.index(last) + 1]
    index = Index() if options.verify else read_index(options.output)
    index.checked = _check_rules(index.checked)
    sources = find(options.raw, options.limits.file_bytes, index.sources)
    index.sources = {s.source_file: (s.stamp, s.sha256) for s in sources if s.stamp and s.sha256}
    with _writing_to(options.output):
        finish(options.output)
        work = _Work(options, sources, index, progress or Silence())
        done = STAGES[0]
        try:
            for stage in wanted:
                if stage.name == "extract":
                    work.extract(stage)
                elif stage.name == "corrections" and not work.corrections.all:
                    continue
                elif stage.name in ("tag", "resolve", "corrections"):
                    work.add_layers(stage, done)
                elif stage.name == "export":
                    work.publish(done, with_report=wanted[-1].name == "report")
                    break
                done = stage
            return work.outcomes(done)
        finally:
            work.stop()
            write_index(options.output, index)


def _check_rules(known: str) -> str:
    """Checks all rule files unless their key is the one known; returns their key. Raises `rules.RuleError`."""
    found = key(fingerprint("tag", ()), msgspec.json.encode(engine.users()).decode())
    if found != known:
        rules.check()
        engine.book().check()
        from pipeline.tag.labels import model_labels  # noqa: PLC0415 - a run with nothing to do needs none of it

        model_labels()
    return found


@contextmanager
def _writing_to(output: Path) -> Iterator[None]:
    with alone_in(output / "work"):
        try:
            yield
        except OSError as error:
            reason = error.strerror or str(error)
            raise UsageError(
                f"Cannot write to {output}: {reason}. Make room or rights there, or name another folder with --output."
            ) from error


class _Work:
    """One run over the documents that were found."""

    def __init__(self, options: Options, sources: list[Source], index: Index, progress: Progress) -> None:
        self._options = options
        self._sources = sources
        self._index = index
        self._progress = progress
        self._store = Store(options.output / "work", index, _described)
        self._doc_ids = [source.doc_id for source in sources]
        packages = {package for stage in STAGES for package in stage.packages}
        settings = Settings(options.limits, options.grammar_alone)
        self._place = place(settings, options.jobs, options.cluster, packages)
        self._here = self._place if isinstance(self._place, Here) else Here(settings, options.jobs)
        self._pictures = Pictures(options.output / "work" / PICTURES, options.limits, verify=options.verify)
        self.corrections = corrections.read(options.corrections) if options.corrections else corrections.Book([])

    def extract(self, stage: Stage) -> None:
        """Reads all PDFs that are new, changed or stale, several at once."""
        made_with = key(_fingerprint(stage), self._options.limits.of_reading)
        keys = {
            source.doc_id: key(made_with, source.source_file, source.sha256, source.copy_of, str(source.regular))
            for source in self._sources
        }
        todo = [s for s in self._sources if not self._store.fresh(stage.name, s.doc_id, keys[s.doc_id])]
        self._progress.begin(stage.name, len(todo))
        for document in self._side_by_side(todo, lambda source: _read(source, self._place), self._place):
            self._keep(stage, document, keys[document.doc_id])
        self._store.keep_only(stage.name, self._doc_ids)
        self._progress.end()

    def add_layers(self, stage: Stage, before: Stage) -> None:
        """Runs a stage over all documents whose earlier layers or whose code changed, several at once."""
        made_with = key(
            _fingerprint(stage),
            msgspec.json.encode(engine.users()).decode(),
            str(self._options.grammar_alone),
            msgspec.json.encode({name: getattr(self._options.limits, name) for name in sorted(LATER)}).decode(),
            self.corrections.key if stage.name == "corrections" else "",
        )
        keys = {doc_id: key(made_with, self._store.known(before.name, doc_id).digest) for doc_id in self._doc_ids}
        todo = [doc_id for doc_id in self._doc_ids if not self._store.fresh(stage.name, doc_id, keys[doc_id])]

        def add(doc_id: str) -> tuple[Document, int]:
            document = self._store.load(before.name, doc_id)
            known = len(document.problems)
            return (self._added(stage, document) if document.readable else document), known

        self._progress.begin(stage.name, len(todo))
        # Corrections take no time worth another process.
        done = map(add, todo) if stage.name == "corrections" else self._side_by_side(todo, add, self._place)
        for document, known in done:
            self._keep(stage, document, keys[document.doc_id], known)
        self._store.keep_only(stage.name, self._doc_ids)
        self._progress.end()

    def _added(self, stage: Stage, document: Document) -> Document:
        if stage.name == "corrections":
            return corrections.apply(document, self.corrections)
        return self._place.add(stage.name, document)

    def _side_by_side(self, items: Sequence[_Item], work: Callable[[_Item], _Result], at: Place) -> Iterator[_Result]:
        """What the work makes of each item, as it comes; few at a time, so that no more are held in memory."""
        if not items:
            return
        at.start()
        pool = ThreadPoolExecutor(at.most)
        pending: set[Future[_Result]] = set()
        try:
            for item in items:
                pending.add(pool.submit(work, item))
                while len(pending) > at.at_once():
                    done, pending = wait(pending, return_when=FIRST_COMPLETED)
                    yield from (future.result() for future in done)
            while pending:
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        except BaseException:
            # Also on Ctrl-C: no child may outlive the run, and no thread may start another.
            self.stop()
            raise
        finally:
            pool.shutdown(cancel_futures=True)

    def stop(self) -> None:
        """Ends all processes that this run started."""
        self._place.stop()
        self._here.stop()

    def draw(self, done: Stage) -> None:
        """Draws the pages of all PDFs that were read and whose pictures are stale, several PDFs at once.

        They are drawn here wherever the rest is done, because they hang on the fonts of the machine.
        """
        status = {doc_id: self._store.known(done.name, doc_id).status for doc_id in self._doc_ids}
        read = [source for source in self._sources if status[source.doc_id] not in ("failed", "duplicate")]
        todo = [source for source in read if not self._pictures.fresh(source.doc_id, source.sha256)]

        def keep(source: Source) -> Source:
            self._pictures.keep(source.doc_id, source.sha256, _sheets(source, self._here))
            return source

        self._progress.begin(PICTURES, len(todo))
        for source in self._side_by_side(todo, keep, self._here):
            _tell(source.source_file, self._pictures.problems(source.doc_id))
            self._progress.step()
        self._pictures.keep_only(source.doc_id for source in read)
        self._progress.end()

    def publish(self, done: Stage, *, with_report: bool) -> None:
        """Writes tables, JSON files, data package and report, where one of them is not what it would be now."""
        known = origins(self._options.raw)
        code = _fingerprint(STAGES[-2])
        keys = {doc_id: key(code, doc_id, self._store.known(done.name, doc_id).digest) for doc_id in self._doc_ids}
        parts = [self.corrections.key, code, msgspec.json.encode(known).decode(), *keys.values()]
        if with_report:
            self.draw(done)
            parts += self._pictures.faults
        publisher = Publisher(self._options.output, self._index.tables, key(*parts))
        look = Look(_fingerprint(STAGES[-1]), self._pictures) if with_report else None
        if publisher.fresh(look):
            return
        self._progress.begin("export", len(self._doc_ids))
        stored = self._options.output / "work" / done.name
        told = {doc_id: self._pictures.problems(doc_id) for doc_id in self._doc_ids}
        made_with = {doc_id: key(keys[doc_id], msgspec.json.encode(found).decode()) for doc_id, found in told.items()}
        publisher.publish(self._documents(done, told), made_with, stored, known, self.corrections, look)
        self._progress.end()

    def _documents(self, done: Stage, told: Mapping[str, Sequence[Problem]]) -> Iterator[Document]:
        for doc_id, found in told.items():
            yield self._store.load(done.name, doc_id).with_problems(*found)
            self._progress.step()

    def outcomes(self, done: Stage) -> list[Outcome]:
        """What became of each PDF."""
        known = [self._store.known(done.name, source.doc_id) for source in self._sources]
        return [
            Outcome(source.source_file, entry.status, entry.errors)
            for source, entry in zip(self._sources, known, strict=True)
        ]

    def _keep(self, stage: Stage, document: Document, made_with: str, known: int = 0) -> None:
        passing = any(problem.code in PASSING for problem in document.problems)
        self._store.save(stage.name, document, "" if passing else made_with)
        _tell(document.source_file, document.problems[known:])
        log.info("%s: %s done", document.source_file, stage.name)
        self._progress.step()


def _tell(source_file: str, problems: Iterable[Problem]) -> None:
    for found in problems:
        # Errors are told again at the end, of every document and not only of those done now.
        level = logging.INFO if found.severity == "error" else logging.WARNING
        log.log(level, "%s: %s", source_file, _with_page(found))


def _fingerprint(stage: Stage) -> str:
    return fingerprint(stage.name, stage.packages, stage.rule_files)


def _described(document: Document) -> tuple[str, tuple[str, ...]]:
    """Status and errors of a document."""
    errors = tuple(_with_page(problem) for problem in document.problems if problem.severity == "error")
    return export.status(document), errors


def _with_page(problem: Problem) -> str:
    return problem.message if problem.page is None else f"page {problem.page}: {problem.message}"


def _read(source: Source, place: Place) -> Document:
    """A document of a PDF; one that cannot be read is empty and says why."""
    empty = Document(doc_id=source.doc_id, source_file=source.source_file, sha256=source.sha256)
    if source.copy_of:
        return empty.with_problems(problem("duplicate", "extract", detail=source.copy_of))
    try:
        with _opened(source) as pdf:
            return place.read(pdf, doc_id=source.doc_id, source_file=source.source_file, sha256=source.sha256)
    except BadDocument as error:
        return empty.with_problems(problem(error.code, "extract", detail=error.detail))
    except OSError as error:
        # No process or no temporary file could be had; that is nothing the file did.
        return empty.with_problems(problem("crashed", "extract", detail=error.strerror or ""))


def _sheets(source: Source, here: Here) -> Iterator[Sheet]:
    """The pages of a PDF; one that cannot be drawn at all has a sheet 0 that says why."""
    try:
        with _opened(source) as pdf:
            yield from here.sheets(pdf, source_file=source.source_file, sha256=source.sha256)
    except BadDocument as error:
        yield Sheet(0, 0, code="no-picture", detail=error.detail or error.code)
    except OSError as error:
        yield Sheet(0, 0, code="no-picture", detail=error.strerror or "")


def _opened(source: Source) -> BinaryIO:
    if not source.regular:
        raise BadDocument("unreadable-file")
    try:
        return open_regular(source.path)
    except OSError as error:
        raise BadDocument("unreadable-file", error.strerror or "") from None
