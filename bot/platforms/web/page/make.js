// Elements are made one by one and their text is set as text; nothing is ever parsed as HTML.

/** Make an element. Attributes that are false, null or undefined are left out; functions become listeners. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

let count = 0;

/** Return an id no other element has. */
export const freshId = (stem) => `${stem}-${(count += 1)}`;

/** Return 128 random bits as hex (randomUUID is there on secure origins only). */
export function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
