// The page: who is shown, side by side or one at a time. Each person has a connection of their own.

import { formWaits } from "./form.js";
import { make } from "./make.js";
import { countUnread, Seat } from "./seat.js";
import { text, useTexts } from "./texts.js";

const SEAT_WIDTH = 340; // pixels a person needs beside others
const SIDE_BY_SIDE_FROM = 1000;
const OFFLINE_AFTER = 1200; // milliseconds before a lost connection is worth a line

const main = document.querySelector("main");
const people = document.querySelector(".people");
const announcer = document.querySelector(".announcer");
const offline = document.querySelector(".offline");

let seats = [];
let chips = new Map();
let shown = []; // keys of persons, in the order they were chosen
let together; // the button "side by side"
let offlineTimer = null;

const page = {
  announce(words) {
    const line = make("p", {}, words.slice(0, 600));
    announcer.append(line);
    setTimeout(() => line.remove(), 10_000);
  },
  changed(seat) {
    const chip = chips.get(seat.persona.key);
    if (!chip) return;
    countUnread(chip.querySelector(".badge"), seat.unread);
    watchConnection();
  },
};

function watchConnection() {
  const lost = seats.some((seat) => !seat.wire.isOpen);
  const waiting = seats.reduce((sum, seat) => sum + seat.wire.waiting, 0);
  if (!lost) {
    clearTimeout(offlineTimer);
    offlineTimer = null;
    offline.hidden = true;
    formWaits(false);
  } else {
    offlineTimer ??= setTimeout(() => {
      offline.hidden = false;
      formWaits(true);
    }, OFFLINE_AFTER);
  }
  offline.textContent = !lost ? "" : waiting ? text("offline_waiting") : text("offline");
}

const room = () => Math.max(1, Math.floor(main.clientWidth / SEAT_WIDTH));
const isTogether = () => together.getAttribute("aria-pressed") === "true";

function choose(key) {
  if (!isTogether()) shown = [key];
  else if (!shown.includes(key)) shown = [...shown, key];
  else if (shown.length > 1) shown = shown.filter((other) => other !== key);
  arrange();
}

function setTogether(pressed) {
  together.setAttribute("aria-pressed", pressed);
  const others = seats.map((seat) => seat.persona.key).filter((key) => !shown.includes(key));
  if (!pressed) shown = shown.slice(0, 1);
  else if (shown.length < 2) shown = [...shown, ...others].slice(0, Math.min(room(), 3));
  arrange();
}

/** Show as many of the chosen persons as there is room for, the last chosen first; the address remembers them. */
function arrange() {
  const fits = isTogether() ? room() : 1;
  const visible = new Set(shown.slice(-fits));
  together.hidden = seats.length < 2 || room() < 2;
  for (const seat of seats) {
    const key = seat.persona.key;
    seat.visible = visible.has(key);
    chips.get(key).setAttribute("aria-pressed", visible.has(key));
  }
  main.dataset.seats = visible.size;
  history.replaceState(null, "", `#${shown.join("+")}`);
}

function drawChip(seat) {
  const { key, name, part } = seat.persona;
  const badge = make("span", { class: "badge", hidden: true });
  const face = make("span", { class: "face", "aria-hidden": "true" }, name[0]);
  const label = make("span", {}, make("strong", {}, name), " ", make("span", { class: "soft part" }, part));
  return make("button", { class: "chip", type: "button", "data-persona": key, "aria-pressed": "false", click: () => choose(key) }, face, label, badge);
}

async function begin() {
  const start = await (await fetch("page.json")).json();
  useTexts(start);
  const only = new URLSearchParams(location.search).get("as"); // one person in a window of their own
  const personas = start.personas.filter((persona) => !only || persona.key === only);
  seats = personas.map((persona) => new Seat(persona, start, page));
  chips = new Map(seats.map((seat) => [seat.persona.key, drawChip(seat)]));
  together = make("button", { class: "button plain together", type: "button", "aria-pressed": "false", click: () => setTogether(!isTogether()) }, text("side_by_side"));
  document.querySelector(".links").replaceChildren(...start.links.map(({ url, label }) => make("a", { href: url, target: "_blank" }, label)));
  people.replaceChildren(...chips.values(), together);
  main.replaceChildren(...seats.map((seat) => seat.element));

  const asked = location.hash.slice(1).split("+").filter((key) => chips.has(key));
  const host = personas.find((persona) => persona.facilitator);
  const wide = main.clientWidth >= SIDE_BY_SIDE_FROM && seats.length > 1;
  const first = personas[0].key;
  shown = asked.length ? asked : wide && host && host.key !== first ? [first, host.key] : [first];
  together.setAttribute("aria-pressed", shown.length > 1);
  arrange();
  for (const seat of seats) seat.wire.open();
  addEventListener("resize", arrange);
  document.addEventListener("visibilitychange", () => seats.forEach((seat) => seat.readAgain()));
}

begin();
