"""The head of page 1: banner, number, date, title, subtitle, by-lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.document import Author, FrontMatter
from pipeline.extract.authors import (
    has_byline,
    is_affiliation,
    is_name,
    is_name_line,
    merge,
    parse_bylines,
    parse_profile,
)
from pipeline.extract.headings import (
    Style,
    begins_numbered,
    is_centred,
    is_heading_by_layout,
    is_usual_heading,
    style_of,
)
from pipeline.extract.knowledge import pattern
from pipeline.extract.lines import Line
from pipeline.extract.metrics import Metrics
from pipeline.text import first_date, fold, is_wide, narrow, number

_DASHES = "-‐‑–—―─━－ー~〜～−"
_FRAMED = re.compile(rf"^\s*[{_DASHES}]{{1,3}}\s*(?P<inner>.+?)\s*[{_DASHES}]{{1,3}}\s*$")
_TAIL = re.compile(
    rf"^(?P<title>.+?[^{_DASHES}])\s*(?P<dash>[{_DASHES}]{{1,2}})(?P<subtitle>[^{_DASHES}].*?[^{_DASHES}])(?P=dash)\s*$"
)
_BANNER_LENGTH = 48
_LOOK_AHEAD = 60


@dataclass(slots=True)
class Front:
    """What the head of the document says, and the lines that say it; ``rest`` are banner, date and by-lines."""

    matter: FrontMatter = field(default_factory=FrontMatter)
    title: list[Line] = field(default_factory=list)
    subtitle: list[Line] = field(default_factory=list)
    rest: list[Line] = field(default_factory=list)

    def taken(self) -> set[int]:
        """``id`` of every line that is spoken for."""
        return {id(line) for line in self.title + self.subtitle + self.rest}


def read_front(flow: Sequence[Line], heads: Sequence[Line], back: Sequence[Line], metrics: Metrics) -> Front:
    """Reads the front matter.

    ``flow`` are the lines of body and front in reading order, ``heads`` the running heads of page 1 (a banner may
    be one), ``back`` the back matter (its PROFILE names the authors).
    """
    front = Front()
    profile = parse_profile(_profile_lines(back))
    lines = [line for line in flow[: _front_end(flow, metrics)] if not line.table or line.page == flow[0].page]
    banners = [line for line in [*heads, *lines] if _is_banner(line, heads)]
    lines = [line for line in lines if line not in banners and line not in heads]
    names = {re.sub(r"\s", "", author.name) for author in profile}
    title_at = _title(lines, names)
    bylines: list[Line] = []
    if title_at:
        front.title = lines[title_at[0] : title_at[1]]
        front.subtitle, bylines = _below_title(lines[title_at[1] :], names, metrics)
    front.rest = [line for line in lines if line not in front.title and line not in front.subtitle]
    bylines = [line for line in front.rest if line in bylines or _is_byline(line, names)]
    front.rest += [line for line in banners if line not in heads]
    stated = [line for line in front.rest if line not in bylines] + list(heads)
    authors = merge(parse_bylines([_plain(line.said) for line in bylines]), profile)
    front.matter = _matter(front, banners + stated, authors, flow, back)
    return front


def _profile_lines(back: Sequence[Line]) -> list[str]:
    start = next(
        (i for i, line in enumerate(back) if pattern("back_matter", "opens").match(narrow(line.text.strip()))), None
    )
    return [] if start is None else [_plain(line.said) for line in back[start + 1 :]]


def _plain(text: str) -> str:
    return "".join(map(fold, text)).strip()


def _front_end(flow: Sequence[Line], metrics: Metrics) -> int:
    """Index of the first line after the front matter: where the body begins, or a table of contents before it."""
    start = _body_start(flow, metrics)
    contents = (i for i in range(1, start) if pattern("front", "contents").match(narrow(_plain(flow[i].said))))
    return next(contents, start)


def _body_start(flow: Sequence[Line], metrics: Metrics) -> int:
    """Index of the first line of the body: the first paragraph with the headings right above it."""
    first = next((i for i in range(min(len(flow), _LOOK_AHEAD)) if _is_running_text(flow, i, metrics)), 0)
    later = Counter((style_of(line), is_centred(line)) for line in flow[first + 1 :])
    start = first
    while start > 0 and first - start < 4:
        line = flow[start - 1]
        text = _plain(line.said)
        if line.page != flow[first].page and flow[first].page != flow[0].page and line.page == flow[0].page:
            break
        heading = (
            is_usual_heading(text)
            or _stands_alone(flow, start - 1, metrics)
            or is_heading_by_layout(flow, start - 1, metrics)
            or begins_numbered(text)
            or _recurs(line, flow[first], later)
        )
        titled = any(
            o.size >= line.size - 3 and not _is_date(_plain(o.said)) for o in flow[: start - 1] if not _is_banner(o, ())
        )
        if not heading or not titled or _is_byline(line, set()) or _is_date(text):
            break
        start -= 1
    return start


def _recurs(line: Line, text: Line, later: Counter[tuple[Style, bool]]) -> bool:
    """Whether a line is set as other lines further on are, and unlike the text: as headings are."""
    placed = line.indent < 1.5 or is_centred(line)
    return placed and later[(style_of(line), is_centred(line))] > 0 and style_of(line) != style_of(text)


def _stands_alone(flow: Sequence[Line], index: int, metrics: Metrics) -> bool:
    """Whether a short line of the body's type stands at the left with white above and below."""
    if index == 0 or index + 1 == len(flow):
        return False
    line, before, after = flow[index], flow[index - 1], flow[index + 1]
    apart = line.top - before.bottom > metrics.size and after.top - line.bottom > 0.9 * metrics.size
    same_page = before.page == line.page == after.page
    placed = line.indent < 2 or is_centred(line)
    return same_page and apart and abs(line.size - metrics.size) < 0.3 and placed and line.slack > 2


