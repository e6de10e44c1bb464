"""Read files as reports: their text, their language, their day of publication."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from etl.dates.foreign import list_foreign_languages
from etl.files.datelines import find_published
from etl.files.documents import read_docx, read_pdf
from etl.files.drafts import FACTS, Draft, read_day
from etl.files.markup import read_html
from etl.files.plain import decode
from etl.files.records import read_json, read_json_lines
from etl.model import Report, ReportError
from etl.vocabulary import list_languages

LARGEST = 20_000_000
_DEEPEST = 8
STANDARD_INPUT = Path("-")
_FRONT = re.compile(r"---[ \t]*\n(.{0,10000}?)(?<=\n)---[ \t]*(?:\n|$)", re.DOTALL)
_SAVED_BESIDE = ("_files", ".files", "_fichiers", "-Dateien")  # what browsers save with a page

Drafts = Iterable[Draft | ReportError]


def read_report(path: Path, published: date | None = None, language: str | None = None) -> Report:
    """The one report in `path`; options win over what the file says.

    Raises ReportError where the file is missing, empty, too large, no text, of an unknown
    format, or holds several reports.
    """
    read = list(read_reports(path, published, language))
    for one in read:
        if isinstance(one, ReportError):
            raise one
    if len(read) != 1:
        raise ReportError(f"{path}: {len(read)} reports, where one is expected")
    report = read[0]
    assert isinstance(report, Report)
    return report


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files given, and all in the folders given that can be read, in order, each once."""
    found: dict[Path, None] = {}
    for path in paths:
        if path != STANDARD_INPUT and path.is_dir():
            inside = [one for one in sorted(path.rglob("*")) if _is_report(one, path)]
            found.update(dict.fromkeys(inside))
        else:
            found[path] = None
    return list(found)


def read_reports(
    path: Path, published: date | None = None, language: str | None = None
) -> Iterator[Report | ReportError]:
    """Each report of a file, or of standard input; for what cannot be read, an error instead."""
    where = "standard input" if path == STANDARD_INPUT else str(path)
    try:
        for draft in _read_drafts(path, where):
            yield _try_to_settle(draft, path.name, published, language, where)
    except ReportError as error:
        yield error


def read_content(
    content: bytes, file_name: str, published: date | None = None, language: str | None = None
) -> Iterator[Report | ReportError]:
    """Each report of a file that came as bytes, read as its name says; as `read_reports` does."""
    try:
        reader = _find_reader(Path(file_name), file_name)
        for draft in reader(_check_size(content, file_name), file_name):
            yield _try_to_settle(draft, file_name, published, language, file_name)
    except ReportError as error:
        yield error


def make_report(
    text: str,
    file_name: str,
    published: date | None = None,
    language: str | None = None,
    where: str = "text",
) -> Report:
    """The report of a text that may begin with front matter."""
    return _settle(_read_text(text, where), file_name, published, language, where)


def find_body(text: str) -> int:
    """Where the text proper begins, behind its front matter if it has one."""
    front = _FRONT.match(text)
    return front.end() if front else 0


