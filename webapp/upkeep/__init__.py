"""Upkeep: what an installation needs now and then from whoever looks after it, beside its backups."""

from webapp.upkeep.rotation import rotate_keys

__all__ = ["rotate_keys"]