def _is_running_text(flow: Sequence[Line], index: int, metrics: Metrics) -> bool:
    """Whether a paragraph of the body begins at this line: full width with more below, or a whole sentence."""
    line = flow[index]
    if not 0.8 * metrics.size < line.size < 1.08 * metrics.size or line.table:
        return False
    text = _plain(line.said)
    if has_byline(text) or is_name_line(text):
        return False
    after = flow[index + 1] if index + 1 < len(flow) else None
    wide = line.right - line.left > 12 * line.size
    full = wide and line.slack < max(4.0, line.indent + 1.0) and line.indent < 5
    if full and after is not None and after.size == line.size and len(text) > 12:
        same_inset = line.indent < 3.2 or abs(after.indent - line.indent) < 1.3
        return after.indent < 5 and same_inset and not _is_byline(after, set())
    return text.endswith(("。", ".")) and len(text) > 20 and line.indent < 5


def _is_banner(line: Line, heads: Sequence[Line]) -> bool:
    """Whether a line is the series' banner: it names a series, and a number or the head of other pages with it."""
    text = narrow(_plain(line.said))
    if len(text) > _BANNER_LENGTH or "。" in text:
        return False
    series, numbered = pattern("front", "series").search(text), pattern("front", "number").search(text)
    dated = first_date(text)
    if series and (
        numbered or dated or any(h is line for h in heads) or series.end() >= len(text) - 1 and len(text) < 32
    ):
        return True
    rest = pattern("front", "number").sub("", text)
    if dated:
        rest = rest.replace(text[dated[1] : dated[2]], "")
    return bool((numbered or dated) and len(re.sub(r"[\W_発行付版日]", "", rest)) <= 4)


def _is_date(text: str) -> bool:
    """Whether a line is a date and little else."""
    found = first_date(text)
    return found is not None and found[2] - found[1] >= 0.6 * len(text)


def _title(lines: Sequence[Line], names: set[str]) -> tuple[int, int] | None:
    """Start and end of the title's lines: the largest type of the front."""
    fits = [
        i
        for i, line in enumerate(lines)
        if not _is_byline(line, names) and not _is_date(_plain(line.said)) and re.search(r"[^\W\d_]", line.said)
    ]
    fits = [i for i in fits if not _FRAMED.match(_plain(lines[i].said))] or fits  # those say of what kind it is
    if not fits:
        return None
    largest = max(lines[i].size for i in fits)
    start = next(i for i in fits if lines[i].size >= largest - 0.3)
    end = start + 1
    while (
        end < len(lines)
        and abs(lines[end].size - lines[start].size) < 0.3
        and style_of(lines[end])[1:] == style_of(lines[start])[1:]
        and lines[end].page == lines[start].page
        and not _FRAMED.match(lines[end].text)
        and not _is_byline(lines[end], names)
    ):
        end += 1
    return start, end


def _is_byline(line: Line, names: set[str]) -> bool:
    """Whether a line names an author: one of the profile's, one with an office, or one in the form of a name."""
    text = _plain(line.said)
    if is_usual_heading(text):
        return False
    squeezed = re.sub(r"\s", "", text)
    known = any(name and name in squeezed for name in names)
    aside = line.indent > 8 and line.slack < 2 and len(text) <= 12
    return known or has_byline(text) or is_name_line(text) or (aside and is_name(text))


def _below_title(lines: Sequence[Line], names: set[str], metrics: Metrics) -> tuple[list[Line], list[Line]]:
    """Subtitle lines and by-lines after the title; a line of affiliations right above a name belongs to it."""
    split = next((i for i, line in enumerate(lines) if _is_byline(line, names)), None)
    while split and _leads_to_name(lines[split - 1], lines[split]):
        split -= 1
    if split is None:
        framed = [line for line in lines if _FRAMED.match(_plain(line.said))]
        if framed:
            at = lines.index(framed[0])
            return list(lines[: at + 1]), list(lines[at + 1 :])
        if lines and 3 <= len(_plain(lines[-1].said)) <= 7 and is_name(_plain(lines[-1].said)):
            return list(lines[:-1]), [lines[-1]]
        count = 0
        while count < len(lines) and lines[count].size == lines[0].size and _is_set_off(lines[count], metrics):
            count += 1
        return list(lines[:count]), list(lines[count:])
    subtitle = [line for line in lines[:split] if not _is_date(_plain(line.said))]
    below = lines[split:]
    return subtitle, [
        line
        for at, line in enumerate(below)
        if _is_byline(line, names)
        or is_affiliation(_plain(line.said))
        or _opens(below, line)
        or (at + 1 < len(below) and _leads_to_name(line, below[at + 1]) and _is_byline(below[at + 1], names))
    ]


