"""Whether a quotation is a title or words of a sentence, by what follows it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.resolve.known import is_news, is_prose, pattern
from pipeline.resolve.scan import Item, Scan
from pipeline.rules.engine import book

CONJUNCTION = re.compile(r"^ ?(?:及び|および|並びに|ならびに|と|や|and|&)(?: |(?=[一-龯ァ-ヴA-Z「『“\"]))")
"""A conjunction with another citation behind it."""
_CONJUNCTION_ALONE = re.compile(r"^ ?(?:及び|および|並びに|ならびに|と|や|and|&) ?$")
_PARTICLE = re.compile(r"^ ?[ぁ-ん]")
_NEW_SENTENCE = re.compile(r"なお|また|※|→|ただし")
_ROLES = re.compile(r"編|訳|著|所収")


def closes(text: str) -> bool:
    """Whether words close a citation: を参照, に詳しい. The mark behind them counts, so give it too."""
    return any(hit.start == 0 for rule in book().yielding("tail") for hit in rule.find(text.strip()))


def stands_as_title(scan: Scan, items: Sequence[Item], at: int) -> bool:
    """Whether what follows the quotation ``items[at]`` lets it be a title and no words of a sentence."""
    rest = items[at + 1 :]
    if not rest or rest[0].kind in ("stop", "comma"):
        return True
    after = rest[0]
    if after.kind == "paren":
        parts = scan.items(*after.inner)
        addressed = any(part.kind == "url" for part in parts)
        following = scan.view[after.end : after.end + 4].strip()
        # 著者『題』（社、2007年）は、…を論じる: imprinted as it is, it is cited, whatever is said of it.
        imprint = [part.kind for part in parts if part.kind != "stop"]
        printed = imprint[:1] == ["text"] and imprint[-1:] == ["date"] and "comma" in imprint
        within = "date" in imprint and (
            "book" in imprint or bool(pattern("{THESIS_JA}").search(scan.view[slice(*after.inner)]))
        )
        return (
            addressed
            or within
            or (printed and items[at].kind == "book")
            or bool(_NEW_SENTENCE.match(following))
            or stands_as_title(scan, items, at + 1)
        )
    if after.kind != "text":
        return not (after.kind == "date" and len(rest) > 1 and goes_on(scan, rest[1], rest[2:]))
    if _CONJUNCTION_ALONE.match(scan.view[after.start : after.end]):
        return any(item.kind in ("quote", "book", "same", "prior", "note") for item in rest[1:2])
    return not goes_on(scan, after, rest[1:])


def goes_on(scan: Scan, item: Item, rest: Sequence[Item]) -> bool:
    """Whether a text behind a quotation goes on in a sentence, as in 「…」は. ``rest`` is what follows it."""
    if item.kind != "text":
        return False
    text = scan.view[item.start : item.end]
    bare = text.strip()
    following = rest[0] if rest else None
    if not bare or closes(bare + (scan.view[following.start] if following else "")):
        return False
    if following is not None and _leads_on(text, bare, following):
        return False
    if _PARTICLE.match(text):
        return True
    if is_news(bare):
        return False
    if re.match(r"[a-z]", bare) and not re.search(r"[ァ-ヴ一-龯]", bare):
        return not pattern("{BEHIND_EN}").match(bare)
    return is_prose(bare) and not _ROLES.search(bare)


def _leads_on(text: str, bare: str, following: Item) -> bool:
    """Whether a text joins a title to more of its citation or to the next one: の12頁, 及び『…』, を、."""
    if bare == "の":
        return following.kind in ("pages", "locator")
    if CONJUNCTION.match(text) or _CONJUNCTION_ALONE.match(text):
        return following.kind in ("quote", "book")
    return bare in ("を", "も") and following.kind == "comma"
