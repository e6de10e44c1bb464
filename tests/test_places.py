"""Places are found where they are meant as places, with their country and coordinates."""

import pytest

from etl.naming.actors import find_actors
from etl.naming.places import find_places, resolve_country, resolve_place
from etl.vocabulary import load_csv
from etl.words.names import list_forms

PLACES = load_csv("places.csv")
COUNTRIES = load_csv("countries.csv")
WITHOUT_CAPITAL = {"Israel", "Vatican City"}


def names(text: str, language: str) -> list[str]:
    """The canonical names of the places in a text, actors taken first."""
    return [span.name for span in find_places(text, language, find_actors(text, language))]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("fr", "Un obus est tombé à El-Facher, au Darfour.", ["El Fasher", "Darfur"]),
        ("fr", "Ils ont visé la base aérienne d’al-Asad, en Irak.", ["Al-Asad Airbase", "Iraq"]),
        ("fr", "près de l’aéroport de Bagdad", ["Baghdad Airport"]),
        ("fr", "Le Mali réagit au Mali.", ["Mali"]),
        ("fr", "Bagdad a demandé des comptes à Bagdad.", ["Baghdad"]),
        ("fr", "Repli vers Port-Soudan.", ["Port Sudan"]),
        ("fr", "Les accords de Minsk sont caducs.", ["Minsk"]),
        ("en", "Rockets hit Deir el-Zour in Syria.", ["Deir ez-Zor", "Syria"]),
        ("en", "They crossed from Syria through the Golan.", ["Syria", "Golan Heights"]),
        ("en", "Fighters fled Iraq's Anbar province.", ["Anbar"]),
        ("en", "Moscow denied it in Moscow.", ["Moscow"]),
        ("en", "The Washington Post and the Minsk accord.", ["Minsk"]),
    ],
)
def test_places_are_found_where_they_are_meant(language: str, text: str, found: list[str]) -> None:
    assert names(text, language) == found


def test_an_actor_is_not_also_a_place() -> None:
    text = "Damascus and the Gaza Strip."
    actors = find_actors(text, "en", offset=7)
    assert [span.name for span in actors] == ["Syria"]
    places = find_places(text, "en", actors, offset=7)
    assert [(span.name, text[span.start - 7 : span.end - 7]) for span in places] == [
        ("Gaza Strip", "Gaza Strip")
    ]


def test_a_place_has_a_country_coordinates_and_a_precision() -> None:
    goma = resolve_place("Goma")
    assert (goma.country, goma.precision) == ("COD", "point")
    assert goma.latitude == pytest.approx(-1.68, abs=0.05)
    assert resolve_place("Darfur").precision == "area"
    iraq = resolve_place("Iraq")
    assert iraq == resolve_country("IRQ")
    assert (iraq.precision, iraq.latitude) == ("country", None)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_place_is_found_by_each_of_its_names(language: str) -> None:
    for row in PLACES:
        for form in list_forms(row[language] or row["en"]):
            found = [span.name for span in find_places(form, language)]
            assert found == [row["name"]], form


def test_the_file_of_places_keeps_its_own_rules() -> None:
    countries = {row["alpha3"] for row in COUNTRIES}
    titles = [row["name"] for row in PLACES]
    assert len(titles) == len(set(titles))
    assert not set(titles) & {row["name"] for row in COUNTRIES}
    for row in PLACES:
        assert row["country"] in countries | {""}, row["name"]
        assert row["precision"] in {"point", "area"}, row["name"]
        assert abs(float(row["latitude"])) <= 90, row["name"]
        assert abs(float(row["longitude"])) <= 180, row["name"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_capital_that_stands_for_a_state_is_also_a_place(language: str) -> None:
    for row in COUNTRIES:
        capital = row[f"standing_{language}"].split("|")[0]
        if capital and row["name"] not in WITHOUT_CAPITAL:
            assert any(capital in list_forms(place[language] or place["en"]) for place in PLACES), (
                f"{row['name']}: {capital} is not in places.csv"
            )
