"""The command line makes the very file that the page makes, from the page's own address."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from dashboard.cli import main

Open = Callable[..., Page]
PATH = "/?type=armed_attack&type=bombing&from=2019&lanes=country"
TITLE = "Bombs & shells, 2019–2021"


def read_pdf(path: Path) -> tuple[Any, ...]:
    pdf = PdfReader(path)
    made = {name: value for name, value in (pdf.metadata or {}).items() if "Date" not in name}
    return made, pdf.pages[0].extract_text(), pdf.attachments


def read_svg(path: Path) -> str:
    """The drawing without the names that plotly.js makes anew each time."""
    text = path.read_text("utf-8").partition("</style>")[2]
    return re.sub(r"(clip|legend|defs-|topdefs-|gclips)?[0-9a-f]{6}(?=xy|\b)", "", text)


READ: dict[str, Callable[[Path], Any]] = {
    "csv": Path.read_bytes,
    "json": Path.read_bytes,
    "html": Path.read_bytes,
    "parquet": Path.read_bytes,
    "timelinejs.json": Path.read_bytes,
    "ics": Path.read_bytes,
    "acled.zip": Path.read_bytes,
    "ucdp.zip": Path.read_bytes,
    "svg": lambda path: len(read_svg(path)) // 100,
    "pdf": read_pdf,
}


def download(page: Page, format: str, folder: Path) -> Path:
    page.evaluate("document.getElementById('downloads').open = true")
    with page.expect_download() as caught:
        page.locator(f"#downloads button[id*='\"{format}\"']").click()
    path = folder / caught.value.suggested_filename
    caught.value.save_as(path)
    assert path.name == f"timeline.{format}"
    return path


def test_a_title_of_ones_own_is_in_address_and_figure(open_page: Open, tmp_path: Path) -> None:
    page = open_page(path=PATH)
    page.click("#downloads summary")
    page.fill("#title", TITLE)
    page.press("#title", "Enter")
    page.wait_for_url("**title=*")
    file = download(page, "json", tmp_path)
    assert json.loads(file.read_bytes())["provenance"]["title"] == TITLE
    page.reload()
    expect(page.locator("#title")).to_have_value(TITLE)
    page.go_back()
    expect(page.locator("#title")).to_have_value("")


def test_page_and_command_make_the_same(
    open_page: Open, table_folder: Path, tmp_path: Path
) -> None:
    page = open_page(path=f"{PATH}&title=Bombs")
    for format, read in READ.items():
        made = download(page, format, tmp_path)
        out = tmp_path / f"own.{format}"
        address = page.url + "&theme=light"
        assert main(["export", str(table_folder), "--view", address, "--out", str(out)]) == 0
        assert read(made) == read(out), format
    assert (tmp_path / "timeline.html").stat().st_size < 2_000_000
