"""What the words around a date say of it: whether it is told of or only named, whether it lies behind or ahead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.tag.sentences import STOPS, around

Weight = Literal["told", "frame", "passing"]
Tense = Literal["past", "coming", "ahead", "present", "open"]


_NOUN = "(?=[一-龥々ァ-ヺーA-Z「『0-9]|[こそ]の)"
_PASSING = re.compile(
    rf"^(?:[^、。]{{0,80}}以来|以降|以後|ぶり|当時|頃から|ごろから|から(?:数え|通算|起算|[み見]れば)|から[^、。]{{0,12}}(?:する|した|る){_NOUN}"
    "|[^。]{0,40}から[^、。]{0,6}?[0-9一二三四五六七八九十数]{1,3}(?:年|[かカヶ]月)(?:半|余り|近く|以上)?(?:が|を|に|と|後|、))"
    "|から[^、。]{0,8}(?:増え|増加し|続い|続け|強ま|高ま|広が)|の[^、。]{0,16}に(?:続く|並ぶ|次ぐ)"
)
_STATISTIC = re.compile("^(?:[1一]年間|通年|の[0-9]|を通じ)")
"""Behind a year that is only counted in: 昨年1年間の, 一昨年の44件から."""
_UNDONE = re.compile(rf"^[^、。]{{0,30}}?(?:予定(?:され|して)いた{_NOUN}|はずで(?:あっ|し)た|はずだった)")
"""Behind a date: what was to happen then did not."""
_AFTER = re.compile(r"^(?:ごろ|頃|午前|午後|早朝|夜|夕方|付|現在|中|にかけて|まで|から)*")
_ADVERBIAL = re.compile(r"^(?:(?:にも|には|に|は|も|では)?、|には|にも|は(?=[一-龥ァ-ヺ「]))")
_ATTRIBUTIVE = re.compile(
    rf"^[^、。]*?(?:[っいきしちりえけせてねべめれげじ]た(?:ばかりの)?|だ|する|される|いる|となる){_NOUN}"
)
_TOOK_OFFICE = re.compile("^[^、。]{0,16}?(?:就任|着任|就い|発足し)")
"""In a clause that hangs on a noun: it says since when somebody is in office, and no more."""
_DEADLINE = re.compile("まで[にの]")
_EVENT = re.compile(r"^[^、。]*?(?:開か|行わ|開催さ|実施さ|催さ)れた")
_SETTING = re.compile(
    r"[^、。]*?(?:開か|行わ|開催さ|実施さ|催さ)れた[^、。]*?(?:には|において|で(?![もなあきす])|は、|[にへ](?:も)?(?:出席|参加|臨|登壇))"
)
_OPENING = re.compile(r"^(?:[^、。一-龥]{0,8}、|[一-龥]{1,4}で、|これを受けて|[ぁ-ん]{1,6})?$")

_PAST = re.compile(r"(?:[っいきしちりえけせてねべめれげじみび]た|[んい]だ)(?!い|がって|り|ら|る|だ)")
_TO_BE = re.compile(
    "(?:(?:開か|行わ|開催さ|実施さ|催さ|予定さ)れる|(?:迎え|控え)る"
    "|(?:発足|就任|発効|失効|開幕|来日|訪日|訪米|訪中|開催|予定)する)(?=[一-龥ァ-ヺ「A-Z])"
)
"""A clause that hangs on a noun and says what is to be (1月に発足する政権)."""
_PRESENT = re.compile("(?:(?<!て)(?<!で)[^いあ]る|[一-龥][うくすつむぶぐ]|[よろ]う|[まで]す)(?=。|$)")
"""The last verb of a sentence, which may tell of what is to come, or of what happened as if it happened now."""
_AHEAD = re.compile(
    "(?:(?:開催|実施)?予定(?=され|し|で|だ|と|。|$)|(?:見通し|見込み)(?=で|だ|と|。|$)|見込まれ|控え(?=る|て|、)|決まってい"
    "|待ち受け|未定|(?:開き|開催し|行い|実現し|招き)たい(?=と|意向|考え))(?!.{0,6}(?:だった|あった|ていた|ていながら))"
)
_LATEST = re.compile("直近の|最近の|最新の|このほど|先ごろ|先頃")
_BACK = re.compile(
    "(?:[これそ]れに(?:先立|先んじ)|^先立|遡|さかのぼ|それ以前|その前)[^、。]{0,6}(?:、)?$|(?:日|週間|月|年)(?:余り|ほど|以上)?前の$|の[はが]、?$"
)
"""In front of a date: it lies before the one told of."""
_HAD = re.compile("[てで]いた$")
"""How a sentence ends that tells what had happened before."""
_GOES_ON = re.compile(
    "^(?:当時|その後|続い|続く|次いで|引き続き|これを受け|その結果|やがて|ようやく|ほどなく|間もなく)"
)
_LOOKS_BACK = re.compile(
    "かつて|以前[、は]|従来|もともと|そもそも|遡れば|さかのぼれば|振り返|過去に|往時|先例|前例|前回|[0-9一二三四五六七八九]回目は|[昨前]年の(?:同|この)|^(?:なお|ちなみに)、"
)
_STATES = re.compile(
    "(?:もの|の)(?:であ(?:る|った)|だ|だった)$|[てで](?:いた|きた)$|かった$"
    "|(?:できる|[がにはも]ある|ない|続く|残る|異なる|いえる|言える|みられる|見える|分かる|わかる)$"
)
"""How a sentence ends that tells how things stand, and not what happened next."""
_IS = re.compile("(?:である|(?<![んい])だ)$")
_COMES_HOME = re.compile(
    "(?:^|[。、])(?:それ)?(?:以来|以降|以後)、|今も|今や|今日|現在|近年|最近|足元|今回の|今次の|(?:それ|あれ)から[0-9一二三四五六七八九十数]{1,3}年"
)
_FOCUS = re.compile("[はがも]、?$")
_FOCUS_ENDS = re.compile(
    "(?:頃|ごろ)?(?:であ(?:る|った)|だ|だった|のことであ(?:る|った)|に(?:訪れ|求め|遡|さかのぼ|始ま|始め|起き|起こ|起きた|生じ|動)[^、。]{0,6}"
    "|に(?:大きく|急速に|再び)[^、。]{0,8})[。]?$"
)
"""Around a date that a sentence is about: 転機は2007年に訪れる。 始まったのは2019年である。"""


@dataclass(frozen=True)
class Sentence:
    """The sentence of a date, which stands at ``text[start:end]``."""

    text: str
    start: int
    end: int

    @property
    def before(self) -> str:
        """What stands in front of the date."""
        return self.text[: self.start]

    @property
    def after(self) -> str:
        """What stands behind it."""
        return self.text[self.end :]

    @property
    def about(self) -> bool:
        """Whether it says of something that it was then, so that what follows tells of that time."""
        return self.after.startswith("は") or bool(_FOCUS.search(self.before) and _FOCUS_ENDS.match(self.after))

    @property
    def looks_back(self) -> bool:
        """Whether it only looks back from what is told, or says how things stand."""
        said = self.text.rstrip(STOPS)
        states = _STATES.search(said) or (_IS.search(said) and "のは" not in said)
        again = self.after.startswith("にも")
        return again or bool(_LOOKS_BACK.search(self.text) or (states and not self.about))

    @property
    def goes_on(self) -> bool:
        """Whether it begins with words that take up the time told of (当時, その後)."""
        return bool(_GOES_ON.match(self.text))

    @property
    def is_latest(self) -> bool:
        """Whether what is dated is said to be the latest of its kind, so that it is near publication."""
        return bool(_LATEST.search(self.before))

    @property
    def goes_back(self) -> bool:
        """Whether what stands in front of the date puts it before the one told of (これに先立つ3月)."""
        return bool(_BACK.search(self.before) or _HAD.search(self.text.rstrip(STOPS)))


def sentence_of(view: str, start: int, end: int) -> Sentence:
    """The sentence of the date ``view[start:end]``."""
    first, stop = around(view, start, end)
    return Sentence(view[first : stop + 1], start - first, end - first)


def comes_home(text: str) -> bool:
    """Whether sentences without a date come back to the time of publication (今日, それ以来)."""
    return bool(_COMES_HOME.search(text))


def tense(after: str) -> Tense:
    """Whether what follows a date in its sentence tells of what was or of what is to come.

    "coming" is said to be planned, "ahead" is to be where the sentence's time is now, "present" may be either, "open"
    tells nothing.
    """
    coming, past, to_be, present = (pattern.search(after) for pattern in (_AHEAD, _PAST, _TO_BE, _PRESENT))
    if coming and (past is None or coming.start() < past.start()):
        return "coming"
    found: list[tuple[int, Tense]] = []
    found += [(past.start(), "past")] if past else []
    found += [(to_be.start(), "ahead")] if to_be else []
    found += [(present.start(), "present")] if present else []
    return min(found)[1] if found else "open"


def weight(view: str, start: int, end: int) -> Weight:
    """What a date does to the time that is told of.

    "passing": nothing; it stands in brackets, before 以来, or in a clause that hangs on a noun. "frame": it opens a
    sentence about what such a clause describes (2023年1月に来日した事務総長は), which moves year and month.
    """
    before = sentence_of(view, start, end).before
    after = view[end : end + 100]
    if _open_bracket(before) or _PASSING.match(after) or _UNDONE.match(after) or _STATISTIC.match(after):
        return "passing"
    word = view[start:end]
    if word.endswith("年") and _DEADLINE.match(after):
        return "passing"
    said = _AFTER.match(after)
    rest = after[said.end() :] if said else after
    if word[0] in "今本" or _ADVERBIAL.match(rest):
        return "told"
    hanging = rest.startswith("の") or bool(_ATTRIBUTIVE.match(rest))
    if not hanging:
        return "told"
    if before.endswith(("のは、", "のが、", "のは", "のが")) or _SETTING.match(rest):
        return "told"
    if not _OPENING.match(before) or _TOOK_OFFICE.match(rest):
        return "passing"
    if rest.startswith("の") or ("月" in word and _EVENT.match(rest)):
        return "told"
    return "frame" if "月" in word else "passing"


def _open_bracket(sentence: str) -> bool:
    return any(sentence.rfind(opening) > sentence.rfind(closing) for opening, closing in ("（）", "「」", "『』"))
