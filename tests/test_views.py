"""The view in the address: written, read back, and what is ignored said."""

from datetime import date

import pytest
from small_table import make_small_table

from dashboard.charts.lanes import Wish
from dashboard.query import Filters, Tables, open_tables
from dashboard.views import View, read_address, write_address
from etl.tables.table import write_table

WHOLE = View(
    Filters(
        ("United States",),
        ("air_or_missile_strike",),
        date(2003, 1, 1),
        date(2020, 12, 31),
        "a&b",
        True,
    ),
    (date(2003, 3, 20), date(2011, 12, 18)),
    "raid",
    Wish("type", "first", ("statement",), ("negotiation",), ("bombing", "deployment")),
    "fr",
    "dark",
    "A & B",
)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return open_tables(write_table(make_small_table(), tmp_path_factory.mktemp("v") / "small"))


def test_an_address_gives_back_its_view(tables: Tables) -> None:
    assert read_address(write_address(WHOLE), tables) == (WHOLE, [])
    assert read_address("http://127.0.0.1:8050/" + write_address(WHOLE), tables) == (WHOLE, [])
    assert write_address(View()) == "" and read_address("", tables) == (View(), [])


@pytest.mark.parametrize(
    "part",
    ["actor=Nobody", "type=picnic", "from=MMIII", "to=99999", "from=9999999999",
     "zoom=2003..2004", "event=none", "report=none",
     "language=tlh", "lanes=moon", "order=none", "theme=pink", "denied=maybe", "colour=red",
     "place=Moon", "source=no",
     "zoom=2004-01-01..2003-01-01"],
)  # fmt: skip
def test_nonsense_is_ignored_and_said(part: str, tables: Tables) -> None:
    assert read_address(f"?{part}&text=raid", tables) == (View(Filters(text="raid")), [part])


def test_years_the_wrong_way_round_are_ignored(tables: Tables) -> None:
    assert read_address("?from=2020&to=2003", tables) == (View(), ["from=2020", "to=2003"])


def test_an_endless_address_is_not_read(tables: Tables) -> None:
    view, ignored = read_address("?text=" + "a" * 10_000, tables)
    assert view == View() and len(ignored) == 1
    view, ignored = read_address("?" + "&text=a" * 1000, tables)
    assert view == View() and len(ignored) == 1
