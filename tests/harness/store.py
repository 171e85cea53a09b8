"""What happens to a phone's database behind the back of the page that uses it."""

from __future__ import annotations

from tests.harness.handset import Handset

# Null while there is none: whoever opens it first decides its version, and must be the page. A connection of a test's
# that stays open would hold up every later version.
KEPT_DATABASE = """
const keptDatabase = () => new Promise((resolve, reject) => {
  const opening = indexedDB.open("friendtor");
  let absent = false;
  opening.onupgradeneeded = () => { absent = true; opening.transaction.abort(); };
  opening.onerror = () => (absent ? resolve(null) : reject(opening.error));
  opening.onsuccess = () => resolve(opening.result);
});
const inKeptDatabase = async (names, read) => {
  const database = await keptDatabase();
  if (!database) return [];
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(names);
      const found = [];
      for (const name of names) {
        read(transaction.objectStore(name)).onsuccess = ({ target }) => found.push(target.result);
      }
      transaction.oncomplete = () => resolve(found);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
};
"""
ROWS_OF = f"""
async (names) => {{
  {KEPT_DATABASE}
  return (await inKeptDatabase(names, (store) => store.getAll())).flat();
}}
"""
KNOWS_ITS_OWNER = f"""
async () => {{
  {KEPT_DATABASE}
  return (await inKeptDatabase(["meta"], (store) => store.get("current"))).some(Boolean);
}}
"""
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
