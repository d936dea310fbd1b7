"""A note -> drafts of its citations: which quotations are titles, and what around them belongs to which.

A sentence is read from left to right. A title, a back reference or a whole form opens a citation with the names in
front of it; dates, pages, addresses, brackets and names that follow are its own until prose or the next title comes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.resolve import names as naming
from pipeline.resolve.drafts import Back, Draft
from pipeline.resolve.names import is_name, is_news, is_prose, pattern
from pipeline.resolve.scan import Item, Scan
from pipeline.resolve.unmarked import has_unmarked, read_unmarked
from pipeline.resolve.values import date_in, date_of, figure_of, pages_of
from pipeline.rules.engine import book
from pipeline.text import number

_BACK = ("same", "prior", "note")
_OWN = ("date", "url", "publisher", "container", "volume", "issue", "doi")
"""Fields that a full citation has and a short one lacks."""
_EVIDENCE = (*_OWN, "pages", "locator", "accessed", "edition", "translators")
_CONTINUES = ("url", "accessed", "pages", "date", "doi", "genre", "locator")
_IGNORED_BRACKET = re.compile(
    r"(?:以下|いわゆる|筆者|強調|傍点|下線|訳は|訳文|引用者|括弧|カッコ|通称|略称|当時|.{2,20}(?:調査|現在|時点)$|hereafter|emphasis|hereinafter)"
)
_NEW_SENTENCE = re.compile(r"なお|また|※|→|ただし")
_AND = re.compile(r"^ ?(?:及び|および|並びに|ならびに|と|や|and|&)(?: |(?=[一-龯ァ-ヴA-Z「『“\"]))")
_PARTICLE = re.compile(r"^ ?[ぁ-ん]")
_INTO = re.compile(r"^(?:in|In|In:|in:|所収|載) ?$|^(?:in|In):? ")
_TRANSLATED = re.compile(r"^(?:trans\.?|translated by|tr\.) (?P<name>.+)$|^訳者?[:は](?P<ja>.+)$")
_EDITED = re.compile(r"^(?:eds?\.?|edited by) (?P<name>.+)$")
_CODE = re.compile(r"^[A-Z]{1,8}[-/ ]?[A-Z]{0,4}[-/ ]?[0-9][A-Z0-9/.-]*$|^[A-Z]+/[A-Z0-9/.-]+$")
_BARE_PAGES = re.compile(r"^[0-9]{1,4}(?:-[0-9]{1,4})?$")
_DOI = re.compile(r"doi\.org/(10\.[0-9]{4,9}/.+)$")
_PLACE_PUBLISHER = re.compile(r"^(?P<place>[^:,]{2,40}?) ?: ?(?P<publisher>.+)$")
_WITH_VOLUME = re.compile(r"^(?P<name>[A-Z].*[A-Za-z]) (?P<volume>[0-9]{1,4})$")


class Reader:
    """Reads one note; `drafts` are its citations in order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.scan = Scan(text)
        self.view = self.scan.view
        self.drafts: list[Draft] = []
        self._open: Draft | None = None
        self._at = 0
        self._skip = 0
        self._read(0, len(text))
        self.drafts.sort(key=lambda draft: draft.start)

    def _read(self, start: int, end: int) -> None:
        last: Draft | None = None
        for sentence in self.scan.sentences(start, end):
            if last is not None and self._continues(sentence, last):
                self._go_on(sentence, last)
                continue
            found = self._sentence(sentence)
            last = found[-1] if found else None
            self.drafts += found

    def _continues(self, sentence: Sequence[Item], last: Draft) -> bool:
        """Whether a sentence holds nothing but fields of the citation before it, such as its address."""
        kinds = [item.kind for item in sentence if item.kind not in ("comma", "stop", "paren")]
        texts = [self.view[item.start : item.end].strip(" <>:") for item in sentence if item.kind == "text"]
        fields = [kind for kind in kinds if kind != "text"]
        if not fields or any(texts) or any(kind not in _CONTINUES for kind in fields):
            return False
        return not any(last.has(kind) for kind in fields)

    def _go_on(self, sentence: Sequence[Item], last: Draft) -> None:
        self._open, self._at = last, sentence[0].start
        self._items(sentence)
        self._open = None

    def _sentence(self, sentence: list[Item]) -> list[Draft]:
        """The citations of a sentence."""
        before, self.drafts = self.drafts, []
        self._open, self._at = None, sentence[0].start
        self._items(sentence)
        self._open = None
        end = sentence[-1].start if sentence[-1].kind == "stop" else sentence[-1].end
        found = self._citing(self.drafts, sentence[0].start, end)
        self.drafts = before
        gaps = _gaps(found, sentence[0].start, end)
        for low, high in gaps:
            found += self._in_gap(low, high, alone=not found)
        return sorted(found, key=lambda draft: draft.start)

    def _items(self, items: Sequence[Item]) -> None:
        end = items[-1].end if items else self._at
        for at, item in enumerate(items):
            if item.kind == "stop":
                end = item.start
                break
            if item.kind in ("quote", "book"):
                self._title(items, at)
            elif item.kind == "form":
                self._form(item)
            elif item.kind in _BACK:
                self._back(items, at)
            elif item.kind == "paren":
                self._bracket(item)
            elif item.kind not in ("text", "comma"):
                self._element(item)
        self._flush(end)

    # ------------------------------------------------------------ titles

    def _title(self, items: Sequence[Item], at: int) -> None:
        item = items[at]
        if not self._stands_as_title(items, at):
            return
        draft = self._open
        between = self.view[self._at : item.start]
        if draft is not None and self._belongs(draft, item, between):
            return
        found = naming.before_title(self.view, self._at, item.start)
        has_names = bool(found.authors or found.editors or found.translators or found.container or found.same_author)
        start = found.start if has_names else item.start
        if draft is not None:
            self._flush(start)
        draft = Draft(start, item.end, style=item.kind)
        self._add_names(draft, found)
        self._prefix_brackets(draft, start, item.start)
        self._add_title(draft, item)
        self._set_open(draft, item.end)

    def _belongs(self, draft: Draft, item: Item, between: str) -> bool:
        """Adds a quotation to the citation before it, where it is its container or its title; says whether it did."""
        bare = between.strip(" 、,，")
        if not bare and draft.back is not None and not draft.has("title"):
            draft.style = item.kind
            self._add_title(draft, item)
        elif draft.back is not None and not draft.has("title", "authors") and is_name(bare.strip("・")):
            self._add_names(draft, naming.before_title(self.view, self._at, item.start))
            draft.style = item.kind
            self._add_title(draft, item)
        elif (
            not bare and item.kind == "quote" and draft.style == "book" and not draft.has(*_OWN) and "、" not in between
        ):
            draft.rename("title", "container")
            draft.style = "quote"
            self._add_title(draft, item)
        elif (
            draft.back is not None
            and draft.back.kind == "prior"
            and draft.style == "quote"
            and item.kind == "book"
            and not bare
        ):
            draft.back = None
            self._add(draft, "container", *item.inner)
        elif draft.has("container", "url") or draft.back is not None or not draft.has("title"):
            return False
        elif (
            item.kind == "book"
            and not bare
            and (draft.style == "quote" or not between.strip() or self.view[item.start] == "《")
        ):
            self._add(draft, "container", *item.inner)
        elif _INTO.match(bare) or (bare and item.kind == "book" and not draft.has("date") and self._edited(bare)):
            self._add_container(draft, item)
        else:
            return False
        draft.end = self._at = item.end
        return True

    def _edited(self, bare: str) -> bool:
        """Whether the words in front of a book name its editors."""
        found = naming.before_title(
            self.view, self._at, self._at + len(self.view[self._at :].split(bare)[0]) + len(bare)
        )
        return bool(found.editors) or bool(re.search(r"監修$|, ?[Ee]ds?\.?,?$", bare))

    def _add_container(self, draft: Draft, item: Item, *, chapter: bool = True) -> None:
        low = self._at
        into = re.compile(r"[ ,、]*(?:in|In|所収|載):? ?").match(self.view, low, item.start)
        low = into.end() if into else low
        found = naming.before_title(self.view, low, item.start)
        for span in found.translators:
            self._add(draft, "translators", *span)
        for span in found.editors or found.authors:
            self._add(draft, "editors", *span)
        self._add(draft, "container", *item.inner)
        draft.kind = "chapter" if chapter else draft.kind

    def _stands_as_title(self, items: Sequence[Item], at: int) -> bool:
        """Whether what follows a quotation lets it be a title and no words of a sentence."""
        rest = items[at + 1 :]
        if not rest or rest[0].kind in ("stop", "comma"):
            return True
        after = rest[0]
        if after.kind == "paren":
            parts = self.scan.items(*after.inner)
            following = self.view[after.end : after.end + 4].strip()
            if any(part.kind == "url" for part in parts) or _NEW_SENTENCE.match(following):
                return True
            return self._stands_as_title(items, at + 1)
        if after.kind != "text":
            return not (after.kind == "date" and len(rest) > 1 and self._is_prose_after(rest[1], rest[2:]))
        if _CONJOINED.match(self.view[after.start : after.end]):
            return any(item.kind in ("quote", "book", "same", "prior", "note") for item in rest[1:2])
        return not self._is_prose_after(after, rest[1:])

    def _is_prose_after(self, item: Item, rest: Sequence[Item]) -> bool:
        """Whether a text goes on in a sentence, as 「…」は does."""
        if item.kind != "text":
            return False
        text = self.view[item.start : item.end]
        bare = text.strip()
        if not bare or self._is_tail(bare + self._next_mark(rest)):
            return False
        if bare == "の" and rest and rest[0].kind in ("pages", "locator"):
            return False
        if _AND.match(text) and rest and rest[0].kind in ("quote", "book"):
            return False
        if re.search(r"^[をも]、?$", bare) and rest and rest[0].kind == "comma":
            return False
        if _PARTICLE.match(text):
            return True
        if is_news(bare):
            return False
        if re.match(r"[a-z]", bare):
            return not re.match(
                r"in (?=[A-Z])|in$|(?:trans|ed|eds|edited|translated|remarks|speech|paper|and|interview|signed|adopted|opened|published|released|dated|statement|lecture|address|testimony|presentation|keynote)\b|"
                + "press",
                bare,
            )
        return is_prose(bare) and not self._has_name_tail(bare)

    def _has_name_tail(self, text: str) -> bool:
        return bool(re.search(r"(?:編|訳|著|所収)", text)) and not re.match(r"[ぁ-ん]", text)

    def _next_mark(self, rest: Sequence[Item]) -> str:
        return self.view[rest[0].start] if rest else ""

    def _is_tail(self, text: str) -> bool:
        """Whether the words close a citation: を参照, に詳しい."""
        return any(hit.start == 0 for rule in book().yielding("tail") for hit in rule.find(text.strip()))

    def _add_title(self, draft: Draft, item: Item) -> None:
        low, high = item.inner
        while high > low and self.text[high - 1] in " 　,.，" and not self.text[low:high].endswith("..."):
            high -= 1
        self._add(draft, "title", low, high)
        draft.end = max(draft.end, item.end)

    def _add_names(self, draft: Draft, found: naming.Names) -> None:
        for name in ("authors", "editors", "translators"):
            for span in getattr(found, name):
                self._add(draft, name, *span)
        if found.container:
            self._add(draft, "container", *found.container)
        draft.same_author = found.same_author

    def _prefix_brackets(self, draft: Draft, start: int, end: int) -> None:
        """Takes the year and the translator out of brackets between author and title."""
        for item in self.scan.items(start, end):
            if item.kind != "paren":
                continue
            low, high = item.inner
            inner = self.view[low:high]
            if re.search(r"訳$", inner) and not draft.has("translators"):
                for span in naming.before_title(self.view, low, high).translators:
                    self._add(draft, "translators", *span)
            for part in self.scan.items(low, high):
                if part.kind == "date" and not draft.has("date"):
                    draft.add("date", part.start, part.end, date_of(part))
                elif part.kind in _BACK and draft.back is None:
                    draft.back = self._back_of(part)

    # ------------------------------------------------------------ forms and back references

    def _form(self, item: Item) -> None:
        self._flush(item.start)
        draft = Draft(item.start, item.end, style="plain")
        draft.kind = str(item.rule.set.get("kind", "")) if item.rule else ""
        for name in ("title", "container", "publisher", "place", "volume", "issue", "pages", "date"):
            span = item.group(name)
            if span:
                self._add_figures(draft, name, *span)
        authors = item.group("authors")
        if authors:
            for low, high in _form_authors(self.view[slice(*authors)]):
                self._add(draft, "authors", authors[0] + low, authors[0] + high)
        editors = item.group("editors")
        if editors:
            for low, high in naming.latin_units(self.view[slice(*editors)]):
                self._add(draft, "editors", editors[0] + low, editors[0] + high)
        draft.end = item.end
        self._set_open(draft, item.end)

    def _add_figures(self, draft: Draft, name: str, low: int, high: int) -> None:
        text = self.text[low:high]
        value = {"date": date_in, "pages": pages_of, "volume": figure_of, "issue": figure_of}.get(name, str.strip)(text)
        draft.add(name, low, high, value)

    def _back(self, items: Sequence[Item], at: int) -> None:
        item = items[at]
        rest = items[at + 1 :]
        if rest and rest[0].kind == "text" and self._is_prose_after(rest[0], rest[1:]) and not self._names_follow(rest):
            return
        self._flush_to_names(item.start)
        draft = self._open
        if draft is not None and draft.back is None and not draft.has(*_OWN) and draft.has("title", "authors"):
            draft.back = self._back_of(item)
            draft.end = self._at = item.end
            return
        found = naming.before_title(self.view, self._at, item.start)
        start = found.start if found.authors else item.start
        draft = Draft(start, item.end, back=self._back_of(item))
        self._add_names(draft, found)
        self._set_open(draft, item.end)

    def _names_follow(self, rest: Sequence[Item]) -> bool:
        text = self.view[rest[0].start : rest[0].end].strip()
        return is_name(text) and not _PARTICLE.match(text)

    def _flush_to_names(self, end: int) -> None:
        """Gives the open citation what stands before the names that belong to a back reference at ``end``."""
        if self._open is None:
            return
        found = naming.before_title(self.view, self._at, end)
        if found.authors and self._open.has("title"):
            self._flush(found.start)
            self._open = None
        else:
            self._flush(end)

    def _back_of(self, item: Item) -> Back:
        def group(name: str) -> str:
            span = item.group(name)
            return self.view[slice(*span)] if span else ""

        figure = group("number")
        if item.kind == "note" and not figure:
            figures = _NOTE_FIGURE.findall(self.view[item.start : item.end])
            figure = figures[0] if figures else ""
        value = number(figure) if figure else None
        what = group("what")
        if item.kind == "same":
            what = re.sub(r"^(?:同上|同前|同右|仝上|以上同|同)", "", self.view[item.start : item.end])
        return Back(item.kind, self.text[item.start : item.end], str(value) if value is not None else figure, what)

    # ------------------------------------------------------------ what follows a title

    def _element(self, item: Item) -> None:
        if self._open is None:
            return
        self._flush(item.start)
        draft = self._open
        if draft is None:
            return
        self._add_element(draft, item)
        self._at = item.end
        draft.end = max(draft.end, item.end)

    def _add_element(self, draft: Draft, item: Item) -> None:
        text = self.text[item.start : item.end]
        if item.kind == "url":
            draft.add("archived" if draft.has("url") else "url", item.start, item.end, item.url)
            registered = _DOI.search(item.url)
            if registered and not draft.has("doi"):
                draft.add("doi", item.end - len(registered[1]), item.end, registered[1])
        elif item.kind == "date":
            if not draft.has("date"):
                draft.add("date", item.start, item.end, date_of(item))
        elif item.kind == "accessed":
            if not draft.has("accessed"):
                draft.add("accessed", item.start, item.end, date_in(text))
        elif item.kind == "pages":
            if not draft.has("pages"):
                draft.add("pages", item.start, item.end, pages_of(text))
        elif item.kind in ("volume", "issue"):
            for name in ("volume", "issue"):
                span = item.group(name)
                if span and not draft.has(name):
                    draft.add(name, *span, figure_of(self.text[slice(*span)]))
        elif item.kind == "edition" and is_news(draft.get("container")) and re.fullmatch(r"第[0-9]+版", text):
            draft.add("pages", item.start, item.end, pages_of(text))
        elif item.kind == "doi":
            draft.add("doi", item.start, item.end, text)
        else:
            draft.add(item.kind, item.start, item.end, text)

    def _bracket(self, item: Item) -> None:
        if self._open is None:
            self._back_in_bracket(item)
            return
        self._flush(item.start)
        draft = self._open
        if draft is None:
            return
        if self._is_imprint(item, draft):
            self._at = item.inner[0]
            self._imprint(draft, self.scan.items(*item.inner))
            draft.end = max(draft.end, item.end)
        elif not is_prose(self.view[slice(*item.inner)]):
            draft.end = max(draft.end, item.end)
        self._open, self._at = draft, item.end

    def _back_in_bracket(self, item: Item) -> None:
        """佐竹（前掲注4）: a name with its back reference in brackets."""
        back = next((part for part in self.scan.items(*item.inner) if part.kind in _BACK), None)
        if back is None or back.start != item.inner[0]:
            return
        found = naming.before_title(self.view, self._at, item.start)
        if not found.authors:
            return
        draft = Draft(found.start, item.end, back=self._back_of(back))
        self._add_names(draft, found)
        self._set_open(draft, item.end)

    def _is_imprint(self, item: Item, draft: Draft) -> bool:
        """Whether a bracket behind a title holds fields of the citation."""
        inner = self.view[slice(*item.inner)]
        if _IGNORED_BRACKET.match(inner):
            return False
        parts = self.scan.items(*item.inner)
        kinds = {part.kind for part in parts}
        if "quote" in kinds:
            return False
        if "book" in kinds:
            ahead = self.view[item.inner[0] : next(part.start for part in parts if part.kind == "book")]
            return draft.style == "quote" and not draft.has("container") and (not ahead or "編" in ahead)
        if kinds & {"date", "accessed", "pages", "url", "volume", "issue", "edition", "doi", "genre", *_BACK}:
            return True
        return is_name(inner) and (
            is_news(inner) or bool(pattern(".*{PUBLISHER_LIKE}").fullmatch(inner)) or "訳" in inner
        )

    def _imprint(self, draft: Draft, items: Sequence[Item]) -> None:
        """Reads a bracket (place: publisher, date, pages) into the citation; prose in it is left."""
        for item in items:
            if item.kind == "text":
                for low, high in self._units(item.start, item.end):
                    self._name(draft, low, high, bracket=True)
                    self._at = high
            elif item.kind == "book" and not draft.has("container"):
                self._add_container(draft, item, chapter=draft.has("editors"))
            elif item.kind in _BACK and draft.back is None:
                draft.back = self._back_of(item)
                draft.end = max(draft.end, item.end)
            elif item.kind == "paren":
                self._imprint(draft, [part for part in self.scan.items(*item.inner) if part.kind == "date"])
            elif item.kind not in ("comma", "stop", "quote", "book", "form"):
                self._add_element(draft, item)

    def _flush(self, end: int) -> None:
        """Gives the open citation the text up to ``end``; at words that are none of its fields it is closed."""
        if self._open is None or self._at >= end:
            return
        self._skip = 0
        for low, high in self._units(self._at, end):
            if high <= self._skip:
                continue
            unit = self.view[low:high]
            following = self.view[high : high + 1]
            if re.fullmatch(r"(?:所収|収録|所載)", unit):
                continue
            if self._is_tail(unit + (following if following in "、。,;" else "")):
                self._open.referred = True
                self._open, self._at = None, low
                return
            if not self._name(self._open, low, high):
                self._open, self._at = None, low
                return
        self._at = max(self._at, end)

    def _units(self, start: int, end: int) -> list[tuple[int, int]]:
        """Spans of the text between commas, without spaces."""
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

    def _name(self, draft: Draft, low: int, high: int, *, bracket: bool = False) -> bool:
        """Puts a text behind a title under the field that it is; says whether it is one."""
        unit = self.view[low:high]
        if self._helper(draft, low, high, unit):
            return True
        if draft.back is not None and not draft.has("title", "authors") and is_name(unit):
            for span in naming.before_title(self.view, low, high).authors:
                self._add(
                    draft,
                    "authors",
                    span[0],
                    span[1] - len(_WORK_WORD.search(self.view[slice(*span)])[0])
                    if _WORK_WORD.search(self.view[slice(*span)])
                    else span[1],
                )
            return True
        place = _PLACE_PUBLISHER.match(unit)
        if place and not re.search("[「」『』]", unit) and is_name(place["place"]) and is_name(place["publisher"]):
            self._add(draft, "place", low + place.start("place"), low + place.end("place"))
            low = low + place.start("publisher")
            unit = self.view[low:high]
        if re.fullmatch(r"いずれも|ともに|それぞれ", unit):
            return True
        if not (is_name(unit) or (bracket and _KANA_NAME.fullmatch(unit))) or (draft.has("url") and not bracket):
            return False
        if pattern("{PLACES}").fullmatch(unit) and not place:
            self._add(draft, "place", low, high)
            return True
        self._add(draft, self._role_of(draft, unit, bracket=bracket or bool(place)), low, high)
        return True

    def _helper(self, draft: Draft, low: int, high: int, unit: str) -> bool:
        """Translators, editors, codes, bare pages, speeches: what stands behind a title and is no body's name."""
        for form, name in ((_TRANSLATED, "translators"), (_EDITED, "editors")):
            match = form.match(unit)
            if match:
                group = next(key for key, value in match.groupdict().items() if value)
                start = low + match.start(group)
                for a, b in naming.latin_units(self.view[start:high]):
                    self._add(draft, name, start + a, start + b)
                return True
        if re.search(r"(?:訳|編|編著|監修|解説)$", unit) and is_name(unit):
            found = naming.before_title(self.view, low, high)
            for name in ("translators", "editors"):
                for span in getattr(found, name):
                    self._add(draft, name, *span)
            return True
        into = re.match(r"in (?=[A-Z])", unit)
        if into and draft.style == "quote" and not draft.has("container"):
            self._unmarked_container(draft, low + into.end(), high)
            return True
        if re.fullmatch(
            r"(?:signed|adopted|opened for signature|entered into force|released|published|dated|updated|posted|last updated)(?: (?:on|in))?",
            unit,
        ):
            return True
        if _BARE_PAGES.match(unit):
            if draft.has(*_OWN, "title") or draft.back:
                draft.add("pages", low, high, pages_of(unit)) if not draft.has("pages") else None
            return True
        if re.fullmatch(r"[上中下]巻?|[上中下][・、][中下]巻?|[前後]編", unit):
            draft.add("volume", low, high, unit)
            return True
        if (
            re.search(
                r"(?:講演|演説|スピーチ|挨拶|ステートメント|答弁|講義|記念式典|発言|博士論文|修士論文|学位論文|学会報告|大会報告|報告論文|提出論文)$",
                unit,
            )
            and draft.style == "quote"
        ):
            draft.add("genre", low, high, unit)
            return True
        if (
            _CODE.match(unit)
            or re.fullmatch(r"(?:付|朝刊|夕刊|配信|放送|掲載|発信|更新|公開|記事|東京|大阪|[0-9]+版){1,3}", unit)
            or re.search(r"(?:一部)?(?:改正|改訂|改定|追補|修正|施行|決定|了解|採択|承認|作成|公表)$", unit)
            or re.fullmatch(
                r"所収|所載|掲載|付|号|版|など|ほか|no|vol|D\.? ?C\.?|(?i:doi|url|https?|available at|アドレス):?|[0-9.:/()（） -]+",
                unit,
            )
        ):
            return True
        with_volume = _WITH_VOLUME.match(unit)
        if with_volume and draft.style == "quote" and not draft.has("container", "volume"):
            self._add(draft, "container", low, low + with_volume.end("name"))
            draft.add("volume", low + with_volume.start("volume"), high, with_volume["volume"])
            return True
        if re.match(rf"{book().named['GENRE_EN']}\b", unit) and draft.style == "quote":
            draft.add("genre", low, high, unit)
            return True
        return False

    def _unmarked_container(self, draft: Draft, low: int, high: int) -> None:
        """Reads ``in A and B, eds., Title`` or ``in Title``: the unit is its first part, the rest follows after commas."""
        imprint = self.view.find("（", high)
        end = imprint if imprint >= 0 else high
        units = [(m.start(), m.end()) for m in re.compile(r"[^,]+").finditer(self.view, low, end)]
        at = next((i for i, (a, b) in enumerate(units) if re.fullmatch(r" ?[Ee]ds?\.? ?", self.view[a:b])), None)
        inline = re.search(r" [Ee]ds?\. ", self.view[low:end])
        if at is not None and at + 1 < len(units):
            names_end, title = units[at][0], (units[at + 1][0], units[-1][1])
        elif inline and at is None and not re.match(r".*, [Ee]ds?\. ", self.view[low : low + inline.end()]):
            names_end, title = low + inline.start(), (low + inline.end(), end)
        else:
            later = next((a for a, b in units[1:] if re.match(r" ?(?:[Ee]ds?\.|edited by) ", self.view[a:b])), end)
            names_end, title = low, (low, later)
        for a, b in naming.latin_units(self.view[low:names_end].rstrip(", ")):
            self._add(draft, "editors", low + a, low + b)
        a, b = title
        b = a + len(self.view[a:b].rstrip(" ,"))
        a += len(self.view[a:b]) - len(self.view[a:b].lstrip())
        self._add(draft, "container", a, b)
        draft.kind = "chapter"
        self._skip = b

    def _role_of(self, draft: Draft, unit: str, *, bracket: bool) -> str:
        """Whether a name behind a title is the container or the publisher."""
        if draft.kind == "law":
            return "container"
        if draft.style != "quote" or draft.has("container"):
            return "publisher" if not draft.has("publisher") else "series"
        if re.search(r"diss|[Tt]hesis|論文", draft.get("genre")):
            return "publisher"
        if draft.has("genre") and not is_news(unit):
            return "place" if not draft.has("place") else "series"
        if bracket and not is_news(unit):
            return "publisher" if not draft.has("publisher") else "series"
        return "container"

    # ------------------------------------------------------------ small things

    def _add(self, draft: Draft, name: str, low: int, high: int) -> None:
        draft.add(name, low, high, " ".join(self.text[low:high].split(" ")).strip())

    def _set_open(self, draft: Draft, at: int) -> None:
        self.drafts.append(draft)
        self._open, self._at = draft, at

    def _citing(self, drafts: list[Draft], start: int, end: int) -> list[Draft]:
        """The drafts that are citations; of a body's titles in a row, all where the last one is."""
        found: list[Draft] = []
        for draft in reversed(drafts):
            after = found[-1] if found else None
            row = (
                after is not None
                and draft.style == after.style
                and self.view[draft.end : after.start].strip() in ("、", "及び", "と")
            )
            if self._cites(draft, start, end):
                found.append(draft)
            elif (
                row
                and after is not None
                and not after.has("authors", "container")
                and (draft.has("authors") or draft is not drafts[0])
            ):
                found.append(draft)
        found.reverse()
        for draft, after in pairwise(found):
            if (
                self.view[draft.end : after.start].strip() in ("、", "及び", "と")
                and not draft.has(*_OWN)
                and not after.has("authors", "container")
            ):
                after.fields += [span for span in draft.fields if span.field == "authors"]
        for draft, after in reversed(list(pairwise(found))):
            shared = re.search(r"（(?:いずれも|ともに)", self.view[draft.end : found[-1].end])
            if shared and not draft.has("date"):
                draft.fields += [span for span in after.fields if span.field == "date"]
        return found

    def _cites(self, draft: Draft, start: int, end: int) -> bool:
        """Whether a draft is a citation: a quotation with nothing of one around it is none."""
        if draft.back is not None or draft.has(*_EVIDENCE):
            return True
        rest = self.view[draft.end : end].strip(" 。.、,")
        lead = self.view[start : draft.start].strip()
        if draft.referred and re.search(r"参|詳|よ[るり]|見", rest):
            return (
                draft.has("authors")
                or bool(draft.same_author)
                or (bool(re.match("[をも]?.{0,3}参", rest)) and not is_prose(lead))
            )
        return not rest and (draft.has("authors") or (not lead and draft.start == start))

    def _in_gap(self, low: int, high: int, *, alone: bool) -> list[Draft]:
        """Citations in a stretch of a sentence that no title marks: unquoted titles, addresses, brackets."""
        if not self.view[low:high].strip(" 、,。."):
            return []
        found: list[Draft] = []
        if has_unmarked(self.scan, low, high):
            found = read_unmarked(self.scan, low, high, alone=alone)
            for draft in found:
                self._open, self._at = draft, draft.end
                self._items([item for item in self.scan.items(draft.end, high)])
                self._open = None
        if not found:
            for item in self.scan.items(low, high):
                if item.kind == "paren" and self._may_cite(item):
                    found += Reader(self.text[slice(*item.inner)]).shifted(item.inner[0])
        return found

    def _may_cite(self, item: Item) -> bool:
        kinds = {part.kind for part in self.scan.items(*item.inner)}
        return bool(kinds & {"quote", "book", "url", "form", *_BACK})

    def shifted(self, by: int) -> list[Draft]:
        """The drafts with every offset moved by ``by``."""
        for draft in self.drafts:
            fields, draft.fields = draft.fields, []
            draft.start += by
            draft.end += by
            for span in fields:
                draft.add(span.field, span.start + by, span.end + by, span.value)
        return self.drafts


