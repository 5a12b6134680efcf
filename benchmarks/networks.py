"""Speed of the measures of networks beside networkx, igraph and NetworKit.

    python benchmarks/networks.py [--edges 100000 1000000] [--peers networkx igraph networkit]

Each measure runs on one random directed weighted network (ten edges an actor, degrees of both sides drawn from a
heavy-tailed distribution) and on the same network built by each peer beforehand. Times are CPU seconds of this
process, the least of up to three runs; a ratio is the peer's time over ours. A peer without the measure, or that would
need minutes for it, shows a dash. Peers that are not installed are named and left out.
"""

import argparse
import importlib.util
import resource
import time
from collections.abc import Callable
from typing import Any, Final

import igraph
import networkx as nx
import numpy as np
import pandas as pd

from digital_diplomacy.networks.graphs import arrays, backbone
from digital_diplomacy.networks.measures import brokerage, centrality, cohesion, communities
from digital_diplomacy.networks.powers.four import powers

SOURCES: Final = 20  # of sampled paths, the same number for everyone
DRAWS: Final = 99  # from the null models of the four powers, without rewired networks
SEED: Final = 1
SLOW: Final = 200_000  # edges above which networkx runs only what it ends within a minute
AGAIN: Final = 0.5  # seconds from which a measure runs once

Task = Callable[[], Any]


def edges(count: int, rng: np.random.Generator) -> pd.DataFrame:
    """Ties among count / 10 actors, with weights from 1 to 9; parallel ties and loops are left out."""
    actors = count // 10
    chance = (np.arange(actors) + 10.0) ** -0.5
    drawn = rng.choice(actors, size=(int(count * 1.1), 2), p=chance / chance.sum())
    ties = pd.DataFrame(drawn, columns=["source", "target"]).drop_duplicates()
    ties = ties[ties["source"] != ties["target"]].head(count)
    return ties.assign(weight=rng.integers(1, 10, size=len(ties)).astype(float))


def seconds(task: Task | None) -> float:
    """Least CPU time of up to three runs; missing if there is no task."""
    if task is None:
        return np.nan
    best = np.inf
    for _ in range(3):
        start = time.process_time()
        task()
        best = min(best, time.process_time() - start)
        if best > AGAIN:
            break
    return best


def ours(frame: pd.DataFrame, types: pd.Series) -> dict[str, Task]:
    network = arrays.graph(frame)
    named = frame.assign(source=frame["source"].astype(str), target=frame["target"].astype(str), relation="tie")
    actors = pd.DataFrame({"actor_id": types.index, "type": types.to_numpy()})

    def rng() -> np.random.Generator:
        return np.random.default_rng(SEED)

    return {
        "building": lambda: arrays.graph(frame),
        "degree": lambda: centrality.degrees(network),
        "strength": lambda: centrality.strengths(network),
        "pagerank": lambda: centrality.pagerank(network),
        "hits": lambda: centrality.hits(network),
        "eigenvector": lambda: centrality.eigenvector(network),
        "betweenness, sampled": lambda: centrality.betweenness(network, sources=SOURCES, rng=rng()),
        "betweenness, sampled, weighted": lambda: centrality.betweenness(
            network, sources=SOURCES, rng=rng(), weighted=True
        ),
        "harmonic, sampled": lambda: centrality.harmonic_sampled(network, sources=SOURCES, rng=rng()),
        "coreness": lambda: cohesion.coreness(network),
        "clustering": lambda: cohesion.clustering(network),
        "clustering, directed": lambda: cohesion.clustering(network, convention="fagiolo"),
        "transitivity": lambda: cohesion.transitivity(network),
        "triads": lambda: cohesion.census(network),
        "reciprocity": lambda: cohesion.reciprocity(network),
        "assortativity, types": lambda: cohesion.type_assortativity(network, types),
        "assortativity, degree": lambda: cohesion.degree_assortativity(network),
        "rich club": lambda: cohesion.rich_club(network),
        "communities, one run": lambda: communities.communities(network, rng=rng(), runs=1),
        "modularity": lambda: communities.modularity(network, types),
        "constraint": lambda: brokerage.constraint(network),
        "effective size": lambda: brokerage.effective_size(network),
        "brokerage": lambda: brokerage.brokerage(network, types),
        "brokerage, weighted": lambda: brokerage.brokerage(network, types, weighted=True),
        "participation": lambda: brokerage.participation(network, types),
        "E-I index": lambda: brokerage.ei_index(network, types),
        "disparity": lambda: backbone.disparity(network),
        "four powers": lambda: powers(named, actors, rng=rng(), draws=DRAWS, rewirings=0),
    }


