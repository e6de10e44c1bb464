"""Every format that an import reads, in look-alike rows of our own."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from dashboard.cli import main
from etl.model import TableError
from etl.sources.codes import load_codebooks
from etl.sources.descriptions import load_descriptions
from etl.sources.load import Wish, import_file
from etl.sources.mapping import list_formats
from etl.sources.named import read_names, read_style
from etl.tables.table import read_table
from etl.vocabulary import data_folder, load_toml

DATASETS = Path(__file__).parent.parent.parent / "shared" / "datasets"
real_files = pytest.mark.skipif(
    not DATASETS.is_dir(), reason="the real files are not beside the project"
)
GDELT = load_descriptions()["gdelt"].order
Row = dict[Any, Any]


def gdelt_row(**cells: str) -> str:
    plain = {
        "GLOBALEVENTID": "1", "SQLDATE": "20191024", "IsRootEvent": "1", "EventCode": "1951",
        "QuadClass": "4", "Actor1Name": "UNITED KINGDOM", "Actor2Name": "REBEL", "NumSources": "3",
        "ActionGeo_Type": "4", "ActionGeo_FullName": "Basra, Iraq", "ActionGeo_CountryCode": "IZ",
        "ActionGeo_Lat": "30.5", "ActionGeo_Long": "47.8", "DATEADDED": "20191024143000",
        "SOURCEURL": 'https://example.org/"quoted',
    } | cells  # fmt: skip
    return "\t".join(plain.get(name, "") for name in GDELT)


def write(folder: Path, text: str, name: str = "rows.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def events(path: Path, folder: Path, wish: Wish | None = None) -> list[Row]:
    done = import_file(path, folder / "t", wish or Wish())
    return [dict(one) for one in read_table(done.table).events.to_dict("records")]


def test_gdelt_without_a_head(tmp_path: Path) -> None:
    rows = [
        gdelt_row(),
        gdelt_row(GLOBALEVENTID="2", SQLDATE="20181024"),
        gdelt_row(GLOBALEVENTID="3", QuadClass="1", EventCode="040"),
        gdelt_row(GLOBALEVENTID="4", IsRootEvent="0"),
    ]
    path = write(tmp_path, "\n".join(rows) + "\n", "20191024.export.CSV")
    done = import_file(path, tmp_path / "t")
    assert (done.format, done.rows, done.left_out) == ("gdelt", 2, 2)
    last_year, strike = read_table(done.table).events.to_dict("records")
    assert (last_year["start"], last_year["end"]) == (date(2018, 1, 1), date(2018, 12, 31))
    assert strike["type"] == "air_or_missile_strike"
    assert (strike["actors"], strike["recipients"]) == (["United Kingdom"], ["REBEL"])
    assert (strike["direction"], strike["country"], strike["sources"]) == ("directed", "IRQ", 3)
    assert len(events(path, tmp_path / "all", Wish(everything=True))) == 4


def test_gdelt_saved_anew_with_semicolons_and_a_head(tmp_path: Path) -> None:
    cells = gdelt_row(SOURCEURL="https://example.org").replace("\t", ";")
    path = write(tmp_path, f"{';'.join(GDELT)}\r\n{cells}\r\n")
    assert [one["place"] for one in events(path, tmp_path)] == ["Basra, Iraq"]


ICEWS = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\t"
    "Intensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\t"
    "City\tDistrict\tProvince\tCountry\tLatitude\tLongitude\n"
)


def test_icews_is_known_by_event_story_and_sentence(tmp_path: Path) -> None:
    row = (
        "7\t2014-06-10\tOur Front\tRebels\tIraq\tOccupy territory\t192\t-9.5\tIraq\t\tIraq\t55\t{}"
        '\tThe "Star\tMosul\t\tNinawa\tIraq\t36.3\t43.1\n'
    )
    path = write(tmp_path, ICEWS + row.format(1) + row.format(2), "icews.tab")
    one, other = events(path, tmp_path)
    assert {one["event_id"], other["event_id"]} == {"icews-7-55-1", "icews-7-55-2"}
    assert (one["type"], one["direction"]) == ("military_operation", "directed")
    assert (one["actors"], one["recipients"]) == (["Our Front"], ["Iraq"])
    assert (one["place"], one["place_precision"]) == ("Mosul", "point")


POLECAT = "Event ID\tEvent Date\tEvent Type\tEvent Mode\tActor Name\tRecipient Name\tCountry\n"


def test_polecat_lists_are_taken_apart(tmp_path: Path) -> None:
    row = "a1\t2020-03-05\tASSAULT\taerial\tFrance; Mali\tOur Front\tMali\n"
    (one,) = events(write(tmp_path, POLECAT + row), tmp_path)
    assert (one["type"], one["actors"]) == ("air_or_missile_strike", ["France", "Mali"])


def test_a_head_that_does_not_fit_its_rows_is_refused_with_the_row(tmp_path: Path) -> None:
    rows = "a1\t2020-03-05\tASSAULT\t\tFrance\tOur Front\n" * 3
    with pytest.raises(TableError, match=r"row 2: .*Columns: 7 Found: 6"):
        import_file(write(tmp_path, POLECAT + rows), tmp_path / "t")


SLIDES = {
    "title": {"text": {"headline": "A life"}},
    "events": [
        {"start_date": {"year": "1908", "month": "05"}, "text": {"headline": "A <b>tour</b>"}},
        {
            "start_date": {"year": 1920},
            "end_date": {"year": "1923", "month": "2", "day": ""},
            "text": {"headline": "Away", "text": "<p>Far&nbsp;<i>away</i></p>"},
            "unique_id": "away",
        },
        {"start_date": {"year": "1930", "month": "13"}, "text": {"headline": "Never"}},
    ],
}


def test_timelinejs_keeps_the_finest_part_given(tmp_path: Path) -> None:
    done = import_file(write(tmp_path, json.dumps(SLIDES), "life.json"), tmp_path / "t")
    table = read_table(done.table)
    tour, away = table.events.to_dict("records")
    assert (tour["title"], tour["precision"]) == ("A tour", "month")
    assert (away["start"], away["end"]) == (date(1920, 1, 1), date(1923, 2, 28))
    assert (away["event_id"], away["extent"]) == ("timelinejs-life-away", "throughout")
    assert "Far away" in list(table.mentions.sentence.dropna())
    assert (done.failed, list(table.sources.title)) == (1, ["life"])
    assert "no day" in done.first[0]


def test_timelinejs_as_a_sheet(tmp_path: Path) -> None:
    text = (
        "Year,Month,Day,End Year,Headline,Text,Type\n2003,3,20,,Invasion,Words,\n"
        ",,,,A war,,title\n2003,,,2011,War,,\n"
    )
    done = import_file(write(tmp_path, text), tmp_path / "t")
    assert (done.format, done.rows, done.left_out) == ("timelinejs-sheet", 2, 1)
    precisions = dict(read_table(done.table).events[["title", "precision"]].to_numpy())
    assert precisions == {"War": "span", "Invasion": "day"}


def test_timemap_keeps_the_columns_of_a_project(tmp_path: Path) -> None:
    rows = [
        {
            "id": "1", "description": "A shell hit a school", "date": "2014-08-24",
            "time": "10:00", "location": "Here", "latitude": "47.9", "longitude": "38.8",
            "associations": ["a", "b"], "weapon": "mortar",
        }
    ]  # fmt: skip
    done = import_file(write(tmp_path, json.dumps(rows), "map.json"), tmp_path / "t")
    table = read_table(done.table)
    assert (done.format, done.only_kept) == ("timemap", ("weapon",))
    assert list(table.events.place) == ["Here"]
    assert json.loads(table.mentions.record[0])["associations"] == "a; b"


NAMES = "start=When, title=What, others=Who, killed=Dead, type=Kind, country=Land"
MINE = (
    "When,What,Who,Dead,Kind,Land,start\n"
    "2003,Invasion,United States; Iraq,,Opération militaire,Iraq,x\n"
    "2014-06,Fall of a town,Iraq,12,battle,Iraq,y\n"
    "2014-06-10,A raid,Iraq,a few,battle,Iraq,z\n"
)


def test_a_table_of_ones_own_with_named_columns(tmp_path: Path) -> None:
    done = import_file(write(tmp_path, MINE), tmp_path / "t", Wish(columns=read_names(NAMES)))
    table = read_table(done.table)
    invasion, fall = table.events.to_dict("records")
    assert (invasion["precision"], fall["precision"]) == ("year", "month")
    assert (invasion["type"], fall["killed"], fall["country"]) == ("military_operation", 12, "IRQ")
    assert invasion["others"] == ["United States", "Iraq"]
    assert "killed: a few: no number" in done.first[0]
    assert json.loads(table.mentions.record[0])["start"] == "x"


def test_a_workbook_with_named_columns(tmp_path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("mine")
    for row in (["When", "What"], [date(2014, 6, 10), "Raid"], [None, None], ["2014", "War"]):
        sheet.append(row)
    book.save(tmp_path / "mine.xlsx")
    wish = Wish(columns=read_names("start=When,title=What"))
    done = import_file(tmp_path / "mine.xlsx", tmp_path / "t", wish)
    rows = read_table(done.table).events[["title", "precision"]].to_numpy().tolist()
    assert rows == [["War", "year"], ["Raid", "day"]]


def test_days_in_doubt_are_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, "When,What\n05/03/2024,Raid\n06/03/2024,Talks\n")
    named = read_names("start=When, title=What")
    with pytest.raises(TableError, match=r"both %d/%m/%Y and %m/%d/%Y fit.*--days"):
        import_file(path, tmp_path / "t", Wish(columns=named))
    told = events(path, tmp_path, Wish(columns=named, days="%m/%d/%Y"))
    assert [one["start"] for one in told] == [date(2024, 5, 3), date(2024, 6, 3)]


@pytest.mark.parametrize("style", ["%Q", "%d/%m", "'; drop table raw"])
def test_a_style_that_is_none_is_refused(style: str) -> None:
    with pytest.raises(TableError, match="write it as %d/%m/%Y"):
        read_style(style)


def test_days_in_two_styles_are_refused(tmp_path: Path) -> None:
    rows = "".join(f"{n}/03/2024,a\n2024-03-{n},b\n" for n in range(13, 28))
    wish = Wish(columns=read_names("start=When, title=What"))
    with pytest.raises(TableError, match="days in two styles"):
        import_file(write(tmp_path, "When,What\n" + rows), tmp_path / "t", wish)


@pytest.mark.parametrize(
    ("names", "why"),
    [("start", "write it as"), ("begin=When", "no column of ours"), ("start=Whe", "is missing")],
)
def test_columns_that_are_not_there_are_told(tmp_path: Path, names: str, why: str) -> None:
    with pytest.raises(TableError, match=why):
        wish = Wish(columns=read_names(names))
        import_file(write(tmp_path, "When,What\n2024,a\n"), tmp_path / "t", wish)


@pytest.mark.parametrize(
    ("asked", "why"),
    [(["--columns", "start"], "write it as start=Date"), (["--days", "%Q"], "write it as %d/%m/%Y"),
     ([], "name a FILE"), (["--format", "xml"], "is no format: use one of")],
)  # fmt: skip
def test_what_is_asked_wrongly_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: list[str], why: str
) -> None:
    file = [str(write(tmp_path, "When,What\n2024,a\n"))] if asked else []
    assert main(["import", *file, *asked, "--out", str(tmp_path / "t")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert why in line


def test_the_formats_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "--formats"]) == 0
    assert capsys.readouterr().out.rstrip() == list_formats()


def test_our_own_table_is_joined_to_another(tmp_path: Path) -> None:
    sample = data_folder() / "tables" / "sample"
    done = import_file(sample, tmp_path / "t")
    again = import_file(sample, tmp_path / "t")
    assert (done.new, again.new, again.gone) == (done.rows, 0, 0)
    assert len(read_table(tmp_path / "t").events) == done.rows


def test_every_code_means_a_type_of_ours() -> None:
    types = set(load_toml("event_types.toml"))
    for name, book in load_codebooks().items():
        assert {kind for kind, _ in book.values()} <= types, name
        assert all(says for _, says in book.values()), name


def test_what_maps_to_what_is_written_beside_the_descriptions() -> None:
    told = data_folder() / "vocabularies" / "sources" / "README.md"
    assert told.read_text(encoding="utf-8").rstrip() == list_formats()


@real_files
@pytest.mark.parametrize(
    ("name", "format", "rows"),
    [
        ("gdelt-20191024143000.export.CSV", "gdelt", 193),
        ("timelinejs-marktwain.json", "timelinejs", 17),
    ],
)
def test_real_files_of_other_forms(tmp_path: Path, name: str, format: str, rows: int) -> None:
    done = import_file(DATASETS / name, tmp_path / "t")
    assert (done.format, done.rows, done.failed) == (format, rows, 0)


@real_files
def test_every_row_of_gdelt_is_told_or_left_out(tmp_path: Path) -> None:
    path = DATASETS / "gdelt-20191024143000.export.CSV"
    with path.open(encoding="utf-8", newline="") as lines:
        total = sum(1 for _ in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    done = import_file(path, tmp_path / "t")
    assert done.rows + done.left_out + done.failed == total
