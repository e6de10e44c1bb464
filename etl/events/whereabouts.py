"""Tell where a happening took place, also where its own clause does not name the place."""

from etl.events.cues import load_types
from etl.events.dating import Dated
from etl.events.scenes import Scene
from etl.model import DatePhrase, DateRange, Place, Span
from etl.naming.actors import country_of, kind_of
from etl.naming.places import resolve_country, resolve_place

_ON_THE_GROUND = {"violence", "posture", "people"}


def find_place(scene: Scene, dated: Dated, phrase: DatePhrase, alone: bool) -> Place | None:
    """The place nearest to the cue in its clause or that of the date, a town before a country.

    Where they name none, the one named before in the sentence or, for what happens on the
    ground, in the sentence before; last, and for what lasts or is wide, the country that the
    report is about. What is named inside another happening, with its own parties, is not placed
    with that one. `alone` says that the sentence tells of nothing else.
    """
    first, last = scene.clause_at(phrase.start)
    near = [span for span in scene.places if first <= span.start < last]
    centre = phrase.start
    if first == dated.first or not near:
        near = [span for span in scene.places if dated.first <= span.start < dated.last]
        centre = dated.cue.end
    inside = [span for span in scene.actors if dated.first <= span.start < dated.last]
    elsewhere = dated.nested and bool(inside)
    wide = dated.since or load_types()[dated.cue.type].get("wide", False)
    if not near and not elsewhere and not wide:
        ahead = [span for span in scene.places if span.start < dated.first]
        near = ahead[-1:] or (list(scene.places) if alone and _is_grounded(dated) else [])
    places = [(resolve_place(span.name), span.start) for span in near]
    if places:
        nearest = min(places, key=lambda one: (_is_country(one[0]), abs(one[1] - centre)))
        return nearest[0]
    if load_types()[dated.cue.type].get("anywhere") or elsewhere:
        return None
    return _carry_place(scene, inside, None if wide else phrase.range, _is_grounded(dated))


def _is_country(place: Place) -> bool:
    return place.precision == "country"


def _carry_place(
    scene: Scene, named: list[Span], days: DateRange | None, grounded: bool
) -> Place | None:
    """Where the sentences before take place, or the report: a town only for what has a day."""
    country = scene.story.country
    setting = scene.setting if grounded else None
    if setting and setting.country not in (None, country):
        setting = None
    homes = {country_of(span.name) for span in named if kind_of(span.name) != "state"} - {None}
    if country is None or (homes and country not in homes):
        return None
    if setting and days and days.start == days.end:
        return setting
    return resolve_country(country)


def _is_grounded(dated: Dated) -> bool:
    return load_types()[dated.cue.type]["family"] in _ON_THE_GROUND
