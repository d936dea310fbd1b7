"""matplotlib's SVG made fit for a page with a strict content policy, and for a file of its own.

Styles become presentation attributes, since a page may forbid ``style``; colours get classes by their role, so that a
page can make them light or dark; marks say what they are when pointed at, and lead to their page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from pipeline.report.site.charts.palette import LIGHT
from pipeline.report.site.charts.sheet import Told

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_SHAPES = {f"{{{_SVG}}}{name}" for name in ("path", "use", "text")}
_FONTS = "IPAexGothic, 'Hiragino Sans', 'Yu Gothic', Meiryo, 'Noto Sans CJK JP', 'Noto Sans JP', sans-serif"
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_NUMBERED = ("d", "x", "y", "transform")
_ROLES = {colour: role for role, colour in LIGHT.items()}
HALO, HALO_WIDTH = "-halo", 2.6
"""What the id of a text ends in that is set off from what it lies on, and the points of white around its letters."""
HEAD = -1
"""The depth of the texts in a picture's head, which a page has no need of."""
_LANGUAGE = re.compile(r"(ja|en)-(-?\d+)")


def inside(whole: bytes, told: Mapping[str, Sequence[Told]], seen: tuple[float, float, float, float]) -> str:
    """An SVG element for a page, in both languages, without margin and head; ``told`` says of groups what marks tell.

    ``seen`` is what is to be seen: left, top, width and height.
    """
    root = _cleaned(whole)
    parents = {child: parent for parent in root.iter() for child in parent}
    for group in list(root.iter(_tag("g"))):
        name = group.attrib.pop("id", "")
        if word := _LANGUAGE.fullmatch(name):
            group.attrib |= {"class": word[1], "lang": word[1]}
            if int(word[2]) == HEAD:
                parents[group].remove(group)
        if name in told:
            shapes = [shape for shape in group.iter() if shape.tag in _SHAPES and not _is_definition(shape, parents)]
            for shape, tells in zip(shapes, told[name], strict=True):
                _tell(shape, parents[shape], tells)
    for shape in root.iter():
        _class(shape)
    root.set("viewBox", " ".join(f"{edge:.2f}" for edge in seen))
    root.set("class", "chart")
    return ET.tostring(root, encoding="unicode")


def file(whole: bytes, language: str) -> bytes:
    """An SVG file in one language, on white."""
    root = _cleaned(whole)
    for parent in list(root.iter()):
        for child in list(parent):
            found = _LANGUAGE.fullmatch(child.get("id", ""))
            if found and found[1] != language:
                parent.remove(child)
            child.attrib.pop("id", None) if child.tag == _tag("g") else None
    _, _, wide, high = root.attrib["viewBox"].split()
    root.attrib |= {"width": f"{wide}pt", "height": f"{high}pt", "font-family": _FONTS, "lang": language}
    root.insert(0, ET.Element(_tag("rect"), {"width": wide, "height": high, "fill": LIGHT["paper"]}))
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode").encode() + b"\n"


def _cleaned(whole: bytes) -> ET.Element:
    """The picture without styles, metadata, and digits that nobody sees."""
    ET.register_namespace("", _SVG)
    # matplotlib wrote it just now: nobody else's XML is read here.
    old = ET.fromstring(whole)  # noqa: S314
    root = ET.Element(_tag("svg"), {"viewBox": old.attrib["viewBox"], "stroke-linejoin": "round"})
    root.extend(child for child in old if child.tag == _tag("g"))
    for group in root.iter(_tag("g")):
        if group.get("id", "").endswith(HALO):
            for text in group.iter(_tag("text")):
                around = {"stroke": LIGHT["paper"], "stroke-width": f"{HALO_WIDTH:g}", "paint-order": "stroke"}
                text.attrib |= around
    for element in root.iter():
        for name, value in _styles(element.attrib.pop("style", "")):
            if name != "font-family":
                element.set(name, value)
        if (reference := element.attrib.pop(f"{{{_XLINK}}}href", None)) is not None:
            element.set("href", reference)
        for name in _NUMBERED:
            if name in element.attrib:
                element.set(name, _LONG_NUMBER.sub(_short, element.attrib[name]).replace("\n", " ").strip())
        if element.get("transform", "").startswith("rotate(-0 "):
            del element.attrib["transform"]
        element.tail = "\n"
        if element.tag != _tag("text"):
            element.text = None
    return root


def _styles(style: str) -> list[tuple[str, str]]:
    pairs = (part.split(":", 1) for part in style.split(";") if ":" in part)
    return [(name.strip(), value.strip()) for name, value in pairs]


def _short(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")


def _is_definition(shape: ET.Element, parents: Mapping[ET.Element, ET.Element]) -> bool:
    return parents[shape].tag == _tag("defs")


def _tell(shape: ET.Element, parent: ET.Element, told: Told) -> None:
    """Puts a shape into a group, a link where it leads somewhere, with what it says."""
    link = {"href": told.href, "tabindex": "-1"} if told.href else {}
    around = ET.Element(_tag("a" if told.href else "g"), link)
    ET.SubElement(around, _tag("title")).text = told.text
    around.tail = "\n"
    place = list(parent).index(shape)
    parent.remove(shape)
    around.append(shape)
    parent.insert(place, around)


def _class(shape: ET.Element) -> None:
    """Names the roles of a shape's colours, for the page's stylesheet."""
    kinds = (("fill", shape.get("fill")), ("line", shape.get("stroke")))
    if found := [f"{kind}-{_ROLES[colour]}" for kind, colour in kinds if colour in _ROLES]:
        shape.set("class", " ".join(found))


def _tag(name: str) -> str:
    return f"{{{_SVG}}}{name}"
