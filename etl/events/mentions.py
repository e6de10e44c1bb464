"""The dated happenings of a report: each becomes a mention with a claim."""

import hashlib
from dataclasses import dataclass, replace

from etl.events.cues import Cue, load_types
from etl.events.dating import Dated, date_happenings
from etl.events.participants import complete_sides, find_sides
from etl.events.roles import Sides
from etl.events.scenes import Scene, set_scenes
from etl.events.titles import shorten
from etl.events.verdicts import (
    ATTACKS,
    find_count,
    find_days,
    find_role,
    find_status,
    find_toll,
    refine_type,
)
from etl.events.whereabouts import find_place
from etl.model import Claim, DatePhrase, DateRange, Mention, Place, Report, Span, Toll
from etl.words.language import stands_behind
from etl.words.letters import level

NO_SUCH_DAY = "no such day in the calendar"
_ARTICLE_REACH = 12
_RECALLED = 6
_NEAREST = 3
_MOST_DATES = 30
_TOO_MANY = f"behind {_MOST_DATES} others in one sentence"
_BESIDE = 8


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


def identify(report: Report) -> str:
    """The id of a report as a source: it changes only with its text."""
    return hashlib.sha256(report.text.encode()).hexdigest()[:12]


def read_mentions(report: Report) -> Reading:
    """The happenings that a report tells and dates, in the order of its sentences."""
    source_id = identify(report)
    mentions: list[Mention] = []
    undated: list[Mention] = []
    dropped: list[Dropped] = []
    for scene in set_scenes(level(report)):
        dropped += [Dropped(phrase, "frames a comparison") for phrase in scene.framing]
        dropped += [Dropped(phrase, NO_SUCH_DAY) for phrase in scene.sentence.impossible]
        told, left_out = _find_happenings(scene)
        dropped += left_out
        before: Claim | None = None
        for place, (phrase, dated) in enumerate(told):
            near = told[max(0, place - _NEAREST) : place + _NEAREST + 1]
            rivals = [other.cue for _, other in near if other.cue != dated.cue]
            mention = _make_mention(scene, phrase, dated, before, rivals, len(told) == 1, source_id)
            if mention.claim and _recalls(scene, dated):
                mention = _recall(mention, mention.claim, mentions[-_RECALLED:])
            before = mention.claim or before
            (mentions if mention.claim else undated).append(mention)
    return Reading(tuple(mentions), tuple(undated), tuple(dropped))


def _recalls(scene: Scene, dated: Dated) -> bool:
    """Whether a noun with its article, "the raid", may name an attack told before."""
    definite = scene.language.signs.get("definite")
    if definite is None or dated.cue.type not in ATTACKS:
        return False
    before = scene.text[max(dated.first, dated.cue.start - _ARTICLE_REACH) : dated.cue.start]
    return stands_behind(definite, before)


def _recall(mention: Mention, claim: Claim, earlier: list[Mention]) -> Mention:
    """The mention with the type of the attack of the same days that it speaks of again."""
    for one in reversed(earlier):
        told = one.claim
        if told and told.range == claim.range and load_types()[told.type]["family"] == "violence":
            return replace(mention, claim=replace(claim, type=told.type))
    return mention


def _find_happenings(scene: Scene) -> tuple[list[tuple[DatePhrase, Dated]], list[Dropped]]:
    """The happenings of a sentence, each with its date, and the dates that have none.

    Two dates that mean the same days tell of one happening once: "twenty years ago, in 2003",
    and of "ten years ago, in May 2014" the narrower counts;
    "from Monday … lasts until 3 May" is one date.
    """
    told: list[tuple[DatePhrase, Dated]] = []
    dropped: list[Dropped] = []
    known: set[tuple[int, DateRange]] = set()
    dropped += [Dropped(phrase, _TOO_MANY) for phrase in scene.phrases[_MOST_DATES:]]
    for phrase in scene.phrases[:_MOST_DATES]:
        happenings, why = date_happenings(scene, phrase, bool(told))
        if not happenings:
            dropped.append(Dropped(phrase, why))
        if told and _ends(scene, told[-1], phrase, happenings):
            told[-1] = (_prolong(told[-1][0], phrase), told[-1][1])
            continue
        if told and _only_names(scene, told[-1], phrase):
            told.pop()
        if told and _says_again(told[-1], phrase, happenings):
            if _narrows(phrase, told[-1][0]):
                told[-1] = (phrase, told[-1][1])
            continue
        for dated in happenings:
            if phrase.range is None or (dated.cue.start, phrase.range) not in known:
                told.append((phrase, dated))
            if phrase.range:
                known.add((dated.cue.start, phrase.range))
    return told, dropped


