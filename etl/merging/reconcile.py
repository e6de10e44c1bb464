"""Make one claim of several that tell of one happening, and say how they agree."""

from dataclasses import replace

from etl.model import Claim, DateRange, Mention, Toll


def reconcile(group: list[Mention]) -> Claim:
    """The first claim, made as exact and as complete as the others allow."""
    claims = [claim_of(mention) for mention in group]
    first = claims[0]
    sharpest = min(claims, key=lambda claim: count_days(claim.range))
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


def judge_agreement(group: list[Mention]) -> str:
    """How the sources of an event stand to each other."""
    by_source: dict[str, Claim] = {}
    for mention in group:
        by_source.setdefault(mention.source_id, claim_of(mention))
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


def claim_of(mention: Mention) -> Claim:
    """The claim of a mention that has one."""
    assert mention.claim is not None
    return mention.claim


def count_days(days: DateRange) -> int:
    """The days from the first to the last; very many where no last one is known."""
    return (days.end - days.start).days if days.end else 10**6
