"""Batch mode: a broker, workers and a replay of its own, counted to the last article."""
