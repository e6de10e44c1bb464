"""The same answers from every engine: PostgreSQL and Spark against DuckDB, question by question."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small_table import EVENTS, make_small_table
from test_crowds import make_many

from dashboard import counts, paging, query, relations, whereabouts
from dashboard.charts.lanes import GROUPS, ORDERS, Wish
from dashboard.cli import main
from dashboard.densities import count_in_lanes
from dashboard.engines import load_engine, open_engine
from dashboard.paging import Condition, select_page
from dashboard.query import Filters, Tables, open_tables
from dashboard.relations import count_relations
from dashboard.whereabouts import count_by_place
from etl.model import TableError
from etl.tables.table import PARTS, read_table, write_table
from etl.vocabulary import data_folder

MUST = "CONFLICT_TIMELINE_ENGINES"  # set where every engine must be there
HOME = Path("/usr/lib/postgresql")  # where Debian puts the programs of PostgreSQL


def miss(what: str) -> None:
    """Skip for want of an engine, or fail where all must be tried."""
    if os.environ.get(MUST):
        pytest.fail(f"{what} is missing, and {MUST} is set")
    pytest.skip(f"{what} is missing")


def find_program(name: str) -> Path:
    found = [*sorted(HOME.glob(f"*/bin/{name}")), *map(Path, filter(None, [shutil.which(name)]))]
    if not found:
        miss("PostgreSQL")
    return found[-1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table with every kind of event, and very many."""
    made = make_small_table([*EVENTS, *make_many(1_500)])
    return write_table(made, tmp_path_factory.mktemp("engines") / "t")


