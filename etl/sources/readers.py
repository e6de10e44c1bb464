"""Read a file of rows into a table `raw` of the engine: all cells as text, with its row `_row`."""

import codecs
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import duckdb
import pyarrow

from etl.model import TableError

_PIECE = 1 << 20
_LARGEST_INSIDE = 4 << 30  # bytes that a zip may unpack to
_MOST_PACKED = 200  # times smaller than what it holds: more is a trap
_DELIMITERS = (",", ";", "\t", "|")


def read_file(engine: duckdb.DuckDBPyConnection, path: Path, room: Path) -> list[str]:
    """Fill `raw` and `broken` (rows that are no rows) from `path`; the columns come back.

    `room` is a folder for what must be unpacked or written anew.
    """
    if not path.is_file():
        raise TableError(f"{path}: no such file: check the name")
    if path.stat().st_size == 0:
        raise TableError(f"{path}: empty: nothing to import")
    if zipfile.is_zipfile(path) and path.suffix.lower() == ".zip":
        path = _unpack(path, room)
    if path.suffix.lower() in (".geojson", ".json"):
        path = _flatten(path, room)
    return _read_csv(engine, _make_utf8(path, room), path)


def _unpack(path: Path, room: Path) -> Path:
    """The one file of rows in a zip."""
    with zipfile.ZipFile(path) as archive:
        inside = [one for one in archive.infolist() if not one.is_dir()]
        for one in inside:
            parts = PurePosixPath(one.filename.replace("\\", "/"))
            if parts.is_absolute() or ".." in parts.parts:
                raise TableError(f"{path}: {one.filename!r} climbs out of the zip: do not trust it")
        if len(inside) != 1:
            raise TableError(f"{path}: {len(inside)} files inside: unpack it and import one")
        (one,) = inside
        large = one.file_size > _LARGEST_INSIDE
        if large or one.file_size > _MOST_PACKED * max(one.compress_size, _PIECE):
            raise TableError(f"{path}: unpacks to {one.file_size:,} bytes: unpack it yourself")
        target = room / f"inside{PurePosixPath(one.filename).suffix}"
        left = one.file_size
        with archive.open(one) as source, target.open("wb") as sink:
            while piece := source.read(_PIECE):
                left -= len(piece)
                if left < 0:
                    raise TableError(f"{path}: unpacks to more than it says: do not trust it")
                sink.write(piece)
    return target


def _flatten(path: Path, room: Path) -> Path:
    """The features of a GeoJSON file as lines of cells; the point as latitude and longitude."""
    try:
        features = json.loads(path.read_bytes())["features"]
        rows = [one["properties"] | _find_point(one) for one in features]
    except (ValueError, KeyError, TypeError) as error:
        raise TableError(
            f"{path}: no GeoJSON with features (truncated?): fetch it again"
        ) from error
    if not rows:
        raise TableError(f"{path}: no features: nothing to import")
    target = room / "features.csv"
    with duckdb.connect() as engine:
        columns = list(dict.fromkeys(name for row in rows for name in row))
        cells = {name: [_as_text(row.get(name)) for row in rows] for name in columns}
        held = pyarrow.table(cells)
        engine.register("held", held)
        engine.execute(f"copy held to '{target}' (header, force_quote *)")
    return target


def _find_point(feature: dict[str, dict[str, list[float]]]) -> dict[str, float]:
    place = feature.get("geometry") or {}
    spot = place.get("coordinates") or []
    return dict(zip(("longitude", "latitude"), spot[:2], strict=False))


def _as_text(value: object) -> str | None:
    if value is None:
        return None
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _make_utf8(path: Path, room: Path) -> Path:
    """The file, or a copy in UTF-8 where it is in cp1252. A file with NUL bytes is refused."""
    if _is_utf8(path):
        return path
    target = room / "utf8.csv"
    with (
        path.open(encoding="cp1252", newline="") as source,
        target.open("w", encoding="utf-8", newline="") as sink,
    ):
        try:
            while piece := source.read(_PIECE):
                sink.write(piece)
        except UnicodeDecodeError as error:
            raise TableError(f"{path}: neither UTF-8 nor cp1252: save it as UTF-8") from error
    return target


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in _pieces(path):
            if b"\0" in piece:
                raise TableError(f"{path}: NUL bytes in it: no file of text, or a broken one")
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as source:
        while piece := source.read(_PIECE):
            yield piece


def _read_csv(engine: duckdb.DuckDBPyConnection, file: Path, path: Path) -> list[str]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        first = lines.readline(_PIECE)
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        engine.execute(
            "create table raw as select row_number() over () + 1 as _row, * from read_csv("
            "$file, header = true, all_varchar = true, delim = $delim, quote = '\"', "
            "escape = '\"', store_rejects = true, max_line_size = 16000000)",
            {"file": str(file), "delim": delimiter},
        )
    except duckdb.Error as error:
        line = str(error).splitlines()[0][:200]
        raise TableError(f"{path}: cannot be read as rows: {line}: check the file") from error
    engine.execute(
        "create table broken as select distinct line as _row, "
        "error_message as fault, csv_line as record from reject_errors"
    )
    held = [str(name) for name, *_ in engine.execute("describe raw").fetchall()]
    if twice := {name for name in held if [one.lower() for one in held].count(name.lower()) > 1}:
        raise TableError(f"{path}, line 1: column {min(twice)} stands twice: rename one")
    return held[1:]
