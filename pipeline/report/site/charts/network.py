"""Ministers, meetings and initiatives as a network: lines for what is stated, dots for what one sentence names."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.report.site.charts.facts import Entity, Tie
from pipeline.report.site.charts.say import Link, Say
from pipeline.report.site.charts.sheet import SMALL, WIDTH, Lines, Marker, Marks, Sheet, Text, Told, fitted, width_of

ROOM = {"MINISTER": 24, "MEETING": 20, "INITIATIVE": 12}
"""Entities of each kind that have room in the picture: those of most weight."""
_DOTTED = 60
"""Ties of sentences alone that have room."""
_SHAPES: dict[str, tuple[str, Marker]] = {
    "MINISTER": ("minister", "square"),
    "MEETING": ("meeting", "circle"),
    "INITIATIVE": ("initiative", "diamond"),
}
_STATED = 3
"""What a stated relation counts, in sentences that name both."""
_TOP, _NAME_ROOM = 52.0, 118.0
_NODE_HEIGHT = 27.0
"""Points from the top of a mark to the foot of the name under it."""
_WIDE, _HIGH, _BETWEEN = 128.0, 64.0, 20.0
"""Width and height of a box for one node, which grow with the root of the number of nodes; room between boxes."""
_LARGE, _TALL = 20, 1.3
"""Nodes from which on a group has the whole width, and is so much taller."""
_LEAST, _MOST = 3.4, 8.6
"""Radius of the lightest mark, and of the heaviest."""
_SEED = 11
_ROUNDS, _STEP = 400, 0.6
"""At most so many times names that lie over each other are pushed apart, by this share of what they overlap."""

Places = NDArray[np.float64]


def draw(entities: Mapping[str, Entity], ties: Sequence[Tie], say: Say, link: Link) -> Sheet:
    """The picture of what is joined most."""
    known = [tie for tie in ties if tie.one in entities and tie.other in entities]
    weights: Counter[str] = Counter()
    for tie in known:
        weights.update({tie.one: _weight(tie), tie.other: _weight(tie)})
    by_weight = [entity_id for entity_id, _ in weights.most_common()]
    chosen = {
        entity_id
        for label, room in ROOM.items()
        for entity_id in [one for one in by_weight if entities[one].label == label][:room]
    }
    stated, named = _shown(known, chosen)
    shown = list(dict.fromkeys(end for tie in stated + named for end in (tie.one, tie.other)))
    places = _spread(shown, stated + named, entities)
    height = max((y for _, y in places.values()), default=_TOP) + 54
    said = say("network.said", all=len(weights), shown=len(shown))
    sheet = Sheet("network", WIDTH, height, say("network.title"), said)
    _lines(sheet, places, stated, named)
    most = max((weights[entity_id] for entity_id in shown), default=1)
    for entity_id in shown:
        _node(sheet, entities[entity_id], places[entity_id], weights[entity_id] / most, link)
    _key(sheet, height - 6, say)
    return sheet


def _weight(tie: Tie) -> int:
    return _STATED * tie.deeds + tie.sentences


def _shown(ties: Iterable[Tie], chosen: set[str]) -> tuple[list[Tie], list[Tie]]:
    """Ties of what was chosen: stated ones, and the heaviest of the others."""
    among = [tie for tie in ties if tie.one in chosen and tie.other in chosen]
    named = sorted((tie for tie in among if not tie.deeds), key=lambda tie: -tie.sentences)
    return [tie for tie in among if tie.deeds], named[:_DOTTED]


def _spread(shown: list[str], ties: list[Tie], entities: Mapping[str, Entity]) -> dict[str, tuple[float, float]]:
    """A place for each entity: near what it is joined with, its name over no other; what hangs together, in one box."""
    # networkx takes a third of a second to load, and only pictures need it.
    import networkx as nx  # noqa: PLC0415

    graph = nx.Graph()
    graph.add_nodes_from(shown)
    graph.add_weighted_edges_from((tie.one, tie.other, math.log2(1 + _weight(tie))) for tie in ties)
    groups = sorted(([one for one in shown if one in group] for group in nx.connected_components(graph)), key=len)
    places: dict[str, tuple[float, float]] = {}
    for group, (corner, room) in zip(groups[::-1], _boxes([len(group) for group in groups[::-1]]), strict=True):
        pull = 2.2 / math.sqrt(len(group))
        # Not a view (`subgraph`), whose nodes come in the order of a set: springs start from their nodes' order.
        part = nx.Graph()
        part.add_nodes_from(group)
        part.add_edges_from(graph.edges(group, data=True))
        sprung = nx.spring_layout(part, k=pull, iterations=300, seed=_SEED)
        sizes = np.array([(max(20.0, width_of(_name(entities[one]), SMALL)) + 8, _NODE_HEIGHT) for one in group])
        found = _apart(_evened(np.array([sprung[one] for one in group])) * room + corner, sizes, corner, room)
        places |= {one: (float(x), float(y)) for one, (x, y) in zip(group, found, strict=True)}
    return places


def _boxes(counts: list[int]) -> list[tuple[Places, Places]]:
    """A corner and a width and height for each group of so many nodes, in rows that are filled from the left."""
    boxes, x, y, below = [], 0.0, _TOP, _TOP
    for count in counts:
        wide = min(WIDTH, _WIDE * math.sqrt(count)) if count < _LARGE else WIDTH
        high = _HIGH * math.sqrt(count) * (1 if count < _LARGE else _TALL)
        if x and x + wide > WIDTH:
            x, y = 0.0, below + _BETWEEN
        # Names reach over the middle of a node to both sides.
        side = min(_NAME_ROOM / 2, wide / 3)
        boxes.append((np.array([x + side, y + 10]), np.array([wide - 2 * side, high - _NODE_HEIGHT])))
        x, below = x + wide, max(below, y + high)
    return boxes


def _evened(places: Places) -> Places:
    """Places between 0 and 1, halfway between where springs put them and evenly spaced, so that nothing is crowded."""
    low, high = places.min(axis=0), places.max(axis=0)
    ranks = places.argsort(axis=0).argsort(axis=0) / max(1, len(places) - 1)
    found: Places = (ranks + (places - low) / np.maximum(high - low, 1e-9)) / 2
    return found


def _apart(places: Places, sizes: Places, corner: Places, room: Places) -> Places:
    """Pushes boxes of such widths and heights apart, each pair along the axis where they overlap less."""
    # Two boxes at one place part by their order.
    order = np.sign(np.arange(len(places))[:, None] - np.arange(len(places))[None])[..., None]
    for _ in range(_ROUNDS):
        between = places[:, None] - places[None]
        overlap = (sizes[:, None] + sizes[None]) / 2 - np.abs(between)
        overlap[np.diag_indices(len(places))] = 0
        over = np.all(overlap > 0, axis=2)
        if not over.any():
            break
        along = np.stack([overlap[..., 0] < overlap[..., 1], overlap[..., 0] >= overlap[..., 1]], axis=-1)
        way = np.where(between == 0, order, np.sign(between))
        push = np.where(over[..., None] & along, way * overlap / 2, 0).sum(axis=1)
        places = np.clip(places + _STEP * push, corner, corner + room)
    return places


def _name(entity: Entity) -> str:
    return fitted(entity.name, _NAME_ROOM, SMALL)


def _lines(sheet: Sheet, places: Mapping[str, tuple[float, float]], stated: list[Tie], named: list[Tie]) -> None:
    def ends(tie: Tie) -> tuple[float, float, float, float]:
        return (*places[tie.one], *places[tie.other])

    sheet.add(Lines([ends(tie) for tie in named], "thread", 0.7, (1, 2.5)))
    by_width: dict[float, list[Tie]] = {}
    for tie in stated:
        by_width.setdefault(min(3.0, 0.9 + 0.35 * math.log2(tie.deeds)), []).append(tie)
    for width, same in sorted(by_width.items()):
        sheet.add(Lines([ends(tie) for tie in same], "thread", width))


def _node(sheet: Sheet, entity: Entity, place: tuple[float, float], share: float, link: Link) -> None:
    role, shape = _SHAPES[entity.label]
    x, y = place
    told = Told(entity.name, link(entity.entity_id))
    radius = _LEAST + (_MOST - _LEAST) * math.sqrt(share)
    sheet.add(Marks([(x, y - 3, radius)], role, shape, told=[told]))
    sheet.add(Text(x, y + radius + 6.5, _name(entity), size=SMALL, align="center", halo=True, told=told))


def _key(sheet: Sheet, y: float, say: Say) -> None:
    x = 6.0
    for label, (role, shape) in _SHAPES.items():
        sheet.add(Marks([(x, y - 3, 4)], role, shape))
        sheet.add(Text(x + 10, y, say(f"network.{label.lower()}"), "soft", SMALL))
        x += 96
