"""Why a publisher's figures could not be had or read, as codes with values, so that it can be said in any language."""

from typing import Final

from digital_diplomacy import labels
from digital_diplomacy.errors import DigitalDiplomacyError, Said, SourceError
from digital_diplomacy.sources.remarks import Remark

_WORDS: Final = 120


class FetchError(SourceError):
    """What was asked for was not had, or is not what it should be: the label ``fetching.fault.<code>``.

    Attributes
    ----------
    code : str
    named : dict of str to str, Said or Remark
        What stands in the text's braces; sentences of errors and remarks, which are faults of `sources.intake`, are
        told in the same language.

    Examples
    --------
    >>> from digital_diplomacy.sources import fetching
    >>> error = fetching.FetchError("empty", file="a.csv")
    >>> error.code, str(error), error.told("en")
    ('empty', 'a.csv is empty.', 'a.csv is empty.')
    """

    def __init__(self, code: str, /, **named: str | Said | Remark) -> None:
        self.code, self.named = code, named
        super().__init__(self.told("en"))

    def told(self, lang: str) -> str:
        """The fault in a language."""
        said = {
            name: _intake(value, lang) if isinstance(value, Remark) else value for name, value in self.named.items()
        }
        return labels.text(f"fetching.fault.{self.code}", lang, **said)


def _intake(fault: Remark, lang: str) -> str:
    return labels.text(f"intake.{fault.code}", lang, **dict(fault.named))


def sentence_of(error: Exception) -> str | Said:
    """What an error says: its sentence if it is one of this package, and otherwise its words, cut."""
    return error.sentence if isinstance(error, DigitalDiplomacyError) else str(error)[:_WORDS]


class OfflineError(FetchError):
    """The publisher could not be reached at all.

    Examples
    --------
    >>> from digital_diplomacy.sources import fetching
    >>> fetching.OfflineError("offline", host="api.worldbank.org").told("en")
    'api.worldbank.org cannot be reached: no network, or no such host.'
    """
