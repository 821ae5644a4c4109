"""What all tests share."""

import signal

from hypothesis import settings

# The machines that run this share their processors: how long one example takes says nothing of the code.
settings.register_profile("newswatch", deadline=None)
settings.load_profile("newswatch")

# A shell's background job ignores Ctrl-C, and so would every program that a test starts and interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)
