#!/bin/sh
# Prometheus with the console's token in a file, from where it sends it to the console and to nobody else.
set -eu
umask 077
printf '%s' "${NEWSWATCH_CONSOLE_TOKEN:-}" > "${CONSOLE_TOKEN_FILE:-/tmp/console-token}"
unset NEWSWATCH_CONSOLE_TOKEN
exec "${PROMETHEUS_PROGRAM:-/bin/prometheus}" "$@"
