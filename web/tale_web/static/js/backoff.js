/** How long to wait before the next attempt to connect: exponential, with full jitter. */

const FIRST = 500;
const LONGEST = 20_000;

/**
 * Return milliseconds to wait before attempt number `attempt`, which counts from 1 after the last success.
 *
 * @param {number} attempt
 * @param {number} atLeast what the server asked for
 * @param {() => number} [random]
 */
export function backoff(attempt, atLeast, random = Math.random) {
  const most = Math.min(LONGEST, FIRST * 2 ** Math.min(attempt - 1, 10));
  return atLeast + random() * most;
}
