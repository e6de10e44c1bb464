"""The army, the rebels and the city are those that the report is about."""

from datetime import date

import pandas as pd
import pytest

from etl.extract import extract
from etl.model import Report

PUBLISHED = date(2024, 1, 25)


def events_of(text: str, language: str) -> pd.DataFrame:
    return extract([Report(text=text, language=language, published=PUBLISHED)]).table.events


def sides(text: str, language: str) -> tuple[set[str], set[str], set[str]]:
    """Actors, recipients and others of the last event of a text."""
    row = events_of(text, language).iloc[-1]
    return set(row["actors"]), set(row["recipients"]), set(row["others"])


MALI = "Des jihadistes ont attaqué Gao, au Mali, le 2 janvier. "
SUDAN = "The RSF shelled Omdurman, in Sudan, on January 2. "


@pytest.mark.parametrize(
    ("language", "text", "actors", "recipients"),
    [
        ("fr", MALI + "L'armée les a bombardés lundi.", {"Mali"}, None),
        ("fr", MALI + "Lundi, l'armée tchadienne est arrivée.", {"Chad"}, None),
        ("fr", MALI + "Les assaillants ont tué trois soldats lundi.", {"jihadists"}, {"Mali"}),
        ("en", SUDAN + "The army bombed Nyala on Monday.", {"Sudan"}, None),
        ("en", SUDAN + "The paramilitaries killed two soldiers on Monday.",
         {"Rapid Support Forces"}, {"Sudan"}),
        ("en", SUDAN + "On Monday, Chadian soldiers arrived.", {"Chad"}, None),
    ],
)  # fmt: skip
def test_common_nouns_stand_for_the_actors_of_the_report(
    language: str, text: str, actors: set[str], recipients: set[str] | None
) -> None:
    found = sides(text, language)
    assert found[0] == actors
    assert recipients is None or found[1] == recipients


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", SUDAN + "The city was shelled again on Monday.", "Omdurman"),
        ("en", SUDAN + "On Monday, rockets hit the capital.", "Khartoum"),
        ("en", SUDAN + "A clinic was looted on Monday.", "Omdurman"),
        ("en", SUDAN + "Two clinics were looted in November.", "Sudan"),
        ("en", SUDAN + "\n\nA clinic was looted on Monday.", "Sudan"),
        ("en", SUDAN + "The African Union condemned it on Monday.", None),
        ("en", SUDAN + "Hamas attacked Israel on October 7.", None),
        ("fr", MALI + "La ville a été pillée lundi.", "Gao"),
        ("fr", MALI + "Des tirs ont éclaté lundi dans la capitale.", "Bamako"),
    ],
)
def test_what_names_no_place_is_where_the_report_is(
    language: str, text: str, place: str | None
) -> None:
    found = events_of(text, language).sort_values("start")["place"]
    row = events_of(text, language)
    newest = row[row["start"] != date(2024, 1, 2)].iloc[-1]
    assert len(found) == 2
    assert (None if pd.isna(newest["place"]) else newest["place"]) == place


def test_the_other_side_of_a_battle_takes_part() -> None:
    actors, recipients, _ = sides(SUDAN + "On Monday, the RSF seized Nyala.", "en")
    assert (actors, recipients) == ({"Rapid Support Forces"}, {"Sudan"})
    _, _, others = sides(SUDAN + "Fighting resumed on Monday.", "en")
    assert others == {"Sudan", "Rapid Support Forces"}


def test_a_subject_is_shared_and_an_object_is_not() -> None:
    text = "Rebels of the M23 fought the FDLR in May and killed two Rwandans in June."
    events = events_of(text, "en")
    june = events[events["start"] == date(2023, 6, 1)].iloc[0]
    assert list(june["actors"]) == ["M23"]
    assert list(june["recipients"]) == ["Rwanda"]


def test_what_an_actor_does_without_a_cue_is_another_event() -> None:
    events = events_of("In December, Egypt rearranged its tents near Rafah.", "en")
    assert events["type"].tolist() == ["other"]
    assert events_of("In December, birds sang.", "en").empty


def test_an_attack_named_again_is_the_same_event() -> None:
    text = "Jets struck Nyala on Monday, killing nine. The army denied that the raid on Monday"
    events = events_of(text + " had hit a school.", "en")
    assert len(events) == 1
    assert (events.iloc[0]["type"], events.iloc[0]["killed"]) == ("air_or_missile_strike", 9)
    text = "Jets struck Nyala on Monday. Gunmen attacked Sake on Monday."
    assert len(events_of(text, "en")) == 2


