"""Where the work on documents is done: `Here`, in processes of this machine, or `cluster`, on others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Protocol

from pipeline.document import Document
from pipeline.errors import UsageError
from pipeline.extract.guard import Guard
from pipeline.extract.picture import Sheet
from pipeline.processes.workers import Settings, Workers
from pipeline.rules import engine


class Place(Protocol):
    """Reads PDFs and adds layers to documents. Between `start` and `stop`, up to ``most`` threads may ask at once."""

    most: int

    def start(self) -> None:
        """Makes ready; does nothing the second time. Raises `UsageError` where nothing can be done here."""

    def at_once(self) -> int:
        """How many documents are worth asking for at once; may change while the work goes on."""

    def read(self, pdf: BinaryIO, *, doc_id: str, source_file: str, sha256: str) -> Document:
        """As `pipeline.extract.guard.Guard.read`."""

    def add(self, stage: str, document: Document) -> Document:
        """As `workers.Workers.add`."""

    def stop(self) -> None:
        """Ends all that was started; what is asked or will be raises `servant.Stopped`."""


class Here:
    """This machine; ``jobs`` documents at once."""

    def __init__(self, settings: Settings, jobs: int) -> None:
        self._guard = Guard(settings.limits)
        self._workers = Workers(settings)
        self.most = jobs

    def start(self) -> None:
        """Has nothing to make ready: processes start when they are asked."""

    def at_once(self) -> int:
        """The number of jobs."""
        return self.most

    def read(self, pdf: BinaryIO, *, doc_id: str, source_file: str, sha256: str) -> Document:
        """The document of an open PDF; see `Place`."""
        return self._guard.read(pdf, doc_id=doc_id, source_file=source_file, sha256=sha256)

    def sheets(self, pdf: BinaryIO, *, source_file: str, sha256: str) -> Iterator[Sheet]:
        """Every page of an open PDF; see `pipeline.extract.guard.Guard.sheets`."""
        return self._guard.sheets(pdf, source_file=source_file, sha256=sha256)

    def add(self, stage: str, document: Document) -> Document:
        """The document with what the stage adds; see `Place`."""
        return self._workers.add(stage, document)

    def stop(self) -> None:
        """Ends all processes; see `Place`."""
        self._guard.stop()
        self._workers.stop()


def place(settings: Settings, jobs: int, cluster: str, packages: Iterable[str]) -> Place:
    """The cluster at this address, else this machine. ``packages`` are those whose versions results hang on.

    Raises `UsageError` where what a cluster takes is not installed.
    """
    if not cluster:
        return Here(settings, jobs)
    try:
        from pipeline.processes.cluster import Cluster  # noqa: PLC0415 - installed by an extra, and slow to import
    except ImportError as error:
        raise UsageError(f"A cluster needs the extra `cluster` ({error}). Install it: make setup") from None
    return Cluster(cluster, settings, engine.users(), packages)
