"""Lengths of lists that stand above a sentence."""

from collections.abc import Callable
from typing import TypeAlias

import pytest

Verdicts: TypeAlias = Callable[[str, str], list[str]]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "We chose some projects:\n\n- the radio hour;\n- the school tour;\n- the book fair;\n\nIn all, "
            "these four projects cost 300 euros.",
            ["fails"],
        ),
        (
            "We chose some projects:\n\n- the radio hour;\n- the school tour;\n- the book fair;\n\nThese "
            "three projects cost 300 euros.",
            ["holds"],
        ),
        ("Topics:\n\na) water;\nb) roads;\nc) parks;\n\nAll three topics are dealt with below.", ["holds"]),
        ("Topics:\n\n- water;\n- roads;\n- parks;\n\nThese five topics are dealt with below.", ["fails"]),
        ("Topics:\n\na) water;\nb) roads;\nc) parks;\n\nOf these, 20 villages chose water.", []),
        ("Topics:\n\na) water;\nb) roads;\nc) parks;\n\nThe village has five schools.", []),
        ("Поданы заявки:\n\n- ремонт моста;\n- новый парк;\n- школьный сад;\n\nЭти четыре заявки приняты.", ["fails"]),
        ("Поданы заявки:\n\n- ремонт моста;\n- новый парк;\n- школьный сад;\n\nВсе три заявки приняты.", ["holds"]),
        ("Темы:\n\nа) вода;\nб) дороги;\nв) парки;\nг) свет;\n\nВ сумме эти четыре темы важнее других.", ["holds"]),
        ("Темы:\n\n- вода;\n- дороги;\n- парки;\n\nПеречисленные пять тем важнее других.", ["fails"]),
        ("Темы:\n\nа) вода;\nб) дороги;\nв) парки;\n\nВ районе пять школ и два клуба.", []),
        ("Ұсыныстар:\n\n- көпірді жөндеу;\n- жаңа саябақ;\n- мектеп бағы;\n\nОсы төрт ұсыныс қабылданды.", ["fails"]),
        ("Ұсыныстар:\n\n- көпірді жөндеу;\n- жаңа саябақ;\n- мектеп бағы;\n\nАталған үш ұсыныс қабылданды.", ["holds"]),
        ("Тақырыптар:\n\n- су;\n- жол;\n- саябақ;\n\nБұл үш тақырып маңызды.", ["holds"]),
        ("Тақырыптар:\n\n- су;\n- жол;\n- саябақ;\n\nАуданда бес мектеп бар.", []),
    ],
)
def test_these_so_many_are_as_many_as_were_listed_above(verdicts: Verdicts, text: str, wanted: list[str]) -> None:
    assert verdicts(text, "list_length") == wanted
