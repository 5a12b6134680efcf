"""Property tests draw the same examples every time: a run of the tests depends on nothing but the code."""

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")
