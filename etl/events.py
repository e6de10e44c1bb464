"""The dated happenings of a report: cues and dates of each sentence become mentions with a claim."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from etl.actors import country_of, find_actors, kind_of
from etl.cues import Cue, find_arms, find_cues, load_types
from etl.language import Language, load_language
from etl.model import (
    Basis,
    Claim,
    DatePhrase,
    DateRange,
    Extent,
    Mention,
    Place,
    Report,
    Role,
    Span,
    Status,
    Toll,
)
from etl.phrases import Sentence, read_sentences
from etl.places import find_places, resolve_place
from etl.roles import Sides, assign_sides, lead_group
from etl.titles import shorten
from etl.tolls import find_count, find_tolls

_ATTACKS = {"armed_attack", "air_or_missile_strike", "bombing"}
_LASTING = {"day_range", "weekday_range", "month_range", "year_range", "year_dash_year",
            "month_day_range", "month_days_range"}  # fmt: skip
_NEWS_DAYS = 10
_CLAUSE_COST = 40
_VERB_GAIN = 20
_NOUN_BEFORE = 30


@dataclass(frozen=True, slots=True)
class Dropped:
    """A date phrase that gives no event, and why."""

    phrase: DatePhrase
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a report tells: mentions with a claim, undated mentions, and phrases left out."""

    mentions: tuple[Mention, ...]
    undated: tuple[Mention, ...]
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True)
class _Scene:
    """One sentence with all that was found in it, and the actors of the sentence before."""

    report: Report
    source_id: str
    language: Language
    sentence: Sentence
    clauses: list[tuple[int, int]]
    cues: list[Cue]
    actors: list[Span]
    places: list[Span]
    toll: Toll
    toll_spans: list[Span]
    earlier: list[Span]


def identify(report: Report) -> str:
    """The id of a report as a source: it changes only with its text."""
    return hashlib.sha256(report.text.encode()).hexdigest()[:12]


def read_mentions(report: Report) -> Reading:
    """The happenings that a report tells and dates, in the order of its sentences."""
    language = load_language(report.language)
    source_id = identify(report)
    mentions: list[Mention] = []
    undated: list[Mention] = []
    dropped: list[Dropped] = []
    earlier: list[Span] = []
    for sentence in read_sentences(report):
        if not sentence.phrases and sentence.end - sentence.start > 2000:
            continue
        scene = _set_scene(report, source_id, language, sentence, earlier)
        earlier = scene.actors or earlier
        if not sentence.phrases:
            continue
        claimed: list[Mention] = []
        for phrase in sentence.phrases:
            outcome = list(_read_phrase(scene, phrase, claimed))
            for one in outcome:
                if isinstance(one, Dropped):
                    dropped.append(one)
                elif one.claim is None:
                    undated.append(one)
                else:
                    claimed.append(one)
        mentions += claimed
    return Reading(tuple(mentions), tuple(undated), tuple(dropped))


def _set_scene(
    report: Report, source_id: str, language: Language, sentence: Sentence, earlier: list[Span]
) -> _Scene:
    start, end = sentence.start, sentence.end
    words = report.text[start:end]
    actors = find_actors(words, report.language, start)
    if not sentence.phrases:
        return _Scene(
            report, source_id, language, sentence, [], [], actors, [], Toll(), [], earlier
        )
    toll, toll_spans = find_tolls(words, report.language, start)
    busy = [(phrase.start, phrase.end) for phrase in sentence.phrases]
    busy += [(actor.start, actor.end) for actor in actors]
    cues = [
        cue
        for cue in find_cues(report.text, report.language, start, end)
        if not any(first < cue.end and cue.start < last for first, last in busy)
    ]
    return _Scene(
        report=report,
        source_id=source_id,
        language=language,
        sentence=sentence,
        clauses=_find_clauses(report.text, language, start, end, sentence.phrases),
        cues=cues,
        actors=actors,
        places=find_places(words, report.language, actors, start),
        toll=toll,
        toll_spans=toll_spans,
        earlier=earlier,
    )


