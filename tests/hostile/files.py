"""Files made to do harm: what they are called, what they hold. Nothing here is kept."""

import zipfile
import zlib
from io import BytesIO
from struct import pack

from PIL import Image

SCRIPT = b"<script>alert(document.domain)</script>"
ZEROS = 8_000_000


def _chunk(kind: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))


def png_of(width: int, height: int, *, data: bytes = b"") -> bytes:
    """A PNG whose head tells any size; its points are compressed zeros."""
    head = pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    points = data or zlib.compress(bytes(ZEROS), 9)
    parts = [_chunk(b"IHDR", head), _chunk(b"IDAT", points), _chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def picture(kind: str, **told: object) -> bytes:
    """A small true picture."""
    kept = BytesIO()
    Image.new("RGB", (32, 32), (40, 160, 60)).save(kept, kind, **told)
    return kept.getvalue()


def located() -> bytes:
    """A JPEG that tells where it was taken."""
    about = Image.Exif()
    about.get_ifd(0x8825)[2] = (45.0, 31.0, 12.0)
    about[0x010E] = "Laurier 4417"
    return picture("JPEG", exif=about)


def archive(entries: dict[str, bytes]) -> bytes:
    """A ZIP, as tight as it gets."""
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as sent:
        for name, content in entries.items():
            sent.writestr(name, content)
    return kept.getvalue()


BOOK = b'<workbook><sheets><sheet name="a" sheetId="1"/></sheets></workbook>'
LAUGHS = b"".join(
    b'<!ENTITY l%d "%s">' % (depth, b"&l%d;" % (depth - 1) * 10)
    for depth in range(1, 12)
)


def sheets() -> dict[str, bytes]:
    """Workbooks: bombs, a million shared texts, entities, names that climb."""
    laughing = b'<!DOCTYPE w [<!ENTITY l0 "ha">' + LAUGHS + b"]><w>&l11;</w>"
    outside = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'
    texts = b"<sst>" + b"<si><t>a</t></si>" * 1_000_000 + b"</sst>"
    nested = archive({"xl/workbook.xml": bytes(ZEROS)})
    for _depth in range(8):
        nested = archive({"xl/workbook.xml": nested})
    sheet = "xl/worksheets/sheet1.xml"
    return {
        "zeros.xlsx": archive({"xl/workbook.xml": BOOK, sheet: bytes(10 * ZEROS)}),
        "nested.xlsx": nested,
        "shared.xlsx": archive(
            {"xl/workbook.xml": BOOK, "xl/sharedStrings.xml": texts}
        ),
        "laughs.xlsx": archive({"xl/workbook.xml": BOOK, sheet: laughing}),
        "outside.xlsx": archive({"xl/workbook.xml": BOOK, sheet: outside}),
        "climbing.xlsx": archive({"../../xl/workbook.xml": BOOK, "/etc/x": b"x"}),
        "deep.xlsx": archive(
            {"xl/workbook.xml": BOOK, sheet: b"<a>" * 1_000_000 + b"</a>" * 1_000_000}
        ),
    }


def pictures() -> dict[str, bytes]:
    """What is no picture, or more than one."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>"
    return {
        "wide.png": png_of(20_000, 20_000),
        "tall.png": png_of(1, 2**31 - 1),
        "zeros.png": png_of(7_000, 7_000),
        "script.svg": svg,
        "script.gif": b"GIF89a/*" + b"\x00" * 40 + b"*/=1;alert(1)//",
        "page.html": b"<!doctype html>" + SCRIPT,
        "archive.zip": archive({"x": bytes(ZEROS)}),
    }


def polyglots() -> dict[str, bytes]:
    """True pictures with a second life behind or inside them."""
    return {
        "page.png": picture("PNG") + SCRIPT,
        "page.jpg": picture("JPEG", comment=SCRIPT),
        "archive.jpg": picture("JPEG") + archive({"x.html": SCRIPT}),
        "located.jpg": located(),
    }


def papers() -> dict[str, bytes]:
    """PDF files that do or hide something."""
    plain = b"%PDF-1.7\n1 0 obj <<>> endobj\n"
    return {
        "archive.pdf": plain + b"%%EOF\n" + archive({"x.html": SCRIPT}),
        "inside.pdf": plain + archive({"x.html": SCRIPT}) + b"\n%%EOF",
        "script.pdf": plain + b"<< /OpenAction << /S /JavaScript >> >>\n%%EOF",
        "page.pdf": plain + SCRIPT + b"\n%%EOF",
        "cut.pdf": plain,
    }
