"""What stands beside a number, in the form that the number asks for."""

import re
from typing import Final

from digital_diplomacy.errors import LabelError
from digital_diplomacy.labels.agreement import inside
from digital_diplomacy.labels.columns import locale

PLURALS: Final = ("zero", "one", "two", "few", "many", "other")
"""Categories of the Unicode CLDR, of which every language has some, in the order in which texts give their forms."""

FORMED: Final = re.compile(r":[|~]")
"""What the fields of a text have that ask for a form."""

_WHOLE: Final = re.compile(r"[−-]?\d{1,3}(?:\D?\d{3})*|\d+")
_NO_DIGIT: Final = re.compile(r"\D")


class Counted(str):
    """A number, or any other value, that a text may ask for the form of what it counts: ``{n:|# tie|# ties}``.

    Of a name it may ask for that inside of a sentence: ``{measure:~}``.

    Examples
    --------
    >>> [f"{Counted(count, 'en'):|# tie|# ties}" for count in (1, 2)]
    ['1 tie', '2 ties']
    """

    __slots__ = ("lang",)
    lang: str

    def __new__(cls, value: object, lang: str) -> "Counted":
        made = super().__new__(cls, value)
        made.lang = lang
        return made

    def __format__(self, spec: str) -> str:
        if spec == "~":
            return inside(self, self.lang)
        if not spec.startswith("|"):
            return super().__format__(spec)
        rule, forms = locale(self.lang).plural_form, spec[1:].split("|")
        # Integers alone are counted here; CLDR's "other" of Russian is that of fractions.
        known: list[str] = [one for one in PLURALS if one in rule.tags | {"other"}]
        chosen = known.index(rule(int(_NO_DIGIT.sub("", self) or 0)) if _WHOLE.fullmatch(self) else "other")
        if not len(known) - 1 <= len(forms) <= len(known):
            raise LabelError("{spec}: {lang} has the plural forms {known}", spec=spec, lang=self.lang, known=known)
        return forms[min(chosen, len(forms) - 1)].replace("#", self)
