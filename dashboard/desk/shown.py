"""What a visitor sees: their own reports beside the table that is served to everybody."""

import shutil
from pathlib import Path

from dashboard.desk.visitors import Visitor
from etl.tables.join import join_tables
from etl.tables.table import INDEXED_FROM, check_parts, read_table, write_table


def show_beside(served: Path | None, visitor: Visitor) -> Path:
    """The folder of the table to show. Beside a large table, or none here, theirs stands alone."""
    own = visitor.folder / "own"
    if served is None or check_parts(served) >= INDEXED_FROM:
        return own
    for old in visitor.folder.glob("shown-*"):
        shutil.rmtree(old, ignore_errors=True)
    joined = join_tables([read_table(served), read_table(own)])
    return write_table(joined, visitor.folder / f"shown-{visitor.version}")
