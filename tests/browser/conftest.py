"""What the stories stand on."""

from tests.harness.fixtures import *  # noqa: F403
