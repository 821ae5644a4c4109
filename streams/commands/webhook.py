"""`newswatch webhook`: try the address that alerts are posted to, and see to those that did not arrive."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Annotated

import typer

from streams.commands.options import Bootstrap, Json, settings_from

if TYPE_CHECKING:
    from agents.webhook.backlog import Item
    from agents.webhook.configured import Webhook
    from agents.webhook.retry import Answer
    from streams.settings import Settings
    from streams.undelivered.topic import Read

app = typer.Typer(help="The address that alerts are posted to.", no_args_is_help=True)


Ids = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ALERT_ID]...", help="Only these; the beginning of an id is enough."),
]
Watches = Annotated[
    list[str] | None, typer.Option("--watch", "-w", help="Only this watch's; may be repeated.")
]
Reasons = Annotated[
    list[str] | None,
    typer.Option("--reason", help="Only refused, given_up, expired or unreadable; may be repeated."),
]
Since = Annotated[
    str | None,
    typer.Option(metavar="2h|DATE", help="Only what was given up since: so long ago, or a date (UTC)."),
]


@app.callback()
def webhook() -> None:
    """Try the address that alerts are posted to; see to those that did not arrive."""


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


@app.command()
def undelivered(
    alert_ids: Ids = None,
    watch: Watches = None,
    reason: Reasons = None,
    since: Since = None,
    bootstrap: Bootstrap = None,
    json: Json = False,
) -> None:
    """List the alerts that the webhook's receiver has still not got, and why."""
    settings = settings_from(kafka_bootstrap=bootstrap)
    _, items = _meant(settings, alert_ids, watch, reason, since)
    every = not (watch or reason or since)
    _show(items, "'newswatch webhook resend' posts {:,}", json=json, every=every)


@app.command()
def resend(
    alert_ids: Ids = None,
    watch: Watches = None,
    reason: Reasons = None,
    since: Since = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be posted, and end.")] = False,
    give_up: Annotated[
        str | None,
        typer.Option(metavar="5m|…", help="How long each is tried. Default: NEWSWATCH_WEBHOOK_GIVE_UP."),
    ] = None,
    bootstrap: Bootstrap = None,
    json: Json = False,
) -> None:
    """Post again what the webhook's receiver has not got, however old it is; what it takes is marked so.

    Each has the Webhook-Id that it had. The revisions of one alert keep their order, and one whose newer
    revision has been delivered is left out: it would set the receiver back. Exit code 0 if all were taken, 1
    if some were not; 130 if it was interrupted: the next resend goes on from there.
    """
    import msgspec

    from agents.webhook.configured import configured
    from streams.undelivered.run import run
    from streams.undelivered.show import summary, told

    settings = settings_from(kafka_bootstrap=bootstrap, webhook_give_up=give_up)
    webhook = configured(settings)
    found, items = _meant(settings, alert_ids, watch, reason, since)
    if dry_run:
        every = not (watch or reason or since)
        _show(items, f"a resend posts {{:,}} to {webhook.target.shown}", json=json, every=every)
        return
    ended = run(settings, webhook, found, [item for item in items if item.due])
    counts = told(ended.results, items)
    typer.echo(msgspec.json.encode(counts) if json else summary(counts))
    if ended.interrupted:
        typer.echo("newswatch: interrupted; the next resend goes on from here", err=True)
        raise typer.Exit(130)
    raise typer.Exit(1 if counts.not_taken else 0)


def _meant(
    settings: Settings,
    alert_ids: list[str] | None,
    watch: list[str] | None,
    reason: list[str] | None,
    since: str | None,
) -> tuple[Read, list[Item]]:
    """What there is, and those of the undelivered that are asked for."""
    from datetime import UTC, datetime

    from streams.subscribe.filter import moment
    from streams.undelivered.topic import read
    from streams.undelivered.wanted import Wanted, ids, reasons

    # What is wrong with the question is told before Kafka is asked.
    known, start = reasons(reason or ()), moment(since, datetime.now(UTC)) if since else None
    found = read(settings, settings.webhook_format)
    meant = ids(alert_ids or (), found.backlog)
    wanted = Wanted(ids=meant, watches=tuple(watch or ()), reasons=known, since=start)
    return found, [item for item in found.backlog.items() if wanted(item)]


def _show(items: list[Item], due: str, *, json: bool, every: bool) -> None:
    import msgspec

    from streams.undelivered.show import lines, listed

    if json:
        typer.echo(msgspec.json.encode([listed(item) for item in items]))
        return
    for item in items:
        typer.echo("\n    ".join(lines(item)))
    if items:
        typer.echo(f"{len(items):,} undelivered; {due.format(sum(item.due for item in items))}")
    else:
        typer.echo("nothing is undelivered" if every else "nothing undelivered fits")
