"""Who turns to whom and who answers, and the answers of the notebooks on networks and citations.

Attention and dependence are told apart by the relation. What these functions count are census figures: they say what
the texts state, of everybody they name, and have no sampling error; the range without each document is what they have.
"""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from digital_diplomacy.networks.graphs.building import actors_of, build, chosen_rows, shared_targets
from digital_diplomacy.networks.graphs.intake import distinct_pairs, project
from digital_diplomacy.networks.measures.actors import SOURCE, leading, leave_one_document_out
from digital_diplomacy.networks.powers.crossings import check_least

ATTENTION: Final = (
    "addresses",
    "cites",
    "follows",
    "measures",
    "opposes",
    "reports_on",
    "responds_to",
    "studies",
    "takes_as_model",
)
"""Relations in which the source turns to the target of its own accord. Belonging, owning, running, regulating, funding
and setting goals tell of dependence, working together of neither side, using of a means (shared out apart); what builds
on an idea attends to no actor."""

MEANS: Final[Mapping[str, tuple[str, ...]]] = {"senders": ("citizens", "state"), "receivers": ("platform", "media")}
"""Types between which use is reliance on a means of communication: an application offered in a store uses it, but
nobody is reached by that."""

READ: Final = ("ties_both", "ties_only_first", "ties_only_second")
"""What two readings found, by rows of ``relations_agreement``: the ties the estimate of all is made of. The table holds
others besides, where a statement of several actors was written out."""

_NAMED: Final = 2  # equals that a sentence names; of more none has most


