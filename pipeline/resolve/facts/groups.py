"""Who stands together in a sentence, and in what role: Ⓟ、Ⓟ及び英国のⓅが is one group of three, its role "subject"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.resolve.facts.view import View

Role = Literal["subject", "topic", "with", "partner", "by", "absent", "addressee", "other"]
"""What a group does: "subject" が, も; "topic" は; "with" とともに, の間で; "partner" と会談, との; "by" による;
"absent" に代わり; "addressee" に伝え."""

_TITLE = "首相|総理|外相|国防相|防衛相|国防大臣|防衛大臣|外務大臣|大臣|閣僚|首脳|長官|国防長官|部長|氏|人|名|者|か国"
_OWN = re.compile(
    rf"(?:の?(?:両|各|[0-9]{{1,2}}|[二三四五六七八九])(?:{_TITLE}|国(?!防))*"
    rf"|(?:元|前|現)(?:{_TITLE})|氏|さん|女史|大臣|首相|総理|長官|部長|自身|本人)?(?:ら|たち)?"
    r"(?:(?:の?(?:約|計)?[0-9]{1,3}(?:人|名|か国)|(?<=ら)[一-龥]{1,5})(?:の(?:代表|首脳|閣僚|国防相|外相))?)?"
)
"""What belongs to a name or closes a list: 氏, らの4名, 両大臣, ら約40か国の代表."""
_LINK = re.compile(
    r"、?(?:そして|及び|および|並びに|ならびに|それに|さらに)|、|と、|や、?|・|のほか、?|に加え、?"
    r"|と(?!とも|共|の|会|協|懇|意見|向|対|話|面|Ⓜ)"
)
_QUALIFIER = re.compile(
    r"(?:(?:[^、。ⓅⓂⒾⓄをが]|は(?=Ⓒ)){0,22}?(?:の|側から|側は|側の|側|から(?:は)?|である|を務める|た|る))?"
    r"(?:当時|元|前|現|新|両|同)?(?:の)?"
)
_CLAUSE = re.compile(r"(?:し|れ|き|び|み|え)て|では|には|において|会談|協議|会見|懇談")
"""What a qualifier does not hold."""
_UNKNOWN = re.compile(
    r"(?:[^、。ⓅⓂⒾをにで]{2,18}(?:首相|大統領|書記長|主席|大使|長官|大臣|相|官|代表|長)と?、){0,3}"
    r"(?:[^、。ⓅⓂⒾをにで]{2,26}?)(?=(?:ら)?(?:が|は|も|と(?:[^、。ⓅⓂ]{0,14})(?:会談|懇談|協議|論じ|議論|話し合|意見|会[いうっ]|Ⓜ)|と(?:とも|共)に))"
)
"""Somebody untagged at the end of a list: Ⓟ、フランスのマクロン大統領らが."""
_NAME = "[Ⓒ一-龥ァ-ヺーA-Za-z・=]"
_SOMEBODY = re.compile(rf"(?:{_NAME}{{1,18}}(?:の|、|及び|および|と|や)){{0,6}}{_NAME}{{2,}}")
_NOT_SOMEBODY = re.compile(
    r"会談|会合|会議|協議|対話|関係|間|とも|共に|同様|演説|声明|問題|防衛(?!大臣|相|首脳|次官|部長|長官)|協定|[たるい]こと"
)
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("absent", re.compile(r"に(?:代わ|かわ)(?:り|って|る)|の(?:代理|代役|欠席|不在)|を(?:除|欠)")),
    ("with", re.compile(r"(?:と|ら)?(?:とともに|と共に|と一緒に|を伴|と(?:肩|顔)を並べ|と揃って|と並んで)|の間で")),
    ("by", re.compile(r"による(?!と)|によって|により")),
    (
        "partner",
        re.compile(
            r"との(?:間で|間の|間に|[^、。ⓅⓂ]{0,14}?(?:Ⓜ|会談|会合|協議|電話|対話|会見))"
            r"|と(?:も|は)?(?:(?:初|[0-9二三四五]+(?:回|度)目)の)?[^、。ⓅⓂのがは]{0,20}?(?:会談|会合|協議|懇談|意見|会(?:い|う|っ)|向き合|対面|対談|話し合|面会|会見|Ⓜ)"
            r"|を、?[^。ⓂをにはⒹ]{0,60}が(?:出)?迎え"
            r"|と[^、。ⓅⓂがは]{0,14}(?:声明|宣言|文書|発表|覚書|協定)(?:を|に)[^、。ⓅⓂ]{0,6}(?:発出|発表|署名|交わ|まとめ)"
            r"|と[^、。ⓅⓂがは]{0,20}を(?:論じ|議論し|協議し|話し合|確認し|交わ)"
            r"|を(?:(?:客|ゲスト)として)?(?:交え|迎え|招|加え|前に|相手に|挟んで)|と(?=、)"
        ),
    ),
    (
        "addressee",
        re.compile(
            r"に(?:対し(?:て)?)?[^ⓂⓅ。]{0,40}?(?:説明|伝え|促|求め|迫|呼び|訴え|要請|働き|提案|述べ|示し|抗議|反論|語)"
        ),
    ),
    ("topic", re.compile(r"は(?!も)|にとって(?:は)?")),
    (
        "subject",
        re.compile(
            r"が|も|から(?:は|も)?(?!の)|であ|だっ|の(?:Ⓜ[^、。ⓂⓅがをは]{0,6}への)?(?:出席|参加|参列|臨席|同席|登壇)(?=[もはがを]|した)"
        ),
    ),
)


@dataclass(frozen=True)
class Group:
    """Persons named together: places of their signs in the view, the group's extent there, and its role."""

    places: tuple[int, ...]
    start: int
    end: int
    role: Role


