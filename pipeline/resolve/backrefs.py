"""Back references: which citation 同上, 前掲, Ibid. or a short title means.

A target is accepted only where exactly one work remains. A reference to one that failed fails too, and a citation
whose fields could not be read still stands in the way of 同上: nothing is skipped to something older.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.resolve.drafts import OWN, Draft

_BOOKISH = re.compile(r"書|著|論集|白書|報告|訳")
_ARTICLE = re.compile(r"論文|稿|論考|論説")
_SUBTITLE = re.compile(r"[―—─~:]{1,2}|――| - ")
_INITIALS = re.compile(r"(?P<body>[A-Z]{2,10})の?(?:報告書|報告|提言|声明|白書|資料)")
_LEAST = 3
"""Characters that a short title must have to be looked for inside longer ones."""


@dataclass(slots=True)
class Place:
    """A citation in its document: the number of its note, the note's place, and what it was found to mean.

    ``target`` is the index of the citation that it refers to. ``reason`` says why a reference was not resolved;
    ``candidates`` are the indices of those that it could mean.
    """

    draft: Draft
    number: str
    note: int
    target: int | None = None
    reason: str = ""
    candidates: tuple[int, ...] = ()

    @property
    def refers(self) -> bool:
        """Whether it is a back reference, resolved or not."""
        return self.target is not None or bool(self.reason)


def resolve(places: Sequence[Place], at: int) -> None:
    """Finds what the citation at an index refers to; sets `Place.target` or `Place.reason`.

    Those before it must have been resolved. A short name that it gives is one of the work that it means.
    """
    place = places[at]
    _one(places, at, place)
    if place.target is not None and place.draft.shorts:
        places[full(places, at)].draft.shorts += place.draft.shorts


def full(places: Sequence[Place], at: int) -> int:
    """The index of the first full citation that a chain of references leads to."""
    while places[at].target is not None:
        at = places[at].target or 0
    return at


def _one(places: Sequence[Place], at: int, place: Place) -> None:
    draft = place.draft
    if draft.unread:
        place.reason = "its fields could not be told"
    elif draft.back is None:
        _without_marker(places, at, place)
    elif draft.back.kind == "same":
        _same(places, at, place)
    elif draft.back.kind == "note" and draft.back.number:
        _in_note(places, place)
    else:
        _earlier(places, at, place)


def _same(places: Sequence[Place], at: int, place: Place) -> None:
    """同上, Ibid.: the citation just before; with an author or title, the one of that note that has it."""
    if at == 0:
        place.reason = "no citation stands before it"
        return
    before = at - 1
    if place.draft.has("authors", "title"):
        near = [i for i in range(at) if places[i].note >= places[at - 1].note]
        fitting = _fitting(places, near, place.draft)
        if len(_works(places, fitting)) != 1:
            _fail(place, "the note before it holds no single work of that author or title", fitting or near)
            return
        before = fitting[-1]
    _accept(places, place, before)


def _in_note(places: Sequence[Place], place: Place) -> None:
    """前掲注3: the work of that note; of several, the one whose author, title or kind is given."""
    back = place.draft.back
    assert back is not None  # noqa: S101 - the caller has looked
    numbered = sorted({p.note for p in places if p.number == back.number and p.note != place.note})
    earlier = [note for note in numbered if note < place.note]
    note = earlier[-1] if earlier else numbered[0] if numbered and "後" in back.text else None
    if note is None:
        place.reason = f"note {back.number} cites nothing"
        return
    there = [i for i, p in enumerate(places) if p.note == note and not p.draft.unread]
    fitting = _fitting(places, there, place.draft)
    if not fitting and not place.draft.has("title"):
        fitting = _by_title(places, there, place.draft)
    if not fitting and len(there) == 1 and _in_another_script(places[full(places, there[0])].draft, place.draft):
        fitting = there
    fitting = _of_kind(places, fitting, back.what)
    if not fitting:
        _fail(place, f"note {back.number} has no work of that author or title", there)
    elif len(_works(places, fitting)) > 1:
        _fail(place, f"note {back.number} holds several works that fit", fitting)
    else:
        _accept(places, place, fitting[0])


def _earlier(places: Sequence[Place], at: int, place: Place) -> None:
    """前掲書, op. cit.: the one earlier work of that author or title, or of that kind."""
    back = place.draft.back
    what = back.what if back is not None else ""
    given = place.draft.has("authors", "title")
    candidates = [i for i in range(at) if places[i].target is None and not places[i].reason]
    fitting = _of_kind(places, _fitting(places, candidates, place.draft), what)
    fitting = fitting or _by_description(places, candidates, place.draft)
    if not given and len(_works(places, fitting)) > 1:
        # Without a name, it can only be the one work of its kind in the note before.
        near = [i for i in fitting if places[i].note >= places[at - 1].note]
        fitting = near or fitting
    _choose(places, place, fitting, "no earlier work has that author or title" if given else "no earlier work fits")


def _without_marker(places: Sequence[Place], at: int, place: Place) -> None:
    """A short title, an author with pages, or a title repeated without its address."""
    draft = place.draft
    earlier = [i for i in range(at) if places[i].target is None and not places[i].reason]
    if not draft.has("title"):
        if draft.has("authors") and not draft.has(*(name for name in OWN if name != "date")):
            _by_author(places, place, earlier)
        return
    fitting = _fitting(places, earlier, draft) or _by_initials(places, earlier, draft)
    if not draft.has(*(name for name in OWN if name != "container")):
        if fitting:
            _choose(places, place, fitting, "")
        return
    repeated = [i for i in fitting if _repeats(draft, places[i].draft)]
    if len(_works(places, repeated)) == 1:
        _accept(places, place, repeated[0])


def _by_author(places: Sequence[Place], place: Place, earlier: list[int]) -> None:
    """佐竹、12頁, and 佐竹（2012）12頁, whose work may stand in a list of references behind the notes."""
    year = place.draft.get("date")
    if not year:
        fitting = _fitting(places, earlier, place.draft) or _by_title(places, earlier, place.draft)
        _choose(places, place, fitting, "no earlier work has that author")
        return
    works = [i for i, other in enumerate(places) if other.draft.has("title") and other.draft.back is None]
    fitting = [i for i in _fitting(places, works, place.draft) if places[i].draft.get("date").startswith(year)]
    _choose(places, place, fitting, "no work has that author and year")


def _by_title(places: Sequence[Place], earlier: list[int], draft: Draft) -> list[int]:
    """Those whose title the words that stand like an author's name begin: National Security Strategy, p. 9."""
    name = draft.get("authors")
    alone = len(draft.all("authors")) == 1 and (len(name.split()) > 1 or name.isupper() or script(name) != "Latn")
    return [i for i in earlier if alone and same_title(name, places[i].draft.get("title"))]