def reliance(relations: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """The statements (rows of ``relations``) that people or states use a platform or medium.

    Parameters
    ----------
    relations : DataFrame
        Statements: ``source, target, relation``.
    actors : DataFrame
        ``actor_id, type``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> said = pd.DataFrame({"source": ["people", "scholar"], "target": "facebook", "relation": "uses"})
    >>> kinds = {"actor_id": ["people", "scholar", "facebook"], "type": ["citizens", "scholar", "platform"]}
    >>> networks.reliance(said, pd.DataFrame(kinds))["source"].tolist()
    ['people']
    """
    types = actors.set_index("actor_id")["type"]
    rows = chosen_rows(relations, {"relation": "uses"})
    inside = rows["source"].map(types).isin(MEANS["senders"]) & rows["target"].map(types).isin(MEANS["receivers"])
    return rows[inside]


def bodies_answering(relations: pd.DataFrame, actors: pd.DataFrame, country: str) -> pd.DataFrame:
    """Of a state's bodies that citizens address, how many answer: ``country, value, n``; empty if none is addressed.

    Only these ties can be returned: what is run, owned or measured does not turn back. A body answers if it responds to
    any of the citizens who address it. A census of what is stated: five texts that name four bodies are no sample.

    Parameters
    ----------
    relations : DataFrame
        ``source, target, relation``.
    actors : DataFrame
        ``actor_id, type, country``.
    country : str
        ISO 3166 alpha-3 code.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> actors = pd.DataFrame({"actor_id": ["people", "m", "n"], "type": ["citizens", "state", "state"],
    ...     "country": "KAZ"})
    >>> said = pd.DataFrame({"source": ["people", "people", "m"], "target": ["m", "n", "people"],
    ...     "relation": ["addresses", "addresses", "responds_to"]})
    >>> networks.bodies_answering(said, actors, "KAZ").to_numpy().tolist()
    [['KAZ', 1, 2]]
    """
    people = set(actors.loc[actors["type"] == "citizens", "actor_id"])
    bodies = set(actors_of(actors[actors["type"] == "state"], country))
    asked = chosen_rows(relations, {"relation": "addresses"})
    asked = asked[asked["source"].isin(people) & asked["target"].isin(bodies)]
    given = chosen_rows(relations, {"relation": "responds_to"})
    answered = set(zip(given["target"], given["source"], strict=True))
    who = {body for citizen, body in zip(asked["source"], asked["target"], strict=True) if (citizen, body) in answered}
    rows = pd.DataFrame({"country": [country], "value": [len(who)], "n": [asked["target"].nunique()]})
    return rows[rows["n"] > 0]


def networks_answer(
    relations: pd.DataFrame, actors: pd.DataFrame, country: str, agreement: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Whom the documents' actors attend to, in the country and at all: label code to the rows that fill its fields.

    Parameters
    ----------
    relations, actors : DataFrame
        The tables of these names.
    country : str
        ISO 3166 alpha-3 code.
    agreement : DataFrame
        ``measure, value``: how the statements were read (table ``relations_agreement``).

    Returns
    -------
    dict of str to DataFrame
        The actor of the country that most turn to, with the range without each document; the bodies that answer; and
        how many ties were found, of how many. All empty if the documents name nobody of the country.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ends = {"source": ["people", "press"], "target": "mfa", "relation": "addresses", "document": ["000", "004"]}
    >>> said = pd.DataFrame({"relation_id": ["1", "2"], "weight": 1.0, **ends})
    >>> kinds = {"actor_id": ["people", "press", "mfa"], "type": ["citizens", "media", "state"], "country": "KAZ"}
    >>> read = pd.DataFrame({"measure": [*networks.READ, "ties_settled", "ties_estimated"], "value": [1, 1, 0, 2, 2]})
    >>> answer = networks.networks_answer(said, pd.DataFrame(kinds), "KAZ", read)
    >>> answer["sentence.answer_networks_attention"]  # one of the two is left without either document
      entity  value  low  high
    0    mfa    2.0  1.0   2.0
    """
    attention = leave_one_document_out(relations, "in_degree", relation=list(ATTENTION))
    own = actors_of(actors, country)
    home = attention[attention["entity"].isin(own)]
    most = leading(home, n=1)[["entity", "value", "low", "high"]]
    several = len(most) > _NAMED
    equal = pd.DataFrame({"n": [len(most)], "value": [most["value"].max()]})
    read = agreement.set_index("measure")["value"]
    counts = {"value": read[list(READ)].sum(), "total": read["ties_estimated"], "settled": read["ties_settled"]}
    complete = pd.DataFrame([counts | {"n": len(relations)}])
    return {
        "sentence.answer_networks_attention": most.head(0) if several or len(own) == 1 else most,
        "sentence.answer_networks_alone": most if len(own) == 1 else most.head(0),
        "sentence.answer_networks_equals": equal if several else equal.head(0),
        "sentence.answer_networks_answering": bodies_answering(relations, actors, country),
        "sentence.answer_networks_reading": complete if len(most) else complete.head(0),
    }


def citations_answer(
    relations: pd.DataFrame, actors: pd.DataFrame, country: str, *, least: int = 2
) -> dict[str, pd.DataFrame]:
    """What the documents share, and how far their sources are the country's own: label code to rows.

    Parameters
    ----------
    relations, actors : DataFrame
        The tables of these names; citations are the rows of relation ``cites``.
    country : str
        ISO 3166 alpha-3 code.
    least : int
        Documents that must cite a source for it to be shared, 2 at least.

    Returns
    -------
    dict of str to DataFrame
        Sources in all and shared; the pair of documents with the strongest bond (equals each), with the number of
        sources both cite; sources of the country.

    Raises
    ------
    ValueError
        If ``least`` is below 2.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> said = pd.DataFrame({"source": ["document_000", "document_001"], "target": "manor", "relation": "cites"})
    >>> said = said.assign(relation_id=["1", "2"], document=["000", "001"], weight=1.0)
    >>> found = networks.citations_answer(said, pd.DataFrame({"actor_id": ["manor"], "country": ["ISR"]}), "KAZ")
    >>> found["sentence.answer_citations_pair"]
               left         right  value
    0  document_000  document_001      1
    >>> found["sentence.answer_citations_country"]
      country  value  n
    0     KAZ      0  1
    """
    check_least(least)
    cited = build(relations, relation="cites")
    bonds = distinct_pairs(project(cited, weight="newman"), measure="shared_sources", source_id=SOURCE)
    strongest = bonds[bonds["value"] == bonds["value"].max()]
    sources = {name: set(rows["target"]) for name, rows in cited.groupby("source")}
    both = [
        len(sources[left] & sources[right]) for left, right in zip(strongest["left"], strongest["right"], strict=True)
    ]
    everything, home = set(cited["target"]), set(actors_of(actors, country))
    counts = {"value": shared_targets(cited, least=least)["target"].nunique(), "n": len(everything), "least": least}
    own = pd.DataFrame({"country": [country], "value": [len(everything & home)], "n": [len(everything)]})
    return {
        "sentence.answer_citations_shared": pd.DataFrame([counts]),
        "sentence.answer_citations_pair": strongest[["left", "right"]].assign(value=both),
        "sentence.answer_citations_country": own,
    }
