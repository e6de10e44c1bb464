"""How wide a text is in the page's fonts, and texts cut or broken to a width."""

from functools import cache

from etl.vocabulary import load_csv

_UNLISTED = 1000  # thousandths of an em: other scripts fall to fonts that nobody has measured


def measure_text(text: str, size: float, font: str = "sans_400") -> float:
    """The width of `text` in pixels at `size` pixels, never less than what a browser draws.

    `font` is a column of `glyphs.csv`: sans_400, sans_600 or serif_600.
    """
    widths = _load_widths(font)
    return sum(widths.get(letter, _UNLISTED) for letter in text) * size / 1000


def shorten_text(text: str, most: float, size: float, font: str = "sans_400") -> str:
    """The text, cut at a word and ended by "…" where it is wider than `most` pixels."""
    if measure_text(text, size, font) <= most:
        return text
    words = text.split()
    while len(words) > 1:
        words.pop()
        cut = " ".join(words).rstrip(" ,;:.–—") + "…"
        if measure_text(cut, size, font) <= most:
            return cut
    letters = text
    while letters and measure_text(letters + "…", size, font) > most:
        letters = letters[:-1]
    return letters + "…"


def wrap_text(
    text: str, most: float, size: float, font: str = "sans_400", lines: int | None = None
) -> list[str]:
    """The text as lines of at most `most` pixels; what goes beyond `lines` is cut."""
    broken: list[str] = []
    for word in text.split():
        if (broken and measure_text(f"{broken[-1]} {word}", size, font) <= most) or (
            lines and len(broken) == lines
        ):
            broken[-1] += f" {word}"
        else:
            broken.append(word)
    return [shorten_text(line, most, size, font) for line in broken]


@cache
def _load_widths(font: str) -> dict[str, int]:
    return {chr(int(row["code"], 16)): int(row[font]) for row in load_csv("glyphs.csv")}
