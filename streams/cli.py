"""The command `newswatch`: one module a command under `streams/commands/`, and one place for errors."""

from __future__ import annotations

import errno
import os
import sys

import typer

from streams.commands import models, silence, topics, watch, webhook
from streams.commands.alerts import alerts
from streams.commands.backtest import backtest
from streams.commands.broker import broker
from streams.commands.clean import clean
from streams.commands.console import console
from streams.commands.duplicates import duplicates
from streams.commands.extract import extract
from streams.commands.feeds import feeds
from streams.commands.match import match
from streams.commands.replay import replay
from streams.commands.run import run
from streams.commands.why import why
from streams.commands.worker import worker

app = typer.Typer(
    name="newswatch",
    help="Watch incoming news: duplicates, entities, watched terms, alerts.",
    epilog="Exit code: 0 if all went well; 1 if not, and a line on standard error says what; 2 for an option "
    "that is not understood; 130 if it was interrupted.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(run)
app.command()(worker)
app.command()(replay)
app.command()(feeds)
app.command()(alerts)
app.command()(console)
app.command()(backtest)
app.command()(broker)
app.command()(extract)
app.command()(duplicates)
app.command()(match)
app.command()(clean)
app.command()(why)
app.add_typer(models.app, name="models")
app.add_typer(silence.app, name="silence")
app.add_typer(topics.app, name="topics")
app.add_typer(watch.app, name="watch")
app.add_typer(webhook.app, name="webhook")


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def main() -> None:
    """Run a command. An error that names its cause is one line and exit code 1, not a traceback."""
    try:
        app()
    except OSError as error:
        if error.errno not in _FULL:
            raise
        where = f" for {error.filename}" if error.filename else ""
        sys.stderr.write(f"newswatch: {error.strerror}{where}: free some space, or write elsewhere\n")
        # What could not be written is still in the buffer, and Python would try it again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(1)
    except Exception as error:
        if not _is_ours(error):
            raise
        sys.stderr.write(f"newswatch: {error}\n")
        sys.exit(1)


def _is_ours(error: Exception) -> bool:
    """Whether the error was raised to be read by a person: by this project, or by Kafka, which went away."""
    return type(error).__module__.partition(".")[0] in {
        "agents",
        "aiokafka",
        "kafka",
        "seeds",
        "streams",
    }
