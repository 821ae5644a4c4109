"""What cleaning takes out of a text, line by line, and by which rule."""

from __future__ import annotations

from typing import Literal

import msgspec

Rule = Literal[
    "above",
    "again",
    "below",
    "buttons",
    "byline",
    "caption",
    "comments",
    "contents",
    "credit",
    "date",
    "headline",
    "label",
    "links",
    "menu",
    "other article",
    "path",
    "phrase",
    "site",
    "symbols",
]
"""Name of a rule, in the order of the alphabet."""

RULES: dict[Rule, str] = {
    "above": "stands between menu and text and looks like neither headline nor heading",
    "again": "a long sentence that the text has already",
    "below": "stands under the last sentence and does not belong to it",
    "buttons": "nothing but labels of buttons: Share, Subscribe, Print",
    "byline": "says who wrote it; in the field `byline`",
    "caption": "a picture's caption, known by its credit",
    "comments": "the readers' comments, or the form for one",
    "contents": "a table of contents: the headings come again below",
    "credit": "says who else reported it, or whose it or its picture is; in the field `credit`",
    "date": "when the page was made, and nothing else",
    "headline": "the headline; in the field `headline`",
    "label": "a label and what it labels: 'Tags: truce, talks', 'Also read: …'",
    "links": "a link to another article, below a line that announces it",
    "menu": "a row of a menu",
    "other article": "the beginning of another article",
    "path": "a breadcrumb",
    "phrase": "a sentence that pages put around articles: newsletters, cookies, rights",
    "site": "speaks to the reader of the site, not of the news",
    "symbols": "a link, hashtags, or nothing but signs",
}
"""What each rule takes, for people."""


class Cut(msgspec.Struct, frozen=True):
    """A line that went, or the end of one."""

    line: int
    """From 1, in the tidied text."""
    rule: Rule
    text: str
