/**
 * Completes the command line with Tab: the common beginning at once, the rest from a list (a combobox with a listbox).
 *
 * Tab is taken only when there is something to complete. After Escape, or when there was nothing to add, the next Tab
 * leaves the line as it does everywhere else.
 */

import { byId, h } from "./dom.js";

/** Milliseconds that the game may take to answer. */
const DEADLINE = 2500;

export class Completion {
  #input;
  #list = byId("completions");
  #hint = byId("completion-hint");
  /** @type {readonly string[]} */
  #items = [];
  #at = -1;
  #letGo = false;
  #asked = 0;

  /** @param {HTMLInputElement} input */
  constructor(input) {
    this.#input = input;
    input.addEventListener("input", () => {
      this.#letGo = false;
      this.#say("");
      this.close();
    });
    input.addEventListener("blur", () => this.close());
    // Choosing with the mouse must not take the focus from the line.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
      if (option) {
        this.#choose(option.textContent ?? "");
      }
    });
  }

  /**
   * Take the keys that belong to completion; return whether this one did.
   *
   * @param {KeyboardEvent} event
   */
  key(event) {
    const open = this.#items.length > 0;
    if (event.key === "Escape") {
      this.#letGo = true;
      this.close();
      return open;
    }
    if (event.key === "Tab" && !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey) {
      return this.#tab(open);
    }
    if (!open) {
      return false;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.#move(event.key === "ArrowDown" ? 1 : -1);
      return true;
    }
    const chosen = this.#items[this.#at];
    if (event.key === "Enter" && chosen !== undefined) {
      this.#choose(chosen);
      return true;
    }
    return false;
  }

  /** Close the list. */
  close() {
    this.#asked += 1;
    this.#items = [];
    this.#at = -1;
    this.#draw();
  }

  /** @param {boolean} open */
  #tab(open) {
    if (open) {
      this.#move(1);
      return true;
    }
    if (this.#letGo || !this.#input.value.trim() || this.#input.type === "password") {
      return false;
    }
    void this.#ask();
    return true;
  }

  async #ask() {
    const asked = ++this.#asked;
    const prefix = this.#input.value;
    const found = await fetchCompletions(prefix);
    if (asked !== this.#asked || this.#input.value !== prefix) {
      return;
    }
    const items = found.filter((each) => each !== prefix);
    const common = commonBeginning(items);
    if (common.length > prefix.length && common.toLowerCase().startsWith(prefix.toLowerCase())) {
      this.#input.value = common;
    }
    if (items.length > 1) {
      this.#items = items;
      this.#draw();
      this.#say(`${items.length} ways to go on. Choose with the arrow keys.`);
    } else {
      this.#letGo = items.length === 0;
      this.#say(items[0] ?? "Nothing to complete. Tab leaves the command line.");
    }
  }

  /** @param {1 | -1} step */
  #move(step) {
    const count = this.#items.length;
    this.#at = this.#at < 0 && step < 0 ? count - 1 : (this.#at + step + count) % count;
    this.#draw();
  }

  /** @param {string} line */
  #choose(line) {
    this.#input.value = line;
    this.close();
  }

  #draw() {
    const open = this.#items.length > 0;
    this.#list.hidden = !open;
    this.#input.setAttribute("aria-expanded", String(open));
    this.#list.replaceChildren(
      ...this.#items.map((item, index) =>
        h("li", {
          text: item,
          attrs: { id: `completion-${index}`, role: "option", "aria-selected": index === this.#at ? "true" : "false" },
        }),
      ),
    );
    if (this.#at >= 0) {
      this.#input.setAttribute("aria-activedescendant", `completion-${this.#at}`);
      this.#list.children[this.#at]?.scrollIntoView({ block: "nearest" });
    } else {
      this.#input.removeAttribute("aria-activedescendant");
    }
  }

  /** @param {string} sentence for those who do not see the list */
  #say(sentence) {
    this.#hint.textContent = sentence;
  }
}

/**
 * @param {string} prefix
 * @returns {Promise<readonly string[]>} none when the game cannot be asked
 */
async function fetchCompletions(prefix) {
  try {
    const address = `tabcomplete?${new URLSearchParams({ prefix })}`;
    const answer = await fetch(address, {
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(DEADLINE),
    });
    const items = answer.ok ? await answer.json() : [];
    return Array.isArray(items) ? items.map(String) : [];
  } catch {
    return [];
  }
}

/** @param {readonly string[]} items */
function commonBeginning(items) {
  let common = items[0] ?? "";
  for (const item of items) {
    while (!item.startsWith(common)) {
      common = common.slice(0, -1);
    }
  }
  return common;
}
