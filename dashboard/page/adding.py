"""The button that adds reports; assets/desk.js opens its dialog, with the words given here."""

import json
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.desk.intake import TAKEN
from dashboard.desk.routes import HOME
from dashboard.desk.visitors import LIMITS
from dashboard.page.browser import aria
from dashboard.texts import load_texts, say, say_language
from etl.vocabulary import list_languages


def build_desk(address: str, language: str) -> Component:
    """The button, and all that its dialog says and needs to know.

    `address` is where reports are sent; nothing is built where none are taken.
    """
    if not address:
        return html.Span(hidden=True)
    texts = load_texts(language)["desk"] | {
        "about": say(language, "desk.about", hours=LIMITS.idle // 3600),
        "formats": say(
            language,
            "desk.formats",
            formats=", ".join(one.removeprefix(".") for one in TAKEN),
            megabytes=LIMITS.upload // 10**6,
        ),
        "too_large": say(language, "desk.too_large", megabytes=LIMITS.upload // 10**6),
    }
    known = {
        "texts": texts,
        "languages": [[code, say_language(code, language)] for code in list_languages()],
        "taken": ",".join(TAKEN),
        "most": LIMITS.upload,
        "address": address,
        "is_own": address != HOME,
        "words": language,
    }
    told: dict[str, Any] = {"data-known": json.dumps(known, ensure_ascii=False)}
    return html.Button(
        say(language, "desk.open" if address == HOME else "desk.open_own"),
        id="desk-open",
        className="quiet",
        **told | aria(haspopup="dialog"),
    )
