"""Compares measures of networks with results computed by several independent implementations.

    python benchmarks/networks_reference.py DIR

DIR holds two folders of CSV files (UTF-8). Those that are there are read, for whatever networks they name.

inputs/<network>_edges.csv: source, target, weight. Loops are dropped and parallel edges added up; ``<network>_raw`` is
    read where ``<network>`` has no file. inputs/<network>_nodes.csv: node and its types; a network without one takes
    that of the longest beginning of its name (florentine_nodes.csv for florentine_marriage). Names are texts.
outputs/golden_nodes.csv: network, directed, variant, metric, node, value, tolerance. outputs/golden_graph.csv: the
    same without node. ``metric:column`` takes types from that column of the nodes. A value agrees if it differs by at
    most tolerance * max(1, |value|); those of Leiden may be larger than the reference.
outputs/disparity_alpha.csv: network, source, target, weight, alpha_source, alpha_target, alpha_min (1e-9).
outputs/powers_*.csv, qap_*.csv, null_models.csv: see benchmarks/networks_reference_powers.py.

Leiden's modularity of a weighted network agrees if that of the partition found, by weights or by ties, reaches the
reference: values of leidenalg's partitions that were taken from ``modularity`` ignore the weights. Another number of
communities is set aside if the partition found is better.

Prints how many values of each kind agree and lists the first others. A metric or variant that is not known here is
counted and named, and the others are compared. The exit status is 1 if a value does not agree, 2 if the directory or a
file of it cannot be used, or no value is known.
"""

import argparse
import re
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

import networks_reference_powers
import numpy as np
import pandas as pd
from networks_reference_folder import Network, directions, edges_file, load, table

from digital_diplomacy.networks.graphs import arrays, backbone  # fmt: skip
from digital_diplomacy.networks.measures import (  # fmt: skip
    brokerage,
    centrality,
    cohesion,
    communities,
    core_periphery,
)

SEED: Final = 20260101  # any number: results must not depend on it beyond their tolerance
LISTED: Final = 20  # disagreements printed
Frame = pd.DataFrame
Values = dict[str, float]

ROLES: Final = {
    "w_I_coordinator": "coordinator", "w_O_itinerant": "itinerant", "b_IO_representative": "representative",
    "b_OI_gatekeeper": "gatekeeper", "b_O_liaison": "liaison", "total": "total",
}  # fmt: skip


def by_node(rows: Frame, measure: str, group: str | None = None) -> Values:
    kept = rows[(rows["measure"] == measure) & (True if group is None else rows["group"] == group)]
    kept = kept[kept["entity"] != arrays.NETWORK]
    return dict(zip(kept["entity"], kept["value"], strict=True))


def of_network(rows: Frame, measure: str, group: str | None = None) -> float:
    kept = rows[(rows["measure"] == measure) & (True if group is None else rows["group"] == group)]
    return float(kept.loc[kept["entity"] == arrays.NETWORK, "value"].iloc[0])


def rng() -> np.random.Generator:
    return np.random.default_rng(SEED)


# Values of nodes

Measure = Callable[[Network, str, str], Values]


def _degree(network: Network, metric: str, _: str) -> Values:
    rows = centrality.strengths if "strength" in metric else centrality.degrees
    return by_node(rows(network.graph), metric)


def _betweenness(network: Network, metric: str, variant: str) -> Values:
    normalised = metric.endswith("norm")
    rows = centrality.betweenness(network.graph, weighted="distance" in variant, normalised=normalised)
    return by_node(rows, "betweenness_share" if normalised else "betweenness")


def _closeness(network: Network, _: str, variant: str) -> Values:
    chosen = next(code for word, code in _UNREACHABLE.items() if word in variant)
    direction = "out" if "outgoing" in variant else "in"
    rows = centrality.closeness(network.graph, unreachable=chosen, direction=direction)
    return dict(zip(rows["entity"], rows["value"], strict=True))


