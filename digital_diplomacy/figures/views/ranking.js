// The page of a ranking: sliders and choices move a state, and the table follows it.

const index = opened(data.index);
const bands = data.chosen.some((row) => row[1] !== null);
const madeUp = data.made.length > 0;
const asked = data.units.indexOf(data.asked);
const kinds = new Map(data.made.map(([unit, part, kind]) => [`${unit} ${part}`, kind]));
const collator = new Intl.Collator(data.lang);
const state = { weights: [...index.weights], means: {}, pins: new Set(), sort: "rank", falls: false, query: "" };
const NOTHING = "!"; // no unit is pinned
let shown = { ranks: null, scores: null, fault: null };
let settledRank = null; // rank of the unit asked about before the move that is being made
let saying = 0;
let lastMove = { control: null, at: 0 };
const RESTS = 2000; // milliseconds after which a hand has rested

const minus = (digits) => digits.replace("-", "\u2212");
const number = (value, decimals = 0) => minus(written(rounded(value, decimals), data.marks));
const shortNumber = (value) => minus(written(String(Number(value.toPrecision(4))), data.marks));
const percent = (share) => number(100 * share, 1);

// ---- Controls

const controls = index.codes.map(() => null);

function makeGroups() {
  const parent = byId("groups");
  const isLong = index.codes.length > 16;
  [...index.nodes].reverse().forEach((node, place) => {
    const group = place === 0 || !isLong
      ? make("fieldset", {}, make("legend", {}, word("parts_of", { name: data.parts[node.at] })))
      : make("details", {}, make("summary", {}, word("parts_of", { name: data.parts[node.at] })));
    const end = data.sliders[index.nodes.indexOf(node)];
    if (node.below.length < 2) return; // an only part weighs the same whatever its weight
    for (const child of node.below) group.append(makePart(child, end));
    parent.append(group);
  });
}

function makePart(child, end) {
  const name = data.parts[child];
  const range = make("input", { type: "range", id: `range-${child}`, min: 0, max: end, step: end / 100 });
  const field = make("input", { type: "number", id: `number-${child}`, min: 0, step: "any", "aria-label": word("number", { name }) });
  const share = make("span", {});
  const own = make("span", {});
  const label = make("label", { for: range.id }, word("slider", { name }));
  const box = make("div", { class: "part" }, label, range, field, make("p", { class: "small" }, share, own));
  if (data.less[child]) label.append(` (${word("less_is_better")})`);
  range.addEventListener("input", () => move(() => { state.weights[child] = Number(range.value); }, false));
  range.addEventListener("change", () => settle(range));
  field.addEventListener("input", () => takeField(child, field));
  field.addEventListener("change", () => { showControls(); settle(); });
  controls[child] = { box, range, field, share, own, last: {} };
  return box;
}

/** A number typed; what is none yet changes nothing. */
function takeField(child, field) {
  const weight = Number(field.value);
  const isWeight = field.value.trim() !== "" && Number.isFinite(weight) && weight >= 0;
  field.setAttribute("aria-invalid", String(!isWeight));
  if (isWeight) move(() => { state.weights[child] = weight; }, false);
}

function showControls() {
  for (const node of index.nodes) {
    const parts = shares(node, state.weights);
    node.below.forEach((child, place) => controls[child] && showPart(child, parts[place]));
  }
  for (const { level } of data.levels) {
    for (const option of options(level)) option.input.checked = option.name === (state.means[level] ?? "");
  }
}

function showPart(child, part) {
  const { box, range, field, share, own, last } = controls[child];
  const weight = state.weights[child];
  if (last.weight === weight && last.part === part && document.activeElement !== field) return;
  Object.assign(last, { weight, part });
  range.value = weight;
  if (document.activeElement !== field || Number(field.value) !== weight) field.value = Number(weight.toPrecision(4));
  field.setAttribute("aria-invalid", "false");
  const said = Number.isNaN(part) ? "–" : percent(part);
  range.setAttribute("aria-valuetext", word("weight_words", { weight: shortNumber(weight), share: said }));
  share.textContent = weight === 0 ? word("out") : word("share", { share: said });
  box.classList.toggle("out", weight === 0);
  own.textContent = asked >= 0 && child < index.columns.length ? ownValue(child) : "";
}

