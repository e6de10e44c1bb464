"""From reports to a table: what they tell, no more, no less, and the same each time."""

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.cli import build_bundled_table
from etl.dates.phrases import read_phrases
from etl.events.mentions import read_mentions
from etl.extract import extract, extract_into
from etl.files.reports import make_report, read_report
from etl.model import Report
from etl.tables.table import read_table
from etl.vocabulary import data_folder

SHARED = Path(__file__).parent.parent.parent / "shared"
SAMPLE = data_folder() / "tables" / "sample"
REPORTS = sorted((data_folder() / "reports").iterdir())
PUBLISHED = date(2024, 1, 25)
HAPPENINGS = {
    ("2003-01-01", "2003-12-31", "year", "military_operation"),
    ("2003-01-01", "2024-01-25", "span", "deployment"),
    ("2011-01-01", "2011-12-31", "year", "withdrawal"),
    ("2014-01-01", "2014-12-31", "year", "deployment"),
    ("2020-01-01", "2020-01-31", "month", "killing_or_assassination"),
    ("2023-06-01", "2023-08-31", "season", "ceasefire_or_agreement"),
    ("2023-10-07", "2023-10-07", "day", "battle"),
    ("2023-10-07", "2024-01-25", "span", "armed_attack"),
    ("2023-11-01", "2023-11-30", "month", "demand"),
    ("2024-01-01", "2024-01-31", "month", "statement"),
    ("2024-01-20", "2024-01-20", "day", "air_or_missile_strike"),
    ("2024-01-23", "2024-01-23", "day", "air_or_missile_strike"),
    ("2024-01-25", "2024-01-25", "day", "statement"),
}


