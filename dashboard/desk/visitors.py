"""Who gave reports: a private folder each under a name nobody can guess, deleted after a while."""

import secrets
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken, and for how long: bytes, numbers, seconds without use."""

    upload: int = 20_000_000
    together: int = 60_000_000
    reports: int = 200
    visitors: int = 100
    idle: int = 24 * 3600


LIMITS = Limits()


@dataclass(slots=True, eq=False)
class Visitor:
    """One visitor's folder; `version` counts what was added, `turn` is of who adds."""

    token: str
    folder: Path
    used: float
    taken: int = 0
    version: int = 0
    turn: threading.Lock = field(default_factory=threading.Lock)


class Visitors:
    """All visitors who are known now. No list of them is ever given out."""

    def __init__(
        self, root: Path, limits: Limits, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Keep folders under `root`, which nobody else may read."""
        root.mkdir(mode=0o700, exist_ok=True)
        root.chmod(0o700)
        self._root, self._limits, self._clock = root, limits, clock
        self._known: dict[str, Visitor] = {}
        self._turn = threading.Lock()

    def open(self) -> Visitor | None:
        """A new visitor; None where there are as many as may be."""
        with self._turn:
            if len(self._known) >= self._limits.visitors:
                return None
            token = secrets.token_urlsafe(32)
            folder = self._root / token
            folder.mkdir(mode=0o700)
            self._known[token] = Visitor(token, folder, self._clock())
            return self._known[token]

    def find(self, token: str) -> Visitor | None:
        """The visitor of that token, who is thereby seen again; None where there is none."""
        with self._turn:
            visitor = self._known.get(token)
            if visitor is not None:
                visitor.used = self._clock()
            return visitor

    def drop(self, token: str) -> None:
        """Delete all that this visitor gave."""
        with self._turn:
            visitor = self._known.pop(token, None)
        if visitor is not None:
            shutil.rmtree(visitor.folder, ignore_errors=True)

    def sweep(self) -> list[str]:
        """Delete what was not used for the stated time; the tokens of those who are gone."""
        oldest = self._clock() - self._limits.idle
        with self._turn:
            gone = [one.token for one in self._known.values() if one.used <= oldest]
        for token in gone:
            self.drop(token)
        return gone