_UNREACHABLE: Final = {"improved": "improved", "reachable only": "reachable", "sna": "zero"}


def _harmonic(network: Network, _: str, variant: str) -> Values:
    return by_node(
        centrality.harmonic(network.graph, direction="out" if "outgoing" in variant else "in"), "harmonic"
    )  # fmt: skip


def _eigenvector(network: Network, metric: str, variant: str) -> Values:
    direction = "out" if "right" in metric else "in"
    return by_node(
        centrality.eigenvector(network.graph, direction=direction, weighted="tie strength" in variant), "eigenvector"
    )


def _pagerank(network: Network, _: str, variant: str) -> Values:
    return by_node(centrality.pagerank(network.graph, weighted="tie strength" in variant), "pagerank")


def _hits(network: Network, metric: str, variant: str) -> Values:
    return by_node(centrality.hits(network.graph, weighted="tie strength" in variant), metric)


def _clustering(network: Network, _: str, variant: str) -> Values:
    convention = "fagiolo" if "Fagiolo" in variant else "union"
    rows = cohesion.clustering(network.graph, convention=convention)
    return dict(zip(rows["entity"], rows["value"], strict=True))


def _coreness(network: Network, _: str, variant: str) -> Values:
    words = {"in-degree": "in", "out-degree": "out", "total": "total", "symmetrised": "union"}
    convention = next(code for word, code in words.items() if word in variant)
    rows = cohesion.coreness(network.graph, convention=convention)
    return dict(zip(rows["entity"], rows["value"], strict=True))


def _core_weight(network: Network, metric: str, _: str) -> Values:
    minres = "MINRES" in metric
    rows = _cores(network, "minres" if minres else "correlation")
    return by_node(rows, "core_weight_minres" if minres else "core_weight")


def _holes(network: Network, metric: str, variant: str) -> Values:
    measure = brokerage.constraint if metric == "constraint" else brokerage.effective_size
    return by_node(measure(network.graph, weighted="tie strength" in variant), metric)


def _participation(network: Network, metric: str, variant: str) -> Values:
    direction = "out" if "outgoing" in variant else "in"
    rows = brokerage.participation(
        network.graph, network.types(metric.split(":")[1]), direction=direction, weighted="tie strength" in variant
    )
    return by_node(rows, "participation")


@cache
def _brokerage(network: Network, column: str) -> Frame:
    return brokerage.brokerage(network.graph, network.types(column))


@cache
def _network_brokerage(network: Network, column: str) -> Frame:
    return brokerage.network_brokerage(network.graph, network.types(column), variance="sna")


@cache
def _census(network: Network) -> Frame:
    return cohesion.census(network.graph)


@cache
def _rich_clubs(network: Network) -> Frame:
    return cohesion.rich_club(network.graph)


@cache
def _communities(network: Network, *, weighted: bool) -> Frame:
    return communities.communities(network.graph, rng=rng(), weighted=weighted, runs=50)


@cache
def _cores(network: Network, convention: str) -> Frame:
    return core_periphery.core_periphery(network.graph, convention=convention, rng=rng())


def _roles(network: Network, metric: str, variant: str) -> Values:
    role, column = metric.removeprefix("gf_").split(":")
    words = {"expected": "expected", "sd": "sd", "z": "z", "unweighted": "count"}
    group = next(code for word, code in words.items() if re.search(rf"\b{word}\b", variant))
    return by_node(_brokerage(network, column), f"brokerage_{ROLES[role]}", group)


NODE_MEASURES: Final[dict[str, Measure]] = {
    "degree": _degree, "in_degree": _degree, "out_degree": _degree,
    "strength": _degree, "in_strength": _degree, "out_strength": _degree,
    "betweenness_raw": _betweenness, "betweenness_norm": _betweenness,
    "closeness": _closeness, "harmonic_norm": _harmonic,
    "eigenvector_L2": _eigenvector, "eigenvector_right_L2": _eigenvector,
    "pagerank": _pagerank, "hits_hub": _hits, "hits_authority": _hits,
    "clustering": _clustering, "coreness": _coreness,
    "coreness_BE_corr_L2": _core_weight, "coreness_MINRES_L2": _core_weight,
    "constraint": _holes, "effective_size": _holes, "participation": _participation, "gf": _roles,
}  # fmt: skip


