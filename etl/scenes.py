"""One sentence with all that is found in it: dates, clauses, cues, actors, places, tolls."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from operator import itemgetter

from etl.actors import find_actors, kind_of
from etl.cues import Cue, find_arms, find_cues
from etl.language import Language, load_language
from etl.model import DatePhrase, Place, Report, Span, SpanKind
from etl.newcomers import find_newcomers
from etl.phrases import Sentence, find_clauses, read_sentences
from etl.places import find_new_places, find_places, resolve_place
from etl.story import Story, find_actor_stand_ins, find_place_stand_ins, read_story
from etl.tolls import Tolls, find_tolls

_LEAST_CLAUSE = 14
_LONGEST_CLAUSE = 500
_SIGN_REACH = 500
_MEMORY = 12


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
    setting: Place | None
    story: Story

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


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence with the actors and places that it names itself."""

    sentence: Sentence
    actors: tuple[Span, ...]
    places: tuple[Span, ...]


def set_scenes(report: Report) -> Iterator[Scene]:
    """The dated sentences of a report, in order."""
    language = load_language(report.language)
    lines = list(_read_lines(report, language))
    title = find_actors(report.title, report.language)
    story = read_story(
        chain(title, *(line.actors for line in lines)),
        chain(find_places(report.title, report.language, title), *(line.places for line in lines)),
    )
    earlier: tuple[Span, ...] = ()
    setting: Place | None = None
    town: str | None = None
    last = report.body
    for line in lines:
        sentence = line.sentence
        reach = sentence.start, sentence.end
        if "\n\n" in report.text[last : sentence.start]:
            setting = None
        meant = find_actor_stand_ins(report.text, language, story, reach, line.actors, earlier)
        actors = _in_order(line.actors, meant)
        places = _in_order(
            line.places, find_place_stand_ins(report.text, language, story, reach, town)
        )
        if sentence.phrases or sentence.impossible:
            words = report.text[sentence.start : sentence.end]
            clauses = _find_clauses(report.text, language, sentence)
            framing = _find_framing(report.text, language, sentence, clauses)
            yield Scene(
                report=report,
                language=language,
                sentence=sentence,
                phrases=tuple(one for one in sentence.phrases if one not in framing),
                framing=framing,
                clauses=clauses,
                cues=_find_free_cues(report, sentence, line.actors),
                arms=frozenset(find_arms(words, report.language)),
                actors=actors,
                places=places,
                tolls=find_tolls(_blank_out(words, sentence), report.language, sentence.start),
                earlier=earlier,
                setting=setting,
                story=story,
            )
        earlier = (actors[::-1] + earlier)[:_MEMORY]
        here = [resolve_place(span.name) for span in places]
        towns = [place for place in here if place.precision != "country"]
        setting = next(iter(towns or here), setting)
        town = towns[-1].name if towns else town
        last = sentence.end


def _read_lines(report: Report, language: Language) -> Iterator[_Line]:
    """The sentences of a report with the actors and places that they name."""
    text = report.text
    sentences = read_sentences(report)
    known = [
        find_actors(text[one.start : one.end], report.language, one.start) for one in sentences
    ]
    newcomers = find_newcomers(text, language, list(chain.from_iterable(known)))
    for sentence, actors in zip(sentences, known, strict=True):
        words = text[sentence.start : sentence.end]
        for start, end, name in newcomers.find(words):
            first, last = start + sentence.start, end + sentence.start
            if not any(one.start < last and first < one.end for one in actors):
                kind: SpanKind = "actor" if kind_of(name.key) else "new_actor"
                actors.append(Span(first, last, kind, name.key))
        actors.sort(key=lambda span: span.start)
        places = find_places(words, report.language, actors, sentence.start)
        taken: list[Span | DatePhrase] = [*sentence.phrases, *actors, *places]
        places += find_new_places(text, language, (sentence.start, sentence.end), taken)
        yield _Line(sentence, tuple(actors), tuple(places))


def _in_order(named: tuple[Span, ...], meant: list[Span]) -> tuple[Span, ...]:
    return tuple(sorted((*named, *meant), key=lambda span: span.start)) if meant else named


def _blank_out(words: str, sentence: Sentence) -> str:
    """The words of a sentence with blanks for its dates, so that no year is taken for a toll."""
    for phrase in sentence.phrases:
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
