"""Tell who did it to whom: the sides of a happening's actors."""

import re
from dataclasses import dataclass
from typing import Literal

from etl.events.cues import Cue
from etl.model import Span
from etl.words.language import Language, stands_behind

_REACH = 80
_JOINED = 16
_LONGEST_LIST = 12
_STOP = re.compile(r"[.;:()]")
_NAMES_OTHERS = {"statement", "deployment", "withdrawal"}
_MUTUAL = {"negotiation", "ceasefire_or_agreement", "battle"}


@dataclass(frozen=True, slots=True)
class Sides:
    """Canonical names of those who did it, those to whom, and those named without a side."""

    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    mutual: bool = False

    @property
    def everyone(self) -> tuple[str, ...]:
        """All names, whatever their side."""
        return self.actors + self.recipients + self.others

    @property
    def direction(self) -> Literal["directed", "mutual", "unknown"]:
        """Whether one side did it to the other, both took part alike, or it is not said."""
        if self.mutual:
            return "mutual"
        return "directed" if self.actors and self.recipients else "unknown"


def assign_sides(
    text: str, language: Language, cue: Cue, named: list[Span], start: int, end: int
) -> Sides:
    """The sides of the actors `named` between `start` and `end`, around the cue of a happening.

    An actor behind a word such as "against" is a recipient, behind "by" the one who did it;
    otherwise the subject stands before an active verb, or touches a noun ("American strike").
    """
    actors: list[str] = []
    recipients: list[str] = []
    others: list[str] = []
    passive = is_passive(text, language, cue, start)
    mutual = False
    group: list[str] = others
    previous: Span | None = None
    for actor in (span for span in named if start <= span.start and span.end <= end):
        joined = previous is not None and actor.start - previous.end <= _JOINED
        if not (joined and previous and _same_side(text, language, previous, actor, cue)):
            before = text[max(start, actor.start - _REACH) : actor.start]
            if language.sides["aside"].search(before):
                group = others
            elif language.sides["with"].search(before):
                mutual = True
                group = actors
            elif language.sides["against"].search(before):
                group = recipients
            elif language.sides["by"].search(before):
                group = actors
            else:
                by_place = _by_turn if language.verb_second else _by_place
                group = by_place(cue, actor, passive, actors, recipients, others)
        if actor.name not in (*actors, *recipients, *others):
            group.append(actor.name)
        previous = actor
    if cue.type in _MUTUAL and (mutual or len(actors) > 1):
        return Sides((*actors, *recipients), (), tuple(others), True)
    return Sides(tuple(actors), tuple(recipients), tuple(others))


def lead_group(text: str, named: list[Span]) -> tuple[str, ...]:
    """The first actor named and those joined to it: "the United States and Iraq"."""
    return tuple(dict.fromkeys(actor.name for actor in _lead(text, named)))


def lead_end(text: str, named: list[Span]) -> int | None:
    """Where the first actor named, and those joined to it, end."""
    group = _lead(text, named)
    return group[-1].end if group else None


def _lead(text: str, named: list[Span]) -> list[Span]:
    group = named[:1]
    for actor in named[1:_LONGEST_LIST]:
        apart = actor.start - group[-1].end > _JOINED
        if apart or _STOP.search(text, group[-1].end, actor.start):
            break
        group.append(actor)
    return group


def _by_place(
    cue: Cue,
    actor: Span,
    passive: bool,
    actors: list[str],
    recipients: list[str],
    others: list[str],
) -> list[str]:
    """Which side an actor is on for where it stands, before or after the cue."""
    before = actor.start < cue.start
    if cue.type == "demand":
        return recipients if actors else actors
    if cue.is_verb:
        if before:
            return recipients if passive else actors
        if cue.type in _NAMES_OTHERS:
            return others if actors else actors
        return others if passive else recipients
    if before:
        return actors
    touches = actor.start - cue.end <= _JOINED
    return actors if touches and not actors else others


def _by_turn(
    cue: Cue,
    actor: Span,
    passive: bool,
    actors: list[str],
    recipients: list[str],
    others: list[str],
) -> list[str]:
    """The same where the subject may follow its verb, or the verb all else: who is first acts."""
    if not cue.is_verb or cue.type == "demand":
        return _by_place(cue, actor, passive, actors, recipients, others)
    if passive:
        return recipients
    if not actors:
        return actors
    return others if cue.type in _NAMES_OTHERS else recipients


def _same_side(text: str, language: Language, previous: Span, actor: Span, cue: Cue) -> bool:
    """Whether nothing but "and", a comma, an article or a title stands between two actors.

    Where all may stand before the verb, an article alone parts them, "hat Russland die Ukraine",
    or a word for a side, "wurde die Ukraine von Russland".
    """
    between = text[previous.end : actor.start]
    if language.verb_second:
        article = language.signs["definite"].fullmatch(between.strip())
        if article or any(language.sides[side].search(between) for side in ("by", "against")):
            return False
    return not (previous.end <= cue.start <= actor.start) and len(between.split()) <= 3


def is_passive(text: str, language: Language, cue: Cue, start: int) -> bool:
    """Whether who stands before a verb is whom it happened to."""
    if not cue.is_verb:
        return False
    dying = language.signs.get("dying")
    if dying and dying.fullmatch(text, cue.start, cue.end):
        return True
    before = text[max(start, cue.start - _REACH) : cue.start]
    suffers = language.signs.get("suffering")
    return stands_behind(language.signs["passive"], before) or bool(
        suffers and suffers.fullmatch(text, cue.start, cue.end)
    )
