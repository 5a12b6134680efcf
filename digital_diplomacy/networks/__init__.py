"""Networks of attention and dependence, built from single statements that each name their document.

An edge ``u -> v`` says that u pays attention to v or depends on v: a reader follows a ministry, a document cites a
scholar, a programme is run by a government. Statements are a hand-coded census, not a sample, so intervals are
``sensitivity``: the range a value takes when each document in turn is left out.

Audiences, ownership and citations are different quantities. They are never added: strengths are computed within one
relation, and whatever spans relations counts distinct actors only.
"""

from digital_diplomacy.networks.building import (
    actors_near,
    actors_of,
    build,
    check_actors,
    count_relations,
    count_works,
    edge_list,
    shared_targets,
)
from digital_diplomacy.networks.layout import layout
from digital_diplomacy.networks.measures import (
    MEASURES,
    assortativity,
    core,
    coreness,
    degrees,
    dependence,
    leading,
    leave_one_document_out,
    mixing,
    pagerank,
    reciprocity,
    shares,
    strengths,
)

__all__ = [
    "MEASURES",
    "actors_near",
    "actors_of",
    "assortativity",
    "build",
    "check_actors",
    "core",
    "coreness",
    "count_relations",
    "count_works",
    "degrees",
    "dependence",
    "edge_list",
    "layout",
    "leading",
    "leave_one_document_out",
    "mixing",
    "pagerank",
    "reciprocity",
    "shared_targets",
    "shares",
    "strengths",
]
