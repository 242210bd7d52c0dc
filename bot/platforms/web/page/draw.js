// A message of the server, a JSON tree, as elements.

import { make } from "./make.js";
import { clockTime, text, wholeTime } from "./texts.js";

const NODES = {
  text: (node) => document.createTextNode(node.text),
  strong: (node) => make("strong", {}, ...drawNodes(node.inner)),
  em: (node) => make("em", {}, ...drawNodes(node.inner)),
  words: (node) => make("bdi", { class: "words" }, node.text),
  time: (node) => make("time", { datetime: node.at, title: text("your_zone", { time: wholeTime(node.at) }) }, node.text),
  link: (node) => make("a", { href: node.url, rel: "noopener noreferrer", target: "_blank" }, node.text),
  phone: (node) =>
    node.url
      ? make("a", { class: "phone", href: node.url, dir: "ltr", translate: "no" }, node.text)
      : make("bdi", { class: "phone", dir: "ltr", translate: "no" }, node.text),
};

const BLOCKS = {
  p: (block) => make("p", {}, ...drawNodes(block.inner)),
  h: (block) => make("h4", {}, ...drawNodes(block.inner)),
  quote: (block) => make("blockquote", {}, ...drawNodes(block.inner)),
  ul: (block) => make("ul", {}, ...block.items.map((item) => make("li", {}, ...drawNodes(item)))),
  meter: (block) => {
    const label = make("span", {}, ...drawNodes(block.inner));
    const bar = make("progress", { value: block.done, max: block.whole, "aria-label": label.textContent });
    return make("p", { class: "meter" }, label, bar);
  },
};

const drawNodes = (nodes) => nodes.map((node) => NODES[node.kind](node));

export const drawBlocks = (blocks) => blocks.map((block) => BLOCKS[block.kind](block));

/** Fill a message's element. `press` is called with a button's data and its element. */
export function drawMessage(element, message, persona, nameOf, press) {
  const mine = message.by === persona.key;
  const who = mine ? text("from_you") : message.by ? nameOf(message.by) : text("from_bot");
  element.className = `message ${mine ? "mine" : message.by ? "other" : "bot"}${message.only ? " only" : ""}`;
  element.dataset.by = message.by || "bot";
  const body = make("div", { class: "body", lang: message.language || null }, ...drawBlocks(message.blocks));
  if (message.picture) body.append(drawPicture(message.picture, persona));
  if (message.file) body.append(drawFile(message.file, persona));
  const rows = message.buttons.map((row) => make("div", { class: "row" }, ...row.map((button) => drawButton(button, press))));
  element.replaceChildren(
    make(
      "p",
      { class: "meta" },
      make("span", { class: "who" }, who),
      message.only && make("span", { class: "tag" }, text("only_you")),
      make("time", { datetime: message.at, title: wholeTime(message.at) }, clockTime(message.at)),
    ),
    body,
    ...(rows.length ? [make("div", { class: "buttons", lang: message.language || null }, ...rows)] : []),
  );
}

function drawButton(button, press) {
  const look = `button ${button.style}`;
  if (button.url) return make("a", { class: look, href: button.url, rel: "noopener noreferrer", target: "_blank" }, button.label);
  const element = make("button", { class: look, type: "button", disabled: button.off || !button.data }, button.label);
  if (button.data) {
    element.dataset.press = button.data;
    element.addEventListener("click", () => press(button.data, element));
  }
  return element;
}

/** The words under a picture say what it shows, so its alternative text is its title alone: nothing is read out twice. */
function drawPicture(picture, persona) {
  const image = picture.data ? drawOnCanvas(picture) : picture.url && make("img", { src: own(picture.url, persona), alt: picture.title, loading: "lazy" });
  const title = make("strong", { "aria-hidden": Boolean(image) && "true" }, picture.title);
  return make("figure", {}, image, make("figcaption", {}, title, ...drawBlocks(picture.twin)));
}

function drawFile(file, persona) {
  const size = text("size_kb", { size: Math.max(1, Math.round(file.bytes / 1024)) });
  const label = text("file", { label: file.name });
  const link = file.data
    ? make("button", { class: "button plain", type: "button", click: () => save(file) }, label)
    : make("a", { class: "button plain", href: own(file.url, persona), download: file.name }, label);
  return make("p", { class: "file" }, link, " ", make("span", { class: "soft" }, size));
}

/** What nothing keeps has no address: its bytes came with the message. */
const blobOf = ({ data, type }) => new Blob([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))], { type });

function save(file) {
  const href = URL.createObjectURL(blobOf(file));
  make("a", { href, download: file.name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000); // some browsers read it after the person chose a folder
}

/** A canvas, since the page's policy lets no image in from anywhere but its own addresses. */
function drawOnCanvas(picture) {
  const canvas = make("canvas", { role: "img", "aria-label": picture.title, width: 0, height: 0 });
  createImageBitmap(blobOf(picture)).then((image) => {
    Object.assign(canvas, { width: image.width, height: image.height });
    canvas.getContext("2d").drawImage(image, 0, 0);
    canvas.dispatchEvent(new Event("load"));
  });
  return canvas;
}

const own = (path, persona) => `${path.slice(1)}?as=${encodeURIComponent(persona.key)}`;
