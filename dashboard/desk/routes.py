"""The desk over HTTP: reports come in by POST, and each visitor has a page under their own name."""

import ipaddress
import json
import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import flask
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from dashboard.desk.intake import Outcome, Upload, take_in
from dashboard.desk.reader import Busy, Reader, TooSlow
from dashboard.desk.visitors import Limits, Visitor, Visitors
from dashboard.texts import LANGUAGES, say, say_date
from etl.model import ReportError, TableError

HOME = "/desk/"
CONTENT = "application/octet-stream"  # which no page of another site may send unasked
PLAIN = "text/plain; charset=utf-8"
HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
_OPEN_PAGES = 8
_SWEEP = 60  # seconds
_LONGEST_NAME = 120

Wsgi = Callable[..., Any]


class Refusal(Exception):
    """An HTTP status and the text, `desk.NAME`, that says what is wrong and what to do."""

    def __init__(self, status: int, name: str, **slots: object) -> None:
        """Keep them for the answer."""
        super().__init__(name)
        self.status, self.name, self.slots = status, name, slots


class Desk:
    """What answers below /desk/, in front of the page of the table that is served."""

    def __init__(
        self,
        visitors: Visitors,
        limits: Limits,
        show: Callable[[Visitor], Wsgi],
        host: str = "127.0.0.1",
        allowed: bool = False,
        reader: Reader | None = None,
    ) -> None:
        """`show` opens a visitor's page; `host` is where the server listens."""
        self._visitors, self._limits, self._show = visitors, limits, show
        self._host, self.is_open = host, allowed or is_loopback(host)
        self._reader = reader or Reader()
        self._pages: OrderedDict[str, tuple[int, Wsgi]] = OrderedDict()
        self._turn = threading.Lock()
        self._closed = threading.Event()

    def stand_before(self, page: Wsgi) -> Wsgi:
        """The page, with the desk in front of it."""

        def serve(environ: dict[str, Any], start_response: Any) -> Any:
            if not f"{environ.get('PATH_INFO', '')}/".startswith(HOME):
                return page(environ, start_response)
            request = flask.Request(environ)
            try:
                answer = self._answer(request)
            except Refusal as refusal:
                answer = _refuse(refusal, request)
            return answer(environ, start_response)

        return serve

    def sweep(self) -> None:
        """Forget visitors who were not here for the stated time."""
        for token in self._visitors.sweep():
            self._forget(token)

    def sweep_from_now(self) -> None:
        """Forget them in time even while nobody asks for anything."""

        def run() -> None:
            while not self._closed.wait(_SWEEP):
                self.sweep()

        threading.Thread(target=run, daemon=True).start()

    def close(self) -> None:
        """End the reading and the sweeping."""
        self._closed.set()
        self._reader.close()

    def _answer(self, request: flask.Request) -> Wsgi:
        self._check_sender(request)
        self.sweep()
        token, slash, rest = request.path.removeprefix(HOME.rstrip("/")).lstrip("/").partition("/")
        changes = request.method in ("POST", "DELETE") and not rest
        visitor = self._visitors.find(token) if token else None
        if visitor is None and (token or not changes):
            raise Refusal(404, "gone")
        if request.method == "POST" and not rest:
            return _say(self._take_in(request, visitor))
        if visitor is None:
            raise Refusal(405, "gone")
        if request.method == "DELETE" and not rest:
            self._visitors.drop(visitor.token)
            self._forget(visitor.token)
            return _say({"address": "/"})
        if not slash:
            return flask.Response(status=308, headers={"Location": f"{HOME}{token}/"})
        page = self._open(visitor)

        def serve(environ: dict[str, Any], start_response: Any) -> Any:
            own = {"SCRIPT_NAME": f"{HOME}{token}", "PATH_INFO": f"/{rest}"}
            return page(environ | own, start_response)

        return serve

    def _check_sender(self, request: flask.Request) -> None:
        """Let in who asks the address that we listen on, and changes only from our own page."""
        if not self.is_open:
            raise Refusal(403, "closed")
        name = urlsplit(f"//{request.headers.get('Host', '')}").hostname or ""
        if is_loopback(self._host) and not (is_loopback(name) or name == self._host):
            raise Refusal(403, "stranger")
        if request.method in ("GET", "HEAD"):
            return
        origin = request.headers.get("Origin")
        site = request.headers.get("Sec-Fetch-Site", "same-origin")
        if site != "same-origin" or (origin and urlsplit(origin).netloc != request.host):
            raise Refusal(403, "stranger")

    def _take_in(self, request: flask.Request, visitor: Visitor | None) -> dict[str, Any]:
        """Read what was sent; a visitor who is new is kept only if it can be read."""
        upload = self._receive(request)
        kept = visitor or self._visitors.open()
        if kept is None:
            raise Refusal(429, "full")
        try:
            outcomes = self._add(kept, upload)
        except Refusal:
            if visitor is None:
                self._visitors.drop(kept.token)
            raise
        if visitor is None and not kept.version:
            self._visitors.drop(kept.token)
        language = _read_language(request)
        return {
            "address": f"{HOME}{kept.token}/" if kept.version else "",
            "reports": [_tell(one, language) for one in outcomes],
        }

    def _add(self, visitor: Visitor, upload: Upload) -> list[Outcome]:
        with visitor.turn:
            if visitor.taken + len(upload.content) > self._limits.together:
                raise Refusal(413, "too_much", megabytes=self._limits.together // 10**6)
            try:
                outcomes = self._reader.run(
                    take_in, visitor.folder / "own", upload, self._limits.reports
                )
            except Busy as error:
                raise Refusal(429, "busy") from error
            except TooSlow as error:
                raise Refusal(422, "too_slow") from error
            except (ReportError, TableError) as error:
                return [Outcome("refused", upload.name, str(error))]
            if any(one.kind == "read" for one in outcomes):
                visitor.taken += len(upload.content)
                visitor.version += 1
            return outcomes

    def _receive(self, request: flask.Request) -> Upload:
        """The upload in a request, its parts checked. Raises Refusal."""
        most = self._limits.upload
        if request.mimetype != CONTENT:
            raise Refusal(415, "not_sent_here")
        request.max_content_length = most
        try:
            content = request.get_data(cache=False)
        except (RequestEntityTooLarge, ClientDisconnected) as error:
            raise Refusal(413, "too_large", megabytes=most // 10**6) from error
        given = request.args
        try:
            published = date.fromisoformat(given["published"]) if given.get("published") else None
        except ValueError as error:
            raise Refusal(400, "no_day") from error
        return Upload(
            content,
            name_upload(given.get("name", "")),
            published,
            given.get("language") or None,
            given.get("without_day") == "1",
        )

    def _open(self, visitor: Visitor) -> Wsgi:
        """The visitor's page as of what they gave so far; a few are kept open.

        Nobody else waits while it is made.
        """
        page = self._find_page(visitor)
        if page is not None:
            return page
        with visitor.turn:
            page = self._find_page(visitor) or self._show(visitor)
            with self._turn:
                self._pages[visitor.token] = (visitor.version, page)
                while len(self._pages) > _OPEN_PAGES:
                    self._pages.popitem(last=False)
        return page

    def _find_page(self, visitor: Visitor) -> Wsgi | None:
        with self._turn:
            version, page = self._pages.get(visitor.token, (0, None))
            if page is not None:
                self._pages.move_to_end(visitor.token)
            return page if version == visitor.version else None

    def _forget(self, token: str) -> None:
        with self._turn:
            self._pages.pop(token, None)


def is_loopback(host: str) -> bool:
    """Whether a name or address is this very machine's own."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def name_upload(given: str) -> str:
    """The file's own name, without folders and signs that are not seen; never used as a path."""
    name = PurePosixPath(given.replace("\\", "/")).name
    seen = "".join(letter for letter in name if letter.isprintable()).strip()
    return seen[-_LONGEST_NAME:] or "report.txt"


def _read_language(request: flask.Request) -> str:
    asked = request.args.get("words")
    return asked if asked in LANGUAGES else "en"


def _tell(outcome: Outcome, language: str) -> dict[str, str]:
    """What became of a report, in words."""
    if outcome.kind == "asks":
        says = say(language, "desk.asks")
    elif outcome.kind == "refused":
        says = outcome.reason
    elif outcome.failed is not None:
        says = say(language, "desk.told_rows", events=outcome.events)
        if outcome.failed:
            why = {"n": outcome.failed, "why": outcome.reason}
            says += " " + say(language, "desk.rows_failed", **why)
    else:
        day = outcome.published
        known = say_date(day, day, "day", language) if day else ""
        found = {"option": "given", "dateline": "dateline"}.get(outcome.published_from, "stated")
        says = say(
            language,
            "desk.told" if day else "desk.told_without_day",
            events=outcome.events,
            day=known,
            found=say(language, f"desk.{found}"),
        )
    return {"kind": outcome.kind, "title": outcome.title, "says": says}


def _say(told: dict[str, Any], status: int = 200) -> flask.Response:
    return flask.Response(json.dumps(told), status, HEADERS, content_type="application/json")


def _refuse(refusal: Refusal, request: flask.Request) -> flask.Response:
    """One line, as JSON for our own script and as text for a person."""
    said = say(_read_language(request), f"desk.{refusal.name}", **refusal.slots)
    if request.method == "GET":
        return flask.Response(f"{said}\n", refusal.status, HEADERS, content_type=PLAIN)
    return _say({"error": said}, refusal.status)
