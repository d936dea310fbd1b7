"""Makes the hostile files: ``python tests/hostile/hostile_files.py FOLDER``.

Each kind stands in `KINDS` with the code of the problem that it must end with; empty where the file must be read.
Nothing here does harm by lying on a disk.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "HeiseiMin-W3"
TEXT = (
    "NIDSコメンタリー",
    "海洋安全保障の協力",
    "第1号　2025年4月1日",
    "防衛太郎",
    "　この文書は読めるはずである。日本と東南アジア諸国は協力を進めている。",
    "会合は毎年開かれ、議論は公開される。次の会合は来年である。",
)


def good(lines: tuple[str, ...] = TEXT, encrypt: StandardEncryption | None = None) -> bytes:
    """A PDF that can be read."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1, encrypt=encrypt)
    canvas.setFont(FONT, 11)
    for number, line in enumerate(lines):
        canvas.drawString(60, 760 - 20 * number, line)
    canvas.save()
    return target.getvalue()


def pdf(*bodies: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalog."""
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(bodies) + 1
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


def stream(body: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(body), entries, body)


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
HELLO = b"BT /F 12 Tf 50 700 Td (Maritime security cooperation goes on.) Tj ET"


def page(entries: bytes = b"", fonts: bytes = b"/F 5 0 R") -> bytes:
    """A page whose content is object 4."""
    head = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    return head + b"/Resources << /Font << %s >> %s >> >>" % (fonts, entries)


def with_content(content: bytes, entries: bytes = b"", resources: bytes = b"", *more: bytes) -> bytes:
    """A one-page PDF with this content stream; ``entries`` go into the stream's dictionary."""
    return pdf(CATALOG, PAGES, page(resources), stream(content, entries), HELVETICA, *more)


def flate(data: bytes, times: int = 1) -> tuple[bytes, bytes]:
    """Data compressed again and again, and the entries that say so."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data, b"/Filter [%s]" % (b"/FlateDecode " * times)


def bomb() -> bytes:
    """Decompresses to 1 GB."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * (1 << 24)) for _ in range(64)) + packer.flush()
    data, entries = flate(packed)
    return with_content(data, entries.replace(b"[", b"[/FlateDecode "))


def corrupt_checksum() -> bytes:
    """Drives pdfminer's recovery, which takes one byte of input at a time and copies its output each time."""
    data = bytearray(zlib.compress(b"0 0 m " * 40_000_000, 1))
    data[-4:] = b"\0\0\0\0"
    return with_content(bytes(data), b"/Filter /FlateDecode")


def page_tree_cycle() -> bytes:
    """Pages whose kid is themselves, beside a page that can be read."""
    tree = b"<< /Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Count 3 /Parent 2 0 R >>"
    return pdf(CATALOG, tree, page(), stream(HELLO), HELVETICA)


def many_pages() -> bytes:
    """100,000 pages."""
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 100_003))
    leaf = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    return pdf(CATALOG, b"<< /Type /Pages /Kids [%s] /Count 100000 >>" % kids, *[leaf] * 100_000)


def million_glyphs() -> bytes:
    """A page of a million glyphs, spread over the page."""
    lines = b"".join(b"1 0 0 1 %d %d Tm (%s) Tj " % (i % 500, i % 800, b"x" * 100) for i in range(10_000))
    data, entries = flate(b"BT /F 1 Tf %s ET" % lines)
    return with_content(data, entries)


def nested_arrays() -> bytes:
    """Arrays 100,000 deep where the catalog's pages should stand."""
    return pdf(b"<< /Type /Catalog /Pages %s%s >>" % (b"[" * 100_000, b"]" * 100_000), PAGES)


def nested_page_tree() -> bytes:
    """A page 5,000 levels down the page tree."""
    levels = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 1) for number in range(2, 5002)]
    leaf = b"<< /Type /Page /MediaBox [0 0 595 842] >>"
    return pdf(CATALOG, *levels, leaf)


