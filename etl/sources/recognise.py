"""Which format a file has, by its columns."""

from collections.abc import Collection, Sequence
from pathlib import Path

from etl.model import TableError
from etl.sources.descriptions import Description, load_descriptions


def recognise(
    path: Path, columns: Sequence[str], name: str | None = None, named: Collection[str] = ()
) -> Description:
    """The format of that name, or the one whose marks all stand among the columns.

    `named` are columns of ours that the user has named among theirs.

    Raises TableError where there is none, where the file holds no events, or a column is strange.
    """
    known, have = load_descriptions(), {column.lower() for column in (*columns, *named)}
    if name and name not in known:
        raise TableError(f"{name!r} is no format: use one of {', '.join(known)}")
    found = known[name] if name else find_format(columns)
    if found is None:
        seen = ", ".join(list(columns)[:6])
        raise TableError(
            f"{path}: columns {seen} …: no known format: name them, as in "
            "--columns 'start=Date, title=What', or give --format NAME"
        )
    if found.refused:
        raise TableError(f"{path}: {found.refused}")
    if lacking := [one for one in found.marks if one not in have]:
        remedy = "name it with --columns" if found.named else f"no file of {found.name}"
        raise TableError(f"{path}: column {lacking[0]} is missing: {remedy}")
    if strange := list_strange(columns, found):
        if found.open:
            return found
        raise TableError(
            f"{path}, line 1: column {strange[0]!r} is not known to {found.name}: remove it, "
            f"or name it as ignored in the description of {found.name}"
        )
    return found


def find_format(columns: Sequence[str]) -> Description | None:
    """The format whose marks all stand among the columns, the one with most of them; or None."""
    have = {column.lower() for column in columns}
    formats = [one for one in load_descriptions().values() if not one.named]
    fitting = [one for one in formats if have.issuperset(one.marks)]
    return max(fitting, key=lambda one: len(one.marks), default=None)


def list_strange(columns: Sequence[str], description: Description) -> list[str]:
    """The columns that the format does not know."""
    known = {column.lower() for column in description.known}
    return [one for one in columns if one.lower() not in known]
