"""Cases of the four powers, QAP and null models for ``networks_reference.py``, read from a folder of reference results.

``powers_nodes.csv`` and ``powers_graph.csv`` (1e-9), ``qap_correlation.csv``, ``qap_netlm.csv`` and
``qap_python_dsp.csv`` (coefficients and t to 1e-6, p within 0.015; other models are not known), ``null_models.csv``
(means of the null model within three standard errors, those of large networks within 0.01).

Which networks and models there are is read from these files. The actors' type is the column that a metric names
(``core|group=...``, ``participation:group``), or else any column with several values. An orientation that says
"reversed" turns the ties round. What the files leave open is decided by trying: the reading that agrees most counts,
and is printed. A model ``a b ~ c + d' + |x diff| + same_y`` regresses ``a_b_edges.csv`` on ``a_c_edges.csv``, the
transpose of ``a_d_edges.csv``, differences of the column x, and equality of the column y.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import product
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from networks_reference_folder import Network, directions, edges_file, load, nodes_file, result, table
from reference_counts import UnknownCaseError

from digital_diplomacy.networks.chance.nulls import rewired
from digital_diplomacy.networks.chance.regression import mrqap, qap_correlation
from digital_diplomacy.networks.graphs.arrays import Graph, Orientation, graph, symmetrised, to_igraph
from digital_diplomacy.networks.measures.brokers import type_positions, within_type_z
from digital_diplomacy.networks.powers.four import powers
from digital_diplomacy.networks.powers.networking import exclusion_asymmetry

Case = tuple[str, bool | None, str]
"""Name, whether it agrees (None: not known here), and what is to be said of it."""
Matrix = pd.DataFrame

P_TOLERANCE: Final = 0.015
MEASURES: Final = {
    "core_ratio": "core_ratio",
    "dependence_received": "dependence",
    "net_dependence": "net_dependence",
    "own_class_dependence": "own_dependence",
    "participation_in": "participation",
    "programmer_z": "own_dependence_z",
}
"""Beginnings of the reference's metrics, and our measures."""

METHODS: Final = {"double_semi_partialling": ("qap", "qapspp"), "permuted_response": ("qapy",)}
"""Ours, and what sna calls them (its qap is qapspp)."""

_REWIRED: Final = 100_000  # ties rewired in all for a null model, within 4 and 1,000 networks
_DYADS: Final = 30_000_000  # dyads permuted in all for a test, within 2,000 and 50,000 draws


def cases(folder: Path) -> Iterator[Case]:
    """All cases of the folder: name, whether it agrees, and both values if it does not."""
    try:
        directed = directions(folder)
    except UnknownCaseError as error:
        yield "directions of the networks", None, str(error)
        directed = {}
    for part in (_all_powers, _correlations, _regressions, _nulls):
        try:
            yield from part(folder, directed)
        except UnknownCaseError as error:
            yield part.__name__.strip("_").replace("_", " "), None, str(error)


def _all_powers(folder: Path, directed: dict[str, bool]) -> Iterator[Case]:
    by_node = result(folder, "powers_nodes", ("network", "metric", "node", "value"))
    whole = result(folder, "powers_graph", ("network", "metric", "value"))
    for name in pd.unique(pd.concat([by_node["network"], whole["network"]])):
        of_one = [frame[frame["network"] == name] for frame in (by_node, whole)]
        try:
            yield from _best_reading(folder, name, *of_one, directed=directed.get(name, True))
        except UnknownCaseError as error:
            yield f"powers of {name}", None, str(error)


def _close(name: str, found: float, wanted: float, tolerance: float) -> Case:
    missing = np.isnan(found) or np.isnan(wanted)
    agrees = bool(np.isnan(found) and np.isnan(wanted)) if missing else abs(found - wanted) <= tolerance * max(
        1.0, abs(wanted)
    )  # fmt: skip
    return name, bool(agrees), "" if agrees else f"found {found!r}, expected {wanted!r}"


def _columns(folder: Path, name: str) -> list[str]:
    """Columns that may hold the actors' type: the one that results name, or all with several values, not all apart."""
    metrics = pd.concat(
        [
            table["metric"][table["network"] == name]
            for file in ("powers_graph", "powers_nodes", "golden_nodes", "golden_graph")
            for table in [result(folder, file, ("network", "metric"))]
        ]
    )
    said = pd.unique(metrics.str.extract(r"(?:\||:)([^=|:]+)(?:=|$)")[0].dropna())
    found = nodes_file(folder, name)
    nodes = table(found).set_index("node") if found else pd.DataFrame()
    known = [column for column in said if column in nodes]
    return known[:1] or [column for column in nodes if 1 < nodes[column].nunique() < len(nodes)]


