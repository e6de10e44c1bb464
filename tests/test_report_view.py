"""The report view: text with its phrases marked, one selection with the rest of the page."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from dashboard.page.passages import cut_parts, find_part, mark_passage

Open = Callable[..., Page]
INSIDE = """(box) => {
  const all = box.getBoundingClientRect();
  const told = box.querySelector(".told.chosen").getBoundingClientRect();
  return told.top >= all.top && told.top < all.bottom;
}"""


def test_a_phrase_chooses_its_event_and_an_event_finds_its_sentence(open_page: Open) -> None:
    page = open_page(path="/?report=en")
    text = page.locator("#report-text")
    text.locator("mark.date", has_text="3 June 2019").click()
    expect(page.locator("#card h2")).to_have_text("A bomb of the Grey Brigade in Port Sable")
    expect(text.locator(".told.chosen")).to_contain_text("3 June 2019")
    page.locator("#rows .row", has_text="The Grey Brigade burned").click()
    expect(text.locator(".told.chosen")).to_contain_text("14 February 2020")
    assert text.evaluate(INSIDE)
    assert "report=en" in page.url and "event=e07" in page.url
    page.go_back()
    expect(text.locator(".told.chosen")).to_contain_text("3 June 2019")


def test_a_report_is_text_only(open_page: Open) -> None:
    page = open_page(path="/?report=en")
    text = page.locator("#report-text")
    expect(text).to_contain_text("<script>")
    assert text.locator("script, img, a, iframe").count() == 0
    assert text.get_attribute("dir") == "auto"


def test_the_keyboard_chooses_and_the_card_opens_the_report(open_page: Open) -> None:
    page = open_page(path="/?event=e13")
    page.locator("#card").get_by_text("read in the report").first.click()
    expect(page.locator("#report-text .told.chosen")).to_be_visible()
    date = page.locator("#report-text mark.date", has_text="May 2016")
    date.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#report-text .told.chosen")).to_contain_text("May 2016")


def test_a_long_text_is_shown_in_parts_that_lose_nothing() -> None:
    for text in ("a line of it\n" * 80_000, "x" * 1_000_000, ""):
        parts = cut_parts(text)
        assert "".join(text[start:end] for start, end in parts) == text
        assert all(end - start <= 20_000 for start, end in parts)
        assert find_part(parts, len(text) - 1) == len(parts) - 1


def test_offsets_that_do_not_fit_the_text_mark_nothing() -> None:
    mention = {"event_id": "e", "sentence_start": 2, "sentence_end": 99, "date_start": None,
               "date_end": None, "spans": None}  # fmt: skip
    assert mark_passage("short", [mention], (0, 5), None) == ["short"]
