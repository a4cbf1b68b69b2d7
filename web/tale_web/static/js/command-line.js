/** The line in which the player types: history, completion, hidden typing, and what may be sent. */

import { Completion } from "./completion.js";
import { byId } from "./dom.js";
import { History } from "./history.js";

/** @typedef {import("./state.js").State} State */

/** Bytes that one line may have. */
const LIMIT = 8192;

/** What the line says of itself while it is empty. */
const INVITATION = "What now?";

export class CommandLine {
  #form = /** @type {HTMLFormElement} */ (byId("command"));
  #input = /** @type {HTMLInputElement} */ (byId("line"));
  #history;
  #completion = new Completion(this.#input);
  #asked = false;

  /**
   * @param {readonly string[]} lines typed before
   * @param {(line: string) => boolean} run returns whether it was taken
   * @param {(lines: readonly string[]) => void} remember
   * @param {(sentence: string) => void} notice
   */
  constructor(lines, run, remember, notice) {
    this.#history = new History(lines);
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit(run, remember, notice);
    });
    this.#input.addEventListener("keydown", (event) => {
      if (this.#completion.key(event) || this.#recall(event)) {
        event.preventDefault();
      }
    });
  }

  /** @param {State} state */
  show(state) {
    const input = this.#input;
    const closed = state.link.phase === "stopped";
    this.#asked = state.asked;
    if (input.disabled !== closed) {
      input.disabled = closed;
      byId("send").toggleAttribute("disabled", closed);
    }
    const type = state.secret ? "password" : "text";
    if (input.type !== type) {
      input.type = type;
      input.value = "";
      this.#completion.close();
    }
    const label = state.secret ? "Your answer, which is not shown" : state.answers.length ? "Your answer" : "Command";
    input.setAttribute("aria-label", label);
    input.placeholder = closed ? "" : state.secret || state.answers.length ? label : INVITATION;
  }

  /** Put the cursor into the line, unless that would bring up a keyboard over the text: `typing` says it is up. */
  focus(typing = false) {
    if (!this.#input.disabled && (typing || matchMedia("(pointer: fine)").matches)) {
      this.#input.focus({ preventScroll: true });
    }
  }

  /**
   * @param {(line: string) => boolean} run
   * @param {(lines: readonly string[]) => void} remember
   * @param {(sentence: string) => void} notice
   */
  #submit(run, remember, notice) {
    const line = this.#input.value;
    const secret = this.#input.type === "password";
    if (!line.trim() && !this.#asked && !secret) {
      return;
    }
    if (new TextEncoder().encode(line).length > LIMIT) {
      notice(`That line is too long: ${LIMIT} bytes is the most that a command may have.`);
      return;
    }
    if (!run(line)) {
      return;
    }
    this.#completion.close();
    this.#input.value = "";
    if (!secret) {
      this.#history.add(line.trim());
      remember(this.#history.lines);
    }
  }

  /** @param {KeyboardEvent} event */
  #recall(event) {
    const up = event.key === "ArrowUp";
    if ((!up && event.key !== "ArrowDown") || this.#input.type === "password") {
      return false;
    }
    const line = this.#history.step(up ? -1 : 1, this.#input.value);
    if (line !== null) {
      this.#input.value = line;
      this.#input.setSelectionRange(line.length, line.length);
    }
    return true;
  }
}
