"""Actors and places that no vocabulary knows are found by how a report writes of them."""

from datetime import date

import pytest

from etl.model import Report
from etl.naming.lines import read_lines
from etl.naming.newcomers import find_definitions
from etl.words.language import load_language

PUBLISHED = date(2024, 1, 25)


def spans(text: str, language: str) -> dict[str, tuple[str, str]]:
    """Kind and name of the actors and places in a text, by their words."""
    report = Report(text, language, PUBLISHED)
    return {
        text[span.start : span.end]: (span.kind, span.name)
        for line in read_lines(report, load_language(language))
        for span in line.actors + line.places
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Free Valley Front (FVF) fell back.", [("Free Valley Front", "FVF")]),
        ("Le Front de la vallée libre (FVL) recule.", [("Front de la vallée libre", "FVL")]),
        ("Une union (UE) se forme, la Grande Union (GU).", [("Grande Union", "GU")]),
        ("It weighs ten kilos (KG), he said (BBC).", []),
        ("The town, held by Rebel Youth. Bold Army (RYBA).", []),
    ],
)
def test_an_acronym_is_explained_by_the_words_before_it(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert [(one.name, one.acronym) for one in find_definitions(text)] == found


def test_both_forms_stand_for_a_new_actor_in_the_whole_report() -> None:
    text = "Fighters of the Free Valley Front (FVF) fell back. The FVF denied it on Monday."
    assert spans(text, "en")["Free Valley Front"] == ("new_actor", "Free Valley Front")
    assert spans(text, "en")["FVF"] == ("new_actor", "Free Valley Front")
    text = "Le Front de défense du Macina libre (FDML) attaque. Le FDML avance."
    assert spans(text, "fr")["FDML"] == ("new_actor", "Front de défense du Macina libre")


def test_a_new_acronym_of_a_known_actor_stands_for_it() -> None:
    found = spans("The Lord's Resistance Army (LRAX) fled. The LRAX is weak.", "en")
    assert found["Lord's Resistance Army"][0] == "actor"


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "The Black Ravine Brigade attacked.", "Black Ravine Brigade"),
        ("en", "Gunmen of the Morro group took a priest.", "Morro group"),
        ("en", "Kelan rebels took the pass.", "Kelan rebels"),
        ("fr", "Le Mouvement pour la justice au Kelan avance.", None),
        ("fr", "L'Armée de libération du Kelan avance.", "Armée de libération du Kelan"),
        ("fr", "Les rebelles du Kelan avancent.", "rebelles du Kelan"),
        ("en", "The front moved and the army slept.", None),
    ],
)
def test_a_group_is_known_by_its_words(language: str, text: str, words: str | None) -> None:
    found = [cut for cut, (kind, _) in spans(text, language).items() if kind == "new_actor"]
    assert found == ([words] if words else [])


@pytest.mark.parametrize(
    ("language", "text", "places"),
    [
        ("en", "A bomb went off in the village of Tel Arish.", ["Tel Arish"]),
        ("en", "Rebels took Belmorra near Qasr al-Hadid.", ["Belmorra", "Qasr al-Hadid"]),
        ("en", "They met in Parliament over T-90 tanks in March.", []),
        ("fr", "Un obus est tombé sur le marché de Belmorra.", ["Belmorra"]),
        ("fr", "Trois morts à Tel-Arich, près de Kassoumé.", ["Tel-Arich", "Kassoumé"]),
        ("fr", "Il en appelle à Dieu.", []),
    ],
)
def test_an_unknown_place_stands_behind_words_of_place(
    language: str, text: str, places: list[str]
) -> None:
    found = [cut for cut, (kind, _) in spans(text, language).items() if kind == "place"]
    assert found == places


def test_a_long_text_costs_no_more_than_its_length() -> None:
    text = "The Free Valley Front (FVF) fell back to Belmorra. " * 2_000
    assert len(list(read_lines(Report(text, "en", PUBLISHED), load_language("en")))) == 2_000
    assert not list(find_definitions("A (" * 50_000))