def _by_initials(places: Sequence[Place], earlier: list[int], draft: Draft) -> list[int]:
    """Those of a body whose initials stand in front of a noun: ICNND報告書 for what 国際委員会（ICNND） has written."""
    named = _INITIALS.fullmatch(unicodedata.normalize("NFKC", draft.get("title")))
    if named is None or draft.has("authors"):
        return []
    short = re.compile(rf"[（(]{named['body']}[)）]$")
    return [
        i
        for i in earlier
        if any(short.search(unicodedata.normalize("NFKC", name)) for name in _writers(places[i].draft))
    ]


def _by_description(places: Sequence[Place], earlier: list[int], draft: Draft) -> list[int]:
    """Those that a body's name and words of the title describe: 前掲・防衛省予算概要 for its 「令和7年予算の概要」."""
    name = squashed(draft.get("authors"))
    found = []
    for i in earlier if len(draft.all("authors")) == 1 and not draft.has("title") else ():
        author, title = first_author(places[i].draft), squashed(places[i].draft.get("title"))
        rest = name.removeprefix(author)
        letters = iter(title)
        described = len(rest) > 1 and all(letter in letters for letter in rest)  # its letters, in their order
        if len(author) > 1 and name not in (author, rest) and described:
            found.append(i)
    return found


def _repeats(draft: Draft, other: Draft) -> bool:
    """Whether a citation says again what another says, without the address."""
    if draft.has("url") or not other.has("url") or squashed(draft.get("title")) != squashed(other.get("title")):
        return False
    if bool(draft.all("authors")) != bool(other.all("authors")):
        return False
    return all(not draft.has(name) or squashed(draft.get(name)) == squashed(other.get(name)) for name in OWN)


def _choose(places: Sequence[Place], place: Place, fitting: list[int], reason: str) -> None:
    if not fitting:
        place.reason = reason
    elif len(_works(places, fitting)) > 1:
        wanted = squashed(place.draft.get("title"))
        exact = [i for i in fitting if wanted in map(squashed, (places[i].draft.get("title"), *places[i].draft.shorts))]
        if place.draft.has("title") and len(_works(places, exact)) == 1:
            _accept(places, place, exact[0])
        else:
            _fail(place, "several earlier works fit", fitting)
    else:
        _accept(places, place, fitting[0])


def _accept(places: Sequence[Place], place: Place, target: int) -> None:
    if places[target].reason:
        _fail(place, "what it refers to was not resolved itself", places[target].candidates)
    else:
        place.target = target


