"""Tell which happening of a sentence a date phrase dates, or why none."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import itemgetter

from etl.events.cues import Cue
from etl.events.roles import lead_end
from etl.events.scenes import Scene
from etl.model import DatePhrase
from etl.words.language import stands_behind

_CLAUSE_COST = 40
_JOINING_COST = 25
_VERB_GAIN = 20
_NOUN_GAIN = 35
_NOUN_REACH = 30
_WORD_REACH = 16
_NEAREST = 3
_OTHER = "other"
_WORD = re.compile(r"(?:['’]s \w{1,30})?[ \u00a0]((?:[^\W\d_]{1,5} )?[^\W\d_]{2,})")


@dataclass(frozen=True, slots=True)
class Dated:
    """A cue, the clause that tells of it, and whether it lasts from the date on.

    `nested` says that it is named inside another happening: "since the invasion in 2003".
    """

    cue: Cue
    first: int
    last: int
    since: bool = False
    nested: bool = False


def date_happenings(scene: Scene, phrase: DatePhrase, told_before: bool) -> tuple[list[Dated], str]:
    """The happenings that `phrase` dates; the reason where there is none.

    "Since the invasion in 2003 they have stayed" gives two: what is named behind "since", on
    the date, and what has lasted from then on. `told_before` says that an earlier phrase of the
    sentence dates a happening already.
    """
    first, _ = scene.beside(phrase)
    near = _cues_near(scene, phrase)
    opening = _since_opening(scene, phrase, first, near)
    named = [cue for cue in near if opening and opening <= cue.start < phrase.start]
    dated = [Dated(named[-1], opening or first, phrase.end, nested=True)] if named else []
    free = [cue for cue in near if cue not in named]
    cue = min(free, key=lambda one: _cost(scene, phrase, one, near), default=None)
    if cue is None and not named:
        cue = _find_deed(scene, phrase)
    if cue is None:
        return dated, "no happening named"
    since = phrase.since or bool(named)
    if not since and _only_said(scene, phrase, cue):
        return dated, "tells when it was said"
    if cue.type == "statement" and told_before and _trails(scene, phrase):
        return dated, "tells when it was announced"
    return [*dated, Dated(cue, *scene.clause_at(cue.start), since)], ""


def _find_deed(scene: Scene, phrase: DatePhrase) -> Cue | None:
    """The word behind an actor, or a pronoun, in the clause of a date: it does something else."""
    first, last = scene.beside(phrase)
    inside = [one for one in scene.actors if first <= one.start and one.end <= last]
    end = lead_end(scene.text, inside)
    if end is None:
        pronoun = scene.language.signs["pronouns"].search(scene.text, first, last)
        end = pronoun.end() if pronoun else None
    word = _WORD.match(scene.text, end, last) if end else None
    if word is None or (phrase.start < word.end() and word.start(1) < phrase.end):
        return None
    return Cue(word.start(1), word.end(), _OTHER, is_verb=True)


def _cues_near(scene: Scene, phrase: DatePhrase) -> tuple[Cue, ...]:
    """The cues next to a date on either side; farther ones never win."""
    place = bisect_left(scene.cues, phrase.start, key=lambda cue: cue.start)
    return scene.cues[max(0, place - _NEAREST) : place + _NEAREST]


def _since_opening(
    scene: Scene, phrase: DatePhrase, first: int, near: tuple[Cue, ...]
) -> int | None:
    """Where the words behind "since" begin, if they name a happening before the date."""
    starts = [cue.start for cue in near if first <= cue.start < phrase.start]
    for since in scene.language.since.finditer(scene.text, first, phrase.start):
        if any(since.end() <= start for start in starts):
            return since.end()
    return None


def _cost(scene: Scene, phrase: DatePhrase, cue: Cue, near: tuple[Cue, ...]) -> int:
    """How far a cue is from a date: characters, clauses between, less for verbs and close nouns."""
    low, high = sorted((cue.start, phrase.start))
    after, before = (bisect_right(scene.clauses, one, key=itemgetter(0)) for one in (high, low))
    gap = _gap(cue.start, cue.end, phrase)
    gain = _VERB_GAIN if cue.is_verb else 0
    if cue.is_verb and _tells_purpose(scene, cue):
        gain = -_VERB_GAIN
    verb_between = any(other.is_verb and cue.end <= other.start < phrase.start for other in near)
    if not cue.is_verb and cue.end <= phrase.start and gap <= _NOUN_REACH and not verb_between:
        gain = _NOUN_GAIN
    (_, first), (last, _) = sorted(((cue.start, cue.end), (phrase.start, phrase.end)))
    joined = scene.is_joined(first, last)
    return gap + _CLAUSE_COST * (after - before) + _JOINING_COST * joined - gain


def _gap(start: int, end: int, phrase: DatePhrase) -> int:
    return max(phrase.start - end, start - phrase.end, 0)


def _tells_purpose(scene: Scene, cue: Cue) -> bool:
    """« Came back to fight »: the verb says what for, not what happened."""
    words = scene.language.signs["purpose"]
    before = scene.text[max(scene.sentence.start, cue.start - _WORD_REACH) : cue.start]
    return scene.may_hold(words) and stands_behind(words, before)


def _only_said(scene: Scene, phrase: DatePhrase, cue: Cue) -> bool:
    """Whether a verb of reporting stands nearer to the date, in its clause, than the cue."""
    words = scene.language.signs["saying"]
    if not scene.may_hold(words):
        return False
    saying = words.finditer(scene.text, *scene.beside(phrase))
    nearest = min((_gap(match.start(), match.end(), phrase) for match in saying), default=None)
    return nearest is not None and nearest < _gap(cue.start, cue.end, phrase)


def _trails(scene: Scene, phrase: DatePhrase) -> bool:
    """Whether the clause of the date is the sentence's last: "…, the army announced Friday"."""
    return scene.clause_at(phrase.start)[1] == scene.sentence.end
