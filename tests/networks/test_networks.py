"""Networks: edges from statements, measures of attention and dependence, layout."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import labels, networks
from digital_diplomacy.errors import TableError
from digital_diplomacy.tables import EDGES, ESTIMATES, PAIRS, POSITIONS, validate

# Marriages among Florentine families: Padgett, J. F., Ansell, C. K. (1993). Robust action and the rise of the Medici,
# 1400-1434. American Journal of Sociology 98(6), 1259-1319. The Pucci, sixteenth family, have no tie.
MARRIAGES = [
    "Acciaiuoli-Medici",
    "Albizzi-Ginori",
    "Albizzi-Guadagni",
    "Albizzi-Medici",
    "Barbadori-Castellani",
    "Barbadori-Medici",
    "Bischeri-Guadagni",
    "Bischeri-Peruzzi",
    "Bischeri-Strozzi",
    "Castellani-Peruzzi",
    "Castellani-Strozzi",
    "Guadagni-Lamberteschi",
    "Guadagni-Tornabuoni",
    "Medici-Ridolfi",
    "Medici-Salviati",
    "Medici-Tornabuoni",
    "Pazzi-Salviati",
    "Peruzzi-Strozzi",
    "Ridolfi-Strozzi",
    "Ridolfi-Tornabuoni",
]
# PageRank with damping 0.85, on which igraph and networkx agree to 1e-12, the Pucci included.
PAGERANK = {
    "Medici": 0.144373470295,
    "Guadagni": 0.0974235973959,
    "Strozzi": 0.0872261767517,
    "Pucci": 0.00990099009901,
}
# k-cores, on which igraph, NetworKit, networkx and R's sna agree.
ONE_CORE = {"Acciaiuoli", "Ginori", "Lamberteschi", "Pazzi", "Salviati"}

# Mixing of couples by ethnicity, men in rows: Newman, M. E. J. (2003). Mixing patterns in networks. Physical Review E
# 67, 026126, table I, in thousandths; published r = 0.621. The rounded cells sum to 0.997: half a unit in each of the
# four on the diagonal moves r by 4 * 0.0005 / (1 - 0.308) = 0.003.
COUPLES = {
    "black": {"black": 258, "hispanic": 16, "white": 35, "other": 13},
    "hispanic": {"black": 12, "hispanic": 157, "white": 58, "other": 19},
    "white": {"black": 13, "hispanic": 23, "white": 306, "other": 35},
    "other": {"black": 5, "hispanic": 7, "white": 24, "other": 16},
}


def edges_of(*ties: str, relation: str = "uses") -> pd.DataFrame:
    """Edges from texts like ``a-b`` or ``a-b:3``."""
    rows = []
    for tie in ties:
        pair, _, weight = tie.partition(":")
        source, target = pair.split("-")
        rows.append({"source": source, "target": target, "relation": relation, "weight": float(weight or 1)})
    return pd.DataFrame(rows, columns=list(EDGES.columns))


def statements(rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    blank = {
        "relation": "uses",
        "platform": None,
        "period": None,
        "weight": np.nan,
        "measure": None,
        "unit": None,
        "base": None,
    }
    return pd.DataFrame([{**blank, "relation_id": f"r{number}", **row} for number, row in enumerate(rows, start=1)])


def said(*rows: str) -> pd.DataFrame:
    """Statements from texts like ``a-b uses 000``."""
    parts = [row.split() for row in rows]
    pairs = [part[0].split("-") for part in parts]
    return statements(
        [
            {"source": pair[0], "target": pair[1], "relation": part[1], "document": part[2]}
            for pair, part in zip(pairs, parts, strict=True)
        ]
    )


def followers(*rows: tuple[str, str, str, float], unit: str = "followers") -> pd.DataFrame:
    fixed = {"source": "public", "relation": "follows", "measure": unit, "unit": unit, "document": "000"}
    return statements(
        [
            {**fixed, "target": target, "platform": platform, "period": period, "weight": weight}
            for target, platform, period, weight in rows
        ]
    )


AUDIENCES = followers(
    ("mfa_kazakhstan", "twitter", "2017-08", 18200),
    ("mfa_kazakhstan", "twitter", "2018-02", 23900),
    ("mfa_kazakhstan", "youtube", "2018-02", 1254),
    ("mfa_russia", "twitter", "2018-02", 1220000),
    ("mfa_russia", "youtube", "2018-02", 12458),
)


def actors_of_types(**types: str) -> pd.DataFrame:
    return pd.DataFrame({"actor_id": list(types), "type": list(types.values()), "country": None})


def values(estimates: pd.DataFrame, measure: str) -> dict[str, float]:
    found = estimates[estimates["measure"] == measure]
    return dict(zip(found["entity"], found["value"], strict=True))


def florentine() -> pd.DataFrame:
    both = [*MARRIAGES, *("-".join(reversed(tie.split("-"))) for tie in MARRIAGES)]
    return edges_of(*both, relation="marriage")


# Building


def test_weight_counts_the_statements_of_a_tie() -> None:
    rows = said("a-b uses 000", "a-b uses 001", "a-b uses 001", "a-c uses 000", "a-b cites 001")
    edges = networks.build(rows)
    assert edges["weight"].tolist() == [1.0, 3.0, 1.0]
    assert edges["relation"].tolist() == ["cites", "uses", "uses"]


def test_weight_may_count_the_documents_of_a_tie() -> None:
    rows = said("a-b uses 000", "a-b uses 001", "a-b uses 001", "a-c uses 000")
    assert networks.build(rows, weight="documents")["weight"].tolist() == [2.0, 1.0]


def test_edge_list_names_the_documents_of_a_tie_once_each() -> None:
    rows = said("a-b uses 001", "a-b uses 000", "a-b uses 001")
    assert networks.edge_list(rows)["documents"].tolist() == ["000 001"]


def test_statements_are_chosen_by_relation_and_document() -> None:
    rows = said("a-b uses 000", "a-c cites 000", "a-d cites 001", "a-e runs 001")
    assert networks.build(rows, relation="cites", document="001")["target"].tolist() == ["d"]
    assert networks.build(rows, relation=["cites", "runs"])["target"].tolist() == ["c", "d", "e"]


def test_printed_figures_weigh_the_ties_of_one_period_and_platform() -> None:
    edges = networks.build(AUDIENCES, relation="follows", period="2018-02", weight="printed", senders="platform")
    assert edges[["source", "target", "weight"]].to_numpy().tolist() == [
        ["twitter", "mfa_kazakhstan", 23900.0],
        ["twitter", "mfa_russia", 1220000.0],
        ["youtube", "mfa_kazakhstan", 1254.0],
        ["youtube", "mfa_russia", 12458.0],
    ]


def test_statements_without_a_platform_have_no_platform_as_sender() -> None:
    assert networks.build(said("a-b uses 000"), senders="platform").empty


def test_statements_with_a_blank_sender_make_no_tie() -> None:
    rows = said("a-b uses 000", "a-c uses 000").assign(platform=["", "twitter"])
    assert networks.build(rows, senders="platform")["source"].tolist() == ["twitter"]


def test_nothing_chosen_gives_an_empty_table_of_edges() -> None:
    edges = networks.build(said("a-b uses 000"), relation="cites")
    assert edges.empty
    assert list(edges.columns) == list(EDGES.columns)


def test_order_of_statements_does_not_matter_and_input_stays() -> None:
    rows = said("a-b uses 000", "c-b uses 001", "b-a cites 001", "a-b uses 002")
    before = rows.copy(deep=True)
    pd.testing.assert_frame_equal(networks.build(rows), networks.build(rows.iloc[::-1]))
    networks.leave_one_document_out(rows, "in_degree")
    pd.testing.assert_frame_equal(rows, before)


def test_followers_of_two_dates_are_not_added() -> None:
    with pytest.raises(ValueError, match=r"several printed figures for one pair \(r1, r2\)"):
        networks.build(AUDIENCES, relation="follows", weight="printed", senders="platform")


def test_followers_of_two_platforms_are_not_added() -> None:
    with pytest.raises(ValueError, match="several printed figures"):
        networks.build(AUDIENCES, relation="follows", period="2018-02", weight="printed")


@pytest.mark.parametrize(
    ("column", "values"),
    [("unit", ("percent", "users")), ("base", ("adults", "population")), ("measure", ("users", "messages"))],
)
def test_printed_figures_of_two_kinds_are_not_mixed(column: str, values: tuple[str, str]) -> None:
    rows = statements(
        [
            {"source": "a", "target": target, "weight": 1.0, "document": "000", "unit": "percent", column: value}
            for target, value in zip("bc", values, strict=True)
        ]
    )
    with pytest.raises(ValueError, match=rf"more than one {column} \({min(values)}, {max(values)}\)"):
        networks.build(rows, relation="uses", weight="printed")


def test_printed_figures_of_two_relations_are_not_mixed() -> None:
    rows = said("a-b uses 000", "a-c cites 000").assign(weight=1.0)
    with pytest.raises(ValueError, match="more than one relation"):
        networks.build(rows, weight="printed")


def test_missing_printed_figure_is_named() -> None:
    with pytest.raises(ValueError, match="no printed figure in r1"):
        networks.build(said("a-b uses 000"), weight="printed")


@pytest.mark.parametrize("figure", [0.0, -3.0])
def test_printed_figure_must_be_above_zero(figure: float) -> None:
    with pytest.raises(TableError, match=r"a/b/uses.*weight"):
        networks.build(said("a-b uses 000").assign(weight=figure), weight="printed")


def test_actor_tied_to_itself_is_refused() -> None:
    with pytest.raises(TableError, match="r2: an actor tied to itself"):
        networks.build(said("a-b uses 000", "a-a cites 000"))


def test_unknown_weight_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown weight 'sum'"):
        networks.build(said("a-b uses 000"), weight="sum")  # type: ignore[arg-type]


@pytest.mark.parametrize("weight", [0.0, -1.0, np.nan])
def test_measures_refuse_edges_without_a_positive_weight(weight: float) -> None:
    with pytest.raises(TableError, match=r"row 1 \(a/b/uses\), column `weight`"):
        networks.degrees(edges_of("a-b").assign(weight=weight))


# Neighbourhoods


def test_neighbourhood_grows_with_its_radius() -> None:
    chain = edges_of("a-b", "b-c", "c-d", "d-e")
    assert networks.actors_near(chain, ["b"])["target"].tolist() == ["b", "c"]
    assert networks.actors_near(chain, ["b"], radius=2)["target"].tolist() == ["b", "c", "d"]


def test_country_without_actors_has_an_empty_neighbourhood() -> None:
    actors = pd.DataFrame({"actor_id": ["a", "b"], "type": "state", "country": ["KAZ", None]})
    assert networks.actors_of(actors, "KAZ", "UZB") == ["a"]
    assert networks.actors_near(edges_of("a-b"), networks.actors_of(actors, "UZB")).empty


def test_radius_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="radius is 0"):
        networks.actors_near(edges_of("a-b"), ["a"], radius=0)


def test_shared_targets_are_those_of_several_senders() -> None:
    edges = edges_of("x-a", "y-a", "x-b", "y-c:9")
    assert networks.shared_targets(edges)["target"].tolist() == ["a", "a"]


def test_a_sender_tied_by_two_relations_is_one_sender() -> None:
    edges = pd.concat([edges_of("x-a", "x-b", "y-b"), edges_of("x-a", relation="cites")])
    assert networks.shared_targets(edges)["target"].tolist() == ["b", "b"]


# Measures


def test_degree_counts_actors_once_over_all_relations() -> None:
    edges = pd.concat([edges_of("a-b:5", "c-b"), edges_of("a-b", relation="cites")])
    found = networks.degrees(edges, nodes=["z"])
    assert values(found, "in_degree") == {"a": 0, "b": 2, "c": 0, "z": 0}
    assert values(found, "out_degree") == {"a": 1, "b": 0, "c": 1, "z": 0}


def test_strength_stays_within_a_relation() -> None:
    found = networks.strengths(pd.concat([edges_of("a-b:5", "c-b:2"), edges_of("a-b:9", relation="cites")]))
    received = found[(found["measure"] == "in_strength") & (found["entity"] == "b")]
    assert dict(zip(received["group"], received["value"], strict=True)) == {"cites": 9, "uses": 7}


def test_shares_divide_a_senders_attention() -> None:
    # 23,900 of 23,900 + 1,220,000 readers on Twitter and 1,254 of 1,254 + 12,458 on YouTube follow the Kazakh ministry.
    found = networks.shares(edges_of("t-kz:23900", "t-ru:1220000", "y-kz:1254", "y-ru:12458", relation="follows"))
    validate(found, PAIRS)
    assert found["value"].tolist() == pytest.approx([23900 / 1243900, 1220000 / 1243900, 1254 / 13712, 12458 / 13712])


def test_shares_of_two_relations_are_refused() -> None:
    with pytest.raises(ValueError, match="one relation, found cites, uses"):
        networks.shares(pd.concat([edges_of("a-b"), edges_of("a-b", relation="cites")]))


def test_dependence_sums_the_shares_received() -> None:
    # a gives 3/4 to x and 1/4 to y; b gives all to x; c gives 1/2 to y and 1/2 to a.
    found = values(networks.dependence(edges_of("a-x:3", "a-y:1", "b-x:7", "c-y:2", "c-a:2")), "dependence")
    assert found == pytest.approx({"a": 0.5, "b": 0, "c": 0, "x": 1.75, "y": 0.75})


def test_dependence_of_a_relation_sums_to_its_senders_and_ignores_scale() -> None:
    edges = edges_of("a-x:3", "a-y:1", "b-x:7", "c-y:2", "c-a:2")
    found = networks.dependence(edges)
    assert found["value"].sum() == pytest.approx(3)
    scaled = networks.dependence(edges.assign(weight=edges["weight"] * 1000))
    assert scaled["value"].tolist() == pytest.approx(found["value"].tolist())


def test_pagerank_of_the_florentine_families_is_the_agreed_one() -> None:
    found = values(networks.pagerank(florentine(), nodes=["Pucci"]), "pagerank")
    assert sum(found.values()) == pytest.approx(1)
    assert {name: found[name] for name in PAGERANK} == pytest.approx(PAGERANK, abs=1e-9)


def test_pagerank_follows_attention() -> None:
    # a and b point to c, which points to nobody: with damping d and what c holds spread evenly, p_a = p_b = q and
    # p_c = q + 2dq; they sum to 1, so q = 1 / (3 + 2d).
    found = values(networks.pagerank(edges_of("a-c", "b-c"), damping=0.5), "pagerank")
    assert found == pytest.approx({"a": 1 / 4, "b": 1 / 4, "c": 1 / 2})


@pytest.mark.parametrize("damping", [-0.1, 1.0])
def test_damping_outside_its_bounds_is_refused(damping: float) -> None:
    with pytest.raises(ValueError, match="damping is"):
        networks.pagerank(edges_of("a-b"), damping=damping)


def test_pagerank_is_passed_on_in_proportion_to_weight() -> None:
    # a gives 3/4 to b and 1/4 to c, both give all back, damping 1/2: b = 1/6 + 3a/8, c = 1/6 + a/8 and
    # a = 1/6 + (b + c) / 2 = 1/3 + a/4, so a = 4/9, b = 1/3, c = 2/9.
    found = values(networks.pagerank(edges_of("a-b:3", "a-c:1", "b-a", "c-a"), damping=0.5), "pagerank")
    assert found == pytest.approx({"a": 4 / 9, "b": 1 / 3, "c": 2 / 9})


def test_coreness_of_the_florentine_families_is_the_agreed_one() -> None:
    found = values(networks.coreness(florentine(), nodes=["Pucci"]), "coreness")
    assert {name for name, value in found.items() if value == 1} == ONE_CORE
    assert {name for name, value in found.items() if value == 0} == {"Pucci"}
    assert sorted(found.values())[-10:] == [2.0] * 10


def test_core_keeps_the_ties_inside_it() -> None:
    triangle_with_tail = edges_of("a-b", "b-c", "c-a", "c-d", "d-e")
    assert networks.core(triangle_with_tail, k=2)["source"].tolist() == ["a", "b", "c"]
    assert networks.core(triangle_with_tail, k=3).empty


def test_reciprocity_counts_a_return_by_another_relation() -> None:
    # Ordered pairs: a-b, b-a, a-c, c-d; the first two return each other: 2 of 4.
    edges = pd.concat([edges_of("a-b", "a-c", "c-d"), edges_of("b-a", "a-b", relation="cites")])
    found = networks.reciprocity(edges)
    assert found[["value", "n"]].to_numpy().tolist() == [[0.5, 4.0]]


def test_network_without_ties_has_no_summary() -> None:
    assert networks.reciprocity(edges_of()).empty
    assert networks.assortativity(edges_of(), actors_of_types(a="x")).empty
    assert networks.mixing(edges_of(), actors_of_types(a="x")).empty


def test_mixing_shares_sum_to_one_for_each_type() -> None:
    actors = actors_of_types(k="citizens", s="state", t="state", p="platform")
    found = networks.mixing(edges_of("k-s", "k-p:9", "s-p", "s-k", "s-t", "t-s"), actors)
    shares = {(row.left, row.right): (row.value, row.n) for row in found.itertuples()}
    # citizens send two ties, one to each side; states send four: platform 1, citizens 1, state 2.
    assert shares == {
        ("citizens", "platform"): (0.5, 2),
        ("citizens", "state"): (0.5, 2),
        ("state", "citizens"): (0.25, 4),
        ("state", "platform"): (0.25, 4),
        ("state", "state"): (0.5, 4),
    }


def test_a_pair_tied_by_two_relations_is_one_tie_between_types() -> None:
    edges = pd.concat([edges_of("k-s", "k-p"), edges_of("k-s", relation="cites")])
    found = networks.mixing(edges, actors_of_types(k="citizens", s="state", p="platform"))
    assert found[["value", "n"]].to_numpy().tolist() == [[0.5, 2], [0.5, 2]]


def test_assortativity_of_couples_is_newmans() -> None:
    ties, types = [], {}
    for man, women in COUPLES.items():
        for woman, count in women.items():
            for number in range(count):
                one, other = f"m{man}{woman}{number}", f"w{man}{woman}{number}"
                ties.append(f"{one}-{other}")
                types.update({one: man, other: woman})
    found = networks.assortativity(edges_of(*ties), actors_of_types(**types))
    assert found["value"].item() == pytest.approx(0.621, abs=0.003)


def test_assortativity_is_one_within_types_and_missing_for_a_single_type() -> None:
    actors = actors_of_types(a="x", b="x", c="y", d="y")
    assert networks.assortativity(edges_of("a-b", "c-d"), actors)["value"].item() == pytest.approx(1)
    assert networks.assortativity(edges_of("a-b"), actors)["value"].isna().all()


def test_assortativity_leaves_out_ties_of_a_type() -> None:
    actors = actors_of_types(a="x", b="x", c="y", d="y", e="z")
    ties = edges_of("a-b", "c-d", "e-a", "e-c")
    kept = networks.assortativity(ties, actors, without=["z"])
    assert kept[["value", "n"]].to_numpy().tolist() == [[1.0, 2.0]]
    assert networks.assortativity(ties, actors)["n"].item() == 4
    assert networks.assortativity(ties, actors, without=["x", "y", "z"]).empty


# What rests on one document


def test_range_shows_what_one_document_carries() -> None:
    # x is used by a and b in 000, by a in 001, by c in 002. Senders: 3; without 000: a, c; without 001: a, b, c;
    # without 002: a, b. So 2 to 3. y is used in 000 only: 0 to 1.
    rows = said("a-x uses 000", "b-x uses 000", "a-x uses 001", "c-x uses 002", "a-y uses 000")
    found = networks.leave_one_document_out(rows, "in_degree").set_index("entity")
    assert found.loc["x", ["value", "low", "high", "n"]].tolist() == [3, 2, 3, 3]
    assert found.loc["y", ["value", "low", "high", "n"]].tolist() == [1, 0, 1, 1]
    assert set(found["interval"]) == {"sensitivity"}


def test_range_of_dependence_may_lie_on_both_sides() -> None:
    # a: two statements for x (000), one for y (001): shares 2/3 and 1/3; without 000 all to y, without 001 all to x.
    rows = said("a-x uses 000", "a-x uses 000", "a-y uses 001")
    found = networks.leave_one_document_out(rows, "dependence").set_index("entity")
    assert found.loc["x", ["value", "low", "high"]].tolist() == pytest.approx([2 / 3, 0, 1])
    assert found.loc["y", ["value", "low", "high"]].tolist() == pytest.approx([1 / 3, 0, 1])
    assert found.loc["x", "group"] == "uses"


def test_a_relation_of_one_document_falls_to_zero_without_it() -> None:
    # z is cited in 000 only: without it no tie of that kind is left, so that strength is 0 and not missing.
    found = networks.leave_one_document_out(said("a-z cites 000", "a-x uses 001"), "in_strength")
    cited = found[(found["entity"] == "z") & (found["group"] == "cites")]
    assert cited[["value", "low", "high"]].to_numpy().tolist() == [[1, 0, 1]]


def test_ranks_share_the_better_place() -> None:
    rows = said("a-x uses 000", "b-x uses 001", "a-y uses 000", "b-y uses 001", "a-z uses 001")
    found = networks.leave_one_document_out(rows, "in_degree", as_rank=True).set_index("entity")
    # Values 2, 2, 1, and 0 for the senders; without 001: 1, 1, 0, so z falls to the senders' place, still third.
    assert found.loc[["x", "y", "z"], "value"].tolist() == [1, 1, 3]
    assert found.loc["z", ["low", "high"]].tolist() == [1, 3]
    assert set(found["measure"]) == {"in_degree_rank"}
    assert set(found["unit"]) == {"rank"}


@pytest.mark.parametrize("measure", networks.MEASURES)
def test_range_holds_the_value_for_every_measure(measure: str) -> None:
    rows = said("a-x uses 000", "b-x uses 001", "a-y cites 000", "x-y cites 002", "y-a uses 001")
    found = validate(networks.leave_one_document_out(rows, measure), ESTIMATES)
    assert (found["low"] <= found["value"]).all()
    assert (found["value"] <= found["high"]).all()
    pd.testing.assert_frame_equal(found, networks.leave_one_document_out(rows.iloc[::-1], measure))


def test_no_statement_gives_no_range() -> None:
    assert networks.leave_one_document_out(said("a-b uses 000"), "in_degree", relation="cites").empty


def test_unknown_measure_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown measure 'power'; allowed: in_degree"):
        networks.leave_one_document_out(said("a-b uses 000"), "power")


def test_leading_rows_come_best_first_and_without_zeros() -> None:
    found = networks.leading(networks.strengths(edges_of("a-x:3", "a-y:5", "b-x:3")), n=2)
    received = found[found["measure"] == "in_strength"]
    assert received["entity"].tolist() == ["x", "y"]
    assert set(found["entity"]) == {"a", "b", "x", "y"}


def test_rows_equal_to_the_last_one_shown_are_kept_and_zeros_never() -> None:
    # received: x 3, y 1, z 1, a 0; the second is y, and z equals it
    found = networks.leading(networks.strengths(edges_of("a-x:3", "a-z:1", "a-y:1")), n=2)
    assert found.loc[found["measure"] == "in_strength", "entity"].tolist() == ["x", "y", "z"]
    every = networks.leading(networks.strengths(edges_of("a-x:3", "a-z:1", "a-y:1")), n=9)
    assert every.loc[every["measure"] == "in_strength", "entity"].tolist() == ["x", "y", "z"]


def test_leading_ranks_begin_with_the_first() -> None:
    rows = said("a-x uses 000", "b-x uses 001", "a-y uses 000")
    found = networks.leading(networks.leave_one_document_out(rows, "in_degree", as_rank=True), n=2)
    assert found["entity"].tolist() == ["x", "y"]


# Counts of rows


def test_relations_are_counted_with_their_actors_and_documents() -> None:
    found = networks.count_relations(said("a-b uses 000", "a-b uses 001", "c-b uses 001", "a-b cites 000"))
    assert found.to_dict("records") == [
        {"relation": "uses", "statements": 3, "ties": 2, "senders": 2, "receivers": 1, "in_documents": 2},
        {"relation": "cites", "statements": 1, "ties": 1, "senders": 1, "receivers": 1, "in_documents": 1},
    ]


def test_work_listed_twice_counts_once() -> None:
    rows = pd.DataFrame(
        {
            "document": ["001", "001", "001", "002"],
            "authors": ["Kemp, S.", "Kemp, S.", None, "Kemp, S."],
            "title": ["DIGITAL 2021", "DIGITAL 2021", "Site", "DIGITAL 2021"],
            "language": ["en", "en", None, "en"],
            "year": pd.array([2021, 2021, None, 2021], dtype="Int64"),
        }
    )
    assert networks.count_works(rows).to_numpy().tolist() == [
        ["001", "", "", 1],
        ["001", "en", "2020/2029", 1],
        ["002", "en", "2020/2029", 1],
    ]


# Layout

PLACED = actors_of_types(
    KAZ="state", RUS="state", twitter="platform", facebook="platform", internet="platform", USA="state"
)


def test_positions_are_the_same_whatever_the_order_of_rows() -> None:
    edges = edges_of("KAZ-twitter", "RUS-twitter", "KAZ-facebook:4", "RUS-facebook", "USA-internet")
    found = networks.layout(edges, PLACED, lang="en")
    validate(found, POSITIONS)
    pd.testing.assert_frame_equal(found, networks.layout(edges.iloc[::-1], PLACED.iloc[::-1], lang="en"))


@pytest.mark.parametrize(("lang", "name"), [("en", "Kazakhstan"), ("ru", "Казахстан"), ("kk", "Қазақстан")])
def test_labels_are_in_the_language(lang: str, name: str) -> None:
    found = networks.layout(edges_of("KAZ-twitter"), PLACED, lang=lang).set_index("actor_id")
    assert found.loc["KAZ", "label"] == name


def test_small_components_stand_below_the_largest() -> None:
    edges = edges_of("KAZ-twitter", "RUS-twitter", "KAZ-facebook", "USA-internet")
    found = networks.layout(edges, PLACED, lang="en").set_index("actor_id")
    assert found.loc[["USA", "internet"], "y"].max() < found.loc[["KAZ", "RUS", "twitter", "facebook"], "y"].min()


def test_distances_of_a_path_grow_with_its_steps() -> None:
    found = networks.layout(edges_of("facebook-KAZ", "KAZ-twitter", "RUS-twitter"), PLACED, lang="en").set_index(
        "actor_id"
    )
    ends = found.loc[["facebook", "KAZ", "twitter", "RUS"], "x"].to_numpy()
    assert (np.diff(ends) > 0).all() or (np.diff(ends) < 0).all()


def test_size_is_strength_in_one_relation_and_senders_in_several() -> None:
    one = edges_of("KAZ-twitter:5", "RUS-twitter:2")
    assert networks.layout(one, PLACED, lang="en").set_index("actor_id").loc["twitter", "size"] == 7
    several = pd.concat([one, edges_of("KAZ-twitter:9", relation="cites")])
    assert networks.layout(several, PLACED, lang="en").set_index("actor_id").loc["twitter", "size"] == 2


def test_relations_with_as_many_statements_stand_by_name_and_ties_count_once() -> None:
    rows = said("a-b uses 000", "a-b cites 000", "a-b cites 001", "b-c uses 000", "z-y runs 000")
    assert networks.count_relations(rows.iloc[::-1]).to_numpy().tolist() == [
        ["cites", 2, 1, 1, 1, 2], ["uses", 2, 2, 2, 2, 1], ["runs", 1, 1, 1, 1, 1]]  # fmt: skip


def test_a_ring_of_ties_is_reached_from_either_side_and_returned_ties_are_one_row() -> None:
    chain = edges_of("a-b", "c-b", "c-d", "e-d", "y-z")
    near = {radius: networks.actors_near(chain, ["a", "alone"], radius=radius) for radius in (1, 2, 3)}
    assert [len(part) for part in near.values()] == [1, 2, 3]
    back = networks.reciprocity(edges_of("a-b", "b-a", "a-c"))
    assert back[["value", "n"]].to_numpy().tolist() == [[pytest.approx(2 / 3), 3]]
    assert back.index.tolist() == [0]


def test_who_nobody_turns_to_is_stated_by_no_document() -> None:
    rows = said("a-b uses 000", "c-b uses 001", "a-b cites 002")
    n = networks.leave_one_document_out(rows, "in_strength").set_index(["group", "entity"])["n"]
    assert n["uses"].to_dict() == {"a": 0, "b": 2, "c": 0}
    assert n["cites"].to_dict() == {"a": 0, "b": 1, "c": 0}
    assert networks.leave_one_document_out(rows, "coreness").set_index("entity")["n"].to_dict() == {
        "a": 0, "b": 3, "c": 0}  # fmt: skip


def test_no_ties_give_no_positions() -> None:
    assert networks.layout(edges_of(), PLACED, lang="en").empty


def test_edge_to_an_unlisted_actor_is_refused() -> None:
    edges = edges_of("KAZ-telegraph")
    assert networks.check_actors(edges, PLACED).to_numpy().tolist() == [["telegraph", "unknown"]]
    with pytest.raises(TableError, match="'telegraph' is unknown"):
        networks.layout(edges, PLACED, lang="en")
    with pytest.raises(TableError, match="'telegraph' is unknown"):
        networks.mixing(edges, PLACED)


def test_actor_listed_twice_is_refused() -> None:
    twice = pd.concat([PLACED, PLACED.head(1)])
    with pytest.raises(TableError, match="'KAZ' is duplicate"):
        networks.layout(edges_of("KAZ-twitter"), twice, lang="en")


def test_actor_without_a_name_is_shown_by_its_code() -> None:
    actors = actors_of_types(KAZ="state", nameless="state")
    placed = networks.layout(edges_of("KAZ-nameless"), actors, lang="en")
    assert placed.set_index("actor_id")["label"].to_dict() == {"KAZ": "Kazakhstan", "nameless": "nameless"}


# Words


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_relation_is_named_as_group_and_as_relation_alike(lang: str) -> None:
    codes = [
        code.removeprefix("relation.")
        for code in labels.codes("relation.")
        if f"group.{code[9:]}" in labels.codes("group.")
    ]
    assert "cites" in codes
    assert all(labels.text(f"relation.{code}", lang) == labels.text(f"group.{code}", lang) for code in codes)


@pytest.mark.parametrize("lang", labels.LANGUAGES)
@pytest.mark.parametrize("measure", networks.MEASURES)
def test_every_measure_and_its_rank_have_a_name(measure: str, lang: str) -> None:
    assert labels.text(f"measure.{measure}", lang)
    assert labels.text(f"measure.{measure}_rank", lang)