def _fail(place: Place, reason: str, candidates: Iterable[int]) -> None:
    place.reason, place.candidates = reason, tuple(candidates)


def _fitting(places: Sequence[Place], among: Sequence[int], draft: Draft) -> list[int]:
    """Those whose work has the authors and the title that the draft gives."""
    return [i for i in among if _fits(places[full(places, i)].draft, draft)]


def _fits(other: Draft, draft: Draft) -> bool:
    title = draft.get("title")
    if title and any(squashed(title) == squashed(short) for short in other.shorts):
        return True
    authors = draft.all("authors")
    known = (*_writers(other), *(other.all("editors") if draft.has("editors") else ()))
    named = all(any(same_name(name, full_name) for full_name in known) for name in authors)
    written_otherwise = title and known and script(" ".join(authors)) != script(" ".join(known))
    if not named and not written_otherwise:
        return False
    container = draft.get("container")
    if container and not same_title(container, other.get("container")):
        return False
    return (
        not title
        or same_title(title, other.get("title"))
        or bool((draft.back or draft.has("editors")) and same_title(title, other.get("container")))
    )


def _writers(draft: Draft) -> tuple[str, ...]:
    return draft.all("authors") or draft.all("container")


def _of_kind(places: Sequence[Place], among: list[int], what: str) -> list[int]:
    """Those of a kind that the noun (書, 論文) allows; all where none is or none is asked."""
    styles: tuple[str, ...] = (
        ("book", "plain") if _BOOKISH.search(what) else ("quote",) if _ARTICLE.search(what) else ()
    )
    fitting = [i for i in among if places[full(places, i)].draft.style in styles]
    return fitting or among


def _works(places: Sequence[Place], among: Iterable[int]) -> set[str]:
    """What tells the works apart that citations mean: title, first author, date or address."""
    found = set()
    for i in among:
        draft = places[full(places, i)].draft
        title = squashed(draft.get("title"))
        edition = (first_author(draft), draft.get("date") or draft.get("url"))
        found.add("\n".join((title, *edition)) if title else str(full(places, i)))
    return found


def _in_another_script(other: Draft, draft: Draft) -> bool:
    """Whether a draft gives an author alone, in another script than the work's, so that names cannot be compared."""
    if not draft.has("authors") or draft.has("title"):
        return False
    return script(" ".join(other.all("authors"))) != script(" ".join(draft.all("authors")))


def script(name: str) -> str:
    """The script of a name: the first of Japanese (with Chinese), Korean, Russian and Latin letters that it has."""
    scripts = {"Jpan": r"[ぁ-ヴ一-龯]", "Kore": r"[가-힣]", "Cyrl": r"[А-яЁё]", "Latn": r"[A-Za-z]"}
    return next((code for code, letters in scripts.items() if re.search(letters, name)), "")


def same_name(short: str, name: str) -> bool:
    """Whether a short form (佐竹, Capie, ミアシャイマー) can stand for a name (佐竹知彦, David Capie)."""
    a, b = squashed(short), squashed(name)
    if not a or not b:
        return False
    if a == b or (script(short) != "Latn" and len(a) < len(b) and b.startswith(a) and not re.search(r"[ァ-ヴ]", short)):
        return True
    parts = [squashed(part) for part in re.split(r"[\s・=＝,]+", name) if part]
    wanted = [squashed(part) for part in re.split(r"[\s・=＝,]+", short) if part]
    return bool(wanted) and len(wanted) < len(parts) + 1 and all(part in parts for part in wanted)


def same_title(short: str, title: str) -> bool:
    """Whether a short title can stand for a title: the same, its beginning, its main part, or words from within."""
    a, b = squashed(short), squashed(title)
    if not a or not b:
        return False
    if a == b:
        return True
    if short.strip().isupper() and len(a) >= _LEAST and a == initials(main_title(title)):
        return True
    if len(a) < _LEAST:
        return bool(a == squashed(main_title(title)))
    return len(a) < len(b) and (b.startswith(a) or (len(a) > _LEAST and a in b))


def first_author(draft: Draft) -> str:
    """The first author's name, so that two spellings of it are alike; empty if there is none."""
    return re.sub(r"^the", "", squashed(draft.get("authors")))


def main_title(title: str) -> str:
    """A title without its subtitle."""
    return _SUBTITLE.split(title, maxsplit=1)[0].strip()


def initials(title: str) -> str:
    """The first letters of the words that begin with a capital: Nuclear Posture Review -> npr."""
    return "".join(word[0] for word in re.findall(r"[A-Z][\w'’-]*", title)).casefold()


def squashed(text: str) -> str:
    """Letters and digits alone, without case or width."""
    normal = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(c for c in normal if c.isalnum())
