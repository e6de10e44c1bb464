"""What a reader does with the page, in a real Chromium: look, narrow, choose, take away."""

import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
Open = Callable[..., Page]
NAMES = {"json": "Events and sources"}
YEARS = re.compile(r"(\d{4}) – (\d{4})")


MARK = """(event) => {
  const plot = document.querySelector('#timeline .js-plotly-plot');
  const box = plot.getBoundingClientRect(), { xaxis, yaxis } = plot._fullLayout;
  for (const { x, y, customdata = [] } of plot._fullData)
    for (let i = 0; i < customdata.length; i++)
      if ([customdata[i]].flat()[0] === event)
        return [
          box.left + xaxis._offset + xaxis.d2p(x[i]), box.top + yaxis._offset + yaxis.d2p(y[i]),
        ];
}"""
FOCUSED = """() => {
  const focused = document.activeElement, style = (one) => getComputedStyle(one);
  if (focused === document.body) return ['react-entry-point', true];
  const field = focused.closest('.mantine-Input-wrapper, .mantine-Switch-root');
  const parts = field ? [focused, ...field.querySelectorAll('*')] : [focused];
  const ringed = parts.map(style).some(
    (one) => one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) >= 2);
  const row = focused.matches('.row') && 'event ' + focused.dataset.name;
  return [focused.id || row || focused.getAttribute('aria-label') || focused.textContent, ringed];
}"""


def read_years(page: Page) -> tuple[int, int]:
    found = YEARS.search(page.inner_text("#years-said"))
    assert found
    return int(found[1]), int(found[2])


def drag(page: Page, where: str, first: float, last: float) -> None:
    """Drag along the plot in `where`, from one share of its width to another."""
    page.locator(where).scroll_into_view_if_needed()
    box = page.locator(f"{where} .nsewdrag").first.bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * first, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * (first + last) / 2, y, steps=4)
    page.mouse.move(box["x"] + box["width"] * last, y, steps=4)
    page.mouse.up()


def double_click(page: Page) -> None:
    """Double-click on an empty place of the timeline, once it has come to rest."""
    page.wait_for_timeout(400)
    expect(page.locator("#timeline")).not_to_have_attribute("aria-busy", "true")
    page.locator("#timeline").scroll_into_view_if_needed()
    box = page.locator("#timeline .nsewdrag").first.bounding_box()
    assert box
    page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + 4)


def choose_actor(page: Page, name: str) -> None:
    page.click("#actors")
    page.get_by_role("option", name=name).click()
    page.keyboard.press("Escape")


def row(page: Page, title: str) -> Locator:
    return page.locator("#rows .row", has_text=title)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_opens_sound_at_any_width(open_page: Open, width: int, scheme: str) -> None:
    page = open_page(width, scheme=scheme)
    expect(page.locator("#shown")).to_have_text("12 of 13 events")
    expect(page.locator("#hidden")).to_contain_text("1 denied, hypothetical or cancelled")
    expect(page.locator("#rows .row")).to_have_count(12)
    page.locator("#rows .row").nth(3).click()
    expect(page.locator("#card h2")).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
    found = Axe().run(page, options={"runOnly": RULES})
    assert not [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]]
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", paper)[:3])) > 384) == (scheme == "light")


def test_phone_shows_the_list_before_the_chart(open_page: Open) -> None:
    page = open_page(390)
    lists, chart = page.locator("#list").bounding_box(), page.locator("#chart").bounding_box()
    assert lists and chart and lists["y"] < chart["y"]
    expect(page.locator("#actors")).not_to_be_visible()
    page.click("#filters-panel > summary")
    choose_actor(page, "Grey Brigade")
    expect(page.locator("#shown")).to_have_text("4 of 13 events")
    expect(page.locator("#rows .row")).to_have_count(4)
    row(page, "Fort Alder").click()
    expect(page.locator("#card h2")).to_be_in_viewport()
    page.click("#close")
    expect(page.locator("#card")).not_to_be_visible()
    before = page.inner_text("#years-said")
    drag(page, "#overview", 0.6, 0.95)
    expect(page.locator("#years-said")).not_to_have_text(before)


