// The list of commands over the field: opens on "/", follows the arrow keys, and is told to screen readers.

import { freshId, make } from "./make.js";
import { text } from "./texts.js";

export class CommandList {
  #entries;
  #shown = [];
  #active = -1;

  /** `pick(entry)` runs a command. */
  constructor(input, entries, { pick, announce }) {
    this.input = input;
    this.#entries = entries;
    this.pick = pick;
    this.announce = announce;
    this.element = make("ul", { class: "commands", role: "listbox", id: freshId("commands"), "aria-label": text("commands"), hidden: true });
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-haspopup", "listbox");
    input.setAttribute("aria-controls", this.element.id);
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /** Show the commands that begin with what stands in the field; hide the list when that is no command. */
  update() {
    const typed = this.input.value.toLowerCase();
    if (!typed.startsWith("/") || typed.includes("\n")) return this.close();
    const wanted = typed.slice(1);
    const begins = this.#entries.filter((entry) => entry.name.startsWith(wanted));
    const holds = this.#entries.filter((entry) => !begins.includes(entry) && entry.name.includes(` ${wanted}`));
    this.#show([...begins, ...holds]);
  }

  close() {
    this.element.hidden = true;
    this.#shown = [];
    this.#mark(-1);
  }

  /** Take a key of the field; returns whether it was the list's. */
  take(event) {
    if (!this.isOpen) return false;
    const last = this.#shown.length - 1;
    if (event.key === "ArrowDown") this.#mark(this.#active >= last ? 0 : this.#active + 1);
    else if (event.key === "ArrowUp") this.#mark(this.#active <= 0 ? last : this.#active - 1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Tab" && !event.shiftKey && this.#active >= 0) this.#complete();
    else if (event.key === "Enter" && !event.shiftKey && this.#active >= 0) this.#choose(this.#shown[this.#active]);
    else return false;
    return true;
  }

  #show(entries) {
    const before = this.isOpen ? this.#shown.length : -1;
    this.#shown = entries;
    this.element.hidden = entries.length === 0;
    this.element.replaceChildren(
      ...entries.map((entry) =>
        make(
          "li",
          {
            role: "option",
            id: freshId("command"),
            "aria-selected": "false",
            mousedown: (event) => event.preventDefault(), // the field keeps the focus
            click: () => this.#choose(entry),
          },
          make("span", { class: "name" }, `/${entry.name}`),
          " ",
          make("span", { class: "soft" }, entry.description),
        ),
      ),
    );
    const exact = entries.findIndex((entry) => `/${entry.name}` === this.input.value.trim().toLowerCase());
    this.#mark(exact >= 0 ? exact : this.input.value.length > 1 && entries.length ? 0 : -1);
    if (entries.length && entries.length !== before) this.announce(text("commands_found", { count: entries.length }));
  }

  #mark(active) {
    this.#active = active;
    [...this.element.children].forEach((option, index) => option.setAttribute("aria-selected", index === active));
    const option = this.element.children[active];
    if (option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  #complete() {
    this.input.value = `/${this.#shown[this.#active].name} `;
    this.update();
  }

  #choose(entry) {
    this.close();
    this.pick(entry);
  }
}
