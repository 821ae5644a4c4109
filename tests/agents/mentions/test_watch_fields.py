# ruff: noqa: E501
"""The fields of a watch in a watchlist file."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from agents.mentions.scope import Scope
from agents.mentions.text import Text
from agents.mentions.watch import FIELDS, Examples, Watch
from agents.mentions.watchlist import WatchlistError, parse
from agents.mentions.watchlist_schema import schema

WHOLE = """\
watches:
  - name: ceasefire-ukraine
    query: '(ceasefire OR "cessation hostilities"~2) AND Ukraine'
    inflect: false
    case: true
    scope: {languages: [en, uk], sources: [reuters.com, "*.gov"], entities: ["person:Marco Rubio", city:703448]}
    claim: [affirmed, negated, affirmed]
    clock: true
    severity: critical
    description: What matters
    runbook_url: https://example.org/runbook
    group_by: entity
    cooldown: 30m
    stage: shadow
    examples:
      match: [A truce held., {headline: Kyiv waits, source: state.gov, language: en, byline: Desk}]
      no_match: []
"""


def test_every_field_is_read() -> None:
    """As written; an example is a text, or an article's fields."""
    assert parse(WHOLE, "w.yaml").watches == (
        Watch(
            name="ceasefire-ukraine",
            query='(ceasefire OR "cessation hostilities"~2) AND Ukraine',
            inflect=False,
            case=True,
            scope=Scope(
                languages=("en", "uk"),
                sources=("reuters.com", "*.gov"),
                entities=("person:Marco Rubio", "city:703448"),
            ),
            claim=("affirmed", "negated"),
            clock=True,
            severity="critical",
            description="What matters",
            runbook_url="https://example.org/runbook",
            group_by="entity",
            cooldown=1800,
            stage="shadow",
            examples=Examples(
                match=(
                    Text(body_text="A truce held."),
                    Text(headline="Kyiv waits", source="state.gov", language="en", byline="Desk"),
                )
            ),
        ),
    )


def test_the_schema_knows_the_same_fields() -> None:
    """What the reader takes an editor accepts, and nothing else."""
    watch = schema()["properties"]["watches"]["items"]
    assert tuple(watch["properties"]) == FIELDS
    assert watch["additionalProperties"] is False


GOOD: dict[str, list[Any]] = {
    "name": ["a", "a.b-c_1", "0"],
    "query": ["truce", '"a truce"~2 AND headline:Kyiv'],
    "terms": [["truce"], ["a b", "Ötztal"]],
    "inflect": [True, False],
    "case": [False],
    "scope": [
        {"languages": ["en"]},
        {"sources": ["*.gov", "a*b*"], "languages": []},
        {"entities": ["person:A"]},
    ],
    "claim": [["negated"], ["affirmed", "attributed"]],
    "clock": [True],
    "severity": ["critical", "info"],
    "description": ["", "x"],
    "runbook_url": ["https://a.example/b", "http://a"],
    "group_by": ["entity", "none"],
    "cooldown": ["1s", "86400s", "030m", "1440m", "24h", "9h", "999m", "79999s"],
    "stage": ["shadow"],
    "examples": [{"match": ["a truce"]}, {"no_match": [{"headline": "x", "source": "y"}]}, {}],
}
BAD: dict[str, list[Any]] = {
    "name": ["", ".a", "A", "a b", "shadow", "suppressed", "a" * 101, 3, None],
    "query": ["", " ", 3, ["truce"], "a" * 20_001],
    "terms": [[], "truce", [3], [" "], ["a" * 201]],
    "inflect": ["true", 1, None],
    "case": ["yes"],
    "scope": [
        *({}, {"languages": []}, {"languages": ["english"]}, {"languages": "en"}, {"x": []}, []),
        *({"sources": ["*"]}, {"sources": [""]}, {"sources": ["a*b*c*"]}, {"entities": [""]}),
    ],
    "claim": [[], ["denied"], "negated"],
    "clock": ["on", 0],
    "severity": ["high", None, ["info"]],
    "description": [3, None],
    "runbook_url": ["wiki", "ftp://a", "https://a b", "https://" + "a" * 2_000],
    "group_by": ["topic"],
    "cooldown": ["0m", "0s", "25h", "1441m", "86401s", "30", 30, "30 m", "1d", "", "1.5h"],
    "stage": ["test"],
    "examples": [{"match": "x"}, {"match": [3]}, {"x": []}, {"match": [{"title": "x"}]}, []],
    "colour": ["red"],
}


