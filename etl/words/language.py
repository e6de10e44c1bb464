"""One language: its words and its rules for date phrases, loaded and checked."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Any

from etl.model import VocabularyError
from etl.vocabulary import list_languages
from etl.words.letters import load_clitics, load_levelled

TOKEN = re.compile(r"\w+")
_MOST_KINDS = 2000  # sets of kinds whose rules are kept
_SLOT = re.compile(r"\{(\w+?)(2?)\}")
_FIGURES = {
    "year": r"1[5-9]\d\d|20\d\d",
    "day": r"3[01]|[12]\d|0?[1-9]",
    "month_figure": r"1[0-2]|0?[1-9]",
    "count": r"\d{1,3}",
    "hour": r"2[0-3]|[01]?\d",
    "minute": r"[0-5]\d",
    "short_year": r"\d\d",
    "bc": r"\d{1,4}",
    "century": r"2[01]|1\d|[2-9]",
    "decade": r"(?:1[5-9]|20)?\d0",
}
_BEFORE = r"(?<![\w@#])(?<!\d[.,/:'’+-])(?<![A-Za-z]-)"
_AFTER = r"(?![\w@])(?![.,/:]\d)"
_ESCAPED = re.compile(r"\\.|\[[^]]*\]")
_GROUP = re.compile(r"\((?:\?[:=!])?([^()]*)\)(\??)")
_RULE_KEYS = {
    "name", "pattern", "examples", "not", "set", "only_after", "never_after", "never_before",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern with slots. `needs` are the kinds of word it cannot match without.

    `figures` is how many numbers in figures it cannot match without, at least.
    """

    name: str
    pattern: re.Pattern[str]
    needs: frozenset[str]
    figures: int
    set: Mapping[str, int | str]
    only_after: re.Pattern[str] | None
    never_after: re.Pattern[str] | None
    never_before: re.Pattern[str] | None
    examples: Mapping[str, str]
    counterexamples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """Words by slot, rules in order of preference, and what tells tense and duration.

    `small_words` are those that lead to a date: articles, prepositions, "since". `verb_second`
    says that a subject may stand behind its verb, or the verb behind all else.
    """

    code: str
    clitics: tuple[str, ...]
    verb_second: bool
    words: Mapping[str, Mapping[str, int | str]]
    kinds: Mapping[str, frozenset[str]]
    rules: tuple[Rule, ...]
    abbreviations: frozenset[str]
    since: re.Pattern[str]
    until: re.Pattern[str]
    small_words: frozenset[str]
    signs: Mapping[str, re.Pattern[str]]
    sides: Mapping[str, re.Pattern[str]]
    where: re.Pattern[str]
    stand_ins: Mapping[str, re.Pattern[str]]
    any_stand_in: re.Pattern[str]
    newcomers: Mapping[str, re.Pattern[str]]
    clause_end: re.Pattern[str]
    rules_by_kinds: dict[frozenset[str], tuple[tuple[int, Rule], ...]] = field(
        default_factory=dict, init=False, repr=False
    )

    def rules_for(self, kinds: frozenset[str]) -> tuple[tuple[int, Rule], ...]:
        """The rules, with their places, that these kinds of word suffice for."""
        rules = self.rules_by_kinds.get(kinds)
        if rules is None:
            if len(self.rules_by_kinds) >= _MOST_KINDS:
                self.rules_by_kinds.clear()
            placed = enumerate(self.rules)
            rules = tuple((place, rule) for place, rule in placed if rule.needs <= kinds)
            self.rules_by_kinds[kinds] = rules
        return rules


