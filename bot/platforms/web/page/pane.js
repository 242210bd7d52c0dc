// One half of a person's screen: the room or the private chat, with its field for writing.

import { CommandList } from "./commands.js";
import { askForm } from "./form.js";
import { freshId, make } from "./make.js";
import { Messages } from "./messages.js";
import { text } from "./texts.js";

const TYPING_TOLD = 3000;
const TYPING_SHOWN = 5000;
const QUICK = ["start", "urge", "help", "now"];

export class Pane {
  #told = 0;
  #typingTimer = null;
  #pressed = new Map(); // act id -> button

  /** `kind` is "room" or "private". */
  constructor(kind, seat, start) {
    this.kind = kind;
    this.seat = seat;
    this.start = start;
    this.title = kind === "room" ? text("room") : text("private");
    this.unread = 0;
    const label = kind === "room" ? text("messages_room") : text("messages_private", { name: seat.persona.name });
    this.messages = new Messages(seat.persona, {
      label,
      nameOf: (key) => start.personas.find((persona) => persona.key === key)?.name ?? key,
      press: (data, message, button) => this.press(data, message, button),
      older: (before) => seat.wire.ask({ type: "history", pane: kind, before }),
    });
    this.empty = kind === "room" ? make("p", { class: "empty" }, text("empty_room")) : this.#drawWelcome();
    this.messages.scroller.append(this.empty);
    this.state = make("p", { class: "state", role: "status" });
    this.typing = make("p", { class: "typing soft" });
    this.element = make(
      "section",
      { class: "pane", "data-chat": kind, id: freshId("pane") },
      make("h3", { class: "pane-title" }, this.title),
      this.state,
      this.messages.pins,
      this.messages.element,
      this.typing,
      this.#drawComposer(),
    );
  }

  press(data, message, button) {
    if (button?.getAttribute("aria-busy") === "true") return;
    button?.setAttribute("aria-busy", "true");
    const act = this.seat.act({ type: "press", pane: this.kind, data, message });
    if (button) this.#pressed.set(act, button);
  }

  /** Run a command of the list, asking first for what it needs. */
  run(entry) {
    const needed = entry.options.some((option) => option.required);
    if (!needed) return this.#send(`/${entry.name}`);
    const fields = entry.options.map((option) => ({
      name: option.name,
      label: option.description,
      kind: option.choices.length ? "choice" : "short",
      hint: "",
      value: "",
      required: option.required,
      longest: this.start.longest,
      choices: option.choices.map((choice) => ({ value: choice, label: choice })),
      offer: option.completes && ((options, show) => this.seat.complete({ pane: this.kind, line: `/${entry.name}`, option: option.name, options }, show)),
    }));
    const send = (values) => {
      const options = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim()));
      return this.seat.act({ type: "command", pane: this.kind, line: `/${entry.name}`, options });
    };
    const { name, key } = this.seat.persona;
    askForm({ name, persona: key, form: { title: `/${entry.name}`, fields }, intro: [], send });
    this.#clear();
  }

  done(act) {
    this.#pressed.get(act)?.removeAttribute("aria-busy");
    this.#pressed.delete(act);
    this.messages.dropUnsent(act);
    this.refresh();
  }

  refresh() {
    this.empty.hidden = !this.messages.isEmpty || this.state.dataset.standing === "out";
  }

  /** Show how the person stands in the room: a sentence, or nothing. Who is out has none of its messages. */
  showState({ standing, may_read, text: said }) {
    this.state.textContent = said;
    this.state.dataset.standing = standing;
    if (!may_read) this.messages.clear();
    this.refresh();
  }

  showTyping(name) {
    clearTimeout(this.#typingTimer);
    this.typing.textContent = text("typing", { name });
    this.#typingTimer = setTimeout(() => (this.typing.textContent = ""), TYPING_SHOWN);
  }

  stopTyping() {
    clearTimeout(this.#typingTimer);
    this.typing.textContent = "";
  }

  #send(words) {
    const isCommand = words.startsWith("/");
    const frame = isCommand ? { type: "command", line: words } : { type: "words", text: words };
    const act = this.seat.act({ ...frame, pane: this.kind });
    if (this.kind === "private" || !isCommand) this.messages.showUnsent(act, words);
    this.refresh();
    this.#clear();
  }

  #clear() {
    this.input.value = "";
    this.commands.close();
    this.#fit();
  }

  #drawComposer() {
    const { name } = this.seat.persona;
    const label = this.kind === "room" ? text("message_room", { name }) : text("message_private", { name });
    const id = freshId("message");
    this.input = make("textarea", {
      id,
      rows: 1,
      maxlength: this.start.longest,
      placeholder: this.kind === "room" ? text("placeholder_room") : text("placeholder_private"),
      autocomplete: "off",
      keydown: (event) => this.#key(event),
      input: () => this.#typed(),
      blur: () => this.commands.close(),
    });
    const entries = this.start.menu.filter(
      (entry) => (!entry.facilitators || this.seat.persona.facilitator) && !(entry.where === "room" && this.kind === "private"),
    );
    const announce = (words) => this.seat.announce(words);
    this.commands = new CommandList(this.input, entries, { pick: (entry) => this.run(entry), announce });
    const open = make("button", { class: "button plain slash", type: "button", title: text("commands"), "aria-label": text("commands"), click: () => this.#openList() }, "/");
    const submit = (event) => {
      event.preventDefault();
      this.#submit();
    };
    return make(
      "form",
      { class: "composer", submit },
      this.commands.element,
      make("label", { class: "hidden", for: id }, label),
      open,
      this.input,
      make("button", { class: "button main", type: "submit" }, text("send")),
    );
  }

  #openList() {
    if (!this.input.value.startsWith("/")) this.input.value = "/";
    this.input.focus();
    this.commands.update();
  }

  #key(event) {
    if (event.isComposing) return;
    if (this.commands.take(event)) event.preventDefault();
    else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    }
  }

  #submit() {
    const words = this.input.value.trim();
    const exact = this.commands.isOpen && this.start.menu.find((entry) => `/${entry.name}` === words.toLowerCase());
    if (exact) this.run(exact);
    else if (words && words !== "/") this.#send(words);
  }

  #typed() {
    this.commands.update();
    this.#fit();
    const now = Date.now();
    if (this.kind === "room" && this.input.value && !this.input.value.startsWith("/") && now - this.#told > TYPING_TOLD) {
      this.#told = now;
      this.seat.wire.ask({ type: "typing" });
    }
  }

  /** Let the field grow with its words, up to the height that the style sheet allows. */
  #fit() {
    this.input.style.setProperty("height", "auto");
    this.input.style.setProperty("height", `${this.input.scrollHeight + 2}px`);
  }

  /** The first thing to see in an empty private chat. /now is always there. */
  #drawWelcome() {
    const named = { start: text("quick_start"), urge: text("quick_urge"), help: text("quick_help"), now: text("quick_now") };
    const there = QUICK.filter((name) => name === "now" || this.start.menu.some((entry) => entry.name === name));
    const buttons = there.map((name) =>
      make(
        "button",
        { class: `quick ${name}`, type: "button", click: () => this.#send(`/${name}`) },
        make("strong", {}, named[name]),
        make("span", { class: "soft" }, `/${name}`),
      ),
    );
    return make("div", { class: "empty" }, make("p", {}, text("empty_private", { name: this.seat.persona.name })), make("div", { class: "quicks" }, ...buttons));
  }
}
