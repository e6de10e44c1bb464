"""Texts made to take long: runs of one thing, pages nested deep, words at random.

Each is written as a file and read as the command line reads one, so that every step is in it.
"""

import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from etl.extract import extract
from etl.files.reports import read_reports
from etl.model import Report
from etl.vocabulary import list_languages, load_csv, load_toml
from etl.words.names import list_forms

PUBLISHED = date(2024, 1, 25)
_SEED = 3
_MIXES = 12
_NAMES = 3
_CUES = ("verbs", "nouns", "arms")
_JOINS = (" ", " ", ", ", ". ", "; ", " (", ") ", "\n", "\n\n", "")
_MARKS = (
    "1", "12 ", "2003 ", "2024-01-01 ", "1/2/2024 ", "(7/10) ", "9/11 ", "12:30 ", "1,", "1.",
    "1-", "1 000 ", "3 ", "3, ", "$3 ", ",", ", ", "(", "( ", ")", "[", "]", "()", '"', "« ", "»",
    "'", "’", ".", ". ", "...", "-", "- ", "— ", "!", "?", "! A", "! a ", "\n", "\n\n", "\n- ",
    "\n# ", "\r\n", "\t", " ", "\u00a0", "#", "---\n", "X", "a", "A ", "a ", "A. ", "U.S. ",
    "U.N. ", "e.g. ", "M23 ", "RN22 ", "_", "@", "\u200f", "\u202e ", "\u200b", "\ufeff", "\u0301",
    "e\u0301", "\u064e", "\u0640", "😀", "\x00", "The Ab Cd Ef Front (ACF) ", "(ACF) ", "Xx Yy Zz ",
)  # fmt: skip
_SENTENCES = {
    "en": (
        "attack Monday ", "killed 3 people on Monday, ", "A and B in May and ", "since October ",
        "from Monday to Tuesday and ", "the day before the attack, ", "in the village of ",
        "the Syrian army and the rebels ", "10 to 20 dead and ", "on the night of 3 to 4 May ",
    ),
    "fr": (
        "attaque lundi ", "a tué 3 personnes lundi, ", "A et B en mai et ", "depuis le 7 octobre ",
        "de lundi à mardi et ", "la veille de l'attaque, ", "dans le village de ",
        "l'armée syrienne et les rebelles ", "10 à 20 morts et ", "dans la nuit du 3 au 4 mai ",
    ),
    "de": (
        "Angriff am Montag ", "tötete am Montag 3 Menschen, ", "A und B im Mai und ",
        "seit Oktober ", "von Montag bis Dienstag und ", "im Dorf ",
        "die syrische Armee und die Rebellen ", "10 bis 20 Tote und ",
    ),
    "es": (
        "ataque el lunes ", "mató a 3 personas el lunes, ", "A y B en mayo y ", "desde octubre ",
        "del lunes al martes y ", "en la aldea de ", "el ejército sirio y los rebeldes ",
        "de 10 a 20 muertos y ",
    ),
    "pt": (
        "ataque na segunda-feira ", "matou 3 pessoas na segunda-feira, ", "A e B em maio e ",
        "desde outubro ", "de segunda a terça-feira e ", "na aldeia de ",
        "o exército sírio e os rebeldes ", "de 10 a 20 mortos e ",
    ),
    "ar": (
        "هجوم الاثنين ", "قتل 3 أشخاص يوم الاثنين، ", "في مايو و", "منذ أكتوبر ",
        "من الاثنين إلى الثلاثاء و", "في قرية ", "الجيش السوري والمتمردون ",
    ),
}  # fmt: skip
_PAGES = {
    "nested parts": ("<div>", "<p>Attack on Monday.</p>", "</div>"),
    "nested parts, never closed": ("<div>", "Attack on Monday.", ""),
    "nested tables": ("<table><tr><td>", "Attack on Monday.", ""),
    "nested lists": ("<ul><li>", "Attack on Monday.", ""),
    "nested emphasis": ("<b><i>", "Attack on Monday.", ""),
    "paragraphs": ("<p>Attack on Monday.", "", ""),
    "line breaks": ("<br>", "Attack on Monday.", ""),
    "links": ('<a href="/">Monday</a> ', "Attack on Monday.", ""),
    "entities": ("&amp;", "", ""),
    "entities without an end": ("&lt", "", ""),
    "comments": ("<!--", "", ""),
    "comments closed": ("<!-- -->", "Attack on Monday.", ""),
    "opened tags": ("<", "", ""),
    "closed tags": ("</p>", "Attack on Monday.", ""),
    "metas": ('<meta name="date" content="x">', "Attack on Monday.", ""),
    "times": ("<time pubdate datetime=x>", "Attack on Monday.", ""),
    "scripts": ('<script type="application/ld+json">[</script>', "Attack on Monday.", ""),
    "a bracket in a script": ("", '<script type="application/ld+json">', "["),
}
_CROWDS = (
    "{actor} attacked {other} in {place} on Monday. ",
    "{actor} attacked {other} in {place} in May 2019. ",
    "{actor} has attacked {other} since May 2019. ",
    "{actor} attacked the Syrian army in Damascus on Monday. ",
    "Syria and {actor} killed {other} on Monday. ",
    "The Ab {place} Cd Front (ACF) attacked on Monday. ",
)
_MERGED = "a: &a {x: 1}\n" + "".join(
    f"{one}: &{one}\n  <<: [{', '.join([f'*{before}'] * 20)}]\n"
    for before, one in zip("abcdefg", "bcdefgh", strict=True)
)
_BOMB = (
    '<!DOCTYPE html [<!ENTITY a "Monday ">'
    + "".join(
        f'<!ENTITY {one} "{f"&{before};" * 20}">'
        for before, one in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><p>"
)


@dataclass(frozen=True, slots=True)
class Case:
    """A file made to take long: its name, its format, its language and what is in it."""

    name: str
    suffix: str
    language: str
    content: bytes


def make_worst_cases(size: int) -> Iterator[Case]:
    """All of them, each of about so many characters, the same at each call."""
    for language in list_languages():
        words = [f"{word} " for word in list_words(language)]
        marks = _MARKS if language != "en" else ()
        for unit in dict.fromkeys((*marks, *words, *_mix(language))):
            yield Case(repr(unit), ".txt", language, fill(unit, size).encode())
    yield from make_few_cases(size)


def make_few_cases(size: int) -> Iterator[Case]:
    """Those of them that are not one word or mark again and again in each language."""
    for language in list_languages():
        marks = _MARKS if language == "en" else ()
        for unit in (*marks, *_SENTENCES.get(language, ())):
            yield Case(repr(unit), ".txt", language, fill(unit, size).encode())
        yield Case("words at random", ".md", language, _shuffle(language, size).encode())
        yield Case("words without a blank", ".txt", language, _glue(language, size).encode())
    for crowd in _CROWDS:
        yield Case(crowd, ".txt", "en", _name_many(crowd, size).encode())
    for name, (unit, inside, after) in _PAGES.items():
        times = size // len(unit or after)
        yield Case(name, ".html", "en", (unit * times + inside + after * times).encode())
    yield Case("an entity bomb", ".html", "en", (_BOMB + fill("&i; ", size)).encode())
    yield Case("front matter", ".md", "en", ("---\n" + fill("a: b\n", size)).encode())
    for name, held in (("nested", f"a: {'[' * 9000}\n"), ("merged", _MERGED)):
        yield Case(f"front matter, {name}", ".md", "en", f"---\n{held}---\n".encode())


def fill(unit: str, size: int) -> str:
    """`unit` again and again, up to so many characters."""
    return (unit * (size // len(unit) + 1))[:size]


def list_words(language: str) -> list[str]:
    """A word of each kind in the vocabularies of a language, its first."""
    dates, cues, tolls = (
        load_toml(f"{kind}/{language}.toml") for kind in ("languages", "cues", "tolls")
    )
    words = [next(iter(entries.values()))[0] for entries in dates["words"].values()]
    words += [dates["since"][0], dates["articles"][0], tolls["signals"][0], *tolls["low"][:1]]
    words += [kinds[kind][0] for kinds in cues.values() for kind in kinds if kind in _CUES]
    words += [next(iter(tolls[kind].values()))[0] for kind in ("numbers", "multipliers")]
    for file in ("actors.csv", "places.csv"):
        rows = [row for row in load_csv(file) if row.get(language)][:_NAMES]
        words += [list_forms(row[language])[0] for row in rows]
    plain = (word.replace("*", "").replace(" …", "").replace("{nation}", "X") for word in words)
    return list(dict.fromkeys(word for word in plain if word.strip()))


def _mix(language: str) -> Iterator[str]:
    """A few words after each other, to be repeated."""
    chance, words = random.Random(_SEED), [*list_words(language), "3", "2003", "12"]
    for _ in range(_MIXES):
        few = chance.choices(words, k=chance.randint(2, 4))
        yield " ".join(few) + chance.choice(_JOINS)


def _shuffle(language: str, size: int) -> str:
    """Words and marks in no order at all."""
    chance, words = random.Random(_SEED), [*list_words(language), "3", "2003", "12", "1,5", "Xx"]
    return fill("".join(chance.choice(words) + chance.choice(_JOINS) for _ in range(size)), size)


def _name_many(crowd: str, size: int) -> str:
    """A sentence with other actors and another place each time."""
    chance, told = random.Random(_SEED), ""
    actors, places = (
        [list_forms(row["en"])[0] for row in load_csv(file) if row["en"]]
        for file in ("actors.csv", "places.csv")
    )
    while len(told) < size:
        actor, other = (name.replace("{nation}", "Iraqi") for name in chance.choices(actors, k=2))
        told += crowd.format(actor=actor, other=other, place=chance.choice(places))
    return told[:size]


def _glue(language: str, size: int) -> str:
    """Words in no order, written as one."""
    chance = random.Random(_SEED)
    return fill("".join(chance.choices(list_words(language), k=size // 2)), size)


def measure(case: Case) -> float:
    """Seconds of processor time from the file to the table; a report refused is one read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"case{case.suffix}")
        path.write_bytes(case.content)
        begun = time.process_time()
        read = [*read_reports(path, PUBLISHED, case.language)]
        extract([one for one in read if isinstance(one, Report)])
        return time.process_time() - begun
