"""Who came to the other side for a meeting, told in a clause in front of the one that says that it was held."""

from __future__ import annotations

import re

from pipeline.resolve.facts.groups import Group
from pipeline.resolve.facts.ministers import Ministers
from pipeline.resolve.facts.sentence import Predicate, Sentence
from pipeline.resolve.facts.view import View

_RECEIVED = re.compile("を(?:[^、。ⓂⓅをが]{0,6})(?:迎え|招い|招き|交え)(?:て|、)")
_VISITS = re.compile(
    "(?:が|は)、?[^。、ⓂⓅ]{0,24}(?:来[日訪]|訪(?:問|[日米中韓豪欧印]))し(?:て|た際)?、[^。Ⓟ]{0,24}Ⓜ(?:が|は)"
)


def received(sentence: Sentence, group: Group, predicate: Predicate) -> bool:
    """Whether a meeting was held with persons whom somebody had asked there: Ⓟを迎えて、Ⓜが行われた."""
    match = _RECEIVED.match(sentence.view.text, group.end)
    place = sentence.meeting(predicate)
    return match is not None and place is not None and match.end() <= place and "。" not in match[0]


def those_of(sentence: Sentence, group: Group, predicate: Predicate) -> bool:
    """Whether a meeting that was held is said to be that of two persons: ⓅとⓅのⓂが実現した."""
    place = sentence.meeting(predicate)
    between = sentence.view.text[group.end : place] if place is not None else ""
    return len(group.places) > 1 and between in ("の", "による", "間の", "の間の")


def visits(view: View, group: Group, parties: frozenset[str], ministers: Ministers) -> bool:
    """Whether somebody came to the other side for a meeting of two ``parties``: Ⓟが来日し、ⒹにⓂが行われた."""
    own = {ministers.country(view.of(place).entity_id) for place in group.places}
    return len(parties) == 2 and own <= parties and bool(_VISITS.match(view.text, group.end))
