"""How fast a data set becomes a table: `python tests/benchmarks/importing.py [ROWS]`.

Writes a file with the 49 columns of UCDP GED from synthetic events (a million unless a number is
given), imports it in a process of its own, and prints rows a second and the most memory it took;
then again as a newer file, with one row in ten changed.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from synthetic import make_table

_COLUMNS = """
    select cast(row_number() over () as text) as id, '' as relid, year(start) as year,
        1 as active_year, 'Clear' as code_status, 1 as type_of_violence, 1 as conflict_dset_id,
        1 as conflict_new_id, title as conflict_name, 1 as dyad_dset_id, 1 as dyad_new_id,
        sides[1] || ' - ' || sides[2] as dyad_name, 1 as side_a_dset_id, 1 as side_a_new_id,
        sides[1] as side_a, 1 as side_b_dset_id, 1 as side_b_new_id, sides[2] as side_b,
        1 as number_of_sources, 'A newspaper, ' || start || ', "' || title || '"' as source_article,
        'A newspaper' as source_office, start as source_date, title as source_headline,
        'an official' as source_original, 1 as where_prec, place as where_coordinates,
        place || ' town' as where_description, '' as adm_1, '' as adm_2, latitude, longitude,
        'POINT (' || longitude || ' ' || latitude || ')' as geom_wkt, 100000 as priogrid_gid,
        country, 1 as country_id, 'Asia' as region, 1 as event_clarity,
        case precision when 'day' then 1 when 'week' then 3 when 'month' then 4 else 5 end
            as date_prec,
        start as date_start, "end" as date_end, 0 as deaths_a, 0 as deaths_b,
        0 as deaths_civilians, killed as deaths_unknown, coalesce(killed, 0) + {more} as best,
        coalesce(killed, 0) as high, coalesce(killed, 0) as low, 1 as gwnoa, 1 as gwnob
    from (select *, list_concat(list_concat(actors, recipients), others) as sides
        from read_parquet('{events}'))
"""
_SOME_MORE = "case when random() < 0.1 then 1 else 0 end"
_IMPORT = "import sys; from dashboard.cli import main; sys.exit(main(sys.argv[1:]))"


def main(rows: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        make_table(rows, folder / "synthetic")
        print(f"| {rows:,} rows of 49 columns | rows a second | most memory |")
        print("| --- | --- | --- |")
        for name, more in (("first import", "0"), ("newer file", _SOME_MORE)):
            file = folder / "ged.csv"
            query = _COLUMNS.format(events=folder / "synthetic" / "events.parquet", more=more)
            duckdb.sql(f"copy ({query}) to '{file}' (header)")
            command = ["import", str(file), "--out", str(folder / "table")]
            began = time.perf_counter()
            subprocess.run(
                [sys.executable, "-c", _IMPORT, *command], check=True, stdout=subprocess.DEVNULL
            )
            took = time.perf_counter() - began
            most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            size = f"{file.stat().st_size / 1e6:,.0f} MB"
            print(f"| {name}, {size} | {rows / took:,.0f} | {most:,.0f} MB |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