def _ends(
    scene: Scene,
    told: tuple[DatePhrase, Dated],
    phrase: DatePhrase,
    happenings: list[Dated],
) -> bool:
    """Whether a date behind "lasts until" is the end of the happening told just before."""
    first = told[0].range
    return bool(
        phrase.until
        and first
        and phrase.range
        and first.start < phrase.range.start
        and scene.has_sign("lasting", scene.sentence.start, phrase.start)
        and all(one.cue.start == told[1].cue.start for one in happenings)
    )


def _says_again(
    told: tuple[DatePhrase, Dated], phrase: DatePhrase, happenings: list[Dated]
) -> bool:
    """Whether a date right behind another narrows it, or counts the days that it names."""
    first, last = told[0].range, phrase.range
    return bool(
        first
        and last
        and not told[0].since
        and phrase.start - told[0].end <= _BESIDE
        and any(one.cue.start == told[1].cue.start for one in happenings)
        and (phrase.basis == "anaphoric" or _narrows(phrase, told[0]))
    )


def _only_names(scene: Scene, told: tuple[DatePhrase, Dated], phrase: DatePhrase) -> bool:
    """Whether a year belongs to a name: "the war of 2006 ended on 14 August"."""
    year, cue = told[0], told[1].cue
    beside = 0 <= year.start - cue.end <= _BESIDE or 0 <= cue.start - year.end <= 1
    return bool(
        beside
        and not cue.is_verb
        and year.range
        and year.range.precision == "year"
        and _narrows(phrase, year)
        and scene.clause_at(year.start) == scene.clause_at(phrase.start)
    )


def _narrows(phrase: DatePhrase, before: DatePhrase) -> bool:
    """Whether a date means a part of the days of the one before it."""
    first, last = before.range, phrase.range
    return bool(
        first
        and last
        and first.end
        and last.end
        and first != last
        and first.start <= last.start <= last.end <= first.end
    )


def _prolong(first: DatePhrase, last: DatePhrase) -> DatePhrase:
    """The first date, up to the last."""
    assert first.range and last.range
    days = DateRange(first.range.start, last.range.end, "span")
    return replace(first, range=days, until=True)


def _make_mention(
    scene: Scene,
    phrase: DatePhrase,
    dated: Dated,
    before: Claim | None,
    rivals: list[Cue],
    alone: bool,
    source_id: str,
) -> Mention:
    """The mention of a happening; without a claim where its day cannot be known.

    `before` is the one told just before in the sentence, `rivals` are the cues of all others;
    `alone` says that there is none.
    """
    sides = find_sides(scene, dated, before, rivals)
    place = find_place(scene, dated, phrase, alone)
    type_name = refine_type(scene, dated, sides)
    sides = complete_sides(sides, type_name, place, scene)
    spans = [
        Span(phrase.start, phrase.end, "date", phrase.text),
        Span(dated.cue.start, dated.cue.end, "cue", type_name),
        *scene.actors,
        *scene.places,
        *scene.tolls.spans,
    ]
    return Mention(
        source_id=source_id,
        sentence=scene.report.shown[scene.sentence.start : scene.sentence.end],
        sentence_start=scene.sentence.start,
        sentence_end=scene.sentence.end,
        phrase=phrase,
        spans=tuple(sorted(spans, key=lambda span: (span.start, span.end))),
        claim=_make_claim(scene, phrase, dated, sides, type_name, place, rivals),
    )


def _make_claim(
    scene: Scene,
    phrase: DatePhrase,
    dated: Dated,
    sides: Sides,
    type_name: str,
    place: Place | None,
    rivals: list[Cue],
) -> Claim | None:
    """What is claimed of a happening; None where its day cannot be known."""
    if phrase.range is None:
        return None
    days, extent, basis = find_days(scene.report, phrase, phrase.range, dated.since)
    violent = load_types()[type_name]["family"] == "violence"
    return Claim(
        title=shorten(scene.report.shown, dated, scene.sentence.end),
        range=days,
        extent=extent,
        basis=basis,
        status=find_status(scene, phrase, phrase.range, dated),
        role=find_role(scene.report, days),
        type=type_name,
        actors=sides.actors,
        recipients=sides.recipients,
        others=sides.others,
        direction=sides.direction,
        place=place,
        toll=find_toll(scene, dated, type_name, sides, rivals) if violent else Toll(),
        count=find_count(scene, dated) if violent else None,
    )
