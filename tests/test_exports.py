"""Every file that can be taken away, read back: its rows, and what it says of itself."""

import csv
import io
import json
import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyarrow.parquet
import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from playwright.sync_api import Browser
from pypdf import PdfReader
from small_table import EVENTS, make_event, make_small_table

from dashboard.cli import main
from dashboard.exports.captions import describe_view, say_filters
from dashboard.exports.formats import EXPORTS, draw_export, stamp, write_export
from dashboard.exports.rows import write_edtf
from dashboard.query import Filters, Tables, open_tables, select_events
from dashboard.views import View, write_address
from etl.model import TableError
from etl.tables.table import make_table, write_table

FILTERS = Filters(actors=("United States",), start=date(2003, 1, 1), text="a")
VIEW = View(FILTERS)
FRENCH = replace(VIEW, language="fr", theme="dark")
Make = Callable[[str], bytes]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return open_tables(write_table(make_small_table(), tmp_path_factory.mktemp("e") / "small"))


@pytest.fixture(scope="module")
def make(tables: Tables) -> Make:
    return lambda format: EXPORTS[format](tables, VIEW)


@pytest.fixture(scope="module")
def ids(tables: Tables) -> list[str]:
    return list(select_events(tables, FILTERS)["event_id"])


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def check_provenance(found: dict[str, Any], tables: Tables) -> None:
    expected = describe_view(tables, VIEW)
    assert found["title"] == "A report"
    assert "actors: United States" in found["filters"] and "“a”" in found["filters"]
    assert (found["shown"], found["total"]) == (expected.shown, len(EVENTS))
    assert found["sources"] == ["A report, A paper, 25 January 2024"]
    assert found["rows_hash"] == expected.rows_hash
    assert found["made"] == date.today().isoformat()


def test_csv_holds_the_rows_and_no_formula(make: Make, ids: list[str]) -> None:
    rows = read_csv(make("csv").decode("utf-8"))
    assert [row["event_id"] for row in rows] == ids
    raid = next(row for row in rows if row["event_id"] == "raid")
    assert raid["title"] == "'=A raid at the airport & after"
    assert (raid["start"], raid["killed"], raid["edtf"]) == ("2020-01-03", "10", "2020-01-03")
    assert next(row for row in rows if row["event_id"] == "pact")["actors"] == "United States; Iraq"


def test_json_holds_events_with_their_mentions(make: Make, ids: list[str], tables: Tables) -> None:
    whole = json.loads(make("json"))
    check_provenance(whole["provenance"], tables)
    assert [event["event_id"] for event in whole["events"]] == ids
    raid = next(event for event in whole["events"] if event["event_id"] == "raid")
    assert [one["sentence"] for one in raid["mentions"]] == [
        "L’été d’après, le raid fut avoué à Tœrsk."
    ]
    assert [source["source_id"] for source in whole["sources"]] == ["s1"]


def test_parquet_keeps_the_types(make: Make, ids: list[str], tables: Tables) -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(make("parquet")))
    assert table["event_id"].to_pylist() == ids
    assert str(table.schema.field("start").type) == "date32[day]"
    check_provenance(json.loads(table.schema.metadata[b"provenance"]), tables)


def test_png_is_twice_its_size_and_carries_its_rows(
    make: Make, ids: list[str], tables: Tables
) -> None:
    data = make("png")
    texts, at, width = {}, 8, 0
    while at < len(data):
        (size,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + size]
        crc = struct.unpack(">I", data[at + 8 + size : at + 12 + size])[0]
        assert crc == zlib.crc32(kind + body)
        if kind == b"IHDR":
            width = struct.unpack(">I", body[:4])[0]
        if kind == b"iTXt":
            keyword, rest = body.split(b"\0", 1)
            text = rest[2:].split(b"\0", 2)[2]
            texts[keyword.decode()] = (zlib.decompress(text) if rest[0] else text).decode()
        at += 12 + size
    assert width == 2 * 1280
    check_provenance(json.loads(texts["Provenance"]), tables)
    assert [row["event_id"] for row in read_csv(texts["Rows"])] == ids


def test_svg_carries_provenance_rows_and_fonts(make: Make, ids: list[str]) -> None:
    data = make("svg")
    root = ElementTree.fromstring(data)
    space = {"s": "http://www.w3.org/2000/svg", "p": "urn:conflict-timeline:provenance"}
    provenance = root.find("s:metadata/p:provenance", space)
    assert provenance is not None
    assert provenance.findtext("p:title", namespaces=space) == "A report"
    rows = provenance.findtext("p:rows", namespaces=space) or ""
    assert [row["event_id"] for row in read_csv(rows)] == ids
    assert b"font-face" in data and b"Source Sans 3" in data
    assert not re.findall(rb"(?:href|src)=\"https?://", data)


