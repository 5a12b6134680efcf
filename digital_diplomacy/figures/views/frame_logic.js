"use strict";
// What every view computes without a page: the state in an address, tables as text, words with fields.

/** The state an address fragment tells: `#hide=a,b&at=c` to {hide: ["a", "b"], at: ["c"]}; what cannot be read is left out. */
function readFragment(fragment) {
  const state = {};
  for (const part of fragment.replace(/^#/, "").split("&")) {
    const cut = part.indexOf("=");
    if (cut < 1) continue;
    try {
      state[decodeURIComponent(part.slice(0, cut))] = part.slice(cut + 1).split(",").filter(Boolean).map(decodeURIComponent);
    } catch {
      continue;
    }
  }
  return state;
}

/** The fragment of a state, in the order of its names; lists that are empty are not told. */
function writeFragment(state) {
  const told = Object.keys(state).filter((name) => state[name].length).sort();
  const encode = (text) => encodeURIComponent(text).replace(/'/g, "%27");
  const parts = told.map((name) => `${encode(name)}=${state[name].map((text) => encode(String(text))).join(",")}`);
  return parts.length ? `#${parts.join("&")}` : "";
}

/** Rows as the text of a CSV file, quoted where a cell needs it. */
function csvText(rows) {
  const cell = (value) => (/[",\r\n]/.test(String(value)) ? `"${String(value).replace(/"/g, '""')}"` : String(value));
  return rows.map((row) => `${row.map(cell).join(",")}\n`).join("");
}

/** A text with its {fields} filled; braces doubled are braces. */
function fill(text, fields) {
  return text.replace(/\{\{|\}\}|\{(\w+)\}/g, (all, name) => (name === undefined ? all[0] : String(fields[name])));
}

/** Plain digits as a language writes them: "1234.5" to "1 234,5"; a number of four digits is grouped like any other. */
function written(digits, marks) {
  const [whole, rest] = String(digits).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, marks.group);
  return rest === undefined ? grouped : grouped + marks.decimal + rest;
}

/** A text for a number of things in its plural form: texts["ties.few"]; the form of `other` where a language has one. */
function counted(texts, name, count, lang, marks) {
  let form = "other";
  try {
    form = new Intl.PluralRules(lang).select(count);
  } catch {
    form = count === 1 ? "one" : "other";
  }
  const text = texts[`${name}.${form}`] ?? texts[`${name}.other`];
  return fill(text, { n: written(count, marks) });
}

if (typeof module === "object") module.exports = { readFragment, writeFragment, csvText, fill, written, counted };