/** The value of the unit asked about; a hollow mark where nobody observed it. */
function ownValue(child) {
  const kind = kinds.get(`${asked} ${child}`);
  const value = index.columns[child][asked];
  const said = Number.isNaN(value) ? word("kind_missing") : number(value, data.valueDecimals);
  const told = word("own_value", { name: data.names[asked], value: said });
  return kind ? `${told} ◯ ${word(`kind_${kind}`)}` : told;
}

const levels = new Map();
const options = (level) => levels.get(level);

function makeLevels() {
  for (const { level, names, mean, same } of data.levels) {
    const box = make("fieldset", {}, make("legend", {}, word("mean_of", { names })));
    const offered = data.means.filter(({ name }) => !same.includes(name));
    const choices = [{ name: "", words: word("as_chosen", { mean }) }, ...offered];
    const made = choices.map((choice) => makeChoice(box, level, choice));
    levels.set(level, made);
    box.append(make("div", { id: `reasons-${level}` }));
    byId("levels").append(box);
  }
}

function makeChoice(box, level, { name, words: said, method }) {
  const id = `mean-${level}-${name}`;
  const input = make("input", { type: "radio", id, name: `mean-${level}`, "aria-describedby": `reasons-${level}` });
  box.append(make("div", { class: "mean" }, input, make("label", { for: id }, said)));
  input.addEventListener("change", () => {
    move(() => {
      if (name) state.means[level] = name;
      else delete state.means[level];
    });
  });
  return { name, input, method, said };
}

/** A mean that is not defined for what is made below it cannot be chosen; why is said once for all it keeps away. */
function showReasons(columns) {
  for (const { level } of data.levels) {
    const reasons = new Map();
    const met = new Map(); // several means are defined for the same values
    for (const option of options(level)) {
      const domain = option.method ? domainOf(option.method) : "any";
      if (!met.has(domain)) met.set(domain, domain === "any" ? null : refusedAt(index, columns, level, option.method));
      const refused = met.get(domain);
      option.input.disabled = Boolean(refused) && !option.input.checked;
      if (refused) reasons.set(refused.domain, { refused, means: [...(reasons.get(refused.domain)?.means ?? []), option.said] });
    }
    const said = [...reasons.values()].map(({ refused, means }) => refusal(refused, means.join(", ")));
    const box = byId(`reasons-${level}`);
    if (box.dataset.said === said.join("\n")) continue;
    box.dataset.said = said.join("\n");
    box.replaceChildren(...said.map((text) => make("p", { class: "small" }, text)));
  }
}

function refusal({ unit, child, value, domain, node }, mean) {
  const part = data.parts[node.below[child]];
  return word(`refused_${domain}`, { mean, unit: data.names[unit], value: shortNumber(value), part });
}

// ---- What a move does

/** Change the state, compute and show; a move that is finished is told in the address. */
function move(change, isFinished = true) {
  change();
  compute();
  showControls();
  showReasons(shown.columns);
  showRows();
  if (isFinished) settle();
  else sayResult();
}

/** A slider moved by keys settles with every key: one step back takes back all that follow each other. */
function settle(control = null) {
  sayResult();
  settledRank = asked >= 0 ? shown.ranks[asked] : null;
  const now = performance.now();
  tellState(fragmentOf(), control === null || control !== lastMove.control || now - lastMove.at > RESTS);
  lastMove = { control, at: now };
}

function fragmentOf() {
  const sort = state.sort === "rank" && !state.falls ? [] : [state.sort, ...(state.falls ? ["falls"] : [])];
  return { ...told(index, state.weights, state.means), pin: pinsTold(), sort, q: state.query ? [state.query] : [] };
}

/** Pins as an address tells them; the unit asked about is pinned unless it says otherwise. */
function pinsTold() {
  const pins = [...state.pins].map((unit) => data.units[unit]).sort();
  if (pins.join() === data.asked) return [];
  return pins.length ? pins : [NOTHING];
}

function pinsOf(codes) {
  const wanted = codes ?? (data.asked ? [data.asked] : []);
  return new Set(wanted.map((code) => data.units.indexOf(code)).filter((unit) => unit >= 0));
}

function compute() {
  const methods = methodsOf(index, data.means, state.means);
  const { scores, columns, fault } = scored(index, { weights: state.weights, methods });
  shown = { scores, columns, fault, ranks: ranked(scores) };
}

