"""A table keeps its contract: checked at each read and write, written whole or not at all."""

import contextlib
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

from etl.model import TableError
from etl.tables import table as table_module
from etl.tables.table import Table, make_table, read_table, write_table

EVENT = {
    "event_id": "e1",
    "title": "A raid on the depot",
    "start": date(2024, 1, 20),
    "end": date(2024, 1, 20),
    "precision": "day",
    "extent": "within",
    "basis": "relative",
    "status": "happened",
    "role": "news",
    "type": "air_or_missile_strike",
    "actors": ["A"],
    "recipients": ["B"],
    "others": [],
    "direction": "directed",
    "sources": 1,
    "agreement": "single",
    "review": "machine",
}
SOURCE = {
    "source_id": "s1",
    "title": "T",
    "file_name": "t.txt",
    "sha256": "0",
    "kind": "report",
}
MENTION = {"event_id": "e1", "source_id": "s1", "sentence": "A raid.", "spans": []}


def small(**changes: Any) -> Table:
    return make_table([{**EVENT, **changes}], [MENTION], [SOURCE])


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    later = {**EVENT, "event_id": "e2", "start": date(2023, 5, 1), "end": None, "killed": 0}
    told = make_table([EVENT, later], [MENTION], [SOURCE])
    there = read_table(write_table(told, tmp_path / "t"))
    for part in ("events", "mentions", "sources"):
        assert getattr(there, part).equals(getattr(told, part))
    assert list(there.events["event_id"]) == ["e2", "e1"], "sorted by start"
    assert there.events["killed"].tolist()[0] == 0
    assert there.events["killed"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"precision": "hour"}, "precision, row 1"),
        ({"type": "quarrel"}, "type, row 1"),
        ({"end": date(2023, 1, 1)}, "start is after end"),
        ({"title": ""}, "title, row 1"),
        ({"killed": -1}, "killed, row 1"),
        ({"latitude": 91.0}, "latitude, row 1"),
        ({"start": None}, "start, row 1"),
    ],
)
def test_a_broken_rule_names_column_and_row(
    tmp_path: Path, changes: dict[str, Any], says: str
) -> None:
    """When it is written, and when what another program wrote is read."""
    broken = small(**changes)
    with pytest.raises(TableError, match=says):
        write_table(broken, tmp_path / "t")
    assert not (tmp_path / "t").exists()
    folder = write_table(small(), tmp_path / "t")
    part = folder / "events.parquet"
    stamp = pyarrow.parquet.read_schema(part).metadata
    rows = pyarrow.Table.from_pandas(broken.events, preserve_index=False)
    pyarrow.parquet.write_table(rows.replace_schema_metadata(stamp), part)
    with pytest.raises(TableError, match=says):
        read_table(folder)


def test_a_mention_of_no_event_is_refused(tmp_path: Path) -> None:
    stray = make_table([EVENT], [{**MENTION, "event_id": "e9"}], [SOURCE])
    with pytest.raises(TableError, match="event_id, row 1"):
        write_table(stray, tmp_path / "t")


def test_a_missing_table_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no such table: make one with"):
        read_table(tmp_path / "none")


def test_a_missing_part_is_named(tmp_path: Path) -> None:
    folder = write_table(small(), tmp_path / "t")
    (folder / "mentions.parquet").unlink()
    with pytest.raises(TableError, match=r"mentions\.parquet: missing"):
        read_table(folder)


def test_a_truncated_part_is_named(tmp_path: Path) -> None:
    folder = write_table(small(), tmp_path / "t")
    part = folder / "events.parquet"
    part.write_bytes(part.read_bytes()[:-40])
    with pytest.raises(TableError, match=r"events\.parquet: not a whole Parquet file"):
        read_table(folder)


def test_another_schema_version_is_refused(tmp_path: Path) -> None:
    folder = write_table(small(), tmp_path / "t")
    part = folder / "events.parquet"
    rows = pyarrow.parquet.read_table(part).replace_schema_metadata({"schema_version": "99"})
    pyarrow.parquet.write_table(rows, part)
    with pytest.raises(TableError, match="schema version 99, this program reads 1"):
        read_table(folder)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    folder = write_table(small(), tmp_path / "t")
    part = folder / "events.parquet"
    rows = pyarrow.parquet.read_table(part)
    pyarrow.parquet.write_table(rows.drop_columns(["title"]), part)
    with pytest.raises(TableError, match="title"):
        read_table(folder)


@pytest.mark.parametrize("killed_at", range(1, 8))
def test_killed_at_any_moment_the_old_table_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killed_at: int
) -> None:
    """Each step of a write that touches the disk is made the last one, in turn."""
    folder = write_table(small(), tmp_path / "t")
    steps = 0

    def dies(step: Any) -> Any:
        def run(*args: Any, **kwargs: Any) -> Any:
            nonlocal steps
            steps += 1
            if steps == killed_at:
                raise KeyboardInterrupt
            return step(*args, **kwargs)

        return run

    monkeypatch.setattr(pyarrow.parquet, "write_table", dies(pyarrow.parquet.write_table))
    monkeypatch.setattr(Path, "mkdir", dies(Path.mkdir))
    monkeypatch.setattr(Path, "rename", dies(Path.rename))
    new = make_table([{**EVENT, "title": "A second raid"}], [MENTION], [SOURCE])
    with contextlib.suppress(KeyboardInterrupt):
        table_module.write_table(new, folder)
    monkeypatch.undo()
    titles = read_table(folder).events["title"].tolist()
    assert titles in (["A raid on the depot"], ["A second raid"])
    write_table(new, folder)
    assert read_table(folder).events["title"].tolist() == ["A second raid"]
    assert [path.name for path in tmp_path.iterdir()] == ["t"]


def test_a_folder_that_is_no_table_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(TableError, match="is no table, so it is left alone"):
        write_table(small(), tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"
