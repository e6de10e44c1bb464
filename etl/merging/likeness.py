"""Tell whether two claims of one type may be of one happening."""

from dataclasses import dataclass, field

from etl.merging.reconcile import count_days
from etl.model import Claim, DateRange, Extent, Place

COARSE = {"week", "month", "season", "span"}


@dataclass(frozen=True, slots=True)
class Face:
    """What of a claim can speak against another of the same type.

    `names` are all who are named, whatever their side.
    """

    range: DateRange
    extent: Extent
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    others: tuple[str, ...]
    mutual: bool
    place: Place | None
    names: frozenset[str] = field(compare=False)


def face_of(claim: Claim) -> Face:
    """The face of a claim."""
    return Face(
        claim.range,
        claim.extent,
        claim.actors,
        claim.recipients,
        claim.others,
        claim.direction == "mutual",
        claim.place,
        frozenset((*claim.actors, *claim.recipients, *claim.others)),
    )


def agrees(first: Face, second: Face, one_report: bool) -> bool:
    """Whether days, names and places agree, told in one report or in two."""
    return (
        (_same_days(first, second) or (not one_report and _nested(first, second)))
        and _names_agree(first, second, one_report)
        and _places_agree(first, second)
    )


def _same_days(first: Face, second: Face) -> bool:
    a, b = first.range, second.range
    return a.start == b.start and (a.end == b.end or first.extent == "throughout")


def _nested(first: Face, second: Face) -> bool:
    """Whether one tells the day and the other its week, month or season."""
    a, b = first.range, second.range
    if a.end is None or b.end is None or first.extent == "throughout":
        return False
    outer, inner = (a, b) if count_days(a) > count_days(b) else (b, a)
    within = outer.start <= inner.start and (inner.end or inner.start) <= (outer.end or outer.start)
    return within and outer.precision in COARSE


def _names_agree(first: Face, second: Face, one_report: bool) -> bool:
    """Whether both name one of the same actors, or one names none.

    In one report, who acts is the same; two reports may tell it of another.
    """
    a, b = first.names, second.names
    mutual = first.mutual or second.mutual
    if one_report and first.actors and second.actors and not mutual:
        return bool({*first.actors} & {*second.actors})
    if first.actors and second.actors and first.recipients and second.recipients:
        return bool({*first.actors, *first.recipients} & {*second.actors, *second.recipients})
    return not a or not b or bool(a & b)


def _places_agree(first: Face, second: Face) -> bool:
    if first.place is None or second.place is None or first.place.name == second.place.name:
        return True
    countries = {first.place.country, second.place.country} - {None}
    return len(countries) < 2 and "country" in (first.place.precision, second.place.precision)
