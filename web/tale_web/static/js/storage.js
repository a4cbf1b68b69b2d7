/**
 * The browser's two storages behind one face that never throws: a page may be forbidden to store, or be out of room.
 *
 * @typedef {Object} Shelf
 * @property {(key: string) => string | null} get
 * @property {(key: string, value: string) => void} set
 * @property {(key: string) => void} remove
 */

/**
 * @param {() => Storage} open
 * @returns {Shelf}
 */
function shelf(open) {
  /** @type {Map<string, string>} what could not be stored, kept while the page lives */
  const kept = new Map();
  return {
    get(key) {
      try {
        return kept.get(key) ?? open().getItem(key);
      } catch {
        return kept.get(key) ?? null;
      }
    },
    set(key, value) {
      try {
        open().setItem(key, value);
        kept.delete(key);
      } catch {
        kept.set(key, value);
      }
    },
    remove(key) {
      kept.delete(key);
      try {
        open().removeItem(key);
      } catch {
        // Nothing was stored, so there is nothing to remove.
      }
    },
  };
}

/** What only this tab remembers, through reloads. */
export const tabShelf = shelf(() => window.sessionStorage);

/** What all tabs of this browser remember. */
export const browserShelf = shelf(() => window.localStorage);
