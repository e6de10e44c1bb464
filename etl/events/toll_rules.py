"""The rules by which a language tells tolls, loaded and checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from etl.model import VocabularyError
from etl.vocabulary import list_languages
from etl.words.language import glue, spell
from etl.words.letters import load_clitics, load_levelled

_WORD = r"[^\s,;:.()\d]{1,30}"
_SLOTS = {"number": "{number}", "none": "{none}"}


@dataclass(frozen=True, slots=True)
class TollRule:
    """What stands before and after a number that tells a toll. `counts`: killed, wounded, count.

    `none` rules hold only where the number is none at all.
    """

    name: str
    counts: str
    none: bool
    before: re.Pattern[str]
    after: re.Pattern[str]
    examples: Mapping[str, list[int]]
    counterexamples: tuple[str, ...]


@cache
def load_toll_rules(language: str) -> tuple[TollRule, ...]:
    """The rules of a language, in order; none for a language without a file of tolls."""
    if language not in list_languages():
        return ()
    raw = load_levelled(f"tolls/{language}.toml", language)
    stops, asides = ("|".join(map(spell, raw[kind])) for kind in ("stops", "asides"))
    people = rf"(?P<people>(?:(?!(?:{stops})(?!\w)){_WORD}\s){{0,5}}?)"
    numerals = (word for words in raw["numbers"].values() for word in words)
    counted = "|".join(word for word in numerals if word not in raw["articles"])
    gap = rf"(?:(?!(?:{stops}|{counted})(?!\w)){_WORD}\s){{0,8}}?"
    aside = rf"(?:{_WORD},\s(?:{asides})\s[^;:.()]{{1,80}}?,\s)?"
    glued = glue(load_clitics(language))
    rules = []
    for rule in raw["rule"]:
        slot = next((slot for slot in _SLOTS.values() if slot in rule["pattern"]), None)
        if slot is None or not rule.get("examples"):
            raise VocabularyError(
                f"tolls/{language}.toml: rule {rule['name']}: wants {{number}} or {{none}} "
                "in its pattern, and an example"
            )
        before, after = (
            spell(half).replace("{people}", people).replace("{aside}", aside).replace("{gap}", gap)
            for half in rule["pattern"].split(slot, 1)
        )
        rules.append(
            TollRule(
                name=rule["name"],
                counts=rule["as"],
                none=slot == _SLOTS["none"],
                before=re.compile(rf"(?<!\w){glued}(?:{before})$", re.IGNORECASE),
                after=re.compile(rf"(?:{after})(?!\w)", re.IGNORECASE),
                examples=rule["examples"],
                counterexamples=tuple(rule.get("not", ())),
            )
        )
    return tuple(rules)


@cache
def load_signals(language: str) -> re.Pattern[str]:
    """The words without which no rule fits."""
    stems = load_levelled(f"tolls/{language}.toml", language)["signals"]
    glued = glue(load_clitics(language))
    return re.compile(rf"(?<!\w){glued}(?:{'|'.join(map(spell, stems))})", re.IGNORECASE)


@cache
def load_joiners(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What joins two numbers of a list, and what ends a list behind "and a child"."""
    raw = load_levelled(f"tolls/{language}.toml", language)
    joiners = "|".join(map(spell, raw["joiners"]))
    blank = r"\s?" if "clitics" in raw else r"\s"
    return (
        re.compile(rf"(?:\s{_WORD}){{0,4}}(?:,|,?\s(?:{joiners})){blank}", re.IGNORECASE),
        re.compile(r"\s\w{1,30}(?:[.,;:]|$)"),
    )
