"""The fixtures of stories, for walks with a real phone."""

from tests.harness.fixtures import *  # noqa: F403