# Values of networks

Summary = Callable[[Network, str, str], float]


def _plain(measure: Callable[..., Frame], code: str) -> Summary:
    return lambda network, _metric, _variant: of_network(measure(network.graph), code)


def _dyads(network: Network, metric: str, _: str) -> float:
    return of_network(_census(network), "dyads", metric)


def _triads(network: Network, metric: str, _: str) -> float:
    return of_network(_census(network), "triads", metric)


def _kept(network: Network, _: str, variant: str) -> float:
    return float((backbone.disparity(network.graph)["alpha_min"] < float(variant.split("<")[1])).sum())


def _average_clustering(network: Network, _metric: str, _variant: str) -> float:
    return float(cohesion.clustering(network.graph)["value"].mean())


def _typed(measure: Callable[..., Frame], code: str) -> Summary:
    def one(network: Network, metric: str, variant: str) -> float:
        options = {} if code == "assortativity" else {"weighted": "tie strength" in variant}
        return of_network(measure(network.graph, network.types(metric.split(":")[1]), **options), code)

    return one


def _fit(network: Network, metric: str, _: str) -> float:
    minres = "MINRES" in metric
    rows = _cores(network, "minres" if minres else "correlation")
    return of_network(rows, "core_fit_minres" if minres else "core_fit")


def _network_roles(network: Network, metric: str, variant: str) -> float:
    role, column = metric.removeprefix("gf_").split(":")
    return of_network(
        _network_brokerage(network, column),
        f"brokerage_{ROLES[role]}",
        {"raw": "count", "z": "z_sna"}[variant.split()[-1]],
    )


def _rich_club(network: Network, metric: str, _: str) -> float:
    return of_network(_rich_clubs(network), "rich_club", metric.split(">")[1])


def _undefined(network: Network, _: str, variant: str) -> float:
    return float(centrality.eigenvector(network.graph, weighted="tie strength" in variant)["value"].isna().all())


def _gap(network: Network, _: str, variant: str) -> float:
    return centrality.hits_values(network.graph, weighted="tie strength" in variant)[2]


def _leiden(network: Network, metric: str, variant: str) -> float:
    rows = _communities(network, weighted="tie strength" in variant)
    found = rows[rows["measure"] == "modularity_leiden"].iloc[0]
    if metric.startswith("n_communities"):
        return float(found["n"])
    if metric not in AT_LEAST:
        return float(found["value"])
    members = pd.Series(by_node(rows, "community"))
    bare = communities.modularity(network.graph, members, weighted=False)["value"].iloc[0]
    return float(max(found["value"], bare))


GRAPH_MEASURES: Final[dict[str, Summary]] = {
    "nodes": lambda network, _metric, _variant: float(network.graph.n),
    "edges": lambda network, _metric, _variant: float(network.graph.ties),
    "density": _plain(cohesion.density, "density"),
    "dyad": _dyads, "triad": _triads, "edges_kept": _kept, "avg_clustering": _average_clustering,
    "transitivity": _plain(cohesion.transitivity, "transitivity"),
    "degree_assortativity": _plain(cohesion.degree_assortativity, "degree_assortativity"),
    "attr_assortativity": _typed(cohesion.type_assortativity, "assortativity"),
    "EI_index": _typed(brokerage.ei_index, "ei_index"),
    "modularity_given": _typed(communities.modularity, "modularity"),
    "reciprocity_edgewise": _plain(cohesion.reciprocity, "reciprocity"),
    "reciprocity_dyadic_nonnull": _plain(cohesion.reciprocity, "reciprocity_tied"),
    "reciprocity_dyadic_all": _plain(cohesion.reciprocity, "reciprocity_pairs"),
    "reciprocity_weighted_min": _plain(cohesion.reciprocity, "reciprocity_weighted"),
    "core_periphery_continuous_corr": _fit, "core_periphery_MINRES_corr": _fit,
    "core_periphery_discrete_Lip_core_size": _plain(core_periphery.discrete_core, "core_size"),
    "core_periphery_discrete_Lip_errors": _plain(core_periphery.discrete_core, "core_errors"),
    "gf": _network_roles, "rich_club_phi_k": _rich_club, "svd_relative_gap": _gap,
    "eigenvector_skipped_disconnected": _undefined, "eigenvector_skipped_not_strong": _undefined,
    "modularity_leiden_max50": _leiden, "modularity_leiden_min50": _leiden, "modularity_optimum": _leiden,
    "n_communities_at_max": _leiden,
}  # fmt: skip

