"""What each module may import from this project, as data; anything else fails."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for path in (ROOT / "etl").rglob("*.py") if path.stem != "__init__")
PARTS = sorted((ROOT / "dashboard").rglob("*.py"))
PACKAGES = {
    "words": set(),
    "dates": {"words"},
    "naming": {"dates", "words"},
    "events": {"dates", "naming", "words"},
    "merging": set(),
    "files": {"dates", "words"},
    "tables": set(),
    "sources": {"naming", "tables"},
}
ETL = {
    "model": set(),
    "vocabulary": {"model"},
    "letters": {"model", "vocabulary"},
    "language": {"letters", "model", "vocabulary"},
    "periods": {"model"},
    "names": {"language", "letters"},
    "sentences": {"language"},
    "spans": {"language", "letters"},
    "nearest": {"periods"},
    "context": {"model", "nearest", "periods"},
    "explicit": {"context", "nearest", "periods"},
    "inferred": {"context", "nearest", "periods"},
    "relative": {"context", "model", "nearest", "periods"},
    "anaphoric": {"context", "model", "nearest", "periods"},
    "ranges": {"anaphoric", "context", "explicit", "inferred", "nearest", "periods", "relative"},
    "foreign": {"language", "spans"},
    "histories": {"context", "ranges", "nearest", "periods", "spans"},
    "news": {"context", "ranges", "language", "model", "periods", "sentences", "spans"},
    "clocks": {"context", "nearest", "periods", "spans"},
    "phrases": {
        "clocks", "context", "foreign", "histories", "language", "letters", "model", "news",
        "periods", "sentences", "spans",
    },
    "timex": {"model"},
    "actors": {"language", "letters", "model", "names", "vocabulary"},
    "newcomers": {"language", "model", "names"},
    "places": {"actors", "language", "letters", "model", "names", "vocabulary"},
    "story": {"actors", "language", "model", "places"},
    "numbers": {"language", "letters"},
    "toll_rules": {"language", "letters", "model", "vocabulary"},
    "tolls": {"model", "numbers", "toll_rules"},
    "cues": {"language", "letters", "vocabulary"},
    "lines": {"actors", "language", "model", "newcomers", "phrases", "places", "story"},
    "clauses": {"language", "model", "phrases", "sentences"},
    "scenes": {
        "clauses", "cues", "language", "lines", "model", "phrases", "story", "tolls",
    },
    "dating": {"cues", "language", "model", "roles", "scenes"},
    "roles": {"cues", "language", "model"},
    "participants": {
        "actors", "cues", "dating", "language", "model", "places", "roles", "scenes", "story",
    },
    "whereabouts": {"actors", "cues", "dating", "model", "places", "scenes"},
    "verdicts": {"actors", "cues", "dating", "model", "roles", "scenes"},
    "titles": {"dating"},
    "mentions": {
        "cues", "dating", "language", "letters", "model", "participants", "roles", "scenes",
        "titles", "verdicts", "whereabouts",
    },
    "reconcile": {"model"},
    "likeness": {"model", "reconcile"},
    "merge": {"likeness", "model", "reconcile"},
    "plain": {"model"},
    "drafts": {"model"},
    "markup": {"drafts", "model"},
    "documents": {"drafts", "model"},
    "records": {"drafts", "model"},
    "datelines": {"context", "ranges", "language", "letters", "spans", "vocabulary"},
    "reports": {
        "datelines", "documents", "drafts", "foreign", "markup", "model", "plain", "records",
        "vocabulary",
    },
    "indexes": set(),
    "table": {"indexes", "model", "vocabulary"},
    "join": {"table"},
    "postgres": {"model", "table"},
    "spark": {"model"},
    "descriptions": {"model", "vocabulary"},
    "mapping": {"descriptions"},
    "unpack": {"model"},
    "written": set(),
    "readers": {"descriptions", "model", "written"},
    "named": {"descriptions", "model", "readers", "styles"},
    "recognise": {"descriptions", "model"},
    "styles": {"model", "written"},
    "aliases": {"actors", "vocabulary", "written"},
    "codes": {"vocabulary", "written"},
    "rows": {"aliases", "codes", "descriptions", "styles", "written"},
    "store": {"descriptions", "table", "written"},
    "load": {
        "descriptions", "join", "model", "named", "readers", "recognise", "rows", "store", "table",
        "unpack", "written",
    },
    "command": {"descriptions", "load", "mapping", "model", "named", "store"},
    "extract": {"mentions", "merge", "model", "reports", "table"},
    "clusters": {"extract", "mentions", "model", "reports", "spark"},
    "cli": {
        "clusters", "command", "extract", "mentions", "model", "phrases", "reports", "table",
        "timex",
        "vocabulary",
    },
}  # fmt: skip
DESK = {  # which reads reports and data sets
    "etl.events.mentions", "etl.extract", "etl.files.reports", "etl.sources.load",
}  # fmt: skip
FROM_ETL = {
    "etl.cli",
    "etl.tables.indexes",
    "etl.tables.join",
    "etl.tables.postgres",
    "etl.tables.spark",
    "etl.model",
    "etl.words.names",
    "etl.tables.table",
    "etl.vocabulary",
}
PURE = {
    "anaphoric",
    "context",
    "ranges",
    "explicit",
    "inferred",
    "relative",
    "language",
    "nearest",
    "periods",
    "spans",
}
PAGE = {"dash", "dash_mantine_components"}
DASHBOARD = {
    "charts": set(),
    "desk": set(),
    "exports": {"charts"},
    "page": {"charts", "desk", "exports"},
}
FORBIDDEN = {
    **dict.fromkeys(["scales", "forms", "lanes", "packing", "labels", "presences", "signs"],
                    PAGE | {"plotly", "ibis"}),
    "charts": PAGE | {"ibis"},
    "exports": PAGE,
    "desk": PAGE | {"plotly", "ibis"},
    **dict.fromkeys(["query", "counts", "densities", "engines", "relations", "views",
                     "whereabouts"], PAGE | {"plotly"}),
    "texts": PAGE | {"plotly", "ibis"},
}  # fmt: skip


def imports(path: Path) -> set[str]:
    """The dotted names of all modules that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
            found |= {f"{node.module}.{name.name}" for name in node.names if node.module == "etl"}
    return found


