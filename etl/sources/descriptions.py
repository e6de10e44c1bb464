"""What is known of the formats of others: columns, codes and what they mean, from their files."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from etl.model import VocabularyError
from etl.vocabulary import data_folder, load_toml

_KEYS = {
    "title", "publisher", "url", "licence", "cite", "marks", "needs", "columns", "ignored", "names",
    "dates", "codes", "events", "sentence", "key", "newest", "synonyms", "refused", "styles",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Description:
    """One format. `marks` are the columns that it is known by, all of them in lower case.

    `events` tells each of our columns in terms of theirs; `codes` lists what a coded column may
    hold; `names` are the columns with actors; `dates` those with days. `refused` says why a file
    of this kind holds no events.
    """

    name: str
    title: str
    publisher: str
    url: str
    licence: str
    cite: str
    marks: frozenset[str]
    columns: tuple[str, ...]
    ignored: tuple[str, ...]
    names: tuple[str, ...]
    dates: tuple[str, ...]
    styles: tuple[str, ...]
    codes: dict[str, tuple[str, ...]]
    synonyms: dict[str, dict[str, str]]
    events: dict[str, str]
    sentence: str
    key: str
    newest: str
    refused: str

    @property
    def known(self) -> tuple[str, ...]:
        """All the columns of the format, used or ignored."""
        return (*self.columns, *self.ignored)


@cache
def load_descriptions() -> dict[str, Description]:
    """Every format that has a file, by its name."""
    folder = data_folder() / "vocabularies" / "sources"
    names = sorted(path.stem for path in folder.glob("*.toml"))
    return {name: _make(name, load_toml(f"sources/{name}.toml")) for name in names}


def _make(name: str, raw: dict[str, Any]) -> Description:
    if strange := set(raw) - _KEYS:
        raise VocabularyError(f"sources/{name}.toml: {min(strange)}: no such key: remove it")
    return Description(
        name=name,
        title=raw["title"],
        publisher=raw.get("publisher", ""),
        url=raw.get("url", ""),
        licence=raw.get("licence", ""),
        cite=raw.get("cite", ""),
        marks=frozenset(raw["marks"]),
        columns=tuple(raw.get("columns", ())),
        ignored=tuple(raw.get("ignored", ())),
        names=tuple(raw.get("names", ())),
        dates=tuple(raw.get("dates", ())),
        styles=tuple(raw.get("styles", ())),
        codes={column: tuple(codes) for column, codes in raw.get("codes", {}).items()},
        synonyms=raw.get("synonyms", {}),
        events=raw.get("events", {}),
        sentence=raw.get("sentence", "null"),
        key=raw.get("key", ""),
        newest=raw.get("newest", ""),
        refused=raw.get("refused", ""),
    )
