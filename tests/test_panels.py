"""The linked views: opened when wanted, in step with the filters, acting on the timeline."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from dashboard.counts import count_by_bin, count_shown, count_surely
from dashboard.query import Filters, open_tables
from dashboard.relations import count_relations

Open = Callable[..., Page]
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
SPOT = """(country) => {
  const map = document.getElementById('map-graph'), box = map.getBoundingClientRect();
  const { xaxis, yaxis } = map._fullLayout;
  const trace = map.data.find((one) => (one.customdata || []).includes(country));
  const n = trace.customdata.indexOf(country);
  return [box.left + xaxis._offset + xaxis.d2p(trace.x[n]),
          box.top + yaxis._offset + yaxis.d2p(trace.y[n])];
}"""
BAR = """(n) => {
  const plot = document.getElementById('activity-graph');
  const box = plot.getBoundingClientRect(), { xaxis, yaxis } = plot._fullLayout;
  const { x, width } = plot._fullData[0];
  return [box.left + xaxis._offset + xaxis.d2p(x[n] + width[n] / 2),
          box.top + yaxis._offset + yaxis._length - 3];
}"""


def test_a_panel_is_opened_kept_in_the_address_and_closed(open_page: Open) -> None:
    page = open_page()
    expect(page.locator("#panel-activity")).to_be_hidden()
    page.locator(".panels label").get_by_text("Activity", exact=True).click()
    expect(page.locator("#activity-graph .bars path").first).to_be_visible()
    assert "panel=activity" in page.url
    page.locator("[data-act=language]").click()
    expect(page.locator("#activity-heading")).to_have_text("Activité")
    expect(page.locator("#activity-graph .bars path").first).to_be_visible()
    page.go_back()
    page.go_back()
    expect(page.locator("#panel-activity")).to_be_hidden()


def test_a_bar_of_activity_is_zoomed_to(open_page: Open) -> None:
    page = open_page(path="/?panel=activity")
    page.locator("#activity-graph .bars path").first.wait_for()
    page.locator("#panel-activity label").get_by_text("Years", exact=True).click()
    page.wait_for_function(
        "() => document.getElementById('activity-graph').data[0].x.length === 10"
    )
    page.locator("#panel-activity").scroll_into_view_if_needed()
    page.mouse.click(*page.evaluate(BAR, 7))
    expect(page.locator("#window")).to_contain_text("2019")
    expect(page.locator("#years-said")).to_have_text("2019 – 2019")
    expect(page.locator("#shown")).to_have_text("3 of 13 events")
    page.wait_for_function("() => document.getElementById('activity-graph').data[0].x.length === 1")


def test_what_surely_lies_in_the_years_is_told_from_what_only_may(
    open_page: Open, table_folder: Path
) -> None:
    tables = open_tables(table_folder)
    inside = Filters(start=date.fromisoformat("2012-05-01"), end=date.fromisoformat("2012-06-30"))
    assert (count_shown(tables, inside), count_surely(tables, inside)) == (2, 1)
    assert count_surely(tables, Filters()) == count_shown(tables, Filters())
    bins = count_by_bin(tables, Filters(), "Y")
    assert next(iter(bins["bin"].astype(str))) == "2012-01-01"
    assert (bins["surely"].iloc[0], bins["possibly"].iloc[0]) == (2, 0)


@pytest.mark.parametrize("width", [360, 1280, 2560])
@pytest.mark.parametrize(("scheme", "locale"), [("light", "fr-FR"), ("dark", "en-GB")])
def test_panels_are_for_everybody(open_page: Open, width: int, scheme: str, locale: str) -> None:
    page = open_page(
        width, scheme=scheme, locale=locale, path="/?panel=activity&panel=matrix&panel=map"
    )
    page.locator("#activity-graph .bars path").first.wait_for()
    page.locator("#matrix-place table").wait_for()
    page.locator("#map-graph .main-svg").first.wait_for()
    found = Axe().run(page, options={"runOnly": RULES})
    assert not [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]]
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_a_cell_of_the_matrix_shows_the_events_of_two(open_page: Open) -> None:
    page = open_page(path="/?panel=matrix")
    table = page.locator("#matrix-place table")
    expect(table.get_by_role("rowheader")).to_have_text(["Northland", "Southmark", "Grey Brigade"])
    cell = table.get_by_role("button", name="Grey Brigade, Northland: 1 directed, 0 mutual")
    expect(cell).to_have_text("1")
    expect(table.get_by_role("button", name="Northland, Southmark")).to_have_text("2 ⇄ 2")
    cell.click()
    expect(page.locator("#shown")).to_contain_text("of 13 events")
    page.wait_for_url("**actor=Grey+Brigade&actor=Northland*")


def test_relations_are_counted_by_direction(table_folder: Path) -> None:
    relations = count_relations(open_tables(table_folder), Filters())
    assert relations.names == ("Northland", "Southmark", "Grey Brigade")
    assert relations.directed["Northland", "Grey Brigade"] == 1
    assert relations.directed["Southmark", "Northland"] == 1
    assert relations.mutual["Southmark", "Northland"] == relations.mutual["Northland", "Southmark"]
    assert count_relations(open_tables(table_folder), Filters(), most=2).others == 1


def test_a_place_on_the_map_chooses_its_event_or_shows_its_events(open_page: Open) -> None:
    page = open_page(path="/?panel=map")
    page.wait_for_function("() => document.getElementById('map-graph').data")
    expect(page.locator("#map-said")).to_have_text(
        "On the map: 7 events at 3 places. Without a place: 5."
    )
    places = page.locator("#map-places")
    places.get_by_role("button", name="Fort Alder").click()
    expect(page.locator("#card")).to_contain_text("Fort Alder")
    page.mouse.click(*page.evaluate(SPOT, "ISL"))
    expect(page.locator("#caption")).to_contain_text("Iceland")
    page.wait_for_url("**place=ISL*")