_NOTE_FIGURE = re.compile(r"[0-9]+|[〇一二三四五六七八九十百]+|[*†‡§※]+")
_WORK_WORD = re.compile(r"(?:論文|著書|前掲書|報告書|稿|書)$")
_KANA_NAME = re.compile(r"[ぁ-ん]{2,8}")
_CONJOINED = re.compile(r"^ ?(?:及び|および|並びに|ならびに|と|や|and|&) ?$")


def _form_authors(text: str) -> list[tuple[int, int]]:
    """Authors of a form: Surname, I., & Surname, I. or Фамилия И. И., with their spans."""
    pieces = re.compile(
        r"[^,&]+?, (?:[A-Z]\. ?-?){1,4}|^[A-Z][\w'-]+, [A-Z][\w'-]+(?: [A-Z]\.?)?|[А-ЯЁ][а-яё-]+ (?:[А-ЯЁ]\. ?){1,2}|[^,&]+"
    ).finditer(text)
    found = []
    for piece in pieces:
        low, high = piece.span()
        lead = re.match(r"[ ,&]*(?:and )?", text[low:high])
        low += lead.end() if lead else 0
        high = low + len(text[low:high].rstrip())
        if low < high:
            found.append((low, high))
    return found


def _gaps(drafts: Sequence[Draft], start: int, end: int) -> list[tuple[int, int]]:
    """What of a sentence stands in no draft."""
    found = []
    at = start
    for draft in sorted(drafts, key=lambda draft: draft.start):
        if at < draft.start:
            found.append((at, draft.start))
        at = max(at, draft.end)
    if at < end:
        found.append((at, end))
    return found
