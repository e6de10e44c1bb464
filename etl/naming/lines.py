"""Read the sentences of a report with all the actors and places that they name or mean."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from etl.dates.phrases import Sentence, read_sentences
from etl.model import DatePhrase, Place, Report, Span, SpanKind
from etl.naming.actors import find_actors, kind_of
from etl.naming.newcomers import find_newcomers
from etl.naming.places import find_new_places, find_places, resolve_place
from etl.naming.story import Story, find_actor_stand_ins, find_place_stand_ins, read_story
from etl.words.language import Language

_BREAK = "\n\n"
_MEMORY = 12
_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its actors and places.

    `earlier` are the actors of the last sentence before that has any, last first; `setting` is
    where the sentences before take place, in the same paragraph; `story` is what the report is
    about.
    """

    sentence: Sentence
    actors: tuple[Span, ...]
    places: tuple[Span, ...]
    earlier: tuple[Span, ...]
    setting: Place | None
    story: Story


@dataclass(frozen=True, slots=True)
class _Named:
    """A sentence with the actors and places that it names itself."""

    sentence: Sentence
    actors: list[Span]
    places: list[Span]


def read_lines(report: Report, language: Language) -> Iterator[Line]:
    """The sentences of a report, in order, each in the light of those before it."""
    text = report.text
    named = list(_read_names(report, language))
    stories = _find_stories(report, named)
    topic = _find_topic(report)
    earlier: tuple[Span, ...] = ()
    memory: list[Span] = []
    setting: Place | None = None
    town = topic
    last = report.body
    for one, story in zip(named, stories, strict=True):
        reach = one.sentence.start, one.sentence.end
        if _BREAK in text[last : one.sentence.start]:
            setting, town = None, topic or town
        meant = find_actor_stand_ins(text, language, story, reach, one.actors, memory)
        actors = _in_order(one.actors + meant)
        places = _in_order(one.places + find_place_stand_ins(text, language, story, reach, town))
        yield Line(one.sentence, actors, places, earlier, setting, story)
        earlier = actors[::-1] or earlier
        memory = [*actors[::-1], *memory][:_MEMORY]
        here = [resolve_place(span.name) for span in places]
        sites = [place for place in here if place.precision != "country"]
        setting = next(iter(sites or here), setting)
        town = next((site.name for site in reversed(sites) if site.precision != "area"), town)
        last = one.sentence.end


def _read_names(report: Report, language: Language) -> Iterator[_Named]:
    """The sentences of a report with the actors and places that they name."""
    text = report.text
    sentences = read_sentences(report)
    known = [
        find_actors(text[one.start : one.end], report.language, one.start) for one in sentences
    ]
    newcomers = find_newcomers(report, language, list(chain.from_iterable(known)))
    for sentence, actors in zip(sentences, known, strict=True):
        words = text[sentence.start : sentence.end]
        for start, end, name in newcomers.find(words):
            first, last = start + sentence.start, end + sentence.start
            if not any(one.start < last and first < one.end for one in actors):
                kind: SpanKind = "actor" if kind_of(name.key) else "new_actor"
                actors.append(Span(first, last, kind, name.key))
        places = find_places(words, report.language, actors, sentence.start)
        taken: list[Span | DatePhrase] = [*sentence.phrases, *actors, *places]
        places += find_new_places(report, language, (sentence.start, sentence.end), taken)
        yield _Named(sentence, sorted(actors, key=lambda span: span.start), places)


def _find_topic(report: Report) -> str | None:
    """The town that the title names, if it is one: "the city" at the head of a paragraph."""
    spans = find_places(report.title, report.language, find_actors(report.title, report.language))
    towns = {span.name for span in spans if resolve_place(span.name).precision == "point"}
    return towns.pop() if len(towns) == 1 else None


def _find_stories(report: Report, named: list[_Named]) -> list[Story]:
    """What the report is about by its title and its sentences, for each sentence.

    Where no country has much of it, as in the news of a week, each paragraph has its own.
    """
    actors = find_actors(report.title, report.language)
    places = find_places(report.title, report.language, actors)
    whole = read_story(
        chain(actors, *(one.actors for one in named)),
        chain(places, *(one.places for one in named)),
    )
    if whole.share >= _SHARE:
        return [whole] * len(named)
    paragraphs: list[list[_Named]] = []
    last = report.body
    for one in named:
        if not paragraphs or _BREAK in report.text[last : one.sentence.start]:
            paragraphs.append([])
        paragraphs[-1].append(one)
        last = one.sentence.end
    stories: list[Story] = []
    for part in paragraphs:
        story = read_story(chain(*(x.actors for x in part)), chain(*(x.places for x in part)))
        stories += [story] * len(part)
    return stories


def _in_order(spans: list[Span]) -> tuple[Span, ...]:
    return tuple(sorted(spans, key=lambda span: span.start))
