"""What all pages share: words, addresses, files."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from pipeline.document import Block, Document, FrontMatter
from pipeline.errors import CODES, message, problem
from pipeline.export import TABLES
from pipeline.report.site import frame
from pipeline.vocabulary import LABELS
from tests.report.site.conftest import Publish

EVIL = "\"'><script>alert('x')</script><img src=x onerror=alert(1)>{n}&amp;\u202e"
VOID = {"meta", "link", "img", "br", "input", "hr"}


class Tags(HTMLParser):
    """Gathers elements with their attributes, and those left open."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def tags(path: Path) -> Tags:
    found = Tags()
    found.feed(path.read_text(encoding="utf-8"))
    assert found.open == [], path
    return found


def evil_document() -> Document:
    front = FrontMatter(title=EVIL, subtitle=EVIL, series=EVIL)
    blocks = (Block("d:t", "title", EVIL, ((0, 1),)), Block("d:p", "paragraph", EVIL, ((0, 1),)))
    document = Document("d", f"{EVIL}.pdf", "0" * 64, raw=EVIL, front=front, blocks=blocks)
    return document.with_problems(problem("damaged", "extract", detail=EVIL))


def test_what_files_say_is_text_and_never_markup(publish: Publish) -> None:
    output = publish(evil_document())
    for page in (output / "site").rglob("*.html"):
        for tag, attributes in tags(page).seen:
            assert not {name for name in attributes if name.startswith("on") or name == "style"}, (page, tag)
            assert tag != "script" or attributes.get("src", "").endswith(".js")
            assert attributes.get("src") != "x"
            assert tag != "style"


def test_every_link_inside_leads_somewhere(publish: Publish) -> None:
    output = publish(evil_document(), Document("e f", "e.pdf", "", front=FrontMatter(title="題")))
    pages = [output / "index.html", *(output / "site").rglob("*.html")]
    assert len(pages) >= 5
    for page in pages:
        found = tags(page)
        for tag, attributes in found.seen:
            address = attributes.get("href") or attributes.get("src") or ""
            if not address or address.startswith(("http:", "https:")):
                continue
            path, place = urldefrag(address)
            target = (page.parent / unquote(path)).resolve() if path else page
            assert target.exists(), (page, tag, address)
            if place and target.suffix == ".html":
                ids = {attributes.get("id") for _, attributes in tags(target).seen}
                assert unquote(place) in ids, (page, address)


def test_no_id_stands_twice_in_a_page(publish: Publish) -> None:
    for page in (publish(evil_document()) / "site").rglob("*.html"):
        ids = [attributes["id"] for _, attributes in tags(page).seen if "id" in attributes]
        assert sorted(ids) == sorted(set(ids)), page


def test_the_same_tables_give_the_same_bytes(publish: Publish) -> None:
    def files(output: Path) -> dict[str, bytes]:
        return {str(p.relative_to(output)): p.read_bytes() for p in (output / "site").rglob("*") if p.is_file()}

    assert files(publish(evil_document())) == files(publish(evil_document()))


def test_all_words_stand_in_both_languages() -> None:
    for key, texts in frame.strings().items():
        assert {"ja", "en"} <= set(texts) <= {"ja", "en", "one"}, key
        assert len({frozenset(re.findall(r"{(\w+)}", text)) for text in texts.values()}) == 1, key


def test_all_tables_and_labels_have_words() -> None:
    assert {f"table.{table.name}" for table in TABLES} <= set(frame.strings())
    assert {f"label.{label}" for label in LABELS} <= set(frame.strings())


def test_all_problems_have_words() -> None:
    assert {f"problem.{code}" for code in CODES} <= set(frame.strings())


def test_a_problem_keeps_its_detail_in_both_languages() -> None:
    found = frame.say_problem("damaged", message("damaged", "<xref>"))
    assert found.count("&lt;xref&gt;") == 2
    assert "PDFが壊れています。" in found
    assert frame.say_problem("of-another-version", "<b>") == "&lt;b&gt;"


def test_all_words_are_used() -> None:
    root = Path(frame.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in root.rglob("*") if path.suffix in (".py", ".html"))
    made = re.findall(r'"(\w+)\." ~', code) + re.findall(r'f"(\w+)\.{', code)
    unused = [key for key in frame.strings() if f'"{key}"' not in code and key.partition(".")[0] not in made]
    assert unused == []


def test_words_hold_values_as_text() -> None:
    assert "<b>" not in frame.say("index.number", number="<b>")
    assert "&lt;b&gt;" in frame.say("index.number", number="<b>")


def test_one_has_its_own_form() -> None:
    assert ">1 note<" in frame.say("index.notes", n=1)
    assert ">2 notes<" in frame.say("index.notes", n=2)


@pytest.mark.parametrize(
    ("entity_id", "slug"),
    [
        ("meeting:admm-plus", "meeting-admm-plus"),
        ("minister:高市早苗", "minister~"),
        ("meeting:../../x", "meeting~"),
        ("organization:" + "a" * 81, "organization~"),
        ("person:a.b", "person~"),
    ],
)
def test_an_entity_has_a_file_name_that_any_disk_can_hold(entity_id: str, slug: str) -> None:
    found = frame.slug(entity_id)
    assert found == slug or (slug.endswith("~") and re.fullmatch(re.escape(slug) + "[0-9a-f]{12}", found))


def test_addresses_are_escaped() -> None:
    assert frame.commentary_href("報告 #1") == "commentaries/%E5%A0%B1%E5%91%8A%20%231.html"
    assert frame.place_href("d", "d:b-1:0-2:MEETING") == "commentaries/d.html#b-1:0-2:MEETING"


def test_data_cannot_end_their_script() -> None:
    text = frame.script_json({"a": "</script><!--\u2028"})
    assert not set("<>\u2028") & set(text)
    assert json.loads(text) == {"a": "</script><!--\u2028"}
