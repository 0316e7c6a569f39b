"""Everybody can use every page: narrow or enlarged, with a thumb, by keyboard, without styles or pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from kit import NOTHING_STORED, ROOT, STORED, first_with, real_content

from guidebook.content.inline_markup import plain
from guidebook.site.mkdocs_plugin import build_site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kit import Visitor

    Visit = Callable[..., Visitor]

BOOK = real_content().book
SIZES = {
    # 1280 pixels at 400 percent (WCAG 2.2, 1.4.10 Reflow).
    "at 400 percent": {"width": 320, "height": 256},
    "wide": {"width": 1280, "height": 900},
}
TOPIC = first_with(BOOK.topics, scripts=True)
SOME = (
    "/",
    f"/{TOPIC.stage}/{TOPIC.id}/",
    "/variants/",
    f"/situations/{first_with(BOOK.situations, urgent=True).id}/",
    f"/moments/{first_with(BOOK.moments, pause=True).id}/",
    "/help/",
    "/decide/",
    f"/{BOOK.guide.by_hand[0]}/",
    f"/{TOPIC.stage}/",
    "/404.html",
)

# What is wrong with a page, as sentences.
FAULTS = (ROOT / "tests/faults.js").read_text(encoding="utf-8")

# How many parts can get the focus, and which ones get it with whether that is seen.
ABLE = """() => [...document.querySelectorAll("a[href], button, input, textarea, summary, [tabindex='0']")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true })).length"""
WATCH = """() => {
  window.focused = []
  document.addEventListener("focusin", ({ target }) => {
    const { outlineStyle, boxShadow } = getComputedStyle(target)
    const around = target.closest(".search__form, .choice")
    const outlines = [outlineStyle, around ? getComputedStyle(around).outlineStyle : "none"]
    const marked = outlines.some((style) => style !== "none") || boxShadow !== "none"
    focused.push([target.outerHTML.slice(0, 80), marked])
  })
}"""


def paths(site: Path) -> list[str]:
    found = sorted(f"/{path.relative_to(site)}".removesuffix("index.html") for path in site.rglob("*.html"))
    assert len(found) > 150
    return found


@pytest.mark.parametrize("part", [0, 1], ids=["one half", "the other half"])
def test_every_page_is_in_order_at_any_size_and_asks_and_stores_nothing(
    visit: Visit, site: Path, part: int
) -> None:
    # To load a page takes most of the time, so all is looked at in one visit.
    visitor = visit(viewport=SIZES["wide"])
    faults = []
    sizes = list(SIZES.items())
    for path in paths(site)[part::2]:
        page = visitor.go(path)
        # In the size that the page before was left in, since a change of it takes a third as long as a page.
        sizes.reverse()
        for name, size in sizes:
            if page.viewport_size != size:
                page.set_viewport_size(size)
            faults += [f"{path} {name}: {fault}" for fault in page.evaluate(FAULTS)]

    assert faults == []
    assert visitor.foreign == []
    assert visitor.page.evaluate(STORED) == NOTHING_STORED


@pytest.mark.parametrize("path", SOME)
def test_every_part_is_reached_by_keyboard_and_shows_it(visit: Visit, path: str) -> None:
    page = visit(viewport={"width": 1280, "height": 900}).go(path)
    page.wait_for_timeout(200)
    able = page.evaluate(ABLE)
    page.evaluate(WATCH)
    for _ in range(able):
        page.keyboard.press("Tab")
    seen = page.evaluate("focused")

    assert len({html for html, _ in seen}) > able / 2
    assert "leave__link" in seen[0][0]
    assert [html for html, marked in seen if not marked] == []
    assert len(seen) == able, "the focus left the page too early"


def complain_of_styles_only(visitor: Visitor) -> None:
    assert [said for said in visitor.said if "ERR_FAILED" not in said] == []
    visitor.said.clear()


def test_a_page_reads_well_without_styles(visit: Visit) -> None:
    visitor = visit()
    visitor.page.context.route("**/*.css", lambda route: route.abort())
    page = visitor.go(f"/{TOPIC.stage}/{TOPIC.id}/")
    text = page.locator("body").inner_text()
    stage = next(stage for stage in BOOK.guide.stages if stage.id == TOPIC.stage)
    words = ("Leave this page", stage.title, plain(TOPIC.question), plain(TOPIC.answer))
    order = [text.index(said) for said in words]

    assert order == sorted(order)
    page.get_by_role("searchbox").click()
    page.keyboard.type(plain(TOPIC.title))
    page.locator(".found a").first.wait_for()
    complain_of_styles_only(visitor)


def test_the_questions_can_be_answered_without_styles(visit: Visit) -> None:
    visitor = visit()
    visitor.page.context.route("**/*.css", lambda route: route.abort())
    page = visitor.go("/decide/")
    page.get_by_role("button", name="Start", exact=True).click()

    assert page.locator("[data-question]:visible").count() == 1
    assert page.locator("[data-outcome]:visible").count() == 0
    complain_of_styles_only(visitor)


def test_nothing_is_said_by_pictures_alone(site: Path) -> None:
    drawn = 0
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert "<img" not in html, path
        for drawing in re.findall(r"<(?:div|svg)[^>]*class=\"(?:drawing|mark)[^>]*>", html):
            assert 'aria-hidden="true"' in drawing, path
            drawn += 1
    assert drawn > 200


def explained(site: Path) -> dict[str, list[str]]:
    """The drawings that explain something, by the address of the page that shows them."""
    figure = re.compile(r'<figure class="diagram">.*?</figure>', re.DOTALL)
    pages = {path: figure.findall(path.read_text(encoding="utf-8")) for path in site.rglob("index.html")}
    return {f"/{path.parent.relative_to(site)}/": found for path, found in pages.items() if found}


def test_a_drawing_that_explains_says_so_in_words(site: Path) -> None:
    shown = [figure for figures in explained(site).values() for figure in figures]

    assert len(shown) > 5
    for figure in shown:
        svg = figure[figure.index("<svg") : figure.index("</svg>")]
        assert not re.sub("<[^>]*>", "", svg).strip(), (
            "words are in the shapes, where HTML reads them otherwise"
        )
        assert re.search("<figcaption>.+</figcaption>", figure)


@pytest.mark.parametrize("width", [320, 375])
def test_a_drawing_that_explains_takes_a_third_of_a_phone(visit: Visit, site: Path, width: int) -> None:
    shown = [path for path in explained(site) if path != "/whole/"]
    visitor = visit(viewport={"width": width, "height": 740})
    assert shown
    for path in shown:
        figure = visitor.go(path).locator(".diagram")
        assert figure.bounding_box()["height"] < 740 / 3, path
        for label in figure.locator("li").all():
            assert label.evaluate("it => it.scrollWidth <= it.clientWidth"), path


def test_who_chooses_all_colours_sees_drawings_in_them(visit: Visit) -> None:
    page = visit(forced_colors="active").go("/starting/what-counts/")
    colour = "(it, name) => getComputedStyle(it)[name]"
    text = page.locator(".diagram strong").first.evaluate(colour, "color")

    assert page.locator(".diagram .line").first.evaluate(colour, "stroke") == text
    assert page.locator(".diagram .you").first.evaluate(colour, "fill") == text
    assert page.locator(".diagram .sky").evaluate(colour, "fill") != text


# --- found and shared -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The handbook as it is published at an address below a host's root."""
    project = tmp_path_factory.mktemp("published")
    for name in ("mkdocs.yml", "content", "templates"):
        (project / name).symlink_to(ROOT / name)
    patch = pytest.MonkeyPatch()
    patch.setenv("SITE_URL", "https://example.org/guide/")
    built = build_site(project / "mkdocs.yml")
    patch.undo()
    assert built
    return built.site


