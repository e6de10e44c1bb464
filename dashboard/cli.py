"""The one command: serve the page, export a view; and the commands that read reports."""

import argparse
import errno
import logging
import signal
import socket
import sys
import tempfile
import threading
import webbrowser
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from dashboard.counts import list_actors, list_types
from dashboard.engines import load_engine, open_engine
from dashboard.exports.formats import EXPORTS, write_export
from dashboard.query import Tables, open_tables
from dashboard.texts import LANGUAGES
from dashboard.views import read_address
from etl.cli import add_commands, build_bundled_table, read_day
from etl.model import ReportError, TableError, VocabularyError
from etl.tables.join import join_tables
from etl.tables.table import read_table, write_table

PORT = 8050
LARGEST_BODY = 24 * 2**20  # bytes of any request; what comes in has its own, lower limits


class Stop(ValueError):
    """What keeps a command from doing its work: where, what is wrong, and the remedy."""


class Parser(argparse.ArgumentParser):
    """A parser whose complaint is one line, like every other."""

    def error(self, message: str) -> NoReturn:
        """Raise Stop with the complaint and where to read more."""
        raise Stop(f"{message} (see {self.prog} --help)")


def main(argv: list[str] | None = None) -> int:
    """Run the command; 0 when done, 2 after one line that says what is wrong."""
    words = sys.argv[1:] if argv is None else argv
    if not words or (words[0][:1] == "-" and words[0] not in ("-h", "--help")):
        words = ["serve", *words]
    try:
        args = build_parser().parse_args(words)
        return int(args.run(args))
    except (ReportError, VocabularyError, TableError, Stop) as error:
        print(f"conflict-timeline: {error}", file=sys.stderr)
        return 2


