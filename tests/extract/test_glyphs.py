"""PDF bytes to glyphs."""

from __future__ import annotations

import logging
import warnings
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from pipeline.errors import BadDocument
from pipeline.extract.glyphs import REPLACEMENT, Rule
from pipeline.limits import Limits
from tests.extract.pdfs import (
    HEIGHT,
    LATIN,
    SANS,
    SERIF,
    WIDTH,
    drawn,
    glyphs_of,
    mapped,
    read,
    say,
    stream,
    text_at,
    written,
)

SHOW = b"BT /F 10 Tf 50 300 Td (%s) Tj ET"


def refused(data: bytes, limits: Limits | None = None) -> str:
    """The code of the problem that a PDF raises."""
    with pytest.raises(BadDocument) as caught:
        read(data, limits)
    return caught.value.code


def test_a_page_and_its_glyphs() -> None:
    pages = read(drawn(text_at(50, 300, "会合A"), text_at(50, 300, "次")))
    assert [(page.number, page.width, page.height) for page in pages] == [(1, WIDTH, HEIGHT), (2, WIDTH, HEIGHT)]
    assert [say(page.glyphs) for page in pages] == ["会合A", "次"]
    first, second, third = pages[0].glyphs
    assert (first.x0, first.x1, second.x0) == (50, 60, 60)
    assert third.x0 == 70
    assert 75 < third.x1 < 79
    assert first.top < 100 < first.bottom < HEIGHT - 290
    assert first.base == pytest.approx(100, abs=1)
    assert (first.size, first.font, first.bold, first.upright) == (10, SERIF, False, True)


def test_ligatures_are_taken_apart_and_share_their_box() -> None:
    glyphs = glyphs_of(mapped(SHOW % b"AB", {"A": "\ufb03", "B": "t"}))
    assert say(glyphs) == "ffit"
    assert [round(glyph.x0, 2) for glyph in glyphs] == [50, 53.33, 56.67, 60]
    assert [round(glyph.x1, 2) for glyph in glyphs] == [53.33, 56.67, 60, 70]


def test_a_real_font_s_ligature() -> None:
    assert say(glyphs_of(drawn(text_at(50, 300, "\ufb01g", LATIN)))) == "fig"


def test_a_glyph_that_means_several_letters_is_taken_apart() -> None:
    glyphs = glyphs_of(mapped(SHOW % b"A", {"A": "株式"}))
    assert [(glyph.text, glyph.x0, glyph.x1) for glyph in glyphs] == [("株", 50, 55), ("式", 55, 60)]


@pytest.mark.parametrize("meaning", ["\x01", "\u0378", "\uffff"])
def test_what_is_no_character_is_replaced(meaning: str) -> None:
    assert say(glyphs_of(mapped(SHOW % b"ABA", {"A": "会", "B": meaning}))) == "会" + REPLACEMENT + "会"


def test_a_glyph_without_meaning_is_replaced() -> None:
    glyphs = glyphs_of(mapped(SHOW % rb"A\002A", {"A": "会"}))
    assert say(glyphs) == "会" + REPLACEMENT + "会"


def test_private_use_characters_stay_to_be_reported() -> None:
    assert say(glyphs_of(mapped(SHOW % b"A", {"A": "\ue000"}))) == "\ue000"


def test_tabs_and_line_ends_in_a_font_are_spaces() -> None:
    assert say(glyphs_of(mapped(SHOW % b"ABCA", {"A": "会", "B": "\t", "C": "\n"}))) == "会  会"


@pytest.mark.parametrize(
    ("base", "mark", "whole"), [("か", "\u3099", "が"), ("は", "\u309a", "ぱ"), ("カ", "\u3099", "ガ")]
)
def test_a_combining_sound_mark_joins_its_kana(base: str, mark: str, whole: str) -> None:
    glyphs = glyphs_of(mapped(SHOW % b"ABC", {"A": base, "B": mark, "C": "合"}))
    assert say(glyphs) == whole + "合"
    assert (glyphs[0].x0, glyphs[0].x1) == (50, 60)


def test_a_combining_mark_that_fits_nothing_stays() -> None:
    assert say(glyphs_of(mapped(SHOW % b"AB", {"A": "会", "B": "\u3099"}))) == "会\u3099"