def one(pattern: str, html: str) -> str:
    found = re.findall(pattern, html)
    assert len(found) == 1, f"{pattern}: {found}"
    return str(found[0])


def test_every_page_has_an_address_a_title_and_a_description_of_its_own(published: Path) -> None:
    told: dict[str, list[Any]] = {"titles": [], "descriptions": []}
    for path in published.rglob("index.html"):
        html = path.read_text(encoding="utf-8")
        folder = path.parent.relative_to(published).as_posix()
        address = "https://example.org/guide/" + ("" if folder == "." else f"{folder}/")
        assert one(r'<link rel="canonical" href="([^"]+)">', html) == address
        told["titles"].append(one(r"<title>(.*?)</title>", html))
        told["descriptions"].append(one(r'<meta name="description" content="([^"]+)">', html))

    for name, values in told.items():
        assert sorted(value for value in values if values.count(value) > 1) == [], name
        assert all(value.strip() for value in values)


def test_the_sitemap_has_every_page_that_says_something_of_its_own(published: Path) -> None:
    sitemap = (published / "sitemap.xml").read_text(encoding="utf-8")
    listed = set(re.findall(r"<loc>https://example.org/guide/([^<]*)</loc>", sitemap))
    there = {str(path.parent.relative_to(published)) for path in published.rglob("index.html")}

    assert listed == {"" if folder == "." else f"{folder}/" for folder in there - {"whole"}}
    assert len(re.findall(r"<lastmod>\d{4}-\d\d-\d\d</lastmod>", sitemap)) > len(BOOK.topics)


def test_a_missing_page_leads_on_from_wherever_it_was_asked_for(published: Path) -> None:
    html = (published / "404.html").read_text(encoding="utf-8")
    main = html.partition("<main")[2].partition("</main>")[0]
    links = re.findall(r'href="([^"]+)"', main)

    assert "/guide/help/" in links
    assert all(link.startswith("/guide/") for link in links)


def test_a_link_can_lead_to_every_point_and_script(site: Path) -> None:
    for topic in BOOK.topics.values():
        html = (site / topic.stage / topic.id / "index.html").read_text(encoding="utf-8")
        for name in (*(point.id for point in topic.advice), *(script.id for script in topic.scripts)):
            assert len(re.findall(rf'id="{name}"', html)) == 1
        assert all(f'href="#{point.id}"' in html for point in topic.advice)
