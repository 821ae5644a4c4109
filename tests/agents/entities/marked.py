"""Texts with their mentions marked, for tests: `[PERSON Marco Rubio] left`."""

from __future__ import annotations

import re

from agents.entities.canonical import Found, resolve
from agents.entities.table import load_table

MARK = re.compile(r"\[([A-Z]+) ([^]]+)]")


def ids(marked: str) -> list[str]:
    """Canonical id of each mention, in order."""
    text, mentions, reached = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[reached : mark.start()]
        mentions.append(Found(mark[2], mark[1], len(text), len(text) + len(mark[2])))
        text += mark[2]
        reached = mark.end()
    return [identity.id for identity in resolve(text + marked[reached:], mentions, load_table())]
