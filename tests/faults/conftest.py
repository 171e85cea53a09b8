"""What the faults stand on."""

from tests.harness.fixtures import *  # noqa: F403
