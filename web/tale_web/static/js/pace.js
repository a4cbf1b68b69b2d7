/** Keep to the server's rate: a bucket of tokens, one a command, so that a full queue is not sent in one breath. */

const RATE = 10;
const BURST = 20;

/** What is kept in reserve of the rate that the server allows: its clock and ours do not agree exactly. */
const CARE = 0.8;

export class Pace {
  #rate = RATE * CARE;
  #burst = BURST;
  #tokens = BURST;
  #filled = performance.now();
  #restUntil = 0;
  /** @type {number | undefined} */
  #timer;
  #go;

  /** @param {() => void} go called when the next command may go after it was held up */
  constructor(go) {
    this.#go = go;
  }

  /** Take over the server's limits. @param {import("./protocol.js").Limits} limits */
  limit(limits) {
    this.#rate = (limits.rate || RATE) * CARE;
    this.#burst = Math.max(1, Math.floor((limits.burst || BURST) * CARE));
    this.#tokens = Math.min(this.#tokens, this.#burst);
  }

  /** Hold everything for some milliseconds. @param {number} ms */
  rest(ms) {
    this.#tokens = Math.min(this.#tokens, 1);
    this.#restUntil = performance.now() + ms;
    this.#wait(ms);
  }

  /** Spend a token; without one return false and call back when there is one. */
  mayGo() {
    const now = performance.now();
    if (now < this.#restUntil) {
      this.#wait(this.#restUntil - now);
      return false;
    }
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#filled) * this.#rate) / 1000);
    this.#filled = now;
    if (this.#tokens < 1) {
      this.#wait(((1 - this.#tokens) * 1000) / this.#rate);
      return false;
    }
    this.#tokens -= 1;
    return true;
  }

  /** @param {number} ms */
  #wait(ms) {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(this.#go, ms + 5);
  }
}
