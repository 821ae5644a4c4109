#!/bin/sh
# Alertmanager with the receivers' address put in: ALERTMANAGER_WEBHOOK_URL, or the first line of the file that
# ALERTMANAGER_WEBHOOK_URL_FILE names (an address may hold a token). Without either, alerts are shown and not posted.
set -eu
from="${ALERTMANAGER_CONFIG:-/etc/alertmanager/alertmanager.yml}"
to="${ALERTMANAGER_FILLED_IN:-/tmp/alertmanager.yml}"
url="${ALERTMANAGER_WEBHOOK_URL:-}"
if [ -n "${ALERTMANAGER_WEBHOOK_URL_FILE:-}" ]; then
    [ -z "$url" ] || { echo "ALERTMANAGER_WEBHOOK_URL and ALERTMANAGER_WEBHOOK_URL_FILE are both set: take one out" >&2; exit 1; }
    [ -r "$ALERTMANAGER_WEBHOOK_URL_FILE" ] || { echo "ALERTMANAGER_WEBHOOK_URL_FILE=$ALERTMANAGER_WEBHOOK_URL_FILE can't be read" >&2; exit 1; }
    url="$(head -n 1 "$ALERTMANAGER_WEBHOOK_URL_FILE")"
fi
umask 077
case "$url" in
    "") sed '/webhook_configs:/d' "$from" > "$to" ;;
    *"'"* | *" "*) echo "ALERTMANAGER_WEBHOOK_URL has a quote or a space in it: write them as %27 and %20" >&2; exit 1 ;;
    http://* | https://*)
        escaped="$(printf '%s' "$url" | sed 's/[&|\\]/\\&/g')"
        sed "s|http://webhook.invalid/|$escaped|" "$from" > "$to" ;;
    *) echo "ALERTMANAGER_WEBHOOK_URL is no address: write http(s)://host[:port]/path" >&2; exit 1 ;;
esac
exec "${ALERTMANAGER_PROGRAM:-/bin/alertmanager}" --config.file="$to" --storage.path="${ALERTMANAGER_STORAGE:-/alertmanager}" --data.retention=240h "$@"