@cache
def load_language(code: str) -> Language:
    """The language of that code, such as `fr`; one without words or rules where it has no file.

    Raises VocabularyError where its file breaks a rule.
    """
    if code not in list_languages():
        return _make_neutral(code)
    file = f"languages/{code}.toml"
    raw = load_levelled(file, code)
    glued = glue(load_clitics(code))
    stand_ins: Mapping[str, list[str]] = raw.get("stand_ins", {})
    words = {
        slot: {fold(form): _value(key) for key, forms in entries.items() for form in forms}
        for slot, entries in raw["words"].items()
    }
    cased = frozenset(raw.get("cased", ()))
    forms = {
        slot: sorted((form for forms in entries.values() for form in forms), key=len, reverse=True)
        for slot, entries in raw["words"].items()
    }
    rules = tuple(_load_rule(rule, forms, cased, glued, file) for rule in raw["rule"])
    before = "|".join(_whole(word) for word in raw["articles"])
    return Language(
        code=code,
        clitics=load_clitics(code),
        verb_second=raw.get("verb_second", False),
        words=words,
        kinds=_kinds(words, raw.get("compounds", ())),
        rules=rules,
        abbreviations=frozenset(fold(word) for word in raw["abbreviations"]),
        since=_leading(raw["since"], before, glued),
        until=_leading(raw.get("until", []), before, glued),
        small_words=frozenset(
            word
            for phrase in (*raw["since"], *raw.get("until", ()), *raw["articles"])
            for word in fold(phrase).split()
        ),
        signs={sign: _any_of(patterns, glued) for sign, patterns in raw["signs"].items()},
        sides={
            side: re.compile(
                _any_of(patterns, glued).pattern + r"\s?(?:[^\s,;:]{1,30}\s){0,4}$", re.IGNORECASE
            )
            for side, patterns in raw["sides"].items()
        },
        where=re.compile(_any_of(raw["where"], glued).pattern + r"\s?$", re.IGNORECASE),
        stand_ins={key: _any_of(words, glued) for key, words in stand_ins.items()},
        any_stand_in=_any_of([word for words in stand_ins.values() for word in words], glued),
        newcomers={
            key: re.compile(rf"(?<!\w){glued}(?:{'|'.join(spell(text) for text in words)})")
            for key, words in raw.get("newcomers", {}).items()
        },
        clause_end=re.compile(
            r"[,;:!?()«»„“”\"]|\.\s|\s[-–—]\s|(?<!\w)(?:"
            + "|".join(spell(word) + _end_of(word) for word in raw["breaks"])
            + ")",
            re.IGNORECASE,
        ),
    )


def _make_neutral(code: str) -> Language:
    """A language in which no sign ever stands."""
    never = re.compile(r"(?!)")
    model = load_language(list_languages()[0])
    return Language(
        code=code,
        clitics=(),
        verb_second=False,
        words={},
        kinds={},
        rules=(),
        abbreviations=frozenset(),
        since=never,
        until=never,
        small_words=frozenset(),
        signs=dict.fromkeys(model.signs, never),
        sides=dict.fromkeys(model.sides, never),
        where=never,
        stand_ins={},
        any_stand_in=never,
        newcomers={},
        clause_end=re.compile(r"[,;:!?()«»]"),
    )


def _leading(words: list[str], articles: str, glued: str) -> re.Pattern[str]:
    """One of the words that lead to a date, with an article between."""
    if not words:
        return re.compile(r"(?!)")
    leading = "|".join(_literal(word) for word in words)
    return re.compile(rf"(?<!\w){glued}(?:{leading})(?!\w)(?:\s(?:{articles}))?", re.IGNORECASE)


def _any_of(patterns: list[str], glued: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w){glued}(?:{'|'.join(spell(text) for text in patterns)})(?!\w)", re.IGNORECASE
    )


def glue(clitics: tuple[str, ...]) -> str:
    """A pattern for what may be written as one with the word behind it, as little as can be."""
    return f"(?:{'|'.join(map(re.escape, clitics))})??" if clitics else ""


def stands_behind(words: re.Pattern[str], before: str) -> bool:
    """Whether `before` ends with words of the pattern, blanks aside."""
    return any(not before[match.end() :].strip() for match in words.finditer(before))


def fold(text: str) -> str:
    """`text` in lower case, with straight apostrophes and single spaces."""
    return " ".join(text.replace("’", "'").casefold().split())


def _value(key: str) -> int | str:
    return int(key) if key.lstrip("-").isdigit() else key


def _kinds(
    words: Mapping[str, Mapping[str, int | str]], compounds: Iterable[str]
) -> dict[str, frozenset[str]]:
    """For each token that can give a slot away, the slots; of a form, its longest token.

    `compounds` are words that are written as one: `{weekday}{part}`.
    """
    kinds: dict[str, set[str]] = {}
    for slot, forms in words.items():
        for form in forms:
            kinds.setdefault(max(TOKEN.findall(form), key=len), set()).add(slot)
    for compound in compounds:
        slots = [slot for slot, _ in _SLOT.findall(compound)]
        for parts in product(*(words[slot] for slot in slots)):
            token = fold(compound.format(**dict(zip(slots, parts, strict=True))))
            kinds.setdefault(token, set()).update(slots)
    return {token: frozenset(slots) for token, slots in kinds.items()}


