"""The stages in order: what is stale, where it runs, and what is written. Neither prints nor ends the process."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

import msgspec

from pipeline import corrections, export, report, rules
from pipeline.document import Document, Problem
from pipeline.errors import BadDocument, UsageError, problem
from pipeline.extract.guard import Guard
from pipeline.limits import Limits
from pipeline.rules import engine
from pipeline.sources import Source, find, open_regular, origins
from pipeline.store import Store, alone_in, fingerprint, key, new_files, remove_others, write_whole
from pipeline.tag.labels import model_labels

log = logging.getLogger(__name__)


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
    Stage("resolve", ("spacy",)),
    Stage("corrections", ("msgspec",)),
    Stage("export", ("duckdb", "xlsxwriter", "spacy", "SudachiPy", "SudachiDict-core")),
    Stage("report"),
)
"""All stages, in order. Those before ``export`` take a document and give one back with more layers."""

PASSING = frozenset({"crashed", "stage-failed", "unreadable-file"})
"""Codes of problems that another try may not meet; such a document is done again by the next run.

A document that met a limit is not: the limits are part of its key, so raising one does it again.
"""


@dataclass(frozen=True, slots=True)
class Options:
    """Where to read and write, how many PDFs to read at once, and the limits on each.

    With ``grammar_alone`` the tagger knows no catalogued meeting or initiative. ``corrections`` is the folder of
    corrections by hand, if there are any.
    """

    raw: Path
    output: Path
    jobs: int
    limits: Limits
    grammar_alone: bool = False
    corrections: Path | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one PDF: its status in the output contract, and its errors with their pages."""

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
    rules.check()
    engine.book().check()
    model_labels()
    sources = find(options.raw, options.limits.file_bytes)
    with _writing_to(options.output):
        work = _Work(options, sources, progress or Silence())
        done = STAGES[0]
        for stage in wanted:
            if stage.name == "extract":
                work.extract(stage)
            elif stage.name == "corrections" and not work.corrections.all:
                continue
            elif stage.name in ("tag", "resolve", "corrections"):
                work.add_layers(stage, done)
            elif stage.name == "export":
                summary = work.write_tables(done)
                continue
            elif stage.name == "report":
                write_whole(options.output / "report.html", report.page(summary).encode())
                continue
            done = stage
        return work.outcomes(done)


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

    def __init__(self, options: Options, sources: list[Source], progress: Progress) -> None:
        self._options = options
        self._sources = sources
        self._progress = progress
        self._store = Store(options.output / "work")
        self._doc_ids = [source.doc_id for source in sources]
        self.corrections = corrections.read(options.corrections) if options.corrections else corrections.Book([])

    def extract(self, stage: Stage) -> None:
        """Reads all PDFs that are new, changed or stale, several at once."""
        made_with = key(self._fingerprint(stage), msgspec.json.encode(self._options.limits).decode())
        keys = {
            source.doc_id: key(made_with, source.source_file, source.sha256, source.copy_of, str(source.regular))
            for source in self._sources
        }
        todo = [s for s in self._sources if not self._store.fresh(stage.name, s.doc_id, keys[s.doc_id])]
        guard = Guard(self._options.limits)
        pool = ThreadPoolExecutor(self._options.jobs)
        self._progress.begin(stage.name, len(todo))
        try:
            futures: list[Future[Document]] = [pool.submit(_read, source, guard) for source in todo]
            for future in as_completed(futures):
                document = future.result()
                self._keep(stage, document, keys[document.doc_id])
        finally:
            # Also on Ctrl-C: no child may outlive the run, and no thread may start another.
            guard.stop()
            pool.shutdown(cancel_futures=True)
        self._store.keep_only(stage.name, self._doc_ids)
        self._progress.end()

    def add_layers(self, stage: Stage, before: Stage) -> None:
        """Runs a stage over all documents whose earlier layers or whose code changed."""
        made_with = key(
            self._fingerprint(stage),
            msgspec.json.encode(engine.users()).decode(),
            str(self._options.grammar_alone),
            self.corrections.key if stage.name == "corrections" else "",
        )
        keys = {doc_id: key(made_with, self._store.digest(before.name, doc_id)) for doc_id in self._doc_ids}
        todo = [doc_id for doc_id in self._doc_ids if not self._store.fresh(stage.name, doc_id, keys[doc_id])]
        function: Callable[[Document], Document] | None = None
        self._progress.begin(stage.name, len(todo))
        for doc_id in todo:
            document = self._store.load(before.name, doc_id)
            known = len(document.problems)
            if document.readable:
                # Loaded for the first document that needs it: the tagger's model takes seconds and much memory.
                function = function or self._function(stage.name)
                document = _guarded(function, document, stage.name)
            self._keep(stage, document, keys[doc_id], known)
        self._store.keep_only(stage.name, self._doc_ids)
        self._progress.end()

    def _function(self, stage: str) -> Callable[[Document], Document]:
        if stage == "corrections":
            return lambda document: corrections.apply(document, self.corrections)
        return _function(stage, self._options)

    @staticmethod
    def _fingerprint(stage: Stage) -> str:
        return fingerprint(stage.name, stage.packages, stage.rule_files)

    def write_tables(self, done: Stage) -> export.Summary:
        """Writes every table, JSON file and the data package; replaces the old ones when all are written."""
        self._progress.begin("export", len(self._sources))
        overall = export.Overall(origins(self._options.raw))
        with new_files(self._options.output) as folder:
            for name in export.FOLDERS:
                (folder / name).mkdir()
            tables = {name: (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") for name in export.NAMES}
            try:
                for name, file in tables.items():
                    file.write(export.csv_header(name))
                for doc_id in self._doc_ids:
                    document = self._store.load(done.name, doc_id)
                    rows = overall.add(document)
                    for name, found in rows.items():
                        tables[name].write(export.csv_lines(name, found))
                    (folder / "json" / f"{doc_id}.json").write_bytes(export.nested_json(rows))
                    if document.readable:
                        old = self._options.output / "spacy" / f"{doc_id}.spacy"
                        before = old.read_bytes() if old.is_file() else None
                        (folder / "spacy" / old.name).write_bytes(export.spacy_file(document, before))
                    self._progress.step()
                unmet = corrections.unmet(self.corrections, overall.read, overall.corrected)
                found = overall.add_problems((c.pdf_name or c.file, problem) for c, problem in unmet)
                tables["problems"].write(export.csv_lines("problems", found))
                for name, found in overall.rows().items():
                    tables[name].write(export.csv_lines(name, found))
            finally:
                for file in tables.values():
                    file.close()
            export.write_forms(folder)
            for name, items in (("citations", overall.cited()), ("commentaries", overall.commentaries())):
                (folder / f"{name}.json").write_bytes(export.csl_json(items))
                (folder / f"{name}.bib").write_text(export.bibtex(items), encoding="utf-8")
        for kind in ("json", "spacy"):
            remove_others(self._options.output / kind, {f"{doc_id}.{kind}" for doc_id in self._doc_ids})
        self._progress.end()
        return overall.summary()

    def outcomes(self, done: Stage) -> list[Outcome]:
        """What became of each PDF."""
        found = []
        for doc_id in self._doc_ids:
            document = self._store.load(done.name, doc_id)
            errors = tuple(_with_page(problem) for problem in document.problems if problem.severity == "error")
            found.append(Outcome(document.source_file, export.status(document), errors))
        return found

    def _keep(self, stage: Stage, document: Document, made_with: str, known: int = 0) -> None:
        passing = any(problem.code in PASSING for problem in document.problems)
        self._store.save(stage.name, document, "" if passing else made_with)
        for found in document.problems[known:]:
            # Errors are told again at the end, of every document and not only of those done now.
            level = logging.INFO if found.severity == "error" else logging.WARNING
            log.log(level, "%s: %s", document.source_file, _with_page(found))
        log.info("%s: %s done", document.source_file, stage.name)
        self._progress.step()


def _with_page(problem: Problem) -> str:
    return problem.message if problem.page is None else f"page {problem.page}: {problem.message}"


def _read(source: Source, guard: Guard) -> Document:
    """A document of a PDF; one that cannot be read is empty and says why."""
    empty = Document(doc_id=source.doc_id, source_file=source.source_file, sha256=source.sha256)
    if source.copy_of:
        return empty.with_problems(problem("duplicate", "extract", detail=source.copy_of))
    try:
        with _opened(source) as pdf:
            return guard.read(pdf, doc_id=source.doc_id, source_file=source.source_file, sha256=source.sha256)
    except BadDocument as error:
        return empty.with_problems(problem(error.code, "extract", detail=error.detail))
    except OSError as error:
        # No process or no temporary file could be had; that is nothing the file did.
        return empty.with_problems(problem("crashed", "extract", detail=error.strerror or ""))


def _opened(source: Source) -> BinaryIO:
    if not source.regular:
        raise BadDocument("unreadable-file")
    try:
        return open_regular(source.path)
    except OSError as error:
        raise BadDocument("unreadable-file", error.strerror or "") from None


def _guarded(function: Callable[[Document], Document], document: Document, stage: str) -> Document:
    try:
        return function(document)
    except Exception as error:
        # One document must not stop the run, whatever it makes a stage do; the traceback is for --verbose.
        log.debug("%s: %s failed", document.source_file, stage, exc_info=True)
        return document.with_problems(problem("stage-failed", stage, detail=f"{stage}: {type(error).__name__}"))


def _function(stage: str, options: Options) -> Callable[[Document], Document]:
    # Imported here because commands that do not tag must not wait for the models' libraries.
    try:
        if stage == "tag":
            from pipeline.tag import Tagger  # noqa: PLC0415

            return Tagger(options.limits, grammar_alone=options.grammar_alone).tag
        from pipeline.resolve import resolve  # noqa: PLC0415
    except (ImportError, OSError) as error:
        raise UsageError(f"The stage {stage} cannot start: {error}. Install the pinned packages: make setup") from error
    return resolve
