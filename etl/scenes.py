"""One sentence with all that is found in it: dates, clauses, cues, actors, places, tolls."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from etl.actors import find_actors
from etl.cues import Cue, find_arms, find_cues
from etl.language import Language, load_language
from etl.model import DatePhrase, Report, Span
from etl.phrases import Sentence, read_sentences
from etl.places import find_places, resolve_place
from etl.sentences import find_clauses
from etl.tolls import Tolls, find_tolls

_LEAST_CLAUSE = 14
_LONGEST_CLAUSE = 500
_SIGN_REACH = 500


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence that holds a date.

    `phrases` are the dates that may date a happening, `framing` those that frame a comparison
    ("the gravest ever this year"). `arms` are the types of attack that the arms named stand
    for. `earlier` are the actors of the sentences before, last first; `setting` is the country
    where the sentence before takes place.
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
    earlier: tuple[Span, ...]
    setting: str | None

    @property
    def text(self) -> str:
        """The text of the whole report, which all offsets refer to."""
        return self.report.text

    def clause_at(self, place: int) -> tuple[int, int]:
        """First and last character of the clause that holds this character."""
        return self.clauses[max(0, bisect_right(self.clauses, place, key=itemgetter(0)) - 1)]

    def has_sign(self, sign: str, first: int, last: int) -> bool:
        """Whether a sign of the language, such as `denying`, stands between these characters.

        Only the last 500 are looked at: what is said farther away does not govern.
        """
        first = max(first, last - _SIGN_REACH)
        return bool(self.language.signs[sign].search(self.text, first, last))


def set_scenes(report: Report) -> Iterator[Scene]:
    """The dated sentences of a report, in order."""
    language = load_language(report.language)
    earlier: tuple[Span, ...] = ()
    setting: str | None = None
    last = report.body
    for sentence in read_sentences(report):
        words = report.text[sentence.start : sentence.end]
        if "\n\n" in report.text[last : sentence.start]:
            setting = None
        actors = tuple(find_actors(words, report.language, sentence.start))
        places = tuple(find_places(words, report.language, actors, sentence.start))
        if sentence.phrases or sentence.impossible:
            clauses = _find_clauses(report.text, language, sentence)
            framing = _find_framing(report.text, language, sentence, clauses)
            yield Scene(
                report=report,
                language=language,
                sentence=sentence,
                phrases=tuple(one for one in sentence.phrases if one not in framing),
                framing=framing,
                clauses=clauses,
                cues=_find_free_cues(report, sentence, actors),
                arms=frozenset(find_arms(words, report.language)),
                actors=actors,
                places=places,
                tolls=find_tolls(_blank_out(words, sentence), report.language, sentence.start),
                earlier=earlier,
                setting=setting,
            )
        earlier = actors[::-1] or earlier
        countries = [resolve_place(span.name).country for span in places]
        setting = next((country for country in countries if country), setting)
        last = sentence.end


def _blank_out(words: str, sentence: Sentence) -> str:
    """The words of a sentence with blanks for its dates, so that no year is taken for a toll."""
    for phrase in sentence.phrases + sentence.asides:
        first, last = phrase.start - sentence.start, phrase.end - sentence.start
        words = words[:first] + "·" * (last - first) + words[last:]
    return words


def _find_framing(
    text: str, language: Language, sentence: Sentence, clauses: tuple[tuple[int, int], ...]
) -> tuple[DatePhrase, ...]:
    """« The gravest attack ever this year »: the year frames the rank, it dates nothing."""
    comparing = language.signs["comparing"]
    return tuple(
        phrase
        for phrase in sentence.phrases
        for first, last in clauses
        if phrase.rule == "this_unit"
        and first <= phrase.start < last
        and comparing.search(text, first, phrase.start)
    )


def _find_free_cues(
    report: Report, sentence: Sentence, actors: tuple[Span, ...]
) -> tuple[Cue, ...]:
    """The cues of a sentence that are no part of a name or a date."""
    busy: list[DatePhrase | Span] = [*sentence.phrases, *actors]
    return tuple(
        cue
        for cue in find_cues(report.text, report.language, sentence.start, sentence.end)
        if not any(one.start < cue.end and cue.start < one.end for one in busy)
    )


def _find_clauses(text: str, language: Language, sentence: Sentence) -> tuple[tuple[int, int], ...]:
    """The clauses of a sentence; one that holds little but a date joins the next.

    One of over 500 characters, such as a list without marks, is cut.
    """
    clauses: list[tuple[int, int]] = []
    first = sentence.start
    parts = find_clauses(text, language, sentence.start, sentence.end)
    for (_, stop), (begin, _) in pairwise(parts):
        inside = [one for one in sentence.phrases if first <= one.start < stop]
        held = sum(phrase.end - phrase.start for phrase in inside)
        cut = any(phrase.start <= stop < phrase.end for phrase in inside)
        if not cut and (not held or stop - first - held >= _LEAST_CLAUSE):
            clauses.append((first, stop))
            first = begin
    clauses.append((first, sentence.end))
    return tuple(
        (begin, min(begin + _LONGEST_CLAUSE, last))
        for first, last in clauses
        for begin in range(first, max(last, first + 1), _LONGEST_CLAUSE)
    )
