"""Finding PDFs: ids, copies, and things that only look like files."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.export import Origin
from pipeline.sources import ID_BYTES, document_id, find, open_regular, origins

ROOM = 1 << 20


def six(path: str) -> str:
    return hashlib.sha256(path.encode()).hexdigest()[:6]


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("commentary407.pdf", "commentary407"),
        ("commentary407.PDF", "commentary407"),
        ("v1.2_final-A.Pdf", "v1.2_final-A"),
        ("コメンタリー第４０７号.pdf", "コメンタリー第４０７号"),
        (unicodedata.normalize("NFD", "ガイド.pdf"), "ガイド"),
        ("2025/a.pdf", f"2025-a~{six('2025/a.pdf')}"),
        ("a b.pdf", f"a-b~{six('a b.pdf')}"),
        ("（案）.pdf", f"-案-~{six('（案）.pdf')}"),
        ("a~b.pdf", f"a-b~{six('a~b.pdf')}"),
        ("x" * 120 + ".pdf", "x" * 120),
        ("x" * 121 + ".pdf", "x" * 113 + "~" + six("x" * 121 + ".pdf")),
        ("論" * 41 + ".pdf", "論" * 37 + "~" + six("論" * 41 + ".pdf")),
        (".pdf", f"~{six('.pdf')}"),
    ],
)
def test_an_id_is_the_path_where_it_can_be(path: str, wanted: str) -> None:
    assert document_id(path) == wanted


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_an_id_is_a_safe_file_name(stem: str) -> None:
    found = document_id(stem + ".pdf")
    assert 0 < len(found.encode()) <= ID_BYTES
    assert all(char in "-_.~" or unicodedata.category(char) in {"Lu", "Ll", "Lt", "Lm", "Lo", "Nd"} for char in found)


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def test_pdfs_are_found_in_subfolders_in_path_order(tmp_path: Path) -> None:
    for name in ("b.pdf", "a.PDF", "sub/deep/c.Pdf", "notes.txt", "d.pdf.bak"):
        write(tmp_path / name, name.encode())
    assert [source.source_file for source in find(tmp_path, ROOM)] == ["a.PDF", "b.pdf", "sub/deep/c.Pdf"]


def test_a_copy_names_the_first_with_the_same_bytes(tmp_path: Path) -> None:
    for name in ("b.pdf", "a.pdf", "c/a.pdf"):
        write(tmp_path / name, b"same")
    assert [source.copy_of for source in find(tmp_path, ROOM)] == ["", "a.pdf", "a.pdf"]


def test_paths_that_an_id_cannot_tell_apart_get_two_ids(tmp_path: Path) -> None:
    write(tmp_path / "a.pdf", b"1")
    write(tmp_path / "a.PDF", b"2")
    assert {s.source_file: s.doc_id for s in find(tmp_path, ROOM)} == {"a.pdf": "a", "a.PDF": f"a~{six('a.PDF')}"}


def test_what_is_no_plain_file_is_found_but_never_opened(tmp_path: Path) -> None:
    write(tmp_path / "inside.pdf" / "real.pdf", b"real")
    write(tmp_path / "elsewhere" / "target", b"real as well")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "elsewhere" / "target")
    (tmp_path / "dangling.pdf").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.pdf")
    found = {source.source_file: source.regular for source in find(tmp_path, ROOM)}
    assert found == {
        "dangling.pdf": False,
        "inside.pdf": False,
        "inside.pdf/real.pdf": True,
        "link.pdf": False,
        "pipe.pdf": False,
    }
    for name in ("link.pdf", "pipe.pdf", "inside.pdf"):
        with pytest.raises(OSError, match=name):
            open_regular(tmp_path / name)


def test_a_file_above_the_limit_is_not_read(tmp_path: Path) -> None:
    write(tmp_path / "a.pdf", b"12345")
    assert [source.sha256 for source in find(tmp_path, 4)] == [""]


def test_a_name_that_is_not_utf8_is_written_in_utf8(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\x83e.pdf")).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert [source.source_file for source in find(tmp_path, ROOM)] == ["\\x83e.pdf"]


@pytest.mark.parametrize("name", ["missing", "empty", "file"])
def test_nothing_to_read_says_what_to_do(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UsageError, match="--raw"):
        find(tmp_path / name, ROOM)


def test_origins_say_where_files_came_from(tmp_path: Path) -> None:
    assert origins(tmp_path) == {}
    write(
        tmp_path / "sources.csv",
        "\ufefffile,url,retrieved\nsub/a.pdf,https://example.jp/a.pdf,2025-11-20\nb.pdf,,\n".encode(),
    )
    assert origins(tmp_path) == {"sub/a.pdf": Origin("https://example.jp/a.pdf", "2025-11-20"), "b.pdf": Origin()}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,url\na.pdf,https://example.jp/a.pdf\n", "line 2: the column file is empty"),
        ("file,url,retrieved\na.pdf,,20 November\n", "line 2: 20 November is no date"),
    ],
)
def test_faults_in_origins_are_named(tmp_path: Path, text: str, said: str) -> None:
    write(tmp_path / "sources.csv", text.encode())
    with pytest.raises(UsageError, match=said):
        origins(tmp_path)


def test_origins_in_another_encoding_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "sources.csv", "file,url\n論.pdf,\n".encode("cp932"))
    with pytest.raises(UsageError, match="UTF-8"):
        origins(tmp_path)
