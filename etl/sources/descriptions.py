"""What is known of the formats of others: columns, codes and what they mean, from their files."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from etl.model import VocabularyError
from etl.vocabulary import data_folder, load_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """One format, as its file says.

    `marks` are the columns that it is known by, in lower case; `order` is that of all columns in a
    file without a head. `events` tells each of our columns in terms of theirs; `codes` lists what
    a coded column may hold, or names the codebook; `names` are the columns with actors, `dates`
    those with days, `optional` those of them that may be empty, and `date_text` a day as the row
    writes it, where that is more than these. `key` are the columns that together
    name a row, which else is known by what it holds. Of rows that are not `kept`, `left_out` says
    what they are. In an `open` format further columns stay in the record. A file of an `own` format
    is a source of its own, and one of a `named` format has columns that its user names, or that are
    called as `guesses` say. `refused`
    says why a file of this kind holds no events.
    """

    name: str
    title: str
    publisher: str = ""
    url: str = ""
    licence: str = ""
    cite: str = ""
    marks: tuple[str, ...]
    columns: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    quoted: bool = True
    names: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    date_text: str = ""
    styles: tuple[str, ...] = ()
    codes: dict[str, tuple[str, ...] | str]
    countries: str = "names"
    events: dict[str, str]
    sentence: str = "null"
    key: tuple[str, ...] = ()
    newest: str = "null"
    kept: str = ""
    left_out: str = ""
    open: bool = False
    own: bool = False
    named: bool = False
    guesses: dict[str, tuple[str, ...]]
    refused: str = ""

    @property
    def known(self) -> tuple[str, ...]:
        """All the columns of the format, used or ignored."""
        return (*self.columns, *self.ignored)

    def name_source(self, path: Path) -> str:
        """The id of the source that a file of this format is."""
        return f"{self.name}-{path.stem}" if self.own else self.name


_KEYS = frozenset(Description.__dataclass_fields__) - {"name"}


@cache
def load_descriptions() -> dict[str, Description]:
    """Every format that has a file, by its name."""
    folder = data_folder() / "vocabularies" / "sources"
    names = sorted(path.stem for path in folder.glob("*.toml"))
    return {name: _make(name, load_toml(f"sources/{name}.toml")) for name in names}


def _make(name: str, raw: dict[str, Any]) -> Description:
    if strange := set(raw) - _KEYS:
        raise VocabularyError(f"sources/{name}.toml: {min(strange)}: no such key: remove it")
    told = {key: _freeze(value) for key, value in raw.items()}
    codes = {column: _freeze(codes) for column, codes in raw.get("codes", {}).items()}
    guesses = {ours: _freeze(theirs) for ours, theirs in raw.get("guesses", {}).items()}
    tables = {"name": name, "codes": codes, "guesses": guesses}
    return Description(**{"events": {}} | told | tables)


def _freeze(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