def test_bold_made_by_printing_twice_is_read_once() -> None:
    def twice(canvas: Any) -> None:
        canvas.drawString(50, 300, "会合が開かれ")
        canvas.drawString(50.3, 300, "会合が開かれ")
        canvas.drawString(50.6, 300.2, "会合が開かれ")

    assert say(glyphs_of(drawn(twice))) == "会合が開かれ"


@pytest.mark.parametrize(
    ("mode", "stroke", "bold"), [(2, 0.3, True), (2, 0.0, False), (0, 0.3, False), (1, 0.3, False)]
)
def test_bold_made_by_drawing_the_outline_too(mode: int, stroke: float, bold: bool) -> None:
    def draw(canvas: Any) -> None:
        canvas.setLineWidth(stroke)
        text = canvas.beginText(20, 300)
        text.setFont(SERIF, 10)
        text.setTextRenderMode(mode)
        text.textOut("市場")
        canvas.drawText(text)

    assert [glyph.bold for glyph in glyphs_of(drawn(draw))] == [bold, bold]


def test_the_same_character_twice_in_a_row_is_read_twice() -> None:
    assert say(glyphs_of(drawn(text_at(50, 300, "々々ーーllii........", SERIF)))) == "々々ーーllii........"
    assert say(glyphs_of(drawn(text_at(50, 300, "lllliiii....", LATIN, 6)))) == "lllliiii...."


def test_the_same_text_on_two_lines_is_read_twice() -> None:
    def two(canvas: Any) -> None:
        canvas.drawString(50, 300, "会合")
        canvas.drawString(50, 290, "会合")

    assert say(glyphs_of(drawn(two))) == "会合会合"


def raised_by_rise(canvas: Any) -> None:
    text = canvas.beginText(50, 300)
    for part, size, rise in (("会合が開かれた", 10, 0), ("12", 6, 4), ("。", 10, 0), ("2", 6, -2)):
        text.setFont(SERIF, size)
        text.setRise(rise)
        text.textOut(part)
    canvas.drawText(text)


def raised_by_place(canvas: Any) -> None:
    canvas.drawString(50, 300, "会合が開かれた")
    canvas.drawString(126, 300, "。")
    canvas.setFont(SERIF, 6)
    canvas.drawString(120, 304, "12")
    canvas.drawString(136, 298, "2")


@pytest.mark.parametrize("draw", [raised_by_rise, raised_by_place])
def test_a_raised_glyph_has_a_higher_baseline_however_it_was_raised(draw: Callable[[Any], None]) -> None:
    base: dict[str, float] = {}
    for glyph in glyphs_of(drawn(draw)):
        base.setdefault(glyph.text, glyph.base)
        if glyph.text == "2":
            base["last 2"] = glyph.base
    assert base["会"] == pytest.approx(100, abs=0.1)
    assert base["。"] == pytest.approx(base["会"], abs=0.01)
    assert base["1"] == pytest.approx(base["会"] - 4, abs=0.1)
    assert base["last 2"] == pytest.approx(base["会"] + 2, abs=0.1)


def test_fonts_and_sizes_on_one_line_have_one_baseline() -> None:
    def mixed(canvas: Any) -> None:
        canvas.drawString(50, 300, "会合")
        canvas.setFont(LATIN, 9)
        canvas.drawString(70, 300, "PSI")
        canvas.setFont(SANS, 14)
        canvas.drawString(100, 300, "開催")

    assert {round(glyph.base) for glyph in glyphs_of(drawn(mixed))} == {100}


def test_the_face_without_the_prefix_of_a_subset() -> None:
    glyph = glyphs_of(mapped(SHOW % b"A", {"A": "会"}))[0]
    assert glyph.font == "Odd-Bold"
    assert glyph.bold


@pytest.mark.parametrize("name", [b"ABCDEF+#82l#82r#83S#83V#83b#83N", b"#82l#82r#83S#83V#83b#83N"])
def test_the_name_of_a_face_in_shift_jis(name: bytes) -> None:
    data = mapped(SHOW % b"A", {"A": "会"}).replace(b"ABCDEF+Odd-Bold", name)
    assert glyphs_of(data)[0].font == "ＭＳゴシック"


def test_turned_text_is_not_upright() -> None:
    def turned(canvas: Any) -> None:
        canvas.drawString(50, 300, "会")
        canvas.rotate(90)
        canvas.drawString(50, -200, "合")

    assert [glyph.upright for glyph in glyphs_of(drawn(turned))] == [True, False]


