"""Terms of a model of ties, and what a tie would add to each of them.

A term is a text: its kind, and behind a colon the attribute or the matrix it reads. ``ties`` is always in a model.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from digital_diplomacy.errors import ArgumentError, TableError
from digital_diplomacy.networks.graphs.arrays import Graph

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

TIES: Final = "ties"
MUTUAL: Final = "mutual"
SHARED: Final = "shared_partners"
OF_ATTRIBUTES: Final = ("same", "difference", "sender", "receiver")
DYADIC: Final = "dyad"
KINDS: Final = (MUTUAL, SHARED, *OF_ATTRIBUTES, DYADIC)

DECAY: Final = 0.5  # of shared partners: a second one adds 0.39 of what the first does
_SPREADS: Final = 2  # standard deviations a step of a number is long (Gelman 2008), as a step of yes or no is
_NAMED: Final = 10


@dataclass(frozen=True, eq=False)
class Terms:
    """The terms of a model over the actors of a network.

    Attributes
    ----------
    codes : tuple of str
        ``ties``, those that read actors or dyads, ``mutual``, ``shared_partners``.
    covariates : array, shape (n, n, c)
        What a tie from row to column adds to the first c terms whatever the other ties are.
    steps : array, shape (p,)
        How much of each term is compared: 1 for yes or no, two standard deviations over all pairs for numbers.
    """

    codes: tuple[str, ...]
    covariates: Floats
    steps: Floats

    @property
    def mutual(self) -> bool:
        """Whether ties answer each other in the model."""
        return MUTUAL in self.codes

    @property
    def shared(self) -> bool:
        """Whether a tie depends on partners that its ends share; the dyads are then not independent."""
        return SHARED in self.codes


def read_terms(
    network: Graph, codes: Sequence[str], attributes: pd.DataFrame, dyads: Mapping[str, pd.DataFrame]
) -> Terms:
    """The terms asked for, of the actors of a network.

    Raises
    ------
    ArgumentError
        If a term is unknown, stands twice, or reads an attribute or a matrix that is not there.
    TableError
        If an actor has no value, or more than one row.
    """
    _refuse_codes(codes)
    outside = np.ones((network.n, network.n))
    np.fill_diagonal(outside, 0)
    layers, steps = [outside], [1.0]
    read = [code for code in codes if ":" in code]
    for code in read:
        kind, _, name = code.partition(":")
        layer = _dyadic(network, name, dyads) if kind == DYADIC else _of_attribute(network, kind, name, attributes)
        layers.append(layer * outside)
        steps.append(_step(layer[outside > 0]))
    last = [code for code in (MUTUAL, SHARED) if code in codes]
    return Terms((TIES, *read, *last), np.stack(layers, axis=2), np.array([*steps, *(1.0 for _ in last)]))


def _refuse_codes(codes: Sequence[str]) -> None:
    for place, code in enumerate(codes):
        kind, colon, name = code.partition(":")
        if kind not in KINDS or bool(name) != (kind not in (MUTUAL, SHARED)) or bool(colon) != bool(name):
            raise ArgumentError(
                "unknown term {code!r}; allowed: mutual, shared_partners, same:NAME, difference:NAME, sender:NAME, "
                "receiver:NAME, dyad:NAME",
                code=code,
            )
        if code in codes[:place]:
            raise ArgumentError("term {code!r} stands twice; name it once", code=code)


def _dyadic(network: Graph, name: str, dyads: Mapping[str, pd.DataFrame]) -> Floats:
    if name not in dyads:
        raise ArgumentError(
            "no matrix {name!r} for the term; there is: {found}", name=name, found=", ".join(dyads) or "–"
        )
    frame = dyads[name]
    for ends in (frame.index, frame.columns):
        missing = network.names.difference(ends.astype(str))
        if len(missing) or ends.has_duplicates:
            raise TableError(
                "{name}: actors {actors} are not in every row and column once",
                name=name,
                actors=_listed(missing if len(missing) else ends[ends.duplicated()]),
            )
    found = frame.set_axis(frame.index.astype(str), axis=0).set_axis(frame.columns.astype(str), axis=1)
    layer = found.loc[network.names, network.names].to_numpy(dtype=float, copy=True)
    np.fill_diagonal(layer, 0.0)
    wrong = network.names[~np.isfinite(layer).all(axis=1)]
    if len(wrong):
        raise TableError("{name}: no number in rows of {actors}; fill them", name=name, actors=_listed(wrong))
    return np.asarray(layer)


def _of_attribute(network: Graph, kind: str, name: str, attributes: pd.DataFrame) -> Floats:
    values = _values(network, name, attributes)
    if kind == "same":
        cells = values.astype(str).to_numpy(dtype=object)
        return np.asarray(cells[:, None] == cells, dtype=float)
    numbers = pd.to_numeric(values, errors="coerce").to_numpy(dtype=float)
    wrong = network.names[~np.isfinite(numbers)]
    if len(wrong):
        raise TableError(
            "attributes: `{name}` of {actors} is no number; mend it, or take same:{name}",
            name=name,
            actors=_listed(wrong),
        )
    if kind == "difference":
        return np.asarray(np.abs(numbers[:, None] - numbers))
    spread = np.ones(network.n)
    return np.outer(numbers, spread) if kind == "sender" else np.outer(spread, numbers)


def _values(network: Graph, name: str, attributes: pd.DataFrame) -> pd.Series:
    if name not in attributes or name == "entity":
        found = ", ".join(str(column) for column in attributes if column != "entity")
        raise ArgumentError("no attribute {name!r} for the term; there is: {found}", name=name, found=found or "–")
    actors = attributes["entity"].astype(str)
    twice = pd.Index(actors[actors.duplicated()].unique())
    if len(twice):
        raise TableError("attributes: {actors} listed more than once; give each actor one row", actors=_listed(twice))
    values = attributes.set_axis(actors, axis=0)[name].reindex(network.names)
    bare = network.names[values.isna().to_numpy()]
    if len(bare):
        raise TableError(
            "attributes: no `{name}` of {actors}; give every actor of the network one", name=name, actors=_listed(bare)
        )
    return values


def _listed(names: pd.Index) -> str:
    return ", ".join(map(str, names[:_NAMED])) + (", …" if len(names) > _NAMED else "")


def _step(cells: Floats) -> float:
    """1 where a cell says yes or no, and otherwise two standard deviations."""
    return 1.0 if np.isin(cells, (0.0, 1.0)).all() else float(_SPREADS * cells.std())


def dyad_choices(terms: Terms) -> Floats:
    """What each state of each dyad adds to the terms, shape (dyads, 4, p).

    States are no tie, one from the first actor, one from the second, both; dyads are those of `numpy.triu_indices`.
    """
    above = np.triu_indices(len(terms.covariates), k=1)
    there, back = terms.covariates[above], terms.covariates[above[::-1]]
    found = np.zeros((len(there), 4, len(terms.codes)))
    count = there.shape[1]
    found[:, 1, :count], found[:, 2, :count], found[:, 3, :count] = there, back, there + back
    if terms.mutual:
        found[:, 3, terms.codes.index(MUTUAL)] = 1
    return found


def dyad_states(ties: Bools) -> npt.NDArray[np.int64]:
    """Which of the four states each dyad of a network has, shape (dyads,)."""
    above = np.triu_indices(len(ties), k=1)
    return np.asarray(ties[above] + 2 * ties[above[::-1]], dtype=np.int64)


def changes(terms: Terms, ties: Bools) -> Floats:
    """What each tie adds to the terms given all others, shape (..., n, n, p), of networks of shape (..., n, n)."""
    whole = ties.astype(float)
    back = np.swapaxes(whole, -1, -2)
    shape = (*ties.shape, terms.covariates.shape[2])
    parts = [np.broadcast_to(terms.covariates, shape)]
    if terms.mutual:
        parts.append(back[..., None])
    if terms.shared:
        parts.append(_shared(whole, back)[..., None])
    return np.concatenate(parts, axis=-1)


def _shared(whole: Floats, back: Floats) -> Floats:
    """Change of the geometrically weighted partners i -> k -> j of ties i -> j, the decay being fixed.

    The statistic is e^a times the sum over ties of 1 - r^s, with s partners and r = 1 - e^-a. A tie brings its own
    part, and is a first or a second step for the ties beside it, each worth r^s with s its partners without the tie.
    """
    rest = 1 - np.exp(-DECAY)
    partners = whole @ whole
    beside = whole * rest**partners
    others = (beside @ back + back @ beside) * np.where(whole > 0, 1 / rest, 1.0)
    return np.asarray(np.exp(DECAY) * (1 - rest**partners) + others)
