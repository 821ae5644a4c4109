"""What each line of a text is: prose, a short line, or the furniture of a web page."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

import msgspec

from agents.ingest.credit import credit_tail
from agents.ingest.flat import LONGEST_SENTENCE, mostly_small
from agents.ingest.site import speaks_to_reader
from agents.ingest.telling import tells
from agents.ingest.timestamp import is_timestamp

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from agents.ingest.cut import Rule

Kind = Literal["prose", "short", "furniture", "announces", "ends"]
"""`prose`: a sentence; `short`: anything else that may be text (headings, list items, menus); `furniture`:
a line of the page, not of the article; `announces`: the same, with links to other articles after it;
`ends`: the same, with only readers' comments after it."""

# Longer lines are prose, whatever they begin with.
_LONGEST_FURNITURE = 300
# A sentence has a verb and somebody: 'Talks in Geneva collapsed overnight.'
_SENTENCE_WORDS = 5
LONG_WORDS = 22
"""What is cut off in mid-sentence, as previews are, is prose from this length; headlines have up to 20."""
_INNER_SENTENCE_WORDS = 12
# A sentence may be followed by its agency: '(Reuters)', '— AFP'.
_ENDS_SENTENCE = re.compile(
    r"[.!?…。！？؟۔።।॥။։：:][\"'”’»)\]』」*]*$"
    r"|\.[\"'”’»]?\s(?:\([A-Z][A-Za-z /.&-]{1,29}\)|[—–]\s?[A-Z]{2,10}(?:/[A-Z]{2,10})?)$"
)
# Extractors lose the space behind a quotation: '… the Stars.”The actor …'.
_INNER_SENTENCE = re.compile(r"[a-zà-ÿа-я]{4}[.!?](?:[\"”’]? |[”’])[A-ZÀ-ÞА-Я\"“]|[。！？]")
# Up to the last sentence, and what stands behind it without an end of its own. The two small letters keep
# 'the U.S. Latest News' together.
_LAST_SENTENCE = re.compile(r".*(?:[^\W\d_A-Z]{2}[.!?…][\"”’»)]?|[.!?…][\"”»])\s(?=\S[^.!?…]*$)")
_QUOTED = ("“", '"', "«", "„", "‘", "'", "「")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_NUMBER = re.compile(r"\d[\d.,]*")
_EDGES = " \t.,:;!?…·•*|<>«»‹›→←▶►▸–—-_=+~#[](){}\"'“”‘’✕×☰"
# Arrows, pictographs, emoji with their joiners and variation selectors.
_PICTURES = "\u200d\u20e3\u2190-\u2bff\u3030\u303d\ufe0e\ufe0f\U0001f000-\U0001faff"
_PICTURE_EDGES = re.compile(rf"^[\s{_PICTURES}]+|[\s{_PICTURES}]+$")
_PICTURES_ONLY = re.compile(rf"(?=.*[{_PICTURES}])[\W\d]+")
_HASHTAGS = re.compile(r"(?:#[^\W\d]\w*[\s,]*)+")
_BUTTONS = re.compile(r"\s*[|•·∙/,]\s*")  # 'Facebook | Twitter | WhatsApp'
_BARE_LINK = re.compile(r"(?:https?://|www\.)\S+")
# 'Home / News / …', and two arrows or more between short names anywhere.
_HOME = re.compile(
    r"(?:you are here:? ?)?"
    r"(?:home ?page|home|startseite|accueil|inicio|início|"
    r"главная|головна|anasayfa|ana sayfa|beranda|الرئيسية|होम|首页|ホーム|صفحہ اول)"
    r"\s*(?:/|>|»|›|→|\||::|•|·|-)\s*\S",
    re.IGNORECASE,
)
_CRUMB = re.compile(r"\s(?:/|>|»|›|→|::)\s|[»›]")
_CRUMB_WORDS = 5
_LABEL_WORDS = 30
# 'World | Africa | Asia', above the text.
_BAR = re.compile(r"\s[|•·/]\s")
_BAR_WORDS = 3
# What WordPress says in its forms; the fields are in the list.
_FORM_OPENINGS = ("your email address will not", "required fields", "save my name", "notify me of")
_ROW_WORDS = 3
# A caption is longer than a line of furniture.
_LONGEST_CAPTION = 500
# Between sentences: a caption has two, and its credit.
_CAPTION_SENTENCES = 2
# Of a part of a longer line without an end: headlines have less.
_ENDLESS_SMALL = 0.6
_CREDIT_CHARS = 100
_ENDING_CHARS = 50
_SEPARATED = re.compile(r"([^\W_][^:：»›>→▶|–—]{0,40}?)\s*([:：»›>→▶|]|\s[-–—]\s)\s*(?=\S)")


