"""A model of ties in words: which term predicts them best, which others do, and which do not stand out from chance."""

import math
from typing import Final

from digital_diplomacy import labels
from digital_diplomacy.networks.models.terms import TIES
from digital_diplomacy.networks.models.ties import TieModel

_MEASURE: Final = "tie_odds_ratio"


def tie_sentences(model: TieModel, *, lang: str) -> list[str]:
    """What a model of ties says, in sentences.

    A term stands out where its interval leaves out 1, the odds of no difference. One term predicts ties best where it
    stands out and its step moves the odds more than every other one's, beyond the interval of that difference; those it
    is not told apart from are named.

    Parameters
    ----------
    model : TieModel
        As `tie_model` fits it.
    lang : str
        BCP 47 code. An attribute is called by its label ``attribute.NAME``, or as it is called in the table.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": list("abbccde"), "target": list("bacbdec")})
    >>> model = networks.tie_model(networks.graph(ties), ["mutual"], draws=200, rng=np.random.default_rng(1))
    >>> networks.tie_sentences(model, lang="en")[0]
    'No term stands out from chance: a tie the other way.'
    """
    odds = model.estimates[model.estimates["measure"] == _MEASURE].set_index("entity").drop(index=TIES)
    rows: dict[str, dict[str, float]] = odds[["value", "low", "high", "level"]].to_dict("index")  # type: ignore[assignment]
    if not rows:
        return [_method(model, lang)]
    order = sorted(rows, key=lambda code: -abs(math.log(rows[code]["value"])))
    beyond = [code for code in order if rows[code]["low"] > 1 or rows[code]["high"] < 1]
    silent = [code for code in order if code not in beyond]
    if not beyond:
        return [labels.text("ties.none", lang, terms=_named(silent, lang)), _method(model, lang)]
    said = [_best(model, rows, order[0], lang)] if beyond[0] == order[0] else []
    others = beyond[len(said) :]
    said += [labels.text("ties.other", lang, term=_name(code, lang), **_odds(rows[code], lang)) for code in others]
    if silent:
        said.append(labels.text("ties.silent", lang, terms=_named(silent, lang)))
    return [*said, _method(model, lang)]


def tie_term_names(model: TieModel, *, lang: str) -> dict[str, str]:
    """What the terms of a model are called: code to words, as the sentences say them.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> ties = pd.DataFrame({"source": list("abbccde"), "target": list("bacbdec")})
    >>> model = networks.tie_model(networks.graph(ties), ["mutual"], draws=200, rng=np.random.default_rng(1))
    >>> networks.tie_term_names(model, lang="en")
    {'ties': 'ties', 'mutual': 'a tie the other way'}
    """
    return {str(code): _name(str(code), lang) for code in model.estimates["entity"].drop_duplicates()}


def _best(model: TieModel, rows: dict[str, dict[str, float]], first: str, lang: str) -> str:
    pairs = model.comparisons
    alike = pairs.loc[~(pairs["low"] > 0), "right"].tolist()
    case = "alone" if len(rows) == 1 else ("unclear" if alike else "clear")
    fields = {"others": _named(alike, lang)} if case == "unclear" else {}
    return labels.text(f"ties.first_{case}", lang, term=_name(first, lang), **_odds(rows[first], lang), **fields)


def _odds(row: dict[str, float], lang: str) -> dict[str, str]:
    """The odds ratio and its interval."""
    ends = {name: _ratio(row[name], lang) for name in ("low", "high")}
    interval = labels.text("ties.interval", lang, level=labels.number(100 * row["level"], lang), **ends)
    return {"value": _ratio(row["value"], lang), "interval": interval}


def _ratio(value: float, lang: str) -> str:
    """With three digits that count, for an odds ratio has no largest or smallest value."""
    size = 0 if value == 0 else math.floor(math.log10(value))
    return labels.number(value, lang, decimals=max(0, 2 - size))


def _named(codes: list[str], lang: str) -> str:
    return "; ".join(_name(code, lang) for code in codes)


def _name(code: str, lang: str) -> str:
    kind, _, attribute = code.partition(":")
    name = labels.or_own(f"attribute.{attribute}", attribute, lang) if attribute else ""
    return labels.text(f"tie_term.{kind}", lang, **({"name": name} if name else {}))


def _method(model: TieModel, lang: str) -> str:
    how = "exact" if model.exact else "pseudo"
    counts = {name: labels.number(getattr(model, name), lang) for name in ("actors", "ties", "draws")}
    return labels.text(f"ties.method_{how}", lang, **counts)
