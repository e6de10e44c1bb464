"""Which format a file has, by its columns."""

from collections.abc import Sequence
from pathlib import Path

from etl.model import TableError
from etl.sources.descriptions import Description, load_descriptions


def recognise(path: Path, columns: Sequence[str], name: str | None = None) -> Description:
    """The format of that name, or the one whose marks all stand among the columns.

    Raises TableError where there is none, where the file holds no events, or a column is strange.
    """
    known, have = load_descriptions(), {column.lower() for column in columns}
    if name and name not in known:
        raise TableError(f"{name!r} is no format: use one of {', '.join(known)}")
    fitting = [one for one in known.values() if one.marks <= have]
    found = known[name] if name else max(fitting, key=lambda one: len(one.marks), default=None)
    if found is None:
        seen = ", ".join(list(columns)[:6])
        raise TableError(f"{path}: columns {seen} …: no known format: give --format NAME")
    if found.refused:
        raise TableError(f"{path}: {found.refused}")
    if lacking := sorted(found.marks - have):
        raise TableError(f"{path}: column {lacking[0]} is missing: no file of {found.name}")
    if strange := sorted(have - {column.lower() for column in found.known}):
        raise TableError(
            f"{path}, line 1: column {strange[0]!r} is not known to {found.name}: remove it, "
            f"or name it as ignored in the description of {found.name}"
        )
    return found
