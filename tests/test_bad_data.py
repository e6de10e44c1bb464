"""Data sets as bad as they come: refused in one line with the remedy, or told row by row."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from dashboard.cli import main
from etl.model import TableError
from etl.sources import store
from etl.sources.load import Wish, import_file
from etl.tables.table import read_table

HEAD = (
    "id,type_of_violence,side_a,side_b,where_prec,where_coordinates,latitude,longitude,country,"
    "event_clarity,date_prec,date_start,date_end,source_headline,best,high,low"
)


def row(
    id: str = "1", day: str = "2015-05-11", head: str = "", best: str = "3", side: str = "Front"
) -> str:
    place = "1,Ab,12.5,20.5,Chad"
    return f"{id},1,Government of Chad,{side},{place},1,1,{day},{day},{head},{best},4,2"


def write(folder: Path, *rows: str, end: str = "\n", encoding: str = "utf-8") -> Path:
    path = folder / "ged.csv"
    path.write_bytes((end.join([HEAD, *rows]) + end).encode(encoding))
    return path


def refuse(path: Path, folder: Path) -> str:
    with pytest.raises(TableError) as caught:
        import_file(path, folder / "t")
    assert not (folder / "t").exists()
    assert not [one for one in folder.iterdir() if one.name.startswith(".")]
    line = str(caught.value)
    assert "\n" not in line
    assert line.startswith(str(path))
    return line


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_may(tmp_path: Path, end: str) -> None:
    assert import_file(write(tmp_path, row(), row("2"), end=end), tmp_path / "t").rows == 2


def test_lines_that_end_now_so_now_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "ged.csv"
    notes = '"a\r\nb\nc"'
    path.write_bytes(f"{HEAD}\r\n{row(head=notes)}\n{row('2')}\r\n{row('3')}\n".encode())
    done = import_file(path, tmp_path / "t")
    assert (done.rows, done.failed) == (3, 0)
    assert "a\r\nb\nc" in list(read_table(done.table).mentions.sentence.dropna())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_encodings_as_they_are_seen(tmp_path: Path, encoding: str) -> None:
    done = import_file(write(tmp_path, row(side="Fédération"), encoding=encoding), tmp_path / "t")
    assert read_table(done.table).events.others[0][-1] == "Fédération"


def test_semicolons(tmp_path: Path) -> None:
    path = tmp_path / "ged.csv"
    path.write_text(f"{HEAD}\n{row()}\n".replace(",", ";"), encoding="utf-8")
    assert import_file(path, tmp_path / "t").rows == 1


def test_a_truncated_file_gives_its_whole_rows_and_tells_the_last(tmp_path: Path) -> None:
    done = import_file(write(tmp_path, row(), row("2")[:40]), tmp_path / "t")
    assert (done.rows, done.failed) == (1, 1)
    assert done.beside and row("2")[:40] in done.beside.read_text(encoding="utf-8")


def test_a_quote_that_is_never_closed_loses_no_row_unseen(tmp_path: Path) -> None:
    path = write(tmp_path, row(), row("2", head='"never closed'), row("3"))
    done = import_file(path, tmp_path / "t")
    assert done.rows == 1
    assert done.failed >= 1
    assert done.beside and "never closed" in done.beside.read_text(encoding="utf-8")


def test_the_wrong_delimiter(tmp_path: Path) -> None:
    path = tmp_path / "ged.csv"
    path.write_text(HEAD.replace(",", "#") + "\n" + row().replace(",", "#"), encoding="utf-8")
    assert "no known format" in refuse(path, tmp_path)


def test_a_cell_of_a_million_characters_is_kept_whole_and_shown_in_part(tmp_path: Path) -> None:
    done = import_file(write(tmp_path, row(head="x" * 1_000_000)), tmp_path / "t")
    mentions = read_table(done.table).mentions
    assert len(mentions.sentence[0]) == 10_000
    assert len(json.loads(mentions.record[0])["source_headline"]) == 1_000_000
    failed = import_file(write(tmp_path, row(), row("2", side="y" * 1_000_000)), tmp_path / "u")
    assert "too long to be a name" in failed.first[0]
    assert len(failed.first[0]) < 400


def test_a_line_without_end_is_told(tmp_path: Path) -> None:
    done = import_file(write(tmp_path, row(), row("2", head="x" * 17_000_000)), tmp_path / "t")
    assert (done.rows, done.failed) == (1, 1)


@pytest.mark.parametrize("day", ["2015-00-11", "2015-05-00", "0000-05-11", "-99", "11.05.2015", ""])
def test_no_day_is_made_of_what_is_none(tmp_path: Path, day: str) -> None:
    done = import_file(write(tmp_path, row(), row("2", day)), tmp_path / "t")
    assert (done.rows, done.failed) == (1, 1)
    assert "no day" in done.first[0] or "a year outside" in done.first[0]


@pytest.mark.parametrize(("best", "why"), [("-99", "below 0"), ("a few", "no number")])
def test_no_toll_is_made_of_what_is_none(tmp_path: Path, best: str, why: str) -> None:
    done = import_file(write(tmp_path, row(), row("2", best=best)), tmp_path / "t")
    assert why in done.first[0]


@pytest.mark.parametrize("best", ["3", "3.0", " 3 "])
def test_numbers_written_as_text_are_numbers(tmp_path: Path, best: str) -> None:
    done = import_file(write(tmp_path, row(best=best)), tmp_path / "t")
    assert list(read_table(done.table).events.killed) == [3]


def test_a_side_file_that_is_corrected_comes_in_and_takes_nothing_out(tmp_path: Path) -> None:
    first = import_file(write(tmp_path, row(), row("2", "2015-02-30")), tmp_path / "t")
    assert first.beside
    corrected = first.beside.read_text(encoding="utf-8").replace("2015-02-30", "2015-02-28")
    first.beside.write_text(corrected, encoding="utf-8")
    second = import_file(first.beside, tmp_path / "t")
    assert (second.rows, second.new, second.gone, second.failed) == (1, 1, 0, 0)
    table = read_table(tmp_path / "t")
    assert set(table.events.event_id) == {"ucdp-ged-1", "ucdp-ged-2"}
    assert "_why" not in "".join(table.mentions.record)


def test_another_part_of_a_data_set_is_added(tmp_path: Path) -> None:
    import_file(write(tmp_path, row(), row("2")), tmp_path / "t")
    done = import_file(write(tmp_path, row("3")), tmp_path / "t")
    assert (done.new, done.gone) == (1, 0)
    assert len(read_table(tmp_path / "t").events) == 3


def test_what_a_newer_file_no_longer_has_is_gone_unless_it_shall_stay(tmp_path: Path) -> None:
    import_file(write(tmp_path, row(), row("2"), row("3")), tmp_path / "t")
    newer = write(tmp_path, row(), row("2", best="9"), row("4"))
    kept = import_file(newer, tmp_path / "t", Wish(add=True))
    assert (kept.new, kept.changed, kept.gone) == (1, 1, 0)
    assert len(read_table(tmp_path / "t").events) == 4
    done = import_file(newer, tmp_path / "t")
    assert (done.new, done.changed, done.gone) == (0, 0, 1)
    assert set(read_table(tmp_path / "t").events.event_id) == {f"ucdp-ged-{n}" for n in (1, 2, 4)}


def test_reports_in_the_table_stay(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("Gunmen killed two soldiers in Baghdad on 5 March 2019.", encoding="utf-8")
    assert main(["extract", str(report), "--out", str(tmp_path / "t")]) == 0
    import_file(write(tmp_path, row()), tmp_path / "t")
    import_file(write(tmp_path, row()), tmp_path / "t")
    table = read_table(tmp_path / "t")
    assert (len(table.events), len(table.sources)) == (2, 2)


def test_interrupted_the_old_table_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import_file(write(tmp_path, row()), tmp_path / "t")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "_write", stop)
    with pytest.raises(KeyboardInterrupt):
        import_file(write(tmp_path, row("2")), tmp_path / "t")
    assert list(read_table(tmp_path / "t").events.event_id) == ["ucdp-ged-1"]
    monkeypatch.undo()
    import_file(write(tmp_path, row("2")), tmp_path / "t")
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".")]


def zipped(path: Path, **files: bytes) -> Path:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    path.write_bytes(held.getvalue())
    return path


def test_zips_that_are_no_data_set(tmp_path: Path) -> None:
    assert "2 files" in refuse(zipped(tmp_path / "a.zip", a_csv=b"1", b_csv=b"2"), tmp_path)
    cut = zipped(tmp_path / "b.zip", a_csv=f"{HEAD}\n{row()}".encode())
    cut.write_bytes(cut.read_bytes()[:-30])
    refuse(cut, tmp_path)
    book = zipped(tmp_path / "c.xlsx", a_xml=b"0" * 300_000_000)
    assert "unpacks" in refuse(book, tmp_path)
    damaged = tmp_path / "d.xlsx"
    damaged.write_bytes(b"PK\3\4 no workbook")
    assert "damaged workbook" in refuse(damaged, tmp_path)


@pytest.mark.parametrize("text", ['{"features": [', "[1, 2]", "{}", '{"events": 3}', "[" * 100_000])
def test_json_that_holds_no_rows(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    refuse(path, tmp_path)


def test_markup_and_quotes_in_columns_are_only_text(tmp_path: Path) -> None:
    head = 'When,What,"it\'s <b>","a ""quoted"" one"'
    path = tmp_path / "mine.csv"
    path.write_text(f"{head}\n2024,Raid,'; drop table raw; --,x\n", encoding="utf-8")
    wish = Wish(columns={"start": "When", "title": "What", "place": "it's <b>"})
    table = read_table(import_file(path, tmp_path / "t", wish).table)
    assert list(table.events.place) == ["'; drop table raw; --"]
    assert json.loads(table.mentions.record[0])['a "quoted" one'] == "x"


def test_the_command_tells_the_first_ten_and_where_all_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = [row(str(n), "2015-02-30") for n in range(2, 20)]
    path = write(tmp_path, row(), *bad)
    assert main(["import", str(path), "--out", str(tmp_path / "t")]) == 1
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 11
    assert "row 3: date_start: 2015-02-30: no day" in told[0]
    assert "18 rows failed" in told[-1]
    assert str(tmp_path / "t.failed.csv") in told[-1]
