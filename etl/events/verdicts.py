"""Tell of which type, days, status, role and toll a happening is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from etl.events.cues import Cue, load_types
from etl.events.dating import Dated
from etl.events.roles import Sides
from etl.events.scenes import Scene
from etl.model import Basis, DatePhrase, DateRange, Extent, Report, Role, Status, Toll
from etl.naming.actors import kind_of

AIR = "air_or_missile_strike"
ATTACKS = {"armed_attack", AIR, "bombing"}
_KILLING = "killing_or_assassination"
_KILLING_REACH = 60
_NEWS_DAYS = 10


def find_days(
    report: Report, phrase: DatePhrase, days: DateRange, since: bool
) -> tuple[DateRange, Extent, Basis]:
    """The days of a happening: those of the phrase, or from there to the day of publication."""
    known = report.published
    if since and (known is None or known >= days.start):
        return DateRange(days.start, known, "span"), "throughout", "reported_since"
    ranged = any(slot.endswith("2") for slot in phrase.slots) and "night" not in phrase.slots
    lasts = ranged or (phrase.until and days.precision == "span")
    extent: Extent = "throughout" if lasts else "within"
    return days, extent, phrase.basis


def find_role(report: Report, days: DateRange) -> Role:
    """News where it comes close to the day of publication, and is no whole year."""
    if report.published is None or days.precision == "year":
        return "background"
    last = days.end or report.published
    return "news" if last >= report.published - timedelta(days=_NEWS_DAYS) else "background"


def find_status(scene: Scene, phrase: DatePhrase, days: DateRange, dated: Dated) -> Status:
    """Denied or only possible things are not asserted; later ones are planned."""
    first = min(dated.first, scene.clause_at(phrase.start)[0])
    told = max(dated.cue.start, phrase.start)
    denied = scene.has_sign("denying", scene.sentence.start, told)
    if denied or scene.has_sign("doubting", first, dated.last) or scene.is_supposed(told):
        return "not_asserted"
    published = scene.report.published
    if published is None:
        return "happened"
    to_come = days.start >= published and scene.has_sign("future", first, dated.last)
    return "planned" if to_come or days.start > published else "happened"


def refine_type(scene: Scene, dated: Dated, sides: Sides) -> str:
    """The type of the cue, or the one that the arms or the victim in the sentence decide.

    What is shot down is no person where only missiles, drones or jets are named.
    """
    cue = dated.cue
    persons = _find_victims(sides)
    if cue.type == _KILLING and cue.is_verb and not persons and scene.tolls.toll.killed is None:
        return AIR if scene.arms == {AIR} else _KILLING
    if cue.type not in ATTACKS:
        return cue.type
    cue = _find_cause(scene, dated)
    if cue.type not in ATTACKS:
        return cue.type
    near = max(dated.first, cue.start - _KILLING_REACH), min(dated.last, cue.end + _KILLING_REACH)
    if persons and scene.has_sign("killing", *near):
        return _KILLING
    if len(scene.arms) == 1:
        return next(iter(scene.arms))
    return "armed_attack" if scene.arms else cue.type


def _find_cause(scene: Scene, dated: Dated) -> Cue:
    """The noun in the clause that tells by what somebody died: "killed in an explosion"."""
    cue, signs = dated.cue, scene.language.signs
    deaths = [signs[sign] for sign in ("killing", "suffering") if sign in signs]
    if not any(one.fullmatch(scene.text, cue.start, cue.end) for one in deaths):
        return cue
    causes = (
        one
        for one in scene.cues
        if dated.first <= one.start < dated.last
        and not one.is_verb
        and load_types()[one.type]["family"] == "violence"
        and one.type != _KILLING
    )
    return next(causes, cue)


def _find_victims(sides: Sides) -> list[str]:
    return [name for name in sides.recipients + sides.others if kind_of(name) == "person"]


def find_toll(
    scene: Scene, dated: Dated, type_name: str, sides: Sides, rivals: Sequence[Cue]
) -> Toll:
    """The toll of the sentence, if it stands in this clause or behind, before all else told.

    `rivals` are the cues of what else is told. Where the sentence tells no toll, what it told
    last has that of the next sentence.
    Where named persons are killed and no number is given, they are counted.
    """
    inside = any(dated.first <= span.start < dated.last for span in scene.tolls.spans)
    following = min((one.start for one in rivals if one.start > dated.cue.start), default=None)
    behind = any(
        dated.cue.start < span.start and (following is None or span.start < following)
        for span in scene.tolls.spans
    )
    toll = scene.tolls.toll if inside or behind or not rivals else Toll()
    if following is None and not scene.tolls.spans and not dated.since:
        toll = scene.aftermath
    victims = len(_find_victims(sides))
    if type_name == _KILLING and toll.killed is None and victims:
        return replace(toll, killed_low=victims, killed=victims)
    return toll


def find_count(scene: Scene, dated: Dated) -> int | None:
    """How many incidents the clause sums up."""
    inside = (n for place, n in scene.tolls.incidents if dated.first <= place < dated.last)
    return next(inside, None)
