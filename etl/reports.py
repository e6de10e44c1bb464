"""Read a file as a report: its text, its language, its day of publication."""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from etl.foreign import list_foreign_languages
from etl.model import Report, ReportError
from etl.vocabulary import list_languages

LARGEST = 20_000_000
_FRONT = re.compile(r"---[ \t]*\n(.{0,10000}?)(?<=\n)---[ \t]*(?:\n|$)", re.DOTALL)
_KEYS = ("title", "language", "published", "publisher", "url", "licence")


def read_report(path: Path, published: date | None = None, language: str | None = None) -> Report:
    """The report in `path`; options win over its front matter.

    Raises ReportError where the file is missing, empty, too large, no text, of an unknown
    format, or has broken front matter.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise ReportError(f"{path}: format not known: use one of {', '.join(READERS)}")
    try:
        if path.stat().st_size > LARGEST:
            raise ReportError(f"{path}: over {LARGEST // 1_000_000} MB: cut it into parts")
        text = reader(path.read_bytes(), path)
    except FileNotFoundError as error:
        raise ReportError(f"{path}: no such file: check the name") from error
    except OSError as error:
        raise ReportError(f"{path}: {error.strerror or error}: check the file") from error
    return make_report(text, path.name, published, language, str(path))


def make_report(
    text: str,
    file_name: str,
    published: date | None = None,
    language: str | None = None,
    where: str = "text",
) -> Report:
    """The report of a text that may begin with front matter."""
    if not text.strip():
        raise ReportError(f"{where}: empty: nothing to read")
    facts, body = _read_front_matter(text, where)
    stated = facts.get("published")
    known = language or str(facts.get("language") or "") or _guess_language(text[body:])
    if known not in (*list_languages(), *list_foreign_languages()):
        raise ReportError(
            f"{where}: language {known!r} is not known: use one of {', '.join(list_languages())} "
            "with --language, or a two-letter code such as it, of which only full dates are read"
        )
    return Report(
        text=text,
        language=known,
        published=published or (None if stated is None else _read_day(stated, where)),
        title=str(facts.get("title") or _first_line(text[body:])),
        publisher=str(facts.get("publisher") or facts.get("source") or ""),
        url=str(facts.get("url") or ""),
        licence=str(facts.get("licence") or ""),
        file_name=file_name,
        body=body,
        published_from="option" if published else "front matter" if stated else "",
    )


def find_body(text: str) -> int:
    """Where the text proper begins, behind its front matter if it has one."""
    front = _FRONT.match(text)
    return front.end() if front else 0


def _read_text(content: bytes, path: Path) -> str:
    if b"\0" in content:
        raise ReportError(f"{path}: a binary file, not text: save the report as text")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
            return text.replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise ReportError(f"{path}: not text in UTF-8 or Windows-1252: save it as UTF-8")


READERS: dict[str, Callable[[bytes, Path], str]] = {
    ".txt": _read_text,
    ".md": _read_text,
    ".markdown": _read_text,
}


def _read_front_matter(text: str, where: str) -> tuple[dict[str, Any], int]:
    """What the front matter says, and where the text after it begins."""
    if not text.startswith("---"):
        return {}, 0
    front = _FRONT.match(text)
    if front is None:
        if re.match(r"---[ \t]*\n\s*\w+[ \t]*:", text):
            raise ReportError(f"{where}, line 1: front matter has no closing ---: add the line")
        return {}, 0
    try:
        facts = yaml.safe_load(front[1])
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", -1) + 2
        raise ReportError(
            f"{where}, line {line}: front matter is no YAML: put the value in quotes"
        ) from error
    if facts is None:
        return {}, front.end()
    if not isinstance(facts, dict):
        raise ReportError(f"{where}, line 2: front matter is no list of `key: value`")
    for key in _KEYS:
        if isinstance(facts.get(key), (list, dict)):
            raise ReportError(f"{where}: {key}: one value is expected, not several")
    return facts, front.end()


def _guess_language(text: str) -> str:
    """The most likely of the languages that have a file."""
    return str(_identifier().classify(text[:10_000])[0])


@cache
def _identifier() -> Any:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(list_languages()))
    return identifier


def _read_day(value: object, where: str) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return datetime.fromisoformat(str(value)).date()
    except ValueError as error:
        raise ReportError(
            f"{where}: published: {value!r} is no day: write it as 2024-01-25"
        ) from error


def _first_line(text: str) -> str:
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line.lstrip("# ")[:200]
