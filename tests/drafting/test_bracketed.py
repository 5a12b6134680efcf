"""A count with its share in brackets is drafted against the one count before it that it can be a share of."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from digital_diplomacy import drafting, extraction, sources
from digital_diplomacy.drafting.bracketed import bracketed
from digital_diplomacy.extraction.tokens import Figure, Marked

Made: TypeAlias = Callable[..., Figure]
Said: TypeAlias = Callable[..., Marked]

DRAFTS = [
    ("По опросу 1 120 служащих, 784 (70 %) пользуются почтой, 168 (18 %) хранят пароли.",
     [(784, 1120, 70), (168, 1120, 18)]),
    ("The corpus holds 214,600 posts; 51,504 of them (24%) are replies.", [(51504, 214600, 24)]),
    ("Баяндамашы 64 елшілік пен 23 консулдықты атады. Елшіліктердің 48-і (75 пайызы) апта сайын жазады.",
     [(48, 64, 75)]),
    ("Курсты 2 380 студент аяқтады. Жауап бергендердің 357-сі (25 пайызы) ғана риза.", [(357, 2380, 25)]),
    # Two counts that it may be of, and no noun that tells which.
    ("The ministry has 640 rooms and 512 desks. In all 480 (70%) are filled.", []),
    # Shares of something else are told in the sentence before.
    ("Елде 16 410 000 адам желіде, бұл – халықтың 85,9 пайызы. Чатты 13 800 000 адам (72,5 %) қолданады.", []),
    # How much a count has grown is no share of another.
    ("There are 4,000 desks. Staff rose to 3,100 (12%).", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), DRAFTS)
def test_a_share_in_brackets_is_of_the_one_count_before(
    tmp_path: Path, text: str, told: list[tuple[float, float, float]]
) -> None:
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    blocks = sources.read_paper(tmp_path / "paper.txt")
    figures = extraction.told_apart(extraction.scan(blocks), blocks)
    value = figures.set_index("claim_id")["value"]
    relations = drafting.draft_relations(figures, blocks)
    shares = relations[relations["kind"] == "share_of_base"]
    found = [(*(value[one] for one in row.left.split()), value[row.right]) for row in shares.itertuples()]
    assert sorted(found) == sorted(told)


def shares(before: Marked, said: Marked) -> list[tuple[float | None, ...]]:
    """Part, whole and share of each draft of a share; one of the part within the whole stands before each."""
    found = list(bracketed(before, said))
    assert [each.why for each in found] == ["n_of_m", "n_of_m_share"] * (len(found) // 2)
    assert {each.sure for each in found} <= {"place"}
    assert [(*each.left, *each.right) for each in found[::2]] == [each.left for each in found[1::2]]
    return [(*(one.value for one in each.left), each.right[0].value) for each in found[1::2]]


PLAIN = "Of # asked, # (#%) read."


@pytest.mark.parametrize(
    ("plain", "values", "told"),
    [
        (PLAIN, [(1120, "u"), (784, "u"), (70, "%")], [(784, 1120, 70)]),
        ("Of # asked, # (or #%) read.", [(1120, "u"), (784, "u"), (70, "%")], [(784, 1120, 70)]),
        ("Of # asked, # (#% today) read.", [(1120, "u"), (784, "u"), (70, "%")], [(784, 1120, 70)]),
        ("Of # asked, # (#% + all) read.", [(1120, "u"), (784, "u"), (70, "%")], []),
        (f"Of # asked, #{' ' * 45}(#%) read.", [(1120, "u"), (784, "u"), (70, "%")], [(784, 1120, 70)]),
        (f"Of # asked, #{' ' * 46}(#%) read.", [(1120, "u"), (784, "u"), (70, "%")], []),
        ("Of # asked, #, as (#%) read.", [(1120, "u"), (784, "u"), (70, "%")], []),
        (PLAIN, [(784, "u"), (784, "u"), (100, "%")], [(784, 784, 100)]),
        (PLAIN, [(783, "u"), (784, "u"), (100, "%")], []),
        (PLAIN, [(10, "u"), (5, "u"), (50, "%")], [(5, 10, 50)]),
        (PLAIN, [(9, "u"), (5, "u"), (50, "%")], []),  # shares of so few are seldom told
        (PLAIN, [(1120, "m"), (784, "u"), (70, "%")], []),
        (PLAIN, [(1120, "h"), (784, "u"), (70, "%")], [(784, 1120, 70)]),  # users are persons
        (PLAIN, [(1120, "u"), (784, "u"), (70, "u")], []),
        (PLAIN, [(1120, "u"), (784, "u"), (None, "%")], []),
        (PLAIN, [(1120, "d"), (784, "d"), (70, "%")], []),
        (PLAIN, [(1120.5, "u"), (784, "u"), (70, "%")], []),
        (PLAIN, [(1120, "u"), (784.5, "u"), (70, "%")], []),
        ("Of # in #, # (#%) read.", [(1120, "u"), (900, "u"), (784, "u"), (70, "%")], []),  # of which of the two
        ("Of # in #, # (#%) read.", [(1120, "u"), (700, "u"), (784, "u"), (70, "%")], [(784, 1120, 70)]),
        ("Of # or #% in all, # (#%) read.", [(1120, "u"), (60, "%"), (784, "u"), (70, "%")], []),
        ("For #%, of # asked, # (#%) read.", [(60, "%"), (1120, "u"), (784, "u"), (70, "%")], [(784, 1120, 70)]),
        ("Of # asked, # (#%) read, # (#%) write.",
         [(1120, "u"), (784, "u"), (70, "%"), (168, "u"), (15, "%")], [(784, 1120, 70), (168, 1120, 15)]),
        ("Of # asked, # (#%) read, # (#%) write.",
         [(1120, "u"), (784, "u"), (70, "%"), (1168, "u"), (15, "%")], [(784, 1120, 70)]),
        ("Of # asked, # (#%) read, # (#%) write.",
         [(1120, "u"), (784, "u"), (70, "%"), (168, "m"), (15, "%")], [(784, 1120, 70)]),
        ("It grew: of # asked, # (#%) read.", [(1120, "u"), (784, "u"), (70, "%")], []),
        ("It has # against #, # (#%) read.", [(1120, "u"), (700, "u"), (784, "u"), (70, "%")], []),
        ("Asked were # there.", [(1120, "u")], []),
    ],
)  # fmt: skip
def test_the_whole_of_a_share_is_the_one_count_that_can_be(
    one: Made, sentence: Said, plain: str, values: list[tuple[Any, str]], told: list[tuple[float, ...]]
) -> None:
    units = {"u": "users", "m": "messages", "%": "percent", "h": "persons", "d": "days"}
    said = sentence(plain, *(one(value, units[unit]) for value, unit in values), number=2)
    assert shares(sentence("Nothing."), said) == told


@pytest.mark.parametrize("said", [{"bound": "about"}, {"table": "1"}])
def test_a_whole_and_its_part_are_exact_counts_of_the_text(one: Made, sentence: Said, said: dict[str, str]) -> None:
    share = one(70, "percent")
    assert shares(sentence("It."), sentence(PLAIN, one(1120), one(784), share)) == [(784, 1120, 70)]
    assert shares(sentence("It."), sentence(PLAIN, one(1120, **said), one(784), share)) == []
    assert shares(sentence("It."), sentence(PLAIN, one(1120), one(784, **said), share)) == []


BEHIND = "Then # (#%) read."


@pytest.mark.parametrize(
    ("before", "values", "behind", "told"),
    [
        ("Asked were #.", [1120], BEHIND, [(784, 1120, 70)]),
        ("Asked were # and #.", [1120, 900], BEHIND, []),
        ("There are # embassies and # consulates.", [1120, 900], "Embassies # (#%) read.", [(784, 1120, 70)]),
        ("There are # embassies and # consulates.", [1120, 900], "Consulates # (#%) read.", [(784, 900, 70)]),
        ("There are # old embassies and # new consulates.", [1120, 900], "Embassies # (#%) read.", [(784, 1120, 70)]),
        ("There are # embassies and # embassies.", [1120, 900], "Embassies # (#%) read.", []),
        ("There are # embassies and # consulates.", [1120, 900], "Of # (#%) embassies read.", []),
        ("There rose # against #.", [1120, 700], BEHIND, []),
        ("There were # asked, or #%.", [1120, "%"], BEHIND, []),  # of which shares are told already
    ],
)
def test_the_sentence_before_tells_the_whole_where_this_one_does_not(
    one: Made, sentence: Said, before: str, values: list[Any], behind: str, told: list[tuple[float, ...]]
) -> None:
    figures = [one(7, "percent") if value == "%" else one(value) for value in values]
    said = sentence(behind, one(784), one(70, "percent"), number=2)
    assert shares(sentence(before, *figures), said) == told
    assert shares(sentence(before, *figures, number=0), said) == []
    assert shares(sentence(before, *figures, paragraph=2), said) == []
