"""Claims of one happening, told in several sentences or reports, become one event."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator

from etl.model import Claim, Event, Mention
from etl.reconcile import claim_of, count_days, judge_agreement, reconcile

_COARSE = {"week", "month", "season", "span"}
_LENGTH = 12
_LONGEST = 24
_CANDIDATES = 50
_COMPARED = 3


def merge_mentions(mentions: Iterable[Mention]) -> list[Event]:
    """The events that these mentions tell of, each with its mentions, in order of first mention.

    Two claims are of one happening where type and days agree, and neither actors, places nor
    tolls speak against it. A day told by one report and its month by another agree.
    """
    groups: list[list[Mention]] = []
    near: dict[tuple[str, int], list[list[Mention]]] = defaultdict(list)
    for mention in mentions:
        claim = claim_of(mention)
        months = [(claim.type, month) for month in _list_months(claim)]
        beside = (group for month in months for group in near[month][-_CANDIDATES:])
        fitting = [group for group in beside if all(_agrees(one, mention) for one in _some(group))]
        if fitting:
            same_days = (group for group in fitting if claim_of(group[0]).range == claim.range)
            next(same_days, fitting[0]).append(mention)
        else:
            groups.append([mention])
            for month in months:
                near[month].append(groups[-1])
    used: defaultdict[str, int] = defaultdict(int)
    events = []
    for group in groups:
        key = _key(claim_of(group[0]))
        used[key] += 1
        event_id = _digest(f"{key}|{used[key]}")
        events.append(Event(event_id, reconcile(group), tuple(group), judge_agreement(group)))
    return events


def _list_months(claim: Claim) -> Iterator[int]:
    """The months, counted through the years, in which another claim may begin and agree."""
    first = 12 * claim.range.start.year + claim.range.start.month
    end = claim.range.end
    if end is None or claim.extent == "throughout" or claim.range.precision not in _COARSE:
        return iter([first])
    return iter(range(first, min(12 * end.year + end.month, first + _LONGEST) + 1))


def _some(group: list[Mention]) -> list[Mention]:
    """The first mention of a group and its last ones, so that no repetition costs more."""
    return group if len(group) <= _COMPARED else [group[0], *group[-_COMPARED:]]


def _agrees(one: Mention, other: Mention) -> bool:
    first, second = claim_of(one), claim_of(other)
    same_sentence = one.source_id == other.source_id and one.sentence_start == other.sentence_start
    return (
        first.extent == second.extent
        and (first.status == "planned") == (second.status == "planned")
        and not (same_sentence and one.phrase.start != other.phrase.start)
        and (
            _same_days(first, second)
            or (one.source_id != other.source_id and _nested(first, second))
        )
        and _names_agree(first, second, one.source_id == other.source_id)
        and _places_agree(first, second)
    )


def _same_days(first: Claim, second: Claim) -> bool:
    a, b = first.range, second.range
    return a.start == b.start and (a.end == b.end or first.extent == "throughout")


def _nested(first: Claim, second: Claim) -> bool:
    """Whether one tells the day and the other its week, month or season."""
    a, b = first.range, second.range
    if a.end is None or b.end is None or first.extent == "throughout":
        return False
    outer, inner = (a, b) if count_days(a) > count_days(b) else (b, a)
    within = outer.start <= inner.start and (inner.end or inner.start) <= (outer.end or outer.start)
    return within and outer.precision in _COARSE


def _names_agree(first: Claim, second: Claim, one_report: bool) -> bool:
    """Whether both name one of the same actors, or one names none.

    In one report, who acts is the same; two reports may tell it of another.
    """
    a, b = ({*one.actors, *one.recipients, *one.others} for one in (first, second))
    mutual = "mutual" in (first.direction, second.direction)
    if one_report and first.actors and second.actors and not mutual:
        return bool({*first.actors} & {*second.actors})
    if first.actors and second.actors and first.recipients and second.recipients:
        return bool({*first.actors, *first.recipients} & {*second.actors, *second.recipients})
    return not a or not b or bool(a & b)


def _places_agree(first: Claim, second: Claim) -> bool:
    if first.place is None or second.place is None or first.place.name == second.place.name:
        return True
    countries = {first.place.country, second.place.country} - {None}
    return len(countries) < 2 and "country" in (first.place.precision, second.place.precision)


def _key(claim: Claim) -> str:
    place = claim.place.name if claim.place else ""
    end = "" if claim.basis == "reported_since" else str(claim.range.end)
    return "|".join(
        [claim.type, str(claim.range.start), end, claim.extent, *claim.actors[:1], place]
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]
