"""UTF-16 without a mark is told from other bytes by where its zero bytes stand."""

import pytest

from digital_diplomacy.byte_order import utf16_of

TABLE = "Страна;Пользователи интернета, %\r\nҚазақстан;92,3\r\nСақталмаған елдердің тізімі;\r\n"


@pytest.mark.parametrize(
    "text", [TABLE, "Country,Users\nGeorgia,81.9\n", "ქვეყანა;წელი\nსაქართველო;2023\n", "国家;年\n格鲁吉亚;2023\n"]
)
def test_both_orders_are_found_in_any_script_and_nothing_else_is(text: str) -> None:
    assert [utf16_of(text.encode(f"utf-16-{order}")) for order in ("le", "be")] == ["utf-16-le", "utf-16-be"]
    assert utf16_of(text.encode()) == ""
    assert utf16_of(text.encode("utf-32-le")) == ""


def test_single_zero_bytes_in_a_text_and_binary_files_are_no_utf16() -> None:
    assert utf16_of(b"id,text\n" + b"1,some words\n" * 50 + b"2,a\x00b\n") == ""
    assert utf16_of(b"entity,x\na\x00,1\n") == ""
    assert utf16_of(b"\x00\x01\x02\x03\x05\x06") == ""
    assert utf16_of(bytes(range(256)) * 16) == ""
    assert utf16_of(b"") == ""