def test_pdf_is_one_page_with_its_rows_attached(make: Make, ids: list[str]) -> None:
    pdf = PdfReader(io.BytesIO(make("pdf")))
    assert len(pdf.pages) == 1
    assert pdf.metadata is not None and pdf.metadata.title == "A report"
    assert "of 11 events" in (pdf.metadata.subject or "")
    (rows,) = pdf.attachments["rows.csv"]
    assert [row["event_id"] for row in read_csv(rows.decode())] == ids
    assert "A report" in pdf.pages[0].extract_text()


def test_html_works_alone(make: Make, ids: list[str], tmp_path: Path, chromium: Browser) -> None:
    file = tmp_path / "timeline.html"
    file.write_bytes(make("html"))
    page = chromium.new_page()
    asked, wrong = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(file.as_uri())
    page.wait_for_selector(".textpoint text")
    held = json.loads(page.text_content("#provenance") or "")
    assert [row["event_id"] for row in read_csv(held["rows"])] == ids
    label = page.locator(".textpoint text", has_text="A raid").bounding_box()
    assert label is not None
    page.mouse.click(label["x"] + 30, label["y"] + label["height"] / 2)
    page.wait_for_selector("#told blockquote")
    assert "Tœrsk" in (page.text_content("#told") or "")
    page.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert wrong == []


def test_html_of_many_events_is_small_and_gives_all_rows(tmp_path: Path, chromium: Browser) -> None:
    days = [f"2019-{n % 12 + 1:02}-11" for n in range(4_000)]
    many = [make_event(f"e{n}", day, day, title=f"Raid {n}") for n, day in enumerate(days)]
    table = make_table(many, [], [])
    tables = open_tables(write_table(table, tmp_path / "many"))
    file = tmp_path / "timeline.html"
    file.write_bytes(EXPORTS["html"](tables, View()))
    assert file.stat().st_size < 2_000_000
    page = chromium.new_page()
    page.goto(file.as_uri())
    with page.expect_download() as caught:
        page.click("#csv[href^=blob]")
    assert len(read_csv(Path(caught.value.path()).read_text(encoding="utf-8-sig"))) == 4_000
    page.close()


def test_a_figure_says_its_title_and_caption(tables: Tables) -> None:
    figure = draw_export(tables, FRENCH, width=900)
    texts = " ".join(note.text for note in figure.layout.annotations)
    for part in ("A report", "Acteurs : États-Unis", "événements sur 11", "Source :"):
        assert part in texts
    assert describe_view(tables, FRENCH).rows_hash in texts


