"""What stands behind a title: dates, pages, addresses, imprints in brackets, names of containers and publishers."""

from __future__ import annotations

import re

from pipeline.resolve import names as naming
from pipeline.resolve.drafts import OWN, Draft
from pipeline.resolve.forms import BACK, back_of
from pipeline.resolve.known import Span, is_name, is_news, is_org, pattern
from pipeline.resolve.latin import latin_units
from pipeline.resolve.scan import Item, Scan
from pipeline.resolve.values import date_in, date_of, figure_of, pages_of

_IMPRINTS = frozenset({"date", "accessed", "pages", "url", "volume", "issue", "edition", "doi", "genre", *BACK})
"""Items that make a bracket part of the citation."""
_TRANSLATED = re.compile(r"^(?:trans\.?(?: by)?|translated by|tr\.) (?P<name>.+)$|^訳者?[:は](?P<ja>.+)$")
_EDITED = re.compile(r"^(?:eds?\.?(?: by)?|edited by) (?P<name>.+)$")
_ROLE_JA = re.compile(r"(?:訳|編|編著|監修|解説)$")
_BARE_PAGES = re.compile(r"^[0-9]{1,4}(?:-[0-9]{1,4})?$|^[ivxlc]{1,6}(?:-[ivxlc]{1,6})?$")
_PART = re.compile(r"[上中下]巻?|[上中下][・、][中下]巻?|[前後]編")
_DOI = re.compile(r"doi\.org/(10\.[0-9]{4,9}/.+)$")
_PLACE_PUBLISHER = re.compile(r"^(?P<place>[^:,「」『』]{2,40}?) ?: ?(?P<publisher>[^「」『』]+)$")
_WITH_VOLUME = re.compile(r"^(?P<name>[A-Z][^0-9]*[^\W\d_]) (?P<volume>[0-9]{1,4})$")
_WORK_NOUN = re.compile(r"(?:論文|著書|前掲書|報告書|稿|書)$")
_KANA_NAME = re.compile(r"[ぁ-ん]{2,8}")
_PLACE_AND_STATE = re.compile(r"(?P<place>[A-Z][A-Za-z .-]{1,24}, (?:[A-Z]{2}|D\. ?C\.|[A-Z][a-z]{2,4}\.?)): ")
_HELD_BY = re.compile(r"所?蔵$")
_DAY = re.compile(r"(?P<month>1[0-2]|[1-9])月(?P<day>3[01]|[12]?[0-9])日(?:付)?")
"""A day whose year stands in front of the title: 経済産業省（2023）「…」1月19日."""
_PRINTED_BY = re.compile(r"(?:刊|発行|発売)$")
_SERIES = re.compile(r"(?:新書|文庫|選書|叢書|双書|ブックス|ライブラリー)$")
_IN = re.compile(r"[ ,、]*(?:[Ii]n|dans|en|所収|載|载|見|见):? ?")
_PUBLISHED = re.compile(
    r"(?<=, )[A-ZÀ-Þ][\w.-]{2,20}(?: [\w.-]{2,20})?(?:: |, )[A-ZÀ-Þ][^,（）:]{2,40}, (?:1[6-9]|20)[0-9]{2}"
)
"""Place: Publisher, Year without a bracket."""
_BEHIND_EDITORS = " ?（?{EDS}）?, ?"
_YEAR = re.compile(r"(?<=, )[A-ZÀ-Þ][^,（）:]{1,40}, (?:1[6-9]|20)[0-9]{2}")
"""The publisher and year behind A and B (eds.), Title."""
_EDITED_BY = re.compile(r" ?(?:(?:[Ee]ds?\.|edited by) |(?:[0-9]{1,2}(?:st|nd|rd|th)|[Rr]ev(?:\.|ised)) ed)")


