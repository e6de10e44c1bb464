"""No text takes long: twice the length costs about twice the work, whatever is written in it."""

import cProfile

import pytest
from worst import Case, make_few_cases, measure

from etl.vocabulary import list_languages

SHORT, LONG = 2_500, 5_000
MOST = 2.6  # times the calls of functions, for twice the length
WARM = [Case("warm up", ".txt", language, b"Monday 3 May") for language in list_languages()]
PAIRS = [
    pytest.param(*pair, id=f"{pair[0].language}-{number}")
    for number, pair in enumerate(
        zip(make_few_cases(SHORT), make_few_cases(LONG), strict=True), start=1
    )
]


@pytest.fixture(scope="module", autouse=True)
def everything_is_loaded() -> None:
    for case in (*make_few_cases(100), *WARM):
        measure(case)


def count_calls(case: Case) -> int:
    """How many functions are called to read a case: the same on any machine."""
    profile = cProfile.Profile()
    profile.runcall(measure, case)
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize(("short", "long"), PAIRS)
def test_twice_the_length_is_about_twice_the_work(short: Case, long: Case) -> None:
    once, twice = count_calls(short), count_calls(long)
    assert twice <= MOST * once, f"{long.name}: {once} calls, then {twice}"