def test_a_file_is_written_whole_or_not_at_all(
    tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = write_export(tables, View(), tmp_path / "a.CSV")
    before = out.read_bytes()

    def fail(self: Path, other: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(TableError, match="No space left"):
        write_export(tables, VIEW, out)
    assert out.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.CSV"]


@pytest.mark.parametrize(
    ("name", "said"),
    [("a.docx", "take one of .png .3x.png .svg"), ("a", "no export"), ("no/a.csv", "No such")],
)
def test_what_cannot_be_written_is_one_line(
    tables: Tables, tmp_path: Path, name: str, said: str
) -> None:
    with pytest.raises(TableError, match=said) as told:
        write_export(tables, View(), tmp_path / name)
    assert "\n" not in str(told.value)


def test_a_missing_browser_is_one_line(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/no/such/browser")
    with pytest.raises(TableError, match="BROWSER_PATH=/no/such/browser: install one"):
        make("png")


def test_only_a_picture_is_stamped(tables: Tables) -> None:
    view = describe_view(tables, View())
    for format in ("png", "svg", "gif"):
        with pytest.raises(TableError, match=format):
            stamp(format, b"nothing", view, "")


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (Filters(), "no filter"),
        (Filters(types=("withdrawal",)), "types: Withdrawal"),
        (Filters(places=("Baghdad",)), "places: Baghdad"),
        (Filters(start=date(2003, 1, 1)), "since 1 January 2003"),
        (Filters(end=date(2003, 12, 31)), "until 31 December 2003"),
        (
            Filters(start=date(2003, 1, 1), end=date(2011, 12, 31), not_asserted=True),
            "1 January 2003 to 31 December 2011; including what is denied or hypothetical",
        ),
    ],
)
def test_filters_are_said_in_words(tables: Tables, filters: Filters, said: str) -> None:
    assert say_filters(tables, filters, "en") == said


@pytest.mark.parametrize(
    ("start", "end", "precision", "edtf"),
    [
        ("2003-01-01", "2003-12-31", "year", "2003"),
        ("2020-01-01", "2020-01-31", "month", "2020-01"),
        ("2023-06-01", "2023-08-31", "season", "2023-22"),
        ("2023-12-01", "2024-02-29", "season", "2023-24"),
        ("2010-01-01", "2019-12-31", "decade", "201X"),
        ("2024-01-15", "2024-01-21", "week", "[2024-01-15..2024-01-21]"),
        ("2003-01-01", "2011-12-31", "span", "[2003..2011]"),
        ("2003-03-01", "2003-05-31", "span", "[2003-03..2003-05]"),
        ("2024-01-15", "2024-01-15", "day", "2024-01-15"),
        ("2023-10-07", None, "span", "[2023-10-07..]"),
    ],
)
def test_dates_are_written_in_edtf(start: str, end: str | None, precision: str, edtf: str) -> None:
    row = {
        "start": date.fromisoformat(start),
        "end": end and date.fromisoformat(end),
        "precision": precision,
        "extent": "within",
        "basis": "explicit",
    }
    assert write_edtf(row) == edtf


@pytest.mark.parametrize(
    ("start", "end", "basis", "edtf"),
    [
        ("2003-01-01", "2011-12-31", "explicit", "2003/2011"),
        ("2003-03-20", "2011-12-18", "explicit", "2003-03-20/2011-12-18"),
        ("2014-06-01", "2014-08-31", "explicit", "2014-06/2014-08"),
        ("2023-10-07", "2024-01-25", "reported_since", "2023-10-07/.."),
        ("2023-10-07", None, "explicit", "2023-10-07/.."),
    ],
)
def test_what_lasted_is_an_interval(start: str, end: str | None, basis: str, edtf: str) -> None:
    row = {
        "start": date.fromisoformat(start),
        "end": end and date.fromisoformat(end),
        "precision": "span",
        "extent": "throughout",
        "basis": basis,
    }
    assert write_edtf(row) == edtf


def test_a_large_picture_is_three_times_its_size(make: Make) -> None:
    data = make("3x.png")
    assert struct.unpack(">I", data[16:20])[0] == 3 * 1280 and b"Provenance" in data


@pytest.mark.parametrize("format", ["png", "svg"])
def test_rows_in_a_picture_are_bounded(make: Make, tables: Tables, format: str) -> None:
    line = "e1,a title of some length," + "x" * 70 + "\r\n"
    rows = "event_id,title\r\n" + line * 60_000
    plain = make(format)
    data = stamp(format, plain, describe_view(tables, VIEW), rows)
    assert len(data) - len(plain) < 2_200_000
    if format == "svg":
        held = ElementTree.fromstring(data).findtext(".//{urn:conflict-timeline:provenance}rows")
        assert held and held.endswith("x") is False
        assert "of 60000 rows" in held.splitlines()[-1]


def test_the_address_of_a_view_makes_its_file(tables: Tables, tmp_path: Path) -> None:
    out = tmp_path / "view.csv"
    address = "http://127.0.0.1:8050/" + write_address(VIEW)
    assert main(["export", str(tables.folder), "--view", address, "--out", str(out)]) == 0
    assert out.read_bytes() == EXPORTS["csv"](tables, VIEW)


def test_an_address_of_another_table_is_refused(
    tables: Tables, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "view.csv"
    assert main(["export", str(tables.folder), "--view", "?actor=Nobody", "--out", str(out)]) == 2
    assert "actor=Nobody" in capsys.readouterr().err and not out.exists()


def test_workbook_holds_rows_and_no_formula(make: Make, ids: list[str]) -> None:
    book: Any = load_workbook(io.BytesIO(make("xlsx")))
    assert book.sheetnames == ["events", "mentions", "about"]
    head, *rows = book["events"].iter_rows()
    column = {str(cell.value): place for place, cell in enumerate(head)}
    assert [row[0].value for row in rows] == ids
    raid = next(row for row in rows if row[0].value == "raid")
    title = raid[column["title"]]
    assert title.value == "=A raid at the airport & after"
    assert title.data_type == "s" and title.quotePrefix
    assert raid[column["start"]].value == datetime(2020, 1, 3)
    assert raid[column["edtf"]].value == "2020-01-03"
    assert "Left out here" in str([cell.value for (cell,) in book["about"].iter_rows()])


def test_calendar_has_whole_days(make: Make, ids: list[str]) -> None:
    calendar: Any = Calendar.from_ical(make("ics"))
    entries = calendar.walk("VEVENT")
    assert [entry["uid"].partition("@")[0] for entry in entries] == ids
    raid = entries[ids.index("raid")]
    assert raid.decoded("dtstart") == date(2020, 1, 3)
    assert raid.decoded("dtend") == date(2020, 1, 4)
    assert raid["X-EDTF"] == "2020-01-03" and "Left out here" in calendar["x-wr-caldesc"]


def test_timelinejs_keeps_a_year_a_year(make: Make, ids: list[str]) -> None:
    whole = json.loads(make("timelinejs.json"))
    assert [one["unique_id"] for one in whole["events"]] == ids
    leave = whole["events"][ids.index("leave")]
    assert leave["start_date"] == {"year": 2011} and "end_date" not in leave
    raid = whole["events"][ids.index("raid")]
    assert raid["text"]["headline"] == "=A raid at the airport &amp; after"
    assert "Left out here" in whole["title"]["text"]["text"]
