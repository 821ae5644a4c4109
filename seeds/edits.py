"""What other sites do to an article: misprints, changed words, cuts, additions, furniture around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seeds.prose import DAYS, MONTHS, PLACES, Draft, Sentence, Story, pick

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

LONGEST_EXTENSION = 0.35
"""Share of an article that is added to it: beyond it nobody would call the result a copy."""

_SHORTEST_MISPRINTED = 6
"""Letters; in shorter words a misprint makes another word."""

_OTHER_WORDS = {
    "said": "stated", "announced": "declared", "told": "informed", "while": "whereas", "about": "roughly",
    "nearly": "almost", "insisted": "maintained", "argued": "claimed", "estimated": "reckoned", "moved":
    "shifted", "fewer": "less", "acknowledged": "conceded", "hopes": "wants", "shows": "reveals", "likely":
    "probable" }  # fmt: skip


_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_SPELLINGS = {
    "programme": "program", "programmes": "programs", "labour": "labor", "harbour": "harbor",
    "centre": "center",     "metres": "meters", "percent": "per cent", "defence": "defense",
    "favour": "favor",      "organised": "organized", "criticised": "criticized", "recognised": "recognized",
    "towards": "toward",
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "million": "mln" }  # fmt: skip
_RESPELT = re.compile(rf"\b(?:{'|'.join(_SPELLINGS)})\b")
_TURNED = re.compile(r"\b(?:will|would|could|should|has|have|had|is|are|was|were|can|may|might)\b(?! not)")


def misprint(random: Random, draft: Draft, edits: int) -> Draft:
    """Change `edits` words: swapped, doubled or lost letters, other words; no sentence with a mention."""
    blocks = [list(block) for block in draft.paragraphs]
    places = [
        (i, j) for i, block in enumerate(blocks) for j, sentence in enumerate(block) if sentence.watch is None
    ]
    done = 0
    while done < edits:
        i, j = pick(random, places)
        words = blocks[i][j].text.split(" ")
        at = int(random.random() * len(words))
        changed = _changed(random, words[at])
        if changed != words[at]:
            words[at] = changed
            blocks[i][j] = Sentence(" ".join(words))
            done += 1
    return draft._replace(paragraphs=blocks)


def _changed(random: Random, word: str) -> str:
    if word in _OTHER_WORDS:
        return _OTHER_WORDS[word]
    if len(word) < _SHORTEST_MISPRINTED or not word.isalpha():
        return word
    at = 1 + int(random.random() * (len(word) - 3))
    kind = int(random.random() * 3)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at] + word[at:] if kind == 1 else word[:at] + word[at + 1 :]


def abridge(random: Random, draft: Draft) -> Draft:
    """Keep the first two thirds or more, as a site does that pays by the word."""
    share = 0.65 + 0.2 * random.random()
    words = share * len(draft.text.split())
    blocks: list[list[Sentence]] = []
    for block in draft.paragraphs[:-1]:
        blocks.append(block)
        words -= sum(len(sentence.text.split()) for sentence in block)
        if words <= 0:
            break
    return draft._replace(paragraphs=blocks)


def extend(random: Random, story: Story, draft: Draft) -> Draft:
    """Add paragraphs at the end: local reactions, the site's own reporting."""
    share = 0.15 + (LONGEST_EXTENSION - 0.15) * random.random()
    words = share * len(draft.text.split())
    blocks = list(draft.paragraphs)
    while words > 0:
        block = story.paragraph()[: 1 + int(words // 25)]
        blocks.append(block)
        words -= sum(len(sentence.text.split()) for sentence in block)
    return draft._replace(paragraphs=blocks)


def revise(random: Random, story: Story, draft: Draft) -> Draft:
    """What the outlet itself does later: a new second paragraph, and some words corrected."""
    corrected = misprint(random, draft, 2)
    first, *rest = corrected.paragraphs
    return corrected._replace(paragraphs=[first, story.paragraph(), *rest])


def correct(random: Random, draft: Draft) -> Draft:
    """Another figure at one place, and a note above that says so."""
    sentences = [
        (i, j, figure)
        for i, block in enumerate(draft.paragraphs)
        for j, sentence in enumerate(block)
        if sentence.watch is None and (figure := _FIGURE.search(sentence.text))
    ]
    if not sentences:
        return misprint(random, draft, 2)
    i, j, figure = pick(random, sentences)
    blocks = [list(block) for block in draft.paragraphs]
    text = blocks[i][j].text
    blocks[i][j] = Sentence(text[: figure.start()] + _other_figure(random, figure[0]) + text[figure.end() :])
    return draft._replace(paragraphs=[[Sentence(f"(Corrects a figure in paragraph {i + 1})")], *blocks])


def respell(draft: Draft) -> Draft:
    """As a house on the other side of the ocean prints it."""
    return _by_sentence(draft, lambda text: _RESPELT.sub(lambda word: _SPELLINGS[word[0]], text))


def refill(random: Random, draft: Draft, place: str) -> Draft:
    """The same form with other facts: each figure, day, month and the place.

    Not where a watch is mentioned.
    """
    other = {place: pick(random, [city for city in PLACES if city != place])}
    for names in (DAYS, MONTHS):
        shift = 1 + int(random.random() * (len(names) - 1))
        other |= {name: names[(at + shift) % len(names)] for at, name in enumerate(names)}
    known = re.compile(rf"\b(?:{'|'.join(other)})\b")

    def refilled(text: str) -> str:
        text = _FIGURE.sub(lambda figure: _other_figure(random, figure[0]), text)
        return known.sub(lambda name: other[name[0]], text)

    return _by_sentence(draft, refilled)._replace(headline=draft.headline)


def turn(draft: Draft) -> Draft:
    """The same text, of which one sentence says the opposite."""
    blocks = [list(block) for block in draft.paragraphs]
    for block in blocks:
        for j, sentence in enumerate(block):
            turned = _TURNED.sub(lambda verb: f"{verb[0]} not", sentence.text, count=1)
            if sentence.watch is None and turned != sentence.text:
                block[j] = Sentence(turned)
                return draft._replace(paragraphs=blocks)
    lead = blocks[0][0]
    blocks[0][0] = Sentence(f"It is not true that {lead.text[0].lower()}{lead.text[1:]}", lead.watch)
    return draft._replace(paragraphs=blocks)


def _by_sentence(draft: Draft, changed: Callable[[str], str]) -> Draft:
    """Each sentence changed that mentions no watch."""
    blocks = [
        [one if one.watch else Sentence(changed(one.text)) for one in block] for block in draft.paragraphs
    ]
    return draft._replace(paragraphs=blocks)


def _other_figure(random: Random, figure: str) -> str:
    """As long, with another first digit."""
    digits = [
        pick(random, [other for other in "123456789" if other != digit]) if digit.isdigit() else digit
        for digit in figure
    ]
    return "".join(digits)


def furnish(random: Random, story: Story, draft: Draft, outlet: str, *, least: int = 0) -> str:
    """The text with a dateline and an agency's tag, and what the page has around it: `least` lines above."""
    text = draft.text
    if random.random() < 0.5:  # noqa: PLR2004
        text = f"{story.place.upper()} — {text}"
    if random.random() < 0.4:  # noqa: PLR2004
        text = f"{text}\n\n{story.sentence('furniture_agency').text}"
    before = [story.sentence("furniture_before").text for _ in range(least + int(random.random() * 3))]
    after = [story.sentence("furniture_after").text for _ in range(int(random.random() * 4))]
    page = "\n\n".join((*dict.fromkeys(before), text, *dict.fromkeys(after)))
    return page.replace("[headline]", draft.headline.text).replace("[outlet]", outlet)
