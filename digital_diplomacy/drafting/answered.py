"""Drafts by arithmetic: a figure that a cue asks something of, and those of the figures around it that answer.

The form of the sentence is irrelevant. What is nearest and holds is drafted, if chance would seldom make it hold; what
does not hold only where nothing else can be meant, or where one misprint explains it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal

from digital_diplomacy.drafting import alone, meant, operands
from digital_diplomacy.drafting.asked import Question, questions
from digital_diplomacy.drafting.tried import Known, Sought, Trial, is_tied, trials_of
from digital_diplomacy.drafting.unjudged import Draft, draft
from digital_diplomacy.extraction.tokens import Figure, Marked

_TIED: Final = 0.3
_FREE: Final = 0.05
"""Chance up to which figures that fit are taken for meant, where words tie them to one another and where none do."""
_LOOSE: Final = {"share": 0.02, "rest": 0.0, "parts": 0.01}
"""The second where figures of one total often fit one another."""


def answered(sentences: Sequence[Marked], drafts: Iterable[Draft]) -> Iterator[Draft]:
    """What figures that no draft explains come from."""
    known = Known()
    for one in drafts:
        known.add(one)
    body = [said for said in sentences if not said.figures[0].table and not said.figures[0].in_references]
    for place, said in enumerate(body):
        for told in said.figures:
            if not operands.is_operand(told) or told.bound not in ("exact", "about") or told.claim_id in known.results or not told.value:
                continue
            made = _answer(Sought(body, place, told, known))
            if made is not None:
                known.add(made)
                yield made
    for made in alone.alone(body, known):
        known.add(made)
        yield made


def _answer(sought: Sought) -> Draft | None:
    said, told = sought.said, sought.told
    asked = [
        one
        for one in questions(said, told, sought.before)
        if one.asked != "share" or one.is_near or not sought.known.has(told)
    ]
    tried = [(one, sorted(trials_of(one, sought), key=lambda trial: trial[:2])) for one in asked]
    held = [(one, found) for one, trials in tried if (found := _held(one, trials, sought)) is not None]
    if held:
        question, trial = min(held, key=lambda pair: (not pair[0].is_near, pair[1].level, pair[1].distance))
        return _draft(question, trial, "place")
    for question, trials in tried:
        failing = meant.failing(question, trials, sought)
        if failing is not None:
            return _draft(question, failing, "words")
    return None


def _draft(question: Question, trial: Trial, sure: Literal["words", "place"]) -> Draft:
    words = " … ".join([*(one.printed for one in trial.left), trial.right.printed])
    why = f"asked_{'growth' if 'rate' in trial.kind else trial.kind.split('_')[0]}"
    return draft(trial.kind, trial.left, [trial.right], why, f"{words} ({question.words})", sure=sure)


def _held(question: Question, trials: Sequence[Trial], sought: Sought) -> Trial | None:
    """The nearest figures that fit, if by chance they seldom would."""
    tied = [trial for trial in trials if is_tied(question, trial, sought)]
    found = _nearest(tied, _TIED)
    return found if found is not None else _nearest(trials, _LOOSE.get(question.asked, _FREE), only=0)


def _nearest(trials: Sequence[Trial], most: float, only: int = 1) -> Trial | None:
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
            return min(found, key=lambda trial: trial.distance) if is_only or chance <= most else None
    return None
