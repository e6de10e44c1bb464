"""A file as one of comma-separated cells in UTF-8: out of a zip, from JSON, GeoJSON or XLSX."""

import codecs
import csv
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from openpyxl import load_workbook

from etl.model import TableError

_PIECE = 1 << 20
_LARGEST_INSIDE = 4 << 30  # bytes that a zip may unpack to
_LARGEST_JSON = 1 << 30  # bytes: it is read whole
_MOST_PACKED = 200  # times smaller than what it holds: more is a trap
_LISTS = ("features", "events")  # where a file of JSON has its rows


def unpack(path: Path, room: Path) -> Path:
    """The file to read for `path`; `room` is a folder for what must be unpacked or written anew."""
    if not path.is_file():
        raise TableError(f"{path}: no such file: check the name")
    if path.stat().st_size == 0:
        raise TableError(f"{path}: empty: nothing to import")
    file = path
    if path.suffix.lower() == ".zip" and zipfile.is_zipfile(path):
        file = _unzip(path, room)
    kind = file.suffix.lower()
    if kind == ".xlsx":
        return _write_rows(_read_sheet(file, path), room)
    if kind in (".geojson", ".json"):
        return _write_rows(_read_json(file, path), room)
    return _make_utf8(file, path, room)


def _write_rows(rows: Iterable[Iterable[str | None]], room: Path) -> Path:
    """The rows as CSV; a cell that holds nothing is empty."""
    target = room / "rows.csv"
    with target.open("w", encoding="utf-8", newline="") as sink:
        csv.writer(sink).writerows(rows)
    return target


def _read_sheet(file: Path, path: Path) -> Iterator[list[str | None]]:
    """The rows of the first sheet that has some; days as 2024-01-25."""
    _check_packed(zipfile.ZipFile(file) if zipfile.is_zipfile(file) else None, path)
    try:
        book = load_workbook(file, read_only=True, data_only=True)
    except (KeyError, ValueError, OSError, SyntaxError) as error:
        raise TableError(f"{path}: a damaged workbook: open it and save it anew") from error
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        found = False
        for row in sheet.iter_rows(values_only=True):
            cells = [_write_cell(one) for one in row]
            if found or any(cells):
                found = True
                yield cells
        if found:
            return


def _write_cell(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else f"{value}"
    if isinstance(value, date):
        return value.isoformat()
    return repr(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _read_json(file: Path, path: Path) -> Iterator[list[str | None]]:
    """The rows of a list, of `features` or of `events`; what stands in a part as `part.name`."""
    if file.stat().st_size > _LARGEST_JSON:
        raise TableError(f"{path}: larger than {_LARGEST_JSON:,} bytes of JSON: give it as CSV")
    try:
        whole = json.loads(file.read_bytes())
        held = (
            whole
            if isinstance(whole, list)
            else next(whole[name] for name in _LISTS if name in whole)
        )
        rows = [_flatten(one) for one in held]
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration) as error:
        raise TableError(
            f"{path}: no JSON with a list of rows, features or events (truncated?): fetch it again"
        ) from error
    except RecursionError as error:
        raise TableError(f"{path}: nested too deep: no file of events") from error
    if not rows:
        raise TableError(f"{path}: no features or events: nothing to import")
    columns = list(dict.fromkeys(name for row in rows for name in row))
    yield list(columns)
    for row in rows:
        yield [row.get(name) for name in columns]


def _flatten(row: dict[str, Any]) -> dict[str, str | None]:
    """Parts within a row as cells of their own; the point of a feature as degrees."""
    if row.get("type") == "Feature":
        point = (row.get("geometry") or {}).get("coordinates") or []
        row = row["properties"] | dict(zip(("longitude", "latitude"), point[:2], strict=False))
    flat: dict[str, str | None] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            flat |= {f"{name}.{inner}": cell for inner, cell in _flatten(value).items()}
        else:
            flat[name] = _write_value(value)
    return flat


def _write_value(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False)


def _unzip(path: Path, room: Path) -> Path:
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
        _check_packed(archive, path)
        target = room / f"inside{PurePosixPath(one.filename).suffix}"
        left = one.file_size
        with archive.open(one) as source, target.open("wb") as sink:
            while piece := source.read(_PIECE):
                left -= len(piece)
                if left < 0:
                    raise TableError(f"{path}: unpacks to more than it says: do not trust it")
                sink.write(piece)
    return target


def _check_packed(archive: zipfile.ZipFile | None, path: Path) -> None:
    """Refuse what would unpack to far more than it is; a workbook, too, is a zip."""
    if archive is None:
        raise TableError(f"{path}: a damaged workbook: open it and save it anew")
    for one in archive.infolist():
        large = one.file_size > _LARGEST_INSIDE
        if large or one.file_size > _MOST_PACKED * max(one.compress_size, _PIECE):
            raise TableError(f"{path}: unpacks to {one.file_size:,} bytes: unpack it yourself")


def _make_utf8(file: Path, path: Path, room: Path) -> Path:
    """The file, or a copy in UTF-8 where it is in cp1252, or where its lines end in several ways.

    Between quotes, ends of lines stay as they are.
    """
    encoding, alike = _look_through(file, path)
    if encoding == "utf-8" and alike:
        return file
    target, quoted = room / "utf8.csv", False
    with (
        file.open(encoding=encoding, newline="") as source,
        target.open("w", encoding="utf-8", newline="") as sink,
    ):
        try:
            while piece := source.read(_PIECE):
                if piece.endswith("\r"):
                    piece += source.read(1)
                for part in re.split('(")', piece):
                    quoted ^= part == '"'
                    keeps = alike or quoted
                    sink.write(part if keeps else part.replace("\r\n", "\n").replace("\r", "\n"))
        except UnicodeDecodeError as error:
            raise TableError(f"{path}: neither UTF-8 nor cp1252: save it as UTF-8") from error
    return target


def _look_through(file: Path, path: Path) -> tuple[str, bool]:
    """The encoding, and whether all lines end in LF or all in CRLF. NUL bytes are refused."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding, held = "utf-8", b""
    both = feeds = returns = 0
    for piece in _pieces(file):
        if b"\0" in piece:
            raise TableError(f"{path}: NUL bytes in it: no file of text, or a broken one")
        whole = held + piece
        held = whole[-1:] if whole.endswith(b"\r") else b""  # half of an end, perhaps
        whole = whole.removesuffix(held)
        feeds += whole.count(b"\n")
        if b"\r" in whole:
            both, returns = both + whole.count(b"\r\n"), returns + whole.count(b"\r")
        if encoding == "utf-8" and not _decodes(decoder, piece):
            encoding = "cp1252"
    encoding = encoding if _decodes(decoder, b"", final=True) else "cp1252"
    returns += len(held)
    return encoding, not returns or both == feeds == returns


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes, final: bool = False) -> bool:
    try:
        if not piece.isascii() or decoder.getstate()[0]:
            decoder.decode(piece, final)
    except UnicodeDecodeError:
        return False
    return True


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as source:
        while piece := source.read(_PIECE):
            yield piece
