"""What the README says is so: its commands, its files, its registries."""

import re
from pathlib import Path

import pytest

from dashboard.charts.figures import CHARTS
from dashboard.cli import main
from dashboard.exports.formats import EXPORTS
from etl.files.reports import READERS

ROOT = Path(__file__).parent.parent
NAMES = {
    ".txt": "text",
    ".md": "markdown",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "json lines",
    ".ndjson": "json lines",
    "timelinejs.json": "timelinejs",
    "3x.png": "3×",
    "acled.zip": "acled",
    "ucdp.zip": "ucdp",
    "records.zip": "rows of data sets",
    "ics": "icalendar",
}
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_two_commands_of_one_line_each_do_all_the_set_up() -> None:
    commands = re.findall(r"```sh\n(.+?)\n```", README, re.DOTALL)
    assert len(commands) == 2
    assert not any("\n" in command for command in commands)
    first, second = commands
    assert first.endswith(".venv/bin/conflict-timeline")
    assert second.endswith("python -m pytest")


def test_the_checks_of_the_project_run_the_command_of_the_readme() -> None:
    assert "grep -m 1 'python -m pytest' README.md" in (ROOT / ".ci" / "run").read_text()


@pytest.mark.parametrize("path", re.findall(r"\]\((tests/[^)]+)\)", README))
def test_pictures_are_there(path: str) -> None:
    assert (ROOT / path).is_file()


@pytest.mark.parametrize(
    "path", re.findall(r"^    ((?:data|etl|dashboard|tests)/\S*)", README, re.M)
)
def test_folders_are_there(path: str) -> None:
    assert (ROOT / path).is_dir()


@pytest.mark.parametrize(
    "words", re.findall(r"^    conflict-timeline ([a-z]+ [A-Z].*|serve .*)$", README, re.M)
)
def test_commands_and_their_options_exist(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    command, *rest = words.split()
    with pytest.raises(SystemExit):
        main([command, "--help"])
    told = capsys.readouterr().out
    for option in re.findall(r"--[a-z-]+", " ".join(rest)):
        assert option in told


def test_formats_are_named() -> None:
    for name in EXPORTS:
        assert NAMES.get(name, name).casefold() in README.casefold(), name
    for suffix in READERS:
        assert NAMES.get(suffix, suffix[1:]).casefold() in README.casefold(), suffix
    assert "timeline" in CHARTS
