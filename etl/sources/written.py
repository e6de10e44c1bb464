"""Names and texts as SQL writes them."""


def quote_text(text: object) -> str:
    """The text between quotes."""
    return "'" + str(text).replace("'", "''") + "'"


def quote_name(name: str) -> str:
    """The name of a column or table between quotes."""
    return '"' + name.replace('"', '""') + '"'