def test_coordinates_begin_at_the_corner_of_a_cropped_page() -> None:
    content = b"BT /F 10 Tf 50 300 Td (A) Tj ET"
    plain = glyphs_of(mapped(content, {"A": "会"}))[0]
    page = read(mapped(content, {"A": "会"}, b"/CropBox [20 30 280 370]"))[0]
    assert (page.width, page.height) == (260, 340) or (page.width, page.height) == (300, 400)
    glyph = page.glyphs[0]
    assert 0 <= glyph.x0 < page.width
    assert 0 <= glyph.top < glyph.bottom <= page.height
    assert plain.base == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned_as_a_whole_keeps_its_glyphs_on_it(turn: int) -> None:
    page = read(mapped(b"BT /F 10 Tf 50 300 Td (A) Tj ET", {"A": "会"}, b"/Rotate %d" % turn))[0]
    glyph = page.glyphs[0]
    assert 0 <= glyph.x0 < glyph.x1 <= page.width
    assert 0 <= glyph.top < glyph.bottom <= page.height


def test_thin_shapes_are_rules() -> None:
    def shapes(canvas: Any) -> None:
        canvas.line(50, 100, 150, 100)
        canvas.rect(50, 80, 100, 0.5, stroke=0, fill=1)
        canvas.rect(50, 20, 100, 40)

    found = read(drawn(shapes))[0].rules
    assert [(round(r.x0), round(r.top), round(r.x1)) for r in found] == [(50, 300, 150), (50, 320, 150)]
    assert all(isinstance(rule, Rule) and rule.bottom - rule.top < 3 for rule in found)


def grid(columns: int, rows: int, text: str = "欄") -> Callable[[Any], None]:
    """Draws a ruled table with cells of 60 by 20 points, its head at y 300."""

    def draw(canvas: Any) -> None:
        canvas.grid([50 + 60 * i for i in range(columns + 1)], [300 - 20 * i for i in range(rows + 1)])
        for row in range(rows):
            for column in range(columns):
                canvas.drawString(55 + 60 * column, 286 - 20 * row, text)

    return draw


def test_a_ruled_table() -> None:
    page = read(drawn(grid(3, 2)))[0]
    (table,) = page.tables
    assert [round(edge) for edge in (table.x0, table.top, table.x1, table.bottom)] == [50, 100, 230, 140]
    assert [[tuple(map(round, cell)) for cell in row if cell] for row in table.rows] == [
        [(50, 100, 110, 120), (110, 100, 170, 120), (170, 100, 230, 120)],
        [(50, 120, 110, 140), (110, 120, 170, 140), (170, 120, 230, 140)],
    ]


def test_a_box_around_a_text_is_no_table() -> None:
    assert read(drawn(grid(1, 1)))[0].tables == ()
    assert read(drawn(grid(1, 4)))[0].tables == ()


def test_a_page_without_anything() -> None:
    page = read(drawn(lambda canvas: None))[0]
    assert (page.glyphs, page.rules, page.tables, page.pictures) == ((), (), (), 0)


def test_a_file_that_needs_a_password() -> None:
    data = drawn(text_at(50, 300, "会合"), encrypt=StandardEncryption("open", "owner", strength=128))
    assert refused(data) == "encrypted"


def test_a_file_that_only_forbids_changes_is_read() -> None:
    data = drawn(text_at(50, 300, "PSI", LATIN), encrypt=StandardEncryption("", "owner", canModify=0, strength=128))
    assert say(glyphs_of(data)) == "PSI"


