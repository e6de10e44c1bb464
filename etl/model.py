"""The nouns of the flow: report, date phrase, claim, mention, event."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Precision = Literal["day", "week", "month", "season", "year", "decade", "span"]
Basis = Literal[
    "explicit", "year_inferred", "relative", "anaphoric", "reported_since", "imported", "corrected"
]
Extent = Literal["within", "throughout"]
Status = Literal["happened", "planned", "not_asserted"]
Role = Literal["news", "background"]
SpanKind = Literal["date", "actor", "new_actor", "place", "toll", "cue"]


class ReportError(ValueError):
    """A report that cannot be read: where, what is wrong, and the remedy."""


class VocabularyError(ValueError):
    """A vocabulary file that breaks its own rules: where, what is wrong, and the remedy."""


class TableError(ValueError):
    """A table that does not keep the contract: where, what is wrong, and the remedy."""


@dataclass(frozen=True, slots=True)
class Report:
    """A text as read, and what is known of it. `body` is where the text proper begins.

    `written` is the text as it stands in the report where `text` has its letters levelled.
    """

    text: str
    language: str
    published: date | None = None
    title: str = ""
    publisher: str = ""
    url: str = ""
    licence: str = ""
    file_name: str = ""
    body: int = 0
    published_from: str = ""
    written: str = ""

    @property
    def shown(self) -> str:
        """The text as it stands in the report, character for character as long as `text`."""
        return self.written or self.text


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a report's text, and what they stand for."""

    start: int
    end: int
    kind: SpanKind
    name: str


@dataclass(frozen=True, slots=True)
class DateRange:
    """The first and the last day, both included; `end` is None where no last day is known."""

    start: date
    end: date | None
    precision: Precision


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A date phrase of a report: its characters, and the days it means.

    `range` is None where the phrase is relative and the report has no day to count from.
    `slots` holds what the rule read in it, for example `{"day": 7, "month": 10}`; `ends` are, of
    a range, where its first end ends and where its last begins.
    """

    start: int
    end: int
    text: str
    rule: str
    range: DateRange | None
    basis: Basis
    anchor: date | None
    timex: str
    since: bool = False
    until: bool = False
    slots: dict[str, int | str] = field(default_factory=dict)
    ends: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its canonical English name; degrees; `country` as ISO 3166 alpha-3."""

    name: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: Literal["point", "area", "country"] | None = None


@dataclass(frozen=True, slots=True)
class Toll:
    """Persons killed or wounded, as low, best and high. None is not reported, 0 is said."""

    killed_low: int | None = None
    killed: int | None = None
    killed_high: int | None = None
    wounded_low: int | None = None
    wounded: int | None = None
    wounded_high: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said of one happening: when, what, who to whom, where, with which toll."""

    title: str
    range: DateRange
    extent: Extent
    basis: Basis
    status: Status
    role: Role
    type: str
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    direction: Literal["directed", "mutual", "unknown"] = "unknown"
    place: Place | None = None
    toll: Toll = Toll()
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One sentence that tells of a happening, or of an undated one (`claim` is None)."""

    source_id: str
    sentence: str
    sentence_start: int
    sentence_end: int
    phrase: DatePhrase
    spans: tuple[Span, ...] = ()
    claim: Claim | None = None
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One happening: the claim its sources support, and every mention of it."""

    event_id: str
    claim: Claim
    mentions: tuple[Mention, ...]
    agreement: str = "single"
    review: str = "machine"