function take(given) {
  state.weights = weightsOf(index, given.w);
  state.means = meansOf(index, data.means, given.m);
  state.pins = pinsOf(given.pin);
  state.query = (given.q ?? [""])[0];
  const [sort = "rank", way = ""] = given.sort ?? [];
  state.sort = heads.some((head) => head.name === sort) ? sort : "rank";
  state.falls = way === "falls";
  byId("search").value = state.query;
  move(() => {}, false);
  settledRank = asked >= 0 ? shown.ranks[asked] : null;
}

// ---- What is said of it

const rankWords = (rank) => (rank ? number(rank) : word("no_place"));

/** Said at once on the page, and to screen readers when the hand rests. */
function sayResult() {
  const text = resultWords();
  byId("said").classList.toggle("fault", Boolean(shown.fault));
  clearTimeout(saying);
  if (byId("said").textContent === "") say(text);
  else saying = setTimeout(() => say(text), 120);
}

function resultWords() {
  const { fault, ranks } = shown;
  if (fault?.weightless) return word("weightless", { group: data.parts[fault.weightless.at] });
  if (fault) return refusal({ ...fault.outside, node: fault.node }, meanOf(fault.node));
  return asked >= 0 ? askedWords(ranks) : allWords(ranks);
}

function meanOf(node) {
  const level = data.levels.find((one) => one.level === node.level);
  return options(node.level).find((option) => option.input.checked && option.name)?.said ?? level.mean;
}

function askedWords(ranks) {
  const [was, , low, high] = data.chosen[asked];
  const now = ranks[asked];
  const before = settledRank ?? was ?? 0;
  const fields = { name: data.names[asked], before: rankWords(before), now: rankWords(now), chosen: rankWords(was) };
  const isStart = !isMoved() && settledRank === null;
  if (isStart) return word("said_start", { ...fields, total: number(ranks.filter(Boolean).length) });
  const told = word(now === before ? "said_stays" : "said_move", fields);
  if (low === null || !now || !was || now === was) return told;
  const within = (rank) => rank >= low && rank <= high;
  const band = { low: number(low), high: number(high) };
  if (!within(now)) return `${told} ${word("outside", band)}`;
  return within(was) ? `${told} ${word("inside", band)}` : told;
}

const isMoved = () => state.weights.some((weight, place) => weight !== index.weights[place]) || Object.keys(state.means).length > 0;

function allWords(ranks) {
  const other = ranks.filter((rank, unit) => rank !== (data.chosen[unit][0] ?? 0)).length;
  const first = data.names.filter((_, unit) => ranks[unit] === 1).slice(0, 3).join(", ");
  return word("said_all", { count: number(other), total: number(ranks.length), first });
}

// ---- The table

const SVG = { width: 144, height: 18 };
const MOST = 0.9; // of the bands are drawn whole: the longest would leave the short ones no room
const reaches = data.chosen.filter(([, , low]) => low !== null).map(([was, , low, high]) => Math.max(was - low, high - was));
const reach = Math.max(3, 1.5 * (reaches.sort((one, other) => one - other)[Math.floor(MOST * (reaches.length - 1))] ?? 0));

/** Where a rank is drawn: that in the index as it is in the middle, better ones to the left, what is farther at the edge. */
function onScale(rank, was) {
  const away = Math.max(-1, Math.min(1, (rank - was) / reach));
  return SVG.width / 2 + away * (SVG.width / 2 - 6);
}

const lastIf = (value) => (value === null || Number.isNaN(value) || value === 0 ? Infinity : value);

const heads = [
  { name: "rank", key: (unit) => lastIf(shown.ranks[unit]), isNumber: true },
  { name: "moved", key: (unit) => moved(unit) ?? Infinity, isNumber: true },
  { name: "name", key: (unit) => data.names[unit] },
  { name: "score", key: (unit) => (Number.isNaN(shown.scores[unit]) ? Infinity : -shown.scores[unit]), isNumber: true },
  { name: "chosen", key: (unit) => lastIf(data.chosen[unit][0]), isNumber: true },
  { name: "median", key: (unit) => lastIf(data.chosen[unit][1]), isNumber: true, needs: bands },
  { name: "band", key: (unit) => lastIf(data.chosen[unit][2]) + (data.chosen[unit][3] ?? 0) * 1e-6, isNumber: true, needs: bands },
  { name: "drawn", key: null, needs: bands },
  { name: "made", key: (unit) => -madeCount(unit), isNumber: true, needs: madeUp },
].filter(({ needs = true }) => needs);

