"""What the scan makes of papers with planted contradictions: figures, relations, plants and false alarms.

    python benchmarks/claims_scan_blind.py benchmarks/claims_scan_blind_open [--missed]

The folder holds papers, ``claims.csv`` and ``relations.csv`` as ``claims_scan.py`` reads them; the latter has a column
``planted``. Unlike there, noted figures and those of the scan are set side by side in the order of the text (the best
alignment without crossings), so that a figure printed twice is not taken for its other print; every relation counts,
whatever its kind; and a relation has a draft if one has the same figures, be its kind another. A plant is found if a
failing draft has two of its figures at least (of a list its length). A failing draft that belongs to no plant is a
false alarm. What is noted as messages may be read as appeals, for an appeal that is written is a message: one set notes
the widest kind a paper counts, the others what the noun says.
"""

import argparse
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, Final

import pandas as pd
from claims_scan import _noted, overlap, plain, same_unit, same_value
from claims_scan_relations import plain_kind, sides

from digital_diplomacy import drafting, sources

DATES: Final = frozenset({"date_order", "same_date"})


def likeness(claim: "pd.Series[float]", row: "pd.Series[float]") -> int:
    """0 for another figure, 1 for its characters alone, 10 with the value, 11 with the unit too."""
    if not overlap(str(claim["as_printed"]), str(row["as_printed"])):
        return 0
    if not same_value(claim, row):
        return int(len(plain(str(claim["as_printed"]))) > 2)
    noted, found = str(claim["unit"]), str(row["unit"])
    return 10 + (same_unit(noted, found) or (noted, found) == ("messages", "appeals"))


def aligned(claims: pd.DataFrame, figures: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """Each noted figure with its verdict and the figure of the scan ("" if missed)."""
    noted = [row for _, row in claims.iterrows()]
    found = [row for _, row in figures.sort_values(["paragraph", "start"], kind="stable").iterrows()]
    likes = [[likeness(claim, row) for row in found] for claim in noted]
    best = [[0] * (len(found) + 1) for _ in range(len(noted) + 1)]
    for i in reversed(range(len(noted))):
        for j in reversed(range(len(found))):
            taken = best[i + 1][j + 1] + likes[i][j] if likes[i][j] else 0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], taken)
    i = j = 0
    answers = {str(claim["claim_id"]): ("missed", "") for claim in noted}
    while i < len(noted) and j < len(found):
        if likes[i][j] and best[i][j] == best[i + 1][j + 1] + likes[i][j]:
            verdict = {11: "right", 10: "unit"}.get(likes[i][j], "wrong")
            answers[str(noted[i]["claim_id"])] = (verdict, str(found[j]["claim_id"]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            i += 1
    return answers


class Tally:
    """Counts by language and by kind, and what was missed."""

    def __init__(self, names_missed: bool) -> None:
        self.names_missed = names_missed
        self.figures: dict[str, Counter[str]] = defaultdict(Counter)
        self.related: dict[str, Counter[str]] = defaultdict(Counter)

    def document(self, name: str, claims: pd.DataFrame, relations: pd.DataFrame, review: drafting.Review) -> None:
        figures = pd.concat([review.figures, review.unread], ignore_index=True)
        answers, language = aligned(claims, figures), name[-2:]
        for claim, (verdict, _) in answers.items():
            self.figures[language][verdict] += 1
            if verdict != "right":
                self.tell(verdict, claim, claims.set_index("claim_id").loc[claim, "as_printed"])
        known = {row for _, row in answers.values()}
        rest = figures[~figures["claim_id"].isin(known) & (figures["role"] != "period")]
        self.figures[language]["extra"] += len(rest)
        verdicts = dict(zip(review.findings["relation_id"], review.findings["verdict"], strict=True))
        drafts = []
        for one in review.relations.to_dict("records"):
            row = {str(key): value for key, value in one.items()}
            drafts.append((row, {key for side in sides(row) for key in side}, verdicts.get(row["relation_id"])))
        of_plants: set[str] = set()
        for one in relations.to_dict("records"):
            row = {str(key): value for key, value in one.items()}
            of_plants |= self.relation(language, row, {key: value for key, (_, value) in answers.items()}, drafts)
        for row, names, verdict in drafts:
            if verdict == "fails":
                self.related[language]["failing"] += 1
                if row["relation_id"] not in of_plants:
                    self.related[language]["false"] += 1
                    self.tell("false alarm", row["relation_id"], sorted(names))

    def relation(self, language: str, noted: dict[str, Any], known: dict[str, str], drafts: list[Any]) -> set[str]:
        """Count a noted relation; the failing drafts that belong to it if it was planted."""
        kind = plain_kind(str(noted["kind"]))
        whole = {known[name] or f"missed {name}" for side in sides(noted) for name in side}
        with_draft, failing = False, set()
        for row, names, verdict in drafts:
            same_kind = plain_kind(str(row["kind"])) == kind
            same = names == whole and (same_kind or kind not in DATES | {"list_length"})
            close = same or (kind in DATES and same_kind and names & whole) or (
                kind != "list_length" and len(names & whole) > 1
            )  # fmt: skip
            with_draft |= same
            if close and verdict == "fails":
                failing.add(str(row["relation_id"]))
        planted = noted["planted"] == "yes"
        for key in (language, str(noted["kind"])):
            self.related[key]["noted"] += 1
            self.related[key]["drafted"] += with_draft
            self.related[key]["planted"] += planted
            self.related[key]["found"] += planted and bool(failing)
        if not with_draft:
            self.tell("no draft", noted["relation_id"], noted["kind"], noted["left"], noted["right"])
        if planted and not failing:
            self.tell("plant not found", noted["relation_id"], noted["kind"])
        return failing if planted else set()

    def tell(self, *words: object) -> None:
        if self.names_missed:
            print(*words)

    def report(self) -> None:
        for language, counts in sorted(self.figures.items()):
            total = sum(counts[word] for word in ("right", "unit", "wrong", "missed"))
            print(f"{language}: {counts['right']} of {total} figures right ({counts['right'] / total:.1%}), "
                  f"{dict(sorted(counts.items()))}")  # fmt: skip
        for key, counts in sorted(self.related.items()):
            alarms = f", {counts['false']} of {counts['failing']} failing drafts false" if counts["failing"] else ""
            print(f"{key:18} drafts of {counts['drafted']} of {counts['noted']} relations, "
                  f"{counts['found']} of {counts['planted']} plants found{alarms}")  # fmt: skip


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--missed", action="store_true")
    asked = parser.parse_args(arguments)
    claims, relations = _noted(asked.folder / "claims.csv", None)
    tally = Tally(asked.missed)
    for name, noted in claims.groupby("document"):
        own = relations[relations["relation_id"].str.startswith(f"{name}_")]
        blocks = sources.read_paper(asked.folder / f"{name}.txt")
        tally.document(str(name), noted, own, drafting.review(blocks, document=str(name)))
    tally.report()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
