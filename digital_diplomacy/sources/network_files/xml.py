"""Documents in XML, read without document types and entities, and the values of their attributes."""

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from digital_diplomacy.errors import TableError
from digital_diplomacy.sources.network_files.model import truth

_DECLARATION: Final = re.compile(r"\s*<\?xml[^>]*\?>")
_KNOWN: Final = frozenset(
    {"id", "label", "source", "target", "type", "kind", "weight", "directed", "edgedefault", "defaultedgetype", "mode"}
    | {"for", "value", "title", "class", "key", "attr.name", "attr.type", "start", "end", "startopen", "endopen"}
)
"""Attributes that mean something to a reader; programs write some of them with capital letters."""

_WHOLE: Final = frozenset({"int", "integer", "long", "short", "byte", "biginteger"})
_FLOATING: Final = frozenset({"float", "double", "bigdecimal"})


def document(text: str, expected: str, where: str) -> Element:
    """The root of a document, whose tag has to be the one expected.

    Raises
    ------
    TableError
        If it is no well-formed XML, holds a document type or entities, or is a document of another kind.
    """
    try:
        # A declaration of another encoding would contradict text that is already decoded.
        root: Element = fromstring(_DECLARATION.sub("", text, count=1).encode("utf-8"), forbid_dtd=True)
    except DefusedXmlException as error:
        raise TableError(
            "{where}: a document type or entities in the file; they can hide files and memory bombs, so remove them",
            where=where,
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise TableError("{where}: not well-formed XML ({error})", where=where, error=error) from error
    if tag(root) != expected:
        raise TableError(
            "{where}: its root is <{root}>, <{expected}> is expected", where=where, root=tag(root), expected=expected
        )
    for element in root.iter():
        for name in [name for name in element.attrib if name not in _KNOWN and name.lower() in _KNOWN]:
            element.attrib.setdefault(name.lower(), element.attrib.pop(name))
    return root


def tag(element: Element) -> str:
    """Tag without its namespace, which differs between versions of a format."""
    return str(element.tag).rpartition("}")[2]


def children(parent: Element, name: str) -> Iterator[Element]:
    """The elements of that tag right below another."""
    return (child for child in parent if tag(child) == name)


def only_child(parent: Element, name: str, where: str) -> Element:
    """The one element of that tag right below another."""
    found = list(children(parent, name))
    if len(found) != 1:
        raise TableError(
            "{where}: {count} elements <{name}>; one is expected", where=where, count=len(found), name=name
        )
    return found[0]


def attribute(element: Element, name: str, where: str) -> str:
    """An attribute the format requires."""
    value = element.get(name)
    if value is None:
        raise TableError(
            "{where}: <{element}> without {name!r}: {attrib}",
            where=where,
            element=tag(element),
            name=name,
            attrib=dict(element.attrib),
        )
    return value


def typed(text: str, kind: str, where: str) -> str | int | float | bool | None:
    """A value as its declared type; whole numbers digit for digit, what is empty or not a number missing."""
    plain = text.strip()
    lower = kind.strip().lower()
    if lower == "boolean":
        if plain and truth(plain) is None:
            raise TableError("{where}: {text!r} is no {kind}", where=where, text=text, kind=kind)
        return truth(plain) if plain else None
    if lower not in _WHOLE | _FLOATING:
        return text
    if not plain or plain.lower() == "nan":
        return None
    try:
        if re.fullmatch(r"[+-]?\d+", plain) and lower in _WHOLE:
            return int(plain)
        number = float(plain.replace("INF", "inf"))
    except ValueError as error:
        raise TableError("{where}: {text!r} is no {kind}", where=where, text=text[:40], kind=kind) from error
    if lower in _FLOATING:
        return number
    if not number.is_integer() or abs(number) > 2**53:
        raise TableError("{where}: {text!r} is no {kind}", where=where, text=text[:40], kind=kind)
    return int(number)
