"""Actors are found by every name they go by, the longest first, and never inside another name."""

import re

import pytest

from etl.naming.actors import country_names, country_of, find_actors, kind_of, list_actor_names
from etl.vocabulary import load_csv
from etl.words.names import list_forms

ACTORS = load_csv("actors.csv")
COUNTRIES = load_csv("countries.csv")
LANGUAGES = ["fr", "en", "es", "de", "pt", "ar"]


def names(text: str, language: str) -> list[str]:
    """The canonical names of the actors in a text."""
    return [span.name for span in find_actors(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("fr", "Les Etats-Unis ont frappé l’Iran.", ["United States", "Iran"]),
        ("fr", "Deux Américaines et trois soldats irakiens.", ["United States", "Iraq"]),
        ("fr", "Le Kremlin, Téhéran et l'Élysée se taisent.", ["Russia", "Iran", "France"]),
        ("fr", "Bagdad a demandé leur départ.", ["Iraq"]),
        ("fr", "La RDC accuse le Rwanda.", ["Democratic Republic of the Congo", "Rwanda"]),
        ("fr", "L’EI et Daech.", ["Islamic State", "Islamic State"]),
        ("fr", "des milices pro-iraniennes", ["Iran-backed militias"]),
        ("fr", "des groupes armés pro-Iran", ["Iran-backed militias"]),
        ("fr", "la coalition menée par Washington", ["US-led coalition"]),
        ("fr", "Le Conseil de sécurité des Nations unies.", ["United Nations"]),
        ("fr", "Les FSR et la Monusco.", ["Rapid Support Forces", "MONUSCO"]),
        ("fr", "Des rebelles tchadiens et des civils maliens.", ["Chadian rebels", "civilians"]),
        ("en", "The Pentagon and U.S. forces.", ["United States", "United States"]),
        ("en", "Burma and the UK.", ["Myanmar", "United Kingdom"]),
        ("en", "Two Iraqis met a Briton.", ["Iraq", "United Kingdom"]),
        ("en", "Ankara and Kyiv agreed.", ["Turkey", "Ukraine"]),
        ("en", "IS said so; the IDF did not.", ["Islamic State", "Israel"]),
        ("en", "Iranian-backed militias in hiding", ["Iran-backed militias"]),
        ("en", "A U.S.-led coalition struck.", ["US-led coalition"]),
        ("en", "Sudan's army fought the RSF.", ["Sudanese Armed Forces", "Rapid Support Forces"]),
        ("en", "Qasem Soleimani and Hemedti.", ["Qassem Soleimani", "Mohamed Hamdan Dagalo"]),
        ("es", "La Casa Blanca y EE.UU. callan.", ["United States", "United States"]),
        ("es", "dos estadounidenses y un iraquí", ["United States", "Iraq"]),
        ("es", "Un ataque del ELN y de rebeldes hutíes.", ["ELN", "Houthis"]),
        ("es", "los rebeldes sirios y los chadianos", ["Syrian rebels", "Chad"]),
        ("de", "Der Kreml und das Weiße Haus schweigen.", ["Russia", "United States"]),
        ("de", "US-Soldaten, irakischen Truppen", ["United States", "Iraq"]),
        ("de", "Kämpfer des Islamischen Staates", ["Islamic State"]),
        ("de", "tschadische Rebellen und die Huthi-Rebellen", ["Chadian rebels", "Houthis"]),
        (
            "pt",
            "Os EUA e o Irã, a ONU e a OTAN",
            ["United States", "Iran", "United Nations", "NATO"],
        ),
        ("pt", "Moscovo e Moscou", ["Russia", "Russia"]),
        (
            "ar",
            "قصفت قوات حفتر مواقع قوات الوفاق",
            ["Libyan National Army", "Government of National Accord"],
        ),
        ("ar", "أعلن البيت الأبيض أن جماعة الحوثي", ["United States", "Houthis"]),
    ],
)
def test_actors_are_found_by_all_their_names(language: str, text: str, found: list[str]) -> None:
    assert names(text, language) == found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("fr", "Le Soudan du Sud attend.", ["South Sudan"]),
        ("fr", "L’armée s’est repliée vers Port-Soudan.", []),
        ("fr", "La république démocratique du Congo.", ["Democratic Republic of the Congo"]),
        ("fr", "Dix ans de guerre civile en Amérique latine.", []),
        ("fr", "Les accords de Minsk sont caducs.", []),
        ("en", "The Minsk agreements were never carried out.", []),
        ("en", "The New York Times and Latin American readers.", []),
        ("en", "The Palestinian Islamic Jihad.", ["Palestinian Islamic Jihad"]),
        ("en", "What is it to us, or is it who?", []),
        ("en", "The table was of polish wood.", []),
    ],
)
def test_a_part_of_a_longer_name_is_no_actor(language: str, text: str, found: list[str]) -> None:
    assert names(text, language) == found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("fr", "Une bombe a explosé à Bagdad, en Irak.", []),
        ("fr", "près de l’aéroport de Bagdad", []),
        ("fr", "Un accord en Côte d’Ivoire.", []),
        ("en", "A bomb went off in Baghdad, near Kabul and in the U.S.", []),
        ("en", "Washington rejected a deal made in Washington.", ["United States"]),
    ],
)
def test_a_capital_or_country_behind_a_word_of_place_is_no_actor(
    language: str, text: str, found: list[str]
) -> None:
    assert names(text, language) == found


