"""Other names that a document gives: Ａ（Ｂ）, Ａ（以下「Ｂ」）, Ｂ（Ａ: English name), Ａ、通称Ｂ; and short ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.tag.candidates import Candidate


@dataclass(frozen=True, slots=True)
class Alias:
    """``view[start:end]`` is another name of what ``of`` names, said right behind it or before it."""

    start: int
    end: int
    of: Candidate


_OPEN = re.compile(r"[」』”]?（")
_SPLIT = re.compile(r"[、,，:;；／]|(?<![A-Za-z])/|または|あるいは")
_LEAD = re.compile(
    r"[\s「『“\"']*(?:以下では?|以下|略称は?|通称は?|いわゆる|別名|英語名は?|原語では|正式名称は|旧称)?[、:]?[\s「『“\"']*"
)
_TAIL = re.compile(
    r"[\s」』”\"']*(?:という|とする|と略す|と略称|と呼ぶ|と表記|と記す|と略記|という。|とする。)?[\s」』”\"'。]*$"
)
_SAID = re.compile(r"以下|略称|通称|いわゆる|別名")
_ACRONYM = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z][A-Za-z0-9&+/.-]{1,14}(?:プラス)?")
_FOREIGN = re.compile(r"[A-Z][A-Za-z'&.,:/-]+(?: [A-Za-z0-9'&.,:/（）-]+){1,14}")
_EXPLAINS = re.compile(
    r"[をがはも]|した|する|している|から|まで|以降|年|月|日(?!本|[A-Z米英豪韓中印仏独比・])|か国|カ国|当時|など|等|のみ|における|に関する(?!会)|[0-9]{3,}|氏"
)
_MEETING_LIKE = re.compile(r".*(?:会[談合議]|協議|協議会|対話|フォーラム|サミット|プラス|シンポジウム|EWG)$")
_JAPANESE = re.compile(r"[一-龥ァ-ヺー・A-Za-z0-9、:のな開かれたるりう]{3,40}")
_CALLED = re.compile(
    r"[」』”]?、?(?:通称|いわゆる|略称|略して)(?:は|「(?=[^「」]{2,30}」))?(?P<alias>(?<=「)[^「」]{2,30}|[A-Za-z0-9ァ-ヺー・&+/.-]{2,30})(?![ァ-ヺーA-Za-z一-龥])"
)
_SHORT_NAMES = {
    "INITIATIVE": (
        re.compile(r".+(?:のための|に関する|に向けた|に対する)(?P<short>[^のにをはがと]{4,})"),
        re.compile(r"..+(?P<short>[三四五3-5]原則)"),
        re.compile(r"..+(?P<short>コンパス|アウトルック)"),
    ),
    "MEETING": (re.compile(r"..+(?P<short>運用検討会議|再検討会議)"),),
}
"""What of a name may stand for it: what is behind the purpose, 三原則 alone, what is reviewed."""
_QUOTE = re.compile(r"[「」『』]")
_SHORT = 12
"""Characters of an abbreviation, at most."""
_BEFORE = re.compile(r"(?P<alias>[A-Z][A-Za-z0-9&+/-]{1,14}(?:プラス)?)」?（「?$")


def aliases(view: str, mention: Candidate) -> Iterator[Alias]:
    """The other names that stand in brackets behind a mention, or in front of the brackets it stands in.

    ``view`` is the folded text of the mention's block.
    """
    opened = _OPEN.match(view, mention.end)
    if opened:
        closed = _closing(view, opened.end() - 1)
        if closed > 0:
            yield from _inside(view, opened.end(), closed, mention)
    called = _CALLED.match(view, mention.end)
    if called:
        yield Alias(*called.span("alias"), mention)
    before = _BEFORE.search(view, max(0, mention.start - 20), mention.start)
    if before and re.match(r"」?[）:、]", view[mention.end : mention.end + 2]) and _ACRONYM.fullmatch(before["alias"]):
        yield Alias(before.start("alias"), before.end("alias"), mention)


def short_names(label: str, name: str) -> list[str]:
    """What a meeting or an initiative may be called once it was named in full."""
    return [found["short"] for pattern in _SHORT_NAMES[label] if (found := pattern.fullmatch(name))]


def _closing(view: str, opened: int) -> int:
    depth = 0
    for at in range(opened, min(len(view), opened + 160)):
        depth += (view[at] == "（") - (view[at] == "）")
        if depth == 0:
            return at
    return -1


def _inside(view: str, start: int, end: int, mention: Candidate) -> Iterator[Alias]:
    said = bool(_SAID.match(view[start:end].lstrip("「『 ")))
    whole = _FOREIGN.fullmatch(view, start, end)
    if whole and not any(_ACRONYM.fullmatch(part.strip()) for part in _SPLIT.split(whole.group())):
        # Our North, Strong and Free is one name.
        yield Alias(start, end, mention)
        return
    at = start
    for cut in [*(_SPLIT.finditer(view, start, end)), None]:
        stop = cut.start() if cut else end
        low = at + len(_LEAD.match(view[at:stop]).group())  # type: ignore[union-attr]
        high = low + len(_TAIL.sub("", view[low:stop]))
        if low < high and _is_name(view[low:high], mention.label, said or view[low - 1] in '「『“"', mention):
            yield Alias(low, high, mention)
        elif not said and low < high and not _SAID.match(view[at:stop]):
            # An explanation: what follows it is none of our names either.
            return
        at = cut.end() if cut else end


def _is_name(part: str, label: str, said: bool, mention: Candidate) -> bool:
    if _QUOTE.search(part):
        # A title quoted inside: it would be cut.
        return False
    if _ACRONYM.fullmatch(part) or (_FOREIGN.fullmatch(part) and " " in part):
        return True
    if _EXPLAINS.search(part):
        return False
    if said:
        return 2 <= len(part) <= 30
    if label == "MEETING":
        return bool(_MEETING_LIKE.fullmatch(part)) and len(part) <= 30
    # A Japanese name explains a foreign one: WPS（女性・平和・安全保障）.
    length = mention.end - mention.start
    return length <= _SHORT and len(part) > max(length, 4) and bool(_JAPANESE.fullmatch(part))
