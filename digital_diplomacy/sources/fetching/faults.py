"""Why a publisher's figures could not be had or read, as codes with values, so that it can be said in any language."""

from digital_diplomacy import labels
from digital_diplomacy.errors import SourceError
from digital_diplomacy.sources.remarks import Remark


class FetchError(SourceError):
    """What was asked for was not had, or is not what it should be: the label ``fetching.fault.<code>``.

    Attributes
    ----------
    code : str
    named : dict of str to str or Remark
        What stands in the text's braces; a remark is a fault of `sources.intake`, told in the same language.

    Examples
    --------
    >>> str(FetchError("empty", file="a.csv")), FetchError("empty", file="a.csv").told("en")
    ('a.csv is empty.', 'a.csv is empty.')
    """

    def __init__(self, code: str, /, **named: str | Remark) -> None:
        self.code, self.named = code, named
        super().__init__(self.told("en"))

    def told(self, lang: str) -> str:
        """The fault in a language."""
        said = {name: value if isinstance(value, str) else _intake(value, lang) for name, value in self.named.items()}
        return labels.text(f"fetching.fault.{self.code}", lang, **said)


def _intake(fault: Remark, lang: str) -> str:
    return labels.text(f"intake.{fault.code}", lang, **dict(fault.named))


class OfflineError(FetchError):
    """The publisher could not be reached at all."""
