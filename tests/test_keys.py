"""The timeline by key and by finger, the guide, the theme, the language, the link."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from dashboard.steps import find_step

Open = Callable[..., Page]
ROWS = [
    {"event_id": name, "start": start, "end": end}
    for name, start, end in [("a", 1, 3), ("b", 1, 4), ("c", 2, 2)]
]


def press(page: Page, *keys: str) -> None:
    page.focus("#timeline")
    for key in keys:
        page.keyboard.press(key)


@pytest.mark.parametrize(
    ("chosen", "by", "found"),
    [(None, 1, "a"), (None, -1, "c"), ("a", 1, "b"), ("c", -1, "b"), ("c", 1, "c"), ("a", -1, "a")],
)
def test_steps_go_in_time_and_stop_at_the_ends(chosen: str | None, by: int, found: str) -> None:
    from_there = next((row for row in ROWS if row["event_id"] == chosen), None)
    step = find_step(ROWS, from_there, by)
    assert step and step["event_id"] == found


def test_a_step_from_a_hidden_event_goes_on_from_its_place_in_time() -> None:
    hidden = {"event_id": "h", "start": 1, "end": 9}
    after, before = find_step(ROWS, hidden, 1), find_step(ROWS, hidden, -1)
    assert after and before and (after["event_id"], before["event_id"]) == ("c", "b")
    assert find_step([], None, 1) is None


def test_keys_go_from_event_to_event_and_say_so(open_page: Open) -> None:
    page = open_page()
    said = page.locator("#chosen-said")
    press(page, "n")
    expect(said).to_contain_text("Northland marched into Southmark, 2012")
    press(page, "n")
    expect(said).to_contain_text("has kept soldiers")
    press(page, "p")
    expect(said).to_contain_text("marched into Southmark")
    expect(page.locator("#timeline")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#card h2")).to_be_focused()
    page.get_by_role("button", name="Next event").click()
    expect(said).to_contain_text("has kept soldiers")


def test_keys_zoom_pan_and_show_the_whole(open_page: Open) -> None:
    page = open_page()
    window = page.locator("#window")
    whole = window.inner_text()
    press(page, "ArrowRight")  # of the whole nothing is left to see
    expect(window).to_have_text(whole)
    press(page, "+")
    expect(window).not_to_have_text(whole)
    near = window.inner_text()
    press(page, "ArrowRight")
    expect(window).not_to_have_text(near)
    press(page, "ArrowLeft")
    expect(window).to_have_text(near)
    press(page, "Home")
    expect(window).to_have_text(whole)


def test_the_chosen_event_is_shown_closely_and_the_next_comes_into_view(open_page: Open) -> None:
    page = open_page(path="/?event=e05")
    expect(page.locator("#card h2")).to_contain_text("A bomb")
    press(page, "f")
    expect(page.locator("#window")).to_contain_text("2019 – ")
    expect(page.locator("#years-said")).to_have_text("2019 – 2019")
    page.locator("#text").focus()
    page.keyboard.type("n")  # a letter, elsewhere
    expect(page.locator("#chosen-said")).to_contain_text("A bomb")


def test_two_fingers_zoom(open_page: Open) -> None:
    page = open_page(390)
    page.click("#guide-close")
    whole = page.inner_text("#window")
    page.locator("#timeline").scroll_into_view_if_needed()
    box = page.locator("#timeline").bounding_box()
    assert box
    y = box["y"] + min(box["height"] / 2, 60)
    touch = page.context.new_cdp_session(page)

    def fingers(kind: str, *places: float) -> None:
        points = [{"x": x, "y": y, "id": number} for number, x in enumerate(places)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    fingers("touchStart", 180, 220)
    for spread in range(0, 100, 10):
        fingers("touchMove", 180 - spread, 220 + spread)
    fingers("touchEnd")
    expect(page.locator("#window")).not_to_have_text(whole)
    page.wait_for_url("**zoom=*")
    assert page.evaluate("window.visualViewport.scale") == 1


def test_the_guide_is_put_away_and_called_again(open_page: Open) -> None:
    page = open_page()
    expect(page.locator("#guide li")).to_have_count(4)
    page.click("#guide-close")
    expect(page.locator("#guide")).not_to_be_visible()
    expect(page.locator("#guide-open")).to_be_focused()
    page.reload()
    page.wait_for_selector("#overview .main-svg")
    expect(page.locator("#guide")).not_to_be_visible()
    press(page, "?")
    expect(page.locator("#guide-heading")).to_be_focused()
    page.click("#guide summary")
    expect(page.locator("#guide kbd").first).to_be_visible()


def test_the_theme_is_of_the_system_until_chosen_and_stands_in_the_address(
    open_page: Open,
) -> None:
    page = open_page(scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(paper)
    page.click("#other-theme")
    page.wait_for_url("**/?theme=light")
    light = page.evaluate(paper)
    assert light != dark
    expect(page.locator("#timeline .main-svg").first).to_have_css("background", re.compile("253"))
    page.emulate_media(color_scheme="light")  # what was chosen stays
    assert page.evaluate(paper) == light
    page.go_back()  # of the system, which is light now
    page.wait_for_url(re.compile(r"/$"))
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    again = open_page(path="/?theme=dark")
    assert again.evaluate(paper) == dark
    expect(again.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")


def test_the_language_changes_in_place_and_the_view_stays(open_page: Open) -> None:
    page = open_page(path="/?text=Grey&event=e07&zoom=2019-01-01..2021-12-31&lanes=type")
    expect(page.locator("#shown")).to_have_text("4 of 13 events")
    expect(page.locator("#card h2")).to_contain_text("burned a Northland depot")
    page.evaluate("window.same = true")
    page.click(".lanes summary")
    page.click("#other-language")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("#shown")).to_have_text("4 événements sur 13")
    expect(page.locator("#card .when")).to_have_text("14 février 2020")
    expect(page.locator("#window")).to_contain_text("1er janvier 2019 – 31 décembre 2021")
    expect(page.locator("#text")).to_have_value("Grey")
    expect(page.locator("#lanes-by")).to_have_value("type d'événement")
    expect(page.locator(".row.chosen")).to_contain_text("burned a Northland depot")
    expect(page.locator("#lanes-order")).to_be_visible()  # what was open stays open
    expect(page.locator("#other-language")).to_be_focused()
    expect(page).to_have_title("Chronologie de conflit")
    locale = "document.querySelector('#timeline .js-plotly-plot')._context.locale"
    page.wait_for_function(f"{locale} === 'fr'")
    page.fill("#text", "obus")
    expect(page.locator("#shown")).to_contain_text("événement")
    assert page.evaluate("window.same")
    page.wait_for_url("**text=obus*")
    page.go_back()
    page.go_back()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#shown")).to_have_text("4 of 13 events")


def test_the_link_is_copied_with_its_language(open_page: Open, address: str) -> None:
    page = open_page(path="/?text=Grey")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("#copy-link")
    expect(page.locator("#link-said")).to_have_text("Link copied.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}?text=Grey&language=en"
