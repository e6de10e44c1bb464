"""Provenance inside a file: what a picture or page says of itself, and the rows it shows."""

import base64
import gzip
import io
import json
import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from xml.sax.saxutils import escape

from pypdf import PdfReader, PdfWriter

from dashboard.exports.captions import Provenance, write_caption
from etl.model import TableError

_MOST_ROWS = 2_000_000  # characters of CSV in a picture
_PLAIN_ROWS, _MOST_PACKED = 200_000, 4_000_000  # characters of CSV in a page: as they are, packed
_PNG = b"\x89PNG\r\n\x1a\n"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NAMESPACE = "urn:conflict-timeline:provenance"


def stamp(format: str, data: bytes, provenance: Provenance, rows_csv: str) -> bytes:
    """The file with its provenance and rows in it; `format` is png, svg, pdf or html."""
    if format not in _STAMPS:
        raise TableError(f"{format}: carries no provenance: take one of {', '.join(_STAMPS)}")
    return _STAMPS[format](data, provenance, rows_csv)


def list_provenance(provenance: Provenance) -> dict[str, Any]:
    """Provenance as JSON takes it."""
    return asdict(provenance) | {"made": provenance.made.isoformat()}


def _stamp_png(data: bytes, provenance: Provenance, rows_csv: str) -> bytes:
    if not data.startswith(_PNG):
        raise TableError("png: not a PNG picture: make it again")
    texts = {
        "Title": provenance.title,
        "Description": "\n".join(write_caption(provenance)),
        "Source": "; ".join(provenance.sources),
        "Creation Time": provenance.made.isoformat(),
        "Provenance": json.dumps(list_provenance(provenance), ensure_ascii=False),
        "Rows": _bound(rows_csv),
    }
    after_header = len(_PNG) + 25
    chunks = b"".join(
        _make_chunk(keyword, text, provenance.language) for keyword, text in texts.items()
    )
    return data[:after_header] + chunks + data[after_header:]


def _make_chunk(keyword: str, text: str, language: str) -> bytes:
    packed = len(text) > 1000
    body = text.encode()
    head = keyword.encode("latin-1") + bytes([0, packed, 0]) + language.encode() + b"\0\0"
    chunk = b"iTXt" + head + (zlib.compress(body) if packed else body)
    return struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))


def _stamp_svg(data: bytes, provenance: Provenance, rows_csv: str) -> bytes:
    fields = list_provenance(provenance)
    parts = [
        f"<{name}>{_to_xml(str(one))}</{name}>"
        for name, value in fields.items()
        for one in (value if isinstance(value, list) else [value])
    ]
    block = (
        f"<title>{_to_xml(provenance.title)}</title>"
        f"<desc>{_to_xml(' '.join(write_caption(provenance)))}</desc>"
        f'<metadata><provenance xmlns="{_NAMESPACE}">{"".join(parts)}'
        f"<rows>{_to_xml(_bound(rows_csv))}</rows></provenance></metadata>"
    )
    text, found = re.subn(r"<svg\b[^>]*>", lambda tag: tag[0] + block, data.decode(), count=1)
    if not found:
        raise TableError("svg: not an SVG picture: make it again")
    return text.encode()


def _stamp_pdf(data: bytes, provenance: Provenance, rows_csv: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    what, sources = write_caption(provenance)
    writer.add_metadata(
        {
            "/Title": provenance.title,
            "/Subject": what,
            "/Keywords": f"{sources}; {provenance.rows_hash}",
            "/Creator": "conflict-timeline",
            "/CreationDate": provenance.made.strftime("D:%Y%m%d"),
            "/Provenance": json.dumps(list_provenance(provenance), ensure_ascii=False),
        }
    )
    writer.add_attachment("rows.csv", rows_csv.encode())
    stamped = io.BytesIO()
    writer.write(stamped)
    return stamped.getvalue()


def _stamp_html(data: bytes, provenance: Provenance, rows_csv: str) -> bytes:
    held = {"provenance": list_provenance(provenance), **_pack(rows_csv)}
    script = json.dumps(held, ensure_ascii=False).replace("<", "\\u003c")
    caption = escape(" ".join(write_caption(provenance)), {'"': "&quot;"})
    block = (
        f'<meta name="description" content="{caption}">'
        f'<script type="application/json" id="provenance">{script}</script></head>'
    )
    return data.decode().replace("</head>", block, 1).encode()


def _pack(rows_csv: str) -> dict[str, str]:
    """The rows as `rows`, or where they are many as `rows_gzip` in base64."""
    if len(rows_csv) <= _PLAIN_ROWS:
        return {"rows": rows_csv}
    packed = gzip.compress(_bound(rows_csv, _MOST_PACKED).encode(), mtime=0)
    return {"rows_gzip": base64.b64encode(packed).decode()}


def _bound(rows_csv: str, most: int = _MOST_ROWS) -> str:
    """The rows that a picture can carry; where some are left out, a last line says how many."""
    if len(rows_csv) <= most:
        return rows_csv
    kept = rows_csv[: rows_csv.rindex("\r\n", 0, most) + 2]
    shown, total = (text.count("\r\n") - 1 for text in (kept, rows_csv))
    return f"{kept}# the first {shown} of {total} rows: the CSV of the same view has all\r\n"


def _to_xml(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))


_STAMPS: dict[str, Callable[[bytes, Provenance, str], bytes]] = {
    "png": _stamp_png,
    "svg": _stamp_svg,
    "pdf": _stamp_pdf,
    "html": _stamp_html,
}
