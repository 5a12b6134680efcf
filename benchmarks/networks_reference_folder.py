"""Networks of a folder of reference results, for ``networks_reference.py`` (which says how the files look)."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from reference_counts import UnknownCaseError, lacking

from digital_diplomacy.networks.graphs import arrays
from digital_diplomacy.networks.graphs.arrays import Graph

TEXTS = ("node", "source", "target", "network", "metric", "variant", "directed", "orientation", "statistic", "method")
NUMBERS = ("value", "tolerance", "weight", "alpha_source", "alpha_target", "alpha_min")


@dataclass(frozen=True, eq=False)
class Network:
    """A network of the folder, and the columns its actors have."""

    graph: Graph
    nodes: pd.DataFrame

    def types(self, column: str) -> pd.Series:
        if column not in self.nodes:
            raise UnknownCaseError(f"the nodes have no column {column!r}")
        return self.nodes[column].astype(str)


def table(path: Path, columns: tuple[str, ...] = ()) -> pd.DataFrame:
    """A CSV file with names as texts and every digit kept; no name is taken for a missing value."""
    try:
        frame = pd.read_csv(path, dtype=dict.fromkeys(TEXTS, str), keep_default_na=False)
    except (pd.errors.EmptyDataError, pd.errors.ParserError, UnicodeDecodeError) as error:
        raise UnknownCaseError(f"{path.name} is no table: {error}") from error
    lacking(path, list(frame), columns)
    return frame.assign(**{name: pd.to_numeric(frame[name], errors="coerce") for name in NUMBERS if name in frame})


def result(folder: Path, name: str, columns: tuple[str, ...] = ("network",)) -> pd.DataFrame:
    """A table of ``outputs``; empty, with these columns, where it is not there."""
    path = folder / "outputs" / f"{name}.csv"
    return table(path, columns) if path.exists() else pd.DataFrame(columns=list(columns))


def edges_file(folder: Path, name: str) -> Path | None:
    """``<name>_edges.csv``, or ``<name>_raw_edges.csv`` where there is none."""
    paths = [folder / "inputs" / f"{name}{end}_edges.csv" for end in ("", "_raw")]
    return next((path for path in paths if path.exists()), None)


def nodes_file(folder: Path, name: str) -> Path | None:
    """The nodes of a network: its own file, or that of the longest beginning of its name, less a trailing number."""
    parts = [*name.split("_")]
    beginnings = ["_".join(parts[:end]) for end in range(len(parts), 0, -1)]
    names = [f"{name}_raw", *beginnings, *(beginning.rstrip("0123456789") for beginning in beginnings)]
    paths = [folder / "inputs" / f"{beginning}_nodes.csv" for beginning in names]
    return next((path for path in paths if path.exists()), None)


def load(folder: Path, name: str, *, directed: bool, orientation: arrays.Orientation = "as_given") -> Network:
    """A network of ``inputs``, its isolates included; loops are dropped and parallel edges added up."""
    edges, found = edges_file(folder, name), nodes_file(folder, name)
    if edges is None:
        raise UnknownCaseError(f"there is no file inputs/{name}_edges.csv")
    nodes = table(found, ("node",)).set_index("node") if found else pd.DataFrame(index=pd.Index([], name="node"))
    graph = arrays.graph(
        table(edges, ("source", "target", "weight")),
        nodes=nodes.index,
        directed=directed,
        loops="drop",
        parallel="sum",
        orientation=orientation,
    )
    return Network(graph, nodes)


def directions(folder: Path) -> dict[str, bool]:
    """Which networks are directed, by the golden tables."""
    frames = [result(folder, file, ("network", "directed")) for file in ("golden_graph", "golden_nodes")]
    pairs = pd.concat([frame[["network", "directed"]] for frame in frames]).drop_duplicates()
    return {name: value.lower() == "true" for name, value in pairs.itertuples(index=False, name=None)}
