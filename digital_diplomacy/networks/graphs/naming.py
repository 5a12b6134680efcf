"""Names of a researcher's own actors, types and relations, for whatever draws them."""

import pandas as pd

from digital_diplomacy import labels
from digital_diplomacy.errors import LabelError


def names_given(actors: pd.DataFrame, *, relations: "pd.Series[str] | None" = None) -> dict[str, str]:
    """The names actors bear in column ``label``, by code; and those of types and relations, which are their own.

    Codes that are labelled in the package, and countries without a label of their own, are left to it.

    Parameters
    ----------
    actors : DataFrame
        ``actor_id``, and ``type`` and ``label`` if they are known.
    relations : Series of str, optional
        Those of the ties.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import networks
    >>> actors = pd.DataFrame({"actor_id": ["@mfa", "KAZ"], "type": ["ministry", "embassy"], "label": ["MFA", None]})
    >>> networks.names_given(actors, relations=pd.Series(["tie", "follows back"]))
    {'entity.@mfa': 'MFA', 'type.embassy': 'embassy', 'relation.follows back': 'follows back', \
'group.follows back': 'follows back'}
    """
    given = actors["label"] if "label" in actors else pd.Series([None] * len(actors), index=actors.index, dtype=object)
    named = {
        f"entity.{code}": shown(code, label)
        for code, label in zip(actors["actor_id"], given, strict=True)
        if _is_text(label) or not _is_known(str(code))
    }
    kinds = sorted({str(kind) for kind in actors["type"]} if "type" in actors else ())
    named |= {f"type.{kind}": kind for kind in kinds if not labels.is_known(f"type.{kind}")}
    for code in sorted(set(relations) if relations is not None else ()):
        named |= {
            f"{column}.{code}": code for column in ("relation", "group") if not labels.is_known(f"{column}.{code}")
        }
    return named


def shown(code: str, label: object) -> str:
    """A label on one line, as figures have it, or the code if there is none."""
    return labels.on_one_line(str(label)) if _is_text(label) else str(code)


def _is_text(label: object) -> bool:
    return not (label is None or label is pd.NA or label != label) and str(label).strip() != ""


def _is_known(code: str) -> bool:
    if labels.is_known(f"entity.{code}"):
        return True
    try:
        labels.country(code, labels.LANGUAGES[0])
    except LabelError:
        return False
    return True
