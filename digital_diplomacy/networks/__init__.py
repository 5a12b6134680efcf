"""Networks of attention and dependence, built from single statements that each name their document.

An edge ``u -> v`` says that u pays attention to v or depends on v: a reader follows a ministry, a document cites a
scholar, a programme is run by a government. Statements are a hand-coded census, not a sample, so intervals are
``sensitivity``: the range a value takes when each document in turn is left out.

Audiences, ownership and citations are different quantities. They are never added: strengths are computed within one
relation, and whatever spans relations counts distinct actors only.

The functions named here read edges of one or several relations. Those of the modules `centrality`, `cohesion`,
`brokerage`, `communities`, `core_periphery` and `backbone` read one network (`arrays.graph`), in every convention.
Where implementations disagree, these hold, and a result names the one chosen in ``measure`` or ``group``:

- loops are refused or dropped, never counted; parallel edges are refused, added, or count once without weight;
- isolates belong to the network: PageRank gives them their even share (NetworKit loses it), closeness, participation
  and coreness give 0, constraint, effective size and the E-I index are missing;
- an undirected network names each tie once, so that a directed file is not mistaken for one;
- a tie is 1 / weight long; paths of equal length tie even where floating-point sums differ in the last digit;
- betweenness counts ordered pairs of a directed network, unordered ones otherwise, without ends;
- closeness and harmonic closeness take distances to the actor unless told otherwise; actors out of reach are left out
  (``closeness_reachable``), lower the value by their share (``closeness_improved``) or make it 0
  (``closeness_connected``); 0 where nobody reaches the actor;
- eigenvector centrality sums over those who attend (``in``) unless told otherwise (``out``), and is missing unless the
  network is (strongly) connected; HITS values sum to 1 and are missing where the leading vectors are not unique;
- coreness ignores direction (``coreness``) or counts a mutual tie twice (``coreness_total``), or one side only;
- powers are measured in the largest connected part of a network, whose size stands beside;
- constraint and effective size add both directions of a tie first, and look at contacts only, not two steps away;
- brokerage excludes pairs that are tied themselves or are one actor; a representative passes on from its own type
  (A A -> B), a gatekeeper to it (A -> B B); an undirected tie stands for both directions;
- participation is 0 without ties; reciprocity is the share of ties returned, other readings having codes of their own;
- modularity of directed ties compares with strength paid times strength received.
"""

