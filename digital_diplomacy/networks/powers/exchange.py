"""Who listens to whom: what citizens say to others of a system, what is said back, and through which channel."""

from typing import Final

import pandas as pd

from digital_diplomacy.networks.graphs.building import actors_of, chosen_rows
from digital_diplomacy.networks.measures.actors import SOURCE
from digital_diplomacy.tables import EXCHANGES, validate

DIALOGUE: Final = ("addresses", "responds_to")
"""Relations by which somebody speaks to somebody, or answers."""


def exchanges(system: pd.DataFrame, actors: pd.DataFrame, country: str) -> pd.DataFrame:
    """The statements of a system in which citizens and somebody else speak to or answer each other.

    Parameters
    ----------
    system : DataFrame
        Statements with ``relation_id, source, target, relation, platform, period, document``.
    actors : DataFrame
        ``actor_id, type, country``.
    country : str
        ISO 3166 alpha-3 code; its actors of the type ``citizens`` are one side, everybody else the other.

    Returns
    -------
    DataFrame
        The table ``EXCHANGES``, a row a statement: those that citizens turn to first (by falling number of statements),
        bodies of states before programmes and ideas, and within each the channels by their number. Empty if nothing of
        the kind is stated.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> kinds = {"actor_id": ["people", "body"], "type": ["citizens", "state"], "country": "KAZ"}
    >>> ends = {"source": ["people", "body"], "target": ["body", "people"], "relation": ["addresses", "responds_to"]}
    >>> said = pd.DataFrame({"relation_id": ["1", "2"], **ends, "platform": "twitter", "period": "", "document": "4"})
    >>> networks.exchanges(said, pd.DataFrame(kinds), "KAZ")[["people", "partner", "channel", "way"]]
       people partner  channel      way
    0  people    body  twitter  answers
    1  people    body  twitter     asks
    """
    rows = chosen_rows(system, {"relation": list(DIALOGUE)})
    people = set(actors_of(actors[actors["type"] == "citizens"], country))
    speaks, spoken = rows["source"].isin(people), rows["target"].isin(people)
    rows, by_people = rows[speaks != spoken], speaks[speaks != spoken]
    found = pd.DataFrame(
        {
            "relation_id": rows["relation_id"],
            "people": rows["source"].where(by_people, rows["target"]),
            "partner": rows["target"].where(by_people, rows["source"]),
            "channel": rows["platform"].fillna(""),
            "way": [_way(by, relation) for by, relation in zip(by_people, rows["relation"], strict=True)],
            "period": rows["period"].fillna(""),
            "document": rows["document"],
            "source_id": SOURCE,
        }
    )
    types = actors.set_index("actor_id")["type"]
    return validate(_in_order(found, found["partner"].map(types) == "state"), EXCHANGES)


def exchange_found(rows: pd.DataFrame, actors: pd.DataFrame, country: str) -> pd.DataFrame:
    """How many of a state's bodies that citizens speak to are said to answer them; no row if they speak to none.

    Parameters
    ----------
    rows : DataFrame
        What :func:`exchanges` returns.
    actors, country
        As there.

    Returns
    -------
    DataFrame
        country, n (bodies spoken to), value (those that answer), statements (of citizens speaking to them), answers
        (statements that they answer), case: ``some``, ``all`` or ``nobody``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> kinds = {"actor_id": ["people", "body", "court"], "type": ["citizens", "state", "state"], "country": "KAZ"}
    >>> ways = {"partner": ["body", "body", "court"], "way": ["asks", "answers", "asks"]}
    >>> networks.exchange_found(pd.DataFrame(ways), pd.DataFrame(kinds), "KAZ")
      country  n  value  statements  answers  case
    0     KAZ  2      1           2        1  some
    """
    bodies = set(actors_of(actors[actors["type"] == "state"], country))
    own = rows[rows["partner"].isin(bodies)]
    asked = own[own["way"] == "asks"]
    given = own[(own["way"] == "answers") & own["partner"].isin(asked["partner"])]
    n, value = asked["partner"].nunique(), given["partner"].nunique()
    if not n:
        return pd.DataFrame()
    row = {"country": country, "n": n, "value": value, "statements": len(asked), "answers": len(given)}
    return pd.DataFrame([row | {"case": _case(value, n)}])


def pairs_found(system: pd.DataFrame, country: str) -> pd.DataFrame:
    """How many pairs of actors of which one speaks to or answers the other do so both ways; no row if there is none.

    Parameters
    ----------
    system : DataFrame
        Statements with ``source, target, relation``.
    country : str
        ISO 3166 alpha-3 code, of which is told.

    Returns
    -------
    DataFrame
        country, n (pairs), value (those of which both speak or answer), case: ``some``, ``all`` or ``nobody``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> said = pd.DataFrame({"source": ["a", "b", "c"], "target": ["b", "a", "a"], "relation": "addresses"})
    >>> networks.pairs_found(said, "KAZ")[["n", "value", "case"]].to_dict("records")
    [{'n': 2, 'value': 1, 'case': 'some'}]
    """
    ties = _spoken(system)
    pairs = {frozenset(tie) for tie in ties}
    if not pairs:
        return pd.DataFrame()
    value = len(ties) - len(pairs)
    return pd.DataFrame([{"country": country, "n": len(pairs), "value": value, "case": _case(value, len(pairs))}])


def both_ways(system: pd.DataFrame) -> list[str]:
    """The actors of the pairs in which both speak to or answer the other, by identifier.

    Parameters
    ----------
    system : DataFrame
        Statements with ``source, target, relation``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> said = pd.DataFrame({"source": ["a", "b", "c"], "target": ["b", "a", "a"], "relation": "addresses"})
    >>> networks.both_ways(said)
    ['a', 'b']
    """
    ties = _spoken(system)
    return sorted({source for source, target in ties if source != target and (target, source) in ties})


def dialogue(system: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The statements by which anybody addresses or answers another, and the note of a figure of them alone.

    Where nobody does, all statements and no note.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> said = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "relation": ["addresses", "run_by"]})
    >>> [(len(found), notes) for found, notes in map(networks.dialogue, (said, said[1:]))]
    [(1, ['dialogue_only']), (1, [])]
    """
    found = system[system["relation"].isin(DIALOGUE)]
    return (system, []) if found.empty else (found, ["dialogue_only"])


def _spoken(system: pd.DataFrame) -> set[tuple[str, str]]:
    """Who speaks to or answers whom, each pair in its direction once."""
    rows = chosen_rows(system, {"relation": list(DIALOGUE)})
    return set(zip(rows["source"], rows["target"], strict=True))


def _case(value: int, n: int) -> str:
    return "nobody" if not value else "all" if value == n else "some"


def _way(by_people: bool, relation: str) -> str:
    """What a statement tells: citizens ask, they are answered, or somebody tells them something unasked.

    Citizens who answer speak, too: what they say goes the same way.
    """
    return "asks" if by_people else "answers" if relation == "responds_to" else "tells"


def _in_order(rows: pd.DataFrame, of_state: "pd.Series[bool]") -> pd.DataFrame:
    asking = (rows["way"] == "asks").groupby(rows["partner"]).transform("sum")
    many = rows.groupby("partner")["way"].transform("size")
    through = rows.groupby(["partner", "channel"])["way"].transform("size")
    keys = rows.assign(state=~of_state, asking=-asking, many=-many, direct=rows["channel"] == "", through=-through)
    order = ["people", "state", "asking", "many", "partner", "direct", "through", "channel", "way", "relation_id"]
    return rows.loc[keys.sort_values(order, kind="stable").index].reset_index(drop=True)
