"""Who was present where and how long: context bands, by rule from deployments and withdrawals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

_OPENING, _CLOSING = ("deployment", "military_operation"), "withdrawal"
MOVES = (*_OPENING, _CLOSING)  # the types of event that presences are derived from


@dataclass(frozen=True, slots=True)
class Presence:
    """An actor's presence in a country (ISO 3166 alpha-3); `end` None where no end is told."""

    actor: str
    country: str
    start: date
    end: date | None


def find_presences(
    rows: Iterable[Mapping[str, Any]], homes: Mapping[str, str] | None = None
) -> list[Presence]:
    """From an actor's deployment or operation in a country to its next withdrawal from there.

    An operation without a withdrawal after it opens nothing: it may have been a day's raid.
    `homes` gives actors' own countries, where nobody is a guest.
    """
    homes = homes or {}
    moves: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in sorted(rows, key=lambda row: row["start"]):
        told = row["status"] == "happened" and row["country"] and row["actors"]
        if told and row["type"] in MOVES:
            actor, country = row["actors"][0], row["country"]
            if homes.get(actor) != country:
                moves.setdefault((actor, country), []).append(row)
    found = [
        presence
        for (actor, country), told in moves.items()
        for presence in _follow(actor, country, told)
    ]
    return sorted(found, key=lambda presence: (presence.start, presence.actor))


def _follow(actor: str, country: str, moves: list[Mapping[str, Any]]) -> Iterable[Presence]:
    since, stays = None, False
    for move in moves:
        if move["type"] != _CLOSING:
            since = since or move["start"]
            stays = stays or move["type"] == "deployment" or move["extent"] == "throughout"
        elif since is not None:
            yield Presence(actor, country, since, move["end"])
            since, stays = None, False
    if since is not None and stays:
        yield Presence(actor, country, since, None)