def _best_reading(
    folder: Path, name: str, by_node: pd.DataFrame, whole: pd.DataFrame, *, directed: bool
) -> Iterator[Case]:
    """The cases of a network's powers, in the reading of type and orientation that agrees most."""
    said = " ".join(by_node["orientation"].unique()) if "orientation" in by_node else ""
    orientations: tuple[Orientation, ...] = ("as_given", "reversed")
    if said:
        orientations = ("reversed",) if "reversed" in said else ("as_given",)
    readings = list(product(_columns(folder, name), orientations))
    if not readings:
        yield f"powers of {name}", None, "its nodes have no column of types"
        return
    tried = []
    for column, orientation in readings:
        network = load(folder, name, directed=directed, orientation=orientation)
        tried.append(list(_powers(network, network.types(column), name, by_node, whole)))
    best = max(range(len(tried)), key=lambda place: sum(agrees is True for _, agrees, _ in tried[place]))
    if len(readings) > 1:
        print(f"powers of {name}: of {len(readings)} readings the one by {readings[best]} agrees most")
    yield from tried[best]


def _powers(
    network: Network, types: pd.Series, name: str, by_node: pd.DataFrame, whole: pd.DataFrame
) -> Iterator[Case]:
    senders, receivers = network.graph.weights.nonzero()
    names, actors = network.graph.names, pd.DataFrame({"actor_id": types.index, "type": types.to_numpy()})
    ties = {"source": names[senders], "target": names[receivers], "weight": network.graph.weights.data}
    rows = powers(
        pd.DataFrame(ties).assign(relation="given"), actors,
        rng=np.random.default_rng(1), universe=actors, nodes=names, draws=1, rewirings=0,
    )  # fmt: skip
    rows = pd.concat([rows, type_positions(network.graph, types)], ignore_index=True)
    values = rows.set_index(["entity", "measure"])["value"]
    z = _z_of_small_types_too(values, types)
    for metric, node, value in by_node[["metric", "node", "value"]].itertuples(index=False, name=None):
        measure = MEASURES.get(metric.split(" ")[0])
        if measure is None:
            yield f"powers {name} {metric} {node}", None, "the package has no such measure"
            continue
        if (node, measure) not in values.index:
            yield f"powers {name} {metric} {node}", None, "the network has no such actor"
            continue
        found = z[node] if measure == "own_dependence_z" else values[node, measure]
        if measure == "own_dependence_z" and np.isnan(found) and value == 0:
            print(f"set aside: {name} {metric} {node}, a type whose values are all equal has no z-score here")
            continue
        yield _close(f"powers {name} {metric} {node}", float(found), value, 1e-9)
    for metric, value in whole[["metric", "value"]].itertuples(index=False, name=None):
        of_all = _whole(metric, values, types, network.graph)
        if of_all is None:
            yield f"powers {name} {metric}", None, "the package has no such measure"
            continue
        yield _close(f"powers {name} {metric}", of_all, value, 1e-9)


def _z_of_small_types_too(values: pd.Series, types: pd.Series) -> pd.Series:
    """Scores within types: those of the table, and, where it leaves them out, what they would be."""
    given = values.xs("own_dependence_z", level="measure")
    own = values.xs("own_dependence", level="measure").reindex(given.index)
    codes = pd.factorize(types.reindex(given.index))[0]
    return given.fillna(pd.Series(within_type_z(own.to_numpy(), codes, least=1), index=given.index))


def _whole(metric: str, values: pd.Series, types: pd.Series, network: Graph) -> float | None:
    """One result of the network as a whole, or none if the package does not have it."""
    name, _, kind = metric.partition("=")
    inside = values.xs("core_ratio", level="measure").reindex(network.names).to_numpy() == 1
    _, inward, outward = exclusion_asymmetry(network, inside)
    sums = {"weight periphery->core": inward.sum(), "weight core->periphery": outward.sum()}
    if metric in sums:
        return float(sums[metric])
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


