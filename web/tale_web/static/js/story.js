/** The play page: makes its parts and ties them together. */

import { Answers } from "./answers.js";
import { Chart } from "./chart.js";
import { CommandLine } from "./command-line.js";
import { Connection } from "./connection.js";
import { byId } from "./dom.js";
import { Exits } from "./exits.js";
import { Outgoing, QUEUE_LIMIT } from "./outgoing.js";
import { Panels } from "./panels.js";
import { SessionStore } from "./session-store.js";
import { startSettings } from "./settings.js";
import { Status } from "./status.js";
import { Store } from "./store.js";
import { Transcript } from "./transcript.js";

const store = new Store();
const memory = new SessionStore();
const storyTitle = document.title;

/** Say something that is the page's own, not the game's. @param {string} sentence */
function notice(sentence) {
  store.happen({ type: "block", block: { kind: "notice", text: [[{ text: sentence }]] } });
}

/** @type {Outgoing} */
const outgoing = new Outgoing({
  send: (line, cid) => connection.command(line, cid),
  changed: (commands) => {
    const queue = commands.filter((each) => each.stage !== "taken" && !each.secret);
    memory.keep({ queue: queue.map(({ line, cid }) => ({ line, cid })) });
    store.happen({ type: "pending", commands });
  },
  failed: notice,
  confused: () => connection.renew(),
});

const connection = new Connection(
  (document.documentElement.dataset["wires"] ?? "websocket eventsource").split(" "),
  memory,
  outgoing,
  {
    link: (link) => store.happen({ type: "link", link }),
    text: (message) => store.happen({ type: "text", message }),
    data: ({ data, mime = "", alt = "" }) => {
      const source = data.startsWith("data:image/") ? data : `data:${mime};base64,${data}`;
      if (source.startsWith("data:image/")) {
        store.happen({ type: "block", block: { kind: "image", source, alt } });
      }
    },
    anew: () => store.happen({ type: "anew" }),
    notice,
  },
);

/**
 * Type a line for the player; return whether it was taken.
 *
 * @param {string} line
 */
function run(line) {
  const { link, secret } = store.state;
  if (link.phase === "stopped") {
    return false;
  }
  const taken = outgoing.add(line, secret);
  if (!taken) {
    notice(`“${line}” was not kept: ${QUEUE_LIMIT} commands are waiting already.`);
  }
  transcript.follow();
  return taken;
}

/** Run what was clicked, and show what comes of it. @param {string} line */
function click(line) {
  closePanels();
  run(line);
}

const transcript = new Transcript(click);
const commandLine = new CommandLine(
  memory.now.history,
  run,
  (history) => memory.keep({ history }),
  notice,
);

function startAnew() {
  connection.startAnew();
  commandLine.focus();
}

function connect() {
  connection.connect();
  commandLine.focus();
}

for (const view of [
  transcript,
  commandLine,
  new Exits(click),
  new Panels(click),
  new Answers(click),
  new Chart(),
  new Status({ connect, startAnew }),
]) {
  store.show((state) => view.show(state));
}
store.show((state, before) => {
  const stopped = state.link.phase === "stopped";
  byId("exits").inert = stopped;
  byId("panels").inert = stopped;
  const place = state.scene?.location;
  document.title = place ? `${place} – ${storyTitle}` : storyTitle;
  if (state.map !== before.map) {
    memory.keep({ map: state.map });
  }
});

// On a phone the panels lie over the text and are opened with a button.
const panelsButton = byId("open-panels");

/** @param {boolean} open */
function showPanels(open) {
  document.body.classList.toggle("panels-open", open);
  panelsButton.setAttribute("aria-expanded", String(open));
}

function closePanels() {
  showPanels(false);
}

panelsButton.removeAttribute("disabled");
panelsButton.addEventListener("click", () => showPanels(!document.body.classList.contains("panels-open")));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    closePanels();
  }
});

// Typing goes to the command line when it would go nowhere else.
document.addEventListener("keydown", (event) => {
  const plain = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (plain && !(event.target instanceof Element && event.target.closest("input, dialog"))) {
    commandLine.focus(true);
  }
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") {
    connection.check();
  }
});
window.addEventListener("online", () => connection.renew());
window.addEventListener("pagehide", () => connection.pause());
window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    connection.check();
  }
});

startSettings();
store.happen({ type: "map", rooms: memory.now.map });
outgoing.restore(memory.now.queue);
connection.connect();
commandLine.focus();
