"""What other sites do to an article: misprints, changed words, cuts, additions, furniture around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seeds.prose import Draft, Sentence, Story, pick

if TYPE_CHECKING:
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


def furnish(random: Random, story: Story, draft: Draft, outlet: str) -> str:
    """The text with a dateline and an agency's tag, and what the page has around it."""
    text = draft.text
    if random.random() < 0.5:  # noqa: PLR2004
        text = f"{story.place.upper()} — {text}"
    if random.random() < 0.4:  # noqa: PLR2004
        text = f"{text}\n\n{story.sentence('furniture_agency').text}"
    before = [story.sentence("furniture_before").text for _ in range(int(random.random() * 3))]
    after = [story.sentence("furniture_after").text for _ in range(int(random.random() * 4))]
    page = "\n\n".join((*dict.fromkeys(before), text, *dict.fromkeys(after)))
    return page.replace("[headline]", draft.headline.text).replace("[outlet]", outlet)
