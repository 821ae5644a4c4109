"""`newswatch webhook`: try the address that alerts are posted to."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from agents.webhook.configured import Webhook
    from agents.webhook.retry import Answer

app = typer.Typer(help="The address that alerts are posted to.", no_args_is_help=True)


@app.callback()
def webhook() -> None:
    """Try the address that alerts are posted to."""


@app.command("test")
def try_it(
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="Another address than NEWSWATCH_WEBHOOK_URL.")
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="plain|alertmanager", help="Else NEWSWATCH_WEBHOOK_FORMAT."),
    ] = None,
) -> None:
    """Post one alert that is marked as a test, once, and say what came back.

    Exit code 0 if the receiver took it, 1 if not.
    """
    from agents.webhook.configured import configured
    from streams.commands.options import settings_from
    from streams.subscribe.clean import clean

    webhook = configured(settings_from(webhook_url=url, webhook_format=format_))
    signed = "signed" if webhook.terms.key else "not signed"
    typer.echo(f"posting a test alert to {webhook.target.shown} ({webhook.terms.format}, {signed})")
    start = time.monotonic()
    answer = asyncio.run(_post(webhook))
    taken = answer.kind == "2xx"
    spent = f"{time.monotonic() - start:.2f} s"
    typer.echo(f"{'taken' if taken else 'NOT TAKEN'} after {spent}: {clean(answer.message)}", err=not taken)
    raise typer.Exit(0 if taken else 1)


async def _post(webhook: Webhook) -> Answer:
    from datetime import UTC, datetime, timedelta

    from agents.webhook.courier import Courier
    from agents.webhook.trial import trial
    from streams.wire import encoder

    # One attempt: whoever waits for the answer wants the first one.
    terms = webhook.terms._replace(give_up=timedelta(0))
    async with webhook.client() as client:
        delivery = await Courier(terms, client.post).bring(encoder.encode(trial(datetime.now(UTC))))
    if delivery.answer is None:
        raise RuntimeError(f"a test alert was not posted: {delivery.outcome}")
    return delivery.answer
