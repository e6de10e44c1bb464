"""Shorten a sentence to the label of a happening, in the sentence's own words."""

from etl.events.dating import Dated

LONGEST = 80
_SHORT = 45
_MARKS = ' ,;:.!?–—-«»"“”()'


def shorten(text: str, dated: Dated, last: int) -> str:
    """The clause that tells of a happening, cut at a word to 80 characters, the cue in it.

    A short clause takes along what follows, up to the sentence's end at `last`.
    """
    end = last if dated.last - dated.first < _SHORT else dated.last
    words = " ".join(text[dated.first : end].split()).strip(_MARKS)
    if len(" ".join(text[dated.first : dated.cue.end].split())) >= LONGEST:
        words = " ".join(text[dated.cue.start : end].split())
    words = _cut(words).strip(_MARKS) or text[dated.cue.start : dated.cue.end]
    return words[:1].upper() + words[1:]


def _cut(words: str) -> str:
    if len(words) <= LONGEST:
        return words
    kept = words[: LONGEST - 1]
    return kept[: kept.rfind(" ")].rstrip(_MARKS) + "…" if " " in kept else kept + "…"
