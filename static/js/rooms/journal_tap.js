/** One tap on an entry: showing, taking the showing back, bringing it out of the trash. */

const AFTER = { show: { shown: true }, hide: { shown: false }, restore: { trashed_at: null, shown: false } };

export function preview(_said, before, action) {
  return { ...before, ...AFTER[action] };
}
