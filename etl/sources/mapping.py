"""What maps to what: each format's columns and what they become, in words for a reader."""

from etl.sources.descriptions import Description, load_descriptions

_HEAD = (
    "# What maps to what\n\n"
    "Each format that `conflict-timeline import` reads, as its description beside this file says.\n"
    "Whatever is not listed as ignored, or in an open format stays in the record, is refused.\n"
)


def list_formats() -> str:
    """All formats as Markdown, a section each."""
    return "\n".join([_HEAD, *map(_list_format, load_descriptions().values())]).rstrip()


def _list_format(one: Description) -> str:
    head = f"## {one.name}: {one.title}\n"
    if one.refused:
        return f"{head}\nKnown by {_join(one.marks)}. Refused: {one.refused}.\n"
    facts = [
        ("Publisher", " ".join(part for part in (one.publisher, one.url) if part)),
        ("Licence", one.licence),
        ("To cite", one.cite),
        ("Known by", _join(one.marks)),
        ("A row is known by", _join(one.key) or "all that it holds"),
        ("Not kept unless asked for", f"rows {one.left_out}" if one.kept else ""),
        ("Ignored, but in the record", _join(one.ignored)),
        ("Further columns", "stay in the record" if one.open else "refused"),
    ]
    rows = [("our column", "what it is"), ("---", "---")]
    rows += [(ours, f"`{' '.join(how.split())}`") for ours, how in one.events.items()]
    rows += [] if one.sentence == "null" else [("sentence", f"`{one.sentence}`")]
    lines = [f"- {name}: {said}" for name, said in facts if said]
    table = [f"| {ours} | {how.replace('|', chr(92) + '|')} |" for ours, how in rows]
    return "\n".join([head, *lines, "", *table, ""])


def _join(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
