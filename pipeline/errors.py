"""Errors, problem codes and exit codes: each stands here once.

Every message says what happened and what the reader can do about it.
"""

from __future__ import annotations

from enum import IntEnum

from pipeline.document import Problem


class Exit(IntEnum):
    """Exit codes of ``python -m pipeline``; a stable interface."""

    OK = 0
    BUG = 1
    USAGE = 2
    SOME_FAILED = 3
    INTERRUPTED = 130


class PipelineError(Exception):
    """Base of all errors that the pipeline raises on purpose."""

    exit_code = Exit.USAGE


class UsageError(PipelineError):
    """The command cannot do anything with what it was given."""


class BadDocument(PipelineError):
    """One document cannot be read; the run goes on without it.

    ``code`` is a key of `CODES`; ``detail`` is added to its message.
    """

    exit_code = Exit.SOME_FAILED

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(message(code, detail))
        self.code = code
        self.detail = detail


def out_of_memory(error: BaseException | None) -> bool:
    """Whether an error comes from one of memory, which libraries wrap in errors of their own."""
    while error is not None:
        if isinstance(error, MemoryError) or any(isinstance(part, MemoryError) for part in error.args):
            return True
        error = error.__cause__ or error.__context__
    return False


CODES: dict[str, tuple[str, str]] = {
    # code: (severity, what happened and what to do)
    "not-a-pdf": ("error", "This file is not a PDF. Open it in the program that made it and export it as PDF."),
    "empty-file": ("error", "This file has no bytes. Fetch it again from its source."),
    "unreadable-file": ("error", "This file cannot be opened. Check that it is a regular file that you may read."),
    "damaged": ("error", "This PDF is damaged. Fetch it again, or repair it with `qpdf IN OUT`."),
    "encrypted": (
        "error",
        "This PDF needs a password. Save a copy without one: `qpdf --decrypt --password=... IN OUT`.",
    ),
    "no-pages": ("error", "This PDF has no pages. Fetch it again from its source."),
    "no-text": (
        "error",
        "This PDF holds pictures of text only (a scan). Add a text layer: `ocrmypdf -l jpn IN OUT`.",
    ),
    "time-limit": ("error", "Work on this PDF took too long and was stopped. Raise the limit if the file is genuine."),
    "memory-limit": (
        "error",
        "Work on this PDF took too much memory and was stopped. Raise the limit if the file is genuine.",
    ),
    "size-limit": ("error", "This PDF exceeds a limit on size. Raise the limit if the file is genuine."),
    "crashed": ("error", "The reader crashed on this PDF. Repair it with `qpdf IN OUT`, and please report the file."),
    "stage-failed": ("error", "A stage failed on this document; its earlier results are kept. Please report the file."),
    "worker-lost": (
        "error",
        "The worker that had this PDF was lost, and so were those that tried again. Look at its log; the next run "
        "tries again.",
    ),
    "duplicate": (
        "warning",
        "The same bytes were already read from another file; delete one of the two.",
    ),
    "page-without-text": ("warning", "This page shows something but holds no text; perhaps a scan or a picture."),
    "page-unreadable": (
        "warning",
        "This page is damaged and was not read; the others were. Repair the file with `qpdf IN OUT`.",
    ),
    "unmapped-glyph": (
        "warning",
        "Glyphs without a known character stand here as U+FFFD. Compare with the page and correct by hand.",
    ),
    "private-use-glyph": (
        "warning",
        "Characters of a private-use area stand here; what they look like depends on the font. Compare with the page.",
    ),
    "mark-without-note": ("warning", "A note mark stands in the text, but no note with its number was found."),
    "note-without-mark": ("warning", "A note was found, but no mark with its number stands in the text."),
    "note-number-gap": ("warning", "The numbers of the notes have a gap; a note may have been missed."),
    "no-title": ("warning", "No title was found on the first page. Look whether the page has one."),
    "no-date": ("warning", "No date of publication was found on the first page. Look whether the page has one."),
    "no-author": (
        "warning",
        "No author was found on the first or last page. If one is named, add the office to pipeline/rules/layout.toml.",
    ),
    "unresolved-reference": (
        "warning",
        "A back reference was not resolved, since not exactly one earlier work fits. Look the note up and decide.",
    ),
    "unread-citation": (
        "warning",
        "Pages or a DOI show that a work is cited here, but not which. Add it to pipeline/rules/citations_forms.toml.",
    ),
    "bad-url": ("warning", "This cannot be the address of a web page. Compare it with the printed one."),
    "correction-unfit": (
        "warning",
        "A correction by hand does not fit and changed nothing. Write it anew with `python -m pipeline correct`, or "
        "delete it.",
    ),
    "no-picture": (
        "warning",
        "This page could not be drawn, so it is shown without its picture. Compare with the PDF itself.",
    ),
    "no-font": (
        "warning",
        "A font of this page is neither in the PDF nor on this machine, so its picture shows blanks. Install fonts for "
        "Japanese (Debian: fonts-noto-cjk) and run again.",
    ),
    "vertical-text": (
        "warning",
        "This page has vertical or turned writing. Vertical lines were read from the right; compare with the page.",
    ),
}


def message(code: str, detail: str = "") -> str:
    """The text of a problem: what happened, what to do, and the detail of this case."""
    text = CODES[code][1]
    return f"{text} ({detail})" if detail else text


def problem(code: str, stage: str, page: int | None = None, detail: str = "", about: str = "") -> Problem:
    """A `Problem` with the severity and message of its code. ``page`` counts from 1, ``about`` is an id."""
    return Problem(stage, page, CODES[code][0], code, message(code, detail), about)
