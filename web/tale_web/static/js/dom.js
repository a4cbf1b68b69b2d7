/** Builds elements. Text goes in as text only; there is no way here to put in markup, style or script. */

/**
 * @typedef {Object} Props
 * @property {string} [class]
 * @property {string} [text]
 * @property {(event: MouseEvent) => void} [click]
 * @property {Readonly<Record<string, string | number | boolean | undefined>>} [attrs] `true` sets an empty attribute,
 *   `false` and undefined none
 */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Props} [props]
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  if (props.class) {
    element.className = props.class;
  }
  if (props.text !== undefined) {
    element.textContent = props.text;
  }
  if (props.click) {
    // Every button of this page has a click handler of its own; "click" also comes from the keyboard.
    /** @type {HTMLElement} */ (element).addEventListener("click", props.click);
  }
  setAttributes(element, props.attrs ?? {});
  element.append(...children.filter((child) => child !== null));
  return element;
}

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Readonly<Record<string, string | number>>} attrs
 * @param {...Node} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svg(tag, attrs, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAttributes(element, attrs);
  element.append(...children);
  return element;
}

/**
 * @param {Element} element
 * @param {Readonly<Record<string, string | number | boolean | undefined>>} attrs
 */
function setAttributes(element, attrs) {
  for (const [name, value] of Object.entries(attrs)) {
    if (value !== false && value !== undefined) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
}

/**
 * Return the element of the page that has this id; it is the template's fault when there is none.
 *
 * @template {HTMLElement} [E=HTMLElement]
 * @param {string} id
 * @returns {E}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) {
    throw new Error(`the page lacks #${id}`);
  }
  return /** @type {E} */ (element);
}

/**
 * Replace what an element holds, and keep the focus on the part with the same `data-key` if it was inside; when that
 * part is gone, `otherwise` gets the focus, lest the keyboard be thrown back to the top of the page.
 *
 * @param {HTMLElement} element
 * @param {readonly Node[]} children
 * @param {HTMLElement | null} [otherwise]
 */
export function redraw(element, children, otherwise = null) {
  const active = document.activeElement;
  const inside = active instanceof HTMLElement && element.contains(active) ? active : null;
  const key = inside?.dataset["key"];
  element.replaceChildren(...children);
  if (inside) {
    const same = key ? element.querySelector(`[data-key="${CSS.escape(key)}"]`) : null;
    (same instanceof HTMLElement ? same : otherwise)?.focus({ preventScroll: true });
  }
}
