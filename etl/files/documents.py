"""Read the text of a PDF or of a Word document."""

import io
import re
import zipfile
from collections import Counter
from itertools import chain
from statistics import median

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from lxml import etree
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from etl.files.drafts import Draft
from etl.model import ReportError

_LARGEST_UNPACKED = 200_000_000  # bytes
_MOST_PAGES = 2_000
_EDGE = 2  # lines at the head and at the foot of a page that may repeat
_SHORT = 0.75  # of the usual length: such a line ends a paragraph
_HYPHEN = re.compile(r"(?<=\w)[-\u00ad]$")
_STOP = re.compile(r"[.!?:…»”\"]$")
_FIGURES = re.compile(r"\d+")


def read_pdf(content: bytes, where: str) -> Draft:
    """The text of a PDF, its lines joined to paragraphs. Raises ReportError."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReportError(f"{where}: a PDF with a password: save it without")
        if len(reader.pages) > _MOST_PAGES:
            raise ReportError(f"{where}: over {_MOST_PAGES} pages: cut it into parts")
        pages = [page.extract_text().splitlines() for page in reader.pages]
        title = str((reader.metadata and reader.metadata.title) or "").strip()
    except ReportError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError,
            RecursionError, OSError, NotImplementedError, AssertionError) as error:  # fmt: skip
        raise ReportError(f"{where}: a damaged PDF: open it and save it anew") from error
    text = _join_lines(_drop_repeated(pages))
    if not text.strip():
        raise ReportError(f"{where}: a PDF without text, a scan: recognise its text first")
    return Draft(text, {"title": title} if title else {}, "document")


def read_docx(content: bytes, where: str) -> Draft:
    """The paragraphs and table rows of a Word document, a line each. Raises ReportError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _LARGEST_UNPACKED:
                raise ReportError(f"{where}: unpacks to over {_LARGEST_UNPACKED // 10**6} MB")
        document = docx.Document(io.BytesIO(content))
        blocks = [
            "\n".join(" · ".join(cell.text for cell in row.cells) for row in block.rows)
            if isinstance(block, Table)
            else block.text
            for block in document.iter_inner_content()
        ]
        title = document.core_properties.title.strip()
    except ReportError:
        raise
    except (zipfile.BadZipFile, PackageNotFoundError, etree.LxmlError, KeyError, ValueError,
            AttributeError, NotImplementedError, RuntimeError, OSError) as error:  # fmt: skip
        raise ReportError(f"{where}: a damaged document: open it and save it anew") from error
    text = "\n\n".join(block.strip() for block in blocks if block.strip())
    return Draft(text, {"title": title} if title else {}, "document")


def _drop_repeated(pages: list[list[str]]) -> list[str]:
    """All lines but those that most pages share at their head or foot, page numbers aside."""
    kept = [[line.strip() for line in page if line.strip()] for page in pages]
    edges = Counter(
        fold
        for page in kept
        for fold in {_FIGURES.sub("0", line) for line in page[:_EDGE] + page[-_EDGE:]}
    )
    repeated = {fold for fold, n in edges.items() if n > 2 and 2 * n > len(kept)}

    def is_kept(page: list[str], place: int) -> bool:
        at_edge = place < _EDGE or place >= len(page) - _EDGE
        return not (at_edge and _FIGURES.sub("0", page[place]) in repeated)

    return list(
        chain.from_iterable(
            (page[place] for place in range(len(page)) if is_kept(page, place)) for page in kept
        )
    )


def _join_lines(lines: list[str]) -> str:
    """The lines as paragraphs: one ends where a line stops short at the end of a sentence."""
    if not lines:
        return ""
    usual = median(len(line) for line in lines)
    parts = []
    for line in lines:
        if _HYPHEN.search(line):
            parts.append(line[:-1])
        elif len(line) < _SHORT * usual and _STOP.search(line):
            parts.append(line + "\n\n")
        else:
            parts.append(line + " ")
    return "".join(parts).strip()
