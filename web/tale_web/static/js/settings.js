/** The settings: size of the text, colours, and the ways to other pages. A dialog, so that Escape closes it. */

import { choose, chosen } from "./appearance.js";
import { byId } from "./dom.js";

export function startSettings() {
  const dialog = /** @type {HTMLDialogElement} */ (byId("settings"));
  const open = byId("open-settings");
  open.removeAttribute("disabled");
  open.addEventListener("click", () => {
    for (const radio of radios(dialog)) {
      radio.checked = chosen(nameOf(radio)) === radio.value;
    }
    dialog.showModal();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) {
      dialog.close();
    }
  });
  for (const radio of radios(dialog)) {
    radio.addEventListener("change", () => choose(nameOf(radio), radio.value));
  }
}

/** @param {HTMLElement} dialog */
function radios(dialog) {
  return /** @type {NodeListOf<HTMLInputElement>} */ (dialog.querySelectorAll("input[type=radio]"));
}

/** @param {HTMLInputElement} radio */
function nameOf(radio) {
  return radio.name === "theme" ? "theme" : "size";
}