def _find_clauses(
    text: str, language: Language, start: int, end: int, phrases: tuple[DatePhrase, ...]
) -> list[tuple[int, int]]:
    """The clauses of a sentence; one that holds little but a date joins the next."""
    clauses: list[tuple[int, int]] = []
    first = start
    for stop in language.clause_end.finditer(text, start, end):
        held = sum(p.end - p.start for p in phrases if first <= p.start < stop.start())
        inside = any(phrase.start <= stop.start() < phrase.end for phrase in phrases)
        if inside or (held and stop.start() - first - held < 14):
            continue
        clauses.append((first, stop.start()))
        first = stop.end()
    clauses.append((first, end))
    return clauses


def _read_phrase(
    scene: _Scene, phrase: DatePhrase, claimed: list[Mention]
) -> Iterator[Mention | Dropped]:
    text, language = scene.report.text, scene.language
    first, last = _clause_at(scene, phrase.start)
    if _frames_comparison(scene, phrase, first):
        yield Dropped(phrase, "frames a comparison")
        return
    opening = _since_opening(scene, phrase, first)
    since = phrase.since or opening is not None
    inner = [
        cue for cue in scene.cues if opening is not None and opening <= cue.start < phrase.start
    ]
    outer = [cue for cue in scene.cues if cue not in inner]
    if inner:
        yield _make_mention(scene, phrase, inner[-1], (opening or first, phrase.end), False)
    cue = _choose_cue(scene, phrase, outer)
    if cue is None:
        if not inner:
            yield Dropped(phrase, "no happening named")
        return
    saying = _nearest_saying(scene, phrase)
    if not since and saying is not None and saying < _gap(cue.start, cue.end, phrase):
        yield Dropped(phrase, "tells when it was said")
        return
    if (
        cue.type == "statement"
        and any(mention.phrase.start < phrase.start for mention in claimed)
        and not language.clause_end.match(text, cue.end + 1)
    ):
        yield Dropped(phrase, "tells when it was announced")
        return
    region = _clause_at(scene, cue.start)
    yield _make_mention(scene, phrase, cue, region, since, claimed)


def _clause_at(scene: _Scene, place: int) -> tuple[int, int]:
    return next(
        ((first, last) for first, last in scene.clauses if first <= place < last),
        (scene.sentence.start, scene.sentence.end),
    )


def _frames_comparison(scene: _Scene, phrase: DatePhrase, first: int) -> bool:
    """« The gravest attack ever this year »: the year frames the rank, it dates nothing."""
    if phrase.rule != "this_unit":
        return False
    return bool(scene.language.signs["comparing"].search(scene.report.text, first, phrase.start))


def _since_opening(scene: _Scene, phrase: DatePhrase, first: int) -> int | None:
    """Where « since … » begins, if a happening is named between it and the phrase."""
    text, since = scene.report.text, scene.language.since
    named = [cue.start for cue in scene.cues if first <= cue.start < phrase.start]
    for match in since.finditer(text, first, phrase.start):
        if any(match.end() <= start for start in named):
            return match.end()
    return None


def _choose_cue(scene: _Scene, phrase: DatePhrase, cues: list[Cue]) -> Cue | None:
    """The cue that the phrase dates: near, in its own clause, a verb rather than a noun."""
    return min(cues, key=lambda cue: _cost(scene, phrase, cue), default=None)


def _cost(scene: _Scene, phrase: DatePhrase, cue: Cue) -> float:
    low, high = sorted((cue.start, phrase.start))
    borders = sum(low < first <= high for first, _ in scene.clauses)
    gap = _gap(cue.start, cue.end, phrase)
    verb_between = any(
        other.is_verb and cue.end <= other.start < phrase.start for other in scene.cues
    )
    gain = _VERB_GAIN if cue.is_verb and not _tells_purpose(scene, cue) else 0
    if not cue.is_verb and cue.end <= phrase.start and gap <= _NOUN_BEFORE and not verb_between:
        gain = _VERB_GAIN + _NOUN_BEFORE / 2
    return gap + _CLAUSE_COST * borders - gain