def of_networkx(frame: pd.DataFrame, types: pd.Series, *, small: bool) -> dict[str, Task]:
    """networkx's own functions; ``small`` adds those that take minutes on a large network."""
    built = nx.from_pandas_edgelist(frame, edge_attr="weight", create_using=nx.DiGraph)
    nx.set_node_attributes(built, types.to_dict(), "type")
    plain = nx.Graph(built)
    groups = [set(part.index) for _, part in types.groupby(types)]
    sources = list(built)[:SOURCES]
    tasks: dict[str, Task] = {
        "building": lambda: nx.from_pandas_edgelist(frame, edge_attr="weight", create_using=nx.DiGraph),
        "degree": lambda: (dict(built.in_degree()), dict(built.out_degree())),
        "strength": lambda: (dict(built.in_degree(weight="weight")), dict(built.out_degree(weight="weight"))),
        "pagerank": lambda: nx.pagerank(built, tol=1e-12 / len(built), max_iter=1000),
        "hits": lambda: nx.hits(built),
        "coreness": lambda: nx.core_number(plain),
        "transitivity": lambda: nx.transitivity(plain),
        "clustering": lambda: nx.clustering(plain),
        "reciprocity": lambda: nx.overall_reciprocity(built),
        "assortativity, types": lambda: nx.attribute_assortativity_coefficient(built, "type"),
        "assortativity, degree": lambda: nx.degree_pearson_correlation_coefficient(plain),
        "modularity": lambda: nx.community.modularity(built, groups),
    }
    if small:
        tasks |= {
            "eigenvector": lambda: nx.eigenvector_centrality(built, weight="weight", tol=1e-12, max_iter=2000),
            "betweenness, sampled": lambda: nx.betweenness_centrality(built, k=SOURCES, seed=SEED),
            "betweenness, sampled, weighted": lambda: nx.betweenness_centrality(
                built, k=SOURCES, seed=SEED, weight="weight"
            ),
            "harmonic, sampled": lambda: nx.harmonic_centrality(built, sources=sources),
            "clustering, directed": lambda: nx.clustering(built),
            "triads": lambda: nx.triadic_census(built),
            "rich club": lambda: nx.rich_club_coefficient(plain, normalized=False),
            "communities, one run": lambda: nx.community.louvain_communities(built, seed=SEED),
            "constraint": lambda: nx.constraint(built, weight="weight"),
            "effective size": lambda: nx.effective_size(built, nodes=list(built), weight="weight"),
        }
    return tasks


def of_igraph(frame: pd.DataFrame, types: pd.Series) -> dict[str, Task]:
    built = arrays.to_igraph(arrays.graph(frame), weights="strength")
    plain = built.as_undirected(mode="collapse")
    plain_weighted = built.as_undirected(mode="collapse", combine_edges={"weight": "sum"})
    codes = pd.factorize(types)[0].tolist()
    sources = list(range(SOURCES))
    names = frame[["source", "target"]].to_numpy()
    return {
        "building": lambda: igraph.Graph(n=int(names.max()) + 1, edges=names, directed=True),
        "degree": lambda: (built.indegree(), built.outdegree()),
        "strength": lambda: (built.strength(mode="in", weights="weight"), built.strength(mode="out", weights="weight")),
        "pagerank": lambda: built.pagerank(weights="weight"),
        "hits": lambda: (built.hub_score(weights="weight"), built.authority_score(weights="weight")),
        "betweenness, sampled": lambda: built.betweenness(sources=sources),
        "betweenness, sampled, weighted": lambda: built.betweenness(sources=sources, weights="weight"),
        "harmonic, sampled": lambda: built.distances(source=sources),
        "coreness": plain.coreness,
        "clustering": lambda: plain.transitivity_local_undirected(mode="zero"),
        "transitivity": plain.transitivity_undirected,
        "triads": built.triad_census,
        "reciprocity": built.reciprocity,
        "assortativity, types": lambda: built.assortativity_nominal(codes, directed=True),
        "assortativity, degree": lambda: plain.assortativity_degree(directed=False),
        "communities, one run": lambda: plain_weighted.community_leiden("modularity", weights="weight", n_iterations=2),
        "modularity": lambda: built.modularity(codes, weights="weight"),
        "constraint": lambda: built.constraint(weights="weight"),
    }