@pytest.fixture(scope="module")
def here(folder: Path) -> Tables:
    return open_tables(folder)


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL of our own; as root it runs as its own user, as it must."""
    initdb, pg_ctl = find_program("initdb"), find_program("pg_ctl")
    if not find_spec("psycopg"):
        miss("the extra [postgres]")
    place = Path(tempfile.mkdtemp(prefix="postgres-"))
    user: dict[str, Any] = {}
    if os.getuid() == 0:
        user = {"user": "postgres", "group": "postgres", "extra_groups": []}
        shutil.chown(place, "postgres", "postgres")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    def run(*words: str) -> None:
        subprocess.run(words, check=True, cwd=place, stdout=subprocess.DEVNULL, **user)

    data = str(place / "data")
    run(str(initdb), "-D", data, "-U", "analyst", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-p {port} -k {place} -h 127.0.0.1 -c fsync=off"
    run(str(pg_ctl), "-D", data, "-w", "-l", str(place / "log"), "-o", options, "start")
    try:
        yield f"postgres://analyst@127.0.0.1:{port}/postgres"
    finally:
        run(str(pg_ctl), "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(scope="module")
def spark() -> str:
    """The address of a Spark with two workers, each a process of its own."""
    if not shutil.which("java"):
        miss("Java")
    if not find_spec("pyspark"):
        miss("the extra [spark]")
    return "local-cluster[2,1,1024]"


@pytest.fixture(scope="module", params=["postgres", "spark"])
def there(request: pytest.FixtureRequest, folder: Path) -> Tables:
    """The same table on an engine."""
    url = request.getfixturevalue(request.param)
    if request.param == "spark":
        return open_engine(url, [folder])
    load_engine(folder, url)
    return open_engine(url)


def choose_filters(tables: Tables) -> list[Filters]:
    """All for PostgreSQL; for Spark, where each question takes a second, one of every kind."""
    return FILTERS if tables.folder is None else FILTERS[3:8:2]


FILTERS = [
    Filters(),
    Filters(not_asserted=True),
    Filters(actors=("Front 1",)),
    Filters(actors=("Front 1", "Iraq", "Front 0")),
    Filters(types=("battle", "protest"), start=date(2003, 1, 1), end=date(2004, 12, 31)),
    Filters(actors=("Front 2",), start=date(2003, 2, 3), end=date(2003, 2, 9)),
    Filters(end=date(2002, 12, 31)),
    Filters(text="ETE AVOUE"),
    Filters(text="l'ete toersk"),
    Filters(text="100% _"),
    Filters(text="event", actors=("Iraq",), start=date(2003, 7, 1)),
    Filters(places=("IRQ", "Baghdad"), sources=("s1",)),
]
ASKED = [Condition("title", words="ÉVENT"), Condition("actors", names=("Front 1", "Iraq"))]
BY_FILTERS: dict[str, Callable[[Tables, Filters], Any]] = {
    "select_events": lambda t, f: query.select_events(t, f).to_dict("records"),
    "list_events": lambda t, f: query.list_events(t, f, 7),
    "fetch_events": lambda t, f: query.fetch_events(t, f).to_pylist(),
    "select_told": query.select_told,
    "count_shown": counts.count_shown,
    "count_surely": counts.count_surely,
    "count_events": counts.count_events,
    "count_by_bin": lambda t, f: counts.count_by_bin(t, f).to_dict("records"),
    "count_relations": count_relations,
    "count_by_place": count_by_place,
    "select_page": lambda t, f: select_page(
        t, f, order=[("killed", True)], conditions=ASKED, most=9
    ),
    "add_sources": lambda t, f: query.add_sources(t, query.list_events(t, f)),
    "first_step": lambda t, f: query.select_step(t, f, None, True),
    "last_step": lambda t, f: query.select_step(t, f, None, False),
    "next_step": lambda t, f: query.select_step(t, f, query.select_event(t, "raid"), True),
    "step_back": lambda t, f: query.select_step(t, f, query.select_event(t, "raid"), False),
}
OF_ALL: dict[str, Callable[[Tables], Any]] = {
    "find_days": query.find_days,
    "find_published": query.find_published,
    "select_event": lambda t: query.select_event(t, "siege"),
    "no_event": lambda t: query.select_event(t, "none"),
    "select_mentions": lambda t: query.select_mentions(t, "raid"),
    "select_undated": query.select_undated,
    "select_sources": query.select_sources,
    "select_source": lambda t: query.select_source(t, query.select_sources(t)[0]["source_id"]),
    "select_told_in": lambda t: query.select_told_in(t, query.select_sources(t)[0]["source_id"]),
    "list_actors": counts.list_actors,
    "list_types": counts.list_types,
    "list_places": counts.list_places,
    "list_countries": counts.list_countries,
}
SPANS = [
    (date(2001, 1, 1), date(2010, 12, 31)),
    (date(2003, 2, 1), date(2003, 4, 1)),
    (date(2003, 2, 1), date(2004, 12, 31)),
]


def test_every_question_is_asked_here() -> None:
    asked = {
        name
        for module in (query, counts, relations, whereabouts, paging)
        for name in vars(module)
        if name.startswith(("select_", "find_", "list_", "count_"))
        if vars(module)[name].__module__ == module.__name__
    }
    asked -= {"find_rules", "find_told", "find_numbers"}  # parts of questions
    assert asked <= {*BY_FILTERS, *OF_ALL, "select_step"}


@pytest.mark.parametrize("question", BY_FILTERS)
def test_an_engine_answers_alike(here: Tables, there: Tables, question: str) -> None:
    ask = BY_FILTERS[question]
    for filters in choose_filters(there):
        assert ask(there, filters) == ask(here, filters), filters


@pytest.mark.parametrize("question", OF_ALL)
def test_an_engine_knows_the_same(here: Tables, there: Tables, question: str) -> None:
    assert OF_ALL[question](there) == OF_ALL[question](here)


@pytest.mark.parametrize("by", GROUPS)
def test_an_engine_counts_the_same_in_lanes(here: Tables, there: Tables, by: str) -> None:
    for filters, order, span in zip(
        choose_filters(there), cycle(ORDERS), cycle(SPANS), strict=False
    ):
        wish = Wish(by=by, order=order, by_hand=("Iraq",))
        one, other = (count_in_lanes(tables, filters, wish, span, 150) for tables in (here, there))
        assert (one.lanes, one.families, one.edges) == (other.lanes, other.families, other.edges)
        assert np.array_equal(one.surely, other.surely), (filters, wish, span)
        assert np.array_equal(one.possibly, other.possibly), (filters, wish, span)


def test_what_is_no_table_is_left_alone(postgres: str, folder: Path) -> None:
    with pytest.raises(TableError, match="public: exists and is no table"):
        load_engine(folder, f"{postgres}/public")
    with pytest.raises(TableError, match="holds no table of this version"):
        open_engine(f"{postgres}/public")
    with pytest.raises(TableError, match="start PostgreSQL there"):
        open_engine("postgres://analyst@127.0.0.1:1/postgres")
    with pytest.raises(TableError, match="no engine that was tried"):
        open_engine("mysql://127.0.0.1/x")


def test_reports_read_on_spark_give_the_same_table(spark: str, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for path in (data_folder() / "reports").iterdir():
        shutil.copy(path, folder)
    (folder / "copy.txt").write_text("On 3 June 2019, a bomb killed 7 people in Baghdad.\n")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 and no more")
    told = [str(folder), "--out"]
    assert main(["extract", *told, str(tmp_path / "one")]) == 1
    assert main(["extract", *told, str(tmp_path / "many"), "--engine", spark]) == 1
    one, many = (read_table(tmp_path / name) for name in ("one", "many"))
    assert len(one.sources) == 3
    for part in PARTS:
        assert getattr(one, part).equals(getattr(many, part)), part
    assert main(["extract", *told, str(tmp_path / "many"), "--engine", spark]) == 2
