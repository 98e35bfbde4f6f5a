"""One `agsec check --ndjson` in the background: started when it is first asked, started again when it has ended."""

from __future__ import annotations

import atexit
import json
import os
import select
import subprocess
import threading
import time
import weakref
from typing import Any, Callable, Dict, Mapping, Optional, Sequence, Tuple

from .exceptions import UnavailableError

# After a failed start nothing is started for a while, which grows up to the last of these, in seconds.
_PAUSES = (0.1, 0.5, 2.0, 5.0)
# Windows cannot wait for a pipe: there reading and writing themselves wait, and no time limit holds.
_CAN_WAIT = hasattr(select, "poll")


class Process:
    """Safe to use from several threads, and in a fork, which gets a process of its own."""

    def __init__(self, argv: Sequence[str], timeout: float, prepare: Callable[[], None] = lambda: None) -> None:
        """`prepare` is called before each start. `timeout` is in seconds, for one answer."""
        self._argv = list(argv)
        self._timeout = timeout
        self._prepare = prepare
        self._lock = threading.Lock()
        self._child: Optional[subprocess.Popen[bytes]] = None
        self._received = bytearray()
        self._number = 0
        self._failures = 0
        self._not_before = 0.0
        _processes.add(self)

    def ask(self, line: Mapping[str, Any]) -> Dict[str, Any]:
        """The answer to one line. Raises UnavailableError where there is none: the caller has to refuse."""
        with self._lock:
            child = self._running()
            self._number += 1
            text = json.dumps({"id": self._number, **line}, allow_nan=False)
            try:
                answer = self._exchange(child, text.encode("ascii") + b"\n")
            except (OSError, ValueError, UnavailableError) as error:
                raise self._failed(child, error) from error
            except BaseException:  # interrupted: the answer may still come
                self._drop()
                raise
            self._failures = 0
            return answer

    def close(self) -> None:
        """Ends the process; the next question starts another one."""
        with self._lock:
            self._drop()

    @property
    def pid(self) -> Optional[int]:
        """That of the running process, if one is running."""
        return None if self._child is None else self._child.pid

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._drop()
        if time.monotonic() < self._not_before:
            raise UnavailableError("agsec does not run: it ended, and is not started again at once")
        try:
            self._prepare()
            self._child = subprocess.Popen(self._argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
            if _CAN_WAIT and self._child.stdin is not None:
                os.set_blocking(self._child.stdin.fileno(), False)
        except OSError as error:
            self._pause()
            raise UnavailableError(f"agsec cannot be started: {error}") from error
        return self._child

    def _exchange(self, child: subprocess.Popen[bytes], line: bytes) -> Dict[str, Any]:
        deadline = time.monotonic() + self._timeout
        assert child.stdin is not None and child.stdout is not None
        self._write(child.stdin.fileno(), line, deadline)
        answer = json.loads(self._read_line(child.stdout.fileno(), deadline))
        if not isinstance(answer, dict) or answer.pop("id", None) != self._number:
            raise UnavailableError("agsec answered something else")
        return answer

    def _write(self, fd: int, line: bytes, deadline: float) -> None:
        view = memoryview(line)
        while view:
            try:
                view = view[os.write(fd, view) :]
            except BlockingIOError:
                self._wait(fd, select.POLLOUT, deadline)

    def _wait(self, fd: int, event: int, deadline: float) -> None:
        poll = select.poll()
        poll.register(fd, event)
        if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise UnavailableError(f"agsec did not answer within {self._timeout:g} seconds")

    def _read_line(self, fd: int, deadline: float) -> bytes:
        while True:
            end = self._received.find(b"\n")
            if end != -1:
                line = bytes(self._received[:end])
                del self._received[: end + 1]
                return line
            if _CAN_WAIT:
                self._wait(fd, select.POLLIN, deadline)
            chunk = os.read(fd, 65536)
            if not chunk:
                raise UnavailableError("agsec ended before it answered")
            self._received += chunk

    def _failed(self, child: subprocess.Popen[bytes], error: Exception) -> UnavailableError:
        """A process that did not answer one question could answer the next one with what belongs to this one: it has to go."""
        self._drop()
        self._pause()
        ended = "" if child.returncode is None or child.returncode < 0 else f" (status {child.returncode})"
        return error if isinstance(error, UnavailableError) and not ended else UnavailableError(f"{error or 'agsec ended'}{ended}")

    def _pause(self) -> None:
        self._not_before = time.monotonic() + _PAUSES[min(self._failures, len(_PAUSES) - 1)]
        self._failures += 1

    def _drop(self) -> None:
        child, self._child = self._child, None
        self._received.clear()
        if child is None:
            return
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()
        try:
            child.wait(0.2)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    def after_fork(self) -> None:
        """In the new process: the running one belongs to the parent, whose lock may have been held by a thread that is not here."""
        child, self._child = self._child, None
        self._lock = threading.Lock()
        self._received = bytearray()
        if child is not None:
            child.returncode = 0
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    pipe.close()


_processes: weakref.WeakSet[Process] = weakref.WeakSet()
_shared: Dict[Tuple[str, ...], Process] = {}
_shared_lock = threading.Lock()


def shared(argv: Sequence[str], timeout: float, prepare: Callable[[], None] = lambda: None) -> Process:
    """The process of this command line: guards that ask the same policy ask the same process."""
    key = (*argv, str(timeout))
    with _shared_lock:
        if key not in _shared:
            _shared[key] = Process(argv, timeout, prepare)
        return _shared[key]


def _after_fork() -> None:
    global _shared_lock
    _shared_lock = threading.Lock()
    for process in list(_processes):
        process.after_fork()


def _close_all() -> None:
    for process in list(_processes):
        process.close()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
atexit.register(_close_all)