def days_of(events: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    columns = ["start", "end", "precision", "type"]
    return [(str(a), str(b), c, d) for a, b, c, d in events[columns].itertuples(index=False)]


def events_of(text: str, language: str = "en", published: date | None = PUBLISHED) -> pd.DataFrame:
    return extract([Report(text=text, language=language, published=published)]).table.events


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_each_bundled_report_tells_the_thirteen_happenings(path: Path) -> None:
    events = extract([read_report(path)]).table.events
    assert sorted(days_of(events)) == sorted(HAPPENINGS)


def test_both_together_tell_them_once_with_two_sources_each() -> None:
    events = extract([read_report(path) for path in REPORTS]).table.events
    assert sorted(days_of(events)) == sorted(HAPPENINGS)
    assert set(events["sources"]) == {2}
    assert set(events["agreement"]) == {"agree"}


def test_the_sample_table_is_what_the_code_makes(tmp_path: Path) -> None:
    build_bundled_table(tmp_path / "table")
    made, kept = read_table(tmp_path / "table"), read_table(SAMPLE)
    for part in ("events", "mentions", "sources"):
        pd.testing.assert_frame_equal(getattr(made, part), getattr(kept, part))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the first report is not beside the project")
def test_the_first_report_gives_the_gold_events() -> None:
    gold = json.loads((SHARED / "benchmarks/events/gold/us-iraq-talks.fr.json").read_text())
    report = read_report(SHARED / "reports/us-iraq-talks.fr.txt", published=PUBLISHED)
    events = extract([report]).table.events
    wanted = [
        (one["date_start"], one["date_end"], one["precision"], one["type"])
        for one in gold["events"]
    ]
    assert sorted(days_of(events)) == sorted(wanted)


def test_every_span_cuts_out_its_words() -> None:
    for path in REPORTS:
        report = read_report(path)
        for mention in read_mentions(report).mentions:
            cut = report.text[mention.sentence_start : mention.sentence_end]
            assert cut == mention.sentence
            assert report.text[mention.phrase.start : mention.phrase.end] == mention.phrase.text
            for span in mention.spans:
                assert mention.sentence_start <= span.start < span.end <= mention.sentence_end


def test_ids_stay_when_a_report_is_read_again_or_added(tmp_path: Path) -> None:
    first, second = (read_report(path) for path in REPORTS)
    folder = tmp_path / "table"
    alone = extract_into(folder, [first]).table.events["event_id"].tolist()
    again = extract_into(folder, [first]).table
    assert again.events["event_id"].tolist() == alone
    assert len(again.sources) == 1
    added = extract_into(folder, [second]).table
    assert added.events["event_id"].tolist() == alone
    assert added.sources["file_name"].tolist() == [first.file_name, second.file_name]


def test_a_newer_text_from_the_same_address_takes_the_place_of_the_old(tmp_path: Path) -> None:
    front = "---\nurl: https://example.org/a\nlanguage: en\npublished: 2024-01-25\n---\n"
    old = make_report(front + "Rebels seized Goma on Monday.", "a.txt")
    new = make_report(front + "Rebels seized Goma on Tuesday.", "a.txt")
    extract_into(tmp_path / "t", [old])
    events = extract_into(tmp_path / "t", [new]).table.events
    assert days_of(events) == [("2024-01-23", "2024-01-23", "day", "battle")]


def test_without_a_day_of_publication_no_day_is_invented() -> None:
    text = (
        "Rebels seized Goma in March 2020. On Monday they attacked Sake. Jets struck on 7 October."
    )
    extraction = extract([Report(text=text, language="en")])
    assert days_of(extraction.table.events) == [("2020-03-01", "2020-03-31", "month", "battle")]
    undated = extraction.table.mentions[extraction.table.mentions["event_id"].isna()]
    assert undated["date_text"].tolist() == ["Monday", "7 October"]
    assert undated["start"].isna().all()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ils ont frappé 60 fois des bases qui abritent 2 500 soldats.", "fr"),
        ("Le retrait prendra deux à cinq ans.", "fr"),
        ("La milice a mené l'attaque la plus grave jamais vue cette année.", "fr"),
        ("They hit the base 60 times and 2,500 soldiers live there.", "en"),
        ("It was the gravest attack this year.", "en"),
        ("The army will need two to five years to leave.", "en"),
        ("Call +226 25 30 00 00 about the T-72 on the RN22 under resolution 2254.", "en"),
        ("Le 31 février, des rebelles ont pris la ville.", "fr"),
        ("Los rebeldes del M23 y su T-72 están en la RN22, resolución 2254.", "es"),
        ("El 31 de febrero los rebeldes tomaron la ciudad.", "es"),
        ("La retirada llevará de dos a cinco años.", "es"),
        ("La milicia lanzó el ataque más grave de este año.", "es"),
        ("Die M23-Rebellen und ihr T-72 sind auf der A7, Resolution 2254.", "de"),
        ("Am 31. Februar nahmen Rebellen die Stadt ein.", "de"),
        ("Der Abzug dauert zwei bis fünf Jahre.", "de"),
        ("Rebels took the town on February 30, 2020.", "en"),
    ],
)
def test_distractors_and_impossible_days_are_no_events(text: str, language: str) -> None:
    assert events_of(text, language).empty


def test_an_impossible_day_is_said_to_be_left_out() -> None:
    reading = read_mentions(Report("Le 31 février, ils ont pris Goma.", "fr", PUBLISHED))
    assert [one.why for one in reading.dropped] == ["no such day in the calendar"]


