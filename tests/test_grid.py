"""The table view: sorted, narrowed, chosen from, by mouse and by key."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from dashboard.paging import ORDERS, Condition, select_page
from dashboard.query import Filters, open_tables

Open = Callable[..., Page]
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]


def cells(page: Page, column: str) -> Locator:
    return page.locator(f".ag-center-cols-container .ag-cell[col-id={column}]")


def narrow(page: Page, column: str, text: str) -> None:
    page.locator(f".ag-header-cell[col-id={column}] .ag-header-cell-filter-button").click()
    page.locator(".ag-filter input[type=text], .ag-filter input[type=number]").first.fill(text)
    page.get_by_role("button", name="Apply").click()


def test_the_table_opens_sorts_narrows_and_chooses(open_page: Open) -> None:
    page = open_page()
    page.locator(".panels label").get_by_text("Table", exact=True).click()
    expect(cells(page, "when").first).to_have_text("2012")
    assert "panel=table" in page.url
    heads = page.locator(".ag-header-cell-label")
    heads.filter(has_text="When").click()
    heads.filter(has_text="When").click()
    expect(cells(page, "when").first).to_have_text("30 March 2021")
    narrow(page, "actors", "grey")
    expect(cells(page, "actors")).to_have_text(["Grey Brigade"] * 3)
    cells(page, "title").filter(has_text="burned").click()
    expect(page.locator("#card h2")).to_contain_text("burned")
    assert "event=e07" in page.url
    page.locator("#rows .row").filter(has_text="shelled").click()
    expect(page.locator(".ag-row-selected")).to_contain_text("shelled")
    page.fill("#text", "depot")
    expect(cells(page, "title")).to_have_text(["The Grey Brigade burned a Northland depot"])


def test_the_table_is_walked_by_key(open_page: Open) -> None:
    page = open_page(path="/?panel=table")
    expect(cells(page, "when").first).to_have_text("2012")
    page.locator("#panel-table .choices input").last.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".ag-cell-focus")).to_have_count(1)
    page.keyboard.press("Space")
    expect(page.locator("#card h2")).to_be_visible()
    expect(page.locator(".ag-row-selected")).to_have_count(1)


def test_columns_are_chosen_and_what_a_report_says_is_text(open_page: Open) -> None:
    page = open_page(path="/?panel=table")
    expect(cells(page, "when").first).to_have_text("2012")
    page.locator("#panel-table").get_by_text("Sources", exact=True).click()
    expect(page.locator(".ag-header-cell[col-id=sources]")).to_be_attached()
    page.locator("#panel-table label").get_by_text("Type", exact=True).click()
    expect(page.locator(".ag-header-cell[col-id=type]")).to_have_count(0)
    expect(cells(page, "title").filter(has_text="<script>")).to_have_count(1)
    assert not page.evaluate("'owned' in window")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(("scheme", "locale"), [("light", "fr-FR"), ("dark", "en-GB")])
def test_the_table_is_for_everybody(open_page: Open, width: int, scheme: str, locale: str) -> None:
    page = open_page(width, scheme=scheme, locale=locale, path="/?panel=table&event=e10")
    expect(cells(page, "when").first).not_to_be_empty()
    found = Axe().run(page, options={"runOnly": RULES})
    assert not [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]]
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_a_page_is_what_the_rows_say(table_folder: Path) -> None:
    tables = open_tables(table_folder)
    for column in ORDERS:
        up, total = select_page(tables, Filters(), order=[(column, False)], most=50)
        down, _ = select_page(tables, Filters(), order=[(column, True)], most=50)
        assert total == len(up) == len(down) == 12
        assert {row["event_id"] for row in up} == {row["event_id"] for row in down}
    rows, total = select_page(tables, Filters(), first=10, most=5)
    assert (len(rows), total) == (2, 12)


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (Condition("title", words="TANKS"), {"e03"}),
        (Condition("actors", names=("Southmark",)), {"e06", "e08", "e12", "e13"}),
        (Condition("type", names=("bombing",)), {"e05"}),
        (Condition("type", names=()), set()),
        (Condition("killed", low=7), {"e05", "e10"}),
        (Condition("when", low=date(2021, 3, 16)), {"e02", "e10", "e12", "e13"}),
        (Condition("when", low=date(2012, 5, 1), high=date(2012, 5, 1)), {"e01", "e02"}),
    ],
)
def test_a_column_is_narrowed(table_folder: Path, condition: Condition, found: set[str]) -> None:
    rows, total = select_page(open_tables(table_folder), Filters(), conditions=[condition])
    assert {row["event_id"] for row in rows} == found
    assert total == len(found)
