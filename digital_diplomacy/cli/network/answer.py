"""What a network shows in a minute: its size, whether it hangs together, who is central, and whether that is chance."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from digital_diplomacy import labels

if TYPE_CHECKING:
    import pandas as pd

    from digital_diplomacy.cli.network.results import Results

LEVEL: Final = 0.05
_APART: Final = 3  # relations that are told one by one; of more all together
_NAMED: Final = 5  # actors in one sentence


def answer(found: "Results", lang: str) -> list[str]:
    """The sentences, each true of this network."""
    said = [_size(found, lang), _parts(found, lang)]
    if len(found.relations) == 1:
        return said + _central(found, "", lang) + returned_and_core(found, found.relations[0], lang)
    for code in found.relations if len(found.relations) <= _APART else [""]:
        said += _central(found, code, lang)
    return said


def returned_and_core(found: "Results", code: str, lang: str) -> list[str]:
    """How many ties of a relation are returned, and its innermost core, beside chance."""
    shown = code if len(found.relations) > 1 else ""
    return _returned(found, shown, lang) + _core(found, shown, code, lang)


def percent(share: float, lang: str) -> str:
    """A share as a percentage with one decimal, or two digits of a small one."""
    value = 100 * share
    if value in (0.0, 100.0):
        return labels.number(value, lang, decimals=0)
    return labels.number(value, lang, decimals=1) if value >= 1 else labels.number(float(f"{value:.2g}"), lang)


def chance(p: float, lang: str) -> str:
    """A p with its sign: ``= 0.03``, or ``< 0.001``."""
    if p < 0.001:
        return f"< {labels.number(0.001, lang)}"
    return f"= {labels.number(float(f'{p:.2g}'), lang)}"


def of_relation(code: str, lang: str) -> str:
    """`` (follows)``, or nothing where there is but one relation."""
    return f" ({labels.text(f'relation.{code}', lang)})" if code else ""


def _size(found: "Results", lang: str) -> str:
    whole = found.whole
    counted = [labels.counted("actors", whole.n, lang), labels.counted("ties", len(found.written), lang)]
    said = [f"{', '.join(counted)}."]
    pairs = whole.n * (whole.n - 1) / (1 if found.is_directed else 2)
    if len(found.relations) > 1:
        names = ", ".join(labels.text(f"relation.{code}", lang) for code in found.relations[:_NAMED])
        more = len(found.relations) - _NAMED
        listed = names if more <= 0 else _and_more(names, labels.number(more, lang), lang)
        said.append(labels.text("network.made_of", lang, names=listed))
    elif sides := found.design().receivers:
        pairs = len(found.design().senders) * len(sides)
        said.append(labels.text("network.density_sides", lang, density=percent(whole.ties / pairs, lang)))
    elif pairs:
        said.append(labels.text("network.density", lang, density=percent(whole.ties / pairs, lang)))
    if not found.is_directed:
        said.append(labels.text("network.undirected", lang))
    return " ".join(said)


def _and_more(names: str, count: str, lang: str) -> str:
    return labels.text("network.and_more", lang, names=names, count=count)


def _parts(found: "Results", lang: str) -> str:
    from digital_diplomacy import networks

    everybody = list(found.whole.names)
    inside = len(networks.largest_component(found.written, nodes=everybody))
    if inside == len(everybody):
        return labels.text("network.whole", lang)
    alone = len(set(everybody) - {*found.written["source"], *found.written["target"]})
    told = {"inside": labels.counted("actors", inside, lang), "alone": labels.number(alone, lang)}
    return labels.text("network.parts_alone" if alone else "network.parts", lang, **told)


def _central(found: "Results", code: str, lang: str) -> list[str]:
    """Who is attended to most, and who of them stands out from chance."""
    how, where = found.design(code), {"group": of_relation(code, lang)}
    if how.ego:
        return [labels.text("network.ego", lang, entity=labels.entity(how.ego, lang), **where)]
    rows = found.attended(code) if code else found.attention
    table = rows.set_index(["entity", "measure"])["value"].unstack("measure")  # noqa: PD010 - every pair is there once
    if table["in_degree_p"].isna().all():
        return [labels.text("network.no_choice", lang, **where)]
    kind = "directed" if found.is_directed else "undirected"
    before = []
    if how.receivers:
        sizes = {"senders": len(how.senders), "receivers": len(how.receivers)}
        sides = {side: labels.number(size, lang, decimals=0) for side, size in sizes.items()}
        before = [labels.text(f"network.sides_{kind}", lang, **sides, **where)]
        kind = f"{kind}_sides"
    top = table["in_degree"].max()
    first = sorted(table.index[table["in_degree"] == top])
    expected, counted = (
        rows[rows["measure"] == measure].set_index("entity").loc[first[0]]
        for measure in ("in_degree_expected", "in_degree")
    )
    numbers = {"value": top, "n": counted["n"], "low": expected["low"], "high": expected["high"]}
    told = {name: labels.number(float(value), lang, decimals=0) for name, value in numbers.items()} | where
    if len(first) > 1:
        told["count"] = labels.counted("actors", len(first), lang)
        said = labels.text("network.most_equal", lang, **told)
    else:
        said = labels.text(f"network.most_{kind}", lang, entity=labels.entity(first[0], lang), **told)
    return [*before, said, _stand_out(table, lang, where)]


def _stand_out(table: "pd.DataFrame", lang: str, where: Mapping[str, str]) -> str:
    out = table[table["in_degree_p"] <= LEVEL].sort_values("in_degree", ascending=False, kind="stable")
    if out.empty:
        least = chance(float(table["in_degree_p"].min()), lang).removeprefix("= ")
        return labels.text("network.nobody", lang, p=least, **where)
    names = ", ".join(labels.entity(code, lang) for code in out.index[:_NAMED])
    more = len(out) - _NAMED
    listed = names if more <= 0 else _and_more(names, labels.number(more, lang), lang)
    return labels.text("network.stand_out", lang, count=labels.counted("actors", len(out), lang), names=listed, **where)


def _returned(found: "Results", code: str, lang: str) -> list[str]:
    """How many ties are returned, of a directed network."""
    how = found.design(code)
    if not found.is_directed or how.receivers:
        return []
    if found.undirected:
        return [labels.text("network.returned_mixed", lang, count=labels.counted("ties", found.undirected, lang))]
    row = found.returned(code)
    told = {"group": of_relation(code, lang), "value": percent(float(row["value"]), lang)}
    if how.ego:
        return [labels.text("network.returned_ego", lang, **told)]
    if math.isnan(float(row["p"])):
        return [labels.text("network.returned_bare", lang, **told)]
    ends = {end: percent(float(row[end]), lang) for end in ("low", "high")}
    alike = "one" if ends["low"] == ends["high"] else "range"
    told |= {"range": labels.text(f"network.share_{alike}", lang, **ends), "p": chance(float(row["p"]), lang)}
    verdict = "chance" if row["p"] > LEVEL else "more" if row["value"] > row["expected"] else "fewer"
    return [labels.text(f"network.returned_{verdict}", lang, **told)]


def _core(found: "Results", shown: str, code: str, lang: str) -> list[str]:
    """The innermost core of one relation, and whether its order is chance."""
    rows = found.measured[(found.measured["group"] == code) & (found.measured["entity"] == "network")]
    told = {
        column: dict(zip(rows["measure"], rows[column].astype(float), strict=True))
        for column in ("value", "low", "high", "n")
    }
    value = told["value"]
    how = found.design(shown)
    if not value.get("core_order") or how.ego or (how.receivers and not found.is_directed):
        return []
    sides = 1 if found.is_directed else 2  # each tie without direction is measured both ways, and told once
    kind = "" if found.is_directed else "_undirected"
    texts = {
        "members": labels.number(value["core_members"], lang, decimals=0),
        "order": labels.counted("ties", int(value["core_order"]) // sides, lang),
        "actors": labels.number(int(told["n"]["core_members"]), lang),
        "group": of_relation(shown, lang),
    }
    if "core_order_p" not in value:
        return [labels.text(f"network.core_bare{kind}", lang, **texts)]
    p = value["core_order_p"]
    if math.isnan(p):
        return [labels.text(f"network.core_same{kind}", lang, **texts)]
    for end in ("low", "high"):
        texts[end] = labels.number(told[end]["core_order_expected"] / sides, lang, decimals=0)
    verdict = "found" if p <= LEVEL else "none"
    return [labels.text(f"network.core_{verdict}{kind}", lang, p=chance(p, lang), **texts)]
