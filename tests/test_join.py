"""Several tables opened together."""

from small_table import make_small_table

from etl.tables.join import join_tables
from etl.tables.table import Table, check_table


def rename(table: Table) -> Table:
    """The same rows from other sources."""
    return Table(
        table.events,
        table.mentions.assign(source_id=table.mentions["source_id"] + "-other"),
        table.sources.assign(source_id=table.sources["source_id"] + "-other"),
    )


def test_the_same_table_twice_is_itself() -> None:
    once = make_small_table()
    twice = check_table(join_tables([once, once]))
    assert len(twice.sources) == len(once.sources)
    assert len(twice.mentions) == len(once.mentions)


def test_events_of_other_sources_stand_beside_and_keep_them() -> None:
    once = make_small_table()
    told = once.mentions["event_id"].dropna().nunique()
    both = check_table(join_tables([once, rename(once)]))
    assert len(both.sources) == 2 * len(once.sources)
    assert both.events["event_id"].is_unique and len(both.events) == 2 * told
    assert set(both.mentions["event_id"].dropna()) == set(both.events["event_id"])