def _tells_purpose(scene: _Scene, cue: Cue) -> bool:
    """« Came back to fight »: the verb says what for, not what happened."""
    before = scene.report.text[max(scene.sentence.start, cue.start - 16) : cue.start]
    return any(
        not before[word.end() :].strip()
        for word in scene.language.signs["purpose"].finditer(before)
    )


def _gap(start: int, end: int, phrase: DatePhrase) -> int:
    return max(phrase.start - end, start - phrase.end, 0)


def _nearest_saying(scene: _Scene, phrase: DatePhrase) -> int | None:
    """How far the nearest verb of reporting stands from the phrase, within its clause."""
    first, last = _clause_at(scene, phrase.start)
    return min(
        (
            _gap(match.start(), match.end(), phrase)
            for match in scene.language.signs["saying"].finditer(scene.report.text, first, last)
        ),
        default=None,
    )


def _make_mention(
    scene: _Scene,
    phrase: DatePhrase,
    cue: Cue,
    region: tuple[int, int],
    since: bool,
    claimed: list[Mention] | None = None,
) -> Mention:
    """The mention of the happening that `cue` names and `phrase` dates."""
    text = scene.report.text
    sides = _find_sides(scene, cue, region, claimed or [])
    type_name = _refine_type(scene, cue, sides, region)
    place = _find_place(scene, cue, region)
    sides = _add_host(type_name, sides, place, scene)
    spans = [
        Span(phrase.start, phrase.end, "date", phrase.text),
        Span(cue.start, cue.end, "cue", type_name),
        *scene.actors,
        *scene.places,
        *scene.toll_spans,
    ]
    mention = Mention(
        source_id=scene.source_id,
        sentence=text[scene.sentence.start : scene.sentence.end],
        sentence_start=scene.sentence.start,
        sentence_end=scene.sentence.end,
        phrase=phrase,
        spans=tuple(sorted(spans, key=lambda span: (span.start, span.end))),
    )
    if phrase.range is None:
        return mention
    days, extent, basis = _days(scene.report, phrase, since)
    violent = load_types()[type_name]["family"] == "violence"
    alone = (
        sum(load_types()[one.type]["family"] == "violence" for one in scene.cues) <= 1
        or not claimed
    )
    claim = Claim(
        title=shorten(text, *region, cue.start, cue.end, scene.sentence.end),
        range=days,
        extent=extent,
        basis=basis,
        status=_status(scene, phrase, cue, region),
        role=_role(scene.report, days),
        type=type_name,
        actors=sides.actors,
        recipients=sides.recipients,
        others=sides.others,
        direction="mutual"
        if sides.mutual
        else "directed"
        if sides.actors and sides.recipients
        else "unknown",
        place=place,
        toll=scene.toll if violent and alone else Toll(),
        count=find_count(text[region[0] : region[1]], scene.report.language) if violent else None,
    )
    return replace(mention, claim=claim)


def _days(report: Report, phrase: DatePhrase, since: bool) -> tuple[DateRange, Extent, Basis]:
    """The days of a happening: those of the phrase, or from there to the day of publication."""
    assert phrase.range is not None
    if since:
        known = report.published
        end = known if known and known >= phrase.range.start else None
        return DateRange(phrase.range.start, end, "span"), "throughout", "reported_since"
    extent: Extent = "throughout" if phrase.rule in _LASTING else "within"
    return phrase.range, extent, phrase.basis


def _role(report: Report, days: DateRange) -> Role:
    if report.published is None:
        return "background"
    last = days.end or report.published
    recent = last >= report.published - timedelta(days=_NEWS_DAYS) and days.precision != "year"
    return "news" if recent else "background"


def _status(scene: _Scene, phrase: DatePhrase, cue: Cue, region: tuple[int, int]) -> Status:
    """Denied or only possible things are not asserted; later ones are planned."""
    text, signs = scene.report.text, scene.language.signs
    denied = signs["denying"].search(text, scene.sentence.start, cue.start)
    first = min(region[0], _clause_at(scene, phrase.start)[0])
    if denied or signs["doubting"].search(text, first, region[1]):
        return "not_asserted"
    assert phrase.range is not None
    published: date | None = scene.report.published
    future = signs["future"].search(text, first, region[1])
    if published and (
        phrase.range.start > published or (future and phrase.range.start >= published)
    ):
        return "planned"
    return "happened"


