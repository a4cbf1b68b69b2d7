/** Shows the ways out as a compass: a list of buttons that the style sheet lays out as a rose, or as a row on a phone. */

import { byId, h, redraw } from "./dom.js";

/** @typedef {import("./protocol.js").ExitEntry} ExitEntry */

/** Directions that have a place of their own on the rose, in the order in which they are read out. */
const ROSE = new Map([
  ["north", "N"],
  ["northeast", "NE"],
  ["east", "E"],
  ["southeast", "SE"],
  ["south", "S"],
  ["southwest", "SW"],
  ["west", "W"],
  ["northwest", "NW"],
  ["up", "Up"],
  ["down", "Down"],
  ["in", "In"],
  ["out", "Out"],
]);

export class Exits {
  #list = byId("exit-list");
  #heading = byId("place-name");
  #run;
  /** @type {readonly ExitEntry[] | undefined} */
  #drawn;

  /** @param {(line: string) => void} run */
  constructor(run) {
    this.#run = run;
  }

  /** @param {import("./state.js").State} state */
  show(state) {
    const exits = state.scene?.exits;
    if (exits === this.#drawn && exits !== undefined) {
      return;
    }
    this.#drawn = exits;
    const order = [...ROSE.keys()];
    const sorted = [...(exits ?? [])].sort((a, b) => place(order, a) - place(order, b));
    redraw(this.#list, sorted.map((exit) => this.#item(exit)), this.#heading);
    byId("exits").classList.toggle("has-exits", sorted.length > 0);
  }

  /** @param {ExitEntry} exit */
  #item(exit) {
    const short = ROSE.get(exit.direction);
    const known = [exit.label, exit.state].filter(Boolean).join(", ");
    const button = h(
      "button",
      {
        class: `exit ${exit.state ? `is-${exit.state}` : ""}`.trim(),
        click: () => this.#run(exit.command),
        attrs: {
          type: "button",
          "data-key": exit.direction,
          "aria-label": known ? `${exit.direction}: ${known}` : exit.direction,
          title: known || exit.direction,
        },
      },
      h("span", { class: "exit-way", text: short ?? exit.direction }),
      known ? h("span", { class: "exit-known", text: (exit.label || exit.state || "").replace(/^the /i, "") }) : null,
    );
    return h("li", { class: short ? `way-${exit.direction}` : "way-other" }, button);
  }
}

/**
 * @param {readonly string[]} order
 * @param {ExitEntry} exit
 */
function place(order, exit) {
  const index = order.indexOf(exit.direction);
  return index < 0 ? order.length : index;
}
