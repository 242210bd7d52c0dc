// The page's own words, in the language the browser asked for. The server sends those that a script names
// in a call of text(), so a name is always written out.

let words = {};
let region = "en"; // the same with the browser's own region, for dates

export function useTexts(start) {
  words = start.texts;
  region = navigator.languages.find((tag) => tag.split("-")[0] === start.language.split("-")[0]) ?? start.language;
}

export function text(key, values = {}) {
  return words[key].replace(/\{([a-z]+)\}/g, (blank, name) => (name in values ? String(values[name]) : blank));
}

const clock = () => new Intl.DateTimeFormat(region, { timeStyle: "short" });
const whole = () => new Intl.DateTimeFormat(region, { dateStyle: "full", timeStyle: "long" });

export const clockTime = (at) => clock().format(new Date(at));

/** Return a moment with its date, in the browser's own zone. */
export const wholeTime = (at) => whole().format(new Date(at));