class Details:
    """Reads what belongs to a citation into its draft."""

    def __init__(self, scan: Scan) -> None:
        self.scan = scan
        self.text = scan.text
        self.view = scan.view

    def add(self, draft: Draft, name: str, low: int, high: int) -> None:
        """Adds a field as printed."""
        draft.add(name, low, high, self.text[low:high].strip())

    def element(self, draft: Draft, item: Item) -> None:
        """Adds what a rule found; of most fields a citation has one, the first."""
        text = self.text[item.start : item.end]
        if item.kind == "url":
            self._address(draft, item)
        elif item.kind in ("volume", "issue"):
            for name in ("volume", "issue"):
                span = item.group(name)
                if span and not draft.has(name):
                    draft.add(name, *span, figure_of(self.text[slice(*span)]))
        elif item.kind == "edition" and is_news(draft.get("container")) and re.fullmatch(r"第[0-9]+版", text):
            draft.add("pages", item.start, item.end, pages_of(text))  # what Chinese papers call a page
        elif item.kind == "date":
            last = draft.fields[-1] if draft.fields else None
            if last is not None and last.field == "edition" and last.end == item.start and last.value != "初版":
                draft.fields = [span for span in draft.fields if span.field != "date"]  # 初版2001年、第3版2015年
            self._once(draft, item, date_of(item))
        elif item.kind == "accessed":
            self._once(draft, item, date_in(text))
        elif item.kind == "pages":
            self._once(draft, item, pages_of(text))
        else:
            draft.add(item.kind, item.start, item.end, text)
        draft.end = max(draft.end, item.end)

    def _once(self, draft: Draft, item: Item, value: str) -> None:
        if not draft.has(item.kind):
            draft.add(item.kind, item.start, item.end, value)

    def _address(self, draft: Draft, item: Item) -> None:
        """The first address is the work's, another one that of a copy in an archive."""
        draft.add("archived" if draft.has("url") else "url", item.start, item.end, item.url)
        registered = _DOI.search(item.url)
        if registered and not draft.has("doi"):
            draft.add("doi", item.end - len(registered[1]), item.end, registered[1])

    # ------------------------------------------------------------ brackets

    def is_imprint(self, draft: Draft, item: Item) -> bool:
        """Whether a bracket behind a title holds fields of the citation."""
        inner = self.view[slice(*item.inner)]
        if pattern("{REMARK}").match(inner):
            return False
        parts = self.scan.items(*item.inner)
        kinds = {part.kind for part in parts}
        if "quote" in kinds:
            return False
        if "book" in kinds:
            ahead = self.view[item.inner[0] : next(part.start for part in parts if part.kind == "book")]
            held = not ahead or "編" in ahead or is_org(ahead)
            return draft.style == "quote" and not draft.has("container") and held
        if kinds & _IMPRINTS:
            return True
        published = is_news(inner) or bool(pattern(".*{PUBLISHER_LIKE}|.*所?蔵").fullmatch(inner)) or "訳" in inner
        return is_name(inner) and published

    def imprint(self, draft: Draft, item: Item) -> None:
        """Reads a bracket (place: publisher, date, pages) into the citation; prose in it is left."""
        at = self._city(draft, item)
        parts = self.scan.items(at, item.inner[1])
        if [part.kind for part in parts] == ["date"] and draft.has("url") and draft.end == item.start:
            # Right behind an address, a date alone is the day on which it was looked up.
            draft.add("accessed", parts[0].start, parts[0].end, date_of(parts[0]))
            parts = []
        for part, following in zip(parts, [*parts[1:], None], strict=False):
            if part.kind == "text":
                serial = following is not None and following.kind in ("volume", "issue") and draft.style == "quote"
                for low, high in self.units(part.start, part.end):
                    if serial and high == part.end and not draft.has("container") and is_name(self.view[low:high]):
                        self.add(draft, "container", low, high)
                    else:
                        self.name(draft, low, high, bracket=True)
                    at = high
            elif part.kind == "book" and not draft.has("container"):
                self.container(draft, at, part)
            elif part.kind in BACK and draft.back is None:
                draft.back = back_of(self.scan, part)
            elif part.kind == "paren":
                for date in self.scan.items(*part.inner):
                    if date.kind == "date":
                        self.element(draft, date)
            elif part.kind not in ("comma", "stop", "quote", "book", "form", *BACK):
                self.element(draft, part)
        draft.end = max(draft.end, item.end)

    def _city(self, draft: Draft, bracket: Item) -> int:
        """Reads Cambridge, MA: at the beginning of a bracket; gives where the rest of it begins."""
        city = _PLACE_AND_STATE.match(self.view, *bracket.inner)
        if city is None:
            return bracket.inner[0]
        draft.rename("publisher", "series")
        self.add(draft, "place", *city.span("place"))
        return city.end()

    def container(self, draft: Draft, start: int, item: Item) -> None:
        """Adds the book that a chapter stands in, with the editors named between ``start`` and it."""
        into = _IN.match(self.view, start, item.start)
        found = naming.before_title(self.view, into.end() if into else start, item.start)
        for span in found.translators:
            self.add(draft, "translators", *span)
        editors = found.editors or found.authors
        for span in editors:
            self.add(draft, "editors", *span)
        self.add(draft, "container", *item.inner)
        draft.end = max(draft.end, item.end)
        if editors or draft.has("editors") or into:
            draft.kind = "chapter"

    # ------------------------------------------------------------ names and other words

    def units(self, start: int, end: int) -> list[Span]:
        """Spans of the text between commas and elements, without spaces."""
        found = []
        for item in self.scan.items(start, end):
            if item.kind != "text":
                continue
            low, high = item.start, item.end
            while low < high and self.view[low] in " ・<>":
                low += 1
            while low < high and self.view[high - 1] in " ・<>":
                high -= 1
            if low < high:
                found.append((low, high))
        return found

    def name(self, draft: Draft, low: int, high: int, *, bracket: bool = False) -> int:
        """Puts a text behind a title under the field that it is; gives where it ends, 0 if it is none."""
        unit = self.view[low:high]
        end = self._no_body(draft, low, high, unit)
        if end:
            return end
        if draft.back is not None and not draft.has("title", "authors") and is_name(unit):
            for a, b in naming.before_title(self.view, low, high).authors:
                noun = _WORK_NOUN.search(self.view[a:b])
                self.add(draft, "authors", a, a + noun.start() if noun and noun.start() else b)
            return high
        if (draft.has("url") and not bracket) or _begins_another(draft, unit):
            return 0
        place = _PLACE_PUBLISHER.match(unit)
        if place and is_name(place["place"]) and is_name(place["publisher"]):
            draft.rename("publisher", "series")
            self.add(draft, "place", low + place.start("place"), low + place.end("place"))
            low, unit, bracket = low + place.start("publisher"), place["publisher"], True
        wire = pattern("(?P<agency>{NEWS_AGENCIES})(?P<place>{PLACES})").fullmatch(unit)
        if wire and not draft.has("container"):
            self.add(draft, "container", low + wire.start("agency"), low + wire.end("agency"))
            self.add(draft, "place", low + wire.start("place"), high)
            return high
        held = _HELD_BY.search(unit)
        if held and held.start() and is_org(unit[: held.start()]) and not draft.has("container"):
            self.add(draft, "container", low, low + held.start())
            draft.end = high
            return high
        printed = _PRINTED_BY.search(unit)
        if printed and printed.start():
            unit, end = unit[: printed.start()], high
            high = low + len(unit)
        if re.match(r"[a-z]", unit) and " " in unit and not re.search(r"[ァ-ヴ一-龯]", unit):
            return 0  # words of a sentence
        if not is_name(unit) and not (bracket and _KANA_NAME.fullmatch(unit)):
            return 0
        only_place = pattern("{PLACES}").fullmatch(unit) and not place
        self.add(draft, "place" if only_place else self._role_of(draft, unit, bracket=bracket), low, high)
        return end or high

    def _no_body(self, draft: Draft, low: int, high: int, unit: str) -> int:
        """Reads translators, editors, parts, bare pages, speeches and codes: what is no name of a body."""
        if self._people(draft, low, high, unit):
            return high
        into = re.match(r"(?:[Ii]n:?|dans|en) (?=[A-ZÀ-Þ])", unit)
        if into and draft.style == "quote" and not draft.has("container"):
            return self._unmarked_container(draft, low + into.end(), high)
        if _BARE_PAGES.match(unit):
            if (
                draft.kind not in ("treaty", "law")
                and not draft.has("pages", "url")
                and (draft.has(*OWN, "title") or draft.back)
            ):
                draft.add("pages", low, high, pages_of(unit))
            return high
        if _PART.fullmatch(unit):
            draft.add("volume", low, high, unit)
            return high
        if pattern("{NO_FIELD}").fullmatch(unit):
            return high
        day = _DAY.fullmatch(unit)
        if day:
            for span in [span for span in draft.fields if span.field == "date" and len(span.value) == len("2023")]:
                draft.fields.remove(span)
                draft.add("date", low, high, f"{span.value}-{int(day['month']):02}-{int(day['day']):02}")
            return high
        with_volume = _WITH_VOLUME.match(unit)
        if with_volume and draft.style == "quote" and not draft.has("container", "volume"):
            self.add(draft, "container", low, low + with_volume.end("name"))
            draft.add("volume", low + with_volume.start("volume"), high, with_volume["volume"])
            return high
        if draft.style == "quote" and pattern(r"{GENRE_EN}\b|.*(?:{SPEECH_JA}|{THESIS_JA})$").match(unit):
            draft.add("genre", low, high, unit)
            return high
        return high if pattern("{DOCUMENT_NUMBER}").fullmatch(unit) else 0

    def _people(self, draft: Draft, low: int, high: int, unit: str) -> bool:
        """Reads translators and editors; says whether the text was some."""
        for form, name in ((_TRANSLATED, "translators"), (_EDITED, "editors")):
            match = form.match(unit)
            if match:
                start = low + next(match.start(key) for key, value in match.groupdict().items() if value)
                for a, b in latin_units(self.view[start:high]):
                    self.add(draft, name, start + a, start + b)
                return True
        if not _ROLE_JA.search(unit) or not is_name(unit):
            return False
        found = naming.before_title(self.view, low, high)
        for name in ("translators", "editors"):
            for span in getattr(found, name):
                self.add(draft, name, *span)
        return True

    def _unmarked_container(self, draft: Draft, low: int, high: int) -> int:
        """Reads ``A and B, eds., Title`` or ``Title, ed. A`` behind in, as far as an imprint; gives where it ends."""
        imprint = pattern("（(?!{EDS}）)").search(self.view, high)
        behind = pattern(_BEHIND_EDITORS).match(self.view, high)
        printed = _PUBLISHED.search(self.view, high) or (behind and _YEAR.search(self.view, behind.end()))
        end = min((found.start() for found in (imprint, printed) if found), default=high)
        units = [match.span() for match in re.compile(r"[^,]+").finditer(self.view, low, end)]
        at = next((i for i, (a, b) in enumerate(units[:-1]) if pattern(" ?{EDS} ?").fullmatch(self.view, a, b)), None)
        inline = re.compile(r"(?<!,)(?<!\dst)(?<!\dnd)(?<!\drd)(?<!\dth) [Ee]ds?\. (?=[A-ZÀ-Þ])").search(
            self.view, low, end
        )
        bracketed = pattern(" ?（{EDS}）,?").search(self.view, low, end)
        if bracketed:
            names_end, start, stop = bracketed.start(), bracketed.end(), end
        elif at is not None:
            names_end, start, stop = units[at][0], units[at + 1][0], units[-1][1]
        elif inline:
            names_end, start, stop = inline.start(), inline.end(), end
        else:
            names_end, start = low, low
            stop = next((a for a, b in units[1:] if _EDITED_BY.match(self.view, a, b)), end)
        for a, b in latin_units(self.view[low:names_end].rstrip(", ")):
            self.add(draft, "editors", low + a, low + b)
        start += len(self.view[start:stop]) - len(self.view[start:stop].lstrip())
        stop = start + len(self.view[start:stop].rstrip(" ,"))
        self.add(draft, "container", start, stop)
        draft.kind = "chapter"
        return stop

    def _role_of(self, draft: Draft, unit: str, *, bracket: bool) -> str:
        """Whether a name behind a title is the container or the publisher."""
        genre = draft.get("genre")
        if draft.kind == "law":
            return "container"
        if draft.style != "quote" or draft.has("container") or re.search(r"diss|[Tt]hesis|論文", genre):
            if _SERIES.search(draft.get("publisher")) and not _SERIES.search(unit):
                draft.rename("publisher", "series")
            return "publisher" if not draft.has("publisher") else "series"
        if genre and pattern(r"{GENRE_EN}\b|.*{SPEECH_JA}$").match(genre) and not is_news(unit):
            return "place" if not draft.has("place") else "series"
        if bracket and not is_news(unit):
            return "publisher" if not draft.has("publisher") else "series"
        return "container"


def _begins_another(draft: Draft, unit: str) -> bool:
    """Whether a Latin person's name behind a dated Japanese work begins the next one: 『題』（2012年）、D. Hall."""
    other = re.search(r"[ぁ-ヴ一-龯]", draft.get("title")) and not re.search(r"[ぁ-ヴ一-龯]", unit)
    person = re.fullmatch(r"(?:[A-Z][\w'’.-]* ){1,3}[A-Z][\w'’-]+", unit) and not is_org(unit) and not is_news(unit)
    return bool(other and person and draft.has("date", "pages") and draft.has("container", "publisher"))
