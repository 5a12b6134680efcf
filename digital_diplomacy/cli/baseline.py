"""What ``reproduce`` says of the numbers that the repository keeps."""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from digital_diplomacy.cli.app import refuse, spoken
from digital_diplomacy.cli.streams import put

if TYPE_CHECKING:
    from digital_diplomacy.reproduction import Outcome
    from digital_diplomacy.reproduction.baseline import Difference

_SHOWN: Final = 12  # differences told of one figure or table; the others are counted


def check_asked(*, check: bool, keep: bool, given: bool, dry: bool, langs: Sequence[str]) -> None:
    """Refuse what cannot be compared: results of other parameters, or a baseline in another language."""
    if not (check or keep):
        return
    from digital_diplomacy.reproduction import baseline

    if check and keep:
        refuse("--check and --write-baseline: give one of the two; a baseline just written differs in nothing")
    if given:
        refuse("-p: the baseline is of the notebooks' own parameters; leave out -p, or --check and --write-baseline")
    if dry:
        refuse("--check and --write-baseline take what was executed; leave out --dry-run and --explain")
    if keep and baseline.LANG not in langs:
        refuse("--write-baseline: the baseline is kept in one language; give --lang {lang} or all", lang=baseline.LANG)


def write(root: Path, target: Path, outcomes: "Sequence[Outcome]", *, quiet: bool) -> None:
    """Keep the numbers of these runs as the baseline."""
    from digital_diplomacy import labels
    from digital_diplomacy.reproduction import baseline
    from digital_diplomacy.runs import plan

    for outcome in outcomes:
        if outcome.state == "failed" or outcome.run.lang != baseline.LANG:
            continue
        folder = target / outcome.run.folder
        shown = (plan.read_result(folder) or {}).get("shown", [])
        path = baseline.keep(root, outcome.run.notebook.name, baseline.exhibits(folder, shown))
        if not quiet:
            put(labels.text("baseline.written", spoken(), path=path.relative_to(root).as_posix()))


def check(root: Path, target: Path, outcomes: "Sequence[Outcome]", *, quiet: bool, as_json: bool) -> bool:
    """Say where results differ from the baseline; whether none does, in any run that did not fail.

    Notebooks of one's own have no baseline, which is said and is no difference; one of the project that has none is.
    """
    from digital_diplomacy import labels
    from digital_diplomacy.reproduction import baseline, progress

    lang, found, compared = spoken(), [], 0
    for outcome in outcomes:
        if outcome.state == "failed":
            continue
        name = outcome.run.notebook.name
        differing = baseline.differences(root, target / outcome.run.folder, name, outcome.run.lang)
        if differing is None and not (quiet or as_json):
            put(labels.text("baseline.none", lang, notebook=name))
        compared += differing is not None
        found += differing or []
    if as_json:
        events = progress.JsonProgress(sys.stdout)
        for one in found:
            events.say("difference", **asdict(one))
    elif found:
        put("\n".join(lines(found, lang)), file=sys.stderr)
    elif not quiet:
        put(labels.text("baseline.same", lang, runs=labels.number(compared, lang)))
    return not found


def lines(found: "Sequence[Difference]", lang: str) -> list[str]:
    """Differences in words: a line each, the first of each figure or table, and how many more there are."""
    from digital_diplomacy import labels

    said, told = [labels.text("baseline.differs", lang, count=labels.number(len(found), lang))], Counter[str]()
    for one in found:
        where = f"{one.notebook}/{one.lang}/{one.exhibit}"
        told[where] += 1
        if told[where] <= _SHOWN:
            said.append(_line(one, lang))
    more = {where: count - _SHOWN for where, count in told.items() if count > _SHOWN}
    said += [labels.text("baseline.more", lang, where=where, count=labels.number(n, lang)) for where, n in more.items()]
    return [*said, labels.text("baseline.what_to_do", lang)]


def _line(one: "Difference", lang: str) -> str:
    from digital_diplomacy import labels

    kind, _, name = one.exhibit.partition("/")
    where = f"{one.notebook}/{one.lang}: {labels.text(f'baseline.kind.{kind}', lang)}{f' {name}' if name else ''}"
    if one.row:
        where += f", {labels.text('baseline.row', lang, row=one.row)}"
        where += f" ({', '.join(one.named)})" if one.named else ""
    where += f", {one.column}" if one.column else ""
    absent = labels.text("baseline.absent", lang)
    return labels.text("baseline.pair", lang, where=where, kept=one.kept or absent, found=one.found or absent)
