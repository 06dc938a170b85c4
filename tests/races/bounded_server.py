"""The site behind a fixed number of threads, as a production server answers it."""

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from socketserver import BaseServer
from types import TracebackType
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.core.wsgi import get_wsgi_application
from django.db import connections


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its own name
        """Say nothing: two hundred lines a test would hide what matters."""

    def address_string(self) -> str:
        """Ask no name server who calls."""
        return str(self.client_address[0])


class BoundedServer(WSGIServer):
    """Serves on a free port; waiting clients queue until a thread is free."""

    request_queue_size = 512

    def __init__(self, *, num_threads: int) -> None:
        super().__init__(("127.0.0.1", 0), _Quiet)
        self.port = self.server_address[1]
        self.set_app(get_wsgi_application())
        self._workers = ThreadPoolExecutor(max_workers=num_threads)
        self._listener = threading.Thread(target=self.serve_forever, daemon=True)

    def server_bind(self) -> None:
        """Bind without asking the name of this machine."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]
        self.setup_environ()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Give the request to a thread of the pool."""
        self._workers.submit(self._answer, request, client_address)

    def _answer(self, request: Any, client_address: Any) -> None:
        try:
            self.finish_request(request, client_address)
        finally:
            self.shutdown_request(request)
            connections.close_all()

    def __enter__(self) -> "BoundedServer":
        self._listener.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        BaseServer.shutdown(self)
        self._listener.join(timeout=30)
        self._workers.shutdown(wait=True)
        self.server_close()