def of_networkit(frame: pd.DataFrame, _types: pd.Series) -> dict[str, Task]:
    import networkit as nk

    nk.setNumberOfThreads(1)
    size = int(frame[["source", "target"]].to_numpy().max()) + 1
    columns = (frame["weight"].to_numpy(), (frame["source"].to_numpy(), frame["target"].to_numpy()))

    def build() -> Any:
        return nk.GraphFromCoo(columns, n=size, directed=True, weighted=True)

    built = build()
    bare = nk.graphtools.toUnweighted(built)
    plain = nk.graphtools.toUndirected(bare)
    plain.removeMultiEdges()
    members = nk.Partition(size)
    members.allToSingletons()
    return {
        "building": build,
        "degree": lambda: nk.centrality.DegreeCentrality(built).run().scores(),
        "pagerank": lambda: nk.centrality.PageRank(built, damp=0.85, tol=1e-12).run().scores(),
        "betweenness, sampled": lambda: nk.centrality.EstimateBetweenness(bare, SOURCES).run().scores(),
        "betweenness, sampled, weighted": lambda: nk.centrality.EstimateBetweenness(built, SOURCES).run().scores(),
        "coreness": lambda: nk.centrality.CoreDecomposition(plain).run().scores(),
        "clustering": lambda: nk.centrality.LocalClusteringCoefficient(plain).run().scores(),
        "assortativity, degree": lambda: nk.correlation.Assortativity(
            plain, nk.centrality.DegreeCentrality(plain).run().scores()
        ).run().getCoefficient(),
        "communities, one run": lambda: nk.community.ParallelLeiden(plain).run().getPartition(),
    }  # fmt: skip


PEERS: Final = {"networkx": of_networkx, "igraph": of_igraph, "networkit": of_networkit}


def compare(count: int, peers: list[str]) -> None:
    """Print CPU seconds of ours and of each peer, and how many times ours a peer needs."""
    rng = np.random.default_rng(SEED)
    frame = edges(count, rng)
    actors = np.unique(frame[["source", "target"]].to_numpy())
    types = pd.Series(rng.integers(5, size=len(actors)), index=actors)
    named = types.set_axis(types.index.astype(str))
    tasks = {"ours": ours(frame, named)}
    for peer in peers:
        options = {"small": count <= SLOW} if peer == "networkx" else {}
        tasks[peer] = PEERS[peer](frame, types, **options)
    heads = [f"{name:>12}" for name in tasks] + [f"{peer + ' ratio':>16}" for peer in peers]
    print(f"{'measure':<32}" + "".join(heads))
    for measure in tasks["ours"]:
        times = [seconds(of_one.get(measure)) for of_one in tasks.values()]
        ratios = [time / max(times[0], 1e-4) for time in times[1:]]
        shown = [f"{time:>12.3g}" for time in times] + [f"{ratio:>16.3g}" for ratio in ratios]
        print(f"{measure:<32}" + "".join(shown).replace("nan", "  -"), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--edges", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--peers", nargs="*", choices=list(PEERS), default=list(PEERS))
    chosen = parser.parse_args()
    missing = [peer for peer in chosen.peers if importlib.util.find_spec(peer) is None]
    peers = [peer for peer in chosen.peers if peer not in missing]
    if missing:
        print(f"not installed: {', '.join(missing)}")
    for count in chosen.edges:
        print(f"\n{count:,} edges, CPU seconds")
        compare(count, peers)
        print(f"largest memory so far: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


if __name__ == "__main__":
    main()
