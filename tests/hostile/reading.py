"""Reads a page as a browser would, and tells what of it could run."""

from html.parser import HTMLParser

RUNNING = {"iframe", "object", "embed", "base", "applet", "frame", "math", "animate"}
ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "xlink:href"}
PLAIN_DATA = {"application/json", "application/ld+json"}


class Reader(HTMLParser):
    """Collects what could run: scripts, handlers, addresses that are code."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that opens, with all that it says of itself."""
        said = dict(attrs)
        if tag in RUNNING or (tag == "meta" and "http-equiv" in said):
            self.found.append(f"<{tag}>")
        if tag == "script":
            source = str(said.get("src") or "")
            if not source.startswith("/static/") and (
                source or said.get("type") not in PLAIN_DATA
            ):
                self.found.append(f"<script src={source}>")
        for name, value in attrs:
            plain = "".join(str(value or "").split()).lower()
            if name.startswith("on") or name == "srcdoc":
                self.found.append(f"<{tag} {name}>")
            if name in ADDRESSES and plain.startswith(("javascript:", "data:text/h")):
                self.found.append(f"<{tag} {name}={value}>")
            if name in ADDRESSES | {"hx-get", "hx-post"} and plain.startswith("//"):
                self.found.append(f"<{tag} {name}={value}>")


def what_runs(page: str) -> list[str]:
    """What of a page could run."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader.found
