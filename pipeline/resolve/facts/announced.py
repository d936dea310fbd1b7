"""Which initiatives a verb says were announced: Ⓘ、Ⓘを発表した, Ⓘは…発表され, 発表したのがⒾである."""

from __future__ import annotations

import re

_ANNOUNCED = re.compile(
    "(?P<list>Ⓘ(?:(?:（[^（）]*）)?(?:と、|、|と|や|及び|および)(?:[^、。ⓂⓅⒾをがは]{0,24})Ⓘ)*)(?:等|など)?"
    "(?:の(?:創設|立ち上げ|設立|開始|発足|構想|概要))?(?:も|を|が|は、?)(?:[^。、ⓂⒾ]{0,14})$"
)
_ALL_ANNOUNCED = re.compile("Ⓘ(?:（[^（）]*）)?は、?(?:すべて|いずれも|全て|ともに)、?[^。Ⓘ]{0,24}$")
_BY_SOMEBODY = re.compile("Ⓘ(?:戦略|構想|政策|計画)?は、?[^。Ⓘ]{0,60}[ⓅⓄ領席][^、。ⓂⓅⒾ]{0,4}が[^、。ⓂⓅⒾを]{0,8}$")
"""In front of a verb: Ⓘは、Ⓜにおいて、Ⓟが打ち出した."""
_WAS_ANNOUNCED = re.compile("Ⓘ(?:は|が|も)、?[^。Ⓘ]{0,40}$")
_THIS_WAS = re.compile("(?:され|し)たの(?:が|は)、?[^。ⓂⓅⒾ]{0,40}(?P<sign>Ⓘ)(?:である|だ|であった)")
_DESCRIBED = re.compile("(?:され|し)た(?:[^、。ⓂⓅⒾをがは]{0,12})(?P<sign>Ⓘ)")


def announced(text: str, start: int, end: int) -> list[int]:
    """Places of the initiatives that a verb at ``start`` to ``end`` says were announced."""
    before = text[:start]
    if match := _ANNOUNCED.search(before):
        return [i for i in range(match.start("list"), match.end("list")) if text[i] == "Ⓘ"]
    if match := _ALL_ANNOUNCED.search(before):
        return [i for i in range(match.end()) if text[i] == "Ⓘ"]
    if match := _BY_SOMEBODY.search(before):
        return [match.start()]
    if match := _WAS_ANNOUNCED.search(before):
        return [match.start()] if text[end : end + 2] == "され" else []
    after = _DESCRIBED.match(text, end) or _THIS_WAS.match(text, end)
    return [after.start("sign")] if after else []
