"""Turns of phrase that tell, of who and what stands in a sentence, what it has to do with a meeting.

They read a sentence in which signs stand for what was found: Ⓜ a meeting, Ⓟ a minister, Ⓘ an initiative, Ⓓ a date,
Ⓒ a country, Ⓛ a place, Ⓞ an official; see `pipeline.resolve.facts.view`.
"""

from __future__ import annotations

import re

OWN_SUBJECT = re.compile("(?:[一-龥ァ-ヺーA-ZⓄⒸ」])(?:が|も)(?!、)[^、。]*$")
OTHER_GOAL = re.compile("(?P<goal>[一-龥ァ-ヺーA-Za-z」]{2,})(?:に|へ)(?:も|は)?(?:[^、。にへをⓂⓅ]{0,10})$")
TIME = re.compile("(?:初日|最終日|冒頭|[年月日]|後|際|午前|午後|初め|初|末|前|次|Ⓓ)$")
"""In front of に: when, and not whereto."""
SAME_MEETING = re.compile("交渉|会合|会議|会談|協議|対話|サミット|場$|形式$|共$|揃$|式$")
OTHER_PLACE = re.compile(
    "(?:国会|議会|大学|[ⓁⒸ]|会見|記者会見|研究所|式典|本部|官邸)(?:で|において)(?:の|は)?[^、。]{0,12}$"
)
ITEM = re.compile("^[^、。ⓂⓅ]{0,24}Ⓓ[^。ⓂⓅ]{0,20}Ⓜ(?:である|だ)?。?$")
"""A sentence that only names a meeting and its date, as in a list: 2月19日、ワシントンにおける2プラス2。"""
IN_CHAIR = re.compile(
    "議長は[^、。ⓂⓅ]{0,12}$|"
    "(?:共同)?議長(?:国[^、。ⓅⓂ]{0,6}|を務め(?:た|る)[^、。ⓅⓂがは]{0,8})?の?(?:Ⓒの)?$|議長の(?:Ⓒの)?$"
)
WAS_HELD = re.compile(
    "(?:開かれ|行われ|開催され|実現し)た(?:第[^、。ⓂⓅ]{1,5}回|初の)?Ⓜ(?:であ(?:る|った)|だ|だった)。?$"
)
PAIR = re.compile("Ⓓ、?(?:Ⓒの)?(?:[ⓁⒸ]で)?[^。ⓂⒾ]{0,12}Ⓟ[^。ⓂⒾ]*Ⓟ(?:氏)?。?")
OF_HOST = re.compile("(?:主催国|開催国|議長国|ホスト国)(?:の|である|を務める|を務めた)(?:Ⓒの)?$")
"""In front of who speaks at the meeting told of before: 主催国のⓅは."""
RECEIVES = re.compile("招|迎え|もてな")
"""What somebody who only chairs or hosts does."""
LATER = re.compile("談話|会見|寄稿|事後|コメント|書簡")
"""Words in front of what somebody said elsewhere, after the meeting."""
SPEECH = re.compile(
    "Ⓜ(?:における|での|で行(?:われ|っ)た)(?:Ⓒの)?(?P<sign>Ⓟ)(?:氏)?の(?:[^、。ⓂⓅⒾ]{0,6})(?:演説|講演|発言|スピーチ|挨拶|報告)"
)
PRESENTED_AT = re.compile("(?:し|され)?たのは、?[^。ⓂⓅⒾ]{0,12}(?P<sign>Ⓜ)(?:において|で|の(?:席|場)で)")
"""Behind a verb: ⓅがⒾを発表したのは、Ⓜにおいてである."""
LATER_ON = re.compile("(?:が|[しいきりみびえけせてねべめれ]|ず)、(?:さらに|また)?(?:その後|のちに|後日|Ⓓ(?!の))")
"""Where a clause begins that tells of another day than the meeting's."""
TIME_BEFORE = re.compile("(?:前回|前々回|前年|一昨年|昨年)(?:の(?:会合|会議|会談))?(?:は|も|では|には)")
"""How a sentence begins that tells of the time before: what its persons did has not the day of the meeting told of."""
AT_IT = re.compile("(?:開会式|閉会式|開幕式|全体会合|全体会議|基調[演講][説演]|冒頭)(?:で|において)")
"""In front of what somebody did at the meeting told of before."""
OTHER_SIDE = re.compile(
    "(?:会談の)?(?:相手|先方|相手方)(?:は|となったのは|を務めたのは)、?[^。ⓂⓅ]{0,12}Ⓟ[^。Ⓜ]*(?:であ(?:る|った)|だ(?:った)?)。?$"
)
SINCE = re.compile("Ⓟ[^、。Ⓜ]{0,36}(?:て|た)?以来")
TAKES_UP = re.compile("(?:[^、。ⓂⓅ]{0,4}、)?(?:この|同|今回の)(?:会合|会議|会談|協議|対話|Ⓜ)")
THIS = re.compile("[^、。ⓂⓅ]{0,6}(?:この|その|同)(?P<sign>Ⓜ)")