def test_since_lasts_to_the_day_of_publication() -> None:
    row = events_of("Rebels have besieged Goma since 2015.").iloc[0]
    assert (str(row["start"]), str(row["end"])) == ("2015-01-01", "2024-01-25")
    assert (row["extent"], row["basis"]) == ("throughout", "reported_since")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A truce began in Goma on Monday and will last until March 3."),
        ("fr", "Une trêve a commencé lundi à Goma et durera jusqu'au 3 mars."),
        ("es", "Una tregua empezó el lunes en Goma y durará hasta el 3 de marzo."),
        ("de", "Eine Waffenruhe begann am Montag in Goma und soll bis zum 3. März gelten."),
    ],
)
def test_what_lasts_until_a_day_ends_on_it(language: str, text: str) -> None:
    (row,) = events_of(text, language).to_dict("records")
    assert (str(row["start"]), str(row["end"])) == ("2024-01-22", "2024-03-03")
    assert row["extent"] == "throughout"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Fourteen people were killed on Monday in Goma by an explosion."),
        ("de", "Bei einer Explosion in Goma kamen am Montag vierzehn Menschen ums Leben."),
    ],
)
def test_what_people_died_of_is_what_happened(language: str, text: str) -> None:
    (row,) = events_of(text, language).to_dict("records")
    assert (row["type"], row["killed"]) == ("bombing", 14)


def test_in_german_who_is_named_first_acts() -> None:
    for text in (
        "Am Montag hat Russland die Ukraine angegriffen.",
        "Am Montag griff Russland die Ukraine an.",
        "Am Montag wurde die Ukraine von Russland angegriffen.",
    ):
        (row,) = events_of(text, "de").to_dict("records")
        assert (list(row["actors"]), list(row["recipients"])) == (["Russia"], ["Ukraine"]), text


def test_a_date_told_twice_gives_the_narrower() -> None:
    (row,) = events_of("Ten years ago, in May 2014, rebels seized Goma.").to_dict("records")
    assert (str(row["start"]), str(row["end"])) == ("2014-05-01", "2014-05-31")
    twice = events_of("They met in 2010. Rebels took Goma in May 2014, four years later.")
    assert twice["precision"].tolist() == ["year", "month"]


def test_a_year_on_its_own_line_heads_what_follows() -> None:
    text = "1985\nOn 6 November rebels took Goma.\n1999\nA truce in May.\n2002\nIn June it fell."
    days = [phrase.range for phrase in read_phrases(Report(text, "en", PUBLISHED))]
    assert [str(one.start)[:7] for one in days if one and one.precision != "year"] == [
        "1985-11", "1999-05", "2002-06",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "phrase", "days"),
    [
        ("it", "Il 7 ottobre 2023 cominciò la guerra, lunedì.", "7 ottobre 2023",
         ("2023-10-07", "2023-10-07")),
        ("nl", "In oktober 2023 begon de oorlog.", "oktober 2023", ("2023-10-01", "2023-10-31")),
        ("it", "Attacco del 2023-10-07, con 2023 soldati.", "2023-10-07",
         ("2023-10-07", "2023-10-07")),
    ],
)  # fmt: skip
def test_a_language_without_a_file_still_gets_its_full_dates(
    language: str, text: str, phrase: str, days: tuple[str, str]
) -> None:
    (found,) = read_phrases(Report(text, language, PUBLISHED))
    assert found.range
    assert (found.text, found.rule, found.basis) == (phrase, "dateparser", "explicit")
    assert (str(found.range.start), str(found.range.end)) == days
    assert events_of(text, language).empty, "no words here say what happened"


