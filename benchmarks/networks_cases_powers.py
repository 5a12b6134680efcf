"""Cases of the four powers, QAP and null models for ``networks_reference.py``, read from a folder of reference results.

``inputs/`` holds ``<network>_edges.csv`` (source, target, weight) and ``<network>_nodes.csv`` (node and attributes),
``outputs/`` the results: ``powers_nodes.csv`` and ``powers_graph.csv`` (1e-9), ``qap_correlation.csv``,
``qap_netlm.csv`` and ``qap_python_dsp.csv`` (coefficients and t to 1e-6, p within 0.015; logit models are passed over),
``null_models.csv`` (means of the null model within three standard errors, those of large networks within 0.01).
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from digital_diplomacy.networks.arrays import Graph, graph, symmetrised, to_igraph
from digital_diplomacy.networks.making import within_type_z
from digital_diplomacy.networks.nulls import rewired
from digital_diplomacy.networks.powers import powers
from digital_diplomacy.networks.regression import mrqap, qap_correlation

Case = tuple[str, bool, str]

ATTRIBUTES: Final = {"sampson": "group", "congress": "party"}
"""Networks whose powers are given, and the attribute that is the actors' type."""

REVERSED: Final = ("congress",)  # the file points from who influences to who is influenced
P_TOLERANCE: Final = 0.015  # 5,000 draws: twice the standard error of p = 0.5
MEASURES: Final = {
    "core_ratio (k-core total degree / max)": "core_ratio",
    "dependence_received D": "dependence",
    "net_dependence ND": "net_dependence",
    "own_class_dependence Dg": "own_dependence",
    "participation_in": "participation",
    "programmer_z (within class z of Dg, population sd)": "programmer_z",
}
METHODS: Final = {"double_semi_partialling": ("qap", "qapspp"), "permuted_response": ("qapy",)}
"""Ours, and what sna calls them (its qap is qapspp)."""

DRAWS: Final = {"sampson": 400, "congress": 4}  # rewired networks


def cases(folder: Path) -> Iterator[Case]:
    """All cases of the folder: name, whether it agrees, and both values if it does not."""
    yield from _powers(folder)
    yield from _correlations(folder)
    yield from _regressions(folder)
    yield from _nulls(folder)


def _close(name: str, found: float, wanted: float, tolerance: float) -> Case:
    agrees = bool(abs(found - wanted) <= tolerance * max(1.0, abs(wanted)))
    return name, agrees, "" if agrees else f"found {found!r}, expected {wanted!r}"


def _edges(folder: Path, network: str) -> pd.DataFrame:
    return pd.read_csv(folder / "inputs" / f"{network}_edges.csv", dtype={"source": str, "target": str})


def _nodes(folder: Path, network: str) -> pd.DataFrame:
    return pd.read_csv(folder / "inputs" / f"{network}_nodes.csv", dtype={"node": str}, keep_default_na=False)


def _powers(folder: Path) -> Iterator[Case]:
    by_node = pd.read_csv(folder / "outputs" / "powers_nodes.csv", dtype={"node": str}, keep_default_na=False)
    whole = pd.read_csv(folder / "outputs" / "powers_graph.csv")
    for network, attribute in ATTRIBUTES.items():
        actors = _nodes(folder, network).rename(columns={"node": "actor_id", attribute: "type"})
        rows = powers(
            _edges(folder, network).assign(relation="given"),
            actors[["actor_id", "type"]],
            rng=np.random.default_rng(1),
            universe=actors,
            nodes=actors["actor_id"],
            orientation="reversed" if network in REVERSED else "as_given",
            draws=1,
            rewirings=0,
            runs=1,
        )
        values = rows.set_index(["entity", "measure"])["value"]
        wanted = by_node[(by_node["network"] == network) & by_node["metric"].isin(MEASURES)]
        types = actors.set_index("actor_id")["type"]
        z = _z_of_small_types_too(values, types)
        for metric, node, value in wanted[["metric", "node", "value"]].itertuples(index=False, name=None):
            found = z[node] if MEASURES[metric] == "programmer_z" else values[node, MEASURES[metric]]
            yield _close(f"powers {network} {metric} {node}", found, value, 1e-9)
        for metric, value in whole.loc[whole["network"] == network, ["metric", "value"]].itertuples(index=False):
            found = _whole(metric, values, types)
            if found is not None:
                yield _close(f"powers {network} {metric}", found, value, 1e-9)


def _z_of_small_types_too(values: pd.Series, types: pd.Series) -> pd.Series:
    """Scores within types: those of the table, and, where it leaves them out, what they would be."""
    given = values.xs("programmer_z", level="measure")
    own = values.xs("own_dependence", level="measure").reindex(given.index)
    codes = pd.factorize(types.reindex(given.index))[0]
    return given.fillna(pd.Series(within_type_z(own.to_numpy(), codes, least=1), index=given.index))


def _whole(metric: str, values: pd.Series, types: pd.Series) -> float | None:
    """One result of the network as a whole, or none if the package only gives what it is made of."""
    name, _, kind = metric.partition("=")
    if metric == "core_size":
        return float(values["network", "core_members"])
    if metric.startswith("exclusion_asymmetry"):
        return float(values["network", "exclusion_asymmetry"])
    if name.startswith("inclusion_rate"):
        return float(values[kind, "inclusion"])
    if name.startswith("class share of D"):
        received = values.xs("dependence", level="measure")
        return float(received[types.reindex(received.index) == kind].sum() / received.sum())
    return None


