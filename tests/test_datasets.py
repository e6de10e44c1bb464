"""The forms of ACLED and UCDP GED, read back: their columns, their days, and what is left out."""

import csv
import io
import zipfile
from typing import Any

import pytest
from small_table import make_event, make_small_table

from dashboard.exports.datasets import ACLED, UCDP
from dashboard.exports.formats import EXPORTS
from dashboard.query import Tables, open_tables
from dashboard.views import View
from etl.tables.table import make_table, write_table

Rows = list[dict[str, str]]
EVENTS = [
    make_event("month", "2019-02-01", "2019-02-28", precision="month", type="bombing", killed=3,
               killed_low=2, killed_high=5, actors=["Islamic State"], recipients=["Iraq"],
               direction="directed", country="IRQ", place="Mosul", place_precision="point",
               latitude=36.3, longitude=43.1, title="-A bomb in Mosul"),
    make_event("year", "2020-01-01", "2020-12-31", precision="year", type="battle", killed=9),
    make_event("long", "2020-01-01", "2022-12-31", type="battle", killed=9, extent="throughout"),
    make_event("quiet", "2021-05-04", "2021-05-04", type="battle", killed=0),
    make_event("planned", "2024-05-04", "2024-05-04", type="negotiation", status="planned"),
]  # fmt: skip


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    told = [
        {"event_id": row["event_id"], "source_id": "s1", "sentence": "They said so.", "spans": []}
        for row in EVENTS
    ]
    source: Any = make_small_table().sources.to_dict("records")[0]
    folder = tmp_path_factory.mktemp("d") / "forms"
    return open_tables(write_table(make_table(EVENTS, told, [source]), folder))


def unpack(tables: Tables, form: str) -> tuple[Rows, dict[str, str], str]:
    with zipfile.ZipFile(io.BytesIO(EXPORTS[form](tables, View()))) as archive:
        held = {name: archive.read(name).decode() for name in archive.namelist()}
    lost = csv.DictReader(io.StringIO(held["left-out.csv"]))
    rows = list(csv.DictReader(io.StringIO(held["events.csv"])))
    return rows, {row["event_id"]: row["reason"] for row in lost}, held["about.txt"]


def test_acled_has_its_columns_and_a_day_that_can_be_widened_back(tables: Tables) -> None:
    rows, lost, about = unpack(tables, "acled.zip")
    first = rows[0]
    assert tuple(first) == ACLED
    assert (first["event_id_cnty"], first["event_date"], first["time_precision"]) == (
        "month", "2019-02-14", "3")  # fmt: skip
    assert first["event_type"] == "Explosions/Remote violence"
    assert (first["actor1"], first["inter1"]) == ("Islamic State", "Rebel group")
    assert (first["actor2"], first["inter2"]) == ("Iraq", "State forces")
    assert (first["fatalities"], first["latitude"], first["geo_precision"]) == ("3", "36.3", "1")
    assert first["notes"] == "[2019-02] -A bomb in Mosul"
    assert [row["event_id_cnty"] for row in rows] == ["month", "quiet"]
    assert set(lost) == {"year", "long", "planned"}
    assert "less exact" in lost["year"] and "planned" in lost["planned"]
    assert "3 of 5" in about and "EDTF" in about and "Source:" in about


def test_ucdp_holds_what_killed_in_its_window(tables: Tables) -> None:
    rows, lost, about = unpack(tables, "ucdp.zip")
    first = rows[0]
    assert tuple(first) == UCDP
    assert (first["date_start"], first["date_end"]) == ("2019-02-01", "2019-02-28")
    assert (first["date_prec"], first["event_clarity"], first["where_prec"]) == ("4", "1", "1")
    assert (first["best"], first["low"], first["high"]) == ("3", "2", "5")
    assert (first["side_a"], first["side_b"], first["type_of_violence"]) == (
        "Islamic State", "Iraq", "1")  # fmt: skip
    assert [row["id"] for row in rows] == ["month", "year"] and rows[1]["date_prec"] == "5"
    assert set(lost) == {"long", "quiet", "planned"}
    assert "killed" in lost["quiet"] and "deaths_unknown" in about


@pytest.mark.parametrize("form", ["acled.zip", "ucdp.zip"])
def test_every_event_is_in_the_form_or_in_the_list(tables: Tables, form: str) -> None:
    rows, lost, _ = unpack(tables, form)
    ids = {row.get("event_id_cnty") or row["id"] for row in rows}
    assert not ids & set(lost) and ids | set(lost) == {row["event_id"] for row in EVENTS}
    assert EXPORTS[form](tables, View()) == EXPORTS[form](tables, View())
