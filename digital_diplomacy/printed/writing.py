"""Writing a number in a document's own marks, so that ``read`` gives it back."""

from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext

from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.printed.model import Convention, UnreadableError
from digital_diplomacy.printed.reading import read


def write(value: Decimal | int, *, convention: Convention, decimals: int | None = None) -> str:
    """A number as the document would print it.

    Parameters
    ----------
    value : Decimal or int
        A finite number; no float, whose digits are not those anybody wrote.
    convention : Convention
        Without a grouping mark nothing is grouped.
    decimals : int, optional
        Digits after the decimal mark, rounded half to even; by default all the value has.

    Returns
    -------
    str
        A text whose reading under the same convention is the (rounded) value.

    Raises
    ------
    ValueError
        If the number has decimals but the convention no decimal mark, if it would be read back as another number (one
        mark for both purposes), or if an argument is out of range.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from digital_diplomacy import printed
    >>> printed.write(Decimal("1234567.50"), convention=printed.Convention(decimal=",", grouping="."))
    '1.234.567,50'
    """
    if isinstance(value, float) or not Decimal(value).is_finite():
        raise ArgumentError("a finite Decimal or int is needed, not {value!r}", value=value)
    if decimals is not None and decimals < 0:
        raise ArgumentError("decimals must be 0 or more, not {decimals}", decimals=decimals)
    with localcontext(Context(prec=100)):
        exact = Decimal(value)
        rounded = exact if decimals is None else exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
    text = _marked(f"{abs(rounded):f}", convention)
    text = f"-{text}" if rounded < 0 else text
    try:
        back = read(text, convention=convention).value
    except UnreadableError as error:
        raise ArgumentError(
            "{rounded} cannot be written so that it can be read: {error}", rounded=rounded, error=error
        ) from error
    if back != rounded:
        raise ArgumentError(
            "{rounded} written as {text!r} would be read as {back}; the convention uses one mark for both",
            rounded=rounded,
            text=text,
            back=back,
        )
    return text


def _marked(digits: str, convention: Convention) -> str:
    whole, _, fraction = digits.partition(".")
    if fraction and convention.decimal is None:
        raise ArgumentError("{digits} has decimals, but the convention has no decimal mark", digits=digits)
    if convention.grouping is not None:
        whole = f"{int(whole):,}".replace(",", convention.grouping)
    return whole + (f"{convention.decimal}{fraction}" if fraction else "")
