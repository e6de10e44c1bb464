"""The page for everybody: axe-core, targets, focus, what is announced, less motion, paper."""

import io
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pypdf import PdfReader

Open = Callable[..., Page]
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
SMALL = """() => [...document.querySelectorAll(
    'button, a, summary, select, [role=slider], [role=switch], input')]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('p, li li'))
  .map((one) => {
    const shown = one.closest('.mantine-Switch-root, .mantine-Input-wrapper') || one;
    return [one.outerHTML.slice(0, 90), shown.getBoundingClientRect()];
  })
  .filter(([, box]) => box.width > 1 && (box.width < 24 || box.height < 24))
  .map(([name, box]) => `${name} ${box.width} x ${box.height}`)"""


@pytest.mark.parametrize("locale", ["en-GB", "fr-FR"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280, 2560])
def test_axe_finds_nothing(open_page: Open, width: int, scheme: str, locale: str) -> None:
    page = open_page(width, scheme=scheme, locale=locale, path="/?event=e10&denied=1")
    expect(page.locator("#card h2")).to_contain_text("Fort Alder")
    for fold in ("#guide summary", "#key > summary", ".lanes > summary"):
        page.locator(fold).first.evaluate("one => one.click()")
    expect(page.locator("#key-signs li").first).to_be_visible()
    found = Axe().run(page, options={"runOnly": RULES})
    assert not [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]]
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert not page.evaluate(SMALL)


def test_the_key_draws_what_is_in_view_and_no_more(open_page: Open) -> None:
    page = open_page()
    page.click("#key > summary")
    key = page.locator("#key-signs")
    for sign in ("arrow: no end known", "soft band", "hollow: planned", "Withdrawal", "whisker"):
        expect(key).to_contain_text(sign)
    expect(key).not_to_contain_text("not asserted")
    assert page.evaluate(
        "[...document.querySelectorAll('#key img')].every((one) => one.naturalWidth)"
    )
    page.locator("label", has_text="Show also what is denied").click()
    expect(key).to_contain_text("not asserted")
    page.fill("#text", "tanks")
    expect(key.locator("li")).to_have_text(["Withdrawal", "soft band: some time in it"])


def test_where_nothing_fits_the_filter_in_the_way_is_dropped(open_page: Open) -> None:
    page = open_page(path="/?actor=Grey+Brigade&text=tanks")
    rows = page.locator("#rows")
    expect(rows).to_contain_text("No event fits")
    expect(rows.get_by_role("button")).to_have_text(
        ["any actor (1)", "without the search (4)", "Clear all filters"]
    )
    rows.get_by_role("button", name="without the search").click()
    expect(page.locator("#shown")).to_have_text("4 of 13 events")
    expect(page.locator("#text")).to_have_value("")
    page.fill("#text", "zzz")
    rows.get_by_role("button", name="Clear all").click()
    expect(page.locator("#shown")).to_have_text("12 of 13 events")


def test_what_was_denied_is_offered_where_nothing_else_fits(open_page: Open) -> None:
    page = open_page(path="/?text=courier")
    page.get_by_role("button", name="denied or hypothetical (1)").click()
    expect(page.locator("#shown")).to_have_text("1 of 13 events")
    expect(page.locator("#not-asserted")).to_be_checked()


def test_motion_is_left_out_on_request(open_page: Open) -> None:
    page = open_page()
    moving = """[...document.querySelectorAll('*')].map((one) => getComputedStyle(one))
        .filter((style) => parseFloat(style.animationDuration) > 0 ||
            parseFloat(style.transitionDuration) > 0.01).length"""
    assert page.evaluate(moving) == 0


def test_paper_takes_the_timeline_its_caption_and_the_list(open_page: Open) -> None:
    page = open_page(path="/?text=Grey&event=e10")
    expect(page.locator("#card h2")).to_be_visible()
    expect(page.locator("#shown")).to_have_text("4 of 13 events")
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    text = " ".join(one.extract_text() for one in paper.pages)
    for told in ("Text: “Grey” · 4 of 13 events", "burned a Northland depot", "Sable Times",
                 "killing 4", "language=en"):  # fmt: skip
        assert told in " ".join(text.split()), text
    for control in ("Copy link", "Download", "Put away", "All actors"):
        assert control not in text
    width, height = paper.pages[0].mediabox.width, paper.pages[0].mediabox.height
    assert width > height
