"""Find the words of a sentence that tell of a happening, and of which type."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from etl.vocabulary import list_languages, load_toml
from etl.words.language import TOKEN, glue, spell
from etl.words.letters import list_parts, load_clitics, load_levelled

_KEY = 3


@dataclass(frozen=True, slots=True)
class Cue:
    """Characters `start` to `end` of a text that tell of a happening of this type."""

    start: int
    end: int
    type: str
    is_verb: bool


@cache
def load_types() -> dict[str, dict[str, Any]]:
    """The event types by name, in the order of their file."""
    return load_toml("event_types.toml")


@cache
def load_cues(language: str) -> dict[str, dict[str, list[str]]]:
    """The words that tell of each type; none where the language has no file of cues."""
    known = language in list_languages("cues")
    return load_levelled(f"cues/{language}.toml", language) if known else {}


def find_cues(text: str, language: str, start: int = 0, end: int | None = None) -> list[Cue]:
    """The cues in `text` from `start` to `end`, in order, none over another; the longest wins."""
    end = len(text) if end is None else end
    index = _load_cues(language)
    clitics = load_clitics(language)
    found: list[Cue] = []
    for token in TOKEN.finditer(text, start, end):
        if found and token.start() < found[-1].end:
            continue
        longest: Cue | None = None
        whole = token[0].lower()
        for skipped, word in list_parts(whole, clitics) if clitics else ((0, whole),):
            for pattern, type_name, is_verb in (
                *index.get(word[:_KEY], ()),
                *index.get(f"={word}", ()),
            ):
                match = pattern.match(text, token.start() + skipped, end)
                if match and (longest is None or match.end() > longest.end):
                    longest = Cue(match.start(), match.end(), type_name, is_verb)
        if longest:
            found.append(longest)
    return [cue for cue in found if cue.type]


def find_arms(text: str, language: str) -> set[str]:
    """The types of attack that the arms named in `text` stand for."""
    return {name for name, pattern in _load_arms(language).items() if pattern.search(text)}


@cache
def _load_cues(language: str) -> dict[str, list[tuple[re.Pattern[str], str, bool]]]:
    """Cues by the first letters of their first word, or by `=word` where it is shorter."""
    index: dict[str, list[tuple[re.Pattern[str], str, bool]]] = {}
    glued = glue(load_clitics(language))
    for name, cues in load_cues(language).items():
        for kind in ("never", "verbs", "nouns"):
            for cue in cues.get(kind, ()):
                stem = TOKEN.match(cue)
                assert stem, cue
                word = stem[0].lower()
                key = word[:_KEY] if len(word) >= _KEY else f"={word}"
                told = "" if kind == "never" else name
                index.setdefault(key, []).append((_compile(cue, glued), told, kind == "verbs"))
    return index


@cache
def _load_arms(language: str) -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(
            rf"(?<!\w){glue(load_clitics(language))}"
            rf"(?:{'|'.join(_compile(word, '').pattern for word in arms)})",
            re.IGNORECASE,
        )
        for name, cues in load_cues(language).items()
        if (arms := cues.get("arms"))
    }


def _compile(cue: str, glued: str) -> re.Pattern[str]:
    """`lanc* … offensive` as a pattern: `*` is any ending, `…` up to four words.

    What is `glued` to words may stand before the one behind `…`, too.
    """
    words = spell(cue).replace("*", r"\w*")
    words = re.sub(r"…\\s\{1,3\}(?!…)", lambda blank: blank[0] + glued, words)
    words = words.replace(r"\s{1,3}…", r"(?:\s{1,3}[^\s,;:.]{1,30}){0,4}")
    return re.compile(words + r"(?!\w)", re.IGNORECASE)
