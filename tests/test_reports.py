"""A report is read whole, or refused in one line that says where, what and how to mend it."""

from datetime import date
from pathlib import Path

import pytest

from etl.files.reports import read_report
from etl.model import ReportError


def write(folder: Path, content: str | bytes, name: str = "report.txt") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_front_matter_is_read_and_counted_in_the_offsets(tmp_path: Path) -> None:
    text = (
        '---\ntitle: "A raid"\nlanguage: en\npublished: 2024-01-25\npublisher: The Desk\n'
        "url: https://example.org/raid\n---\nA raid.\n"
    )
    report = read_report(write(tmp_path, text))
    assert (report.title, report.language, report.publisher) == ("A raid", "en", "The Desk")
    assert report.published == date(2024, 1, 25)
    assert report.text == text
    assert report.text[report.body :] == "A raid.\n"


def test_options_win_over_front_matter(tmp_path: Path) -> None:
    path = write(tmp_path, "---\nlanguage: en\npublished: 2024-01-25\n---\nUn raid.\n")
    report = read_report(path, published=date(2020, 1, 1), language="fr")
    assert (report.published, report.language) == (date(2020, 1, 1), "fr")
    assert report.published_from == "option"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Les rebelles ont pris la ville lundi, selon l'armée.", "fr"),
        ("Rebels took the town on Monday, the army said.", "en"),
    ],
)
def test_the_language_is_found(tmp_path: Path, text: str, code: str) -> None:
    assert read_report(write(tmp_path, text)).language == code


def test_old_windows_letters_and_line_ends_are_read(tmp_path: Path) -> None:
    report = read_report(write(tmp_path, "Frappé en été.\r\nTué.\r\n".encode("cp1252")))
    assert report.text == "Frappé en été.\nTué.\n"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "empty"),
        (" \n\t\n", "empty"),
        (b"\x00\x01\x02PNG", "binary"),
        ("---\ntitle: [a\n---\nText.\n", "front matter is no YAML"),
        ("---\ntitle: A raid\n\nText.\n", "no closing ---"),
        ("---\n- a\n- b\n---\nText.\n", "no list of `key: value`"),
        ("---\na: " + "[" * 9000 + "\n---\nText.\n", "no list of `key: value`"),
        ("---\na: &a {b: 1}\nc: {<<: [*a, *a]}\n---\nText.\n", "no list of `key: value`"),
        ("---\npublished: 2024-13-45\n---\nText.\n", "correct the value"),
        ("---\npublished: soon\n---\nText.\n", "is no day"),
        ("---\ntitle: [a, b]\n---\nText.\n", "one value is expected"),
        ("---\nlanguage: xx\n---\nText.\n", "language 'xx' is not known"),
    ],
)
def test_bad_input_gets_one_line(tmp_path: Path, content: str | bytes, says: str) -> None:
    path = write(tmp_path, content)
    with pytest.raises(ReportError) as caught:
        read_report(path)
    message = str(caught.value)
    assert says in message
    assert str(path) in message
    assert "\n" not in message


def test_a_missing_file_and_an_unknown_format_say_so(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="no such file"):
        read_report(tmp_path / "none.txt")
    with pytest.raises(ReportError, match=r"use one of \.txt"):
        read_report(write(tmp_path, "x", "report.xyz"))
    with pytest.raises(ReportError, match="check"):
        read_report(write(tmp_path, "x", "a.txt").parent / "a.txt" / "b.txt")
