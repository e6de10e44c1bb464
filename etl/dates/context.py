"""What a date phrase is read by, and what it gives."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from etl.dates.nearest import Slots
from etl.dates.periods import Period
from etl.model import Basis

Tense = Literal["past", "present", "future"]


@dataclass(frozen=True, slots=True)
class Context:
    """What a phrase is read by.

    `published` is the day of publication. `told` is the nearest earlier date of the narrative.
    `inherits` says that a phrase without a year takes it from there. `tense` is that of the
    clause, where it is known: in the future the next such day is meant, in the present the
    nearest. `history` says that the text tells of former times, in which "next year" is the one
    after `told`.
    """

    published: date | None
    told: Period | None = None
    inherits: bool = False
    tense: Tense | None = None
    history: bool = False

    @property
    def future(self) -> bool:
        """Whether the clause tells what is to come."""
        return self.tense == "future"

    @property
    def present(self) -> bool:
        """Whether the clause stands in the present tense."""
        return self.tense == "present"


@dataclass(frozen=True, slots=True)
class Reading:
    """The days a phrase means, on what ground, and the day it was counted from.

    `timex` is the TIMEX3 value of what has no days here, such as a year before Christ.
    """

    period: Period | None
    basis: Basis
    anchor: date | None = None
    timex: str = ""


def count_from(anchor: date | None, basis: Basis, period: Callable[[date], Period]) -> Reading:
    """The period counted from that day; none where the day is not known."""
    return Reading(None, basis) if anchor is None else Reading(period(anchor), basis, anchor)


def without(slots: Slots, name: str) -> dict[str, int | str]:
    """The slots but for one."""
    return {slot: value for slot, value in slots.items() if slot != name}
