"""The command line reads reports, shows dates and checks tables; its complaints are one line."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dashboard.cli import main
from etl.files.reports import read_report
from etl.tables.table import read_table
from etl.vocabulary import data_folder

REPORT = data_folder() / "reports" / "irak-pourparlers.fr.md"
UNDATED = "Les rebelles ont pris Goma en mars 2020. Lundi, ils ont attaqué Sake.\n"


def test_extract_says_what_it_found_what_it_left_out_and_where_the_table_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["extract", str(REPORT), "--out", str(tmp_path / "iraq")]) == 0
    told = capsys.readouterr().out
    assert "13 mentions of dated happenings" in told
    assert "left out: line 15, « cette année »: frames a comparison" in told
    assert "2023-10-07 .. 2024-01-25  armed_attack" in told
    assert f"13 events from 1 sources: table in {tmp_path / 'iraq'}" in told
    assert len(read_table(tmp_path / "iraq").events) == 13


def test_extract_names_the_table_after_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["extract", str(REPORT)]) == 0
    assert len(read_table(tmp_path / "irak-pourparlers.fr.table").events) == 13


def test_without_a_day_of_publication_each_relative_date_is_named_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(UNDATED, encoding="utf-8")
    assert main(["extract", str(path), "--language", "fr", "--out", str(tmp_path / "t")]) == 0
    warned = capsys.readouterr().err
    assert "a.txt, line 1: « Lundi » has no day to count from" in warned
    assert "--published" in warned
    table = read_table(tmp_path / "t")
    assert table.events["start"].astype(str).tolist() == ["2020-03-01"]
    assert table.mentions["event_id"].isna().sum() == 1


def test_a_report_that_holds_no_date_gives_an_empty_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Nothing here says when.\n")
    assert main(["extract", str(path), "--out", str(tmp_path / "t")]) == 0
    assert "0 events from 1 sources" in capsys.readouterr().out
    assert read_table(tmp_path / "t").events.empty


def test_dates_gives_every_phrase_with_its_place_in_the_file(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["dates", str(REPORT), "--json"]) == 0
    phrases = json.loads(capsys.readouterr().out)
    text = read_report(REPORT).text
    assert all(text[one["start"] : one["end"]] == one["text"] for one in phrases)
    by_text = {one["text"]: one for one in phrases}
    assert by_text["7 octobre"] == {
        "start": text.index("7 octobre"),
        "end": text.index("7 octobre") + len("7 octobre"),
        "text": "7 octobre",
        "date_start": "2023-10-07",
        "date_end": "2023-10-07",
        "precision": "day",
        "basis": "year_inferred",
        "anchor": "2024-01-25",
        "rule": "day_month",
        "timex": "2023-10-07",
        "ends": [],
    }
    assert by_text["été dernier"]["timex"] == "2023-SU"
    assert len(phrases) == 12


def test_dates_shows_a_table_and_names_impossible_days(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Pris le 31 février, repris le 3 mars 2020.\n")
    assert main(["dates", str(path), "--language", "fr"]) == 0
    told = capsys.readouterr()
    assert "3 mars 2020" in told.out
    assert "1 date phrases" in told.out
    assert "« 31 février »: no such day in the calendar" in told.err


def test_check_says_that_a_table_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(data_folder() / "tables" / "sample")]) == 0
    assert "sound: 13 events, 26 mentions, 2 sources" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["extract", "none.txt"], "none.txt: no such file"),
        (["extract", str(REPORT), "--published", "soon"], "'soon' is no day"),
        (["extract", str(REPORT), "--language", "xx"], "language 'xx' is not known"),
        (["dates", "none.txt"], "no such file"),
        (["check", "none"], "no such table"),
        (["check", str(REPORT)], "is a file; a table is a folder"),
        (["juggle"], "juggle"),
    ],
)
def test_a_complaint_is_one_line_with_exit_code_2(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    told = capsys.readouterr()
    assert says in told.err
    assert told.err.count("\n") == 1
    assert not told.out


def test_a_table_whose_write_was_cut_off_keeps_its_reports(tmp_path: Path) -> None:
    folder = tmp_path / "t"
    assert main(["extract", str(REPORT), "--out", str(folder)]) == 0
    folder.rename(tmp_path / ".t.old")
    other = REPORT.with_name("iraq-talks.en.md")
    assert main(["extract", str(other), "--out", str(folder)]) == 0
    assert len(read_table(folder).sources) == 2


@pytest.mark.parametrize("place", ["taken", "taken/deeper"])
def test_a_place_that_cannot_hold_a_table_is_one_line(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").write_text("mine")
    assert main(["extract", str(REPORT), "--out", str(tmp_path / place)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert (tmp_path / "taken").read_text() == "mine"


def test_one_bad_report_leaves_the_table_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "t"
    assert main(["extract", str(REPORT), "--out", str(folder)]) == 0
    (tmp_path / "empty.txt").touch()
    assert main(["extract", str(tmp_path / "empty.txt"), "--out", str(folder)]) == 2
    assert len(read_table(folder).events) == 13


@pytest.mark.parametrize("command", ["extract", "dates", "check", "serve", "export"])
def test_every_help_ends_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    last = capsys.readouterr().out.rstrip().splitlines()[-2:]
    assert last[0] == "example:"
    assert last[1].strip().startswith(f"conflict-timeline {command}")


def test_a_write_that_is_killed_leaves_the_old_table(tmp_path: Path) -> None:
    """A real process, killed at random moments of its work."""
    folder = tmp_path / "t"
    assert main(["extract", str(REPORT), "--out", str(folder)]) == 0
    script = (
        "from pathlib import Path; from etl.tables.table import read_table, write_table;"
        f"p = Path({str(folder)!r}); t = read_table(p); print('ready', flush=True)\n"
        "while True: write_table(t, p)"
    )
    for pause in (0.0, 0.05, 0.11):
        with subprocess.Popen(
            [sys.executable, "-c", script], stdout=subprocess.PIPE, env=os.environ
        ) as writer:
            assert writer.stdout
            writer.stdout.readline()
            time.sleep(pause)
            writer.send_signal(signal.SIGKILL)
        assert len(read_table(folder).events) == 13