def _formula(text: str) -> tuple[str, str, list[str]]:
    """Stem, response and predictors of ``stem response ~ predictor + ...``."""
    left, _, right = text.partition("~")
    *stem, response = left.split()
    return "_".join(stem), response, [part.strip() for part in right.split("+")]


def _file(folder: Path, stem: str, token: str) -> str | None:
    names = [f"{stem}_{token}" if stem else token, token]
    return next((name for name in names if edges_file(folder, name)), None)


def _matrices(folder: Path, text: str, *, directed: bool) -> list[Matrix] | None:
    """Response and predictors of a model, or none if a part of it is no file or column of the folder."""
    stem, response, predictors = _formula(text)
    plain = [_file(folder, stem, token.removesuffix("'")) for token in (response, *predictors)]
    names = {name for name in plain if name}
    listed = next((path for name in [stem, *sorted(names)] if (path := nodes_file(folder, name))), None)
    nodes = table(listed).set_index("node") if listed else pd.DataFrame()
    everybody = sorted(
        {*nodes.index, *(actor for name in names for actor in load(folder, name, directed=True).graph.names)}
    )
    found = []
    for token, name in zip((response, *predictors), plain, strict=True):
        matrix = _matrix(folder, name, everybody, directed=directed) if name else _of_column(token, nodes, everybody)
        if matrix is None:
            return None
        found.append(matrix.T if token.endswith("'") else matrix)
    return found


def _matrix(folder: Path, name: str, everybody: list[str], *, directed: bool) -> Matrix:
    path = edges_file(folder, name)
    edges = table(path) if path else pd.DataFrame()
    built = graph(edges, nodes=everybody, directed=directed, loops="drop", parallel="sum")
    return pd.DataFrame(built.weights.toarray(), index=built.names, columns=built.names)


def _of_column(token: str, nodes: pd.DataFrame, everybody: list[str]) -> Matrix | None:
    """Differences (``|x diff|``) or equality (``same_x``) of a column of the nodes."""
    apart, same = re.fullmatch(r"\|(\w+) diff\|", token), re.fullmatch(r"same_(\w+)", token)
    column = apart[1] if apart else same[1] if same else ""
    if column not in nodes:
        return None
    values = nodes[column].reindex(everybody).to_numpy()
    if apart:
        cells = np.abs(np.subtract.outer(values.astype(float), values.astype(float)))
    else:
        cells = (values[:, None] == values[None, :]).astype(float)
    return pd.DataFrame(cells, index=everybody, columns=everybody)


def _draws(matrix: Matrix) -> int:
    return int(np.clip(_DYADS / len(matrix) ** 2, 2_000, 50_000))


def _is_directed(folder: Path, text: str, mode: str, directed: dict[str, bool]) -> bool:
    """By the mode a result names, or by the golden tables, or by a transposed predictor."""
    if mode:
        return "digraph" in mode
    stem, response, predictors = _formula(text)
    name = _file(folder, stem, response) or ""
    return directed.get(name, any(token.endswith("'") for token in predictors))


def _correlations(folder: Path, directed: dict[str, bool]) -> Iterator[Case]:
    for row in result(folder, "qap_correlation", ("case", "stat", "value", "p_ge", "p_le")).to_dict("records"):
        case, both_ways = str(row["case"]), _is_directed(folder, row["case"], str(row["stat"]), directed)
        matrices = _matrices(folder, case, directed=both_ways)
        if matrices is None or len(matrices) != 2:
            yield f"QAP {case}", None, "it names no files of the folder"
            continue
        found = qap_correlation(
            *matrices,
            names=("left", "right"), directed=both_ways, rng=np.random.default_rng(1), draws=_draws(matrices[0]),
        ).set_index("measure")["value"]  # fmt: skip
        yield _close(f"QAP {case} r", found["qap_correlation"], float(row["value"]), 1e-6)
        yield _close(f"QAP {case} p of as large", found["qap_p_greater"], float(row["p_ge"]), P_TOLERANCE)
        yield _close(f"QAP {case} p of as small", found["qap_p_less"], float(row["p_le"]), P_TOLERANCE)