def _find_sides(scene: _Scene, cue: Cue, region: tuple[int, int], claimed: list[Mention]) -> Sides:
    """The sides in the clause; where it has no subject, the one that the sentences give."""
    text = scene.report.text
    sides = assign_sides(text, scene.language, cue, scene.actors, *region)
    if not sides.actors:
        sides = replace(sides, actors=_inherit_subject(scene, cue, region, sides, claimed))
    violent = load_types()[cue.type]["family"] == "violence"
    if violent and cue.is_verb and sides.actors and not sides.recipients:
        after = [actor for actor in scene.actors if actor.start >= region[1]]
        group = [name for name in lead_group(text, after) if name not in sides.actors]
        if after and not _dated_between(scene, region[1], after[0].start):
            sides = replace(sides, recipients=tuple(group[:1]))
    return sides


def _dated_between(scene: _Scene, first: int, last: int) -> bool:
    """Whether another date phrase stands between these characters."""
    return any(first <= phrase.start < last for phrase in scene.sentence.phrases)


def _inherit_subject(
    scene: _Scene, cue: Cue, region: tuple[int, int], sides: Sides, claimed: list[Mention]
) -> tuple[str, ...]:
    text, language = scene.report.text, scene.language
    taken = {*sides.recipients, *sides.others}
    if language.signs["pronouns"].search(text, region[0], cue.start):
        back = [actor.name for actor in reversed(scene.earlier) if actor.name not in taken]
        groups = [name for name in back if kind_of(name) == "armed_group"]
        return tuple((groups or back)[:1])
    if claimed and claimed[-1].claim and claimed[-1].claim.actors:
        return tuple(name for name in claimed[-1].claim.actors if name not in taken)
    if sides.recipients and cue.is_verb:
        return ()
    elsewhere = [actor for actor in scene.actors if not region[0] <= actor.start < region[1]]
    before = [actor for actor in elsewhere if actor.start < region[0]]
    return tuple(name for name in lead_group(text, before or elsewhere) if name not in taken)


def _refine_type(scene: _Scene, cue: Cue, sides: Sides, region: tuple[int, int]) -> str:
    """The type of the cue, or the one that the arms or the victim in the clause decide."""
    if cue.type not in _ATTACKS:
        return cue.type
    words = scene.report.text[scene.sentence.start : scene.sentence.end]
    persons = any(kind_of(name) == "person" for name in sides.recipients + sides.others)
    if persons and scene.toll.killed:
        return "killing_or_assassination"
    arms = find_arms(words, scene.report.language)
    if len(arms) == 1:
        return arms.pop()
    return "armed_attack" if arms else cue.type


def _find_place(scene: _Scene, cue: Cue, region: tuple[int, int]) -> Place | None:
    """The place nearest to the cue in its clause, a town before a country.

    Where the clause names none, the one of the sentence, if it tells of one day only.
    """
    inside = [span for span in scene.places if region[0] <= span.start < region[1]]
    alone = len(scene.sentence.phrases) == 1 and load_types()[cue.type]["family"] != "diplomacy"
    spans = inside or (scene.places if alone else [])

    def distance(span: Span) -> tuple[bool, int]:
        return resolve_place(span.name).precision == "country", abs(span.start - cue.end)

    return resolve_place(min(spans, key=distance).name) if spans else None


def _add_host(type_name: str, sides: Sides, place: Place | None, scene: _Scene) -> Sides:
    """The country where troops come, stay or leave takes part, as its type's file says."""
    host = load_types()[type_name].get("host")
    if host is None or place is None or place.country is None:
        return sides
    country = next(
        (
            span.name
            for span in scene.places
            if resolve_place(span.name).country == place.country
            and country_of(span.name) == place.country
        ),
        None,
    )
    if country is None or country in sides.actors + sides.recipients + sides.others:
        return sides
    if host == "recipients":
        return replace(sides, recipients=(*sides.recipients, country))
    return replace(sides, others=(*sides.others, country))
