"""Tell who took part in a happening, also where its own clause does not name them."""

from dataclasses import replace

from etl.actors import country_of, is_group, kind_of
from etl.cues import load_types
from etl.dating import Dated
from etl.model import Claim, DatePhrase, DateRange, Place, Span
from etl.places import resolve_country, resolve_place
from etl.roles import Sides, assign_sides, lead_group
from etl.scenes import Scene
from etl.story import Story

_ON_THE_GROUND = {"violence", "posture", "people"}


def find_sides(scene: Scene, dated: Dated, before: Claim | None) -> Sides:
    """The sides in the clause; where it has no subject, the one that the sentences give.

    `before` is the happening told just before in the same sentence.
    """
    cue = dated.cue
    sides = assign_sides(
        scene.text, scene.language, cue, list(scene.actors), dated.first, dated.last
    )
    if not sides.actors:
        subject = _inherit_subject(scene, dated, sides, before)
        taken = {*sides.recipients, *sides.others}
        sides = replace(sides, actors=tuple(name for name in subject if name not in taken))
    violent = load_types()[cue.type]["family"] == "violence"
    if violent and cue.is_verb and sides.actors and not sides.recipients:
        sides = replace(sides, recipients=_find_victim(scene, dated, sides))
    return sides


def complete_sides(sides: Sides, type_name: str, place: Place | None, scene: Scene) -> Sides:
    """The sides with those who take part unnamed, as the file of types says.

    `doer` is who does it where nobody is named; `host` is the side of the country where troops
    come, stay or leave; behind `between`, two sides take part: of those that the report is
    about, the missing ones are added.
    """
    definition = load_types()[type_name]
    story = scene.story
    doer = definition.get("doer")
    if doer and not sides.actors:
        sides = replace(sides, actors=(doer,))
    sides = _add_states(sides, story)
    host = _find_host(definition.get("host"), place, story)
    if host and host not in sides.everyone:
        if definition["host"] == "recipients" and not sides.recipients:
            return replace(sides, recipients=(host,))
        return replace(sides, others=(*sides.others, host))
    if definition.get("between"):
        return _add_opponent(sides, place, story)
    return sides


def _add_opponent(sides: Sides, place: Place | None, story: Story) -> Sides:
    """Two sides take part: the one that is not named is the other that the report is about."""
    if story.state is None or story.opponent is None:
        return sides
    if not sides.everyone:
        return replace(sides, others=(story.state, story.opponent))
    if sides.recipients or len(sides.actors) != 1:
        return sides
    abroad = place is not None and place.country not in (None, story.country)
    at_home = story.state if sides.actors[0] == story.opponent else story.opponent
    other = resolve_country(place.country).name if abroad and place and place.country else at_home
    return sides if other in sides.everyone else replace(sides, others=(*sides.others, other))


def _find_host(side: str | None, place: Place | None, story: Story) -> str | None:
    """The state in whose country it happens, where the type gives it a side."""
    if side is None or place is None or place.country is None:
        return None
    if place.country == story.country:
        return story.state
    return resolve_country(place.country).name


def _add_states(sides: Sides, story: Story) -> Sides:
    """A person who acts stands for a state: it is added without a side."""
    states = (
        story.state if code == story.country else resolve_country(code).name
        for name in sides.actors[:1]
        if kind_of(name) == "person" and (code := country_of(name))
    )
    return replace(
        sides,
        others=(*sides.others, *(one for one in states if one and one not in sides.everyone)),
    )


def find_place(scene: Scene, dated: Dated, phrase: DatePhrase, alone: bool) -> Place | None:
    """The place nearest to the cue in its clause or that of the date, a town before a country.

    Where they name none, the one named before in the sentence or, for what happens on the
    ground, in the sentence before; last, the country that the report is about. What is named
    inside another happening, with its own parties, is not placed with that one. `alone` says
    that the sentence tells of nothing else.
    """
    first, last = scene.clause_at(phrase.start)
    near = [span for span in scene.places if first <= span.start < last]
    if first == dated.first or not near:
        near = [span for span in scene.places if dated.first <= span.start < dated.last]
    inside = [span for span in scene.actors if dated.first <= span.start < dated.last]
    elsewhere = dated.nested and bool(inside)
    if not near and not elsewhere and _is_grounded(dated):
        ahead = [span for span in scene.places if span.start < dated.first]
        near = ahead[-1:] or (list(scene.places) if alone else [])
    places = [(resolve_place(span.name), span.start) for span in near]
    if places:
        nearest = min(places, key=lambda one: (_is_country(one[0]), abs(one[1] - dated.cue.end)))
        return nearest[0]
    if load_types()[dated.cue.type].get("anywhere") or elsewhere:
        return None
    return _carry_place(scene, dated, inside, phrase.range)


def _is_country(place: Place) -> bool:
    return place.precision == "country"


def _carry_place(
    scene: Scene, dated: Dated, named: list[Span], days: DateRange | None
) -> Place | None:
    """Where the sentences before take place, or the report: a town only for what has a day."""
    setting = scene.setting if _is_grounded(dated) else None
    country = (setting and setting.country) or scene.story.country
    homes = {country_of(span.name) for span in named if kind_of(span.name) != "state"} - {None}
    if country is None or (homes and country not in homes):
        return None
    if setting and days and days.start == days.end:
        return setting
    return resolve_country(country)


def _is_grounded(dated: Dated) -> bool:
    return load_types()[dated.cue.type]["family"] in _ON_THE_GROUND


def _inherit_subject(
    scene: Scene, dated: Dated, sides: Sides, before: Claim | None
) -> tuple[str, ...]:
    """Who the subject of a clause that names none stands for."""
    if scene.has_sign("pronouns", dated.first, dated.cue.start):
        taken = {*sides.recipients, *sides.others}
        back = [span.name for span in scene.earlier if span.name not in taken]
        groups = [name for name in back if is_group(name)]
        return tuple((groups or back)[:1])
    if before is not None and before.actors:
        return before.actors
    if sides.recipients and dated.cue.is_verb:
        return ()
    ahead = [span for span in scene.actors if span.start < dated.first]
    return lead_group(scene.text, ahead or [s for s in scene.actors if s.start >= dated.last])


def _find_victim(scene: Scene, dated: Dated, sides: Sides) -> tuple[str, ...]:
    """The first actor behind the clause, unless another date comes before it."""
    after = [span for span in scene.actors if span.start >= dated.last]
    if not after or any(dated.last <= phrase.start < after[0].start for phrase in scene.phrases):
        return ()
    return tuple(name for name in lead_group(scene.text, after) if name not in sides.actors)[:1]
