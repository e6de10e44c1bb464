"""Find names of a vocabulary in a text, the longest first, in one pass."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from etl.words.language import TOKEN
from etl.words.letters import list_parts, load_all_letters

_GAPS = re.compile(r"[ \u00a0\u202f\n.'’‐‑-]{1,2}")
_FULL_STOP = "."


@dataclass(frozen=True, slots=True)
class Name:
    """What a name stands for, and how it must be written to do so.

    `words` are given where its capitals must be just these. A name without a `key` stands for
    nothing, and keeps the shorter names in it from being found: "Washington Post".
    """

    key: str
    local: bool
    capital: bool
    full_stop: bool
    words: tuple[str, ...] | None

    def is_spelt_as(self, other: "Name") -> bool:
        """Whether another with the same words wants the same capitals."""
        return self.capital == other.capital and self.words == other.words

    def fits(self, words: list[str]) -> bool:
        """Whether the words of a text are written as this name wants them."""
        if self.words is not None:
            return tuple(words) == self.words
        return not self.capital or words[0][:1] == words[0][:1].upper()


@dataclass(slots=True)
class Names:
    """A vocabulary of names as a tree: each word leads to the words that may follow it.

    `clitics` may be written as one with the first word of a name, which begins behind them.
    """

    clitics: tuple[str, ...] = ()
    following: dict[str, "Names"] = field(default_factory=dict)
    ending: list[Name] = field(default_factory=list)

    def add(self, name: str, key: str, local: bool = False) -> None:
        """Let `name` stand for `key`; `local` marks what may also be the place of that name.

        An acronym counts only in its own capitals (EI, IS, PMF), and a name that begins with a
        capital only where the text has one, too. Of names spelt alike the first counts.
        """
        words = tuple(TOKEN.findall(name))
        node = self
        for word in words:
            node = node.following.setdefault(fold_word(word), Names())
        added = Name(
            key=key,
            local=local,
            capital=name[:1].isupper(),
            full_stop=name.endswith(_FULL_STOP),
            words=words if name.isupper() else None,
        )
        if not any(one.is_spelt_as(added) for one in node.ending):
            node.ending.append(added)

    def find(self, text: str) -> Iterator[tuple[int, int, Name]]:
        """First and last character of each name in `text`, and the name; none over another."""
        if not self.following:
            return
        tokens = [(match.start(), match.end(), match[0]) for match in TOKEN.finditer(text)]
        first = 0
        while first < len(tokens):
            begin, _, word = tokens[first]
            last, name = first, None
            for skipped, part in list_parts(word, self.clitics) if self.clitics else ((0, word),):
                if fold_word(part) not in self.following:
                    continue
                last, name = self._longest(text, tokens, first, part)
                if name:
                    begin += skipped
                    break
            if name and name.key:
                end = tokens[last][1]
                closed = name.full_stop and text.startswith(_FULL_STOP, end)
                yield begin, end + closed, name
            first = last + 1

    def _longest(
        self, text: str, tokens: list[tuple[int, int, str]], first: int, part: str
    ) -> tuple[int, Name | None]:
        """The last token of the longest name that begins with `part` of token `first`, and it."""
        node, last, longest = self, first, None
        words: list[str] = []
        for place in range(first, len(tokens)):
            start, _, word = tokens[place]
            if place == first:
                word = part
            elif not _GAPS.fullmatch(text, tokens[place - 1][1], start):
                break
            follower = node.following.get(fold_word(word))
            if follower is None:
                break
            node = follower
            words.append(word)
            for name in node.ending:
                if name.fits(words):
                    last, longest = place, name
                    break
        return last, longest


@lru_cache(maxsize=100_000)
def fold_word(word: str) -> str:
    """`word` in lower case, its letters levelled, without accents."""
    parts = unicodedata.normalize("NFKD", word.lower().translate(load_all_letters()))
    return "".join(part for part in parts if not unicodedata.combining(part))


def list_forms(cell: str) -> list[str]:
    """The names in a cell of a vocabulary, which stand apart by `|`."""
    return [form for name in cell.split("|") if name.strip() for form in spell_out(name.strip())]


def spell_out(name: str) -> list[str]:
    """The forms of a name with endings in brackets: `russe(s)` is `russe` and `russes`.

    Of endings that stand apart by `/` there is one or none: `irakisch(e/er/en)`.
    """
    optional = re.search(r"\(([^()]*)\)", name)
    if optional is None:
        return [name]
    before, after = name[: optional.start()], name[optional.end() :]
    return [
        form
        for ending in ("", *optional[1].split("/"))
        for form in spell_out(before + ending + after)
    ]
