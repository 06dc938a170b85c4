"""Secrets are closed by the first key and opened by all."""

import pytest

from hub.core.errors import SecretUnreadable
from hub.core.secret_text import decrypt, encrypt

OLD, NEW = "o" * 50, "n" * 50


def test_a_secret_comes_back_and_is_not_readable_meanwhile() -> None:
    closed = encrypt("JBSWY3DP", [OLD])

    assert (decrypt(closed, [OLD]), "JBSWY3DP" in closed) == ("JBSWY3DP", False)


def test_the_former_key_opens_while_it_is_named() -> None:
    closed = encrypt("JBSWY3DP", [OLD])

    assert decrypt(closed, [NEW, OLD]) == "JBSWY3DP"


def test_a_key_that_is_not_named_opens_nothing() -> None:
    closed = encrypt("JBSWY3DP", [NEW, OLD])

    with pytest.raises(SecretUnreadable):
        decrypt(closed, [OLD])
