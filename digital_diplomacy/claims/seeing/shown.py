"""What the audit can and cannot see, and which figures are at fault, for readers."""

import datetime as dt
import math
from typing import Any, Final

import pandas as pd

from digital_diplomacy import labels
from digital_diplomacy.claims.seeing.detection import totals
from digital_diplomacy.claims.seeing.misprints import MISPRINTS
from digital_diplomacy.tables import named_as

LARGE: Final = 1_000.0  # from here on an end is told in whole numbers


def sight(power: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """One row for a sentence: how many misprints would be noticed, and how many figures nobody watches.

    Parameters
    ----------
    power : DataFrame
        What ``power`` returns.
    claims : DataFrame
        What ``parse`` returns, of the same documents: those told in words alone have no misprint of a digit.

    Returns
    -------
    DataFrame
        claims_count, figures_count (printed in digits), related_count, blind_count, untried_count, misprints_count,
        misprints_revealed, and for each kind ``<kind>_pct`` and ``share_pct`` (percent; 0 where
        there is none of the kind), of_hundred (the last as a whole number). No row without a misprint.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> printed = sources.load("claims").query("claim_id in ['000-014', '000-012']")
    >>> read = claims.parse(printed, sources.load("documents"))
    >>> relations = sources.load("claim_relations").query("relation_id == '000_websites'")
    >>> found = claims.sight(claims.power(read, relations), read)
    >>> found[["claims_count", "blind_count", "misprints_count", "misprints_revealed", "of_hundred"]]
       claims_count  blind_count  misprints_count  misprints_revealed  of_hundred
    0             2            0               55                  21          38
    """
    found = totals(power)
    if found.empty or not found["misprints_count"].iloc[0]:
        return pd.DataFrame()
    shares = {f"{kind}_pct": 100 * found[f"{kind}_share"].fillna(0) for kind in MISPRINTS}
    share = 100 * found["misprints_share"]
    made = found.assign(claims_count=len(claims), share_pct=share, of_hundred=share.round().astype(int), **shares)
    return made[["claims_count", "figures_count", "related_count", "blind_count", "untried_count",
                 "misprints_count", "misprints_revealed", "of_hundred", "share_pct", *shares]]  # fmt: skip


def sight_of_related(power: pd.DataFrame) -> pd.DataFrame:
    """One row for a sentence: how many misprints of one digit would be noticed in figures that stand in a relation.

    Parameters
    ----------
    power : DataFrame
        What ``power`` returns.

    Returns
    -------
    DataFrame
        digit_count, digit_revealed and digit_pct of all figures with at least one relation; numbers_count,
        numbers_revealed and numbers_pct of those that are no dates (percent; 0 where there is none). No row if no
        figure that stands in a relation has a digit to change.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import claims
    >>> rows = pd.DataFrame({"unit": ["date", "count", "count"], "relations_count": [1, 1, 0]})
    >>> for kind in ("digit", "swap", "mark", "misprints"):
    ...     rows[f"{kind}_count"], rows[f"{kind}_revealed"] = [30, 10, 10], [25, 5, 0]
    >>> claims.sight_of_related(rows)[["digit_count", "digit_pct", "numbers_count", "numbers_pct"]].to_numpy().tolist()
    [[40.0, 75.0, 10.0, 50.0]]
    """
    related = power[power["relations_count"] > 0]
    row: dict[str, float] = {}
    for name, kept in (("digit", related), ("numbers", related[related["unit"] != "date"])):
        count, revealed = int(kept["digit_count"].sum()), int(kept["digit_revealed"].sum())
        row |= {f"{name}_count": count, f"{name}_revealed": revealed, f"{name}_pct": 100 * revealed / max(count, 1)}
    return pd.DataFrame([row] if row["digit_count"] else [])


def noticed(power: pd.DataFrame) -> pd.DataFrame:
    """The table ``estimates``: for each document the share of misprints that would be noticed, in percent.

    All possible misprints are counted, so the shares have no interval; ``n`` is their number.

    Parameters
    ----------
    power : DataFrame
        What ``power`` returns.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> printed = sources.load("claims").query("claim_id in ['000-014', '000-012']")
    >>> read = claims.parse(printed, sources.load("documents"))
    >>> relations = sources.load("claim_relations").query("relation_id == '000_websites'")
    >>> claims.noticed(claims.power(read, relations))[["entity", "value", "n"]].round(1)
             entity  value   n
    0  document_000   38.2  55
    """
    found = totals(power, by=["document"])
    found = found[found["misprints_count"] > 0].reset_index(drop=True)
    share = 100 * found["misprints_share"]
    fixed = {"group": "", "period": "", "measure": "misprints_noticed", "interval": "none", "level": math.nan,
             "unit": "percent", "base": "misprints", "source_id": "claim_relations"}  # fmt: skip
    values = {
        "entity": "document_" + found["document"],
        "value": share,
        "low": share,
        "high": share,
        "n": found["misprints_count"],
    }
    return named_as(pd.DataFrame({**values, **fixed}), power)


def by_document(power: pd.DataFrame) -> pd.DataFrame:
    """One row a document for a sentence: document, share_pct, blind_count, figures_count, untried_count.

    Parameters
    ----------
    power : DataFrame
        What ``power`` returns.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> printed = sources.load("claims").query("claim_id in ['000-014', '000-012']")
    >>> read = claims.parse(printed, sources.load("documents"))
    >>> relations = sources.load("claim_relations").query("relation_id == '000_websites'")
    >>> claims.by_document(claims.power(read, relations)).round(1)
      document  share_pct  blind_count  figures_count  untried_count
    0      000       38.2            0              2              0
    """
    found = totals(power, by=["document"])
    found = found[found["misprints_count"] > 0].reset_index(drop=True)
    made = found.assign(share_pct=100 * found["misprints_share"])
    return named_as(made[["document", "share_pct", "blind_count", "figures_count", "untried_count"]], power)


def kinds(power: pd.DataFrame, lang: str) -> pd.DataFrame:
    """For each kind of misprint how many there are and how many would be noticed.

    Parameters
    ----------
    power : DataFrame
        What ``power`` returns.
    lang : str
        Language of the names of kinds.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> printed = sources.load("claims").query("claim_id in ['000-014', '000-012']")
    >>> read = claims.parse(printed, sources.load("documents"))
    >>> relations = sources.load("claim_relations").query("relation_id == '000_websites'")
    >>> claims.kinds(claims.power(read, relations), "en").round(1)
              misprint_kind  misprints_count  revealed_count  revealed_pct
    0             one digit               52              18          34.6
    1  two digits exchanged                3               3         100.0
    """
    found = totals(power)
    rows = [
        {"misprint_kind": labels.text(f"misprint.{kind}", lang), "misprints_count": int(found[f"{kind}_count"].iloc[0]),
         "revealed_count": int(found[f"{kind}_revealed"].iloc[0]),
         "revealed_pct": 100 * float(found[f"{kind}_share"].iloc[0])}
        for kind in MISPRINTS if len(found) and found[f"{kind}_count"].iloc[0]
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["misprint_kind", "misprints_count", "revealed_count", "revealed_pct"])


def blind(power: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """The figures of which no misprint would be noticed.

    Parameters
    ----------
    power : DataFrame
        What ``power`` returns.
    told : DataFrame
        What ``tell`` returns: claim_id, claim, quoted, place.

    Returns
    -------
    DataFrame
        document, claim (what the figure is), printed (quotation and place), relations_count (none, or all so wide that
        no misprint breaks them), misprints_count.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import claims
    >>> counts = {"misprints_count": [30, 12], "misprints_revealed": [9, 0], "relations_count": [1, 0]}
    >>> rows = pd.DataFrame({"claim_id": ["000-001", "000-002"], "document": "000", **counts})
    >>> words = {"claim": ["states", "years"], "quoted": ["210", "29"], "place": "page 3"}
    >>> told = pd.DataFrame({"claim_id": ["000-001", "000-002"], **words})
    >>> claims.blind(rows, told)[["claim", "printed", "misprints_count"]]
       claim      printed  misprints_count
    0  years  29 (page 3)               12
    """
    rows = power[(power["misprints_count"] > 0) & (power["misprints_revealed"] == 0)].reset_index(drop=True)
    own = told.set_index("claim_id").loc[rows["claim_id"]].reset_index()
    made = rows.assign(claim=own["claim"], printed=own["quoted"] + " (" + own["place"] + ")")
    return named_as(made[["document", "claim", "printed", "relations_count", "misprints_count"]], power)


def passed(chance: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """Of every relation the figure that would least likely have passed at random; the weakest tests first.

    Parameters
    ----------
    chance : DataFrame
        What ``chance`` returns.
    told : DataFrame
        What ``tell`` returns: claim_id, quoted, place.

    Returns
    -------
    DataFrame
        kind (of relation), verdict, printed (the figure taken at random, with its place), forms_count, passing_count,
        pass_pct.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import claims
    >>> counts = {"forms_count": [900, 90], "passing_count": [450, 9], "pass_probability": [0.5, 0.1]}
    >>> rows = pd.DataFrame({"relation_id": "r", "claim_id": ["a", "b"], "kind": "order", "verdict": "holds", **counts})
    >>> told = pd.DataFrame({"claim_id": ["a", "b"], "quoted": ["210", "29"], "place": "page 3"})
    >>> claims.passed(rows, told)[["printed", "forms_count", "passing_count", "pass_pct"]]
           printed  forms_count  passing_count  pass_pct
    0  29 (page 3)           90              9      10.0
    """
    order = chance.sort_values(["pass_probability", "claim_id"], kind="stable")
    rows = order.drop_duplicates("relation_id").iloc[::-1].reset_index(drop=True)
    own = told.set_index("claim_id").loc[rows["claim_id"]].reset_index()
    made = rows.assign(printed=own["quoted"] + " (" + own["place"] + ")", pass_pct=100 * rows["pass_probability"])
    return named_as(made[["kind", "verdict", "printed", "forms_count", "passing_count", "pass_pct"]], chance)


def weak(chance: pd.DataFrame) -> pd.DataFrame:
    """One row for a sentence: how many relations hold that a random figure would have passed more often than not.

    Parameters
    ----------
    chance : DataFrame
        What ``chance`` returns.

    Returns
    -------
    DataFrame
        relations_count (that hold and have a figure in digits), weak_count (whose least likely figure passes in more
        than half of the cases), strict_count (in at most one of twenty). No row if there is none.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import claims
    >>> rows = pd.DataFrame({"relation_id": ["r", "r", "s"], "verdict": "holds", "pass_probability": [0.9, 0.02, 0.6]})
    >>> claims.weak(rows)
       relations_count  weak_count  strict_count
    0                2           1             1
    """
    least = chance[chance["verdict"] == "holds"].groupby("relation_id")["pass_probability"].min()
    if least.empty:
        return pd.DataFrame()
    counts = {"relations_count": len(least), "weak_count": int((least > 0.5).sum()),
              "strict_count": int((least <= 0.05).sum())}  # fmt: skip
    return pd.DataFrame([counts])


def faults(localised: pd.DataFrame, told: pd.DataFrame, lang: str) -> pd.DataFrame:
    """What ``localise`` returns, for readers.

    Parameters
    ----------
    localised : DataFrame
        What ``localise`` returns.
    told : DataFrame
        What ``tell`` returns, of all documents and the evidence.
    lang : str
        Language of every word and number.

    Returns
    -------
    DataFrame
        contradiction (number), case (whether it can be localised), candidate (number of the set), documents, printed,
        needed (where the figure would have to lie), misprint (the nearest that does it, with its kind).

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> printed = sources.load("claims").query("claim_id in ['000-035', '000-042']")
    >>> read = claims.parse(printed, sources.load("documents"))
    >>> relations = sources.load("claim_relations").query("relation_id == '000_lead_video'")
    >>> told = claims.tell(printed, read, sources.load("documents"), "en", evidence=None)
    >>> claims.faults(claims.localise(read, relations), told, "en")[["candidate", "needed"]]
       candidate     needed
    0          1  0–176,376
    1          2  ≥ 440,606
    """
    own = told.set_index("claim_id")
    rows = [
        {
            "contradiction": row["system"],
            "case": labels.text(f"fault.{'one' if row['sets_count'] == 1 else 'several'}", lang),
            "candidate": row["set"],
            "documents": row["document"],
            "printed": _printed(own.loc[row["claim_id"]]),
            "needed": _needed(row, own.loc[row["claim_id"]], lang),
            "misprint": _misprint(row, lang),
        }
        for _, row in localised.iterrows()
    ]
    columns = ["contradiction", "case", "candidate", "documents", "printed", "needed", "misprint"]
    return named_as(pd.DataFrame(rows, columns=columns), localised)


def located(localised: pd.DataFrame) -> pd.DataFrame:
    """One row for a sentence: contradictory systems, and how many have one smallest set of figures to change.

    Parameters
    ----------
    localised : DataFrame
        What ``localise`` returns.

    Returns
    -------
    DataFrame
        systems_count, located_count, tied_count, slips_count (that a single misprint of one figure would explain). No
        row if nothing is contradicted.

    Examples
    --------
    >>> from digital_diplomacy import claims, sources
    >>> printed = sources.load("claims").query("claim_id in ['000-035', '000-042']")
    >>> read = claims.parse(printed, sources.load("documents"))
    >>> relations = sources.load("claim_relations").query("relation_id == '000_lead_video'")
    >>> claims.located(claims.localise(read, relations))  # either of the two counts may be at fault
       systems_count  located_count  tied_count  slips_count
    0              1              0           1            1
    """
    if localised.empty:
        return pd.DataFrame()
    first = localised.drop_duplicates("system")
    alone = localised[(localised["size"] == 1) & localised["misprint"].notna()]
    counts = {
        "systems_count": len(first),
        "located_count": int((first["sets_count"] == 1).sum()),
        "tied_count": int((first["sets_count"] > 1).sum()),
        "slips_count": alone["system"].nunique(),
    }
    return pd.DataFrame([counts])


def _printed(figure: "pd.Series[Any]") -> str:
    return f"{figure['quoted']} ({figure['place']})" if figure["quoted"] else str(figure["numeral"])


def _needed(row: "pd.Series[Any]", figure: "pd.Series[Any]", lang: str) -> str:
    """The interval in words; dates to the day, month or year they need."""
    ends = {name: float(row[name]) for name in ("low", "high") if not math.isnan(row[name])}
    if row["unit"] != "date":
        return _between({name: _number(end, lang) for name, end in ends.items()}, lang, row["unit"])
    days = {name: _day(end) for name, end in ends.items()}
    said = labels.period(_shortest(days["low"], days["high"]), lang) if len(days) == 2 else _between(
        {name: labels.period(day.isoformat(), lang) for name, day in days.items()}, lang, "")  # fmt: skip
    is_number = not pd.isna(figure["value"])
    return labels.text("fault.dated", lang, period=said) if is_number else said


def _number(end: float, lang: str) -> str:
    return labels.number(round(end) if abs(end) >= LARGE else round(end, 3), lang)


def _between(ends: dict[str, str], lang: str, unit: str) -> str:
    sign = ("" if lang == "en" else "\N{NO-BREAK SPACE}") + "%" if unit == "percent" else ""
    if not ends:
        return labels.text("fault.any", lang)
    if len(ends) == 1:
        (end,) = ends
        return f"{'≥' if end == 'low' else '≤'} {ends[end]}{sign}"
    return f"{ends['low']}–{ends['high']}{sign}"


def _day(end: float) -> dt.date:
    """The day a decimal year stands for."""
    first = dt.date(int(end), 1, 1)
    return first + dt.timedelta(days=round((end - first.year) * (dt.date(first.year + 1, 1, 1) - first).days))


def _shortest(first: dt.date, last: dt.date) -> str:
    """The shortest ISO 8601 period from one day to another."""
    next_day = last + dt.timedelta(days=1)
    if (first.month, first.day, next_day.month, next_day.day) == (1, 1, 1, 1):
        return f"{first.year}" if first.year == last.year else f"{first.year}/{last.year}"
    if first.day == 1 and next_day.day == 1:
        months = [f"{day.year}-{day.month:02d}" for day in (first, last)]
        return months[0] if months[0] == months[1] else "/".join(months)
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def _misprint(row: "pd.Series[Any]", lang: str) -> str | None:
    if not isinstance(row["misprint"], str):
        return None
    return f"{row['misprint']} ({labels.text('misprint.' + row['misprint_kind'], lang)})"