def test_filters_by_actor_type_and_text_and_clears(open_page: Open) -> None:
    page = open_page()
    choose_actor(page, "Grey Brigade")
    expect(page.locator("#shown")).to_have_text("4 of 13 events")
    expect(page.locator("#hidden")).to_contain_text("8 with other actors")
    page.click("#types")
    page.get_by_role("option", name="Armed attack").click()
    page.keyboard.press("Escape")
    expect(page.locator("#shown")).to_have_text("2 of 13 events")
    page.fill("#text", "obus brigade")
    expect(page.locator("#shown")).to_have_text("0 of 13 events")
    expect(page.locator("#rows")).to_contain_text("No event fits")
    page.fill("#text", "BOMBARDÉ")
    expect(page.locator("#shown")).to_have_text("1 of 13 events")
    page.click("#clear")
    expect(page.locator("#shown")).to_have_text("12 of 13 events")
    expect(page.locator("#text")).to_have_value("")
    page.locator("label", has_text="Show also what is denied").click()
    expect(page.locator("#shown")).to_have_text("13 of 13 events")
    expect(row(page, "shot a courier").locator(".struck")).to_have_count(1)


def test_years_filter_by_overlap_and_move_the_view(open_page: Open) -> None:
    page = open_page()
    handle = page.get_by_role("slider", name="First year")
    handle.focus()
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#years-said")).to_have_text("2019 – 2021")
    expect(page.locator("#window")).to_contain_text("1 January 2019")
    expect(row(page, "has kept soldiers")).to_have_count(1)  # lasted into 2021
    expect(row(page, "last tanks")).to_have_count(0)
    expect(page.locator("#hidden")).to_contain_text("3 outside the chosen years")


def test_brush_and_zoom_move_the_years(open_page: Open) -> None:
    page = open_page()
    drag(page, "#overview", 0.5, 0.98)
    expect(page.locator("#years-said")).not_to_contain_text("2012")
    first, last = read_years(page)
    assert first in (2015, 2016, 2017) and last in (2020, 2021)
    expect(page.locator("#hidden")).to_contain_text("outside the chosen years")
    page.click("#zoom-reset")
    expect(page.locator("#years-said")).to_have_text("2012 – 2021")
    drag(page, "#timeline", 0.4, 0.9)
    expect(page.locator("#years-said")).not_to_contain_text("2012")
    wider = page.inner_text("#window")
    page.click("#zoom-in")
    expect(page.locator("#window")).not_to_have_text(wider)
    double_click(page)
    expect(page.locator("#years-said")).to_have_text("2012 – 2021")
    expect(page.locator("#window")).to_contain_text("1 January 2012")
    page.click("#zoom-in")
    expect(page.locator("#years-said")).not_to_have_text("2012 – 2021")
    expect(page.locator("#window")).not_to_contain_text("1 January 2012")
    double_click(page)  # the same once more
    expect(page.locator("#years-said")).to_have_text("2012 – 2021")
    expect(page.locator("#window")).to_contain_text("1 January 2012")
    box = page.locator("#timeline .nsewdrag").first.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2)
    for _ in range(4):
        page.mouse.wheel(0, -400)
    expect(page.locator("#years-said")).not_to_contain_text("2012")
    expect(page.locator("#clear")).to_be_enabled()


def test_card_shows_each_sentence_with_its_marks(open_page: Open) -> None:
    page = open_page()
    row(page, "shelled Fort Alder").click()
    card = page.locator("#card")
    expect(card.locator("h2")).to_be_focused()
    expect(card.locator(".when")).to_have_text("16 March 2021")
    expect(card).to_contain_text("7 (from 4 to 7)")
    expect(card.locator("blockquote")).to_have_count(2)
    said = card.locator("blockquote").filter(has_text="Tuesday")
    expect(said.locator("mark.date")).to_have_text("Tuesday")
    expect(said.locator("mark.actor")).to_have_text("Grey Brigade")
    expect(said.locator("mark.toll")).to_have_text("killing 4")
    expect(card).to_contain_text(
        "« Tuesday » means Tuesday 16 March 2021, because published on Thursday 18 March 2021."
    )
    expect(card.locator(".differ tbody tr")).to_have_count(2)
    expect(card.locator("a")).to_have_attribute("href", "https://example.org/fort-alder")
    expect(page.locator("#chosen-said")).to_contain_text("shelled Fort Alder")


def test_a_mark_of_the_chart_opens_its_card(open_page: Open) -> None:
    page = open_page()
    choose_actor(page, "Grey Brigade")
    expect(page.locator("#shown")).to_have_text("4 of 13 events")
    page.locator("#timeline").scroll_into_view_if_needed()
    expect(page.locator("#timeline")).not_to_contain_text("last tanks")
    page.wait_for_timeout(300)  # the axis comes to rest
    place = page.evaluate(MARK, "e07")
    page.mouse.move(*place)
    expect(page.locator("#timeline .hoverlayer")).to_contain_text("burned a Northland depot")
    page.mouse.click(*place)
    expect(page.locator("#card h2")).to_have_text("The Grey Brigade burned a Northland depot")
    expect(page.locator(".row.chosen")).to_contain_text("burned a Northland depot")