const madeCount = (unit) => (data.chosen[unit][4] ?? 0) + (data.chosen[unit][5] ?? 0);

/** Ranks lost; below 0 for ranks won. */
function moved(unit) {
  const was = data.chosen[unit][0];
  const now = shown.ranks[unit];
  return was && now ? now - was : null;
}

function makeHeads() {
  for (const head of heads) {
    const said = word(`col_${head.name}`);
    head.element = make("th", { scope: "col", class: `${head.name}${head.isNumber ? " number" : ""}` });
    if (head.key) {
      const button = make("button", { type: "button" }, said);
      button.addEventListener("click", () => sortBy(head.name));
      head.element.append(button);
    } else head.element.append(said);
    byId("heads").append(head.element);
  }
}

function sortBy(name) {
  state.falls = state.sort === name && !state.falls;
  state.sort = name;
  showRows();
  tellState(fragmentOf(), false);
}

const rows = data.units.map((_, unit) => makeRow(unit));

function makeRow(unit) {
  const pin = make("input", { type: "checkbox", "aria-label": word("pin_of", { name: data.names[unit] }) });
  const row = make("tr", { class: unit === asked ? "asked" : null }, make("td", { class: "pin" }, pin));
  const cells = {};
  for (const { name, isNumber } of heads) {
    cells[name] = name === "name"
      ? make("th", { scope: "row", dir: "auto" }, data.names[unit])
      : make("td", { class: isNumber ? "number" : null });
    row.append(cells[name]);
  }
  pin.addEventListener("change", () => {
    if (pin.checked) state.pins.add(unit);
    else state.pins.delete(unit);
    showRows();
    pin.focus();
    tellState(fragmentOf());
  });
  const [was, median, low, high] = data.chosen[unit];
  cells.moved.append(make("span", { "aria-hidden": "true" }), make("span", { class: "away" }));
  cells.chosen.textContent = was ? number(was) : "–";
  if (bands) {
    cells.median.textContent = median === null ? "–" : number(median);
    cells.band.textContent = low === null ? "–" : [...new Set([number(low), number(high)])].join("–");
    cells.drawn.append(makeDrawing(was, median, low, high));
  }
  if (madeUp) cells.made.textContent = madeCount(unit) ? `◯ ${number(madeCount(unit))}` : "0";
  return { row, pin, cells, now: cells.drawn?.querySelector(".now") };
}

/** The ranks of a unit on one scale; the columns beside say the same. */
function makeDrawing(was, median, low, high) {
  const middle = SVG.height / 2;
  const drawing = makeSvg("svg", { viewBox: `0 0 ${SVG.width} ${SVG.height}`, "aria-hidden": "true" });
  if (low !== null) {
    drawing.append(makeSvg("line", { class: "band", x1: onScale(low, was), x2: onScale(high, was), y1: middle, y2: middle }));
    drawing.append(makeSvg("line", { class: "tick", x1: onScale(median, was), x2: onScale(median, was), y1: 2, y2: SVG.height - 2 }));
  }
  if (was) {
    const at = onScale(was, was);
    drawing.append(makeSvg("path", { class: "was", d: `M${at - 5} ${middle}L${at} ${middle - 5}L${at + 5} ${middle}L${at} ${middle + 5}Z` }));
  }
  drawing.append(makeSvg("circle", { class: "now", cy: middle, r: 3.2 }));
  return drawing;
}

const topNode = index.nodes[index.nodes.length - 1];
const decimalsNow = () => (state.means[topNode.level] === "copeland" ? 0 : data.decimals);

function showRow(unit, decimals) {
  const { cells, pin, now } = rows[unit];
  const rank = shown.ranks[unit];
  put(cells.rank, rank ? number(rank) : "–");
  put(cells.score, rank ? number(shown.scores[unit], decimals) : "–");
  showMoved(cells.moved, moved(unit));
  pin.checked = state.pins.has(unit);
  if (now && now.dataset.rank !== String(rank)) {
    const was = data.chosen[unit][0];
    now.dataset.rank = String(rank);
    now.setAttribute("cx", onScale(rank, was ?? rank));
    now.setAttribute("visibility", rank && was ? "visible" : "hidden");
  }
}