def form_in_itself() -> bytes:
    """A form that draws itself."""
    form = stream(
        b"/X Do " + HELLO, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
    )
    return with_content(HELLO + b" /X Do", b"", b"/XObject << /X 6 0 R >>", form)


def endless_map() -> bytes:
    """A font that maps four thousand million codes to characters, in one line."""
    codes = b"1 begincodespacerange <00000000> <ffffffff> endcodespacerange "
    cmap = codes + b"1 beginbfrange <00000000> <fffffff0> <0041> endbfrange"
    font = HELVETICA.replace(b"/Encoding", b"/ToUnicode 6 0 R /Encoding")
    return pdf(CATALOG, PAGES, page(), stream(HELLO), font, stream(b"begincmap " + cmap + b" endcmap"))


def xref_loop() -> bytes:
    """A cross-reference table that says it goes on where it begins."""
    data = with_content(HELLO)
    place = data.rindex(b"xref\n0 ")
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % place)


def length_of_itself() -> bytes:
    """A stream whose length stands in the stream itself."""
    return pdf(CATALOG, PAGES, page(), b"<< /Length 4 0 R >>\nstream\n%s\nendstream" % HELLO, HELVETICA)


def broken_xref() -> bytes:
    """Every offset in the cross-reference table is wrong."""
    return with_content(HELLO).replace(b"%PDF-1.7", b"%PDF-1.7\n%moved")


def truncated() -> bytes:
    """The cross-reference table and what comes after it are missing."""
    data = with_content(HELLO)
    return data[: data.rindex(b"xref\n0 ")]


def acting() -> bytes:
    """JavaScript and a program to launch on opening; both would leave a file named RAN."""
    script = b"<< /S /JavaScript /JS (app.launchURL\\('RAN'\\);) /Next 7 0 R >>"
    launch = b"<< /S /Launch /F (/usr/bin/touch) /Unix << /F (/usr/bin/touch RAN) >> >>"
    catalog = CATALOG.replace(b"/Pages", b"/OpenAction 6 0 R /AA << /WC 7 0 R >> /Pages")
    return pdf(catalog, PAGES, page(b""), stream(HELLO), HELVETICA, script, launch)


def locked(user: str) -> bytes:
    """Encrypted; opened without a password where ``user`` is empty."""
    return good(encrypt=StandardEncryption(user, ownerPassword="owner", canPrint=0))


WILD = (
    "NIDSコメンタリー 第1号 2025年4月1日",
    '=HYPERLINK("x")<script>alert(1)</script>\u202e\ud800\0',
    "防衛太郎",
    '小泉進次郎防衛大臣は、第12回拡大ASEAN国防相会議に出席した\u2066。"; DROP TABLE blocks;-- \ud83d\ude00\n\r\t\x1f',
    "大臣は「<b onmouseover=alert(1)>友好の輪</b>構想」&amp;を示した\ufeff\u2028\x85\ufffe]]>\udc00。",
    "注",
    "1 外務省「<img src=x onerror=alert(1)>{=cmd|'/C calc'!A0}」2025年4月1日、https://example.jp/?a=\"><script>。",
)
"""Lines of characters that hurt: of formulas, markup, other directions, line ends, halves of surrogate pairs."""


def wild_characters(lines: tuple[str, ...] = WILD) -> bytes:
    """A PDF whose font says that its glyphs are these characters."""
    letters = sorted(set("".join(lines)))
    codes = {letter: code for code, letter in enumerate(letters, 1)}
    # A surrogate pair written as two glyphs is two halves to a reader of PDFs.
    pairs = b"".join(b"<%02X> <%s>\n" % (code, _utf16(letter)) for letter, code in codes.items())
    maps = b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange %d beginbfchar\n%s endbfchar endcmap"
    shown = b" ".join(b"<%s> Tj T*" % "".join(f"{codes[letter]:02X}" for letter in line).encode() for line in lines)
    font = (
        b"<< /Type /Font /Subtype /TrueType /BaseFont /Wild /FirstChar 0 /LastChar 255 /Widths [%s] /ToUnicode 6 0 R >>"
    )
    content = b"BT /F 6 Tf 14 TL 40 780 Td %s ET" % shown
    return pdf(CATALOG, PAGES, page(), stream(content), font % (b"1000 " * 256), stream(maps % (len(codes), pairs)))


