"""Claims of one happening, told in several sentences or reports, become one event."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from etl.merging.likeness import COARSE, Face, agrees, face_of
from etl.merging.reconcile import claim_of, judge_agreement, reconcile
from etl.model import Claim, Event, Mention

_LENGTH = 12
_LONGEST = 24
_MOST_FACES = 100  # of a happening that are compared: this and the next bound the cost
_MOST_TRIED = 40  # of the groups that share a name with a claim, the newest
_NOBODY, _ANYBODY = "", "*"
_Key = tuple[object, ...]
_Near = defaultdict[tuple[_Key, str], dict[int, None]]


@dataclass(frozen=True, slots=True)
class _Group:
    """The mentions of one happening so far.

    `faces` are those of their claims, each with the sources that show it; `phrases` is where the
    date of a sentence stands.
    """

    mentions: list[Mention] = field(default_factory=list)
    faces: dict[Face, set[str]] = field(default_factory=dict)
    phrases: dict[tuple[str, int], int] = field(default_factory=dict)


def merge_mentions(mentions: Iterable[Mention]) -> list[Event]:
    """The events that these mentions tell of, each with its mentions, in order of first mention.

    Two claims are of one happening where type and days agree, and neither actors, places nor
    tolls speak against it. A day told by one report and its month by another agree.
    """
    groups: list[_Group] = []
    near: _Near = defaultdict(dict)
    for mention in mentions:
        claim = claim_of(mention)
        face = face_of(claim)
        looked, found = _list_keys(claim)
        beside = _list_beside(near, looked, face)
        number = next((one for one in beside if _fits(groups[one], mention, face)), len(groups))
        if number == len(groups):
            groups.append(_Group())
        group = groups[number]
        if face not in group.faces and len(group.faces) < _MOST_FACES:
            for name in (*(face.names or (_NOBODY,)), _ANYBODY):
                for key in found:
                    near[key, name][number] = None
            group.faces[face] = set()
        group.mentions.append(mention)
        if face in group.faces:
            group.faces[face].add(mention.source_id)
        group.phrases[mention.source_id, mention.sentence_start] = mention.phrase.start
    used: defaultdict[str, int] = defaultdict(int)
    events = []
    for group in groups:
        told = group.mentions
        name = _name(claim_of(told[0]))
        used[name] += 1
        event_id = _digest(f"{name}|{used[name]}")
        events.append(Event(event_id, reconcile(told), tuple(told), judge_agreement(told)))
    return events


def _list_beside(near: _Near, looked: list[_Key], face: Face) -> Iterator[int]:
    """The groups near a claim that name one of the same actors or nobody, in order.

    One that names nobody may be of any group.
    """
    names = (*face.names, _NOBODY) if face.names else (_ANYBODY,)
    for key in looked:
        found = {
            number
            for name in names
            if (key, name) in near
            for number in islice(reversed(near[key, name]), _MOST_TRIED)
        }
        yield from sorted(found)


def _list_keys(claim: Claim) -> tuple[list[_Key], list[_Key]]:
    """Where to look for the group of a claim, and where its group is found by others.

    By type and days; and, as two reports may tell a happening more and less exactly, by months.
    """
    days, kind = claim.range, (claim.type, claim.extent, claim.status == "planned")
    if days.end is None or claim.extent == "throughout":
        return [(*kind, days.start)], [(*kind, days.start)]
    exact = (*kind, days.start, days.end)
    first = 12 * days.start.year + days.start.month
    if days.precision not in COARSE:
        return [exact, (*kind, first, True)], [exact, (*kind, first, False)]
    last = min(12 * days.end.year + days.end.month, first + _LONGEST)
    months = [
        (*kind, month, coarse) for month in range(first, last + 1) for coarse in (True, False)
    ]
    return [exact, *months], [exact, *months[::2]]


def _fits(group: _Group, mention: Mention, face: Face) -> bool:
    """Whether a mention agrees with each one of a group; of a sentence, a date tells one."""
    source, start = mention.source_id, mention.phrase.start
    return group.phrases.get((source, mention.sentence_start), start) == start and all(
        (source not in sources or agrees(one, face, True))
        and (sources == {source} or agrees(one, face, False))
        for one, sources in group.faces.items()
    )


def _name(claim: Claim) -> str:
    place = claim.place.name if claim.place else ""
    end = "" if claim.basis == "reported_since" else str(claim.range.end)
    return "|".join(
        [claim.type, str(claim.range.start), end, claim.extent, *claim.actors[:1], place]
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]