def _matrix(folder: Path, network: str, *, directed: bool, nodes: str = "") -> pd.DataFrame:
    edges = _edges(folder, network)
    names = _nodes(folder, nodes or network.rstrip("123").removesuffix("_like").removesuffix("_dislike"))["node"]
    built = graph(edges, nodes=names, directed=directed)
    return pd.DataFrame(built.weights.toarray(), index=built.names, columns=built.names)


def _florentine(folder: Path) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    business, marriage = (
        _matrix(folder, f"florentine_{kind}", directed=False, nodes="florentine") for kind in ("business", "marriage")
    )
    wealth = _nodes(folder, "florentine").set_index("node")["wealth"].astype(float).reindex(business.index).to_numpy()
    apart = pd.DataFrame(np.abs(np.subtract.outer(wealth, wealth)), index=business.index, columns=business.index)
    return business, {"marriage": marriage, "abs_wealth_diff": apart}


def _sampson(folder: Path) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    second, third = (_matrix(folder, f"sampson_like{wave}", directed=True) for wave in (2, 3))
    group = _nodes(folder, "sampson").set_index("node")["group"].reindex(third.index).to_numpy()
    same = pd.DataFrame((group[:, None] == group[None, :]).astype(float), index=third.index, columns=third.index)
    return third, {"like2": second, "reciprocal": third.T, "same_group": same}


def _correlations(folder: Path) -> Iterator[Case]:
    waves = {name: _matrix(folder, f"sampson_{name}", directed=True) for name in ("like1", "like3", "dislike3")}
    business, explained = _florentine(folder)
    matrices = {**waves, "florentine business": business, "marriage": explained["marriage"]}
    wanted = pd.read_csv(folder / "outputs" / "qap_correlation.csv")
    for case, stat, value, above, below in wanted[["case", "stat", "value", "p_ge", "p_le"]].itertuples(index=False):
        left, right = case.removeprefix("sampson ").split("~")
        found = qap_correlation(
            matrices[left], matrices[right],
            names=(left, right), directed="digraph" in stat, rng=np.random.default_rng(1), draws=5000,
        ).set_index("measure")["value"]  # fmt: skip
        yield _close(f"QAP {case} r", found["qap_correlation"], value, 1e-6)
        yield _close(f"QAP {case} p of as large", found["qap_p_greater"], above, P_TOLERANCE)
        yield _close(f"QAP {case} p of as small", found["qap_p_less"], below, P_TOLERANCE)


def _regressions(folder: Path) -> Iterator[Case]:
    models = {"florentine": (_florentine(folder), False), "sampson": (_sampson(folder), True)}
    results = folder / "outputs"
    sna = pd.read_csv(results / "qap_netlm.csv").query("model == 'netlm'")
    own = pd.read_csv(results / "qap_python_dsp.csv").assign(nullhyp="qapspp")
    for name, ((response, predictors), directed) in models.items():
        for method, codes in METHODS.items():
            rows = mrqap(
                response, predictors, directed=directed, rng=np.random.default_rng(1), draws=5000, method=method
            )
            found = rows.pivot_table(index="entity", columns="measure", values="value")
            for origin, table in {"sna": sna, "python": own}.items():
                chosen = table[table["case"].str.startswith(name) & table["nullhyp"].isin(codes)]
                for row in chosen.to_dict("records"):
                    yield from _term(f"MRQAP {origin} {row['nullhyp']} {name} {row['term']}", found, row)


def _term(name: str, found: pd.DataFrame, row: dict[str, object]) -> Iterator[Case]:
    term = str(row["term"])
    columns = {
        "coef": ("mrqap_coefficient", 1e-6),
        "stat": ("mrqap_t", 1e-6),
        "p_le": ("mrqap_p_less", P_TOLERANCE),
        "p_ge": ("mrqap_p_greater", P_TOLERANCE),
        "p_two_abs": ("mrqap_p", P_TOLERANCE),
    }
    for column, (measure, tolerance) in columns.items():
        yield _close(f"{name} {column}", float(found.at[term, measure]), float(str(row[column])), tolerance)


def _nulls(folder: Path) -> Iterator[Case]:
    wanted = pd.read_csv(folder / "outputs" / "null_models.csv")
    for network, draws in DRAWS.items():
        attribute = ATTRIBUTES[network]
        built = graph(_edges(folder, network), orientation="reversed" if network in REVERSED else "as_given")
        codes, _ = built.codes(_nodes(folder, network).set_index("node")[attribute])
        statistics: dict[str, Callable[[Graph], float]] = {
            "reciprocity": lambda drawn: drawn.binary.multiply(drawn.received).nnz / drawn.ties,
            "transitivity_sym": _transitivity,
            "EI": partial(_ei, codes=codes),
        }
        rng = np.random.default_rng(1)
        sample = [rewired(built, rng=rng) for _ in range(draws)]
        for statistic, compute in statistics.items():
            null = np.array([compute(drawn) for drawn in sample])
            chosen = wanted[(wanted["network"] == network) & (wanted["statistic"] == statistic)]
            yield _close(f"{network} {statistic}", compute(built), chosen["observed"].iloc[0], 1e-9)
            for row in chosen.itertuples(index=False):
                error = 3 * np.sqrt(null.var(ddof=1) / draws + row.null_sd**2 / row.reps)
                tolerance = max(error, 0.01) if draws < 100 else error
                yield _close(f"{network} {statistic} rewired ({row.method})", null.mean(), row.null_mean, tolerance)


def _transitivity(network: Graph) -> float:
    return float(to_igraph(symmetrised(network, rule="union")).transitivity_undirected())


def _ei(network: Graph, codes: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> float:
    rows, columns, _ = network.pairs()
    return float(2 * (codes[rows] != codes[columns]).mean() - 1)
