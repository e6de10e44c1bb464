"""A date phrase as the field's annotations have it (TIMEX3): a range as its two ends."""

from etl.model import DatePhrase


def list_timex(phrase: DatePhrase) -> list[tuple[int, int, str]]:
    """First and last character and TIMEX3 value of the phrase, or of both ends of a range."""
    if phrase.ends is None or "/" not in phrase.timex:
        return [(phrase.start, phrase.end, phrase.timex)]
    first, _, last = phrase.timex.partition("/")
    return [(phrase.start, phrase.ends[0], first), (phrase.ends[1], phrase.end, last)]