@st.composite
def entries(draw: st.DrawFn) -> Any:
    """A watch whose fields are all good, or all but one."""
    entry = {"name": draw(st.sampled_from(GOOD["name"]))}
    words = draw(st.sampled_from([["query"], ["terms"], ["query"], ["terms"], [], ["query", "terms"]]))
    others = draw(st.sets(st.sampled_from([name for name in GOOD if name not in ("name", "query", "terms")])))
    entry |= {name: draw(st.sampled_from(GOOD[name])) for name in (*words, *sorted(others))}
    if draw(st.booleans()):
        name = draw(st.sampled_from(sorted(BAD)))
        entry[name] = draw(st.sampled_from(BAD[name]))
    return draw(st.sampled_from([entry] * 20 + [None, "truce", []]))


@given(entries() | st.none(), st.booleans())
@settings(max_examples=500, deadline=None)
def test_the_schema_takes_what_the_reader_takes(entry: Any, alone: bool) -> None:
    """Both ways, but for what a schema can't say: a query's syntax, words without a letter, names too alike."""
    listed = [] if entry is None else [entry]
    document = listed if alone else {"watches": listed}
    try:
        parse(json.dumps(document), "w.yaml")
        error = ""
    except WatchlistError as refused:
        error = str(refused)
    assert Draft202012Validator(schema()).is_valid(document) is not bool(error), error


