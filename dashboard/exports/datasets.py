"""The events in the columns of ACLED and UCDP GED, with what these cannot say beside them.

Each is a zip: `events.csv` in the other's columns, `left-out.csv` with every event that the form
cannot hold and why, and `about.txt`. An event that came from such a row goes out as that row.
"""

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from dashboard.exports.captions import Provenance, write_caption
from dashboard.exports.rows import write_edtf, write_table
from dashboard.texts import say, say_country
from etl.vocabulary import load_csv, load_toml

Row = dict[str, Any]
Write = Callable[[Row], Row | str]  # the row in the other's columns, or why it is left out

ACLED = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3",
    "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes",
    "fatalities", "tags", "timestamp",
)  # fmt: skip
UCDP = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
_DISORDERS = {
    "Battles": "Political violence",
    "Explosions/Remote violence": "Political violence",
    "Violence against civilians": "Political violence",
    "Protests": "Demonstrations",
    "Riots": "Demonstrations",
    "Strategic developments": "Strategic developments",
}
_LONGEST = ((1, 1), (7, 2), (31, 3))  # days, and ACLED's time_precision
_WINDOWS = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))  # days, and UCDP's date_prec
_PLACES = {"point": 1, "area": 2, "country": 3}
_WHERE = {"point": 1, "area": 4, "country": 6}


def write_acled(events: Sequence[Row], told: Sequence[Row], provenance: Provenance) -> bytes:
    """A zip with the events in the columns of ACLED."""
    return _write_zip("acled", "acled", ACLED, _to_acled, events, told, provenance)


def write_ucdp(events: Sequence[Row], told: Sequence[Row], provenance: Provenance) -> bytes:
    """A zip with the events in the columns of UCDP GED."""
    return _write_zip("ucdp", "ucdp-ged", UCDP, _to_ucdp, events, told, provenance)


def write_records(events: Sequence[Row], told: Sequence[Row], provenance: Provenance) -> bytes:
    """A zip with the rows of data sets as they came, a CSV a source."""
    language, held = provenance.language, {row["event_id"] for row in events}
    sources: dict[str, list[Row]] = {}
    for one in told:
        if one["record"] and one["event_id"] in held:
            sources.setdefault(one["source_id"], []).append(json.loads(one["record"]))
    files = {f"{_name_file(name)}.csv": _write_rows(rows) for name, rows in sources.items()}
    without = len(held) - len({one["event_id"] for one in told if one["record"]} & held)
    lost = say(language, "export.without_record", n=without, total=len(held))
    return _pack(files, [*_introduce(provenance), lost])


def _write_rows(rows: list[Row], form: Sequence[str] = ()) -> str:
    """The rows as CSV, in their own columns where all have the same, else in those of the form."""
    own = list(dict.fromkeys(name for row in rows for name in row))
    whole = rows and all(len(row) == len(own) for row in rows)
    columns = own if whole or not form else list(dict.fromkeys([*form, *own]))
    return write_table(columns, ([row.get(name) for name in columns] for row in rows))


def _name_file(name: str) -> str:
    return "".join(one if one.isalnum() or one in "-_." else "_" for one in name).strip(".")


def _write_zip(
    form: str,
    format: str,
    columns: Sequence[str],
    write: Write,
    events: Sequence[Row],
    told: Sequence[Row],
    provenance: Provenance,
) -> bytes:
    language = provenance.language
    mentions: dict[str, list[Row]] = {}
    for one in told:
        mentions.setdefault(one["event_id"], []).append(one)
    rows, lost = [], []
    for event in events:
        told_of = mentions.get(event["event_id"], [])
        row = _find_record(told_of, format) or write(event | {"mentions": told_of})
        if isinstance(row, str):
            why = say(language, f"export.why_{row}")
            lost.append([event["event_id"], event["title"], write_edtf(event), why])
        else:
            rows.append(row)
    about = [
        *_introduce(provenance),
        say(language, f"export.lost_{form}"),
        say(language, "export.left_out", n=len(lost), total=len(events)),
    ]
    files = {
        "events.csv": _write_rows(rows, columns),
        "left-out.csv": write_table(["event_id", "title", "edtf", "reason"], lost),
    }
    return _pack(files, about)


def _find_record(told: Sequence[Row], format: str) -> Row | None:
    """The row of this very format that an event came from, if it is all that is known of it."""
    if len(told) != 1 or told[0]["source_id"] != format or not told[0]["record"]:
        return None
    record: Row = json.loads(told[0]["record"])
    return record


def _introduce(provenance: Provenance) -> list[str]:
    return [provenance.title, *write_caption(provenance)]


