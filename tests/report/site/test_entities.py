"""The pages of what is named."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urldefrag

from pipeline.report.site.frame import entity_href, place_href
from tests.report.site.commentary import FIRST, commentary
from tests.report.site.conftest import Publish
from tests.report.site.test_frame import EVIL, tags


def text(page: Path) -> str:
    """What a reader sees of a page in English, on one line."""
    main = page.read_text(encoding="utf-8").split("<main", 1)[1].split("</main>")[0]
    main = re.sub(r'<span class="ja".*?</span>', "", main)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def links(page: Path) -> list[str]:
    return [attributes["href"] for tag, attributes in tags(page).seen if tag == "a" and "href" in attributes]


def test_a_meeting_says_when_it_met_who_came_and_what_source_the_author_gives(publish: Publish) -> None:
    page = publish(commentary()) / "site" / entity_href("meeting:環海")
    seen = text(page)
    assert "2024-11-20 3 凪市 901, p. 1 概要 凪省 · 2024" in seen
    assert "2024-11-20 甲野乙 attended 3 凪市 901, p. 1 概要 凪省 · 2024" in seen
    assert f"../{entity_href('minister:甲野乙')}" in links(page)
    assert "../" + place_href("d", f"d:p:0-{FIRST}:SENTENCE") in links(page)
    assert "https://nagi.example/x" in links(page)


def test_a_minister_has_offices_meetings_and_every_sentence(publish: Publish) -> None:
    page = publish(commentary(), commentary("e", "902")) / "site" / entity_href("minister:甲野乙")
    seen = text(page)
    assert "外相 JPN in office 2025-01-31 901, p. 1 ; 902, p. 1" in seen
    assert "2024-11-20 環海会合 attended 3" in seen
    assert seen.count("2024年11月20日の環海会合には 甲野乙外相 が出席した。") == 2
    assert "Named 2 times in 2 commentaries" in seen


def test_a_source_is_cited_for_what_its_sentence_names(publish: Publish) -> None:
    output = publish(commentary())
    assert "Sources cited for it 1 概要" in text(output / "site" / entity_href("minister:甲野乙"))
    assert "Sources cited for it" not in text(output / "site" / entity_href("initiative:nagi"))


def test_only_addresses_of_the_web_are_links(publish: Publish) -> None:
    page = publish(commentary(url="javascript:alert(1)")) / "site" / entity_href("meeting:環海")
    assert not [href for href in links(page) if href.startswith("javascript")]


def test_an_initiative_has_its_year(publish: Publish) -> None:
    assert "Begun Year" in text(publish(commentary()) / "site" / entity_href("initiative:nagi"))


def test_each_kind_has_a_list_with_what_is_known(publish: Publish) -> None:
    site = publish(commentary()) / "site"
    assert "環海会合 2024 1 1" in text(site / "entities.html")
    assert "甲野乙 甲野乙外相 外相 JPN 1 1" in text(site / "entities-minister.html")
    assert "None." in text(site / "entities-exercise.html")


def test_days_have_no_page(publish: Publish) -> None:
    site = publish(commentary()) / "site"
    assert entity_href("date:2024-11-20") == ""
    assert len(list((site / "entities").iterdir())) == 3


def test_titles_and_names_are_text(publish: Publish) -> None:
    site = publish(commentary(title=EVIL)) / "site"
    for page in [*(site / "entities").iterdir(), *site.glob("*.html")]:
        names = [tag for tag, _ in tags(page).seen]
        assert "img" not in names
        assert page.read_text(encoding="utf-8").count("<script>") == 0


def test_every_link_leads_to_a_page_and_a_place_on_it(publish: Publish) -> None:
    site = publish(commentary(), commentary("e", "902")) / "site"
    ids = {page.resolve(): {attributes.get("id") for _, attributes in tags(page).seen} for page in site.rglob("*.html")}
    for page in ids:
        for href in links(page):
            path, place = urldefrag(href)
            if not path.startswith("http"):
                target = (page.parent / unquote(path)).resolve() if path else page
                assert target.exists(), (page, href)
                assert not place or unquote(place) in ids[target], (page, href)
