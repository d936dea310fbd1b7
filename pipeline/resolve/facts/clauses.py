"""What stands between a meeting's name and what is said of it: clauses, lists of names, sittings."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.resolve.facts.rulebook import Rulebook
from pipeline.resolve.facts.view import View

EVENT = re.compile(
    "(?:開かれ|行われ|開催され|実施され|催され|もたれ|持たれ|実現し|開幕し|予定され|始まっ|控え|開い|開催し|主催し|催し|招集し|行っ"
    "|閉幕し|閉会し|終了し)(?:てい)?(?:た|る)"
)
"""Verbs that say of a meeting that it took place, in front of its name: Ⓛで開かれたⓂ."""
OTHER_CLAUSE = re.compile(
    "(?:[っいきしちりえけせてねべめれげじ]た|する|される|れる|ている|てきた)(?=[一-龥ァ-ヺⓅⒾⓄⓁⒸⓂ「]|初の|この|その|$)"
)
"""The end of a clause that hangs on a noun: what stands in it says nothing of what comes after."""
SESSION = (
    "の?(?:第?[0-9一二三四五六七八九十]+[回次])?"
    "(?:の?(?:初会合|会合|会議|協議|全体会合|閣僚会合|首脳会合))?(?=は|が|を|では|には|も)"
)
"""Behind a meeting: one of its sittings (第5回Ⓜの第3次会合は)."""
_LIST = re.compile(
    "(?:など)?(?:、|[とや]、?|及び|および|並びに|のほか、?)(?:Ⓓ(?:に|には|の)?(?:[ⓁⒸ]で(?:の)?)?)?(?:[^、。ⓂⓅⒾはが]{0,20}の|[^、。ⓂⓅⒾはが]{0,20}れた|第[0-9]+回)?(?:第[0-9]+回)?(?:(?:[^、。ⓂⓅⒾはが]{0,20}の)?Ⓟとの)?"
)
_NOT_HELD = re.compile(
    "の(?:次回|開催時期|日程|開催は未定)|(?:の開催)?を(?:見送|中止|延期|取りやめ)|に続|に先立|の構成|のような|と同様|に並ぶ|に次"
)


_ADVERB = re.compile("た(?:後|のち|際|直後|上で|翌[日月年]|ほか|途上)")
"""The end of a clause that says when, and hangs on no noun: 出席した後、."""


def goes_on(between: str) -> bool:
    """Whether a text behind a subject does not end a clause of its own, so that the subject acts on."""
    return not hangs_on_another(_ADVERB.sub("", between))


def hangs_on_another(between: str) -> bool:
    """Whether a text in front of a meeting's name ends a clause about something else than its being held."""
    return bool(OTHER_CLAUSE.search(EVENT.sub("", between)))


def listed(text: str, places: list[int]) -> bool:
    """Whether the meetings at these places are named in one list, each right behind the other."""
    return all(_LIST.fullmatch(text, first + 1, second) for first, second in pairwise(places))


def last_of_list(view: View, place: int) -> int:
    """Place of the last meeting of a list (ⓂとⓂは) that the one at a place stands in."""
    for other in view.at("Ⓜ"):
        if other > place and listed(view.text, [place, other]):
            place = other
    return place


def main_meeting(view: View, rules: Rulebook) -> int | None:
    """Place of the meeting that a sentence speaks of most: the last held, else the topic, else the last named."""
    named = [i for i in view.at("Ⓜ") if not _NOT_HELD.match(view.text, i + 1)]
    if not named:
        return None
    held = [m.start() for m in rules.pattern("Ⓜ(?:は|が|も)[^。ⓂⓅⒾ]{0,50}?(?:{HELD})").finditer(view.text)]
    topic = [i for i in named if re.match("は|には|では|で、|で、?Ⓟ|において", view.text[i + 1 :])]
    for found in (held[-1:], topic[:1], named[-1:]):
        if found:
            return found[0]
    return None