def _load_rule(
    raw: dict[str, Any],
    forms: Mapping[str, list[str]],
    cased: frozenset[str],
    glued: str,
    file: str,
) -> Rule:
    name = raw.get("name", "?")
    if unknown := set(raw) - _RULE_KEYS:
        raise VocabularyError(f"{file}: rule {name}: unknown key {', '.join(sorted(unknown))}")
    if not raw.get("examples"):
        raise VocabularyError(f"{file}: rule {name}: no example: give one")

    def fill(slot: re.Match[str]) -> str:
        kind, number = slot[1], slot[2]
        if kind not in forms and kind not in _FIGURES:
            raise VocabularyError(f"{file}: rule {name}: no words for {{{kind}}}")
        words = [_literal(form) for form in forms.get(kind, ())]
        if kind in _FIGURES:
            words.append(_FIGURES[kind])
        opening = _first_letters(forms.get(kind, ()), kind)
        opening += "(?-i:" if kind in cased else "(?:"
        return f"(?P<{kind}{number}>{opening}{'|'.join(words)}))"

    text = raw["pattern"]
    head, phrase, tail = re.fullmatch(r"(?:(.*?)<)?([^<>]*)(?:>(.*))?", text).groups("")  # type: ignore[union-attr]
    pattern = rf"{spell(head)}(?P<phrase>{spell(phrase)}){spell(tail)}"
    needs = _find_needs(text)
    try:
        compiled = re.compile(_BEFORE + glued + _SLOT.sub(fill, pattern) + _AFTER, re.IGNORECASE)
    except re.error as error:
        raise VocabularyError(f"{file}: rule {name}: {error}") from error
    return Rule(
        name=name,
        pattern=compiled,
        needs=frozenset(kind for kind, _ in needs),
        figures=sum(kind in _FIGURES and kind not in forms for kind, _ in needs),
        set=raw.get("set", {}),
        only_after=_beside(raw.get("only_after"), glued, r"(?:^|{})\s?$"),
        never_after=_beside(raw.get("never_after"), glued, r"(?:{})\s?$"),
        never_before=_beside(raw.get("never_before"), glued, r"\s?(?:{})"),
        examples=raw["examples"],
        counterexamples=tuple(raw.get("not", ())),
    )


def _find_needs(pattern: str) -> set[tuple[str, str]]:
    """The slots outside of what is optional and of alternatives, as kind and number."""
    bare = _ESCAPED.sub("", pattern)
    while _GROUP.search(bare):
        bare = _GROUP.sub(lambda group: "" if group[2] or "|" in group[1] else group[1], bare)
    return set(_SLOT.findall(bare))


def _first_letters(forms: Iterable[str], kind: str) -> str:
    """A look at the first letter, which spares most places a trial of all forms."""
    letters = {form[0] for form in forms} | set("0123456789" if kind in _FIGURES else "")
    return f"(?=[{re.escape(''.join(sorted(letters)))}])".replace("'", "'’")


def _beside(words: list[str] | None, glued: str, frame: str) -> re.Pattern[str] | None:
    if words is None:
        return None
    spelt = [_literal(word) + _end_of(word) for word in words if word[0].isalnum()]
    whole = [rf"(?<!\w){glued}(?:{'|'.join(spelt)})"] if spelt else []
    marks = [_whole(word) for word in words if not word[0].isalnum()]
    return re.compile(frame.replace("{}", "|".join([*whole, *marks])), re.IGNORECASE)


def _whole(word: str, glued: str = "") -> str:
    """The word, not as a part of a longer one; a mark such as `(` may touch anything."""
    before = r"(?<!\w)" + glued if word[0].isalnum() else ""
    return before + _literal(word) + _end_of(word)


def _end_of(word: str) -> str:
    return r"(?!\w)" if word[-1].isalnum() else ""


def _literal(form: str) -> str:
    return spell(re.escape(form).replace("\\ ", " ").replace("\\-", "-"))


def spell(pattern: str) -> str:
    """The pattern with ` ` for any short gap, ` ?` for one or none, `'` for either apostrophe."""
    return pattern.replace(" ?", r"\s{0,3}").replace(" ", r"\s{1,3}").replace("'", "['’]")
