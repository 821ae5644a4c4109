"""What each line of a text is: prose, a short line, or the furniture of a web page."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

Kind = Literal["prose", "short", "furniture", "announces", "ends"]
"""`prose`: a sentence; `short`: anything else that may be text (headings, list items, menus); `furniture`:
a line of the page, not of the article; `announces`: the same, with links to other articles after it;
`ends`: the same, with only readers' comments after it."""

# Longer lines are prose, whatever they begin with.
_LONGEST_FURNITURE = 300
# A sentence has a verb and somebody: 'Talks in Geneva collapsed overnight.'
_SENTENCE_WORDS = 5
# What is cut off in mid-sentence, as previews are, is still prose from this length; headlines have up to 20.
_LONG_WORDS = 22
_INNER_SENTENCE_WORDS = 12
_ENDS_SENTENCE = re.compile(r"[.!?…。！？؟।：:][\"'”’»)\]』」*]*$")
_INNER_SENTENCE = re.compile(r"[a-zà-ÿа-я]{4}[.!?][\"”’]? [A-ZÀ-ÞА-Я\"“]|[。！？]")
_QUOTED = ("“", '"', "«", "„", "‘", "'", "「")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_NUMBER = re.compile(r"\d[\d.,]*")
_EDGES = " \t.,:;!?…·•*|<>«»‹›→←▶►▸–—-_=+~#[](){}\"'“”‘’✕×☰"
_HASHTAGS = re.compile(r"(?:#[^\W\d]\w*[\s,]*)+")
_BUTTONS = re.compile(r"\s*[|•·/,]\s*")  # 'Facebook | Twitter | WhatsApp'
_BARE_LINK = re.compile(r"(?:https?://|www\.)\S+")
# 'Home / News / …', and two arrows or more between short names anywhere.
_HOME = re.compile(
    r"(?:you are here:? ?)?"
    r"(?:home ?page|home|startseite|accueil|inicio|início|главная|головна|anasayfa|beranda|الرئيسية)"
    r"\s*(?:/|>|»|›|→|\||::|•|·|-)\s*\S",
    re.IGNORECASE,
)
_CRUMB = re.compile(r"\s(?:/|>|»|›|→|::)\s|[»›]")
_CRUMB_WORDS = 5
_LABEL_WORDS = 30
_SEPARATED = re.compile(r"([^\W_][^:：»›>→▶|–—]{0,40}?)\s*([:：»›>→▶|]|\s[-–—]\s)\s*(?=\S)")


class Line(msgspec.Struct, frozen=True):
    """A line, its length in words (two characters a word in Chinese, Japanese, Thai …), and what it is."""

    text: str
    words: int
    kind: Kind
    sentence: bool


class _Phrases(msgspec.Struct, frozen=True):
    whole: frozenset[str]
    announces: frozenset[str]
    ends: frozenset[str]
    labels: frozenset[str]
    late_labels: frozenset[str]
    openings: re.Pattern[str]


@cache
def _phrases() -> _Phrases:
    data = tomllib.loads((files("agents.ingest") / "furniture.toml").read_text(encoding="utf-8"))
    sets = {
        name: frozenset(map(key, data[name]))
        for name in ("whole", "announces", "ends", "labels", "late_labels")
    }
    return _Phrases(
        **sets, openings=re.compile("|".join(f"(?:{one})" for one in data["openings"]), re.IGNORECASE)
    )


def key(text: str) -> str:
    """A line as phrases are compared: no case, no edge punctuation, each number as '#'."""
    return _NUMBER.sub("#", text.replace("’", "'").strip(_EDGES).casefold()) if text else ""


def read_lines(text: str) -> list[Line]:
    """The lines of a tidied text."""
    lines: list[Line] = []
    begun = False
    for line in text.split("\n"):
        read = _read(line, begun=begun)
        begun = begun or read.kind == "prose"
        lines.append(read)
    return lines


def _read(text: str, *, begun: bool) -> Line:
    words = text.count(" ") + 1
    if not text.isascii():
        words = max(words, len(_UNSPACED.findall(text)) // 2)
    sentence = bool(_ENDS_SENTENCE.search(text[-20:]))
    kind: Kind | None = None
    if len(text) <= _LONGEST_FURNITURE:
        kind = _furniture(text, words, sentence=sentence, begun=begun)
    if kind is None:
        prose = (
            (sentence and words >= _SENTENCE_WORDS)
            or words >= _LONG_WORDS
            or (words >= _INNER_SENTENCE_WORDS and bool(_INNER_SENTENCE.search(text)))
        )
        kind = "prose" if prose else "short"
    return Line(text, words, kind, sentence)


def _furniture(text: str, words: int, *, sentence: bool, begun: bool) -> Kind | None:  # noqa: PLR0911  one rule after the other
    phrases = _phrases()
    name = key(text)
    if not name or _HASHTAGS.fullmatch(text) or _BARE_LINK.fullmatch(text):
        return "furniture"
    # 'Thank you.' and '“Sorry!”' are said by people; a button has no full stop.
    spoken = (sentence and text[-1] not in ":：…") or text.startswith(_QUOTED)
    if not spoken or name.count(" ") > 1:
        if name in phrases.ends:
            return "ends"
        if name in phrases.announces:
            return "announces"
        if name in phrases.whole or phrases.whole.issuperset(map(key, _BUTTONS.split(text))):
            return "furniture"
    if text.startswith(_QUOTED):
        return None
    if is_breadcrumb(text, sentence=sentence) or phrases.openings.match(text.lstrip(_EDGES)):
        return "furniture"
    return "furniture" if words <= _LABEL_WORDS and _is_labelled(text, begun=begun, phrases=phrases) else None


def is_breadcrumb(text: str, *, sentence: bool = False) -> bool:
    """Whether a line is the path to a page: 'Home / News / Talks resume', 'World › Europe › Ukraine'."""
    if sentence and not text.endswith(("?", "!", "…")):
        return False
    if _HOME.match(text):
        return True
    crumbs = _CRUMB.split(text)
    # The last one is the headline.
    return len(crumbs) > 2 and all(0 < len(crumb.split()) <= _CRUMB_WORDS for crumb in crumbs[:-1])  # noqa: PLR2004


def last_crumb(text: str) -> str:
    """Where a breadcrumb leads: its last part."""
    return re.split(r"\s(?:/|>|»|›|→|\||::|•|·|-)\s|[»›]", text)[-1].strip()


def _is_labelled(text: str, *, begun: bool, phrases: _Phrases) -> bool:
    match = _SEPARATED.match(text.lstrip(_EDGES))
    if not match:
        return False
    label = key(match[1])
    if " " not in label and match[2] not in ":：»›>→▶":
        return False
    return label in phrases.labels or (begun and label in phrases.late_labels)
