"""Tell what a whole report is about, and whom "the army", "the rebels" or "the city" mean in it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.model import Span
from etl.naming.actors import country_of, is_group, kind_of
from etl.naming.places import capital_of, resolve_country, resolve_place
from etl.words.language import Language

_BESIDE = re.compile(r"(?:['’]s)?[\s-]{0,2}")
_GAP = 4
_WEIGHT = 2
_GROUP_WEIGHT = 3


@dataclass(frozen=True, slots=True)
class Story:
    """The country in which most of a report takes place, its state, and the two sides at war.

    `share` is that of the country among all that are named; `named` are all actors, the most
    named first.
    """

    country: str | None = None
    share: float = 0.0
    state: str | None = None
    sides: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def read_story(actors: Iterable[Span], places: Iterable[Span]) -> Story:
    """What a report is about by the actors and places that it names."""
    named = Counter(span.name for span in actors)
    countries: Counter[str] = Counter()
    for span in places:
        if code := resolve_place(span.name).country:
            countries[code] += _WEIGHT
    for name, times in named.items():
        if code := country_of(name):
            countries[code] += times
    if not countries:
        return Story(named=tuple(name for name, _ in named.most_common()))
    country = max(countries, key=lambda code: countries[code])
    states = [name for name in named if kind_of(name) == "state" and country_of(name) == country]
    state = max(states, key=lambda name: named[name], default=resolve_country(country).name)
    return Story(
        country=country,
        share=countries[country] / countries.total(),
        state=state,
        sides=_find_sides(named, state),
        named=tuple(name for name, _ in named.most_common()),
    )


def _find_sides(named: Counter[str], state: str) -> tuple[str, ...]:
    """The state and who is named most beside it; an armed group counts for more."""
    weights = {
        name: times * (_GROUP_WEIGHT if is_group(name) else 1)
        for name, times in named.items()
        if name != state and (is_group(name) or kind_of(name) == "state")
    }
    return (state, max(weights, key=lambda name: weights[name])) if weights else (state,)


def find_actor_stand_ins(
    text: str,
    language: Language,
    story: Story,
    span: tuple[int, int],
    known: Sequence[Span],
    earlier: Sequence[Span],
) -> list[Span]:
    """The words of a sentence that stand for an actor of the report: "the army", "the rebels".

    `known` are the actors that the sentence names itself, `earlier` those before it, last first.
    Words beside a name, such as "Russian troops", belong to it.
    """
    found: list[Span] = []
    if not language.any_stand_in.search(text, *span):
        return found
    for key, words in language.stand_ins.items():
        for match in words.finditer(text, *span):
            first, last = match.span()
            if any(_touches(text, one, first, last) for one in (*known, *found)):
                continue
            before = [one.name for one in reversed(known) if one.end <= first]
            if key == "soldiers" and language.sides["against"].search(text[span[0] : first]):
                before = []
            back = [one.name for one in earlier]
            if key == "both":
                meant = _find_opposed(story, [*before[::-1], *back])
            else:
                name = _resolve(key, story, before, back)
                meant = [name] if name else []
            found += [Span(first, last, "actor", name) for name in meant]
    return found


def _find_opposed(story: Story, back: Sequence[str]) -> list[str]:
    """The two sides at war where both were named, else the two named last; `back` is last first."""
    if len(story.sides) > 1 and set(story.sides) <= set(back):
        return list(story.sides)
    fighting = dict.fromkeys(
        name for name in (*back, *story.sides) if is_group(name) or kind_of(name) == "state"
    )
    return list(fighting)[:2] if len(fighting) > 1 else []


def find_place_stand_ins(
    text: str, language: Language, story: Story, span: tuple[int, int], town: str | None
) -> list[Span]:
    """The words of a sentence that stand for a place: "the capital", and "the city" named last."""
    capital = capital_of(story.country) if story.country else None
    return [
        Span(match.start(), match.end(), "place", name)
        for key, name in (("capital", capital), ("town", town))
        if name and key in language.stand_ins
        for match in language.stand_ins[key].finditer(text, *span)
    ]


def _touches(text: str, one: Span, first: int, last: int) -> bool:
    """Whether a name lies over these words or right beside them."""
    if one.start < last and first < one.end:
        return True
    between = text[last : one.start] if one.start >= last else text[one.end : first]
    return len(between) <= _GAP and bool(_BESIDE.fullmatch(between))


def _resolve(key: str, story: Story, before: Sequence[str], earlier: Sequence[str]) -> str | None:
    """Whom words of this kind mean, of those named before, else of all in the report.

    `before` are named in the same sentence, `earlier` in those before it, last first.
    """
    if key in ("town", "capital", "both"):
        return None
    if key == "state":
        return story.state
    if key == "soldiers":
        return next((name for name in before if kind_of(name) == "state"), story.state)
    everyone = (*before, *earlier, *story.named)
    return next(
        (n for n in everyone if (is_group(n) if key == "group" else key in n.lower())), None
    )
