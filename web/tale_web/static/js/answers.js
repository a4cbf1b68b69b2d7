/** Shows the answers to an open question as buttons above the command line. */

import { byId, h, redraw } from "./dom.js";

export class Answers {
  #box = byId("answers");
  #run;
  /** @type {readonly import("./protocol.js").Option[]} */
  #drawn = [];

  /** @param {(line: string) => void} run */
  constructor(run) {
    this.#run = run;
  }

  /** @param {import("./state.js").State} state */
  show(state) {
    if (state.answers === this.#drawn) {
      return;
    }
    this.#drawn = state.answers;
    this.#box.hidden = !state.answers.length;
    redraw(
      this.#box,
      state.answers.map((option) =>
        h("button", {
          class: "chip answer",
          text: option.label,
          click: () => this.#run(option.command),
          attrs: { type: "button" },
        }),
      ),
      byId("line"),
    );
  }
}
