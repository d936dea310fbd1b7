"""A note -> drafts of its citations: which quotations are titles, and what around them belongs to which.

A sentence is read from left to right. A title, a back reference or a whole form opens a citation with the names in
front of it; dates, pages, addresses, brackets and names that follow are its own until prose or the next title comes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from pipeline.resolve import names as naming
from pipeline.resolve.books import INTO, dated_behind, has_editors, is_issue, names_the_book, same_book
from pipeline.resolve.details import Details
from pipeline.resolve.drafts import OWN, Draft
from pipeline.resolve.evidence import citing, gaps
from pipeline.resolve.forms import BACK, back_of, draft_of_form, note_of_bracket
from pipeline.resolve.known import is_name, is_org, is_prose, pattern
from pipeline.resolve.prose import CONJUNCTION, closes, goes_on, stands_as_title
from pipeline.resolve.scan import Item, Scan
from pipeline.resolve.shorts import cited_by_short, short_names
from pipeline.resolve.unmarked import has_unmarked, read_unmarked
from pipeline.resolve.values import date_of

_CONTINUES = ("url", "accessed", "pages", "date", "doi", "genre", "locator")
"""Fields that may stand in a sentence of their own behind the citation that they belong to."""
_HELD = re.compile(r"所収|収録|所載")
_ROLE = "編|編著|編集|共編|監修|著|共著|訳|監訳|共訳|{EDS}"
_OF_NEWS = re.compile(r"(?:付)?(?:の)?(?:朝刊|夕刊)?(?:の)?(?:記事|社説|論説|コラム)?")
_OWN_WORK = re.compile(r"拙(?:稿|著|論|論文|訳|共著|編著)$")
_NAMED_WORK = re.compile(r"(?P<name>[一-龯々ヶァ-ヴー・]{1,10}?)(?P<what>論文|論考|著書|著|書|報告書)(?![一-龯])")


class Reader:
    """Reads one note, or the text of a bracket in one; `drafts` are its citations in order, unread ones among them.

    ``shorts`` are the short names that notes before it have given to works.
    """

    def __init__(self, text: str, *, shorts: Collection[str] = (), nested: bool = False) -> None:
        self._nested = nested
        self._shorts = shorts
        self.scan = Scan(text)
        self.drafts: list[Draft] = []
        self._view = self.scan.view
        self._details = Details(self.scan)
        self._open: Draft | None = None
        self._at = 0
        self._read()
        self.drafts.sort(key=lambda draft: draft.start)
        short_names(self._view, self.drafts)

    def _read(self) -> None:
        last: Draft | None = None
        for sentence in self.scan.sentences(0, len(self._view)):
            if last is not None and self._continues(sentence, last):
                self._follow(last, sentence[0].start, sentence)
                continue
            found = self._sentence(sentence)
            last = found[-1] if found else None
            self.drafts += found or self._unread(sentence)

    def _unread(self, sentence: Sequence[Item]) -> list[Draft]:
        """The sentence itself, where pages or a DOI show that it cites something."""
        if self._nested or not any(item.kind in ("pages", "doi") for item in sentence):
            return []
        end = sentence[-1].start if sentence[-1].kind == "stop" else sentence[-1].end
        return [Draft(sentence[0].start, end, unread=True)] if sentence[0].start < end else []

    def _continues(self, sentence: Sequence[Item], last: Draft) -> bool:
        """Whether a sentence holds nothing but fields of the citation before it, such as its address."""
        fields = [item.kind for item in sentence if item.kind not in ("comma", "stop", "paren", "text")]
        texts = [self._view[i.start : i.end].strip(" <>:") for i in sentence if i.kind == "text"]
        words = any(text and not closes(text + "。") and not naming.is_site(text) for text in texts)
        return bool(fields) and not words and all(kind in _CONTINUES and not last.has(kind) for kind in fields)

    def _sentence(self, sentence: list[Item]) -> list[Draft]:
        """The citations of a sentence: those that titles open, then those in what is left."""
        start = sentence[0].start
        end = sentence[-1].start if sentence[-1].kind == "stop" else sentence[-1].end
        before, self.drafts = self.drafts, []
        self._follow(None, start, sentence)
        found = citing(self._view, self.drafts, start, end, nested=self._nested)
        self.drafts = before
        for low, high in gaps(found, start, end):
            found += self._in_gap(low, high, alone=not found)
        return sorted(found, key=lambda draft: draft.start)

    def _follow(self, draft: Draft | None, at: int, items: Sequence[Item]) -> None:
        """Reads items from ``at`` on, the first of them into ``draft``, if there is one."""
        self._open, self._at = draft, at
        end = items[-1].end if items else at
        for place, item in enumerate(items):
            if item.kind == "stop":
                end = item.start
                break
            if item.kind in ("quote", "book"):
                self._title(items, place)
            elif item.kind == "form":
                self._form(items, place)
            elif item.kind in BACK:
                self._back(items, place)
            elif item.kind == "paren":
                self._bracket(item)
            elif item.kind not in ("text", "comma"):
                self._element(items, place)
        self._give(end)
        self._open = None

    def _form(self, items: Sequence[Item], place: int) -> None:
        rest = items[place + 1 :]
        titled = (
            len(rest) > 1 and rest[1].kind == "quote" and _OF_NEWS.fullmatch(self._view, rest[0].start, rest[0].end)
        )
        if rest and not titled and goes_on(self.scan, rest[0], rest[1:]):
            return
        self._give(items[place].start)
        self._begin(draft_of_form(self.scan, items[place]))

    def _begin(self, draft: Draft) -> None:
        self.drafts.append(draft)
        self._open, self._at = draft, draft.end

    # ------------------------------------------------------------ titles

    def _title(self, items: Sequence[Item], place: int) -> None:
        item = items[place]
        if not stands_as_title(self.scan, items, place):
            return
        if self._open is not None and self._belongs(self._open, item):
            self._open.end = self._at = max(self._open.end, item.end)
            return
        before = items[place - 1] if place and self._open is None else None
        dated = before if before is not None and before.kind == "date" and before.end == item.start else None
        end = dated.start if dated else item.start  # 外務省、1996年4月17日「日米安全保障共同宣言」
        found = naming.before_title(self._view, self._at, end)
        start = found.start if found else end
        self._give(start)
        draft = Draft(start, item.end)
        self._add_names(draft, found)
        if dated:
            self._details.element(draft, dated)
        self._brackets_before(draft, start, item.start)
        self._add_title(draft, item)
        self._begin(draft)

    def _belongs(self, draft: Draft, item: Item) -> bool:
        """Adds a quotation to the citation before it, where it is its title or its container; says whether it did."""
        between = self._view[self._at : item.start]
        bare = between.strip(" 、,")
        if CONJUNCTION.match(bare):
            return False
        if draft.back is not None:
            return self._of_back_reference(draft, item, bare)
        if not draft.has("title"):
            untitled = not bare or (draft.kind == "news" and bool(_OF_NEWS.fullmatch(bare)))
            if untitled and item.kind == "quote" and draft.style == "plain" and draft.has("authors", "container"):
                self._add_title(draft, item)
                return True
            return False
        chapter = not bare and not draft.has(*OWN) and "、" not in between  # 『白書』「章」
        if item.kind == "quote" and draft.style == "book" and (chapter or is_issue(self._view, draft, bare)):
            draft.rename("title", "container")
            self._add_title(draft, item)
            return True
        if draft.has("container", "url"):
            return False
        if not bare and item.kind == "book":
            if draft.style != "quote" and between.strip() and self._view[item.start] != "《":
                return False
            self._details.add(draft, "container", *item.inner)
            return True
        if draft.style == "quote" and item.kind == "book" and between == bare and is_org(bare) and draft.has("authors"):
            self._details.add(draft, "publisher", self._at, item.start)  # 著者「題」研究所『叢書』
            self._details.add(draft, "container", *item.inner)
            return True
        if INTO.match(bare) or (
            item.kind == "book" and not dated_behind(draft) and has_editors(self._view, self._at, item.start)
        ):
            self._details.container(draft, self._at, item)
            return True
        if not draft.has(*OWN) and names_the_book(draft, item, between):
            draft.known_book = True  # 訳者「訳者あとがき」著者『書名』
            self._details.add(draft, "container", *item.inner)
            return True
        return False

    def _of_back_reference(self, draft: Draft, item: Item, bare: str) -> bool:
        """前掲『題』, 前掲・著者『題』, and 「章」前掲『書名』, which is a new citation in a known book."""
        if not draft.has("title") and (not bare or (not draft.has("authors") and is_name(bare.strip("・")))):
            if bare:
                self._add_names(draft, naming.before_title(self._view, self._at, item.start))
            self._add_title(draft, item)
            return True
        known = draft.back is not None and draft.back.kind == "prior"
        if known and not bare and draft.style == "quote" and item.kind == "book":
            draft.back, draft.known_book = None, True
            self._details.add(draft, "container", *item.inner)
            return True
        return False

    def _add_title(self, draft: Draft, item: Item) -> None:
        low, high = item.inner
        while high > low and self._view[high - 1] in " ,." and not self._view[low:high].endswith("..."):
            high -= 1
        draft.style = item.kind
        self._details.add(draft, "title", low, high)
        draft.end = max(draft.end, item.end)

    def _add_names(self, draft: Draft, found: naming.Names) -> None:
        for name in ("authors", "editors", "translators"):
            for span in getattr(found, name):
                self._details.add(draft, name, *span)
        if found.container:
            self._details.add(draft, "container", *found.container)
        draft.same_author = found.same_author

    def _brackets_before(self, draft: Draft, start: int, end: int) -> None:
        """Takes year, translator and back reference out of brackets between author and title."""
        for item in self.scan.items(start, end):
            if item.kind != "paren":
                continue
            if self._view[slice(*item.inner)].endswith("訳") and not draft.has("translators"):
                for span in naming.before_title(self._view, *item.inner).translators:
                    self._details.add(draft, "translators", *span)
            for part in self.scan.items(*item.inner):
                if part.kind == "date" and not draft.has("date"):
                    draft.add("date", part.start, part.end, date_of(part))
                elif part.kind in BACK and draft.back is None:
                    draft.back = back_of(self.scan, part)

    # ------------------------------------------------------------ back references

    def _back(self, items: Sequence[Item], place: int) -> None:
        item, rest = items[place], items[place + 1 :]
        if rest and self._named_in_prose(item, rest[0]):
            return
        if rest and goes_on(self.scan, rest[0], rest[1:]) and not is_name(self._view[rest[0].start : rest[0].end]):
            return
        found = naming.before_title(self._view, self._at, item.start)
        if self._completes(found, item) or self._in_same_book(item):
            return
        if self._open is not None and found.authors and (self._open.has("title") or self._open.back is not None):
            self._give(found.start)
            self._open = None
        self._give(item.start)
        draft = self._open
        if draft is not None and draft.back is None and not draft.has(*OWN) and draft.has("title", "authors"):
            draft.back = back_of(self.scan, item)
            draft.end = self._at = item.end
            return
        found = naming.before_title(self._view, self._at, item.start)
        draft = Draft(found.start if found else item.start, item.end, back=back_of(self.scan, item))
        self._add_names(draft, found)
        self._begin(draft)

    def _named_in_prose(self, item: Item, following: Item) -> bool:
        """Reads 前掲注2の佐野論文 within a sentence; says whether it is that."""
        back = back_of(self.scan, item)
        named = _NAMED_WORK.match(self._view, following.start, following.end) if back.text.endswith("の") else None
        if named is None or item.kind != "note":
            return False
        self._give(item.start)
        self._begin(Draft(item.start, named.end(), back=replace(back, what=named["what"])))
        self._details.add(self.drafts[-1], "authors", *named.span("name"))
        return True

    def _completes(self, found: naming.Names, item: Item) -> bool:
        """Adds 前掲書 to 注3の遠山、前掲書, which is one reference; says whether it did."""
        draft = self._open
        if draft is None or draft.back is None or draft.back.kind != "note" or draft.has("title", "pages"):
            return False
        if item.kind != "prior" or not draft.back.text.endswith("の"):
            return False
        self._add_names(draft, found)
        draft.back = replace(draft.back, what=back_of(self.scan, item).what)
        draft.end = self._at = item.end
        return True

    def _in_same_book(self, item: Item) -> bool:
        """Takes 同書 behind a title in 「」, or in ibid., for the book that the work stands in; says whether it is."""
        draft = self._open
        if draft is None or not same_book(draft, self._view[self._at : item.start], back_of(self.scan, item)):
            return False
        draft.known_book = True
        self._details.add(draft, "container", item.start, item.end)
        self._at = item.end
        return True

    def _back_in_bracket(self, item: Item) -> None:
        """佐竹（前掲注4）: a name with its back reference in brackets."""
        back = next((part for part in self.scan.items(*item.inner) if part.kind in BACK), None)
        found = naming.before_title(self._view, self._at, item.start)
        own = _OWN_WORK.search(self._view, self._at, item.start)
        if back is None or back.start != item.inner[0] or not (found.authors or own):
            return
        draft = Draft(own.start() if own else found.start, item.end, back=back_of(self.scan, back))
        self._add_names(draft, found)
        self._begin(draft)

    # ------------------------------------------------------------ what follows a title

    def _element(self, items: Sequence[Item], place: int) -> None:
        item, rest = items[place], items[place + 1 :]
        self._give(item.start)
        if item.kind == "date" and rest and goes_on(self.scan, rest[0], rest[1:]):
            self._open = None  # 「題」、2019年3月に「別の題」
        if self._open is not None:
            self._details.element(self._open, item)
            self._at = item.end

    def _bracket(self, item: Item) -> None:
        if self._open is None:
            self._back_in_bracket(item)
            return
        if pattern(_ROLE).fullmatch(self._view, *item.inner):
            return  # of the names in front of it, which belong to a title to come
        if self._note_in_bracket(self._open, item):
            return
        self._give(item.start)
        self._imprint(item)

    def _note_in_bracket(self, draft: Draft, item: Item) -> bool:
        """Takes the note out of 前掲書（注9） or a short title（注9）; says whether it did."""
        noted = note_of_bracket(self.scan, item)
        if noted is None or draft.has(*OWN) or (draft.back is not None and draft.back.kind != "prior"):
            return False
        self._give(item.start)
        draft.back = replace(noted, what=draft.back.what) if draft.back is not None else noted
        draft.end = self._at = item.end
        return True

    def _imprint(self, item: Item) -> None:
        draft = self._open
        if draft is None:
            return
        if self._details.is_imprint(draft, item):
            self._details.imprint(draft, item)
        elif not is_prose(self._view[slice(*item.inner)]) and not self._may_cite(item):
            draft.end = max(draft.end, item.end)
        self._at = item.end

    def _give(self, end: int) -> None:
        """Gives the open citation the text up to ``end``; at words that are none of its fields it is closed."""
        if self._open is None or self._at >= end:
            return
        read = 0
        for low, high in self._details.units(self._at, end):
            if high <= read:
                continue
            unit = self._view[low:high]
            if _HELD.fullmatch(unit):
                continue
            tail = closes(unit + self._view[high : high + 1].strip())
            self._open.referred = self._open.referred or tail
            read = 0 if tail or CONJUNCTION.match(unit) else self._details.name(self._open, low, high)
            if not read:
                self._open, self._at = None, low
                return
        self._at = max(self._at, end)

    # ------------------------------------------------------------ what no title opens

    def _in_gap(self, low: int, high: int, *, alone: bool) -> list[Draft]:
        """Citations in a stretch of a sentence without marked titles: unmarked ones, addresses, brackets."""
        if not self._view[low:high].strip(" 、,。."):
            return []
        found = cited_by_short(self.scan, low, high, self._shorts)
        for draft in found:
            self._follow(draft, draft.end, self.scan.items(draft.end, high))
        if not found and has_unmarked(self.scan, low, high):
            found = read_unmarked(self.scan, low, high, alone=alone)
            # Quotations in a gap have been judged before; none of them opens a citation now.
            kept = len(self.drafts)
            for draft, stop in zip(found, [*(other.start for other in found[1:]), high], strict=False):
                self._follow(draft, draft.end, self.scan.items(draft.end, stop))
            del self.drafts[kept:]
            if found:
                found += self._in_gap(max(draft.end for draft in found), high, alone=False)
        if not found:
            for item in self.scan.items(low, high):
                if item.kind == "paren" and self._may_cite(item):
                    inner = Reader(self._inner(item), nested=True)
                    found += [draft.moved(item.inner[0]) for draft in inner.drafts]
        return found

    def _may_cite(self, item: Item) -> bool:
        kinds = {part.kind for part in self.scan.items(*item.inner)}
        dated = "date" in kinds and any(
            part.kind == "form" for part in Scan(self._inner(item)).items(0, item.inner[1] - item.inner[0])
        )
        return dated or bool(kinds & {"quote", "book", "url", "form", *BACK})

    def _inner(self, item: Item) -> str:
        return self.scan.text[slice(*item.inner)]