def _pack(files: dict[str, str], about: list[str]) -> bytes:
    files = files | {"about.txt": "\n".join(about) + "\n"}
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _to_acled(row: Row) -> Row | str:
    kind = load_toml("event_types.toml")[row["type"]]["acled"]
    precision = _find_step(row, _LONGEST)
    first, second = _find_sides(row)
    unfit = _find_unfit(row) or ("type" if not kind else "" if precision else "dates")
    if unfit:
        return unfit
    day = _find_middle(row)
    return {
        "event_id_cnty": row["event_id"],
        "event_date": day.isoformat(),
        "year": day.year,
        "time_precision": precision,
        "disorder_type": _DISORDERS[kind],
        "event_type": kind,
        "actor1": first[:1],
        "assoc_actor_1": first[1:],
        "inter1": _find_inter(first),
        "actor2": second[:1],
        "assoc_actor_2": second[1:],
        "inter2": _find_inter(second),
        **_find_place(row),
        "location": row["place"],
        "geo_precision": _PLACES.get(row["place_precision"]),
        "source": _list_told(row, "source_publisher") or _list_told(row, "source_title"),
        "notes": f"[{write_edtf(row)}] {row['title']}",
        "fatalities": row["killed"],
    }


def _to_ucdp(row: Row) -> Row | str:
    precision = _find_step(row, _WINDOWS)
    violent = load_toml("event_types.toml")[row["type"]]["family"] == "violence"
    deadly = any(row[name] for name in ("killed", "killed_high"))
    unfit = _find_unfit(row) or ("" if violent else "type") or ("" if deadly else "toll")
    unfit = unfit or ("" if precision else "dates")
    if unfit:
        return unfit
    (first, second), tolls = _find_sides(row), [row["killed_low"], row["killed_high"]]
    best = next(toll for toll in (row["killed"], *tolls) if toll is not None)
    return {
        "id": row["event_id"],
        "year": row["start"].year,
        "type_of_violence": _find_violence(first, second),
        "dyad_name": " - ".join("; ".join(side) for side in (first, second) if side),
        "side_a": first,
        "side_b": second,
        "number_of_sources": row["sources"],
        "source_article": _list_told(row, "source_title"),
        "source_office": _list_told(row, "source_publisher"),
        "source_date": _list_told(row, "source_published"),
        "source_original": _list_told(row, "sentence"),
        "where_prec": _WHERE.get(row["place_precision"]),
        "where_coordinates": row["place"],
        **{name: value for name, value in _find_place(row).items() if name != "iso"},
        "event_clarity": 2 if row["extent"] == "throughout" or row["count"] else 1,
        "date_prec": precision,
        "date_start": row["start"],
        "date_end": row["end"],
        "deaths_unknown": best,
        "best": best,
        "high": best if row["killed_high"] is None else row["killed_high"],
        "low": best if row["killed_low"] is None else row["killed_low"],
    }


def _find_unfit(row: Row) -> str:
    """Why neither form can hold an event; "" where they can."""
    if row["status"] != "happened":
        return "status"
    return "open" if row["end"] is None else ""


def _find_step(row: Row, steps: Sequence[tuple[int, int]]) -> int | None:
    """The code of how exact its days are; None where they are less exact than the form knows."""
    if row["end"] is None:
        return None
    days = (row["end"] - row["start"]).days + 1
    return next((code for most, code in steps if days <= most), None)


def _find_middle(row: Row) -> date:
    """The day that stands for all of them, as ACLED wants one."""
    middle: date = row["start"] + timedelta((row["end"] - row["start"]).days // 2)
    return middle


def _find_sides(row: Row) -> tuple[list[str], list[str]]:
    """Who stands on the one side and on the other; of two who met as equals, one on each."""
    if row["recipients"] or row["direction"] == "directed":
        return row["actors"], row["recipients"]
    return row["actors"][:1], row["actors"][1:]


def _find_kind(name: str) -> str:
    """What an actor is: state, armed_group and so on; "" where the vocabulary does not know."""
    if any(name == country["name"] for country in load_csv("countries.csv")):
        return "state"
    return next((one["kind"] for one in load_csv("actors.csv") if one["name"] == name), "")


def _find_inter(side: Sequence[str]) -> str:
    kinds = {"state": "State forces", "armed_group": "Rebel group"}
    return kinds.get(_find_kind(side[0]), "") if side else ""


def _find_violence(first: Sequence[str], second: Sequence[str]) -> int | None:
    """State-based (1) or between groups (2); None where the kind of a side is not known."""
    kinds = [_find_kind(side[0]) for side in (first, second) if side]
    if len(kinds) < 2 or not set(kinds) <= {"state", "armed_group"}:
        return None
    return 1 if "state" in kinds else 2


def _find_place(row: Row) -> Row:
    country = row["country"]
    numbers = {} if country is None else {"country": say_country(country, "en")}
    exact = row["place_precision"] in ("point", "area")
    return numbers | {name: row[name] if exact else None for name in ("latitude", "longitude")}


def _list_told(row: Row, name: str) -> str:
    return "; ".join(dict.fromkeys(str(one[name]) for one in row["mentions"] if one[name]))
