"""The watchlist as a topic: published by `newswatch watch`, followed by every worker."""
