"""Where the lines of a file say that people work: known units, and those that the import would add. Pure."""

from __future__ import annotations

import hashlib
from uuid import UUID

from webapp.staff.directory import Directory


def id_for(import_id: UUID, *words: str) -> UUID:
    """A UUIDv7 of the import's moment that is always the same for the same words."""
    digest = hashlib.sha256(import_id.bytes + "\x1f".join(words).encode()).digest()
    value = import_id.int >> 80 << 80 | int.from_bytes(digest[:10], "big")
    return UUID(int=value & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62)


class Places:
    """Finds the unit of a line. `new` are [site, its id, unit, its id] of what is not there yet."""

    def __init__(self, here: Directory | None = None, import_id: UUID | None = None) -> None:
        here = here or Directory()
        self._sites, self._units, self._import_id = dict(here.sites), dict(here.units), import_id or UUID(int=0)
        self.new_sites: dict[str, UUID] = {}
        self.new_units: dict[tuple[str, str], UUID] = {}

    @property
    def new(self) -> list[list[str]]:
        """What would be added, as it is compared."""
        sites = [[name] for name in sorted(self.new_sites)]
        return sites + [list(each) for each in sorted(self.new_units)]

    def site_id(self, site: str) -> UUID:
        """The id of a site that is there or will be."""
        return self._sites[site.casefold()]

    def unit_of(self, site: str, unit: str) -> UUID | None:
        """The unit with this name; a new one where there is none. Raises `LookupError` where the site is not clear."""
        if not unit:
            return None
        site = site or self._only_site_with(unit)
        if site.casefold() not in self._sites:
            self._sites[site.casefold()] = self.new_sites[site] = id_for(self._import_id, "site", site.casefold())
        key = site.casefold(), unit.casefold()
        if key not in self._units:
            self._units[key] = self.new_units[site, unit] = id_for(self._import_id, "unit", *key)
        return self._units[key]

    def _only_site_with(self, unit: str) -> str:
        having = {site for site, name in self._units if name == unit.casefold()}
        candidates = having or set(self._sites)
        if len(candidates) != 1:
            raise LookupError(unit)
        return candidates.pop()
