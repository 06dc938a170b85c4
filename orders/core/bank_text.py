"""The letters of a file of a bank: recognized, or refused; never guessed.

Any bytes can be read as Windows-1252 and give letters. What they give is kept only when
it looks like what people of western Europe write; else names would be garbled in
silence, and the file is refused with the place where it shows.
"""

import re

from orders.core.errors.payments import EncodingUnknown

UTF8, UTF16, WINDOWS = "UTF-8", "UTF-16", "Windows-1252"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff]")
_LETTER = "A-Za-zÀ-ÖØ-öø-ÿŒœŸ"
_MOJIBAKE = re.compile(r"[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€")
"""UTF-8 that was read as Windows-1252 and saved again: “Ã©” for “é”."""
_ODD_SIGN = re.compile(r"[¤¥¦¨¯´¸ƒ„†‡ˆ‰Š‹ŽšžÐÞðþ×÷˜›•¬¡¿µ¶¹]")
"""Signs that no name here has, and that the letters of other encodings become."""
_SIGN_IN_WORD = re.compile(rf"[{_LETTER}][“”…–—™½¼¾²³‘][{_LETTER}]")
_CAPITAL_IN_WORD = re.compile(r"[a-zà-öø-ÿ][À-ÖØ-ÞŒŸ]")
_FOREIGN_RUN = re.compile(r"[À-ÖØ-öø-ÿŒœŸ]{3}")
"""French words have two letters with accents in a row, and no more."""
_FRACTION_AT_WORD = re.compile(rf"(?<![0-9{_LETTER}])[½¼¾](?=[{_LETTER}])")
_WRONG = (
    _MOJIBAKE,
    _ODD_SIGN,
    _SIGN_IN_WORD,
    _CAPITAL_IN_WORD,
    _FOREIGN_RUN,
    _FRACTION_AT_WORD,
)
_SHOWN = 20


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a file and the name of its encoding.

    UTF-8 with or without its mark, UTF-16, and Windows-1252 (Latin-1 within it).
    Raises EncodingUnknown.
    """
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise EncodingUnknown(sample="UTF-32")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:4_000]:
        return _utf16(data), UTF16
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _windows(data), WINDOWS
    _refuse(_MOJIBAKE, text)
    _refuse(_CONTROL, text)
    return text, UTF8


def _utf16(data: bytes) -> str:
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        # Written without its mark: the empty half of each letter tells the order.
        data = (b"\xff\xfe" if data[1:2] == b"\x00" else b"\xfe\xff") + data
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise EncodingUnknown(sample="UTF-16") from error
    _refuse(_CONTROL, text)
    _refuse(_MOJIBAKE, text)
    return text


def _windows(data: bytes) -> str:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise EncodingUnknown(sample=_around(data, error.start)) from error
    _refuse(_CONTROL, text)
    for wrong in _WRONG:
        _refuse(wrong, text)
    return text


def _refuse(wrong: re.Pattern[str], text: str) -> None:
    found = wrong.search(text)
    if found is not None:
        start = max(found.start() - _SHOWN // 2, 0)
        shown = text[start : start + _SHOWN].split("\n", 1)[0]
        raise EncodingUnknown(sample=_CONTROL.sub("?", shown).strip())


def _around(data: bytes, at: int) -> str:
    shown = data[max(at - _SHOWN // 2, 0) : at + _SHOWN // 2]
    return shown.decode("ascii", "replace").replace("\ufffd", "?").strip()
