"""The colours and fonts of the figures, for light and for dark paper."""

from dataclasses import dataclass
from typing import Any

from etl.model import VocabularyError
from etl.vocabulary import load_toml


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by their role; `families` by the family of a type."""

    paper: str
    ink: str
    soft: str
    line: str
    edge: str
    presence: str
    outside: str
    families: dict[str, str]
    serif: str
    sans: str

    def find_colour(self, type_name: str) -> str:
        """The colour of an event type."""
        return self.families[load_toml("event_types.toml")[type_name]["family"]]


def load_palette(theme: str) -> Palette:
    """The palette of a theme, light or dark. Raises VocabularyError for another."""
    colours: dict[str, Any] = load_toml("colours.toml")
    if theme not in ("light", "dark"):
        raise VocabularyError(f"colours.toml: {theme}: no such theme: take light or dark")
    return Palette(**colours[theme], **colours["fonts"])


def fade(colour: str, alpha: float) -> str:
    """The colour "#rrggbb" with that much of it left: "rgba(…)"."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha:g})"