def test_denied_and_planned_are_told_apart_from_what_happened() -> None:
    texts = {
        "The army denied that it had bombed Goma on Monday.": "not_asserted",
        "Ministers will meet in Doha on Friday.": "planned",
        "Ministers met in Doha on Tuesday.": "happened",
    }
    for text, status in texts.items():
        assert events_of(text)["status"].tolist() == [status], text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "If rebels seized Goma in May, thousands would flee."),
        ("en", "If Goma were attacked in May, the road would stay shut."),
        ("fr", "Si les rebelles attaquaient Goma en mai, des milliers de gens fuiraient."),
        ("es", "Si los rebeldes atacaran Goma en mayo, miles de personas huirían."),
        ("de", "Sollten Rebellen Goma im Mai einnehmen, würden Tausende fliehen."),
        ("de", "Wenn Rebellen Goma im Mai einnehmen, werden Tausende fliehen."),
        ("pt", "Se os rebeldes atacassem Goma em maio, milhares de pessoas fugiriam."),
        ("ar", "إذا سيطر المتمردون على غوما في مايو فسيفر الآلاف."),
    ],
)
def test_what_hangs_on_a_condition_is_no_fact_and_to_come(language: str, text: str) -> None:
    row = events_of(text, language).iloc[0]
    assert row["status"] == "not_asserted"
    assert row["start"] > pd.Timestamp(PUBLISHED).date()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Rebels seized Goma in March 2021. Ministers are due to meet in Doha in May."),
        ("fr", "Goma est tombée en mars 2021. Un sommet doit se tenir à Doha en novembre."),
    ],
)
def test_what_is_to_come_is_in_no_year_told_before(language: str, text: str) -> None:
    row = events_of(text, language).iloc[-1]
    assert (row["status"], row["start"].year) == ("planned", 2024)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The war of 2006 ended on 14 August."),
        ("en", "The 2006 war ended on 14 August."),
        ("fr", "La guerre de 2006 s'était achevée le 14 août."),
    ],
)
def test_a_year_in_a_name_is_no_other_event(language: str, text: str) -> None:
    assert events_of(text, language)["start"].astype(str).tolist() == ["2006-08-14"]


def test_the_day_of_a_dateline_dates_no_other_deed() -> None:
    rows = events_of("GOMA, Jan 25 (Wire) - Rebels attacked Bukavu on January 23.")
    assert rows["start"].astype(str).tolist() == ["2024-01-23"]
    rows = events_of("GOMA, Jan 25 - Rebels attacked Bukavu.")
    assert rows["start"].astype(str).tolist() == ["2024-01-25"]


def test_who_did_it_to_whom() -> None:
    row = events_of("Israeli jets bombed Hamas positions in Gaza on Monday.").iloc[0]
    assert (list(row["actors"]), list(row["recipients"])) == (["Israel"], ["Hamas"])
    row = events_of("Hamas positions in Gaza were bombed by Israeli jets on Monday.").iloc[0]
    assert (list(row["actors"]), list(row["recipients"])) == (["Israel"], ["Hamas"])
    assert row["direction"] == "directed"
    assert row["place"] == "Gaza"


def test_sources_that_differ_are_kept_side_by_side() -> None:
    texts = [
        "Gunmen killed 14 soldiers in an ambush near Djibo on Monday.",
        "Gunmen killed 20 soldiers in an ambush near Djibo on Monday.",
    ]
    table = extract([Report(text, "en", PUBLISHED) for text in texts]).table
    row = table.events.iloc[0]
    assert len(table.events) == 1
    assert (row["sources"], row["agreement"]) == (2, "differ_toll")
    assert (row["killed_low"], row["killed_high"]) == (14, 20)
    assert table.mentions["sentence"].tolist() == texts


@given(st.dates(date(1990, 1, 1), date(2050, 1, 1)), st.sampled_from(["Monday", "last week"]))
def test_a_phrase_moves_with_its_day_of_publication(day: date, phrase: str) -> None:
    text = f"Rebels attacked {phrase}."
    (first,) = read_phrases(Report(text, "en", day))
    (second,) = read_phrases(Report(text, "en", date.fromordinal(day.toordinal() + 7)))
    assert first.range and second.range
    assert second.range.start.toordinal() - first.range.start.toordinal() == 7


@given(st.text(max_size=300), st.sampled_from(["fr", "en", "es", "de"]))
def test_any_text_is_read_and_its_offsets_hold(text: str, language: str) -> None:
    report = Report(text, language, PUBLISHED)
    for phrase in read_phrases(report):
        assert text[phrase.start : phrase.end] == phrase.text
        if phrase.range and phrase.range.end:
            assert phrase.range.start <= phrase.range.end
    read_mentions(report)


@settings(deadline=None)
@given(st.integers(1, 5))
def test_a_sentence_repeated_gives_its_event_once(times: int) -> None:
    assert len(events_of("Rebels seized Goma on Monday. " * times)) == 1