def _leads_to_name(line: Line, below: Line) -> bool:
    """Whether a line right above a by-line gives the affiliation or office of whom that names."""
    text = _plain(line.said)
    office = re.search(f"(?:{pattern('front', 'role').pattern})$", narrow(text), re.IGNORECASE)
    return line.size == below.size and (is_affiliation(text) or bool(office))


def _is_set_off(line: Line, metrics: Metrics) -> bool:
    """Whether a line below the title is set as a subtitle is: larger than the text, or in the middle; and no date."""
    return (line.size > 1.05 * metrics.size or is_centred(line)) and not _is_date(_plain(line.said))


def _opens(lines: Sequence[Line], line: Line) -> bool:
    """Whether a line goes on with a bracket that the line before it opened."""
    index = lines.index(line)
    before = lines[index - 1].text if index else ""
    return sum(before.count(c) for c in "（(") > sum(before.count(c) for c in "）)")


def _matter(
    front: Front, stated: Sequence[Line], authors: tuple[Author, ...], flow: Sequence[Line], back: Sequence[Line]
) -> FrontMatter:
    title, subtitle = _joined(front.title), _joined(front.subtitle)
    framed = _FRAMED.match(subtitle)
    subtitle = framed["inner"] if framed else re.sub(rf"^[{_DASHES}]{{1,3}}\s*", "", subtitle)
    tail = _TAIL.match(title)
    if tail and not subtitle:
        title, subtitle = tail["title"], tail["subtitle"]
    series, issue = _series(stated)
    return FrontMatter(
        series=series,
        number=issue,
        title=title,
        subtitle=subtitle,
        published=_published(stated, flow, back),
        language=language_of(flow),
        authors=authors,
    )


def _joined(lines: Sequence[Line]) -> str:
    text = ""
    for line in lines:
        more = _plain(line.said)
        gap = "" if not text or is_wide(text[-1]) or is_wide(more[:1] or "　") else " "
        text += gap + more
    return re.sub(r"  +", " ", text)


def _series(lines: Sequence[Line]) -> tuple[str, str]:
    """Series as printed without its number, and the number's digits."""
    series = issue = ""
    for line in lines:
        text = _plain(line.said)
        plain = narrow(text)
        found = pattern("front", "number").search(plain)
        if found and not issue:
            value = number(found["kanji"]) if found["kanji"] else int(found["latin"] or found["through"])
            issue = str(value) if value is not None else ""
        if pattern("front", "series").search(plain) and not series:
            bare = _without(text, plain, found)
            series = bare if pattern("front", "series").search(narrow(bare)) else ""
    return series, issue


def _without(text: str, plain: str, found: re.Match[str] | None) -> str:
    """A banner without number and date."""
    source = text if len(text) == len(plain) else plain
    dated = first_date(source)
    if dated:
        source = source[: dated[1]] + " " + source[dated[2] :]
    if found:
        source = (
            source.replace(source[found.start() : found.end()], " ", 1)
            if not dated or found.end() <= dated[1]
            else source
        )
        source = pattern("front", "number").sub(" ", source)
    source = re.sub(r"(?:発行|刊行|公開|掲載)\s*日?|(?:価格|定価)\S*", " ", source)
    return re.sub(r"\s+", " ", source).strip(" 　,、，.()（）|｜")


def _published(stated: Sequence[Line], flow: Sequence[Line], back: Sequence[Line]) -> str:
    """The date of the banner or front, else one that the back matter gives as the date of issue."""
    dates = [found[0] for line in stated if (found := first_date(_plain(line.said)))]
    for precision in (10, 7):
        exact = next((date for date in dates if len(date) == precision), "")
        if exact:
            return exact
    for line in [*flow[-3:], *back]:
        text = _plain(line.said)
        found = first_date(text)
        if found and len(found[0]) == 10 and re.search("発行|掲載|公開|脱稿|published", narrow(text), re.IGNORECASE):
            return found[0]
    return next(iter(dates), "")


def language_of(lines: Sequence[Line]) -> str:
    """``ja`` where a tenth of the letters are Japanese, else ``en``."""
    letters = [c for line in lines for c in line.text if c.isalnum()]
    wide = sum(is_wide(c) for c in letters)
    return "en" if letters and wide < 0.1 * len(letters) else "ja"
