// What every view does with its page: its words and data, its address, saying things aloud, saving files.

const texts = JSON.parse(document.getElementById("texts").textContent);
const data = JSON.parse(document.getElementById("data").textContent);

function byId(id) {
  return document.getElementById(id);
}

/** An element with attributes and children; texts are only ever texts. Attributes that are null or false are left out. */
function make(tag, attributes = {}, ...children) {
  return dressed(document.createElement(tag), attributes, children);
}

function makeSvg(tag, attributes = {}, ...children) {
  return dressed(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function dressed(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
}

/** A text of this view with its fields filled. */
function word(name, fields = {}) {
  return fill(texts[name], fields);
}

/** Let screen readers say a sentence, and show it. */
function say(text) {
  byId("said").textContent = text;
}

/** Save a text as a file of the reader's. */
function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = make("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** Tell a state in the address. A move the reader would go back from is a step of its own; frames have no address. */
function tellState(state, isStep = true) {
  const fragment = writeFragment(state);
  if (fragment === location.hash) return;
  try {
    history[isStep ? "pushState" : "replaceState"](null, "", fragment || location.pathname + location.search);
  } catch {
    return;
  }
}

/** Take the state of the address now, and whenever it changes by the reader's hand or the back button. */
function followState(take) {
  const now = () => take(readFragment(location.hash));
  addEventListener("popstate", now);
  addEventListener("hashchange", now);
  now();
}

byId("live").hidden = false;
