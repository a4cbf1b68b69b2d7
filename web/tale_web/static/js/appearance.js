/** The reader's choice of colours and size of type, kept in this browser; loaded before the first paint of each page. */

import { browserShelf } from "./storage.js";

/** @type {Readonly<Record<"theme" | "size", readonly string[]>>} the first of each is the default */
const CHOICES = { theme: ["auto", "light", "dark"], size: ["medium", "small", "large", "huge"] };

/** @param {"theme" | "size"} what */
export function chosen(what) {
  const value = browserShelf.get(`tale.${what}`) ?? "";
  return CHOICES[what].includes(value) ? value : (CHOICES[what][0] ?? "");
}

/**
 * @param {"theme" | "size"} what
 * @param {string} value
 */
export function choose(what, value) {
  browserShelf.set(`tale.${what}`, value);
  apply();
}

/** Let the style sheet know what was chosen. */
function apply() {
  const root = document.documentElement;
  root.dataset["theme"] = chosen("theme");
  root.dataset["size"] = chosen("size");
}

apply();
window.addEventListener("storage", apply);