def _regressions(folder: Path, directed: dict[str, bool]) -> Iterator[Case]:
    values = ("term", "coef", "stat", "p_le", "p_ge", "p_two_abs")
    sna = result(folder, "qap_netlm", ("case", "model", "nullhyp", "mode", *values))
    for case, model in sna.loc[sna["model"] != "netlm", ["case", "model"]].drop_duplicates().itertuples(index=False):
        yield f"{model} {case}", None, "the package has no such model"
    modes = dict(zip(sna["case"], sna["mode"], strict=True))
    own = result(folder, "qap_python_dsp", ("case", *values)).assign(nullhyp="qapspp")
    tables = {"sna": sna[sna["model"] == "netlm"], "python": own}
    fitted = cache(partial(_fitted, folder))
    for origin, given in tables.items():
        for (case, code), terms in given.groupby(["case", "nullhyp"], sort=True):
            method = next((ours for ours, theirs in METHODS.items() if code in theirs), None)
            both_ways = _is_directed(folder, case, modes.get(case, ""), directed)
            found = fitted(case, tuple(terms["term"]), method, directed=both_ways) if method else None
            if found is None:
                yield f"MRQAP {origin} {code} {case}", None, "it is no model of files and columns here"
                continue
            for row in terms.to_dict("records"):
                yield from _term(f"MRQAP {origin} {code} {case}: {row['term']}", found, row)


def _fitted(folder: Path, case: str, terms: tuple[str, ...], method: Any, *, directed: bool) -> pd.DataFrame | None:
    """The regression of a case by term and measure; its predictors are named as the terms in their order."""
    matrices = _matrices(folder, case, directed=directed)
    codes = [term for term in terms if term != "intercept"]
    if matrices is None or len(codes) != len(matrices) - 1:
        return None
    rows = mrqap(
        matrices[0], dict(zip(codes, matrices[1:], strict=True)),
        directed=directed, rng=np.random.default_rng(1), draws=_draws(matrices[0]), method=method,
    )  # fmt: skip
    return rows.pivot_table(index="entity", columns="measure", values="value")


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


def _nulls(folder: Path, directed: dict[str, bool]) -> Iterator[Case]:
    columns = ("network", "statistic", "observed", "null_mean", "null_sd", "reps", "method")
    for name, given in result(folder, "null_models", columns).groupby("network", sort=True):
        try:
            network = load(folder, name, directed=directed.get(name, True))
        except UnknownCaseError as error:
            yield f"null models of {name}", None, str(error)
            continue
        draws = int(np.clip(_REWIRED / max(network.graph.ties, 1), 4, 1_000))
        rng = np.random.default_rng(1)
        sample = [rewired(network.graph, rng=rng) for _ in range(draws)]
        for statistic, chosen in given.groupby("statistic", sort=True):
            compute = _statistic(folder, name, network, statistic, float(chosen["observed"].iloc[0]))
            if compute is None:
                yield f"null model of {name}, {statistic}", None, "it is not known, or the actors have no types"
                continue
            yield _close(f"{name} {statistic}", compute(network.graph), float(chosen["observed"].iloc[0]), 1e-9)
            null = np.array([compute(drawn) for drawn in sample])
            for row in chosen.itertuples(index=False):
                error = 3 * np.sqrt(null.var(ddof=1) / draws + float(row.null_sd) ** 2 / float(row.reps))
                tolerance = max(error, 0.01 if draws < 100 else 1e-9)
                mean = float(null.mean())
                yield _close(f"{name} {statistic} rewired ({row.method})", mean, float(row.null_mean), tolerance)


def _statistic(
    folder: Path, name: str, network: Network, statistic: str, observed: float
) -> Callable[[Graph], float] | None:
    """What is computed of every network; of several columns of types the one closest to what was observed."""
    if statistic == "reciprocity":
        return lambda drawn: float(drawn.binary.multiply(drawn.received).nnz / drawn.weights.nnz)
    if statistic == "transitivity_sym":
        return _transitivity
    columns = _columns(folder, name) if statistic == "EI" else []
    computed = [partial(_ei, codes=network.graph.codes(network.types(column))[0]) for column in columns]
    return min(computed, key=lambda compute: abs(compute(network.graph) - observed), default=None)


def _transitivity(network: Graph) -> float:
    return float(to_igraph(symmetrised(network, rule="union")).transitivity_undirected())


def _ei(network: Graph, codes: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> float:
    rows, columns, _ = network.pairs()
    return float(2 * (codes[rows] != codes[columns]).mean() - 1)