from digital_diplomacy.frames import in_words as _in_words
from digital_diplomacy.networks.chance.choices import attention_received, chosen_found
from digital_diplomacy.networks.chance.designs import Design, design
from digital_diplomacy.networks.chance.mobility import mobility, mobility_found
from digital_diplomacy.networks.chance.regression import mrqap, qap_correlation
from digital_diplomacy.networks.chance.returning import returned
from digital_diplomacy.networks.chance.sampling import first_found, leave_one_out, rank_intervals
from digital_diplomacy.networks.graphs.arrays import Graph, graph
from digital_diplomacy.networks.graphs.backbone import has_backbone
from digital_diplomacy.networks.graphs.building import (
    actors_near,
    actors_of,
    build,
    check_actors,
    count_relations,
    count_works,
    edge_list,
    shared_targets,
)
from digital_diplomacy.networks.graphs.components import equal_parts, largest_component, system_of
from digital_diplomacy.networks.graphs.intake import UNTYPED, aggregate, distinct_pairs, project, take_in, two_mode
from digital_diplomacy.networks.graphs.layout import bands, in_layers, layers, layout
from digital_diplomacy.networks.graphs.naming import names_given
from digital_diplomacy.networks.graphs.skeleton import skeleton
from digital_diplomacy.networks.graphs.thinning import Drawing, among_leading, drawing, local_degree
from digital_diplomacy.networks.measures.actors import (
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
from digital_diplomacy.networks.models.sentences import tie_sentences, tie_term_names
from digital_diplomacy.networks.models.ties import TieModel, tie_model
from digital_diplomacy.networks.powers.answers import (
    ATTENTION,
    READ,
    bodies_answering,
    citations_answer,
    networks_answer,
    reliance,
)
from digital_diplomacy.networks.powers.census import census_powers
from digital_diplomacy.networks.powers.crossings import (
    attention_found,
    means_by_document,
    means_by_user,
    means_found,
    shared_by_document,
    shared_found,
    sources_by_document,
    sources_of_pairs,
    types_found,
    types_met,
    users_found,
)
from digital_diplomacy.networks.powers.days import Dated, dated
from digital_diplomacy.networks.powers.exchange import (
    DIALOGUE,
    both_ways,
    dialogue,
    exchange_found,
    exchanges,
    pairs_found,
)
from digital_diplomacy.networks.powers.findings import networking_found, powers_found, powers_told
from digital_diplomacy.networks.powers.four import (
    POWERS,
    dependence_received,
    dyadic_power,
    network_making_power,
    networked_power,
    power_sentence,
    powers,
)
from digital_diplomacy.networks.powers.networking import networking_power
from digital_diplomacy.networks.powers.overview import actor_table
from digital_diplomacy.networks.powers.programming import GOALS, goals_stated, programming_power
from digital_diplomacy.networks.powers.standards import standard_powers
from digital_diplomacy.networks.powers.standing import (
    ROLES,
    making_said,
    outcome,
    outstanding,
    power_marks,
    powers_answer,
    unmarked,
)
from digital_diplomacy.networks.powers.switching import LAYERS, layered, switching_power

__all__ = [
    "ATTENTION",
    "DIALOGUE",
    "GOALS",
    "LAYERS",
    "MEASURES",
    "POWERS",
    "READ",
    "ROLES",
    "UNTYPED",
    "Dated",
    "Design",
    "Drawing",
    "Graph",
    "TieModel",
    "actor_table",
    "actors_near",
    "actors_of",
    "aggregate",
    "among_leading",
    "assortativity",
    "attention_found",
    "attention_received",
    "bands",
    "bodies_answering",
    "both_ways",
    "build",
    "census_powers",
    "check_actors",
    "chosen_found",
    "citations_answer",
    "core",
    "coreness",
    "count_relations",
    "count_works",
    "dated",
    "degrees",
    "dependence",
    "dependence_received",
    "design",
    "dialogue",
    "distinct_pairs",
    "drawing",
    "dyadic_power",
    "edge_list",
    "equal_parts",
    "exchange_found",
    "exchanges",
    "first_found",
    "goals_stated",
    "graph",
    "has_backbone",
    "in_layers",
    "largest_component",
    "layered",
    "layers",
    "layout",
    "leading",
    "leave_one_document_out",
    "leave_one_out",
    "local_degree",
    "making_said",
    "means_by_document",
    "means_by_user",
    "means_found",
    "mixing",
    "mobility",
    "mobility_found",
    "mrqap",
    "names_given",
    "network_making_power",
    "networked_power",
    "networking_found",
    "networking_power",
    "networks_answer",
    "outcome",
    "outstanding",
    "pagerank",
    "pairs_found",
    "power_marks",
    "power_sentence",
    "powers",
    "powers_answer",
    "powers_found",
    "powers_told",
    "programming_power",
    "project",
    "qap_correlation",
    "rank_intervals",
    "reciprocity",
    "reliance",
    "returned",
    "shared_by_document",
    "shared_found",
    "shared_targets",
    "shares",
    "skeleton",
    "sources_by_document",
    "sources_of_pairs",
    "standard_powers",
    "strengths",
    "switching_power",
    "system_of",
    "take_in",
    "tie_model",
    "tie_sentences",
    "tie_term_names",
    "two_mode",
    "types_found",
    "types_met",
    "unmarked",
    "users_found",
]

# A frame without a column that is needed is refused in words, whatever function it is given to.
globals().update(_in_words(__name__, {name: globals()[name] for name in __all__}))
