/** Pulls what changed for this person into the mirror. */

/** @returns {Promise<"done"|"nobody"|"down">} */
export async function pull({ wire, mirror, owner }) {
  let position = owner.feed;
  for (let rebuilt = false; ; ) {
    const { said, data } = await wire.feed(position);
    if (said === "rebuild" && !rebuilt) {
      rebuilt = true;
      await mirror.drop(owner);
      position = { rev: 0, epoch: null };
    } else if (said !== "answer" || data.person !== owner.person) {
      return said === "nobody" ? "nobody" : "down"; // another's feed never enters this owner's mirror
    } else {
      position = { rev: data.rev, epoch: data.epoch };
      if (!(await mirror.take(owner, data.items, position)) || !data.more) return "done";
    }
  }
}
