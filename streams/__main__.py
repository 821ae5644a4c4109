"""`python -m streams` is `newswatch`."""

from streams.cli import main

if __name__ == "__main__":
    main()
