"""The stand-in's HTTP side: a free port on loopback, one thread per connection, every call recorded.

``POST /bot<token>/sendMessage`` -> ``{"ok": true, "result": {…}}``; ``GET /file/bot<token>/<path>`` -> bytes.
"""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.standin.checker import Checker
from tests.standin.faults import Fault, Faults
from tests.standin.form import decode
from tests.standin.methods import METHODS
from tests.standin.refusal import Refused
from tests.standin.state import TOKEN, Call, Json, State
from tests.standin.updates import Deliverer


class Dropped(Exception):
    """The connection is to be closed without an answer."""


class Server:
    """Listens from ``start`` to ``stop``; ``url`` is ``http://127.0.0.1:<port>``."""

    def __init__(self, state: State, faults: Faults, api: Path | None) -> None:
        self.state = state
        self.faults = faults
        self.checker = Checker(api)
        self.deliverer = Deliverer(state)
        self.url = ""
        self._socket: socket.socket | None = None
        self._threads: dict[threading.Thread, socket.socket] = {}
        self._acceptor = threading.Thread(target=self._accept, name="standin", daemon=True)

    def start(self) -> None:
        """Listen."""
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._acceptor.start()

    def stop(self) -> None:
        """Close every connection and wait for its thread."""
        assert self._socket is not None
        with self.state.changed:
            self.state.stopping = True
            self.state.changed.notify_all()
        with socket.create_connection(self._socket.getsockname()):  # wakes accept()
            self._acceptor.join()
        self._socket.close()
        for thread, connection in list(self._threads.items()):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            thread.join()
        self.deliverer.stop()

    def _accept(self) -> None:
        assert self._socket is not None
        while True:
            connection, address = self._socket.accept()
            if self.state.stopping:
                connection.close()
                return
            thread = threading.Thread(target=self._serve, args=(connection, address), name="standin", daemon=True)
            self._threads[thread] = connection
            thread.start()

    def _serve(self, connection: socket.socket, address: Any) -> None:
        with contextlib.suppress(OSError, ValueError):  # the client went away
            Handler(connection, address, self)  # type: ignore[arg-type]
        connection.close()
        self._threads.pop(threading.current_thread(), None)

    # ------------------------------------------------------------------------------------------------ calls

    @property
    def is_left(self) -> bool:
        """Has everybody hung up, but for calls that wait for updates?  Then nothing sent before is still to be read."""
        with self.state.changed:
            waiting = sum(call.method == "getUpdates" and not call.ended for call in self.state.calls)
        return len(self._threads) <= waiting

    def call(self, method: str, kind: str, body: bytes, query: str) -> tuple[int, bytes]:
        """Carry out a call: status and JSON; raises ``Dropped``."""
        record = Call(method, {}, time.monotonic())
        with self.state.changed:
            self.state.calls.append(record)
        try:
            record.params = decode(kind, body, query)
            record.params = self.checker.params(method, record.params)
            with self.state.changed:
                fault = self.faults.hit(method, record.params)
                if fault and not fault.after:
                    raise _failure(fault)
                record.result = self._carry_out(method, record.params)
                answer = json.dumps({"ok": True, "result": record.result}, ensure_ascii=False).encode()
                if fault:
                    raise _failure(fault)
            return self._end(record, 200, None, answer)
        except Refused as refused:
            return self._end(
                record, refused.code, refused.text, json.dumps(refused.body(), ensure_ascii=False).encode()
            )
        except Dropped:
            self._end(record, 0, "connection dropped", b"")
            raise

    def _carry_out(self, method: str, params: Json) -> Any:
        carried = METHODS.get(method)
        if carried is None:
            raise Refused(501, f"the stand-in does not know {method}")
        result = carried(self.state, params)
        self.deliverer.start()
        return dict(result) if isinstance(result, dict) else result

    def _end(self, record: Call, code: int, error: str | None, answer: bytes) -> tuple[int, bytes]:
        with self.state.changed:
            record.code, record.error, record.ok, record.ended = code, error, code == 200, time.monotonic()
            self.state.changed.notify_all()
        return code, answer

    def file(self, path: str) -> bytes | None:
        """The content of a stored file."""
        with self.state.changed:
            return next((held.content for held in self.state.files.values() if held.path == path), None)


def _failure(fault: Fault) -> Exception:
    return Dropped() if fault.code == 0 else fault.refused()


class Handler(BaseHTTPRequestHandler):
    """One connection, kept open between calls."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: Server  # type: ignore[assignment]

    def do_GET(self) -> None:
        self.do_POST()

    def do_POST(self) -> None:
        parts = urlsplit(self.path)
        parts = parts._replace(path=unquote(parts.path))  # the library writes the colon of the token as %3A
        body = self._body()
        if parts.path.startswith(f"/file/bot{TOKEN}/"):
            content = self.server.file(parts.path.removeprefix(f"/file/bot{TOKEN}/"))
            missing = Refused(404, "Not Found")
            self._answer(404, json.dumps(missing.body()).encode()) if content is None else self._answer(
                200, content, False
            )
            return
        token, _, method = parts.path.removeprefix("/bot").partition("/")
        if not parts.path.startswith("/bot") or token != TOKEN:
            code, text = (401, "Unauthorized") if parts.path.startswith("/bot") else (404, "Not Found")
            self._answer(code, json.dumps(Refused(code, text).body()).encode())
            return
        try:
            self._answer(*self.server.call(method, self.headers.get("Content-Type", ""), body, parts.query))
        except Dropped:
            self.close_connection = True

    def _answer(self, code: int, content: bytes, is_json: bool = True) -> None:
        self.send_response(code)
        self.send_header("Content-Type", "application/json" if is_json else "application/octet-stream")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        pieces = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            pieces.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(pieces)

    def log_message(self, format: str, *args: Any) -> None:
        """Silence: calls are recorded in the state."""