def test_a_report_is_shown_as_text_never_as_markup(open_page: Open) -> None:
    page = open_page()
    row(page, "The parties will meet").click()
    expect(page.locator("#card blockquote")).to_contain_text("<script>window.owned = 1</script>")
    expect(page.locator("#card")).to_contain_text("planned")
    expect(page.locator("#card img, #rows img, #card script")).to_have_count(0)
    expect(page.locator("#card a")).to_have_count(0)  # its address is javascript:
    assert page.evaluate("window.owned") is None


def test_tells_what_has_no_day(open_page: Open) -> None:
    page = open_page()
    page.click(".undated summary")
    expect(page.locator(".undated li")).to_contain_text("One Monday, a bridge fell.")


def test_each_download_holds_the_view_as_filtered(open_page: Open, tmp_path: Path) -> None:
    page = open_page()
    choose_actor(page, "Grey Brigade")
    expect(page.locator("#shown")).to_have_text("4 of 13 events")
    files = {}
    for format in ("png", "svg", "html", "csv", "json", "xlsx", "ics"):
        page.click("#downloads summary")
        with page.expect_download() as caught:
            page.locator(
                "#downloads button", has_text=NAMES.get(format, f"({format.upper()})")
            ).click()
        expect(page.locator("#download-said")).to_contain_text(f"timeline.{format}")
        files[format] = tmp_path / caught.value.suggested_filename
        caught.value.save_as(files[format])
    png, svg = files["png"].read_bytes(), files["svg"].read_text("utf-8")
    assert png.startswith(b"\x89PNG") and b"iTXt" in png and b"Grey Brigade" in png
    assert "<metadata" in svg and "4 of 13" in svg and 'font-family: "Source Serif 4"' in svg
    assert len(files["csv"].read_text("utf-8-sig").strip().splitlines()) == 5
    assert len(json.loads(files["json"].read_bytes())["events"]) == 4
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(files["html"].as_uri())
    expect(page.locator(".js-plotly-plot .main-svg").first).to_contain_text("Fort Alder")
    page.goto(files["svg"].as_uri())
    assert not [url for url in asked if url.startswith("http")]


def test_everything_is_reached_by_keyboard_and_seen_in_focus(open_page: Open) -> None:
    page = open_page()
    reached: list[str] = []
    while True:
        page.keyboard.press("Tab")
        name, seen = page.evaluate(FOCUSED)
        if name == "react-entry-point" or name in reached:
            break
        assert seen, name
        reached.append(name)
    for control in ("actors", "types", "text", "zoom-in", "zoom-out", "zoom-reset", "not-asserted"):
        assert control in reached, (control, reached)
    assert "First year" in reached and "Last year" in reached
    assert sum("event" in name for name in reached) >= 12
    page.locator("#rows .row").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#card h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#rows .row").first).to_be_focused()
    expect(page.locator("#card h2")).to_have_count(0)


def test_speaks_the_language_of_the_browser_and_of_the_switch(open_page: Open) -> None:
    page = open_page(locale="fr-FR")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("#shown")).to_have_text("12 événements sur 13")
    row(page, "shelled Fort Alder").click()
    expect(page.locator("#card")).to_contain_text(
        "« Mardi » désigne mardi 16 mars 2021, car publié le jeudi 18 mars 2021"
    )
    page.click("#other-language")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#shown")).to_have_text("12 of 13 events")


def test_two_browsers_share_no_state(open_page: Open) -> None:
    one, other = open_page(), open_page()
    choose_actor(one, "Grey Brigade")
    row(other, "held elections").click()
    expect(one.locator("#shown")).to_have_text("4 of 13 events")
    expect(other.locator("#shown")).to_have_text("12 of 13 events")
    expect(other.locator("#card h2")).to_have_text("Southmark held elections")
    expect(one.locator("#card h2")).to_have_count(0)


def test_says_who_may_run_scripts_and_refuses_too_much(address: str) -> None:
    with urllib.request.urlopen(address) as answer:
        headers = answer.headers
    assert "script-src 'self' 'sha256-" in headers["Content-Security-Policy"]
    assert "unsafe-eval" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    large = urllib.request.Request(
        f"{address}_dash-update-component",
        data=b"x" * (18 * 2**20),
        headers={"Content-Type": "application/json"},
    )
    with pytest.raises(urllib.error.HTTPError, match="413"):
        urllib.request.urlopen(large)


