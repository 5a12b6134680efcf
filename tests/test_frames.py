"""What public functions say of frames that are not what they take: every one of them, found by its signature."""

import inspect
import pickle
import re
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import claims, figures, frames, networks, penetration, rankings, tables
from digital_diplomacy.errors import DigitalDiplomacyError, TableError

ROOMS = (claims, figures, networks, penetration, rankings)
WRONG = pd.DataFrame({"alpha": ["x", "y"], "beta": [1.0, 2.0]})
GIVEN = {"lang": "en", "rng": np.random.default_rng(1), "about": "KAZ", "country": "KAZ"}
BY_TYPE = {"str": "KAZ", "int": 2, "float": 0.5, "bool": True}


def takes_frames(room: ModuleType) -> list[str]:
    """Public functions whose first argument is a frame and whose other required ones are frames or plain values."""
    found = []
    for name in room.__all__:
        function = getattr(room, name)
        if not inspect.isfunction(function):
            continue
        needed = [one for one in inspect.signature(function).parameters.values() if one.default is one.empty]
        kinds = [str(one.annotation).rpartition(".")[2].rstrip("'>") for one in needed]
        known = [kind == "DataFrame" or kind.split("'")[-1] in BY_TYPE or one.name in GIVEN
                 for one, kind in zip(needed, kinds, strict=True)]  # fmt: skip
        if kinds and kinds[0] == "DataFrame" and all(known):
            found.append(name)
    return found


ANY = ("describe", "fill_sentences", "show_table", "table_html")  # take any frame
CALLS = [(room, name) for room in ROOMS for name in takes_frames(room) if name not in ANY]


def call(room: ModuleType, name: str) -> object:
    function = getattr(room, name)
    given = {}
    for one in inspect.signature(function).parameters.values():
        if one.default is one.empty and one.kind != one.VAR_POSITIONAL:
            kind = str(one.annotation).rpartition(".")[2].rstrip("'>").split("'")[-1]
            given[one.name] = WRONG.copy() if kind == "DataFrame" else GIVEN.get(one.name, BY_TYPE.get(kind))
    return function(**given)


def test_most_public_functions_are_among_those_tried() -> None:
    assert len(CALLS) > 150


@pytest.mark.parametrize(("room", "name"), CALLS, ids=[f"{room.__name__}.{name}" for room, name in CALLS])
def test_a_frame_of_another_kind_is_refused_in_words(room: ModuleType, name: str) -> None:
    with pytest.raises((DigitalDiplomacyError, ValueError)) as refusal:
        call(room, name)
    assert not re.search(r"Index\(|KeyError|NoneType|dtype=", str(refusal.value))


def test_columns_expected_and_found_and_who_returns_such_a_frame_are_told() -> None:
    with pytest.raises(TableError, match=r"rankings\.index_ranks: `table` has no column `status`; it has `iso3`, "):
        rankings.index_ranks(pd.DataFrame({"iso3": ["KAZ"], "edition": [2020]}))
    with pytest.raises(TableError, match=r"It takes: .*from a table as `by_edition` returns it"):
        rankings.index_ranks(WRONG)
    with pytest.raises(TableError, match=r"`entity` is missing.*`alpha` is not declared.*penetration\.users_share"):
        figures.plot_series(WRONG)
    with pytest.raises(TableError, match=r"edges: .*Such a table is returned by networks\.take_in"):
        figures.plot_network(WRONG, WRONG)


def test_of_several_frames_the_one_that_lacks_a_column_is_named() -> None:
    def joined(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
        """Both beside each other.

        Parameters
        ----------
        left : DataFrame
            Column ``a``.
        right : DataFrame
            Column ``b``, as `other`
            returns it.
        """
        return pd.concat([left["a"], right[["b", "c"]]], axis=1)

    told = frames.in_words("digital_diplomacy.room", {"joined": joined})["joined"]
    with pytest.raises(TableError, match=r"^room\.joined: `right` has no column `b`, `c`; it has `x`\. It takes: "
                       r"Column ``b``, as `other` returns it\.$"):  # fmt: skip
        told(pd.DataFrame({"a": [1]}), pd.DataFrame({"x": [1]}))
    pd.testing.assert_frame_equal(
        told(pd.DataFrame({"a": [1]}), pd.DataFrame({"b": [2], "c": [3]})), pd.DataFrame({"a": [1], "b": [2], "c": [3]})
    )


def test_a_key_missing_in_a_dictionary_or_a_row_that_is_there_stays_what_it_is() -> None:
    def looked_up(rows: pd.DataFrame) -> object:
        return {"a": 1}[rows["a"].iloc[0]]

    def row(rows: pd.DataFrame) -> object:
        return rows.set_index("b").loc["a"]

    told = frames.in_words("room", {"looked_up": looked_up, "row": row, "constant": 5})
    assert told["constant"] == 5
    for name in ("looked_up", "row"):
        with pytest.raises(KeyError):
            told[name](pd.DataFrame({"a": ["z"], "b": [1]}))


def test_public_functions_can_be_sent_to_other_processes() -> None:
    for room in (claims, networks, penetration, rankings):
        for function in (getattr(room, name) for name in room.__all__):
            if inspect.isfunction(function):
                assert pickle.loads(pickle.dumps(function)) is function  # noqa: S301


def test_functions_named_as_makers_of_tables_exist() -> None:
    rooms = {room.__name__.rpartition(".")[2]: room for room in ROOMS}
    named = re.findall(r"(claims|networks|penetration|rankings)\.(\w+)", " ".join(tables.MADE_BY.values()))
    assert len(named) == 9
    assert [name for room, name in named if name not in rooms[room].__all__] == []
