"""Adding reports as a reader does: paste, choose, drop; asked for the day; shown, and removed."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
TUESDAY = "On Tuesday, a car bomb killed five soldiers in Mosul, the army said."
DATED = "MOSUL, 18 March 2021 (Reuters) - On Monday, gunmen killed two soldiers in Kirkuk."
DROP = """(files) => {
  const given = new DataTransfer();
  for (const [name, text] of files) given.items.add(new File([text], name));
  document.body.dispatchEvent(
    new DragEvent('drop', { dataTransfer: given, bubbles: true, cancelable: true }));
}"""


def file(name: str, content: str | bytes) -> Any:
    data = content.encode() if isinstance(content, str) else content
    return {"name": name, "mimeType": "text/plain", "buffer": data}


def test_a_pasted_text_is_asked_for_its_day_and_shown_beside_the_table(open_page: Open) -> None:
    page = open_page(path="/?lanes=type")
    page.get_by_role("button", name="Add reports").click()
    expect(page.get_by_label("Paste a text")).to_be_focused()
    page.keyboard.type(TUESDAY)
    page.get_by_role("button", name="Read", exact=True).click()
    day = page.get_by_label("Day of publication")
    expect(day).to_be_focused()
    expect(page.locator("#desk-said")).to_contain_text("day of publication was not found")
    day.fill("2021-03-18")
    page.get_by_role("button", name="Read with this day").click()
    page.wait_for_url("**/desk/*/?lanes=type")
    expect(page.locator("#shown")).to_have_text("13 of 14 events")
    row = page.locator("#rows .row", has_text="a car bomb killed")
    expect(row).to_contain_text("16 March 2021")
    expect(page.locator("#rows")).to_contain_text("tanks left Southmark")
    row.click()
    expect(page.locator("#card")).to_contain_text("« Tuesday » means Tuesday 16 March 2021")
    expect(open_page().locator("#shown")).to_have_text("12 of 13 events")  # nobody else sees it


def test_what_is_bad_is_told_and_the_rest_is_read(open_page: Open) -> None:
    page = open_page()
    page.click("#desk-open")
    nasty = f'<img src=x onerror="window.owned = 1">{DATED}'
    page.set_input_files(
        "#desk-files",
        [file("cut.pdf", "%PDF-1.7 cut"), file("<b>a.txt", DATED), file("rows.csv", "a,b"),
         file("nasty.md", f"---\npublished: 2021-03-18\n---\n{nasty}")],
    )  # fmt: skip
    expect(page.locator("#desk li.waiting")).to_have_count(4)
    page.click("#desk-read")
    expect(page.locator("#desk li.refused")).to_have_text(
        [
            "cut.pdfa damaged PDF: open it and save it anew×",
            "rows.csvno column with days that we know: call it date×",
        ]
    )
    expect(page.locator("#desk li.read bdi")).to_have_text(["<b>a.txt", "nasty.md"])
    expect(page.locator("#desk-said")).to_have_text("2 of 4 read")
    page.get_by_role("button", name="Show the timeline with them").click()
    page.wait_for_url("**/desk/*/")
    expect(page.locator("footer")).to_contain_text("<img src=x onerror=")
    expect(page.locator("#rows")).to_contain_text("Gunmen killed two soldiers")
    assert page.evaluate("window.owned") is None
    page.get_by_role("button", name="Your reports").click()
    page.get_by_role("button", name="Remove my reports").click()
    expect(page.locator("#shown")).to_have_text("12 of 13 events")
    assert page.evaluate("location.pathname") == "/"


def test_two_files_dropped_on_the_page_are_read_and_more_are_added(open_page: Open) -> None:
    page = open_page(locale="fr-FR")
    page.evaluate(DROP, [["a.txt", DATED], ["b.html", f"<p>{DATED} It was the second raid.</p>"]])
    expect(page.locator("#desk h2")).to_have_text("Ajouter des rapports")
    expect(page.locator("#desk li.waiting")).to_have_count(2)
    page.get_by_role("button", name="Lire", exact=True).click()
    page.wait_for_url("**/desk/*/")
    expect(page.locator("footer li")).to_have_count(4)
    page.click("#desk-open")
    page.fill("#desk-text", TUESDAY)
    page.click("#desk-read")
    page.get_by_role("button", name="Lire sans").click()
    expect(page.locator("footer li")).to_have_count(5)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_dialog_is_for_everybody(open_page: Open, width: int, scheme: str) -> None:
    page = open_page(width, scheme=scheme)
    page.locator("#desk-open").focus()
    page.keyboard.press("Enter")
    page.set_input_files("#desk-files", [file("cut.pdf", "%PDF"), file("a.txt", TUESDAY)])
    page.click("#desk-read")
    expect(page.locator("#desk .ask input")).to_be_focused()
    found = Axe().run(page, options={"runOnly": RULES})
    assert not [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]]
    assert page.evaluate("(one => one.scrollWidth - one.clientWidth)(desk)") <= 0
    page.keyboard.press("Escape")
    expect(page.locator("#desk")).not_to_be_visible()
    expect(page.locator("#desk-open")).to_be_focused()


def test_what_is_too_large_is_not_even_sent(open_page: Open) -> None:
    page = open_page()
    page.click("#desk-open")
    page.click("#desk-read")
    expect(page.locator("#desk-said")).to_have_text("Paste a text or choose a file first.")
    page.evaluate(DROP, [["huge.txt", "x" * 20_000_001]])
    expect(page.locator("#desk li.refused")).to_contain_text("Over 20 MB")
    page.get_by_role("button", name="Leave out huge.txt").click()
    expect(page.locator("#desk li")).to_have_count(0)
