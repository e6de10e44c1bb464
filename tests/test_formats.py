"""Reports come as web pages, PDF, Word and JSON; each gives its text and its day."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.cli import main
from etl.files.datelines import find_published
from etl.files.reports import READERS, find_files, read_report, read_reports
from etl.model import Report, ReportError
from etl.tables.table import read_table
from etl.vocabulary import load_toml

LEAD = "Rebels took the town on Monday, the army said, and held its only bridge until dawn."
MORE = "On Tuesday they left again, and people came back to houses without roofs or doors."
PAGE = """<!DOCTYPE html><html lang="en"><head><title>A raid | The Desk</title>{head}</head><body>
<nav>Home About</nav><article><h1>A raid</h1>{time}<p>{lead}</p><p>{more}</p></article>
<script>alert("x")</script><footer>All rights reserved</footer></body></html>"""
LINKED = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A raid", '
    '"datePublished": "2024-01-25T18:00:00Z", "publisher": {"name": "The Desk"}}</script>'
)


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def make_page(head: str = "", time: str = "") -> str:
    return PAGE.format(head=head, time=time, lead=LEAD, more=MORE)


def make_pdf(*pages: list[str]) -> bytes:
    """A PDF of these lines of ASCII, written by hand."""
    count = len(pages)
    kids = " ".join(f"{3 + 2 * number} 0 R" for number in range(count))
    font = f"{3 + 2 * count} 0 R"
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {count}>>"]
    for number, lines in enumerate(pages):
        drawn = " ".join(f"({line}) Tj T*" for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 50 750 Td {drawn} ET"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {4 + 2 * number} 0 R"
            f"/Resources<</Font<</F1 {font}>>>>>>"
        )
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
    objects.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    data, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj{one}endobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF"
    return data + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{tail}".encode()


def make_docx(*paragraphs: str) -> bytes:
    document = docx.Document()
    for one in paragraphs:
        document.add_paragraph(one)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


@pytest.mark.parametrize(
    ("head", "time"),
    [
        ('<meta property="article:published_time" content="2024-01-25T18:00:00+01:00">', ""),
        (LINKED, ""),
        ('<meta name="date" content="2024-01-25">', ""),
        ("", '<time pubdate datetime="2024-01-25">Thursday</time>'),
    ],
)
def test_a_page_gives_its_article_and_its_day(tmp_path: Path, head: str, time: str) -> None:
    report = read_report(write(tmp_path, "a.html", make_page(head, time)))
    assert (report.published, report.published_from) == (date(2024, 1, 25), "page")
    assert LEAD in report.text and MORE in report.text
    assert "alert" not in report.text and "Home" not in report.text


def test_a_page_tells_title_publisher_and_address(tmp_path: Path) -> None:
    head = (
        LINKED + '<link rel="canonical" href="https://example.org/raid">'
        '<meta property="og:title" content="The raid">'
    )
    report = read_report(write(tmp_path, "a.html", make_page(head)))
    assert (report.title, report.publisher) == ("The raid", "The Desk")
    assert report.url == "https://example.org/raid"
    bad = make_page('<link rel="canonical" href="javascript:alert(1)">')
    assert read_report(write(tmp_path, "b.html", bad)).url == ""


def test_a_page_in_an_old_encoding_is_read(tmp_path: Path) -> None:
    page = make_page('<meta charset="windows-1252">').replace("Rebels", "Café rebels")
    assert "Café rebels" in read_report(write(tmp_path, "a.html", page.encode("cp1252"))).text


@pytest.mark.parametrize("deep", ["<div>" * 20_000, "<b>" * 30_000, "<a" * 50_000, "&" * 100_000])
def test_a_page_nested_without_end_is_refused_or_read(tmp_path: Path, deep: str) -> None:
    path = write(tmp_path, "a.html", f"<html><body>{deep}{LEAD}")
    for one in read_reports(path):
        assert isinstance(one, Report) or "\n" not in str(one)


def test_a_pdf_gives_its_paragraphs_without_what_repeats(tmp_path: Path) -> None:
    pages = [
        ["The Desk, weekly", f"{'Rebels' * number} took the town on Monday and held its bri-",
         f"dge until dawn, said the army in a note {'sent ' * number} to every paper of",
         f"the country {'x' * number}.", f"Page {number}"]
        for number in range(1, 5)
    ]  # fmt: skip
    report = read_report(write(tmp_path, "a.pdf", make_pdf(*pages)))
    assert "held its bridge until dawn" in report.text
    assert "every paper of the country x.\n\nRebels" in report.text
    assert "weekly" not in report.text and "Page" not in report.text
    assert report.published is None and report.language == "en"


def test_a_word_document_gives_its_paragraphs(tmp_path: Path) -> None:
    content = make_docx("Published: 25 January 2024", LEAD, MORE)
    report = read_report(write(tmp_path, "a.docx", content))
    assert f"{LEAD}\n\n{MORE}" in report.text
    assert (report.published, report.published_from) == (date(2024, 1, 25), "dateline")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.pdf", make_pdf([]), "a scan"),
        ("a.pdf", make_pdf([LEAD])[:200], "damaged PDF"),
        ("a.docx", b"PK\x03\x04", "damaged document"),
        ("a.html", "<html><body></body></html>", "no article"),
        ("a.json", "{", "no JSON"),
        ("a.json", "[1]", "item 1: no object"),
        ("a.jsonl", '{"title": "no text"}', "line 1: no text"),
    ],
)
def test_what_cannot_be_read_says_so(
    tmp_path: Path, name: str, content: str | bytes, says: str
) -> None:
    with pytest.raises(ReportError, match=says):
        read_report(write(tmp_path, name, content))


def test_a_document_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as parts:
        for number in range(3):
            parts.writestr(f"{number}.xml", b"0" * 80_000_000)
    with pytest.raises(ReportError, match="unpacks to over"):
        read_report(write(tmp_path, "a.docx", held.getvalue()))


def test_json_lines_are_reports_and_a_bad_one_is_told(tmp_path: Path) -> None:
    lines = [
        json.dumps({"body": LEAD, "headline": "A raid", "date": "2024-01-25", "lang": "en"}),
        "{broken",
        json.dumps({"text": MORE, "published": "2024-01-26T10:00:00"}),
    ]
    first, second, third = read_reports(write(tmp_path, "a.jsonl", "\n".join(lines)))
    assert isinstance(first, Report) and isinstance(third, Report)
    assert (first.title, first.published_from) == ("A raid", "record")
    assert isinstance(second, ReportError) and "line 2" in str(second)
    assert third.published == date(2024, 1, 26)


@pytest.mark.parametrize("line", load_toml("datelines.toml")["examples"])
def test_datelines_are_read_as_their_examples_say(line: str) -> None:
    day = load_toml("datelines.toml")["examples"][line]
    code = {"Publié": "fr", "BAGDAD": "fr", "Bagdad": "fr", "Veröffentlicht": "de", "Bogotá": "es"}
    language = next((name for word, name in code.items() if line.startswith(word)), "en")
    found = find_published(f"{line}\n\n{LEAD}", language)
    assert (found.isoformat() if found else "") == day


def test_option_wins_over_page_over_dateline(tmp_path: Path) -> None:
    page = make_page(LINKED, "<p>Published: 3 March 2021</p>")
    path = write(tmp_path, "a.html", page)
    assert read_report(path).published == date(2024, 1, 25)
    option = read_report(path, published=date(2020, 1, 1))
    assert (option.published, option.published_from) == (date(2020, 1, 1), "option")


def test_a_folder_gives_its_reports_but_not_what_a_browser_saved_beside(tmp_path: Path) -> None:
    (tmp_path / "a_files").mkdir()
    (tmp_path / "deep").mkdir()
    write(tmp_path / "a_files", "frame.html", "x")
    write(tmp_path / "deep", "b.txt", LEAD)
    write(tmp_path, "a.html", make_page())
    write(tmp_path, "picture.png", b"x")
    assert [path.name for path in find_files([tmp_path])] == ["a.html", "b.txt"]


def test_many_reports_one_of_them_bad(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(6):
        text = f"Published: {number + 1} March 2024\n\n{LEAD}"
        write(folder, f"{number}.txt", text)
    write(folder, "bad.pdf", b"%PDF-nothing")
    assert main(["extract", str(folder), "--out", str(tmp_path / "one")]) == 1
    said = capsys.readouterr()
    assert "bad.pdf: a damaged PDF" in said.err and "6 sources" in said.out
    assert "published 2024-03-01 (dateline)" in said.out
    assert main(["extract", str(folder), "--jobs", "2", "--out", str(tmp_path / "two")]) == 1
    one, two = (read_table(tmp_path / name) for name in ("one", "two"))
    for part in ("events", "mentions", "sources"):
        assert getattr(one, part).equals(getattr(two, part)), part
    assert set(one.sources["published_from"]) == {"dateline"}


def test_all_bad_writes_no_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = write(tmp_path, "bad.pdf", b"x")
    assert main(["extract", str(bad), str(tmp_path / "none"), "--out", str(tmp_path / "t")]) == 2
    assert capsys.readouterr().err.count("conflict-timeline: ") == 2
    assert not (tmp_path / "t").exists()


def test_standard_input_is_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"Published: 25 January 2024\n\n{LEAD}"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert main(["extract", "-", "--out", str(tmp_path / "t")]) == 0
    assert len(read_table(tmp_path / "t").sources) == 1


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(READERS)), st.binary(max_size=300))
def test_no_bytes_break_a_reader(suffix: str, content: bytes) -> None:
    heads = {".pdf": b"%PDF-1.4\n", ".docx": b"PK\x03\x04", ".html": b"<html><p>"}
    try:
        for one in READERS[suffix](heads.get(suffix, b"") + content, "here"):
            assert isinstance(one, ReportError) or one.text is not None
    except ReportError as error:
        assert str(error).startswith("here")
