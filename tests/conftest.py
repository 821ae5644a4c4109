"""What all tests share."""

from hypothesis import settings

# The machines that run this share their processors: how long one example takes says nothing of the code.
settings.register_profile("newswatch", deadline=None)
settings.load_profile("newswatch")
