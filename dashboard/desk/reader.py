"""A process of its own for what strangers give: it may be ended, and the page goes on meanwhile."""

import logging
import multiprocessing
import signal
import threading
from collections.abc import Callable
from multiprocessing.pool import Pool
from typing import Any, TypeVar

R = TypeVar("R")


class Busy(Exception):
    """So much waits already that this would wait too long."""


class TooSlow(Exception):
    """The work was not done in time, and its process was ended."""


class Reader:
    """Does one piece of work after the other, each within so many seconds."""

    def __init__(self, seconds: float = 60, waiting: int = 4) -> None:
        """Start nothing yet: the process comes with the first work."""
        self._seconds = seconds
        self._places = threading.BoundedSemaphore(waiting)
        self._turn = threading.Lock()
        self._pool: Pool | None = None

    def run(self, work: Callable[..., R], *given: Any) -> R:
        """What `work` gives. Raises Busy, TooSlow, or what it raises."""
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            with self._turn:
                return self._run(work, *given)
        finally:
            self._places.release()

    def close(self) -> None:
        """End the process, whatever it does."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.terminate()

    def _run(self, work: Callable[..., R], *given: Any) -> R:
        if self._pool is None:
            self._pool = multiprocessing.get_context("spawn").Pool(1, _be_quiet)
        try:
            return self._pool.apply_async(work, given).get(self._seconds)
        except multiprocessing.TimeoutError as error:
            self.close()
            raise TooSlow from error


def _be_quiet() -> None:
    """What is wrong with a file is told to who gave it; Ctrl+C is the server's affair."""
    logging.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
