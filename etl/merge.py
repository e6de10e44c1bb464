"""Claims of one happening, told in several sentences or reports, become one event."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from etl.model import Claim, DateRange, Event, Mention, Toll

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
        claim = _claim(mention)
        months = [(claim.type, month) for month in _list_months(claim)]
        beside = (group for month in months for group in near[month][-_CANDIDATES:])
        fitting = [group for group in beside if all(_agrees(one, mention) for one in _some(group))]
        if fitting:
            same_days = (group for group in fitting if _claim(group[0]).range == claim.range)
            next(same_days, fitting[0]).append(mention)
        else:
            groups.append([mention])
            for month in months:
                near[month].append(groups[-1])
    used: defaultdict[str, int] = defaultdict(int)
    events = []
    for group in groups:
        key = _key(_claim(group[0]))
        used[key] += 1
        event_id = _digest(f"{key}|{used[key]}")
        events.append(Event(event_id, _reconcile(group), tuple(group), _agreement(group)))
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
    first, second = _claim(one), _claim(other)
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
    outer, inner = (a, b) if _length(a) > _length(b) else (b, a)
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
    if first.place.country != second.place.country:
        return first.place.country is None or second.place.country is None
    return "country" in (first.place.precision, second.place.precision)


def _reconcile(group: list[Mention]) -> Claim:
    """The first claim, made as exact and as complete as the others allow."""
    claims = [_claim(mention) for mention in group]
    first = claims[0]
    sharpest = min(claims, key=lambda claim: _length(claim.range))
    if first.extent == "throughout":
        ends = [claim.range.end for claim in claims]
        last = None if None in ends else max(end for end in ends if end)
        days, basis = replace(first.range, end=last), first.basis
    else:
        days, basis = sharpest.range, sharpest.basis
    actors = next((claim.actors for claim in claims if claim.actors), ())
    recipients = next((claim.recipients for claim in claims if claim.recipients), ())
    named = (name for claim in claims for name in claim.actors + claim.recipients + claim.others)
    others = tuple(dict.fromkeys(name for name in named if name not in actors + recipients))
    places = [claim.place for claim in claims if claim.place]
    exact = [place for place in places if place.precision != "country"]
    happened = any(claim.status == "happened" for claim in claims)
    return replace(
        first,
        range=days,
        basis=basis,
        status="happened" if happened else first.status,
        role="news" if any(claim.role == "news" for claim in claims) else first.role,
        actors=actors,
        recipients=tuple(name for name in recipients if name not in actors),
        others=others,
        direction=next(
            (claim.direction for claim in claims if claim.direction != "unknown"), first.direction
        ),
        place=next(iter(exact + places), None),
        toll=_merge_tolls([claim.toll for claim in claims]),
        count=next((claim.count for claim in claims if claim.count), None),
    )


def _merge_tolls(tolls: list[Toll]) -> Toll:
    def pick(name: str, choose: object) -> int | None:
        values = [value for toll in tolls if (value := getattr(toll, name)) is not None]
        if not values:
            return None
        return values[0] if choose is None else choose(values)  # type: ignore[operator,no-any-return]

    return Toll(
        killed_low=pick("killed_low", min),
        killed=pick("killed", None),
        killed_high=pick("killed_high", max),
        wounded_low=pick("wounded_low", min),
        wounded=pick("wounded", None),
        wounded_high=pick("wounded_high", max),
    )


def _agreement(group: list[Mention]) -> str:
    """How the sources of an event stand to each other."""
    by_source: dict[str, Claim] = {}
    for mention in group:
        by_source.setdefault(mention.source_id, _claim(mention))
    claims = list(by_source.values())
    if len(claims) == 1:
        return "single"
    if len({claim.status for claim in claims}) > 1:
        return "contested"
    if len({claim.toll.killed for claim in claims} - {None}) > 1:
        return "differ_toll"
    if any(claim.actors and claims[0].actors and not {*claim.actors} & {*claims[0].actors}
           for claim in claims):  # fmt: skip
        return "differ_actor"
    return "agree"


def _claim(mention: Mention) -> Claim:
    assert mention.claim is not None
    return mention.claim


def _length(days: DateRange) -> int:
    return (days.end - days.start).days if days.end else 10**6


def _key(claim: Claim) -> str:
    place = claim.place.name if claim.place else ""
    end = "" if claim.basis == "reported_since" else str(claim.range.end)
    return "|".join(
        [claim.type, str(claim.range.start), end, claim.extent, *claim.actors[:1], place]
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]
