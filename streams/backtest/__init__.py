"""Watchlists tried on news that has been: the steps' own code, and what it gives held against each other."""