def build_parser() -> argparse.ArgumentParser:
    """The parser of every command; each says with an example how it is used."""
    parser = Parser(
        prog="conflict-timeline",
        description="From news reports to a table of dated events and a timeline in the browser.\n"
        "Without a command: serve the bundled reports.",
        epilog="example:\n  conflict-timeline serve --port 8051",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(metavar="COMMAND", title="commands", required=True)
    _add_serve(commands)
    _add_load(commands)
    _add_export(commands)
    add_commands(commands)
    return parser


def _add_serve(commands: Any) -> None:
    serve = commands.add_parser(
        "serve",
        help="show a table in the browser",
        description="Show a table in the browser; without TABLE, the one of the bundled reports.",
        epilog="example:\n  conflict-timeline serve my-table --port 8051 --no-browser",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    serve.add_argument(
        "tables",
        nargs="*",
        type=Path,
        metavar="TABLE",
        help="folder of a table; several are shown together",
    )
    serve.add_argument(
        "--engine",
        metavar="URL",
        help="ask the table on this engine: postgres://user@host/database",
    )
    serve.add_argument("--host", default="127.0.0.1", metavar="H", help="address (%(default)s)")
    serve.add_argument(
        "--port", type=_read_port, default=PORT, metavar="P", help="port (%(default)s)"
    )
    serve.add_argument(
        "--allow-uploads",
        action="store_true",
        help="let visitors add reports also where other machines can reach this one",
    )
    serve.add_argument("--no-browser", action="store_true", help="do not open the browser")
    serve.set_defaults(run=_serve)


def _add_load(commands: Any) -> None:
    load = commands.add_parser(
        "load",
        help="copy a table to PostgreSQL, for `serve --engine`",
        description="Copy a table to PostgreSQL, for `serve --engine`; it replaces the one there.",
        epilog="example:\n  conflict-timeline load my-table --engine postgres://me@host/database",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    load.add_argument("table", type=Path, metavar="TABLE", help="folder of a table")
    load.add_argument(
        "--engine",
        required=True,
        metavar="URL",
        help="postgres://user@host/database[/schema]; the schema is conflict_timeline unless given",
    )
    load.set_defaults(run=_load)


def _add_export(commands: Any) -> None:
    export = commands.add_parser(
        "export",
        help="write the timeline or its events to a file",
        description="Write the timeline or its events to a file; its suffix says in which format.",
        epilog="example:\n"
        "  conflict-timeline export my-table --out iraq.svg --actor Iraq --from 2023-01-01",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    suffixes = ", ".join(f".{one}" for one in EXPORTS)
    export.add_argument("table", type=Path, metavar="TABLE", help="folder of a table")
    export.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help=f"a file that ends in {suffixes}"
    )
    export.add_argument(
        "--view",
        default="",
        metavar="ADDRESS",
        help="the view of this address, as the page has it; other options come on top",
    )
    export.add_argument(
        "--actor",
        action="append",
        default=[],
        metavar="A",
        help="events of this actor (several may be given)",
    )
    export.add_argument("--from", dest="start", type=read_day, metavar="D", help="first day")
    export.add_argument("--to", dest="end", type=read_day, metavar="D", help="last day")
    export.add_argument(
        "--type",
        dest="types",
        action="append",
        default=[],
        metavar="T",
        help="events of this type (several may be given)",
    )
    export.add_argument("--text", default="", metavar="T", help="events with these words")
    export.add_argument(
        "--language",
        choices=LANGUAGES,
        metavar="CODE",
        help=f"language of the words in the figure: {', '.join(LANGUAGES)}",
    )
    export.set_defaults(run=_export)


def _serve(args: argparse.Namespace) -> int:
    from dashboard.app import create_app, open_desk
    from dashboard.desk.routes import HOME

    listening = _listen(args.host, args.port)
    with tempfile.TemporaryDirectory(prefix="conflict-timeline-") as folder:
        tables = args.tables
        table: Path | Tables = tables[0] if tables else Path(folder) / "bundled"
        if args.engine:
            table = open_engine(args.engine, tables)
        elif len(tables) > 1:
            joined = join_tables(read_table(one) for one in tables)
            table = write_table(joined, Path(folder) / "together")
        elif not tables:
            bundled = build_bundled_table(Path(folder) / "bundled").table
            print(f"{len(bundled.events)} events from {len(bundled.sources)} bundled reports")
        served = table if isinstance(table, Path) else None
        desk = open_desk(served, Path(folder) / "desk", args.host, args.allow_uploads)
        page = create_app(table, desk=HOME if desk.is_open else "").server
        shown = "127.0.0.1" if args.host in ("0.0.0.0", "::") else args.host
        address = f"http://{f'[{shown}]' if ':' in shown else shown}:{listening.getsockname()[1]}/"
        print(f"{address}  (Ctrl+C to stop)", flush=True)
        if not args.no_browser:
            threading.Timer(0.5, webbrowser.open, [address]).start()
        if not desk.is_open:
            print("no reports are taken here: other machines can reach it (see --allow-uploads)")
        with closing(desk):
            desk.sweep_from_now()
            run_server(desk.stand_before(page), listening)
        _await_threads()
    return 0


def run_server(server: Any, listening: socket.socket) -> None:
    """Answer requests on this socket until interrupted."""
    import waitress

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short wait is no news
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends like Ctrl+C: tidily
    try:
        waitress.serve(
            server,
            sockets=[listening],
            threads=8,
            max_request_body_size=LARGEST_BODY,
            ident=None,
            _quiet=True,
        )
    except KeyboardInterrupt:
        return


def _await_threads() -> None:
    """Let the threads end: one cut off at exit still holds the engine, which complains of it."""
    for thread in threading.enumerate():
        if thread.daemon and thread is not threading.current_thread():
            thread.join(1)


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens at this address. Raises Stop where that cannot be."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except socket.gaierror as error:
        raise Stop(f"{host}: no such address: try --host 127.0.0.1") from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Stop(f"port {port} is in use: try --port {port + 1}") from error
        raise Stop(
            f"{host}:{port}: {error.strerror}: try --host 127.0.0.1 --port {PORT}"
        ) from error


def _load(args: argparse.Namespace) -> int:
    print(f"{load_engine(args.table, args.engine)} rows loaded: show them with serve --engine")
    return 0


def _export(args: argparse.Namespace) -> int:
    tables = open_tables(args.table)
    view, ignored = read_address(args.view, tables)
    if ignored:
        raise Stop(f"--view: {', '.join(ignored)}: not in this table: copy the address again")
    asked = {
        "actors": _known("actor", args.actor, [name for name, _ in list_actors(tables)]),
        "types": _known("type", args.types, [name for name, _ in list_types(tables)]),
        "start": args.start,
        "end": args.end,
        "text": args.text,
    }
    given = {name: value for name, value in asked.items() if value}
    filters = replace(view.filters, **given)
    if filters.start and filters.end and filters.end < filters.start:
        raise Stop(f"--to {filters.end} is before --from {filters.start}: exchange them")
    language = args.language or view.language
    print(write_export(tables, replace(view, filters=filters, language=language), args.out))
    return 0


def _known(kind: str, asked: list[str], names: list[str]) -> tuple[str, ...]:
    """The names asked for, as the table writes them. Raises Stop on one that it does not have."""
    by_fold = {name.casefold(): name for name in names}
    for one in asked:
        if one.casefold() not in by_fold:
            raise Stop(
                f"--{kind} {one}: not in this table, which has: {', '.join(names) or 'none'}"
            )
    return tuple(by_fold[one.casefold()] for one in asked)


def _read_port(text: str) -> int:
    if not text.isdigit() or not 0 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: give a number from 1 to 65535")
    return int(text)
