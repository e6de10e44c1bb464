"""Every list of cues finds what its examples say, and nothing in its counterexamples."""

import re

import pytest

from etl.events.cues import find_arms, find_cues, load_cues, load_types
from etl.vocabulary import list_languages
from etl.words.letters import level_text

CASES = [
    pytest.param(name, code, cues, id=f"{name}-{code}")
    for code in list_languages("cues")
    for name, cues in load_cues(code).items()
]


def test_there_are_eighteen_types_in_six_shapes() -> None:
    types = load_types().values()
    assert len(types) == 18
    assert len({definition["shape"] for definition in types}) <= 6


@pytest.mark.parametrize(("name", "code", "cues"), CASES)
def test_examples_hold_the_cue_they_mark(name: str, code: str, cues: dict[str, list[str]]) -> None:
    assert cues["examples"], "a list of cues without an example"
    for example in cues["examples"]:
        marked = re.search(r"\[(.+?)\]", example)
        assert marked, example
        text = example.replace("[", "").replace("]", "")
        cues_in = find_cues(level_text(text, code), code)
        found = {text[cue.start : cue.end]: cue.type for cue in cues_in}
        assert found.get(marked[1]) == name, f"{example}: {found}"


@pytest.mark.parametrize(("name", "code", "cues"), CASES)
def test_counterexamples_hold_no_such_cue(name: str, code: str, cues: dict[str, list[str]]) -> None:
    assert cues["not"], "a list of cues without a counterexample"
    for text in cues["not"]:
        assert name not in {cue.type for cue in find_cues(level_text(text, code), code)}, text


def test_every_type_but_other_has_cues_in_every_language() -> None:
    for code in list_languages():
        assert {*load_cues(code), "other"} == {*load_types()}, code


def test_arms_decide_the_kind_of_attack() -> None:
    assert find_arms("Le camp a été attaqué au mortier.", "fr") == {"armed_attack"}
    assert find_arms("Drones attacked the camp.", "en") == {"air_or_missile_strike"}
    assert find_arms("Gunmen and rockets", "en") == {"armed_attack", "air_or_missile_strike"}
