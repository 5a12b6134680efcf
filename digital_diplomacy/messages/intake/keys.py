"""One key for all identifiers: an account hashed with two keys would be two accounts, one hashed twice a third."""

from collections.abc import Sequence

from digital_diplomacy.errors import Said, SourceError, said
from digital_diplomacy.messages.hashing import PLAIN, mark_of
from digital_diplomacy.messages.intake.opening import Part
from digital_diplomacy.messages.intake.recognising import Reading

Parts = Sequence[tuple[Part, Reading | None]]


def needs_key(parts: Parts) -> bool:
    """Whether any part has identifiers that are not hashed yet."""
    return any(reading.mark in (None, PLAIN) for _, reading in parts if reading)


def mark_for(parts: Parts, key: bytes | None) -> str:
    """The mark of the table that is made of these parts; empty if it is not known with which key all are hashed.

    Raises
    ------
    SourceError
        Naming the table that was hashed with another key than the one given or that of another table, or that is
        hashed though others are to stay plain.
    """
    hashed = {part.name: reading.mark for part, reading in parts if reading and reading.mark not in (None, PLAIN)}
    known = {file: mark for file, mark in hashed.items() if mark}
    if key is not None:
        other = next((file for file, mark in known.items() if mark != mark_of(key)), "")
        if other:
            raise SourceError(
                "{file}: its identifiers are hashed with another key than the one given; give the one it was made "
                "with (`messages.key` of that run), or take it in alone",
                file=other,
            )
    elif hashed and needs_key(parts):
        raise SourceError(
            "{file}: its identifiers are hashed and cannot be had plain beside others that are; leave --plain out, and "
            "give the key it was made with",
            file=next(iter(hashed)),
        )
    files = {mark: file for file, mark in known.items()}
    if len(files) > 1:
        first, other = list(files.values())[:2]
        raise SourceError(
            "{file} and {other}: their identifiers are hashed with different keys, so that one account would count "
            "twice; take the exports of both in with one key",
            file=first,
            other=other,
        )
    if hashed and len(known) < len(hashed):
        return ""
    return next(iter(known.values())) if known and not needs_key(parts) else mark_of(key)


def remarks(parts: Parts, mark: str) -> list[Said]:
    """What is to be known of tables whose identifiers stay as they are."""
    told = []
    for part, reading in parts:
        if reading is None or reading.mark in (None, PLAIN):
            continue
        told.append(
            said("{file}: its identifiers are hashed already and stay as they are", file=part.name)
            if mark
            else said(
                "{file}: its identifiers stay as they are; with which key they are hashed it does not say, and "
                "accounts of other files are the same accounts only with that key",
                file=part.name,
            )
        )
    return told
