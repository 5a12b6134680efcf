"""Drafts of the mechanical relations between the figures of a paper."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

import pandas as pd

from digital_diplomacy.drafting import (
    answered,
    answers,
    bases,
    cells,
    changes,
    citations,
    columns,
    derived,
    divided,
    drawn,
    drawn_alone,
    gaps,
    hundreds,
    joined,
    lengths,
    listed_before,
    moved,
    nested,
    ordered,
    pages,
    parted,
    per_one,
    points,
    prints,
    referring,
    sequence,
    since,
    sums,
    two_lists,
    wholes,
    within,
)
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, may_be_added, unit_lent
from digital_diplomacy.extraction.tokens import Figure, Marked, ids, marked
from digital_diplomacy.frames import records

RELATIONS: Final = (
    "relation_id", "kind", "left", "right", "exhaustive", "constant", "named", "caveat", "matter", "notebook", "note",
    "why", "words", "sure",
)  # fmt: skip

ONE_UNIT_KINDS: Final = frozenset(
    {"difference", "nesting", "order", "same_quantity", "sum_of_parts", "sum_at_most_100", "sum_to_100"}
)
"""Kinds that compare or add figures as they are, which one unit alone allows."""
_CHANGES: Final = ("difference", "growth_rate", "decline_rate", "growth_over_base")

_IN_A_SENTENCE: Final = (
    changes.changes,
    changes.parts,
    changes.places,
    changes.steps,
    moved.within,
    changes.ages,
    changes.lives,
    changes.above_whole,
    wholes.hundreds,
    answers.opposites,
    answers.with_middle,
    sums.sums,
    sums.alongside,
    changes.dated,
    ordered.in_order,
    ordered.chained,
    ordered.backwards,
    sequence.in_sequence,
    divided.divided,
    divided.included,
    divided.gapped,
    divided.halves,
)
_OVER_ALL: Final = (
    wholes.populations,
    pages.pages,
    sums.negations,
    bases.bases,
    moved.within_ranked,
    since.since,
    since.named_again,
    per_one.per_one,
    parted.parted,
    hundreds.all_of_it,
    nested.nested,
    within.within,
    sequence.over_sentences,
    citations.papers_own,
)


def draft_relations(figures: pd.DataFrame, blocks: pd.DataFrame | None = None) -> pd.DataFrame:
    """What must hold between the figures of a paper by its words, or by the places they stand at.

    Parameters
    ----------
    figures : DataFrame
        What ``told_apart`` returns.
    blocks : DataFrame, optional
        What ``sources.read_paper`` returns; without it, lists are counted within their sentences only.

    Returns
    -------
    DataFrame
        The columns of the table ``claim_relations`` (note is empty), and ``why`` (code of the rule, label
        ``scan.why_<why>``), ``words`` (what made the draft, as printed) and ``sure`` (``words`` if words say it,
        ``place`` if only the place of its figures suggests it). Nothing is judged here; see ``claims.check``.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from digital_diplomacy import drafting, extraction, sources
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "paper.txt"
    >>> size = path.write_text("Of 200 people asked, 60 (30 %) are online.")
    >>> blocks = sources.read_paper(path)
    >>> found = drafting.draft_relations(extraction.told_apart(extraction.scan(blocks), blocks), blocks)
    >>> found[["kind", "left", "right", "sure"]]
                kind             left    right   sure
    0        nesting          NEW-002  NEW-001  words
    1  share_of_base  NEW-002 NEW-001  NEW-003  words
    >>> folder.cleanup()
    """
    if figures.empty:
        return pd.DataFrame(columns=RELATIONS)
    document = str(figures["document"].iloc[0])
    sentences = marked(figures)
    parts = [] if blocks is None else records(blocks)
    drafts: dict[tuple[str, str, str], Draft] = {}
    _add(drafts, _drafts(sentences, blocks))
    _add(drafts, answered.answered(sentences, list(drafts.values()), parts))
    results = {each.claim_id for one in drafts.values() if one.kind in _CHANGES for each in one.right}
    _add(drafts, drawn_alone.changes(sentences, parts, results))
    for follows in (
        derived.rates,
        derived.amounts,
        derived.hundreds,
        derived.last_shares,
        derived.remainders,
        derived.multiples,
    ):
        _add(drafts, follows(sentences, list(drafts.values())))
    _add(drafts, joined.joined(sentences, list(drafts.values())))
    drafts = {one.key: one for one in wholes.of_one_answer(drafts.values(), sentences, parts)}
    settled: dict[tuple[str, str, str], Draft] = {}
    _add(settled, prints.settled(drafts.values(), sentences))
    rows = [_row(one, document, number) for number, one in enumerate(_kept(settled), start=1)]
    return pd.DataFrame(rows, columns=RELATIONS)


def _add(drafts: dict[tuple[str, str, str], Draft], others: Iterable[Draft]) -> None:
    for one in others:
        if _are_comparable(one):
            drafts.setdefault(one.key, one)


def _are_comparable(one: Draft) -> bool:
    """Whether figures that are compared or added count one thing, or arithmetic says that they do."""
    figures = (*one.left, *one.right)
    if one.kind not in ONE_UNIT_KINDS or are_of_one_unit(*figures):
        return True
    return one.lends and (may_be_added(*figures) if one.kind == "sum_of_parts" else unit_lent(*figures) != "")


def _drafts(sentences: Sequence[Marked], blocks: pd.DataFrame | None) -> Iterator[Draft]:
    texts: list[dict[str, Any]] = []
    if blocks is not None:
        texts = records(blocks)
    place_of = {int(block["paragraph"]): place for place, block in enumerate(texts)}
    body = [said for said in sentences if not all(one.in_references for one in said.figures)]
    for said in body:
        for rule in _IN_A_SENTENCE:
            yield from rule(said)
        place = place_of.get(said.paragraph, -1)
        _, _, rest = str(texts[place]["text"]).rpartition(said.text.rstrip()) if place >= 0 else ("", "", "")
        is_last = place >= 0 and not rest.strip() and str(texts[place]["text"]).rstrip().endswith(said.text.rstrip())
        # What follows the last sentence of its paragraph may be its list.
        behind = texts[place + 1 : place + 1 + lengths.FOLLOWING] if is_last else []
        yield from lengths.lengths(said, behind, rest if rest != str(texts[place]["text"]) else "")
        if place >= 0 and str(texts[place]["text"]).lstrip().startswith(said.text.strip()):
            yield from listed_before.listed_before(said, texts[max(0, place - lengths.FOLLOWING) : place])
    for before, said in pairwise([*body[:1], *body]):
        yield from referring.of_them(before, said)
        yield from divided.kinds(before, said)
        yield from gaps.gaps(before, said)
        yield from points.gaps_since(before, said)
        yield from points.left_over(before, said)
        yield from sums.summed_before(before, said)
    for said in body:
        yield from changes.grown(said)
        yield from points.points(said)
    for before, said in pairwise(body):
        yield from wholes.hundreds_over_sentences(before, said)
        yield from sums.changed_since(before, said)
    for over_all in _OVER_ALL:
        yield from over_all(sentences)
    opened = {int(block["paragraph"]): str(block["text"]) for block in texts}
    said_in: dict[int, str] = {}
    for said in sentences:
        said_in.setdefault(said.paragraph, said.text)
    yield from citations.dates_of_works(sentences, said_in | opened)
    yield from two_lists.listed_twice(sentences, texts)
    yield from cells.told_in_text(sentences, texts)
    yield from drawn.drawn(sentences, texts)
    yield from columns.made_up(sentences, texts)


def _kept(drafts: "dict[tuple[str, str, str], Draft]") -> Iterator[Draft]:
    """Drafts of which none says less than another of the same figures."""
    exact = {ids(one.left) for one in drafts.values() if one.kind == "sum_to_100"}
    shared = {ids(one.right) for one in drafts.values() if one.kind == "share_of_base" and one.why != "carried"}
    carried_once: set[str] = set()
    of_wholes = _shares_borne_out(drafts.values())
    changed = {frozenset(ids((*one.left, *one.right)).split()) for one in drafts.values() if one.kind == "difference"}
    rates = {(one.left[0].claim_id, one.right[0].claim_id) for one in drafts.values() if one.kind == "growth_rate"}
    for one in drafts.values():
        if one.kind == "growth_over_base" and (one.left[0].claim_id, one.right[0].claim_id) in rates:
            continue  # what it grew from is not what it grew to
        if one.kind == "sum_of_parts" and frozenset(ids((*one.left, *one.right)).split()) in changed:
            continue  # what was there before and what came to it are no parts of a whole
        if one.kind == "sum_of_parts" and _leaves_a_rest(one, of_wholes):
            continue
        if one.why == "carried" and (ids(one.right) in shared or ids(one.right) in carried_once):
            continue
        if one.why == "carried":
            carried_once.add(ids(one.right))
        if not (one.kind == "sum_at_most_100" and ids(one.left) in exact):
            yield one


def _shares_borne_out(drafts: Iterable[Draft]) -> dict[tuple[str, float], Figure]:
    """The share of each part by its whole, where the two numbers bear it out."""
    return {
        (one.left[0].claim_id, one.left[1].value): one.right[0]
        for one in drafts
        if one.kind == "share_of_base" and len(one.left) == _PAIR and one.left[0].value and one.left[1].value
        and (one.right[0].low or 0) <= _HUNDRED * one.left[0].value / one.left[1].value <= (one.right[0].high or 0)
    }  # fmt: skip


def _leaves_a_rest(one: Draft, of_wholes: Mapping[tuple[str, float], Figure]) -> bool:
    """Whether the shares told of parts say that they are not the whole: "30 % complained, and 20 % gave thanks"."""
    told = [of_wholes.get((part.claim_id, one.right[0].value or 0)) for part in one.left] if one.right else []
    return bool(told) and all(told) and sum(share.high or 0 for share in told if share is not None) < _HUNDRED


_HUNDRED: Final = 100
_PAIR: Final = 2


def _row(one: Draft, document: str, number: int) -> dict[str, object]:
    return {
        "relation_id": f"{document}_{one.why}_{number:03}", "kind": one.kind, "left": ids(one.left),
        "right": ids(one.right) or None, "exhaustive": one.exhaustive, "constant": one.constant, "named": None,
        "caveat": None, "matter": one.matter, "notebook": "claims", "note": None, "why": one.why,
        "words": one.words, "sure": one.sure,
    }  # fmt: skip
