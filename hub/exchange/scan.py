"""Scans of papers: a picture is drawn anew, a PDF is looked at from both ends.

A file that is two things at once (a PDF that is also an archive, a picture with a page
behind it) is read by one program as the first and by another as the second; it is
refused, or only the picture of it is kept.
"""

import re
import zipfile
from io import BytesIO

from hub.core.errors import NotAPhoto, NotAScan, PhotoTooHeavy
from hub.exchange.photo import photo_drawn_anew

HEAVIEST_BYTES = 5 * 1024 * 1024
READABLE_PX = 2_400
"""A letter page at about 220 points an inch: its small print can be read."""
ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia|OpenAction)\b")
"""What lets a PDF do something when it is opened; a scanner writes none of it."""
MARKUP = re.compile(rb"<(?:script|html|svg|!doctype)\b", re.IGNORECASE)


def scan_to_keep(content: bytes) -> bytes:
    """A PDF as it was sent, or a picture as a JPEG without metadata.

    Raises PhotoTooHeavy, PhotoTooWide, NotAScan.
    """
    if len(content) > HEAVIEST_BYTES:
        raise PhotoTooHeavy
    if content.startswith(b"%PDF-"):
        _require_plain_pdf(content)
        return content
    try:
        return photo_drawn_anew(content, kept_px=READABLE_PX)
    except NotAPhoto as error:
        raise NotAScan from error


def _require_plain_pdf(content: bytes) -> None:
    ends_well = content.rstrip(b"\r\n \t\x00").endswith(b"%%EOF")
    if not ends_well or zipfile.is_zipfile(BytesIO(content)):
        raise NotAScan
    if ACTIVE.search(content) or MARKUP.search(content):
        raise NotAScan