AT_LEAST: Final = ("modularity_leiden_max50", "modularity_leiden_min50")
"""Metrics that may be better than the reference."""


def known(metric: str, measures: dict[str, object]) -> str | None:
    """The entry of ``measures`` for a metric: its name before types, or before the number or role in it."""
    name = metric.split(":")[0]
    beginnings = (name, re.sub(r">\d+$", "", name), name.split("_")[0])
    return next((beginning for beginning in beginnings if beginning in measures), None)


def computed(measures: dict[str, Any], network: Network, metric: str, variant: str) -> Any:
    """What a metric gives in a variant, or nothing if one of them, or a column of types they name, is not known."""
    measure = known(metric, measures)
    try:
        return measures[measure](network, metric, variant) if measure else None
    except (LookupError, StopIteration, ValueError):
        return None


def judge(found: float | None, expected: float, tolerance: float, metric: str = "") -> bool:
    """Whether a value agrees; a missing one agrees with a missing one."""
    if found is None:
        return False
    if np.isnan(expected) or np.isnan(found):
        return bool(np.isnan(expected) and np.isnan(found))
    off = found - expected
    if metric in AT_LEAST:
        return bool(off >= -tolerance * max(1, abs(expected)))
    return bool(abs(off) <= tolerance * max(1, abs(expected)))


class Report:
    """How many values of each kind agree."""

    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = {}
        self.wrong: list[str] = []
        self.unknown: dict[str, int] = {}

    def add(
        self, kind: str, case: str, found: float | None, expected: float, tolerance: float, metric: str = ""
    ) -> None:
        said = f"found {found}, expected {expected} (tolerance {tolerance})"
        self.judged(kind, case, judge(found, expected, tolerance, metric), said)

    def passed_over(self, case: str, values: int) -> None:
        self.unknown[case] = self.unknown.get(case, 0) + values

    def judged(self, kind: str, case: str, agrees: bool, said: str) -> None:
        count = self.counts.setdefault(kind, [0, 0])
        count[0] += agrees
        count[1] += 1
        if not agrees:
            self.wrong.append(f"{kind}: {case}: {said}")

    def show(self) -> int:
        for kind, (right, total) in self.counts.items():
            print(f"{kind:<22} {right} of {total}")
        right, total = (sum(count[place] for count in self.counts.values()) for place in (0, 1))
        for line in self.wrong[:LISTED]:
            print(f"  {line}")
        if len(self.wrong) > LISTED:
            print(f"  ... and {len(self.wrong) - LISTED} more")
        for case, values in self.unknown.items():
            print(f"unknown: {case}: {values} values")
        print(f"{right} of {total}; unknown: {sum(self.unknown.values())} values of {len(self.unknown)} cases")
        if not total:
            print("no value that is known here")
            return 2
        return 0 if right == total else 1


def read(path: Path, columns: list[str]) -> Frame:
    """A table of results with the columns it must have."""
    rows = table(path)
    missing = [name for name in columns if name not in rows]
    if missing:
        raise ValueError(f"{path}: missing columns {', '.join(missing)}")
    return rows


