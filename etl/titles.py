"""Shorten a sentence to the label of a happening, in the sentence's own words."""

LONGEST = 80
_SHORT = 45
_MARKS = ' ,;:.!?–—-«»"“”()'


def shorten(text: str, start: int, end: int, cue_start: int, cue_end: int, last: int) -> str:
    """The clause of `text` from `start` to `end`, cut at a word to 80 characters, the cue in it.

    A short clause takes along what follows, up to the sentence's end at `last`.
    """
    if end - start < _SHORT:
        end = last
    words = " ".join(text[start:end].split()).strip(_MARKS)
    if len(words) > LONGEST:
        lead = len(" ".join(text[start:cue_end].split()))
        if lead > LONGEST - 1:
            words = " ".join(text[cue_start:end].split())
        words = _cut(words)
    words = words.strip(_MARKS) or text[cue_start:cue_end]
    return words[:1].upper() + words[1:]


def _cut(words: str) -> str:
    if len(words) <= LONGEST:
        return words
    kept = words[: LONGEST - 1]
    return kept[: kept.rfind(" ")].rstrip(_MARKS) + "…" if " " in kept else kept + "…"