class Line(msgspec.Struct, frozen=True):
    """A line, its length in words (two characters a word in Chinese, Japanese, Thai …), and what it is."""

    text: str
    words: int
    kind: Kind
    sentence: bool
    rule: Rule | None = None
    """Of a line of the page: by which rule it is one."""
    tail: str = ""
    """What ran into the line and isn't in `text`: buttons, a credit in brackets."""
    tail_rule: Rule | None = None
    piece: bool = False
    """Of a flat line, which has lost its line ends; no heading then."""

    @property
    def rows(self) -> int:
        """How many lines of a page it stands for: menus have three words a line."""
        return max(1, self.words // _ROW_WORDS) if self.piece and self.kind == "short" else 1


class _Phrases(msgspec.Struct, frozen=True):
    whole: frozenset[str]
    announces: frozenset[str]
    ends: frozenset[str]
    labels: frozenset[str]
    late_labels: frozenset[str]
    sections: frozenset[str]
    form: frozenset[str]
    shapes: re.Pattern[str]
    notes: re.Pattern[str]
    openings: re.Pattern[str]
    last_openings: re.Pattern[str]
    credits: re.Pattern[str]


@cache
def _phrases() -> _Phrases:
    data = tomllib.loads((files("agents.ingest") / "furniture.toml").read_text(encoding="utf-8"))
    sets = {
        name: frozenset(key(phrase.replace("#", "0")) for phrase in data[name])
        for name in ("whole", "announces", "ends", "labels", "late_labels", "sections", "form")
    }
    return _Phrases(
        **sets,
        shapes=_any_of(data["shapes"], re.IGNORECASE),
        notes=_any_of(data["notes"], re.IGNORECASE),
        openings=_any_of(data["openings"], re.IGNORECASE),
        last_openings=_any_of(data["last_openings"], re.IGNORECASE),
        credits=_any_of(data["credits"]),
    )


def _any_of(patterns: list[str], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns), flags)


@cache
def _buttons(*, begun: bool) -> tuple[frozenset[str], frozenset[str]]:
    """Labels of buttons, above the text those of sections, too, and the words they are made of."""
    phrases = _phrases()
    labels = phrases.whole | phrases.announces | phrases.ends
    labels = labels if begun else labels | phrases.sections
    return labels, frozenset(word for label in labels for word in label.split())


def key(text: str) -> str:
    """A line as phrases are compared: no case, no edge punctuation, each number as '0'."""
    # 'İ' folds to two characters, 'i' with a dot above; nobody writes its small form so.
    text = bare(text).replace("’", "'").replace("İ", "i")
    return _NUMBER.sub("0", text.casefold())


def bare(text: str) -> str:
    """A line without punctuation, arrows and emoji at its edges."""
    text = text.strip(_EDGES)
    return text if text.isascii() else _PICTURE_EDGES.sub("", text).strip(_EDGES)


def read_lines(text: str, pieces: AbstractSet[int] = frozenset()) -> list[Line]:
    """The lines of a tidied text.

    Args:
        text: The text.
        pieces: Indices of lines that are parts of a longer one, where a label has no end of its own.
    """
    lines: list[Line] = []
    begun = False
    for index, whole in enumerate(text.split("\n")):
        credit = credit_tail(whole)
        line = whole[: -len(credit)].rstrip() if credit else _without_buttons(whole)
        read = _read(line, begun=begun)
        if index in pieces:
            read = _piece(read)
        # A question or an exclamation may be the headline.
        begun = begun or (read.kind == "prose" and not line.endswith(("?", "!")))
        if line is not whole:
            tail = whole[len(line) :].strip()
            read = msgspec.structs.replace(read, tail=tail, tail_rule="credit" if credit else "buttons")
        lines.append(read)
    return lines


