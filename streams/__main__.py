"""`python -m streams` is `newswatch`."""

if __name__ == "__main__":
    from streams.cli import main  # not in the processes it starts, which import this module as well

    main()
