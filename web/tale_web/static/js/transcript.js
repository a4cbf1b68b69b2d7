/** Shows the transcript: appends what is new, takes away what is too old, and keeps the reader's place. */

import { blockElement, inputElement } from "./blocks.js";
import { byId } from "./dom.js";
import { actionsOf, commandOf } from "./scene.js";

/** @typedef {import("./state.js").State} State */

/** Pixels from the end at which the reader still counts as being at the end. */
const NEAR = 48;

/** Blocks above which a redraw is not read out: it is the past, not news. */
const READ_OUT = 12;

export class Transcript {
  #log = byId("log");
  #text = byId("log-text");
  #pending = byId("log-pending");
  #more = byId("more");
  /** @type {number[]} the `n` of each block shown, oldest first */
  #shown = [];
  #wiped = 0;
  #next = 0;
  #following = true;
  /** @type {State | null} */
  #state = null;
  /** @type {import("./protocol.js").Scene | null} the scene by which the references were last drawn */
  #drawnScene = null;

  /** @param {(line: string) => void} run types a command for the player */
  constructor(run) {
    this.#text.addEventListener("click", (event) => {
      const ref = event.target instanceof Element ? event.target.closest("button.ref") : null;
      const command = ref instanceof HTMLElement && commandOf(this.#state?.scene ?? null, ref.dataset["ref"] ?? "");
      if (command) {
        run(command);
      }
    });
    this.#log.addEventListener("scroll", () => this.#onScroll(), { passive: true });
    this.#more.addEventListener("click", () => {
      this.follow();
      this.#log.focus({ preventScroll: true });
    });
    // The keyboard of a telephone, a turned screen: what was at the end stays at the end.
    new ResizeObserver(() => this.#following && this.#settle(true)).observe(this.#log);
  }

  /** Go to the end and stay there: the reader has typed something. */
  follow() {
    this.#following = true;
    this.#settle(true);
  }

  /** @param {State} state */
  show(state) {
    this.#state = state;
    const fresh = this.#drawBlocks(state);
    this.#drawPending(state);
    if (fresh || state.scene !== this.#drawnScene) {
      this.#drawRefs(state);
    }
    if (fresh) {
      this.#settle(false);
    }
  }

  /** @param {State} state */
  #drawBlocks(state) {
    if (state.wiped !== this.#wiped) {
      this.#wiped = state.wiped;
      this.#text.replaceChildren();
      this.#shown = [];
      this.#following = true;
    }
    const fresh = state.blocks.filter((each) => each.n >= this.#next);
    if (!fresh.length) {
      return false;
    }
    if (fresh.length > READ_OUT) {
      this.#log.setAttribute("aria-live", "off");
      setTimeout(() => this.#log.setAttribute("aria-live", "polite"), 1000);
    }
    this.#text.append(
      ...fresh.map(({ n, block }) => {
        const element = blockElement(block);
        element.classList.toggle("fresh", n >= state.turnStart);
        element.dataset["n"] = String(n);
        return element;
      }),
    );
    this.#shown.push(...fresh.map((each) => each.n));
    this.#next = state.next;
    const oldest = state.blocks[0]?.n ?? 0;
    while (this.#shown.length && (this.#shown[0] ?? oldest) < oldest) {
      this.#shown.shift();
      this.#text.firstElementChild?.remove();
    }
    return true;
  }

  /** @param {State} state */
  #drawPending(state) {
    const { phase } = state.link;
    const why = phase === "open" ? "" : phase === "stopped" ? "(not sent)" : "(waiting for the connection)";
    this.#pending.replaceChildren(
      ...state.pending.map((command) =>
        inputElement(
          command.secret ? "" : command.line,
          "pending",
          command.stage === "taken" ? "" : why,
        ),
      ),
    );
    if (state.pending.length && this.#following) {
      this.#settle(true);
    }
  }

  /** Only what is still here can be acted on, and only the newest turn is in the way of the Tab key. @param {State} state */
  #drawRefs(state) {
    this.#drawnScene = state.scene;
    for (const element of this.#text.querySelectorAll("button.ref")) {
      const ref = /** @type {HTMLButtonElement} */ (element);
      const commands = actionsOf(state.scene, ref.dataset["ref"] ?? "");
      const block = ref.closest("[data-n]");
      const newest = block instanceof HTMLElement && Number(block.dataset["n"]) >= state.turnStart;
      ref.disabled = !commands.length;
      ref.tabIndex = newest ? 0 : -1;
      ref.title = commands[0] ?? "";
    }
  }

  /** Scroll to the end, but not past the beginning of what is new. @param {boolean} toEnd */
  #settle(toEnd) {
    if (this.#following) {
      const log = this.#log;
      const end = log.scrollHeight - log.clientHeight;
      const first = this.#text.querySelector(`[data-n="${this.#state?.turnStart ?? 0}"]`);
      const top = first instanceof HTMLElement && !toEnd ? first.offsetTop - NEAR / 2 : end;
      log.scrollTop = Math.min(end, top);
    }
    this.#drawMore();
  }

  #onScroll() {
    this.#following = this.#isAtEnd();
    this.#drawMore();
  }

  #isAtEnd() {
    return this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < NEAR;
  }

  #drawMore() {
    this.#more.hidden = this.#isAtEnd();
  }
}
