"""Data sets of others become tables; what cannot be read is told, never lost."""

import json
import zipfile
from pathlib import Path

import pytest

from dashboard.cli import main
from etl.model import TableError
from etl.sources.load import import_file
from etl.tables.table import read_table

DATASETS = Path(__file__).parent.parent.parent / "shared" / "datasets"
GED = (
    "id,type_of_violence,side_a,side_b,where_prec,where_coordinates,latitude,longitude,country,"
    "event_clarity,date_prec,date_start,date_end,best,high,low\n"
)
BATTLE = "1,1,Government of Chad,Our Front,1,Ab,12.5,20.5,Chad,1,1,2015-05-11,2015-05-11,3,4,2\n"
ONE_SIDED = "2,3,Our Front,Civilians,4,Cd,12.1,20.2,Chad,2,4,2015-06-01,2015-06-30,9,9,9\n"


def write(folder: Path, *rows: str, name: str = "ged.csv") -> Path:
    path = folder / name
    path.write_text(GED + "".join(rows), encoding="utf-8")
    return path


def test_a_row_becomes_an_event_with_its_record(tmp_path: Path) -> None:
    table = import_file(write(tmp_path, BATTLE, ONE_SIDED), tmp_path / "t").table
    read = read_table(table)
    battle, raid = read.events.to_dict("records")
    assert (battle["others"], battle["direction"]) == (["Chad", "Our Front"], "unknown")
    assert (battle["killed_low"], battle["killed"], battle["killed_high"]) == (2, 3, 4)
    assert (battle["precision"], battle["extent"], battle["country"]) == ("day", "within", "TCD")
    assert (raid["actors"], raid["direction"]) == (["Our Front"], "directed")
    assert (raid["precision"], raid["extent"]) == ("month", "throughout")
    assert raid["place_precision"] == "area"
    cells = dict(zip(GED.strip().split(","), BATTLE.strip().split(","), strict=True))
    assert json.loads(read.mentions.record[0]) == cells


def test_a_newer_file_updates_by_id(tmp_path: Path) -> None:
    import_file(write(tmp_path, BATTLE, ONE_SIDED), tmp_path / "t")
    newer = write(tmp_path, BATTLE.replace(",3,4,2", ",5,5,5"), BATTLE.replace("1,1,", "7,1,", 1))
    done = import_file(newer, tmp_path / "t")
    assert (done.new, done.changed, done.gone) == (1, 1, 1)
    assert len(read_table(tmp_path / "t").events) == 2


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (BATTLE.replace("2015-05-11,2", "2015-02-30,2"), "date_start: 2015-02-30: no day"),
        (BATTLE.replace("1,1,", "8,9,", 1), "type_of_violence: 9: no code"),
        (BATTLE.replace("1,1,", "8,1,", 1).replace(",3,4,2", ",-99,4,2"), "below 0"),
        (BATTLE.replace("1,1,", "8,1,", 1).replace(",3,4,2", ",few,4,2"), "best: few: no number"),
        (ONE_SIDED, "the same id"),
    ],
)
def test_a_row_that_fails_is_told_and_kept_beside(tmp_path: Path, row: str, why: str) -> None:
    done = import_file(write(tmp_path, ONE_SIDED, row), tmp_path / "t")
    assert (done.rows, done.failed) == (1, 1)
    assert why in done.first[0]
    assert done.beside and why in done.beside.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"a,b\n1,2\n", "no known format"),
        (GED.encode() + b"\0" + BATTLE.encode(), "NUL"),
        (GED.encode(), "no rows"),
        (b"country_id_cy,country_cy,year_cy\n1,Chad,2015\n", "no events"),
        (b"Country,Month,Year,Events,Fatalities\nChad,May,2015,3,9\n", "no events"),
        ((GED.strip() + ",strange\n" + BATTLE.strip() + ",1\n").encode(), "'strange'"),
    ],
)
def test_what_is_no_data_set_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(TableError, match=why) as caught:
        import_file(path, tmp_path / "t")
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "t").exists()


ACLED = (
    "event_id_cnty,event_date,time_precision,event_type,actor1,actor2,country,fatalities,"
    "timestamp\n"
)
DAYS = ("2024-08-05", "05 August 2024", "05-August-2024", "5-Aug-24", "05-08-24")


@pytest.mark.parametrize("day", DAYS)
def test_a_stand_in_day_is_widened_back(tmp_path: Path, day: str) -> None:
    path = tmp_path / "acled.csv"
    rows = [f"CHA{n},{day},{n},Battles,Front A,Front B,Chad,2,1700\n" for n in (1, 2, 3)]
    path.write_text(ACLED + "".join(rows), encoding="utf-8")
    events = read_table(import_file(path, tmp_path / "t").table).events
    days = {(str(one.start), str(one.end)) for one in events.itertuples()}
    week, month = ("2024-08-05", "2024-08-11"), ("2024-08-01", "2024-08-31")
    assert days == {("2024-08-05", "2024-08-05"), week, month}
    assert set(events.direction) == {"unknown"}
    assert events.killed_low.isna().all()


def test_the_newest_of_two_rows_wins(tmp_path: Path) -> None:
    path = tmp_path / "acled.csv"
    rows = [f"CHA1,2024-08-05,1,Battles,A,B,Chad,{n},{n}\n" for n in (1, 9, 3)]
    path.write_text(ACLED + "".join(rows), encoding="utf-8")
    done = import_file(path, tmp_path / "t")
    assert (done.rows, done.failed) == (1, 2)
    assert list(read_table(done.table).events.killed) == [9]


def test_a_zip_that_climbs_or_swells_is_refused(tmp_path: Path) -> None:
    for name, content, why in (
        ("../x.csv", GED, "climbs"),
        ("x.csv", "0" * 300_000_000, "unpacks"),
    ):
        path = tmp_path / "bad.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content)
        with pytest.raises(TableError, match=why):
            import_file(path, tmp_path / "t")


def test_the_command_says_what_came_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(write(tmp_path, BATTLE)), "--out", str(tmp_path / "t")]) == 0
    assert "1 new, 0 changed, 0 gone" in capsys.readouterr().out


@pytest.mark.skipif(not DATASETS.is_dir(), reason="the real files are not beside the project")
@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("ucdp-ged-myanmar-49col.csv", 7374),
        ("ucdp-ged191-myanmar-bangladesh.zip", 3194),
        ("ucdp-ged-hdx-bangladesh.csv", 601),
        ("ucdp-ged231-central-african-republic.geojson", 1848),
    ],
)
def test_the_real_files_are_read_whole(tmp_path: Path, name: str, rows: int) -> None:
    done = import_file(DATASETS / name, tmp_path / "t")
    assert (done.rows, done.failed) == (rows, 0)
    assert len(read_table(tmp_path / "t").events) == rows
