"""A built wheel carries all it needs: installed elsewhere and run from another folder, it works."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run(*words: str, cwd: Path, **env: str) -> str:
    done = subprocess.run(
        words,
        cwd=cwd,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which the wheel is installed, without the project beside it."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    build = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder)]
    run(*pip, *build, str(ROOT), cwd=folder)
    (wheel,) = folder.glob("*.whl")
    run(*pip, "install", "--no-deps", "--target", str(folder / "site"), str(wheel), cwd=folder)
    return folder / "site"


def test_the_wheel_is_what_runs(installed: Path, tmp_path: Path) -> None:
    code = "import etl.vocabulary as v, dashboard; print(v.data_folder(), dashboard.__file__)"
    told = run(sys.executable, "-c", code, cwd=tmp_path, PYTHONPATH=str(installed))
    assert told.split() == [
        str(installed / "etl" / "data"),
        str(installed / "dashboard" / "__init__.py"),
    ]


def test_the_wheel_reads_the_bundled_reports_and_exports(installed: Path, tmp_path: Path) -> None:
    command = str(installed / "bin" / "conflict-timeline")
    report = installed / "etl" / "data" / "reports" / "iraq-talks.en.md"
    env = {"PYTHONPATH": str(installed)}
    told = run(sys.executable, command, "extract", str(report), "--out", "t", cwd=tmp_path, **env)
    assert "13 events from 1 sources" in told
    run(sys.executable, command, "export", "t", "--out", "t.html", cwd=tmp_path, **env)
    page = (tmp_path / "t.html").read_text(encoding="utf-8")
    assert "Kataib Hezbollah" in page