def _is_report(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    hidden = any(part.startswith(".") or part.endswith(_SAVED_BESIDE) for part in parts[:-1])
    return not hidden and path.suffix.lower() in READERS and path.is_file()


def _read_drafts(path: Path, where: str) -> Drafts:
    if path == STANDARD_INPUT:
        return READERS[".txt"](_check_size(sys.stdin.buffer.read(LARGEST + 1), where), where)
    reader = _find_reader(path, where)
    try:
        if path.stat().st_size > LARGEST:
            raise ReportError(f"{where}: over {LARGEST // 1_000_000} MB: cut it into parts")
        return reader(path.read_bytes(), where)
    except FileNotFoundError as error:
        raise ReportError(f"{where}: no such file: check the name") from error
    except OSError as error:
        raise ReportError(f"{where}: {error.strerror or error}: check the file") from error


def _find_reader(path: Path, where: str) -> Callable[[bytes, str], Drafts]:
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise ReportError(f"{where}: format not known: use one of {', '.join(READERS)}")
    return reader


def _check_size(content: bytes, where: str) -> bytes:
    if len(content) > LARGEST:
        raise ReportError(f"{where}: over {LARGEST // 1_000_000} MB: cut it into parts")
    return content


def _try_to_settle(
    draft: Draft | ReportError,
    file_name: str,
    published: date | None,
    language: str | None,
    where: str,
) -> Report | ReportError:
    if isinstance(draft, ReportError):
        return draft
    try:
        return _settle(draft, file_name, published, language, where)
    except ReportError as error:
        return error


def _settle(
    draft: Draft, file_name: str, published: date | None, language: str | None, where: str
) -> Report:
    """The draft with its language and its day; options win over facts, facts over the dateline."""
    text, facts = draft.text, draft.facts
    if not text.strip():
        raise ReportError(f"{where}: empty: nothing to read")
    stated_language = _know_language(facts.get("language"), draft)
    known = language or stated_language or _guess_language(text[draft.body :])
    if known not in (*list_languages(), *list_foreign_languages()):
        raise ReportError(
            f"{where}: language {known!r} is not known: use one of {', '.join(list_languages())} "
            "with --language, or a two-letter code such as it, of which only full dates are read"
        )
    stated = read_day(facts["published"], where) if facts.get("published") else None
    told = None if published or stated else find_published(text, known, draft.body)
    sources = {"option": published, draft.facts_from: stated, "dateline": told}
    return Report(
        text=text,
        language=known,
        published=published or stated or told,
        title=facts.get("title") or _first_line(text[draft.body :]),
        publisher=facts.get("publisher", ""),
        url=facts.get("url", ""),
        licence=facts.get("licence", ""),
        file_name=file_name,
        body=draft.body,
        published_from=next((name for name, day in sources.items() if day), ""),
    )


def _know_language(stated: str | None, draft: Draft) -> str:
    """The language that a file states; what a page states is believed only where it is known."""
    believed = draft.facts_from != "page" or stated in list_languages()
    return stated if stated and believed else ""


def _read_text(text: str, where: str) -> Draft:
    """A text and what its front matter says."""
    if not text.startswith("---"):
        return Draft(text)
    front = _FRONT.match(text)
    if front is None:
        if re.match(r"---[ \t]*\n\s*\w+[ \t]*:", text):
            raise ReportError(f"{where}, line 1: front matter has no closing ---: add the line")
        return Draft(text)
    try:
        facts = yaml.safe_load(front[1]) if _is_simple(front[1]) else []
    except ValueError as error:
        raise ReportError(
            f"{where}: front matter: {str(error).partition(';')[0]}: correct the value"
        ) from error
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", -1) + 2
        raise ReportError(
            f"{where}, line {line}: front matter is no YAML: put the value in quotes"
        ) from error
    if facts is not None and not isinstance(facts, dict):
        raise ReportError(f"{where}, line 2: front matter is no list of `key: value`")
    return Draft(text, _name_facts(facts or {}, where), "front matter", front.end())


def _is_simple(front: str) -> bool:
    """Whether front matter is neither nested deep nor refers to itself, which may never end."""
    depth = 0
    for event in yaml.parse(front):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST or isinstance(event, yaml.AliasEvent):
            return False
    return True


def _name_facts(facts: dict[str, Any], where: str) -> dict[str, str]:
    known = {**facts, "publisher": facts.get("publisher") or facts.get("source")}
    for key in FACTS:
        if isinstance(known.get(key), (list, dict)):
            raise ReportError(f"{where}: {key}: one value is expected, not several")
    return {key: str(known[key]) for key in FACTS if known.get(key)}


def _guess_language(text: str) -> str:
    """The most likely of the languages that have a file."""
    return str(_identifier().classify(text[:10_000])[0])


@cache
def _identifier() -> Any:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(list_languages()))
    return identifier


def _first_line(text: str) -> str:
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line.lstrip("# ")[:200]


def _read_plain(content: bytes, where: str) -> Drafts:
    return [_read_text(decode(content, where), where)]


READERS: dict[str, Callable[[bytes, str], Drafts]] = {
    **dict.fromkeys([".txt", ".md", ".markdown"], _read_plain),
    **dict.fromkeys(
        [".html", ".htm", ".xhtml"], lambda content, where: [read_html(content, where)]
    ),
    ".pdf": lambda content, where: [read_pdf(content, where)],
    ".docx": lambda content, where: [read_docx(content, where)],
    ".json": lambda content, where: read_json(decode(content, where), where),
    **dict.fromkeys(
        [".jsonl", ".ndjson"], lambda content, where: read_json_lines(decode(content, where), where)
    ),
}
