"""`newswatch clean`: what cleaning keeps of an input and what it cuts, without a broker."""

from __future__ import annotations

from typing import Annotated

import typer

from streams.commands.options import Json  # noqa: TC001  Typer reads annotations at run time


def clean(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="An article as a producer sends it: text, HTML or JSON; - is standard input."
        ),
    ],
    json: Json = False,
) -> None:
    """Say what of an article is kept, what is cut as the page's, and by which rule.

    The same that ingest does: where a text was swallowed, the rule that did it is
    named here. Exit code 1 if the input is refused.
    """
    import msgspec
    from rich.console import Console

    from streams.offline.clean import lines, read_input, shown

    one = shown(read_input(file))
    if json:
        typer.echo(msgspec.json.encode(one))
        return
    console = Console(highlight=False, soft_wrap=True)
    for line in lines(one):
        console.print(line, markup=False)
