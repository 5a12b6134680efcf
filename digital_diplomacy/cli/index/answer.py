"""What an index comes to, in sentences: who leads and whether that is sure, what was left out, what was made up."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pandas as pd

    from digital_diplomacy.rankings.composite.pipeline import Index
    from digital_diplomacy.rankings.robustness.uncertainty import Uncertainty

_SURE: Final = 0.95  # share of the draws from which on a place is called sure
_SOME: Final = (
    0.05  # share of the draws from which on another unit is named as first, too; of failures, told as warning
)
_NAMED: Final = 40  # units in one sentence


@dataclass(frozen=True)
class Answer:
    """Sentences of a page and a terminal: who leads, what was left out and made up, and what went wrong."""

    leads: tuple[str, ...]
    account: tuple[str, ...]
    warnings: tuple[str, ...]


def answer(made: "Index", found: "Uncertainty | None", table: "pd.DataFrame", period: str, lang: str) -> Answer:
    """All that is said first.

    Parameters
    ----------
    made, found
        The index, and its uncertainty if it was computed.
    table : DataFrame
        Of `rankings.ranking_table`.
    period : str
        The period shown.
    lang : str
        Language of the sentences.
    """
    return Answer(
        leads=(*_leads(found, table, lang), *_tiers(found, lang)),
        account=(*_left(made, period, lang), *_made(made, period, len(table), lang)),
        warnings=_failures(found, lang),
    )


def _leads(found: "Uncertainty | None", table: "pd.DataFrame", lang: str) -> list[str]:
    """The unit or units at the top, and what methods and missing values leave of that."""
    from digital_diplomacy import figures, labels

    top = table[table["rank"] == 1]
    decimals = figures.column_decimals(table["score"])
    score = labels.number(float(top["score"].iloc[0]), lang, decimals=decimals)
    leaders = ", ".join(labels.entity(entity, lang) for entity in top["entity"])
    said = [labels.text("index.leads", lang, leaders=leaders, score=score)]
    nothing_missing = not table["imputed"].any() and bool((table["missing_low"] == table["missing_high"]).all())
    for row in top.to_dict("records"):
        name = labels.entity(str(row["entity"]), lang)
        if found is not None:
            said += _sure(found, row, name, lang)
        low, high = row["missing_low"], row["missing_high"]
        if nothing_missing:
            continue
        if low != low:  # no bounds
            said.append(labels.text("index.no_bounds", lang))
        elif high == 1:
            said.append(labels.text("index.lead_missing_sure", lang, leader=name))
        else:
            ends = {"low": _whole(low, lang), "high": _whole(high, lang)}
            said.append(labels.text("index.lead_missing_open", lang, leader=name, **ends))
    if found is None:
        said.append(labels.text("index.no_uncertainty", lang))
    return list(dict.fromkeys(said))


def _sure(found: "Uncertainty", row: "Mapping[Hashable, object]", name: str, lang: str) -> list[str]:
    from digital_diplomacy import labels

    shares = dict(zip(found.entities, found.counts[:, 0] / found.used, strict=True))
    own = float(shares.pop(str(row["entity"])))
    values = {"share": _percent(own, lang), "draws": labels.number(found.used, lang), "leader": name}
    if own >= _SURE:
        return [labels.text("index.lead_sure", lang, **values)]
    ends = {"low": _whole(row["low"], lang), "high": _whole(row["high"], lang)}
    others = [labels.entity(entity, lang) for entity, share in _falling(shares) if share >= _SOME]
    said = [labels.text("index.lead_open", lang, **values, **ends)]
    return said + ([labels.text("index.lead_others", lang, names=", ".join(others))] if others else [])


def _falling(shares: "dict[str, float]") -> "list[tuple[str, float]]":
    return sorted(shares.items(), key=lambda item: (-item[1], item[0]))


def _tiers(found: "Uncertainty | None", lang: str) -> list[str]:
    """Which places are told apart."""
    from digital_diplomacy import labels, rankings

    if found is None or len(found.entities) < 2:
        return []
    groups = rankings.tiers(found, share=_SURE).drop_duplicates("tier")
    if len(groups) == 1:
        return [labels.text("index.tiers_none", lang)]
    if len(groups) == len(found.entities):
        return [labels.text("index.tiers_all", lang)]
    places = [_span(first, last, lang) for first, last in zip(groups["first"], groups["last"], strict=True)]
    return [labels.text("index.tiers", lang, places=", ".join(places))]


def _span(first: float, last: float, lang: str) -> str:
    return _whole(first, lang) if first == last else f"{_whole(first, lang)}–{_whole(last, lang)}"


def _left(made: "Index", period: str, lang: str) -> list[str]:
    """Who has no place, and why."""
    from digital_diplomacy import labels, rankings

    gone = rankings.left_out(made)
    gone = gone[gone["period"] == period]
    given = vars(made.stages[0])["values"]
    total = len(given) if "period" not in given else int((given["period"].astype(str) == period).sum())
    if gone.empty:
        return [labels.text("index.left_none", lang, total=labels.number(total, lang))]
    rows = [{str(key): value for key, value in row.items()} for row in gone.to_dict("records")]
    names = [
        labels.text(f"index.left_{row['reason']}", lang, name=labels.entity(str(row["entity"]), lang), **row)
        for row in rows
    ]
    counts = {"count": labels.number(len(gone), lang), "total": labels.number(total, lang)}
    return [labels.text("index.left", lang, **counts, names=_some(names, lang))]


def _made(made: "Index", period: str, units: int, lang: str) -> list[str]:
    """How many values of which units nobody has observed, and what was bent."""
    from digital_diplomacy import labels, rankings

    cells = rankings.made_cells(made)
    cells = cells[cells["period"] == period]
    total = units * len(rankings.hierarchy(made.framework).indicators)
    said = []
    for kind in ("imputed", "winsorised"):
        counts = cells[cells["kind"] == kind].groupby("entity", sort=False).size()
        if counts.empty:
            said += [labels.text("index.imputed_none", lang)] if kind == "imputed" else []
            continue
        names = [
            labels.text(
                "index.name_count", lang, name=labels.entity(str(entity), lang), count=labels.number(count, lang)
            )
            for entity, count in counts.items()
        ]
        numbers = {"cells": counts.sum(), "all": total, "units": len(counts)}
        told = {name: labels.number(int(number), lang) for name, number in numbers.items()}
        said.append(labels.text(f"index.{kind}", lang, **told, names=_some(names, lang)))
    return [*said, *_bent(made, period, lang), *([labels.text("index.made_meaning", lang)] if len(cells) else [])]


def _bent(made: "Index", period: str, lang: str) -> list[str]:
    """Indicators that were transformed as a whole."""
    from digital_diplomacy import labels

    notes = made.notes
    whole = notes[(notes["step"] == "treat") & (notes["entity"] == "") & notes["period"].isin([period, ""])]
    names = [labels.text(f"group.{code}", lang) for code in dict.fromkeys(whole["code"])]
    return [labels.text("index.transformed", lang, names=", ".join(names))] if names else []


def _failures(found: "Uncertainty | None", lang: str) -> tuple[str, ...]:
    """That draws failed: a warning where they are many."""
    from digital_diplomacy import labels

    if found is None or found.used == found.draws:
        return ()
    failed = found.draws - found.used
    share = failed / found.draws
    counts = {"failed": labels.number(failed, lang), "draws": labels.number(found.draws, lang)}
    if share <= _SOME:
        return (labels.text("index.failed_some", lang, **counts),)
    return (labels.text("index.failed_many", lang, **counts, share=_percent(share, lang)),)


def _some(names: Sequence[str], lang: str) -> str:
    """The first of many names, and how many more there are."""
    from digital_diplomacy import labels

    rest = len(names) - _NAMED
    more = [labels.text("index.more", lang, count=labels.number(rest, lang))] if rest > 0 else []
    return ", ".join([*names[:_NAMED], *more])


def _percent(share: float, lang: str) -> str:
    """A share of draws in whole percent; one that is not all is not said to be."""
    from digital_diplomacy import labels

    percent = round(100 * share)
    if (share < 1 and percent == 100) or (share > 0 and percent == 0):
        return labels.number(max(0.1, min(99.9, round(100 * share, 1))), lang, decimals=1)
    return labels.number(percent, lang, decimals=0)


def _whole(rank: object, lang: str) -> str:
    """A rank, or the end of a range of ranks, which may lie between two, as a whole number."""
    from digital_diplomacy import labels

    return labels.number(round(float(str(rank))), lang, decimals=0)
