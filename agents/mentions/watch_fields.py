"""Read the fields of one watch, and name each mistake with its line, its value and the way out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

import msgspec
from yaml.nodes import ScalarNode

from agents.entities.labels import LABELS
from agents.mentions.entity_scope import ANY_ID, LONGEST_ENTITY, taken_apart
from agents.mentions.query.read import Query, QueryError, read_query
from agents.mentions.query.words import LONGEST_TERM
from agents.mentions.scope import MOST_STARS, Scope
from agents.mentions.text import Text
from agents.mentions.watch import FIELDS, Examples, GroupBy, Watch
from agents.mentions.watchlist_nodes import Problem, fields_of, flag_of, items_of, text_of
from streams.records import Claim, Severity, Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from yaml.nodes import Node

    T = TypeVar("T")

LONGEST_NAME = 100
"""A Kafka topic may have 249 characters; this leaves room for `alerts.` and an edition's prefix."""

LONGEST_URL = 2_000
"""Characters; what browsers take."""

NAME = "[a-z0-9_-][a-z0-9._-]*"
TAKEN = ("suppressed", "shadow")
SEVERITIES = get_args(Severity)
CLAIMS = get_args(Claim)
GROUPS = get_args(GroupBy)
STAGES = get_args(Stage)
COOLDOWN = "0*([1-9][0-9]{0,5})(s|m|h)"
LONGEST_COOLDOWN = 24 * 3600
"""Seconds; as far as a cooldown is doubled. What must be quiet for longer wants a silence."""
_SECONDS = {"s": 1, "m": 60, "h": 3600}
LANGUAGE = "[a-z]{2}"
URL = r"https?://\S+"
EXAMPLE_FIELDS = ("headline", "body_text", "source", "language", "byline")


def watch_of(node: Node, where: str) -> tuple[Watch, Query | None]:
    """Read a watch, and its query where it has one.

    Raises:
        Problem: the first mistake.
    """
    fields = fields_of(node, where, FIELDS, required=("name",))
    if ("query" in fields) == ("terms" in fields):
        found = (
            "both 'query' and 'terms'; keep one"
            if "query" in fields
            else "no 'query' and no 'terms'; add one"
        )
        raise Problem.at(node, f"{where}: has {found} of them")

    def read(field: str, reader: Callable[[Node, str], T], default: T) -> T:
        return reader(fields[field], f"{where}.{field}") if field in fields else default

    watch = Watch(
        name=_name(fields["name"], f"{where}.name"),
        terms=read("terms", _terms, ()),
        query=read("query", text_of, None),
        inflect=read("inflect", flag_of, None),
        case=read("case", flag_of, False),
        scope=read("scope", _scope, None),
        claim=read("claim", _claims, ()),
        clock=read("clock", flag_of, False),
        severity=read("severity", _severity, "warning"),
        description=read("description", text_of, ""),
        runbook_url=read("runbook_url", _url, None),
        group_by=read("group_by", _group_by, "story"),
        cooldown=read("cooldown", _cooldown, 0),
        stage=read("stage", _stage, "live"),
        examples=read("examples", _examples, None),
    )
    return watch, _query(watch, fields["query"], f"{where}.query") if watch.query is not None else None


def _query(watch: Watch, node: Node, where: str) -> Query:
    text = watch.query or ""
    try:
        return read_query(text, inflect=watch.inflect is not False, case=watch.case)
    except QueryError as error:
        line, column = place(node, text, error.position)
        shown = " ".join(text[error.position : error.position + 30].split())
        at = f" at '{shown}'" if shown else ""
        raise Problem(line, f"{where}: column {column}{at}: {error}") from error


def place(node: Node, text: str, position: int) -> tuple[int, int]:
    """Line of the file and column (from 1) of an offset in a query; of a folded one its column as a whole."""
    line = node.start_mark.line + 1
    if getattr(node, "style", None) != "|":
        return line, position + 1
    before = text[:position]
    return line + 1 + before.count("\n"), position - (before.rfind("\n") + 1) + 1


def _name(node: Node, where: str) -> str:
    name = text_of(node, where)
    if not re.fullmatch(NAME, name):
        raise Problem.at(
            node,
            f"{where}: {name!r} can't be part of the topic alerts.<name>; write small letters a-z, digits, "
            "'.', '_' and '-' only, the first no '.'",
        )
    if len(name) > LONGEST_NAME:
        raise Problem.at(
            node, f"{where}: {name!r} has {len(name)} characters, the limit is {LONGEST_NAME}; shorten it"
        )
    if name in TAKEN:
        raise Problem.at(
            node,
            f"{where}: '{name}' is taken, since alerts.{name} is a topic of its own; choose another name",
        )
    return name


def _terms(node: Node, where: str) -> tuple[str, ...]:
    terms = _listed(node, where, _term)
    if not terms:
        raise Problem.at(node, f"{where}: is empty; list at least one term")
    return tuple(dict.fromkeys(terms))


def _listed(node: Node, where: str, reader: Callable[[Node, str], T]) -> tuple[T, ...]:
    return tuple(reader(item, f"{where}[{index}]") for index, item in enumerate(items_of(node, where)))


