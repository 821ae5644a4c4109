"""Parts of names: what a mention says once possessives, articles and titles are off."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from agents.entities.table import spelling_key
from agents.entities.words import load_words

POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’]|['’])$", re.IGNORECASE)
EDGES = " \t\r\n\"'“”‘’«»()[]{}<>,;:!?-–—*_#@/\\|"
"""What a statistical pipeline sometimes takes along at either end."""


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without possessive, quotation marks, brackets, other lines, or a leading 'the'."""
    while start < end and _is_edge(text[start]):
        start += 1
    end = start + len(re.split(r"[\r\n]", text[start:end], maxsplit=1)[0])
    while start < end and (_is_edge(text[end - 1]) or POSSESSIVE.search(text[start:end])):
        possessive = POSSESSIVE.search(text[start:end])
        end = start + possessive.start() if possessive else end - 1
    if text[start:end].startswith("the "):
        start += len("the ")
        while start < end and text[start].isspace():
            start += 1
    return start, end


def _is_edge(character: str) -> bool:
    return character in EDGES or character.isspace()


def person_name(mention: str) -> str:
    """'President Donald Trump' is Donald Trump, 'Mr Putin' Putin; a title alone stays what it is.

    A given name gets the capital it was denied ('michael Driscoll').
    """
    words, known = mention.split(), load_words()
    while len(words) > 1 and words[0] in known.titles:
        words = words[1:]
    if words[0].title() in known.given_names and words[0].islower():
        words[0] = words[0].title()
    return " ".join(words)


def surname(name: str) -> str:
    """Key of the last word that is not 'Jr': 'rubio', 'sharaa' of 'Ahmed al-Sharaa'."""
    words = [word for word in name.split() if word not in load_words().name_ends] or name.split()
    return re.sub(r"^(?:al|el)-", "", spelling_key(words[-1]).casefold())


def given_name(name: str) -> str:
    """Key of the first word."""
    return spelling_key(name.split(maxsplit=1)[0]).casefold()


def is_full(name: str) -> bool:
    """Two or more words that are no particles: 'Ana Rubio', but not 'von der Leyen' nor 'al Assad'."""
    words = load_words()
    return sum(w.lower() not in words.particles and w not in words.name_ends for w in name.split()) > 1


def slug(name: str) -> str:
    """Letters and digits of any script, joined by '-'; a digest where there are none."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c)))
    joined = re.sub(r"[\W_]+", "-", plain).strip("-")
    return joined or hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=4).hexdigest()
