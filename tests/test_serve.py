"""The commands serve and export: what they do, and the one line they give when they cannot."""

import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from small_table import make_small_table

from dashboard.cli import main
from etl.tables.table import write_table


def fail(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one line with which this command stops."""
    assert main([*words]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1, err
    return err


@contextmanager
def serve(folder: Path, *words: str) -> Iterator[str]:
    """The address at which the command serves; at its end nothing is complained of or left."""
    command = [
        sys.executable,
        "-u",
        "-c",
        "from dashboard.cli import main; raise SystemExit(main())",
        *words,
    ]
    kept = folder / "kept"
    kept.mkdir()
    with subprocess.Popen(
        [*command, "--port", "0", "--no-browser"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent), "TMPDIR": str(kept)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout and running.stderr
        lines = iter(running.stdout.readline, "")
        address = next((line.split()[0] for line in lines if line.startswith("http")), None)
        assert address is not None, running.stderr.read()
        yield address
        running.terminate()
        assert running.wait(20) == 0
        assert running.stderr.read() == ""
    assert not list(kept.iterdir())


def ask(address: str, content: bytes | None = None) -> str:
    """What is answered there, also where it is refused."""
    sent = urllib.request.Request(
        address, content, {"Content-Type": "application/octet-stream"} if content else {}
    )
    try:
        with urllib.request.urlopen(sent, timeout=60) as answer:
            return str(answer.read().decode())
    except urllib.error.HTTPError as refused:
        return f"{refused.code} {refused.read().decode()}"


def test_serve_without_a_table_shows_the_bundled_reports(tmp_path: Path) -> None:
    with serve(tmp_path) as address:
        assert address.startswith("http://127.0.0.1:")
        assert "timeline-graph" in ask(f"{address}_dash-layout")


def test_several_tables_are_served_together_and_reports_added(
    table_folder: Path, tmp_path: Path
) -> None:
    other = write_table(make_small_table(), tmp_path / "other")
    with serve(tmp_path, "serve", str(table_folder), str(other)) as address:
        layout = ask(f"{address}_dash-layout")
        for title in ("Northland and Southmark, ten years on", "Fort Alder sous", "A report"):
            assert title in layout
        text = b"A bomb killed five soldiers in Mosul on Tuesday."
        told = json.loads(ask(f"{address}desk/?name=a.txt&published=2024-01-25", text))
        own = ask(f"{address.rstrip('/')}{told['address']}_dash-layout")
        for title in ("A report", "Fort Alder sous", "A bomb killed five soldiers"):
            assert title in own
        assert "A bomb killed" not in ask(f"{address}_dash-layout")
        assert ask(f"{address}desk/?name=a.txt", b" " * 25_000_000).startswith("413")
        assert ask(f"{address}desk/{'x' * 43}/").startswith("404")


@pytest.mark.parametrize("allowed", [True, False])
def test_beyond_loopback_reports_are_taken_only_where_allowed(
    table_folder: Path, tmp_path: Path, allowed: bool
) -> None:
    words = ["serve", str(table_folder), "--host", "0.0.0.0", *["--allow-uploads"] * allowed]
    with serve(tmp_path, *words) as address:
        assert ("desk-open" in ask(f"{address}_dash-layout")) == allowed
        told = ask(
            f"{address}desk/?name=a.txt", b"A bomb killed five soldiers in Mosul on Tuesday."
        )
        assert ('"asks"' in told) == allowed
        assert allowed or (told.startswith("403") and "--allow-uploads" in told)


def test_port_in_use(table_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = fail(capsys, "serve", str(table_folder), "--port", str(port), "--no-browser")
    assert f"port {port} is in use" in said and f"--port {port + 1}" in said


def test_table_missing_truncated_or_of_another_version(
    table_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "no such table" in fail(capsys, "serve", str(tmp_path / "none"), "--port", "0")
    cut = tmp_path / "cut"
    cut.mkdir()
    for part in table_folder.iterdir():
        (cut / part.name).write_bytes(part.read_bytes()[:-20])
    assert "not a whole Parquet file" in fail(capsys, "serve", str(cut), "--port", "0")
    old = tmp_path / "old"
    old.mkdir()
    import pyarrow.parquet

    for part in table_folder.iterdir():
        rows = pyarrow.parquet.read_table(part).replace_schema_metadata({"schema_version": "0"})
        pyarrow.parquet.write_table(rows, old / part.name)
    assert "schema version 0" in fail(capsys, "export", str(old), "--out", str(tmp_path / "a.csv"))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--from", "2024-13-01"], "write it as 2024-01-25"),
        (["--type", "picnic"], "armed_attack"),
        (["--actor", "Nobody"], "Northland, Southmark, Grey Brigade"),
        (["--from", "2020-01-02", "--to", "2020-01-01"], "exchange them"),
        (["--language", "xx"], "choose from 'en', 'fr'"),
        (["--no-such"], "--no-such (see conflict-timeline --help)"),
    ],
)
def test_export_says_what_is_possible(
    table_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    says: str,
) -> None:
    assert says in fail(
        capsys, "export", str(table_folder), "--out", str(tmp_path / "a.csv"), *words
    )
    assert not list(tmp_path.iterdir())


def test_export_knows_its_suffixes(
    table_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = fail(capsys, "export", str(table_folder), "--out", str(tmp_path / "a.doc"))
    assert all(suffix in said for suffix in ("png", "svg", "pdf", "html", "csv", "json", "parquet"))


def test_export_writes_what_the_filters_leave(
    table_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "brigade.csv"
    words = ["--actor", "grey brigade", "--from", "2020-01-01", "--type", "armed_attack"]
    assert main(["export", str(table_folder), "--out", str(out), *words]) == 0
    assert len(out.read_text("utf-8-sig").strip().splitlines()) == 3
    assert capsys.readouterr().out.strip() == str(out)


@pytest.mark.parametrize("command", ["serve", "export", "extract", "dates", "check"])
def test_every_help_ends_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    last = capsys.readouterr().out.strip().splitlines()[-1]
    assert last.strip().startswith(f"conflict-timeline {command}")