def golden(folder: Path, file: str, report: Report) -> None:
    """Every value of ``golden_nodes.csv`` or ``golden_graph.csv``."""
    path = folder / "outputs" / f"{file}.csv"
    if not path.exists():
        return
    rows = read(path, ["network", "directed", "variant", "metric", "value", "tolerance"])
    for (name, directed), of_one in rows.groupby(["network", "directed"], sort=True):
        try:
            network = load(folder, name, directed=directed == "True")
        except FileNotFoundError as error:
            report.passed_over(f"{file}: {error}", len(of_one))
            continue
        for (metric, variant), block in of_one.groupby(["metric", "variant"], sort=True):
            case = f"{name} {metric} ({variant})"
            if file == "golden_nodes":
                found = computed(NODE_MEASURES, network, metric, variant)
                if found is None:
                    report.passed_over(f"{file}: {case}", len(block))
                    continue
                for row in block.itertuples():
                    report.add(file, f"{case} {row.node}", found.get(row.node), row.value, row.tolerance, metric)
            else:
                value = computed(GRAPH_MEASURES, network, metric, variant)
                if value is None:
                    report.passed_over(f"{file}: {case}", len(block))
                    continue
                other = metric == "n_communities_at_max" and value != block["value"].iloc[0]
                if other and _better(network, variant, of_one):
                    print(f"set aside: {case}, found a partition of higher modularity with {value:.0f} communities")
                    continue
                report.add(file, case, value, block["value"].iloc[0], block["tolerance"].iloc[0], metric)


def _better(network: Network, variant: str, rows: Frame) -> bool:
    """Whether the partition found is better than the best of the reference."""
    best = rows[(rows["metric"] == "modularity_leiden_max50") & (rows["variant"] == variant)]
    return bool(len(best)) and _leiden(network, AT_LEAST[0], variant) > best["value"].iloc[0] + 1e-9


def disparity(folder: Path, directed: dict[str, bool], report: Report) -> None:
    path = folder / "outputs" / "disparity_alpha.csv"
    if not path.exists():
        return
    for name, block in read(path, ["network", "source", "target"]).groupby("network", sort=True):
        if name not in directed or edges_file(folder, name) is None:
            report.passed_over(f"disparity_alpha: {name}, of which no file or direction is given", len(block))
            continue
        network = load(folder, name, directed=directed[name])
        found = backbone.disparity(network.graph)
        columns = ["alpha_source", "alpha_target", "alpha_min"]
        values = {(row.source, row.target): row for row in found.itertuples()}
        for row in block.itertuples():
            mine, turned = values.get((row.source, row.target)), values.get((row.target, row.source))
            swapped = mine is None and not directed[name]
            for column in columns:
                other = {"alpha_source": "alpha_target", "alpha_target": "alpha_source"}.get(column, column)
                value = getattr(turned if swapped else mine, other if swapped else column, None)
                report.add(
                    "disparity_alpha", f"{name} {row.source} {row.target} {column}", value, getattr(row, column), 1e-9
                )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", type=Path)
    folder = parser.parse_args().directory
    if not (folder / "inputs").is_dir() or not (folder / "outputs").is_dir():
        print(f"{folder}: no folders inputs and outputs", file=sys.stderr)
        return 2
    report = Report()
    try:
        golden(folder, "golden_nodes", report)
        golden(folder, "golden_graph", report)
        disparity(folder, directions(folder), report)
        for case, agrees, said in networks_reference_powers.cases(folder):
            report.judged("powers, qap, nulls", case, agrees, said)
    except (KeyError, ValueError, OSError) as error:
        print(f"the reference files cannot be used: {type(error).__name__}: {error}", file=sys.stderr)
        report.show()
        return 2
    return report.show()


if __name__ == "__main__":
    raise SystemExit(main())
