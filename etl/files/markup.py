"""Read a web page: its article, and what the page says of it."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import trafilatura
from lxml import etree, html

from etl.files.drafts import Draft
from etl.model import ReportError

_DEEPEST = 250
_MOST_TAGS = 200_000
_TAG = re.compile(rb"<(/?)([a-zA-Z][\w:-]{0,30})")
_VOID = {b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta",
         b"p", b"li", b"source", b"td", b"tr", b"th", b"track", b"wbr"}  # fmt: skip
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "pubdate",
    "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued", "parsely-pub-date",
    "sailthru.date", "publication_date", "article.published",
)  # fmt: skip
_TITLE = ("og:title", "twitter:title", "dc.title")
_PUBLISHER = ("og:site_name", "dc.publisher", "application-name")
_ARTICLES = ("NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "Report", "WebPage")
_MOST_SCRIPTS = 50


def read_html(content: bytes, where: str) -> Draft:
    """The article of a page with title, day, publisher and address. Raises ReportError."""
    if _is_too_deep(content):
        raise ReportError(f"{where}: a page of too many nested parts: save its text alone")
    try:
        tree = html.document_fromstring(content, parser=html.HTMLParser(remove_comments=True))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise ReportError(f"{where}: no page that can be read: save its text alone") from error
    facts = _read_facts(tree)
    try:
        text = trafilatura.extract(tree, include_comments=False, include_tables=True) or ""
    except (etree.LxmlError, ValueError, RecursionError) as error:
        raise ReportError(f"{where}: no page that can be read: save its text alone") from error
    if not text.strip():
        raise ReportError(f"{where}: no article in this page: save its text alone")
    return Draft(text, facts, "page")


def _is_too_deep(content: bytes) -> bool:
    """Whether tags are nested deeper, or are more, than in any page that people write."""
    depth = 0
    for number, tag in enumerate(_TAG.finditer(content)):
        if tag[2].lower() not in _VOID:
            depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > _DEEPEST or number > _MOST_TAGS:
            return True
    return False


def _read_facts(tree: Any) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        metas.setdefault(name.lower(), (meta.get("content") or "").strip())
    linked = list(_read_linked_data(tree))
    marked = tree.xpath("//time[@pubdate or @itemprop='datePublished']")
    times = [one.get("datetime") or "" for one in marked]
    days = [metas.get(name, "") for name in _PUBLISHED[:2]]
    days += [str(one.get("datePublished", "")) for one in linked]
    days += [metas.get(name, "") for name in _PUBLISHED[2:]]
    found = {
        "published": next((day for one in [*days, *times] if (day := _find_day(one))), ""),
        "title": _first(metas, _TITLE) or _say(linked, "headline") or _find_title(tree),
        "publisher": _first(metas, _PUBLISHER) or _say_publisher(linked),
        "url": _find_url(tree, metas),
        "language": (tree.get("lang") or "").partition("-")[0].lower(),
    }
    return {name: value.strip() for name, value in found.items() if value.strip()}


def _read_linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """The articles that the page describes as JSON-LD."""
    scripts = tree.xpath("//script[@type='application/ld+json']")[:_MOST_SCRIPTS]
    for script in scripts:
        try:
            held = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for one in held if isinstance(held, list) else [held]:
            graph = one.get("@graph") if isinstance(one, dict) else None
            for item in graph if isinstance(graph, list) else [one]:
                if isinstance(item, dict) and _is_article(item.get("@type")):
                    yield item


def _is_article(kind: Any) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(one in _ARTICLES for one in kinds)


def _find_day(text: str) -> str:
    """The day as 2024-01-25, or nothing where it is not written so."""
    try:
        return datetime.fromisoformat(text.strip().replace("Z", "+00:00")).date().isoformat()
    except ValueError:
        return ""


def _find_title(tree: Any) -> str:
    return tree.findtext(".//title") or ""


def _find_url(tree: Any, metas: dict[str, str]) -> str:
    links = [one.get("href") or "" for one in tree.iter("link") if one.get("rel") == "canonical"]
    for url in [*links, metas.get("og:url", "")]:
        parts = urlsplit(url) if "[" not in url else None
        if parts and parts.scheme in ("http", "https") and parts.netloc:
            return url
    return ""


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str:
    return next((metas[name] for name in names if metas.get(name)), "")


def _say(linked: list[dict[str, Any]], key: str) -> str:
    return next((one[key] for one in linked if isinstance(one.get(key), str)), "")


def _say_publisher(linked: list[dict[str, Any]]) -> str:
    publishers = [one.get("publisher") for one in linked]
    return _say([one for one in publishers if isinstance(one, dict)], "name")
