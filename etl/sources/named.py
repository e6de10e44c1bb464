"""Columns that the user names: `start=Date, title=What` tells a table of their own as events."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from etl.model import TableError
from etl.sources.descriptions import load_descriptions
from etl.sources.readers import Head
from etl.sources.styles import PARTS

FORMAT = "csv"


def read_names(text: str) -> dict[str, str]:
    """Their column for each of ours, as named."""
    known = load_descriptions()[FORMAT].columns
    named = {}
    for part in filter(None, map(str.strip, text.split(","))):
        ours, equals, theirs = (one.strip() for one in part.partition("="))
        if not (equals and theirs):
            raise TableError(f"--columns: {part!r}: write it as start=Date")
        if ours not in known:
            raise TableError(f"--columns: {ours!r} is no column of ours: use {', '.join(known)}")
        named[ours] = theirs
    return named


def read_style(text: str) -> str:
    """A style of days, as strptime writes it, or `parts`."""
    try:
        duckdb.execute("select try_strptime('', $1)", [text])
    except duckdb.Error as error:
        raise TableError(f"--days: {text!r}: write it as %d/%m/%Y") from error
    if text != PARTS and not any(part in text for part in ("%y", "%Y")):
        raise TableError(f"--days: {text!r} has no year: write it as %d/%m/%Y")
    return text


def guess_columns(path: Path, columns: Sequence[str]) -> dict[str, str]:
    """Their column for each of ours, by what such columns are often called."""
    have = {one.lower().strip(): one for one in columns}
    format = load_descriptions()[FORMAT]
    found = {
        ours: next((have[one] for one in (ours, *format.guesses.get(ours, ())) if one in have), "")
        for ours in format.columns
    }
    if not found["start"]:
        raise TableError(f"{path}: no column with days that we know: call it date")
    return {ours: theirs for ours, theirs in found.items() if theirs}


def check_named(path: Path, head: Head, named: dict[str, str]) -> None:
    """Raise TableError where a named column is none of the file's."""
    have = {one.lower() for one in head.columns}
    if lacking := [one for one in named.values() if one.lower() not in have]:
        raise TableError(
            f"{path}: column {lacking[0]!r} is missing: it has {', '.join(head.columns[:12])}"
        )
