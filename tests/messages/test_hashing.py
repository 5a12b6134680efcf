import hashlib
from base64 import b64decode

import pytest

from digital_diplomacy.messages.hashing import check_key, hashed


def test_a_hash_is_blake2b_of_platform_and_identifier_with_the_key() -> None:
    key = bytes(range(32))
    wanted = hashlib.blake2b(b"telegram\0user7", digest_size=9, key=key).digest()
    assert b64decode(hashed("telegram", "user7", key), altchars=b"_.") == wanted


def test_another_key_platform_or_identifier_is_another_hash_and_broken_letters_have_one() -> None:
    given = [("a", "x", bytes(16)), ("b", "x", bytes(16)), ("a", "y", bytes(16)), ("a", "x", bytes(17)),
             ("a", "\ud83d", bytes(16)), ("a", "?", bytes(16))]  # fmt: skip
    assert len({hashed(*one) for one in given}) == len(given)
    assert all(len(hashed(*one)) == 12 for one in given)


@pytest.mark.parametrize("length", [0, 15, 65])
def test_a_key_too_short_or_too_long_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match=f"has {length} bytes; give 16 to 64"):
        check_key(bytes(length))
