"""Words and numbers of cells, as readers see them."""

from digital_diplomacy.figures import wording


def test_documents_are_named_by_author_and_year() -> None:
    assert wording.cell("document", "000", "ru") == "Алмаш 2018"
    assert wording.cell("documents", "001 004", "ru") == "Жусупова 2021, Олейникова 2024"
    assert wording.cell("document", "mine", "ru") == "mine"


def test_shares_of_a_column_have_one_decimal_each() -> None:
    assert [wording.cell("share_low", value, "ru") for value in (9.0, 18.1, 100.0)] == ["9,0", "18,1", "100,0"]
