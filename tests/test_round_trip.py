"""What came in goes out again: a row of a data set is exported as the row that it was."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

from dashboard.exports.formats import EXPORTS
from dashboard.query import Filters, open_tables, select_events
from dashboard.views import View
from etl.sources.load import Wish, import_file
from etl.sources.unpack import unpack

DATASETS = Path(__file__).parent.parent.parent / "shared" / "datasets"
ACLED = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,country,"
    "latitude,longitude,fatalities,notes,timestamp\n"
    'CHA1,5-Aug-24,2,Battles,Armed clash,"Front, A",Front B,Chad,-12.5,+20,2,"a\r\nb",1700\n'
    "CHA2,6-Aug-24,1,Riots/Protests,,Rioters (Chad),,Chad,12.5,20.1,0,'- none',1701\n"
)
Rows = list[dict[str, str]]


def read(path: Path, form: str, name: str) -> Rows:
    with zipfile.ZipFile(io.BytesIO(EXPORTS[form](open_tables(path), View()))) as archive:
        text = archive.read(name).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def sort(rows: Rows) -> list[str]:
    return sorted(json.dumps({name: cell or "" for name, cell in row.items()}) for row in rows)


@pytest.mark.parametrize(("form", "name"), [("acled.zip", "events"), ("records.zip", "acled")])
def test_acled_goes_out_as_it_came(tmp_path: Path, form: str, name: str) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(ACLED.encode())
    table = import_file(path, tmp_path / "t").table
    came = list(csv.DictReader(io.StringIO(ACLED, newline="")))
    assert sort(read(table, form, f"{name}.csv")) == sort(came)


def test_our_own_csv_comes_in_again(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(ACLED.encode())
    first = open_tables(import_file(path, tmp_path / "t").table)
    (tmp_path / "own.csv").write_bytes(EXPORTS["csv"](first, View()))
    (tmp_path / "own.json").write_bytes(EXPORTS["json"](first, View()))
    (tmp_path / "own.xlsx").write_bytes(EXPORTS["xlsx"](first, View()))
    told = ("title", "start", "end", "precision", "type", "others", "country", "killed")
    for name in ("own.csv", "own.json", "own.xlsx"):
        done = import_file(tmp_path / name, tmp_path / name.replace(".", "-"))
        assert (done.format, done.rows, done.failed) == ("conflict-timeline", 2, 0), done.first
        again = select_events(open_tables(done.table), Filters())
        before = select_events(first, Filters())
        for column in told:
            assert list(map(str, again[column])) == list(map(str, before[column])), (name, column)


@pytest.mark.skipif(not DATASETS.is_dir(), reason="the real files are not beside the project")
@pytest.mark.parametrize(
    ("name", "form", "inside"),
    [
        ("ucdp-ged-myanmar-49col.csv", "ucdp.zip", "events"),
        ("ucdp-ged191-myanmar-bangladesh.zip", "ucdp.zip", "events"),
        ("ucdp-ged231-central-african-republic.geojson", "records.zip", "ucdp-ged"),
        ("gdelt-20191024143000.export.CSV", "records.zip", "gdelt"),
        ("timelinejs-marktwain.json", "records.zip", "timelinejs-timelinejs-marktwain"),
    ],
)
def test_real_files_go_out_as_they_came(tmp_path: Path, name: str, form: str, inside: str) -> None:
    table = import_file(DATASETS / name, tmp_path / "t", Wish(everything=True)).table
    gone = read(table, form, f"{inside}.csv")
    room = tmp_path / "room"
    room.mkdir()
    plain = unpack(DATASETS / name, room)
    with plain.open(encoding="utf-8-sig", newline="") as lines:
        if name.startswith("gdelt"):
            cells = [list(row.values()) for row in gone]
            came = [line.rstrip("\n").split("\t") for line in lines]
            assert sorted(cells) == sorted(came)
        else:
            assert sort(gone) == sort(list(csv.DictReader(lines)))
