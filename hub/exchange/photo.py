"""Photos that people give: decoded, then drawn anew, so that the picture alone is kept.

A phone writes beside a picture where and when it was taken, and with which device.
Nothing of the file is copied: only the points of light, smaller, upright, on white.
"""

import struct
from io import BytesIO

from PIL import Image, ImageOps

from hub.core.errors import NotAPhoto, PhotoTooHeavy, PhotoTooWide

HEAVIEST_BYTES = 8 * 1024 * 1024
WIDEST_PX = 8_000
LARGEST_MPX = 50
KEPT_PX = 1_280
DECODED = ("JPEG", "PNG", "WEBP")
"""Decoders that may look at the file; its name and what a browser says do not count."""
BROKEN = (
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    struct.error,
)
"""What the decoders raise at a broken file; a mistake of ours is not among them."""


def photo_drawn_anew(content: bytes, *, kept_px: int = KEPT_PX) -> bytes:
    """The picture of a file as a JPEG of at most `kept_px` a side, without metadata.

    The size is read from the head of the file and judged before anything is decoded.
    Raises PhotoTooHeavy, PhotoTooWide and NotAPhoto.
    """
    if len(content) > HEAVIEST_BYTES:
        raise PhotoTooHeavy
    try:
        with Image.open(BytesIO(content), formats=DECODED) as picture:
            _require_moderate(*picture.size)
            picture.thumbnail((kept_px, kept_px))
            upright = ImageOps.exif_transpose(picture)
            return _as_jpeg(upright)
    except Image.DecompressionBombError as error:
        raise PhotoTooWide from error
    except BROKEN as error:
        raise NotAPhoto from error


def _require_moderate(width_px: int, height_px: int) -> None:
    is_wide = max(width_px, height_px) > WIDEST_PX
    if is_wide or width_px * height_px > LARGEST_MPX * 1_000_000:
        raise PhotoTooWide


def _as_jpeg(picture: Image.Image) -> bytes:
    """A new picture has no metadata to lose; clear points show the white behind."""
    drawn = Image.new("RGB", picture.size, "white")
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        drawn.paste(layer, mask=layer)
    else:
        drawn.paste(picture.convert("RGB"))
    kept = BytesIO()
    drawn.save(kept, "JPEG", quality=82, optimize=True)
    return kept.getvalue()
