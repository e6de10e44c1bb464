"""Find names of a vocabulary in a text, the longest first, in one pass."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from etl.language import TOKEN

_GAPS = re.compile(r"[ \u00a0\u202f\n.'’‐‑-]{1,2}")


@dataclass(frozen=True, slots=True)
class Name:
    """What a name stands for; `words` where its capitals must be just these."""

    key: str
    capital: bool
    words: tuple[str, ...] | None = None

    def fits(self, words: list[str]) -> bool:
        """Whether the words of a text are written as this name wants them."""
        if self.words is not None:
            return tuple(words) == self.words
        return not self.capital or words[0][:1].isupper()


@dataclass(slots=True)
class Names:
    """A vocabulary of names as a tree: each word leads to the words that may follow it."""

    following: dict[str, "Names"] = field(default_factory=dict)
    ending: list[Name] = field(default_factory=list)

    def add(self, name: str, key: str, exact: bool = False) -> None:
        """Let `name` stand for `key`; `exact` holds it to its own capitals (EI, IS, PMF).

        A name that begins with a capital counts only where the text has one, too.
        """
        words = tuple(TOKEN.findall(name))
        node = self
        for word in words:
            node = node.following.setdefault(fold_word(word), Names())
        node.ending.append(Name(key, name[:1].isupper(), words if exact else None))

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """First and last character and key of each name in `text`, none over another."""
        tokens = [(match.start(), match.end(), match[0]) for match in TOKEN.finditer(text)]
        first = 0
        while first < len(tokens):
            last, key = self._longest(text, tokens, first)
            if key:
                yield tokens[first][0], tokens[last][1], key
            first = last + 1

    def _longest(
        self, text: str, tokens: list[tuple[int, int, str]], first: int
    ) -> tuple[int, str]:
        """The last token of the longest name that begins at token `first`, and its key."""
        node, last, key = self, first, ""
        words: list[str] = []
        for place in range(first, len(tokens)):
            start, _, word = tokens[place]
            if place > first and not _GAPS.fullmatch(text, tokens[place - 1][1], start):
                break
            follower = node.following.get(fold_word(word))
            if follower is None:
                break
            node = follower
            words.append(word)
            for name in node.ending:
                if name.fits(words):
                    last, key = place, name.key
                    break
        return last, key


@lru_cache(maxsize=100_000)
def fold_word(word: str) -> str:
    """`word` in lower case and without accents."""
    parts = unicodedata.normalize("NFKD", word.lower())
    return "".join(part for part in parts if not unicodedata.combining(part))


def spell_out(name: str) -> list[str]:
    """The forms of a name with endings in brackets: `russe(s)` is `russe` and `russes`."""
    optional = re.search(r"\(([^()]*)\)", name)
    if optional is None:
        return [name]
    without = name[: optional.start()] + name[optional.end() :]
    with_it = name[: optional.start()] + optional[1] + name[optional.end() :]
    return spell_out(without) + spell_out(with_it)