def test_a_date_in_a_name_dates_nothing() -> None:
    text = "Le Mouvement du 23 mars attaque souvent."
    assert events_of(text, "fr").empty


def test_who_dies_is_no_attacker() -> None:
    actors, recipients, _ = sides(MALI + "Deux soldats tchadiens ont péri lundi à Gao.", "fr")
    assert (actors, recipients) == (set(), {"Chad"})
    actors, recipients, _ = sides(SUDAN + "Nine civilians died on Monday in a market fire.", "en")
    assert (actors, recipients) == (set(), {"civilians"})


def test_news_of_many_countries_has_a_story_for_each_paragraph() -> None:
    text = (
        "In Colombia, the ELN attacked Arauca on January 3.\n\nJets bombed a camp near Dohuk, in "
        "Iraq, on Monday. The army said nothing.\n\nIn Nigeria, Boko Haram raided Geidam on "
        "January 8. The army bombed its camps on Tuesday.\n\nIn Haiti, the police went home."
    )
    events = events_of(text, "en")
    actors = {str(row["start"]): list(row["actors"]) for _, row in events.iterrows()}
    assert actors["2024-01-23"] == ["Nigeria"]


def test_a_cue_may_run_over_a_date() -> None:
    events = events_of("La RDC a lancé lundi une vaste opération près de Goma.", "fr")
    assert events["type"].tolist() == ["military_operation"]


@pytest.mark.parametrize(
    ("language", "text", "killed"),
    [
        ("en", "Jets bombed Goma on Monday. Eleven people were killed.", 11),
        ("en", "On Monday jets bombed a camp in Goma, which burned, killing six.", 6),
        ("fr", "Des avions ont bombardé Goma lundi. Quelque 40 personnes ont péri.", 40),
        ("es", "Aviones bombardearon Goma el lunes. Unas 25 personas murieron.", 25),
        ("de", "Am Montag bombardierten Flugzeuge Goma. 30 Kadetten starben.", 30),
        ("pt", "Aviões bombardearam Goma na segunda-feira. Doze pessoas morreram.", 12),
        ("ar", "قصفت طائرات غوما يوم الاثنين. وقتل 25 شخصا.", 25),
        ("en", "Jets bombed Goma on Monday. Eleven people were killed in Bukavu.", None),
        ("en", "Jets bombed Goma on Monday. Eleven people were killed on Tuesday.", None),
    ],
)
def test_a_toll_may_be_told_in_the_next_sentence(
    language: str, text: str, killed: int | None
) -> None:
    found = events_of(text, language).iloc[0]["killed"]
    assert (None if pd.isna(found) else found) == killed


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The UN said that Hamas had attacked Sderot on Monday."),
        ("fr", "L'ONU a déclaré que le Hamas a attaqué Sderot lundi."),
        ("fr", "Selon l'ONU, le Hamas a attaqué Sderot lundi."),
        ("es", "La ONU dijo que Hamás atacó Sderot el lunes."),
        ("pt", "A ONU disse que o Hamas atacou Sderot na segunda-feira."),
        ("de", "Die UN berichteten, am Montag habe die Hamas Sderot angegriffen."),
        ("ar", "وقالت الأمم المتحدة إن حماس هاجمت سديروت يوم الاثنين."),
    ],
)
def test_who_tells_of_a_deed_has_no_part_in_it(language: str, text: str) -> None:
    doers, victims, others = sides(text, language)
    assert "Hamas" in doers
    assert "United Nations" not in doers | victims | others


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Hamas attacked Israel on January 3. Both sides signed a truce on Monday."),
        ("fr", "Le Hamas a attaqué Israël le 3 janvier. Les deux camps ont signé une trêve lundi."),
        ("es", "Hamás atacó Israel el 3 de enero. Ambas partes firmaron una tregua el lunes."),
        (
            "de",
            "Am 3. Januar griff die Hamas Israel an. "
            "Am Montag vereinbarten beide Seiten eine Waffenruhe.",
        ),
        (
            "pt",
            "O Hamas atacou Israel em 3 de janeiro. "
            "Ambas as partes assinaram uma trégua na segunda-feira.",
        ),
        ("ar", "هاجمت حماس إسرائيل في 3 يناير. ووقع الجانبان هدنة يوم الاثنين."),
    ],
)  # fmt: skip
def test_both_sides_are_the_two_named_last(language: str, text: str) -> None:
    assert set().union(*sides(text, language)) == {"Hamas", "Israel"}