def test_a_file_without_pages() -> None:
    data = written([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"])
    assert refused(data) == "no-pages"


WHOLE = drawn(text_at(50, 300, "会合が開かれた"), text_at(50, 300, "次の頁"))


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.7\nnothing of a PDF\n",
        b"%PDF-1.4\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n",
        WHOLE[:400],
        WHOLE[: len(WHOLE) // 3],
        written([b"<< /Type /Catalog /Pages 9 0 R >>"]),
        written([b"<< /Type /Catalog >>"]),
        written([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]),
        written([b"null"]),
        written([b"[1 0 R]"]),
    ],
    ids=range(10),
)
def test_a_damaged_file(data: bytes) -> None:
    assert refused(data) in {"damaged", "no-pages"}


def test_every_cut_of_a_file_is_read_or_refused() -> None:
    for end in range(0, len(WHOLE), 97):
        try:
            read(WHOLE[:end])
        except BadDocument as error:
            assert error.code in {"damaged", "no-pages"}


def test_a_page_that_cannot_be_read_is_named() -> None:
    data = mapped(SHOW % b"A", {"A": "会"}).replace(b"/MediaBox [0 0 300 400]", b"/MediaBox [0 0 (a) 4 ]")
    (page,) = read(data)
    assert (page.glyphs, page.error) == ((), "MalformedPDFException")


def test_limits_on_pages_and_characters() -> None:
    assert refused(WHOLE, Limits(pages=1)) == "size-limit"
    assert refused(WHOLE, Limits(characters=9)) == "size-limit"
    assert len(read(WHOLE, Limits(pages=2, characters=10))) == 2


def noisy_files() -> dict[str, bytes]:
    """Files over which the PDF libraries like to complain."""
    broken = stream(zlib.compress(SHOW % b"A")[:20], b"/Filter /FlateDecode")
    plain = mapped(SHOW % b"A", {"A": "会"})
    return {
        "sound": WHOLE,
        "broken stream": plain.replace(stream(SHOW % b"A"), broken),
        "no font": plain.replace(b"/Font << /F 5 0 R >>", b"/Font << /G 5 0 R >>"),
        "bad colour": mapped(b"/X cs 1 2 3 4 5 scn " + SHOW % b"A", {"A": "会"}),
        "bad operator": mapped(b"1 2 3 XX (a) ' " + SHOW % b"A", {"A": "会"}),
        "bad table of objects": WHOLE.replace(b"startxref\n", b"startxref\n9"),
        "no descriptor": plain.replace(b"/FontDescriptor 6 0 R", b""),
        "bad box": plain.replace(b"/MediaBox [0 0 300 400]", b"/MediaBox [0 0 0 0]"),
        "cut": WHOLE[: len(WHOLE) // 2],
        "nothing": b"%PDF-1.7\n",
    }


@pytest.mark.parametrize("name", noisy_files())
def test_nothing_is_printed_logged_or_warned_of(
    name: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with warnings.catch_warnings(record=True) as caught, caplog.at_level(logging.WARNING):
        warnings.simplefilter("always")
        try:
            read(noisy_files()[name])
        except BadDocument as error:
            assert error.code in {"damaged", "no-pages"}
    assert capfd.readouterr() == ("", "")
    assert [str(warning.message) for warning in caught] == []
    assert caplog.records == []


BOXED = {"A": "会", "B": "合"}


@pytest.mark.parametrize("corner", [(0, 0), (66, 136), (-20, 40)])
def test_boxes_count_from_the_media_box_wherever_it_lies(corner: tuple[int, int]) -> None:
    x, y = corner
    data = mapped(b"BT /F 10 Tf %d %d Td (AB) Tj ET" % (50 + x, 300 + y), BOXED)
    data = data.replace(b"[0 0 300 400]", b"[%d %d %d %d]" % (x, y, x + 300, y + 400))
    (page,) = read(data)
    assert (page.width, page.height, page.visible) == (300, 400, (0, 0, 300, 400))
    assert [(glyph.x0, glyph.base) for glyph in page.glyphs] == [(50, 100), (60, 100)]


def test_the_visible_part_of_a_page_is_its_crop_box() -> None:
    (page,) = read(mapped(SHOW % b"AB", BOXED, b"/CropBox [20 30 280 390]"))
    assert (page.width, page.height, page.visible) == (300, 400, (20, 10, 280, 370))


@pytest.mark.parametrize(
    ("matrix", "upright"),
    [
        (b"0.6 -0.00004 -0.00003 0.6", True),
        (b"1 0 0.33 1", True),
        (b"0 1 -1 0", False),
        (b"0.9 0.4 -0.4 0.9", False),
        (b"-1 0 0 -1", False),
        (b"1 0 0 -1", False),
    ],
)
def test_text_is_turned_only_where_the_eye_sees_it(matrix: bytes, upright: bool) -> None:
    glyphs = glyphs_of(mapped(b"BT /F 10 Tf %s 50 300 Tm (AB) Tj ET" % matrix, BOXED))
    assert {glyph.upright for glyph in glyphs} == {upright}
