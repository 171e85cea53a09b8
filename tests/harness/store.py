"""What happens to a phone's database behind the back of the page that uses it."""

from __future__ import annotations

from tests.harness.handset import Handset

CHANGE_OWNER = """
new Promise((resolve, reject) => {
  const opening = indexedDB.open("friendtor");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const transaction = opening.result.transaction("owners", "readwrite");
    transaction.oncomplete = () => { opening.result.close(); resolve(true); };
    const owners = transaction.objectStore("owners");
    owners.getAll().onsuccess = ({ target }) => {
      for (const owner of target.result) {
        %s;
        owners.put(owner);
      }
    };
  };
})
"""


def change_owner(device: Handset, change: str) -> None:
    """Change `owner` on the disk, by a statement in JavaScript."""
    assert device.run(CHANGE_OWNER % change)