def watch(*fields: str) -> str:
    return "\n    ".join(["watches:\n  - name: a", *fields])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (watch("query: 'truce AND *x'"), "w.yaml:3: watches[0].query: column 11 at '*x': a wildcard at the beginning fits every word; begin with letters, as in sanction*"),
        (watch("query: |", "  truce AND", "  *x"), "w.yaml:5: watches[0].query: column 1 at '*x': a wildcard at the beginning fits every word; begin with letters, as in sanction*"),
        (watch("query: (truce"), "w.yaml:3: watches[0].query: column 7: ends too early; close the bracket, or write what follows the operator"),
        (watch("query: truce", "inflect: maybe"), "w.yaml:4: watches[0].inflect: is the text 'maybe'; write true or false"),
        (watch("query: truce", "case: true"), "w.yaml:3: watches[0].query: column 1 at 'truce': 'case: true' holds for what is quoted, and nothing is; quote what must keep its capitals"),
        (watch("query: truce", "scope: {}"), "w.yaml:4: watches[0].scope: is empty; list languages, sources or entities, or take it out"),
        (watch("query: truce", "scope: {languages: [english]}"), "w.yaml:4: watches[0].scope.languages[0]: 'english' is no language code; write two small letters (ISO 639-1), as in en"),
        (watch("query: truce", "scope: {sources: ['*']}"), "w.yaml:4: watches[0].scope.sources[0]: '*' is no source; write a name, as reuters.com, with at most 2 '*', as in *.gov"),
        (watch("query: truce", "scope: {people: [x]}"), "w.yaml:4: watches[0].scope: unknown field 'people'; the fields are languages, sources, entities"),
        (watch("query: truce", "scope: {entities: [3]}"), "w.yaml:4: watches[0].scope.entities[0]: is '3' (YAML: int); write text, in quotes if it is meant as such"),
        (watch("query: truce", "scope: {entities: ['human:Marco Rubio']}"), "w.yaml:4: watches[0].scope.entities[0]: 'human:Marco Rubio': 'human' is no label; write one of person, org, gpe, loc, norp, fac, event, product, law, work_of_art, misc before the name, as in person:Marco Rubio, or 'id:' before an id of your own"),
        (watch("query: truce", "scope: {entities: [Kyiv, 'person: ']}"), "w.yaml:4: watches[0].scope.entities[1]: 'person:' names nobody; write a name, as in person:Marco Rubio"),
        (watch("query: truce", "scope: {entities: ['']}"), "w.yaml:4: watches[0].scope.entities[0]: '' names nobody; write a name, as in person:Marco Rubio"),
        (watch("query: truce", "scope: {entities: ['person:" + "a" * 194 + "']}"), "w.yaml:4: watches[0].scope.entities[0]: 'person:" + "a" * 33 + "…' has 201 characters, the limit is 200; write the name alone"),
        (watch("query: truce", "claim: []"), "w.yaml:4: watches[0].claim: is empty; list what counts, or take it out: then all of it does"),
        (watch("query: truce", "claim: affirmed"), "w.yaml:4: watches[0].claim: is the text 'affirmed'; write a list, one item a line after '- '"),
        (watch("query: truce", "claim:", "  - affirmed", "  - denied"), "w.yaml:6: watches[0].claim[1]: 'denied' is no kind of statement; write affirmed, negated, hypothetical, attributed"),
        (watch("query: truce", "clock: yes"), "w.yaml:4: watches[0].clock: is 'yes' (YAML: bool); write true or false"),
        (watch("query: truce", "case: on"), "w.yaml:4: watches[0].case: is 'on' (YAML: bool); write true or false"),
        (watch("query: truce", "clock: 'true'"), "w.yaml:4: watches[0].clock: is the text 'true'; write true or false"),
        (watch("query: truce", "runbook_url: wiki"), "w.yaml:4: watches[0].runbook_url: 'wiki' is no address; write one that begins with https:// and has at most 2,000 characters"),
        (watch("query: truce", "examples: {match: [3]}"), "w.yaml:4: watches[0].examples.match[0]: is '3' (YAML: int); write text, in quotes if it is meant as such"),
        (watch("query: truce", "group_by: [story]"), "w.yaml:4: watches[0].group_by: is a list; write text"),
        (watch("query: truce", "group_by: topic"), "w.yaml:4: watches[0].group_by: 'topic' is nothing to group by; write one of story, entity, none"),
        (watch("query: truce", "stage: test"), "w.yaml:4: watches[0].stage: 'test' is no stage; write one of live, shadow"),
        (watch("query: truce", "cooldown: 30"), "w.yaml:4: watches[0].cooldown: '30' is no cooldown; write a time above zero and up to 24h, as in 30m, or take it out"),
        (watch("query: truce", "cooldown: [30m]"), "w.yaml:4: watches[0].cooldown: is a list; write text"),
        (watch("query: truce", "cooldown: 30 minutes"), "w.yaml:4: watches[0].cooldown: '30 minutes' is no cooldown; write a time above zero and up to 24h, as in 30m, or take it out"),
        (watch("query: truce", "cooldown: 25h"), "w.yaml:4: watches[0].cooldown: '25h' is no cooldown; write a time above zero and up to 24h, as in 30m, or take it out"),
        (watch("query: truce", "cooldown: 0m"), "w.yaml:4: watches[0].cooldown: '0m' is no cooldown; write a time above zero and up to 24h, as in 30m, or take it out"),
        (watch("query: truce", "cooldwn: 3m"), "w.yaml:4: watches[0]: unknown field 'cooldwn'; the fields are name, query, terms, inflect, case, scope, claim, clock, severity, description, runbook_url, group_by, cooldown, stage, examples"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_file_line_field_and_column(text: str, message: str) -> None:
    """In a query of several lines the line is that of the mistake."""
    with pytest.raises(WatchlistError) as error:
        parse(text, "w.yaml")
    assert message == str(error.value)


@pytest.mark.parametrize(
    ("scope", "language", "source", "expected"),
    [
        (Scope(languages=("en",)), "en", None, True),
        (Scope(languages=("en",)), "ru", None, False),
        (Scope(languages=("en",)), "und", None, True),
        (Scope(languages=("en",)), None, None, True),
        (Scope(sources=("reuters.com", "*.gov")), None, "Reuters.com", True),
        (Scope(sources=("reuters.com", "*.gov")), None, "state.gov", True),
        (Scope(sources=("reuters.com", "*.gov")), None, "reuters.com.example", False),
        (Scope(sources=("reuters.com", "*.gov")), None, "reutersxcom", False),
        (Scope(sources=("reuters.com",)), None, None, False),
        (Scope(languages=("en",), sources=("a",)), "ru", "a", False),
    ],
)
def test_scope(scope: Scope, language: str | None, source: str | None, expected: bool) -> None:
    """An unknown language excludes nothing; an unknown source isn't one of those named."""
    assert expected == scope.admits(language=language, source=source)
