"""What a reader of files hands on: a text and what its file says of it."""

from dataclasses import dataclass, field
from datetime import date, datetime

from etl.model import ReportError

FACTS = ("title", "language", "published", "publisher", "url", "licence")


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as read, before its language and day are settled.

    `facts` are what was found of FACTS, as strings; `facts_from` says where they stood. `body` is
    where the text proper begins.
    """

    text: str
    facts: dict[str, str] = field(default_factory=dict)
    facts_from: str = ""
    body: int = 0


def read_day(text: str, where: str) -> date:
    """The day of `2024-01-25` or of a time on it. Raises ReportError."""
    try:
        return datetime.fromisoformat(text.strip()).date()
    except ValueError as error:
        raise ReportError(
            f"{where}: published: {text!r} is no day: write it as 2024-01-25"
        ) from error