def _utf16(letter: str) -> bytes:
    return letter.encode("utf-16-be", "surrogatepass").hex().encode()


def not_finite() -> bytes:
    """Boxes, sizes and places that no page has."""
    wild = b"BT /F 1e999 Tf 99999999999999999999 -1e308 Td (far) Tj ET BT /F -0 Tf (none) Tj ET " + HELLO
    return with_content(wild).replace(b"[0 0 595 842]", b"[0 0 595 842 1 2]")


Make = Callable[[], bytes]

KINDS: dict[str, tuple[Make, str]] = {
    # name: (maker, code of the problem that it ends with; two where it depends on the machine which limit is met first)
    "bomb": (bomb, "memory-limit"),
    "corrupt-checksum": (corrupt_checksum, "memory-limit or time-limit"),
    "page-tree-cycle": (page_tree_cycle, ""),
    "many-pages": (many_pages, "size-limit"),
    "million-glyphs": (million_glyphs, "memory-limit or time-limit"),
    "nested-arrays": (nested_arrays, "damaged"),
    "nested-page-tree": (nested_page_tree, "damaged"),
    "form-in-itself": (form_in_itself, ""),
    "endless-map": (endless_map, "memory-limit or time-limit"),
    "xref-loop": (xref_loop, "damaged"),
    "length-of-itself": (length_of_itself, "damaged"),
    "broken-xref": (broken_xref, ""),
    "truncated": (truncated, "damaged"),
    "acting": (acting, ""),
    "locked": (lambda: locked("user"), "encrypted"),
    "locked-for-changes": (lambda: locked(""), ""),
    "not-finite": (not_finite, ""),
    "wild-characters": (wild_characters, ""),
    "no-pdf": (lambda: b"MZ\x90\x00 a program", "not-a-pdf"),
    "no-bytes": (lambda: b"", "empty-file"),
}

ODD_NAMES: tuple[bytes, ...] = (
    b"line\nbreak.pdf",
    b"\"quoted\" 'twice', =cmd|' /C calc'!A0.pdf",
    b"<script>alert(1)</script>.pdf".replace(b"/", b"\xe2\x88\x95"),
    b"carriage\rreturn.pdf",
    b"left\xe2\x80\xaeright.pdf",
    "論".encode() * 83 + b"12.pdf",
    b"not-utf8-\x83\x65\xff.pdf",
    b"fold a.pdf",
    b"fold-a.pdf",
    b"fold-a.PDF",
)
"""File names that break what is made from names; each file can be read."""

NO_FILES: tuple[str, ...] = ("folder.pdf", "pipe.pdf", "dangling.pdf", "link.pdf", "loop.pdf")
"""Names of things that are no plain files; each ends with the code ``unreadable-file``."""


def write_all(folder: Path) -> None:
    """Writes one file of each kind, the odd names, what is no file, ``good.pdf`` and a copy of it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (make, _) in KINDS.items():
        (folder / f"{name}.pdf").write_bytes(make())
    for number, odd in enumerate(ODD_NAMES):
        with contextlib.suppress(OSError):  # not every file system takes every name
            Path(os.fsdecode(os.fsencode(folder) + b"/" + odd)).write_bytes(good((*TEXT, f"その{number}。")))
    (folder / "folder.pdf").mkdir()
    os.mkfifo(folder / "pipe.pdf")
    (folder / "dangling.pdf").symlink_to("nowhere")
    (folder / "link.pdf").symlink_to("good.pdf")
    (folder / "loop.pdf").symlink_to("loop.pdf")
    (folder / "good.pdf").write_bytes(good())
    (folder / "good-again.pdf").write_bytes(good())


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
