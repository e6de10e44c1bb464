"""Tell who took part in a happening, also where its own clause does not name them."""

from dataclasses import replace

from etl.actors import kind_of
from etl.cues import load_types
from etl.dating import Dated
from etl.model import Claim, Place
from etl.places import resolve_country, resolve_place
from etl.roles import Sides, assign_sides, lead_group
from etl.scenes import Scene

_ON_THE_GROUND = {"violence", "posture"}


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


def add_host(sides: Sides, type_name: str, place: Place | None, scene: Scene) -> Sides:
    """The country where troops come, stay or leave takes part, as the file of types says."""
    host = load_types()[type_name].get("host")
    if host is None or place is None or place.country is None:
        return sides
    country = resolve_country(place.country).name
    if country in sides.actors + sides.recipients + sides.others:
        return sides
    if host == "recipients":
        return replace(sides, recipients=(*sides.recipients, country))
    return replace(sides, others=(*sides.others, country))


def find_place(scene: Scene, dated: Dated) -> Place | None:
    """The place nearest to the cue in its clause, a town before a country.

    Where the clause names none, the one of the sentence, if it tells of one day only; where
    the sentence names none, the country of the sentence before, for what happens on the ground.
    What is named inside another happening, with its own parties, is not placed with that one.
    """
    near = [span for span in scene.places if dated.first <= span.start < dated.last]
    inside = [span for span in scene.actors if dated.first <= span.start < dated.last]
    elsewhere = dated.nested and bool(inside)
    grounded = load_types()[dated.cue.type]["family"] in _ON_THE_GROUND and not elsewhere
    alone = len(scene.phrases) == 1 and grounded
    spans = near or (scene.places if alone else ())

    def distance(place: Place, start: int) -> tuple[bool, int]:
        return place.precision == "country", abs(start - dated.cue.end)

    places = [(resolve_place(span.name), span.start) for span in spans]
    if places:
        return min(places, key=lambda one: distance(*one))[0]
    if scene.setting and grounded and not scene.places:
        return resolve_country(scene.setting)
    return None


def _inherit_subject(
    scene: Scene, dated: Dated, sides: Sides, before: Claim | None
) -> tuple[str, ...]:
    """Who the subject of a clause that names none stands for."""
    if scene.has_sign("pronouns", dated.first, dated.cue.start):
        taken = {*sides.recipients, *sides.others}
        back = [span.name for span in scene.earlier if span.name not in taken]
        groups = [name for name in back if kind_of(name) == "armed_group"]
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
