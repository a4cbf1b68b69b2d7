/** Asks a scene what can be done: the one place that knows where in it a reference is to be found. */

/** @typedef {import("./protocol.js").Scene} Scene */

const EXIT = "exit:";

/**
 * Return the commands for a reference of the text, likeliest first; none when it is not here any more.
 *
 * @param {Scene | null} scene
 * @param {string} ref a thing's id or `exit:<direction>`
 * @returns {readonly string[]}
 */
export function actionsOf(scene, ref) {
  if (!scene) {
    return [];
  }
  if (ref.startsWith(EXIT)) {
    const direction = ref.slice(EXIT.length);
    return (scene.exits ?? []).filter((each) => each.direction === direction).map((each) => each.command);
  }
  const entries = [...(scene.things ?? []), ...(scene.people ?? []), ...(scene.inventory ?? [])];
  return entries.find((each) => each.id === ref)?.commands ?? [];
}

/**
 * Return the likeliest command for a reference; empty when there is none.
 *
 * @param {Scene | null} scene
 * @param {string} ref
 */
export function commandOf(scene, ref) {
  return actionsOf(scene, ref)[0] ?? "";
}

/**
 * Shorten a command for a button that stands beside the thing's name: "take brass lamp" becomes "take".
 *
 * @param {string} command
 * @param {string} name
 */
export function verbOf(command, name) {
  const short = command.toLowerCase().endsWith(` ${name.toLowerCase()}`) ? command.slice(0, -name.length - 1) : command;
  return short.replace(/\s+(the|a|an)$/, "");
}