def groups(view: View) -> list[Group]:
    """The groups of a sentence, in order; a person who is no minister belongs to a group but has no place in it."""
    text = view.text
    found: list[Group] = []
    at = 0
    while True:
        start = next((i for i in range(at, len(text)) if text[i] in "ⓅⓄ"), None)
        if start is None:
            return found
        places = [start]
        end = _own_end(text, start)
        while (following := _next(text, end)) is not None:
            places.append(following)
            end = _own_end(text, following)
        end = _past_unknown(text, end)
        found.append(Group(tuple(p for p in places if text[p] == "Ⓟ"), start, end, _role(text, end)))
        at = end


def _own_end(text: str, place: int) -> int:
    match = _OWN.match(text, place + 1)
    return match.end() if match else place + 1


def _next(text: str, end: int) -> int | None:
    """Place of the next person of a list that goes on at ``end``."""
    link = _JOINED.match(text, end) or _LINK.match(text, end)
    if link is None:
        return None
    stop = min(link.end() + 26, len(text))
    person = next((i for i in range(link.end(), stop) if text[i] in "ⓅⓄⓂⒾ、。をが"), None)
    if person is None or text[person] not in "ⓅⓄ":
        return None
    between = text[link.end() : person]
    return person if _QUALIFIER.fullmatch(between) and not _CLAUSE.search(between) else None


_JOINED = re.compile(r"に、?(?=[^。ⓅⓂ]{0,15}Ⓟ[^。]{0,6}(?:が|も)加わ)")
"""Ⓟ、ⓅにⓅが加わった is one list."""


def _past_unknown(text: str, end: int) -> int:
    """The end of a list that goes on with somebody untagged."""
    link = _LINK.match(text, end)
    if link is None or link[0].startswith("のほか"):
        return end
    somebody = _UNKNOWN.match(text, link.end())
    if somebody is None or _NOT_SOMEBODY.search(somebody[0]) or not _SOMEBODY.fullmatch(somebody[0]):
        return end
    return somebody.end() + (text[somebody.end() : somebody.end() + 1] == "ら")


def _role(text: str, end: int) -> Role:
    for role, pattern in _ROLES:
        if pattern.match(text, end):
            return role
    return "other"
