"""A post office of one test: it takes the mails that a site sends and keeps them."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class _Letter(socketserver.StreamRequestHandler):
    """One conversation of SMTP, without anything optional."""

    server: "PostOffice"

    def handle(self) -> None:
        """Say yes to everything; keep what stands between DATA and the lone point."""
        self._say("220 post.example")
        while line := self.rfile.readline().strip().upper():
            if line.startswith(b"DATA"):
                self._say("354 go on")
                self.server.letters.append(self._letter())
            if line.startswith(b"QUIT"):
                self._say("221 bye")
                return
            self._say("250 ok")

    def _letter(self) -> str:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.decode())
        return "".join(lines)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class PostOffice(socketserver.ThreadingTCPServer):
    """Listens on a port of this machine; `letters` holds what came."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Letter)
        self.letters: list[str] = []

    @property
    def address(self) -> str:
        """What EMAIL_URL says."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """Open for the time of a test."""
    with PostOffice() as office:
        thread = threading.Thread(target=office.serve_forever, daemon=True)
        thread.start()
        yield office
        office.shutdown()
        thread.join()
