"""Parts of names: what a mention says once possessives, articles and titles are off."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache, lru_cache

from agents.entities.forms import load_forms
from agents.entities.table import read_peoples, spelling_key
from agents.entities.words import load_words

POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’]|['’])$", re.IGNORECASE)
EDGES = " \t\r\n\"'“”‘’«»()[]{}<>,;:!?-–—*_#@/\\|"
"""What a statistical pipeline sometimes takes along at either end."""

NAMES = 20_000
"""Names remembered with their parts: an article has the same few many times, and the news of a day too."""
NICKNAME = re.compile(r"[\"'“‘(].+[\"'”’)]")
"""A word within a name in quotation marks or brackets."""
QUOTED = re.compile(r"(?<=\w )[\"“]([\w.’' -]+)[\"”](?= \w)")
"""The same of several words: 'The Rock'."""


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


@lru_cache(maxsize=NAMES)
def person_name(mention: str) -> str:
    """'President Donald Trump' is Donald Trump, 'Mr Putin' Putin; a title alone stays what it is.

    So are 'Hong Kong's John Lee' John Lee, 'James To of the Democratic Party' James To, and
    'Robert "Bob" Menendez' Robert Menendez. A given name gets the capital it was denied ('michael Driscoll').
    """
    words, known = _after_titles(" ".join(QUOTED.sub("", mention).split())), load_words()
    words = [word for word in words if not NICKNAME.fullmatch(word)] or words
    while len(words) > 2 and words[-1].strip(".,") in load_forms().honours:  # noqa: PLR2004  one name is left at least
        words = words[:-1]
    if words[0].title() in known.given_names and words[0].islower():
        words[0] = words[0].title()
    return " ".join(words).rstrip(",")


@lru_cache(maxsize=NAMES)
def titles(mention: str) -> frozenset[str]:
    """Offices and courtesies before the name, in small letters ('prime minister'), or those it is."""
    words, phrases, phrase = _apart(mention), set(), []
    kept = words if is_title(mention) else words[: len(words) - len(_after_titles(mention))]
    for word in kept:
        if not _tells_whose(word) or _is_title(word) or word.title() in load_forms().before_titles:
            phrase.append(word.lower().strip("."))
        if _is_title(word):
            phrases.add(" ".join(phrase))
            phrase = []
    return frozenset(phrases)


def titles_before(words: list[str]) -> frozenset[str]:
    """Titles in words that stand right before a name; those before other words are somebody else's."""
    for at in range(len(words)):
        called = " ".join([*words[at:], "Name"])
        if _after_titles(called) == ["Name"]:
            return titles(called)
    return frozenset()


@lru_cache(maxsize=NAMES)
def is_title(mention: str) -> bool:
    """Whether a mention is nothing but a title: 'President', 'Vice President'."""
    words, known = mention.split(), load_forms()
    return _is_title(words[-1]) and all(
        _is_title(word) or word.title() in known.before_titles for word in words
    )


def with_nickname(mention: str) -> str | None:
    """The name as 'Luiz Inácio Lula da Silva', where the nickname is in quotation marks; None without one."""
    plain = QUOTED.sub(r"\1", mention)
    return person_name(plain) if plain != mention else None


def nicknames(mention: str) -> frozenset[str]:
    """Keys of what stands in quotation marks or brackets within a name: 'bob', 'the rock'."""
    quoted = {spelling_key(match[1]).casefold() for match in QUOTED.finditer(mention)}
    return frozenset(quoted) | frozenset(
        spelling_key(word.strip("\"'“”‘’()")).casefold()
        for word in mention.split()[1:-1]
        if NICKNAME.fullmatch(word)
    )


def _apart(mention: str) -> list[str]:
    """The words of the name without whom it belongs to, before and behind."""
    name = mention
    owner, _, owned = (
        re.split(r"(?<=\w)(['’]s) ", name, maxsplit=1) if re.search(r"\w['’]s ", name) else ("", "", "")
    )
    if owner and len(owned.split()) > 1:
        name = owned
    before, behind, _ = name.partition(" of ")
    if behind and len(before.split()) > 1 and not _is_title(before.split()[-1]):
        name = before
    return name.split() or mention.split()


def _after_titles(mention: str) -> list[str]:
    words, known = _apart(mention), load_forms()
    at = last = 0
    while at < len(words) - 1:
        if _is_title(words[at]):
            at = last = at + 1 + _department(words[at + 1 :])
        elif (
            words[at].title() in known.before_titles
            or words[at] in known.before_titles
            or _tells_whose(words[at])
        ):
            at += 1
        else:
            break
    rest = words[last:]
    named = any(word not in load_words().name_ends for word in rest)
    return rest if named and rest[0] not in {"of", "for", "and"} else words


def _department(words: list[str]) -> int:
    """How many words name the department of an office: 'of the Treasury'."""
    if len(words) < 2 or words[0] != "of":  # noqa: PLR2004  'of State'
        return 0
    skipped = 2 if words[1] == "the" else 1
    for length in (2, 1):
        if "_".join(words[skipped : skipped + length]).lower() in load_forms().departments:
            return skipped + length if len(words) > skipped + length else 0
    return 0


def _is_title(word: str) -> bool:
    known = _titles()
    if word in load_words().given_names:
        return False
    # 'PRESIDENT Trump', 'Secretary-General'; 'leader' is one in small letters, 'count' is none.
    return (
        word in known
        or (word.isupper() and word.title() in known)
        or (word.rpartition("-")[2].title() in known and "-" in word)
    )


def _tells_whose(word: str) -> bool:
    """An acronym or a people before a title: 'NASA Administrator', 'Russian President'."""
    return (word.isupper() and len(word) > 1 and "." not in word[:-1]) or spelling_key(word) in _peoples()


@cache
def _titles() -> frozenset[str]:
    return load_words().titles | load_forms().more_titles


@cache
def _peoples() -> frozenset[str]:
    return frozenset(spelling_key(name.name) for name in read_peoples())


@lru_cache(maxsize=NAMES)
def surname(name: str) -> str:
    """Key of the last word that is not 'Jr': 'rubio', 'sharaa' of 'Ahmed al-Sharaa'."""
    words = [word for word in name.split() if word not in load_words().name_ends] or name.split()
    return re.sub(r"^(?:al|el|as|ash|ad|an|ar|at|az)-", "", spelling_key(words[-1]).casefold())


def given_name(name: str) -> str:
    """Key of the first word."""
    return spelling_key(name.split(maxsplit=1)[0]).casefold()


@lru_cache(maxsize=NAMES)
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
