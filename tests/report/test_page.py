"""The report's page."""

from __future__ import annotations

from html.parser import HTMLParser

from pipeline.document import Document, FrontMatter
from pipeline.errors import problem
from pipeline.export import Overall
from pipeline.report import page

EVIL = "<script>alert('x')</script>&amp;"


class Tags(HTMLParser):
    """Gathers the names of all elements, and those left open."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def made(*documents: Document) -> str:
    overall = Overall()
    for document in documents:
        overall.add(document)
    return page(overall.summary())


def test_what_files_say_is_text_and_never_markup() -> None:
    evil = Document("d", f"{EVIL}.pdf", "", front=FrontMatter(title=EVIL))
    text = made(evil.with_problems(problem("damaged", "extract", detail=EVIL)))
    tags = Tags()
    tags.feed(text)
    assert "script" not in tags.seen
    assert tags.open == []
    assert text.count("&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;&amp;amp;") == 4


def test_it_says_how_many_failed_and_what_to_do() -> None:
    text = made(Document("d", "d.pdf", "").with_problems(problem("encrypted", "extract")), Document("e", "e.pdf", ""))
    assert "2 PDFs found; 1 could not be read." in text
    assert "qpdf --decrypt" in text


def test_without_problems_it_says_so() -> None:
    assert "<p>None.</p>" in made(Document("e", "e.pdf", ""))


def test_it_needs_no_network() -> None:
    assert "http" not in made(Document("e", "e.pdf", ""))
