"""A report and a data set that mean harm: the page shows what they hold as text, and only that."""

from collections.abc import Callable

from playwright.sync_api import FilePayload, Page, expect

Open = Callable[..., Page]
SCRIPT = "<script>window.owned = 1</script>"
IMAGE = '<img src=x onerror="window.owned = 2">'
LINK = '<a href="javascript:window.owned=3">x</a>'
TURNED = "\u202edeyortsed\u202c"
REPORT = f"""---
title: "{SCRIPT.replace('"', "'")}"
published: 2021-03-18
publisher: "{IMAGE.replace('"', "'")}"
url: "javascript:window.owned=4"
---
Gunmen killed two soldiers {IMAGE} in Baghdad on Tuesday {LINK}.

On 16 March 2021, {SCRIPT} a bomb {TURNED} killed three people in Mosul, the {TURNED} Front said.
"""
ROWS = (
    "date,title,actor,recipient,place,notes,url\n"
    f'2021-03-10,"{SCRIPT}","{SCRIPT} Front","{TURNED}","{SCRIPT} town","{SCRIPT}",'
    "javascript:window.owned=5\n"
    f"2021-03-11,{TURNED} raid,<b>bold</b>,<i>it</i>,&lt;script&gt;,=1+1,https://example.org/a\n"
)
HARM = """() => [
  window.owned === undefined,
  document.querySelectorAll('#page script, #page iframe, #page object, #page embed').length,
  [...document.querySelectorAll('#page img')].filter((one) => !one.src.startsWith('data:')).length,
  [...document.querySelectorAll('a[href], area[href]')]
    .filter((one) => !/^(https?|blob|data):/.test(one.protocol)).length,
  [...document.querySelectorAll('#page *')]
    .filter((one) => [...one.attributes].some(({ name }) => /^on/.test(name))).length,
]"""


def file(name: str, text: str) -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def check(page: Page) -> None:
    assert page.evaluate(HARM) == [True, 0, 0, 0, 0]


def test_what_means_harm_is_shown_as_text_in_every_view(open_page: Open) -> None:
    page = open_page()
    page.click("#desk-open")
    page.set_input_files("#desk-files", [file("bad.md", REPORT), file("bad.csv", ROWS)])
    page.click("#desk-read")
    page.wait_for_url("**/desk/*/")
    rows = page.locator("#rows .row")
    expect(rows.filter(has_text=SCRIPT).first).to_be_visible()
    check(page)
    rows.filter(has_text=SCRIPT).first.click()
    card = page.locator("#card")
    expect(card.locator("h2")).to_contain_text(SCRIPT)
    card.locator("details.record summary").click()
    expect(card.locator("details.record")).to_contain_text("javascript:window.owned=5")
    check(page)
    rows.filter(has_text="raid").click()
    card.locator("details.record summary").click()
    expect(card.get_by_role("link", name="https://example.org/a")).to_have_count(1)
    for panel in ("Activity", "Map", "Who against whom", "Table"):
        page.locator(".panels label").get_by_text(panel, exact=True).click()
    expect(page.locator("#matrix-place")).to_contain_text(f"{SCRIPT} Front")
    expect(page.locator("#grid .ag-row").first).to_be_visible()
    check(page)
    rows.filter(has_text="killed two soldiers").first.click()
    expect(card.locator("blockquote").first).to_contain_text(IMAGE)
    card.get_by_role("button", name="read in the report").click()
    expect(page.locator("#report-text")).to_contain_text(SCRIPT)
    expect(page.locator("#report-text")).to_contain_text(TURNED)
    check(page)
