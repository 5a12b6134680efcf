"""Drafts by arithmetic: a figure that a cue asks something of, and those of the figures around it that answer.

The form of the sentence is irrelevant. What is nearest and holds is drafted, if chance would seldom make it hold; what
does not hold only where nothing else can be meant, or where one misprint explains it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal, TypeAlias

from digital_diplomacy.drafting import alone, far, meant, operands, plain
from digital_diplomacy.drafting.asked import Question
from digital_diplomacy.drafting.called import tables_of
from digital_diplomacy.drafting.known import Known
from digital_diplomacy.drafting.plain_shares import whole_of_others
from digital_diplomacy.drafting.sought import Sought, Trial
from digital_diplomacy.drafting.tried import is_tied, tried
from digital_diplomacy.drafting.unjudged import Draft, draft
from digital_diplomacy.extraction.tokens import Figure, Marked

_Asked: TypeAlias = tuple[Question, list[Trial]]
"""A question, with the figures that may answer it."""
_TIED: Final = 0.3
_FREE: Final = 0.05
"""Chance up to which figures that fit are taken for meant, where words tie them to one another and where none do."""
_LOOSE: Final = {"all": 0.01, "share": 0.02, "rest": 0.0, "parts": 0.01}
"""The second where figures of one total often fit one another."""


def answered(
    sentences: Sequence[Marked], drafts: Iterable[Draft], texts: Sequence[Mapping[str, Any]] = ()
) -> Iterator[Draft]:
    """What figures that no draft explains come from; ``texts`` are the blocks of the paper, for its tables."""
    known = Known(tables=tables_of(sentences, texts))
    for one in drafts:
        known.add(one)
    body = [said for said in sentences if not said.figures[0].table and not said.figures[0].in_references]
    known.read(body)
    for place, said in enumerate(body):
        left = [Sought(body, place, told, known) for told in said.figures if _may_be_told(told)]
        asked: dict[str, list[_Asked]] = {}
        for answer in (_named, _tied, _free, _told, _failing):
            for sought in left:
                told = sought.told.claim_id
                if told in known.results:
                    continue
                if told not in asked:
                    asked[told] = tried(sought)
                made = answer(sought, [_open(*one, sought) for one in asked[told]])
                if made is not None:
                    known.add(made)
                    yield made
    for find in (alone.alone, far.far, _in_order):
        for made in find(body, known):
            known.add(made)
            yield made


def _in_order(body: Sequence[Marked], known: Known) -> Iterator[Draft]:
    """Shares in the order of the parts of a sum found since."""
    for place, said in enumerate(body):
        for told in said.figures:
            if told.unit == "percent" and _may_be_told(told) and told.claim_id not in known.results:
                made = _told(Sought(body, place, told, known), ())
                if made is not None:
                    yield made


def _may_be_told(one: Figure) -> bool:
    return operands.is_operand(one) and one.bound in ("exact", "about") and bool(one.value)


def _named(sought: Sought, _: Sequence[_Asked]) -> Draft | None:
    """The figures that words of its sentence name, whether they fit or not."""
    found = plain.named(sought)
    return None if found is None else _draft(*found, "words")


def _told(sought: Sought, _: Sequence[_Asked]) -> Draft | None:
    """The figures that its sentence goes on from, where none near fit."""
    found = plain.told(sought)
    return None if found is None else _draft(*found, "words")


def _open(question: Question, trials: Sequence[Trial], sought: Sought) -> _Asked:
    """The same without changes found since, and without far wholes where shares beside it have one."""
    left = [one for one in trials if not any(each.claim_id in sought.known.changes for each in one.left)]
    said, whole = sought.said, whole_of_others(sought) if question.asked == "share" else None
    return question, [
        one for one in left if whole is None or one.left[1] is whole or one.left[1].paragraph == said.paragraph
    ]


def _tied(sought: Sought, asked: Sequence[_Asked]) -> Draft | None:
    """The nearest figures that fit and that words tie to one another."""
    return _nearest_of([
        (question, [one for one in trials if is_tied(question, one, sought)], _TIED, 1)
        for question, trials in asked
    ])  # fmt: skip


def _free(_: Sought, asked: Sequence[_Asked]) -> Draft | None:
    """The nearest figures that fit, by no chance, whatever ties them."""
    return _nearest_of([(question, trials, _LOOSE.get(question.asked, _FREE), 0) for question, trials in asked])


def _failing(sought: Sought, asked: Sequence[_Asked]) -> Draft | None:
    for question, trials in asked:
        failing = meant.failing(question, trials, sought)
        if failing is not None:
            return _draft(question, failing, "words")
    return None


def _nearest_of(asked: Sequence[tuple[Question, Sequence[Trial], float, int]]) -> Draft | None:
    held = [
        (question, found)
        for question, trials, most, only in asked
        if (found := _nearest(trials, most, only)) is not None
    ]
    if not held:
        return None
    question, trial = min(held, key=lambda pair: (not pair[0].is_near, pair[1].level, pair[1].distance))
    return _draft(question, trial, "place")


def _draft(question: Question, trial: Trial, sure: Literal["words", "place"]) -> Draft:
    words = " … ".join([*(one.printed for one in trial.left), trial.right.printed])
    why = f"asked_{'growth' if 'rate' in trial.kind else trial.kind.split('_')[0]}"
    told = f"{words} ({question.words})"
    return draft(trial.kind, trial.left, [trial.right], why, told, sure=sure, lends=sure == "place")


def _nearest(trials: Sequence[Trial], most: float, only: int) -> Trial | None:
    """The nearest that hold, unless as many as were tried would by chance; ``only`` is how many are no chance."""
    by_level: dict[int, list[Trial]] = defaultdict(list)
    for trial in trials:
        by_level[trial.level].append(trial)
    chance, count = 0.0, 0
    for level in sorted(by_level):
        distinct = {trial.values: trial for trial in by_level[level]}
        chance += sum(trial.chance for trial in distinct.values())
        count += len(distinct)
        found = [trial for trial in by_level[level] if trial.holds]
        if found:
            is_only = count <= only and level <= 1
            return (
                min(found, key=lambda trial: (not trial.is_exact, trial.distance))
                if is_only or chance <= most
                else None
            )
    return None