def _term(node: Node, where: str) -> str:
    term = text_of(node, where).strip()
    if not any(character.isalnum() for character in term):
        raise Problem.at(
            node, f"{where}: {term!r} has no letter or digit to look for; write a word or phrase"
        )
    if len(term) > LONGEST_TERM:
        raise Problem.at(
            node,
            f"{where}: '{term[:40]}…' has {len(term)} characters, the limit is {LONGEST_TERM}; shorten it "
            "to the words that matter",
        )
    return term


def _severity(node: Node, where: str) -> Severity:
    severity = text_of(node, where)
    if severity not in SEVERITIES:
        raise Problem.at(node, f"{where}: {severity!r} is no severity; write one of {', '.join(SEVERITIES)}")
    return severity  # type: ignore[return-value]  # one of the literals, as just checked


def _claims(node: Node, where: str) -> tuple[Claim, ...]:
    claims = _listed(node, where, _claim)
    if not claims:
        raise Problem.at(node, f"{where}: is empty; list what counts, or take it out: then all of it does")
    return tuple(dict.fromkeys(claims))


def _claim(node: Node, where: str) -> Claim:
    claim = text_of(node, where)
    if claim not in CLAIMS:
        raise Problem.at(node, f"{where}: {claim!r} is no kind of statement; write {', '.join(CLAIMS)}")
    return claim  # type: ignore[return-value]  # one of the literals, as just checked


def _group_by(node: Node, where: str) -> GroupBy:
    found = text_of(node, where)
    if found not in GROUPS:
        raise Problem.at(node, f"{where}: {found!r} is nothing to group by; write one of {', '.join(GROUPS)}")
    return found  # type: ignore[return-value]  # one of the literals, as just checked


def _stage(node: Node, where: str) -> Stage:
    stage = text_of(node, where)
    if stage not in STAGES:
        raise Problem.at(node, f"{where}: {stage!r} is no stage; write one of {', '.join(STAGES)}")
    return stage  # type: ignore[return-value]  # one of the literals, as just checked


def _cooldown(node: Node, where: str) -> int:
    text = node.value if isinstance(node, ScalarNode) else text_of(node, where)  # 30 is no text to YAML.
    found = re.fullmatch(COOLDOWN, text)
    seconds = int(found[1]) * _SECONDS[found[2]] if found else 0
    if not 0 < seconds <= LONGEST_COOLDOWN:
        raise Problem.at(
            node,
            f"{where}: {text!r} is no cooldown; write a time above zero and up to "
            f"{LONGEST_COOLDOWN // 3600}h, as in 30m, or take it out",
        )
    return seconds


def _scope(node: Node, where: str) -> Scope:
    fields = fields_of(node, where, tuple(SCOPES), required=())
    scope = Scope(
        **{field: _listed(items, f"{where}.{field}", SCOPES[field]) for field, items in fields.items()}
    )
    if scope == Scope():
        raise Problem.at(node, f"{where}: is empty; list languages, sources or entities, or take it out")
    return scope


def _language(node: Node, where: str) -> str:
    language = text_of(node, where)
    if not re.fullmatch(LANGUAGE, language):
        raise Problem.at(
            node, f"{where}: {language!r} is no language code; write two small letters (ISO 639-1), as in en"
        )
    return language


def _source(node: Node, where: str) -> str:
    source = text_of(node, where).strip()
    if not any(character.isalnum() for character in source) or source.count("*") > MOST_STARS:
        raise Problem.at(
            node,
            f"{where}: {source!r} is no source; write a name, as reuters.com, with at most {MOST_STARS} '*', "
            "as in *.gov",
        )
    return source


def _entity(node: Node, where: str) -> str:
    entity = text_of(node, where).strip()
    if len(entity) > LONGEST_ENTITY:
        raise Problem.at(
            node,
            f"{where}: '{entity[:40]}…' has {len(entity)} characters, the limit is {LONGEST_ENTITY}; write "
            "the name alone",
        )
    apart = taken_apart(entity)
    if apart is None:
        labels = ", ".join(label.lower() for label in LABELS)
        raise Problem.at(
            node,
            f"{where}: {entity!r}: '{entity.partition(':')[0].strip()}' is no label; write one of {labels} "
            f"before the name, as in person:Marco Rubio, or '{ANY_ID}:' before an id of your own",
        )
    if not any(character.isalnum() for character in apart.name):
        raise Problem.at(node, f"{where}: {entity!r} names nobody; write a name, as in person:Marco Rubio")
    return entity


SCOPES = {"languages": _language, "sources": _source, "entities": _entity}


def _url(node: Node, where: str) -> str:
    url = text_of(node, where)
    if not re.fullmatch(URL, url) or len(url) > LONGEST_URL:
        raise Problem.at(
            node,
            f"{where}: '{url[:60]}' is no address; write one that begins with https:// and has at most "
            f"{LONGEST_URL:,} characters",
        )
    return url


def _examples(node: Node, where: str) -> Examples:
    fields = fields_of(node, where, ("match", "no_match"), required=())
    return Examples(
        **{field: _listed(items, f"{where}.{field}", _example) for field, items in fields.items()}
    )


def _example(node: Node, where: str) -> Text:
    if isinstance(node, ScalarNode):
        return Text(body_text=text_of(node, where))
    fields = fields_of(node, where, EXAMPLE_FIELDS, required=())
    texts = {field: text_of(value, f"{where}.{field}") for field, value in fields.items()}
    return msgspec.convert(texts, Text)
