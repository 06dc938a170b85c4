"""Photos: the picture is kept, small and upright; nothing that was beside it is."""

from io import BytesIO
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from hub.core.errors import DomainError, NotAPhoto, PhotoTooHeavy, PhotoTooWide
from hub.exchange.photo import HEAVIEST_BYTES, photo_drawn_anew

SECRET = b"Laurier 4417"
RED, BLUE = (200, 30, 30), (30, 30, 200)


def photo(
    size: tuple[int, int] = (40, 20), kind: str = "JPEG", **told: object
) -> bytes:
    """A picture that is red on the left half and blue on the right."""
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (size[0] // 2, 0, *size))
    kept = BytesIO()
    picture.save(kept, kind, **told)
    return kept.getvalue()


def told_by_a_phone(orientation: int = 6) -> bytes:
    about = Image.Exif()
    about[0x0112] = orientation
    about[0x010F] = SECRET.decode()  # who made the device
    about.get_ifd(0x8825)[1] = "N"  # the place
    return photo(exif=about, comment=SECRET, xmp=SECRET, dpi=(72, 72))


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def colour(picture: Image.Image, at: tuple[int, int]) -> str:
    red, green, blue = picture.convert("RGB").getpixel(at)  # type: ignore[misc] # three bands
    if min(red, green, blue) > 240:
        return "white"
    return "red" if red > blue else "blue"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_a_jpeg(kind: str) -> None:
    kept = opened(photo_drawn_anew(photo(kind=kind)))

    assert (kept.format, kept.mode, kept.size) == ("JPEG", "RGB", (40, 20))
    assert [colour(kept, at) for at in [(5, 10), (35, 10)]] == ["red", "blue"]


def test_a_photo_is_turned_upright() -> None:
    kept = opened(photo_drawn_anew(told_by_a_phone(orientation=6)))

    assert kept.size == (20, 40)
    assert [colour(kept, at) for at in [(10, 5), (10, 35)]] == ["red", "blue"]


def test_what_a_phone_wrote_beside_the_picture_is_gone() -> None:
    sent = told_by_a_phone()

    kept = photo_drawn_anew(sent)

    assert (sent.count(SECRET), kept.count(SECRET)) == (3, 0)
    assert (dict(opened(kept).getexif()), b"Exif" in kept) == ({}, False)


def test_a_large_photo_is_made_smaller() -> None:
    assert opened(photo_drawn_anew(photo((3_000, 1_500)))).size == (1_280, 640)


def test_clear_points_show_white() -> None:
    clear = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(clear, "PNG")

    assert colour(opened(photo_drawn_anew(clear.getvalue())), (5, 5)) == "white"


def test_a_heavy_file_is_refused() -> None:
    with pytest.raises(PhotoTooHeavy):
        photo_drawn_anew(photo() + b"0" * HEAVIEST_BYTES)


@pytest.mark.parametrize(
    "size", [(8_001, 10), (10, 8_001), (8_000, 6_251), (20_000, 20_000)]
)
def test_too_many_pixels_are_refused_before_any_is_decoded(
    size: tuple[int, int],
) -> None:
    # Only the head of the picture: decoding it would say that it is broken.
    head = photo((10, 10), "PNG")[:60]
    width, height = (side.to_bytes(4, "big") for side in size)
    sent = head[:16] + width + height + head[24:]

    with pytest.raises(PhotoTooWide):
        photo_drawn_anew(_with_sound_head(sent))


def _with_sound_head(sent: bytes) -> bytes:
    return sent[:29] + crc32(sent[12:29]).to_bytes(4, "big") + sent[33:]


@pytest.mark.parametrize(
    "content", [b"", b"<svg></svg>", photo(kind="GIF"), photo((200, 200))[:900]]
)
def test_another_file_or_half_a_photo_is_refused(content: bytes) -> None:
    with pytest.raises(NotAPhoto):
        photo_drawn_anew(content)


@pytest.mark.filterwarnings("ignore::UserWarning")  # the decoder, of the damage
@settings(max_examples=60)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
def test_a_damaged_photo_is_drawn_or_refused_in_words(at: int, noise: bytes) -> None:
    sent = told_by_a_phone()
    at %= len(sent)

    try:
        kept = photo_drawn_anew(sent[:at] + noise + sent[at + len(noise) :])
    except DomainError:
        return

    assert opened(kept).format == "JPEG"
