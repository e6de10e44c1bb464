"""The desk: what visitors give is read, kept apart, held within limits, and deleted in time."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from werkzeug.test import Client, TestResponse

from dashboard.desk.reader import Reader, TooSlow
from dashboard.desk.routes import CONTENT, Desk, name_upload
from dashboard.desk.shown import show_beside
from dashboard.desk.visitors import Limits, Visitor, Visitors
from etl.tables.table import Table, read_table

TEXT = "On 3 June 2019, gunmen of the Grey Brigade killed five soldiers in Mosul."
TUESDAY = "On Tuesday, a car bomb killed five soldiers in Mosul, the army said."
SMALL = Limits(upload=2_000_000, together=3_000_000, reports=4, visitors=2)


class Here:
    """Does the work where it is asked for; what a process of its own adds is tried apart."""

    def run(self, work: Callable[..., Any], *given: Any) -> Any:
        return work(*given)

    def close(self) -> None: ...


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def _say_folder(visitor: Visitor) -> Any:
    """A page that is nothing but the titles of the visitor's reports."""
    titles = read_table(visitor.folder / "own").sources["title"].to_list()
    body = json.dumps(titles).encode()

    def page(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        root = ("X-Root", environ["SCRIPT_NAME"])
        start_response("200 OK", [("Content-Type", "application/json"), root])
        return [body]

    return page


class Office:
    """A desk in a folder, with a browser before it."""

    def __init__(self, root: Path, limits: Limits = SMALL, **more: Any) -> None:
        self.root, self.clock = root, Clock()
        self.visitors = Visitors(root, limits, self.clock)
        given = {"reader": Here()} | more
        self.desk = Desk(self.visitors, limits, _say_folder, **given)
        self.client = Client(self.desk.stand_before(_others))

    def give(
        self, content: bytes | str, name: str = "a.txt", to: str = "/desk/", **more: Any
    ) -> TestResponse:
        asked = {name: more.pop(name) for name in ("published", "without_day", "words")
                 if name in more}  # fmt: skip
        data = content.encode() if isinstance(content, str) else content
        kept = {"content_type": CONTENT, "base_url": "http://127.0.0.1:8050"} | more
        return self.client.post(f"{to}?{urlencode({'name': name} | asked)}", data=data, **kept)

    def get(self, path: str, host: str = "127.0.0.1:8050") -> TestResponse:
        return self.client.get(path, base_url=f"http://{host}")


def _others(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("200 OK", [])
    return [b"the page of all"]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def told(answer: TestResponse) -> dict[str, Any]:
    """The one report that an answer tells of."""
    assert answer.status_code == 200, answer.text
    (one,) = answer.json["reports"]  # type: ignore[index]
    assert "\n" not in one["says"]
    return dict(one)


def test_a_report_is_read_and_shown_to_who_has_the_address(office: Office) -> None:
    answer = office.give(TEXT, "a.txt", published="2021-03-18")
    assert told(answer) == {
        "kind": "read",
        "title": TEXT,
        "says": "Events found: 1. Published 18 March 2021 (given by you).",
    }
    address = answer.json["address"]  # type: ignore[index]
    page = office.get(address)
    assert page.json == [TEXT] and page.headers["X-Root"] == address.rstrip("/")
    more = office.give(TUESDAY, "b.txt", address, published="2021-03-18")
    assert more.json["address"] == address and len(office.get(address).json) == 2  # type: ignore
    assert office.get("/").text == "the page of all" == office.get("/desktop").text


def test_a_day_that_is_not_found_is_asked_for_never_guessed(office: Office) -> None:
    answer = office.give(TUESDAY)
    assert told(answer)["kind"] == "asks" and answer.json["address"] == ""  # type: ignore[index]
    assert not list(office.root.iterdir())  # nothing is kept of who only asked
    answer = office.give(TUESDAY, without_day="1", words="fr")
    assert told(answer)["says"] == "Événements trouvés : 0. Jour de publication inconnu."
    found = office.give(f"MOSUL, 18 March 2021 (Reuters) - {TUESDAY}")
    assert (
        told(found)["says"]
        == "Events found: 1. Published 18 March 2021 (found in its first lines)."
    )


def test_two_visitors_never_see_each_others_reports(office: Office) -> None:
    one, other = (
        office.give(text, published="2021-03-18").json["address"]  # type: ignore[index]
        for text in (TEXT, TUESDAY)
    )
    assert one != other and len(one) > 40
    assert office.get(one).json == [TEXT] and office.get(other).json == [TUESDAY]
    for path in ("/desk/", "/desk", f"{one[:-2]}/", "/desk/../", "/desk/%2e%2e/", "/desk/own/x"):
        assert office.get(path).status_code == 404, path
    assert office.give(TEXT, to=f"{one[:-2]}/").status_code == 404
    assert office.client.delete(one, base_url="http://127.0.0.1").json == {"address": "/"}
    assert office.get(one).status_code == 404 and office.get(other).status_code == 200
    assert len(list(office.root.iterdir())) == 1


def test_what_was_not_used_for_the_stated_time_is_deleted(office: Office) -> None:
    one = office.give(TEXT, published="2021-03-18").json["address"]  # type: ignore[index]
    office.clock.now += SMALL.idle - 1
    assert office.get(one).status_code == 200  # seen again, so kept as long again
    office.clock.now += SMALL.idle - 1
    office.desk.sweep()
    assert len(list(office.root.iterdir())) == 1
    office.clock.now += 1
    office.desk.sweep()
    assert not list(office.root.iterdir())
    assert office.get(one).status_code == 404
    assert "no longer kept" in office.get(one).text


def test_folders_are_nobody_elses(office: Office) -> None:
    office.give(TEXT, published="2021-03-18")
    (folder,) = office.root.iterdir()
    assert office.root.stat().st_mode & 0o777 == folder.stat().st_mode & 0o777 == 0o700


def test_limits_are_held_by_the_server(office: Office) -> None:
    assert office.give("x" * 2_000_001).status_code == 413
    first = office.give(TEXT, published="2021-03-18").json["address"]  # type: ignore[index]
    rows = [json.dumps({"text": f"{TEXT} {n}", "published": "2021-03-18"}) for n in range(4)]
    said = told(office.give("\n".join(rows[:1]), "more.jsonl", first))
    assert said["kind"] == "read"
    many = office.give("\n".join(rows), "more.jsonl", first).json["reports"]  # type: ignore[index]
    assert "more than 4 reports" in many[0]["says"]
    big = TEXT.encode() + b" " * 1_600_000
    assert office.give(big, to=first, published="2021-03-18").status_code == 200
    assert office.give(big, to=first, published="2021-03-19").status_code == 413  # together
    assert office.give(TEXT, published="2021-03-18").status_code == 200
    assert office.give(TEXT, published="2021-03-18").status_code == 429  # visitors


def test_only_its_own_page_may_send(tmp_path: Path, office: Office) -> None:
    def refused(**more: Any) -> int:
        return office.give(TEXT, published="2021-03-18", **more).status_code

    assert refused(headers={"Origin": "https://evil.example"}) == 403
    assert refused(headers={"Origin": "null"}) == 403
    assert refused(headers={"Sec-Fetch-Site": "cross-site"}) == 403
    assert refused(headers={"Sec-Fetch-Site": "same-site"}) == 403
    assert refused(base_url="http://evil.example:8050") == 403  # its name points here by now
    assert refused(content_type="text/plain") == 415  # what a form of another site can send
    assert refused(headers={"Origin": "http://127.0.0.1:8050"}) == 200
    assert refused(base_url="http://localhost:8050") == 200
    assert office.get("/desk/x/", "evil.example").status_code == 403


def test_beyond_loopback_only_where_it_is_allowed(tmp_path: Path) -> None:
    closed = Office(tmp_path, host="0.0.0.0")
    answer = closed.give(TEXT, published="2021-03-18")
    assert answer.status_code == 403
    assert "--allow-uploads" in answer.json["error"]  # type: ignore[index]
    opened = Office(tmp_path, host="0.0.0.0", allowed=True)
    assert opened.give(TEXT, published="2021-03-18", base_url="http://news.example").json
    for host in ("127.0.0.1", "localhost", "::1"):
        assert Office(tmp_path, host=host).desk.is_open


def _zip_bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", b"\0" * 300_000_000)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (_zip_bomb, "bomb.docx", "unpacks to over 200 MB"),
        (lambda: b"PK\x03\x04", "cut.docx", "damaged document"),
        (lambda: b"%PDF-1.7 nothing more", "cut.pdf", "damaged PDF"),
        (lambda: b"a\0b", "nul.txt", "binary file"),
        (lambda: b"", "empty.txt", "empty"),
        (lambda: b"MZ", "run.exe", "format not known"),
        (lambda: b"a,b\n1,2\n", "rows.csv", "no column with days that we know: call it date"),
        (lambda: b"PK\x03\x04", "cut.xlsx", "damaged workbook"),
        (lambda: b"---\npublished: [[[[[[[[[[[[\n---\n", "deep.md", "deep.md"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(
    office: Office, content: Callable[[], bytes], name: str, says: str
) -> None:
    said = told(office.give(content(), name, published="2021-03-18"))
    assert said["kind"] == "refused" and says in said["says"]
    assert not list(office.root.iterdir())


def test_a_data_set_is_read_by_what_its_columns_are_called(office: Office) -> None:
    rows = "Date,Headline,Ville,Morts\n2024-03-05,Raid,Mosul,3\n2024-13-05,Talks,,\n"
    said = told(office.give(rows.encode(), "mine.csv"))
    assert said["kind"] == "read"
    assert said["says"].startswith("Events found: 1. Rows left out: 1")
    assert "2024-13-05: no day" in said["says"]


@pytest.mark.parametrize(
    "text",
    [
        f'<script>alert(1)</script> <img src=x onerror="alert(2)"> {TEXT}',
        f"javascript:alert(1) \u202e{TEXT}\u202c \u200f",
        f"{TEXT} " * 400,
        "x" * 1_000_000,
    ],
)
def test_signs_of_any_kind_are_text(office: Office, text: str) -> None:
    answer = office.give(text, published="2021-03-18")
    assert told(answer)["kind"] == "read"
    (folder,) = office.root.iterdir()
    assert read_table(folder / "own").sources["text"][0] == text


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../x.txt", "x.txt"),
        ("..\\..\\x.txt", "x.txt"),
        ("/etc/passwd", "passwd"),
        ("a\0b\u202ec.txt", "abc.txt"),
        ("..", ".."),
        ("", "report.txt"),
        ("x" * 500 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(office: Office, given: str, name: str) -> None:
    assert name_upload(given) == name
    office.give(TEXT, given, published="2021-03-18")
    assert {path.parent for path in office.root.rglob("*.parquet")} <= {
        one / "own" for one in office.root.iterdir()
    }


def test_a_visitor_sees_their_reports_beside_the_served_table(
    office: Office, table_folder: Path
) -> None:
    office.give(TEXT, published="2021-03-18")
    (folder,) = office.root.iterdir()
    visitor = office.visitors.find(folder.name)
    assert visitor
    shown, served, own = map(
        read_table, (show_beside(table_folder, visitor), table_folder, folder / "own")
    )

    def ids(table: Table) -> list[str]:
        return table.sources["source_id"].to_list()

    assert ids(shown) == ids(served) + ids(own)
    assert len(shown.events) == len(served.events) + len(own.events)
    assert show_beside(None, visitor) == folder / "own"


def test_a_process_that_takes_too_long_is_ended() -> None:
    reader = Reader(seconds=0.5)
    with pytest.raises(TooSlow):
        reader.run(_wait)
    reader = Reader()
    assert reader.run(len, "abc") == 3
    with pytest.raises(ValueError, match="invalid literal"):
        reader.run(int, "x")
    reader.close()


def _wait() -> None:
    import time

    time.sleep(60)