/** Write only what differs: a browser lays out again what is written. */
function put(cell, text) {
  if (cell.textContent !== text) cell.textContent = text;
}

/** A sign and a number for the eye, words for the ear. */
function showMoved(cell, lost) {
  if (cell.dataset.lost === String(lost)) return;
  cell.dataset.lost = String(lost);
  const count = number(Math.abs(lost ?? 0));
  const seen = lost === null ? "–" : lost === 0 ? "=" : `${lost < 0 ? "▲" : "▼"} ${count}`;
  const heard = lost === null ? word("no_place") : lost === 0 ? word("same") : word(lost < 0 ? "up" : "down", { count });
  cell.firstChild.textContent = seen;
  cell.lastChild.textContent = heard;
}

function inOrder() {
  const { key } = heads.find(({ name }) => name === state.sort);
  const keys = data.units.map((_, unit) => key(unit));
  const compare = state.sort === "name" ? (a, b) => collator.compare(a, b) : (a, b) => (a === b ? 0 : a - b);
  const way = state.falls ? -1 : 1;
  const units = [...data.units.keys()];
  return units.sort((a, b) => way * compare(keys[a], keys[b]) || collator.compare(data.names[a], data.names[b]));
}

function showRows() {
  const decimals = decimalsNow();
  for (const unit of data.units.keys()) showRow(unit, decimals);
  for (const head of heads) {
    if (head.name === state.sort) head.element.setAttribute("aria-sort", state.falls ? "descending" : "ascending");
    else head.element.removeAttribute("aria-sort");
  }
  const order = inOrder();
  reorder(byId("pinned"), order.filter((unit) => state.pins.has(unit)));
  reorder(byId("rows"), order.filter((unit) => !state.pins.has(unit)));
  narrow();
}

/** Put rows in order with as few moves as a glance ahead saves: what is moved is laid out anew. */
function reorder(body, units) {
  let at = body.firstElementChild;
  for (const { row } of units.map((unit) => rows[unit])) {
    if (at && at !== row && at.nextElementSibling === row) at = row; // the one passed over stands further down
    if (at === row) at = row.nextElementSibling;
    else body.insertBefore(row, at);
  }
}

const plain = (text) => text.normalize("NFC").toLocaleLowerCase(data.lang);

const sought = data.units.map((code, unit) => plain(`${data.names[unit]} ${code}`));

function narrow() {
  const query = plain(state.query.trim());
  let count = 0;
  for (const unit of data.units.keys()) {
    const isFound = !query || sought[unit].includes(query);
    const isHidden = !isFound && !state.pins.has(unit);
    if (rows[unit].row.hidden !== isHidden) rows[unit].row.hidden = isHidden;
    count += isFound ? 1 : 0;
  }
  byId("found").textContent = query ? word("found", { count: number(count), total: number(data.units.length) }) : "";
}

/** What is seen as a file: every unit that is not narrowed away, in the order of the table, numbers with all digits. */
function exported() {
  const setting = writeFragment(told(index, state.weights, state.means));
  const head = ["entity", "name", "score", "rank", "rank_chosen", "rank_median", "rank_low", "rank_high", "imputed", "winsorised", "setting"];
  const order = inOrder().filter((unit) => !rows[unit].row.hidden);
  const body = order.map((unit) => [
    ...[data.units[unit], data.names[unit], shown.ranks[unit] ? shown.scores[unit] : "", shown.ranks[unit] || ""],
    ...data.chosen[unit].map((cell) => cell ?? ""),
    setting,
  ]);
  return csvText([head, ...body]);
}

// ---- Begin

byId("result").append(byId("said"));
byId("means").open = matchMedia("(min-width: 62rem)").matches;
makeGroups();
makeLevels();
makeHeads();
byId("reset").addEventListener("click", () => move(() => {
  state.weights = [...index.weights];
  state.means = {};
}));
byId("equal").addEventListener("click", () => move(() => { state.weights = index.weights.map((weight, place) => (controls[place] ? 1 : weight)); }));
byId("search").addEventListener("input", () => { state.query = byId("search").value; narrow(); });
byId("search").addEventListener("change", () => { say(byId("found").textContent); tellState(fragmentOf(), false); });
byId("export").addEventListener("click", () => save("ranking.csv", "text/csv", exported()));
followState(take);