def test_acronyms_mean_what_they_mean_in_the_language() -> None:
    assert names("Selon RSF.", "fr") == ["Reporters Without Borders"]
    assert names("The RSF withdrew.", "en") == ["Rapid Support Forces"]


def test_spans_cut_out_the_very_words() -> None:
    text = "Hier, la Maison-Blanche et l’ONU ont réagi à l’attaque des Houthis."
    spans = find_actors(text, "fr", offset=100)
    cut = [text[span.start - 100 : span.end - 100] for span in spans]
    assert cut == ["Maison-Blanche", "ONU", "Houthis"]


def test_a_name_with_full_stops_keeps_its_last_one() -> None:
    (span,) = find_actors("The U.S. said", "en")
    assert (span.start, span.end) == (4, 8)


def test_kind_and_country_of_an_actor() -> None:
    assert (kind_of("Iraq"), country_of("Iraq")) == ("state", "IRQ")
    assert (kind_of("Kataib Hezbollah"), country_of("Kataib Hezbollah")) == ("armed_group", "IRQ")
    assert (kind_of("Chadian rebels"), country_of("Chadian rebels")) == ("armed_group", "TCD")
    assert (kind_of("Qassem Soleimani"), kind_of("NATO")) == ("person", "organisation")
    assert (kind_of("nobody"), country_of("nobody")) == (None, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_actor_is_found_by_each_of_its_names(language: str) -> None:
    for row in ACTORS:
        for form in list_forms(f"{row[language] or row['en']}|{row['acronyms']}"):
            expected = [] if row["kind"] == "never" else [row["name"]]
            assert "{" in form or names(form, language) == expected, form


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_state_is_found_by_name_and_demonym(language: str) -> None:
    for row in COUNTRIES:
        for column in ("names", "demonyms", "standing"):
            for form in list_forms(row[f"{column}_{language}"]):
                assert names(form, language) == [row["name"]], form


def test_the_file_of_actors_keeps_its_own_rules() -> None:
    countries = {row["alpha3"] for row in COUNTRIES} | {""}
    kinds = {"state", "armed_group", "organisation", "person", "people", "never"}
    titles = [row["name"] for row in ACTORS]
    assert len(titles) == len(set(titles))
    for row in ACTORS:
        assert row["kind"] in kinds, row["name"]
        assert row["country"] in countries, row["name"]
        assert row["source"] in {"own", "UCDP"}, row["name"]
        assert all(re.fullmatch(r"(\d{4})?", row[end]) for end in ("valid_from", "valid_to"))
        assert row["en"], f"{row['name']}: no English name"
        if row["kind"] != "never" and "{" not in row["name"]:
            shown = [row[code].split("|")[0] for code in LANGUAGES]
            assert not any(set(name) & set("(){}") for name in shown), shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_stands_for_two_actors(language: str) -> None:
    keys: dict[str, str] = {}
    for form, key in [*list_actor_names(language), *country_names(language).items()]:
        assert keys.setdefault(form, key) in (key, ""), form


def test_endings_are_spelt_out() -> None:
    assert list_forms("russe(s)") == ["russe", "russes"]
    assert list_forms("irakisch(e/er)|Iraker") == ["irakisch", "irakische", "irakischer", "Iraker"]


def test_a_long_text_is_read_in_bounded_time() -> None:
    text = "États-Unis " * 10_000 + "coalition internationale dirigée par " * 3_000
    assert len(find_actors(text, "fr")) == 13_000