def find_module(name: str) -> Path:
    """The file of a module of the etl, in whichever package it stands."""
    (path,) = (path for path in MODULES if path.stem == name)
    return path


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_step_imports_only_the_steps_before_it(path: Path) -> None:
    assert path.stem in ETL, f"{path.name} is new: say here what it may import"
    ours = {name.split(".")[-1] for name in imports(path) if name.startswith("etl.")}
    assert ours <= ETL[path.stem], f"{path.name} imports {ours - ETL[path.stem]}"
    assert not any(name.startswith("dashboard") for name in imports(path))


@pytest.mark.parametrize("package", sorted(PACKAGES))
def test_a_package_imports_only_those_before_it(package: str) -> None:
    parts = [
        name.split(".")
        for path in (ROOT / "etl" / package).glob("*.py")
        for name in imports(path)
        if name.startswith("etl.")
    ]
    others = {part[1] for part in parts if len(part) == 3} - {package}
    assert others <= PACKAGES[package]


def test_every_folder_of_the_etl_is_in_the_picture() -> None:
    folders = {path.name for path in (ROOT / "etl").iterdir() if (path / "__init__.py").is_file()}
    assert folders == set(PACKAGES)


@pytest.mark.parametrize("name", sorted(PURE))
def test_the_calendar_knows_no_files_and_no_pandas(name: str) -> None:
    assert not imports(find_module(name)) & {"pandas", "pathlib", "pyarrow", "io"}


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.stem)
def test_the_page_uses_only_the_public_names_of_the_etl(path: Path) -> None:
    ours = {name for name in imports(path) if name.startswith("etl.")}
    more = DESK if path.parent.name == "desk" else set()
    assert ours <= FROM_ETL | more, f"{path.name} imports {ours - FROM_ETL - more}"


@pytest.mark.parametrize("name", sorted(FORBIDDEN))
def test_questions_layout_and_figures_are_kept_apart(name: str) -> None:
    parts = [path for path in PARTS if name in (path.stem, path.parent.name)]
    assert parts
    packages = {module.split(".")[0] for path in parts for module in imports(path)}
    assert not packages & FORBIDDEN[name]


@pytest.mark.parametrize("folder", sorted(DASHBOARD))
def test_a_folder_of_the_page_imports_only_those_before_it(folder: str) -> None:
    names = {name for path in PARTS if path.parent.name == folder for name in imports(path)}
    folders = {name.split(".")[1] for name in names if name.startswith("dashboard.")}
    assert folders & set(DASHBOARD) <= DASHBOARD[folder] | {folder}


def test_every_folder_of_the_page_is_in_the_picture() -> None:
    folders = {path.parent.name for path in PARTS if path.parent.name != "dashboard"}
    assert folders == set(DASHBOARD)


def test_the_top_level_holds_nothing_else() -> None:
    kept = {"pyproject.toml", "README.md", "dashboard", "data", "etl", "tests"}
    built = {"build", "dist"}
    there = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert {name for name in there if not name.endswith(".egg-info")} - built <= kept


def test_every_module_begins_with_a_sentence() -> None:
    for path in [*(ROOT / "etl").rglob("*.py"), *PARTS]:
        first = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n")[
            0
        ]
        assert first.endswith((".", ":")), f"{path.name}: {first!r}"
