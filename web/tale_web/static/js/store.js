/** Holds the state and tells the views when it has changed. */

import { START, reduce } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Action} Action */
/** @typedef {(state: State, before: State) => void} View */

export class Store {
  #state = START;
  /** @type {View[]} */
  #views = [];

  /** The present state. @returns {State} */
  get state() {
    return this.#state;
  }

  /** Draw with this view now and after every change. @param {View} view */
  show(view) {
    this.#views.push(view);
    view(this.#state, START);
  }

  /** Let something happen; all views are drawn before this returns. @param {Action} action */
  happen(action) {
    const before = this.#state;
    this.#state = reduce(before, action);
    for (const view of this.#views) {
      view(this.#state, before);
    }
  }
}
