"""`newswatch console`: pages for people, and alerts over HTTP, as a list and as a stream."""

from __future__ import annotations

import signal
import sys
from typing import Annotated

import typer

from streams.commands.options import Bootstrap, settings_from


def console(
    host: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Where to serve. Default: NEWSWATCH_CONSOLE_HOST or 127.0.0.1."),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(metavar="PORT", help="0 takes a free one. Default: NEWSWATCH_CONSOLE_PORT or 8464."),
    ] = None,
    bootstrap: Bootstrap = None,
) -> None:
    """Serve pages for people, and alerts as JSON and server-sent events for programs; until Ctrl-C.

    Other addresses than loopback need NEWSWATCH_CONSOLE_TOKEN, which each request then has to bring.
    """
    # Until the server runs there is nothing to stop in good order, and it calls these when it has stopped.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    settings = settings_from(console_host=host, console_port=port, kafka_bootstrap=bootstrap)
    from streams import logging
    from streams.admin import check_topics
    from streams.console.access import check
    from streams.console.api import TOPICS as READ
    from streams.console.api import Api
    from streams.console.serve import listen, serve, url
    from streams.topology import TOPICS

    secret = settings.console_token
    token = None if secret is None else secret.get_secret_value()
    check(settings.console_host, token)
    with listen(settings.console_host, settings.console_port) as listener:
        check_topics(settings, [topic for topic in TOPICS if topic.name in READ.values()])
        logging.configure(settings.log_level)

        def up() -> None:
            typer.echo(f"the console is at {url(settings.console_host, listener)}")
            sys.stdout.flush()

        api = Api(settings, token)
        serve(api.app(), listener, up=up, ending=api.close)
