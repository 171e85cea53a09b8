"""What the stories stand on."""

from tests.browser.phone_pages import *  # noqa: F403
from tests.harness.fixtures import *  # noqa: F403
