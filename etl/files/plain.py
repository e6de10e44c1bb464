"""Read bytes as text: UTF-8, UTF-16, or an older code page of Windows."""

from etl.model import ReportError

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_LATIN, _ARABIC = "cp1252", "cp1256"
_ARABIC_LETTERS = range(0x0600, 0x0700)


def decode(content: bytes, where: str) -> str:
    """The text, its line ends as `\\n`. Raises ReportError where the bytes are no text."""
    marked = next((name for mark, name in _MARKS.items() if content.startswith(mark)), None)
    if b"\0" in content and marked != "utf-16":
        raise ReportError(f"{where}: a binary file, not text: save the report as text")
    for encoding in [marked] if marked else ["utf-8", _guess_page(content)]:
        try:
            text = content.decode(encoding)
            return text.replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise ReportError(f"{where}: not text in UTF-8 or Windows-1252: save it as UTF-8")


def _guess_page(content: bytes) -> str:
    """Arabic where nearly all letters beyond ASCII are Arabic, and most letters are beyond it."""
    sample = content[:10_000].decode(_ARABIC, "replace")
    letters = [letter for letter in sample if letter.isalpha()]
    beyond = [letter for letter in letters if not letter.isascii()]
    arabic = sum(ord(letter) in _ARABIC_LETTERS for letter in beyond)
    return _ARABIC if 2 * len(beyond) > len(letters) and 10 * arabic > 9 * len(beyond) else _LATIN
