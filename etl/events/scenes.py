"""One sentence with all that is found in it: dates, clauses, cues, actors, places, tolls."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, pairwise
from operator import attrgetter, itemgetter

from etl.dates.phrases import Sentence
from etl.events.clauses import cut_clauses, find_framing
from etl.events.cues import Cue, find_arms, find_cues
from etl.events.tolls import Tolls, find_tolls
from etl.model import DatePhrase, Place, Report, Span, Toll
from etl.naming.lines import Line, read_lines
from etl.naming.story import Story
from etl.words.language import Language, load_language

_SIGN_REACH = 500
_DATE_REACH = 200
_TOLL_REACH = 60
_DATELINE = 40
_TOWN = re.compile(r"(?=[^\W\d_]{3})(?:[^\W\d_a-zß-ÿ]|\W){3,40},")
_DASH = re.compile(r"\s{0,2}(?:\([^()]{1,30}\)\s{0,2})?[-–—]\s")


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence that holds a date.

    `phrases` are the dates that may date a happening, `framing` those that frame a comparison
    ("the gravest ever this year"). `arms` are the types of attack that the arms named stand
    for. `aftermath` is the toll that the next sentence tells, undated and without a place.
    `earlier`, `setting` and `story` are those of the line.
    """

    report: Report
    language: Language
    sentence: Sentence
    phrases: tuple[DatePhrase, ...]
    framing: tuple[DatePhrase, ...]
    clauses: tuple[tuple[int, int], ...]
    cues: tuple[Cue, ...]
    arms: frozenset[str]
    actors: tuple[Span, ...]
    places: tuple[Span, ...]
    tolls: Tolls
    aftermath: Toll
    earlier: tuple[Span, ...]
    setting: Place | None
    story: Story
    _held: dict[int, bool] = field(default_factory=dict, repr=False, compare=False)

    @property
    def text(self) -> str:
        """The text of the whole report, which all offsets refer to."""
        return self.report.text

    def clause_at(self, place: int) -> tuple[int, int]:
        """First and last character of the clause that holds this character."""
        return self.clauses[max(0, bisect_right(self.clauses, place, key=itemgetter(0)) - 1)]

    def beside(self, phrase: DatePhrase) -> tuple[int, int]:
        """The part of its clause that is near enough to a date to bear on it."""
        first, last = self.clause_at(phrase.start)
        return max(first, phrase.start - _DATE_REACH), min(last, phrase.end + _DATE_REACH)

    def has_sign(self, sign: str, first: int, last: int) -> bool:
        """Whether a sign of the language, such as `denying`, stands between these characters.

        Only the last 500 are looked at: what is said farther away does not govern.
        """
        words = self.language.signs.get(sign)
        if words is None or not self.may_hold(words):
            return False
        return bool(words.search(self.text, max(first, last - _SIGN_REACH), last))

    def may_hold(self, words: re.Pattern[str]) -> bool:
        """Whether the words stand anywhere in the sentence, which spares most searches in it."""
        key = id(words)  # a pattern's own hash is made anew from all of it at each look
        if key not in self._held:
            found = words.search(self.text, self.sentence.start, self.sentence.end)
            self._held[key] = found is not None
        return self._held[key]

    def is_supposed(self, place: int) -> bool:
        """Whether a condition governs what is told here: "if the town fell, they would flee"."""
        conditional = self.language.signs.get("conditional")
        if conditional is None or not self.may_hold(conditional):
            return False
        first = max(self.sentence.start, place - _SIGN_REACH)
        last = min(self.sentence.end, place + _SIGN_REACH)
        found = conditional.finditer(self.text, first, last)
        return any(one.start() <= place for one in found)

    def is_joined(self, first: int, last: int) -> bool:
        """Whether "and" stands between these characters: "fought in May and fled"."""
        return "joining" in self.language.signs and self.has_sign("joining", first, last)


