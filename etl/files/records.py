"""Read reports from JSON: one object, a list of them, or one a line."""

import json
from collections.abc import Iterator
from typing import Any

from etl.files.drafts import Draft
from etl.model import ReportError

_KEYS = {
    "text": ("text", "body", "content", "article", "fulltext"),
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at", "publication_date", "pubdate"),
    "publisher": ("publisher", "source", "outlet"),
    "url": ("url", "link"),
    "language": ("language", "lang"),
    "licence": ("licence", "license"),
}


def read_json(text: str, where: str) -> Iterator[Draft | ReportError]:
    """The report of an object, or those of a list of objects."""
    try:
        held = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield ReportError(f"{where}: no JSON: {error}")
        return
    if isinstance(held, list):
        for number, one in enumerate(held, start=1):
            yield _make_draft(one, f"{where}, item {number}")
    else:
        yield _make_draft(held, where)


def read_json_lines(text: str, where: str) -> Iterator[Draft | ReportError]:
    """The report of each line; a line that is none is told, and the rest read."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            place = f"{where}, line {number}"
            try:
                held = json.loads(line)
            except (ValueError, RecursionError):
                yield ReportError(f"{place}: no JSON: write one object a line")
                continue
            yield _make_draft(held, place)


def _make_draft(held: Any, where: str) -> Draft | ReportError:
    if not isinstance(held, dict):
        return ReportError(f'{where}: no object: write {{"text": …}}')
    lower = {str(key).lower(): value for key, value in held.items()}
    found = {
        name: next((lower[key] for key in keys if lower.get(key)), None)
        for name, keys in _KEYS.items()
    }
    text = found.pop("text")
    if not isinstance(text, str):
        return ReportError(f'{where}: no text: give it as "text"')
    facts = {name: str(one) for name, one in found.items() if isinstance(one, (str, int))}
    return Draft(text.replace("\r\n", "\n").replace("\r", "\n"), facts, "record")
