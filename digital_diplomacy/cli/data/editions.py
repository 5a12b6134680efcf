"""What comes with editions of the index of e-government that are taken in: their weights, decimals and odd cells."""

from pathlib import Path
from typing import TYPE_CHECKING

from digital_diplomacy.cli.streams import put

if TYPE_CHECKING:
    import pandas as pd

_WEIGHTS = ("osi_weight", "hci_weight", "tii_weight")


def companions(table: str, values: "pd.DataFrame", root: Path) -> "dict[str, pd.DataFrame]":
    """Tables by the name of those they stand before; none for figures that need no others to be read.

    Raises
    ------
    TableError
        If the editions are not whole, or the index does not follow from its components.
    """
    from digital_diplomacy import rankings, sources

    if table != "un_egdi":
        return {}
    scheme = rankings.edition_scheme(values, sources.load("un_egdi_editions", root=root))
    return {"un_egdi_editions": scheme, "un_egdi_exceptions": rankings.edition_exceptions(values, scheme)}


def put_in_front(name: str, root: Path, lang: str = "") -> list[str]:
    """Let notebooks read a fetched edition, with what comes with it; said in a language, if one is given."""
    from digital_diplomacy import sources
    from digital_diplomacy.sources import fetching

    table = fetching.known_edition(root, name).table
    further = companions(table, sources.load(name, root=root), root)
    gone = fetching.use(name, root=root, further=further)
    if lang:
        say(further, root, lang)
    return gone


def say(further: "dict[str, pd.DataFrame]", root: Path, lang: str) -> None:
    """Print what was found in each edition, so that nobody takes it for what the publisher says of it.

    Changes of the weights from or to one of them are said, too: figures over the editions cross them.
    """
    from digital_diplomacy import labels, rankings, sources

    if not further:
        return
    scheme, exceptions = further["un_egdi_editions"], further["un_egdi_exceptions"]
    for one in scheme.to_dict("records"):
        odd = exceptions.loc[exceptions["edition"] == one["edition"], "reason"].value_counts(sort=False)
        named = [f"{labels.text(f'odd_cell.{reason}', lang)}: {count}" for reason, count in odd.items()]
        told = {
            "edition": str(one["edition"]),
            "states": str(one["states_count"]),
            "weights": " : ".join(str(one[weight]) for weight in _WEIGHTS),
            "odd": "; ".join(named) or labels.text("odd_cell.none", lang),
        }
        put(labels.text("intake.edition_found", lang, **told))
    for one in rankings.edition_weight_changes(sources.load("un_egdi_editions", root=root)).to_dict("records"):
        if {one["edition"], one["before"]} & set(scheme["edition"]):
            said = {"edition": one["edition"], "before": one["before"], "new": one["weights"]}
            put(labels.text("intake.edition_break", lang, **said, old=one["weights_before"]))