def _piece(line: Line) -> Line:
    """As part of a longer line: a sentence that a label ran into is one, what has no end is a menu."""
    if line.rule in {"label", "phrase"} and line.sentence and line.words >= _INNER_SENTENCE_WORDS:
        return msgspec.structs.replace(line, kind="prose", rule=None, piece=True)
    words = line.text.split()
    small = mostly_small(words) if line.sentence else mostly_small(words, _ENDLESS_SMALL)
    if line.kind == "prose" and not (small and len(words) <= LONGEST_SENTENCE):
        return msgspec.structs.replace(line, kind="short", sentence=False, piece=True)
    return msgspec.structs.replace(line, piece=True)


def _without_buttons(text: str) -> str:
    """A line without the buttons that ran into it: '… officials said. Share Tweet Exit mobile version'."""
    if not text[-1:].isalnum():
        return text
    end = _LAST_SENTENCE.match(text, max(0, len(text) - _LONGEST_FURNITURE))
    tail = text[end.end() :] if end else ""
    return text[: -len(tail)].rstrip() if " " in tail and _is_row_of_buttons(key(tail), begun=True) else text


def _read(text: str, *, begun: bool) -> Line:
    words = text.count(" ") + 1
    if not text.isascii():
        words = max(words, len(_UNSPACED.findall(text)) // 2)
    sentence = bool(_ENDS_SENTENCE.search(text[-_ENDING_CHARS:]))
    found: tuple[Kind, Rule] | None = None
    if len(text) <= _LONGEST_FURNITURE:
        found = _furniture(text, words, sentence=sentence, begun=begun)
    if found is None and len(text) <= _LONGEST_CAPTION and _is_caption(text):
        found = "furniture", "caption"
    if found is not None:
        return Line(text, words, found[0], sentence, found[1])
    inner = words >= _INNER_SENTENCE_WORDS and bool(_INNER_SENTENCE.search(text))
    prose = inner or (sentence and words >= _SENTENCE_WORDS) or (words >= LONG_WORDS and _runs_on(text))
    return Line(text, words, "prose" if prose else "short", sentence)


def _is_caption(text: str) -> bool:
    """Whether a line ends with the credit of a picture; what has more sentences is text that ran into one."""
    return bool(
        _phrases().credits.search(text[-_CREDIT_CHARS:])
        and len(_INNER_SENTENCE.findall(text)) <= _CAPTION_SENTENCES
    )


def _runs_on(text: str) -> bool:
    """Whether a long line without an end is a sentence cut off, not a list of names and headlines.

    In scripts with capitals a third of the words at least begin small; in any other script it is a sentence.
    """
    words = text.split()
    return not any(word[0].isupper() for word in words) or mostly_small(words)


def _furniture(text: str, words: int, *, sentence: bool, begun: bool) -> tuple[Kind, Rule] | None:  # noqa: C901, PLR0911  one rule after the other
    phrases = _phrases()
    name = key(text)
    if not name or _HASHTAGS.fullmatch(text) or _BARE_LINK.fullmatch(text) or _PICTURES_ONLY.fullmatch(text):
        return "furniture", "symbols"
    # 'Thank you.' and '“Sorry!”' are said by people; a button has no full stop.
    spoken = (sentence and not text.endswith((":", "：", "…", "..."))) or text.startswith(_QUOTED)
    if not spoken or name.count(" ") > 1:
        if name in phrases.ends:
            return "ends", "comments"
        if name in phrases.announces:
            return "announces", "links"
        if _buttons(begun=begun)[0].issuperset(map(key, _BUTTONS.split(text))):
            return "furniture", "buttons"
        if phrases.last_openings.match(text):
            return "ends", "comments"
    if text.startswith(_QUOTED):
        return None
    if is_breadcrumb(text, sentence=sentence):
        return "furniture", "path"
    if _is_phrase(_unmarked(text), words, phrases, sentence=sentence):
        return "furniture", "phrase"
    if not sentence and _is_row_of_buttons(name, begun=begun):
        return "furniture", "buttons"
    if not begun and is_timestamp(text):
        return "furniture", "date"
    if not begun and _is_menu(text):
        return "furniture", "menu"
    labelled = words <= _LABEL_WORDS and _is_labelled(text, begun=begun, phrases=phrases)
    return ("furniture", "label") if labelled else None


def _is_phrase(text: str, words: int, phrases: _Phrases, *, sentence: bool) -> bool:
    """Whether a line is one that pages put around articles; a sentence needs more than to begin like one."""
    if phrases.shapes.match(text):
        return True
    if not sentence or words < _SENTENCE_WORDS:
        return bool(phrases.notes.match(text) or phrases.openings.match(text))
    if phrases.notes.match(text) and not tells(text):
        return True
    return bool(phrases.openings.match(text)) and speaks_to_reader(text)


def _unmarked(text: str) -> str:
    text = text.lstrip(_EDGES)
    return text if text[:1].isascii() else _PICTURE_EDGES.sub("", text).lstrip(_EDGES)


def _is_row_of_buttons(name: str, *, begun: bool) -> bool:
    """'Facebook Twitter Email Print': nothing but labels of buttons, one after the other."""
    words = name.split()
    labels, vocabulary = _buttons(begun=begun)
    if len(words) > _LABEL_WORDS or not vocabulary.issuperset(words):
        return False
    ends = {0}
    for stop in range(1, len(words) + 1):
        if any(" ".join(words[start:stop]) in labels for start in ends):
            ends.add(stop)
    return len(words) in ends


def below_menu(lines: Sequence[Line], stop: int) -> int:
    """Index below the last menu above `stop`: two lines or more that name sections; 0 where there is none."""
    sections = [key(line.text) in _phrases().sections for line in lines[:stop]]
    return max((index + 1 for index in range(1, stop) if sections[index - 1] and sections[index]), default=0)


def is_form(text: str) -> bool:
    """Whether a line is a field of the form for a comment, or what is said about one."""
    return key(text) in _phrases().form or text.casefold().startswith(_FORM_OPENINGS)


def _is_menu(text: str) -> bool:
    parts = _BAR.split(text)
    return len(parts) > 2 and all(len(part.split()) <= _BAR_WORDS for part in parts)  # noqa: PLR2004


def is_breadcrumb(text: str, *, sentence: bool = False) -> bool:
    """Whether a line is the path to a page: 'Home / News / Talks resume', 'World › Europe › Ukraine'."""
    if sentence and not text.endswith(("?", "!", "…")):
        return False
    if _HOME.match(_unmarked(text)):
        return True
    crumbs = _CRUMB.split(text)
    # The last one is the headline.
    return len(crumbs) > 2 and all(0 < len(crumb.split()) <= _CRUMB_WORDS for crumb in crumbs[:-1])  # noqa: PLR2004


def last_crumb(text: str) -> str:
    """Where a breadcrumb leads: its last part."""
    return re.split(r"\s(?:/|>|»|›|→|\||::|•|·|-)\s|[»›]", text)[-1].strip()


def _is_labelled(text: str, *, begun: bool, phrases: _Phrases) -> bool:
    if text.endswith((":", "：")) and key(text) in phrases.labels:
        return True
    match = _SEPARATED.match(_unmarked(text))
    if not match:
        return False
    # Behind a label of the page stands a list or a headline, which begin with a capital or have no end.
    if _ENDS_SENTENCE.search(text[-_ENDING_CHARS:]) and text[match.end() : match.end() + 1].islower():
        return False
    label = key(match[1])
    if " " not in label and match[2] not in ":：»›>→▶":
        return False
    return label in phrases.labels or (begun and label in phrases.late_labels)
