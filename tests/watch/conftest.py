"""A push service on loopback and phones that have subscribed there, as the tests of push have them."""

from tests.push.conftest import kept_on_postgres, kept_on_sqlite, phone_of, service, standing_service

__all__ = ["kept_on_postgres", "kept_on_sqlite", "phone_of", "service", "standing_service"]
