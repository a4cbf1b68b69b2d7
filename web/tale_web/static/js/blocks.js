/** Turns blocks into elements: paragraphs of runs; a run that refers to something becomes a button. */

import { h } from "./dom.js";

/** @typedef {import("./protocol.js").Block} Block */
/** @typedef {import("./protocol.js").Paragraph} Paragraph */

/** Roles that the style sheet knows. */
const ROLES = new Set([
  "title",
  "emphasis",
  "quote",
  "danger",
  "reward",
  "location",
  "dim",
  "item",
  "person",
  "exit",
  "code",
]);

const KINDS = new Set([
  "room",
  "report",
  "refused",
  "ask",
  "say",
  "inventory",
  "score",
  "combat",
  "prompt",
  "system",
  "error",
  "ended",
  "input",
  "notice",
  "image",
]);

/**
 * @param {Block} block
 * @returns {HTMLElement}
 */
export function blockElement(block) {
  const kind = KINDS.has(block.kind) ? block.kind : "report";
  if (kind === "input") {
    return inputElement(lineOf(block));
  }
  const element = h("div", { class: `block block-${kind}` });
  const picture = kind === "image" ? pictureOf(block) : "";
  if (picture) {
    element.append(h("img", { attrs: { src: picture, alt: block.alt ?? "" } }));
    return element;
  }
  for (const paragraph of block.text ?? []) {
    element.append(paragraphElement(paragraph, kind === "room"));
  }
  if (block.outcome) {
    element.classList.add("block-ending");
  }
  return element;
}

/**
 * Return the address of a picture: what was sent, or in a redraw that of the story's file.
 *
 * @param {Block} block
 */
function pictureOf(block) {
  const parts = (block.image ?? "").split("/").map(encodeURIComponent);
  return block.source ?? (block.image ? `static/resources/${parts.join("/")}` : "");
}

/**
 * Show what the player typed; an empty line, or one that was hidden, shows as a mark only.
 *
 * @param {string} line
 * @param {string} [extra] a further class
 * @param {string} [note] what has become of it
 */
export function inputElement(line, extra = "", note = "") {
  return h(
    "p",
    { class: `block block-input ${extra}`.trim() },
    h("span", { class: "unseen", text: "You typed: " }),
    h("span", { class: "typed", text: line || "…" }),
    note ? h("span", { class: "note", text: ` ${note}` }) : null,
  );
}

/** @param {Block} block */
export function lineOf(block) {
  return (block.text ?? []).map((runs) => runs.map((run) => run.text).join("")).join(" ");
}

/**
 * A paragraph that is nothing but a title is a heading: of a place within a room's description, of the story elsewhere.
 *
 * @param {Paragraph} paragraph
 * @param {boolean} isRoom
 */
function paragraphElement(paragraph, isRoom) {
  const heading = paragraph.length > 0 && paragraph.every((run) => run.role === "title" || run.role === "location");
  const place = isRoom || paragraph.some((run) => run.role === "location");
  const element = !heading ? h("p") : place ? h("h3", { class: "place-name" }) : h("h2", { class: "banner" });
  element.append(...paragraph.map((run) => runElement(run, heading)));
  return element;
}

/**
 * @param {import("./protocol.js").Run} run
 * @param {boolean} heading
 * @returns {Node}
 */
function runElement(run, heading) {
  const role = run.role && ROLES.has(run.role) && !heading ? `role-${run.role}` : "";
  if (run.ref && !heading) {
    return h("button", {
      class: `ref ${role}`.trim(),
      text: run.text,
      attrs: { type: "button", "data-ref": run.ref, tabindex: -1 },
    });
  }
  if (run.role === "emphasis") {
    return h("em", { text: run.text });
  }
  return role ? h("span", { class: role, text: run.text }) : document.createTextNode(run.text);
}