def set_scenes(report: Report) -> Iterator[Scene]:
    """The dated sentences of a report, in order."""
    language = load_language(report.language)
    for line, following in pairwise(chain(read_lines(report, language), [None])):
        if line and (line.sentence.phrases or line.sentence.impossible):
            aftermath = _find_aftermath(report, language, following)
            yield _set_scene(report, language, line, aftermath)


def _find_aftermath(report: Report, language: Language, line: Line | None) -> Toll:
    """The toll at the head of a sentence that names no day, no place and no time since."""
    if line is None or line.sentence.phrases or line.sentence.asides or line.places:
        return Toll()
    start, end = line.sentence.start, line.sentence.end
    found = find_tolls(report.text[start:end], report.language, start)
    near = any(span.start - start <= _TOLL_REACH for span in found.spans)
    summed = language.since.search(report.text, start, end)
    return found.toll if near and not summed else Toll()


def _set_scene(report: Report, language: Language, line: Line, aftermath: Toll) -> Scene:
    text, sentence = report.text, line.sentence
    words = text[sentence.start : sentence.end]
    clauses = cut_clauses(text, language, sentence, line.actors + line.places)
    framing = find_framing(text, language, sentence, clauses)
    opening = [one for one in sentence.phrases[:-1] if _opens_wire(text, sentence, one)]
    free = (one for one in sentence.phrases if one not in framing and one not in opening)
    return Scene(
        report=report,
        language=language,
        sentence=sentence,
        phrases=tuple(one for one in free if not _lies_in(one, line.actors)),
        framing=framing,
        clauses=clauses,
        cues=_find_free_cues(report, line),
        arms=frozenset(find_arms(words, report.language)),
        actors=line.actors,
        places=line.places,
        tolls=find_tolls(_blank_out(words, sentence), report.language, sentence.start),
        aftermath=aftermath,
        earlier=line.earlier,
        setting=line.setting,
        story=line.story,
    )


def _opens_wire(text: str, sentence: Sentence, phrase: DatePhrase) -> bool:
    """Whether a date is that of a dateline, "GOMA, May 3 - …": it dates no other day's deeds."""
    before = text[sentence.start : phrase.start][: _DATELINE + 1]
    after = text[phrase.end : phrase.end + _DATELINE]
    return bool(len(before) <= _DATELINE and _TOWN.match(before) and _DASH.match(after))


def _lies_in(phrase: DatePhrase, names: tuple[Span, ...]) -> bool:
    """Whether a date is part of a name: "the 23 March Movement"."""
    place = bisect_right(names, phrase.start, key=attrgetter("start"))
    return any(phrase.end <= name.end for name in names[max(0, place - 1) : place])


def _blank_out(words: str, sentence: Sentence) -> str:
    """The words of a sentence with blanks for its dates, so that no year is taken for a toll."""
    for phrase in sentence.phrases + sentence.asides:
        first, last = phrase.start - sentence.start, phrase.end - sentence.start
        words = words[:first] + "·" * (last - first) + words[last:]
    return words


def _find_free_cues(report: Report, line: Line) -> tuple[Cue, ...]:
    """The cues of a sentence that are no part of a name or a date.

    One that runs over a date or a name, "nahm am Montag zwei Männer fest", ends before it.
    """
    sentence = line.sentence
    busy = bytearray(sentence.end - sentence.start)
    taken: tuple[DatePhrase | Span, ...] = (*sentence.phrases, *line.actors)
    for one in taken:
        first, last = one.start - sentence.start, one.end - sentence.start
        busy[first:last] = b"\1" * (last - first)
    free = []
    for cue in find_cues(report.text, report.language, sentence.start, sentence.end):
        first, last = cue.start - sentence.start, cue.end - sentence.start
        taken_at = busy.find(1, first, last)
        if taken_at < 0:
            free.append(cue)
        elif " " in report.text[cue.start : sentence.start + taken_at]:
            free.append(replace(cue, end=sentence.start + taken_at - 1))
    return tuple(free)