def test_the_address_holds_the_view_and_opens_it_again(open_page: Open, address: str) -> None:
    page = open_page()
    choose_actor(page, "Grey Brigade")
    page.wait_for_url("**/?actor=Grey+Brigade")
    shown = "4 of 13 events"
    expect(page.locator("#shown")).to_have_text(shown)
    page.locator(".row").first.click()
    page.wait_for_url("**&event=*")
    title = page.inner_text("#card h2")
    again = open_page(path="/" + page.url.removeprefix(address).lstrip("/"))
    expect(again.locator("#card h2")).to_have_text(title)
    expect(again.locator("#shown")).to_have_text(shown)
    page.go_back()
    page.go_back()
    expect(page.locator("#shown")).to_have_text("12 of 13 events")
    page.go_forward()
    expect(page.locator("#shown")).to_have_text(shown)


def test_an_address_with_nonsense_opens_and_says_so(open_page: Open) -> None:
    page = open_page(path="/?actor=Nobody&colour=red&from=2015")
    expect(page.locator("#ignored")).to_contain_text("actor=Nobody, colour=red")
    expect(page.locator("#years-said")).to_have_text(re.compile("^2015"))


def test_lanes_by_type_are_ordered_folded_and_hidden(open_page: Open) -> None:
    page = open_page()
    page.click(".lanes summary")
    page.click("#lanes-by")
    page.get_by_role("option", name="type of event").click()
    page.wait_for_url("**/?lanes=type")
    lanes = page.locator("#lane-list li span")
    expect(lanes.first).to_have_text(re.compile("attack|strike", re.IGNORECASE))
    first, second = lanes.nth(0).inner_text(), lanes.nth(1).inner_text()
    page.get_by_role("button", name=f"Move “{second}” up").click()
    expect(lanes.nth(0)).to_have_text(second)
    names = page.locator("#timeline .annotation-text")
    expect(names.filter(has_text=first)).to_have_count(1)
    page.get_by_role("button", name=f"Hide “{first}”").click()
    expect(names.filter(has_text=first)).to_have_count(0)
    page.get_by_role("button", name=f"Hide “{first}”").click()
    expect(names.filter(has_text=first)).to_have_count(1)
    page.get_by_role("button", name=f"Fold “{second}”").click()
    page.wait_for_url("**fold=*")


def test_places_and_sources_are_filters_like_others(open_page: Open) -> None:
    page = open_page(path="/?place=Fort+Alder")
    expect(page.locator("#shown")).to_have_text("1 of 13 events")
    expect(page.locator("#hidden")).to_contain_text("in other places")
    page.get_by_role("button", name="Clear all filters").first.click()
    page.locator("#sources").click()
    page.get_by_role("option", name="Fort Alder sous les obus").click()
    expect(page.locator("#shown")).to_have_text("2 of 13 events")
    assert "source=fr" in page.url
    expect(page.locator("#caption")).to_contain_text("Told by: Fort Alder sous les obus")


@pytest.mark.parametrize("width", [360, 1280, 2560])
def test_the_page_comes_with_a_chart_of_the_width_of_its_place(open_page: Open, width: int) -> None:
    page = open_page(width)
    page.wait_for_load_state("networkidle")
    drawn, place, asked = page.evaluate(
        """() => [
          document.getElementById("timeline-graph").layout.width,
          document.getElementById("timeline").clientWidth,
          performance.getEntries().filter((one) => one.name.endsWith("/chart")).length,
        ]"""
    )
    assert (drawn, asked) == (place, 0)


def test_a_change_in_the_first_moments_is_kept(chromium: Browser, address: str) -> None:
    page = chromium.new_page(locale="en-GB")
    page.goto(address)
    page.locator("#timeline-graph .main-svg").first.wait_for()
    page.evaluate("window.dash_clientside.set_props('types', { value: ['bombing'] })")
    expect(page.locator("#shown")).to_have_text("1 of 13 events")
    page.close()


def test_what_is_done_together_is_kept_together(open_page: Open) -> None:
    page = open_page()
    page.evaluate(
        """() => {
          window.dash_clientside.set_props("lanes-order", { value: "first" });
          window.act("choose", document.querySelector("#rows .row").dataset.name);
        }"""
    )
    expect(page.locator("#card [data-event]")).to_be_visible()
    page.wait_for_url("**order=first*")
