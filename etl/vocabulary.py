"""Find and read the files of `data/`, in a checkout and in an installed wheel."""

import csv
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from etl.model import VocabularyError


def data_folder() -> Path:
    """The folder `data/`: inside this package in a wheel, beside it in a checkout."""
    inside = Path(__file__).parent / "data"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "data"


@cache
def load_toml(name: str) -> dict[str, Any]:
    """The vocabulary file `name`, such as `event_types.toml`, as nested dictionaries."""
    path = data_folder() / "vocabularies" / name
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise VocabularyError(f"{path}: no such vocabulary file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{path}: {error}: correct the file") from error


@cache
def load_csv(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the vocabulary file `name`, such as `actors.csv`, as dictionaries."""
    path = data_folder() / "vocabularies" / name
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = tuple(csv.DictReader(lines))
    except FileNotFoundError as error:
        raise VocabularyError(f"{path}: no such vocabulary file") from error
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise VocabularyError(f"{path}, line {number}: wrong number of cells")
    return rows


@cache
def list_languages(kind: str = "languages") -> tuple[str, ...]:
    """The codes of the languages that have a file of words and rules, or of `texts`."""
    folder = data_folder() / "vocabularies" / kind
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))
