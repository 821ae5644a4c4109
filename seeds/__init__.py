"""The user's seed articles, the default watchlist, lists of names, and the generator of load."""

from pathlib import Path

FOLDER = Path(__file__).parent
ARTICLES = FOLDER / "articles"
DEFAULT_WATCHLIST = FOLDER / "watchlist.yaml"
