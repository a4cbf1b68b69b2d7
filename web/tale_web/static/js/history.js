/** The lines typed before, to be recalled with the arrow keys, as a shell does it. */

const LIMIT = 200;

export class History {
  /** @type {string[]} */
  #lines;
  #at;
  /** What was being typed when the reader began to look back. */
  #draft = "";

  /** @param {readonly string[]} lines oldest first */
  constructor(lines) {
    this.#lines = [...lines];
    this.#at = this.#lines.length;
  }

  /** All lines, oldest first. @returns {readonly string[]} */
  get lines() {
    return this.#lines;
  }

  /** Add a line; the same one twice running counts once. @param {string} line */
  add(line) {
    if (line && this.#lines.at(-1) !== line) {
      this.#lines = [...this.#lines, line].slice(-LIMIT);
    }
    this.#at = this.#lines.length;
    this.#draft = "";
  }

  /**
   * Step back (-1) or forward (1); null when there is nothing further.
   *
   * @param {-1 | 1} step
   * @param {string} current what stands in the line now
   * @returns {string | null}
   */
  step(step, current) {
    const to = this.#at + step;
    if (to < 0 || to > this.#lines.length) {
      return null;
    }
    if (this.#at === this.#lines.length) {
      this.#draft = current;
    }
    this.#at = to;
    return this.#lines[to] ?? this.#draft;
  }
}
