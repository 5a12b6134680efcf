// The page of a network: draws what `network_logic.js` computes, and hears mouse, keys and controls.

const net = indexed(data);
const svg = byId("drawing");
const bow = bends(net);
const NAMED = 60; // actors up to which every one may be named; of more the largest, as in the static figure
const LETTERS = 20; // of a line of a name
const LINE = 14; // pixels

let state = startState(net);
let isNarrow = innerWidth < 600; // as on a phone
let spots = [];
let bandBoxes = []; // room of the names of bands
let pointed = null; // what the mouse is at: {actor} or {tie}
let focus = null; // what the keyboard is at: {actor}, or {actor, tie} of a tie with the actor one came from

const largest = [...net.actors.keys()].sort((a, b) => net.actors[b][6] - net.actors[a][6] || net.actors[a][1].localeCompare(net.actors[b][1]));
const colourOf = (number) => (number === null ? "var(--edge)" : `var(--c${number})`);
const dashesOf = (relation, width) => net.relations[relation].dashes.map((part) => Math.round(part * Math.max(1.4, width) * 10) / 10).join(" ");

function radiusOf(actor) {
  return Math.max(4, net.actors[actor][5] * (isNarrow ? 0.9 : 1.15));
}

function tieWords(tie) {
  const [source, target, relation] = net.ties[tie];
  const fields = { source: net.actors[source][1], relation: net.relations[relation].name, target: net.actors[target][1] };
  return word(net.directed ? "tie" : "tie_undirected", fields);
}

function actorWords(actor, ties) {
  const [, name, type] = net.actors[actor];
  const mine = net.touching[actor].filter((tie) => ties.has(tie));
  const out = mine.filter((tie) => net.ties[tie][0] === actor).length;
  const fields = { name, type: net.types[type].name, out, into: mine.length - out, ties: mine.length };
  return word(net.directed ? "actor" : "actor_undirected", fields);
}

// ---- elements, made once ----

function band({ name }, number) {
  return makeSvg("g", {}, makeSvg("rect", { class: number % 2 ? "" : "band", fill: "none" }), makeSvg("text", { class: "band-name" }, name));
}

function tieElement(tie) {
  const [, , relation] = net.ties[tie];
  const stroke = `stroke:${colourOf(net.relations[relation].colour)}`;
  return makeSvg("g", { class: "tie", role: "button", tabindex: -1, "data-tie": tie },
    makeSvg("path", { class: "hit" }), makeSvg("path", { class: "line", style: stroke }),
    makeSvg("path", { class: "head", style: `fill:${colourOf(net.relations[relation].colour)}` }));
}

function actorElement(actor) {
  const [, name, type] = net.actors[actor];
  const { marker, colour } = net.types[type];
  const radius = radiusOf(actor);
  const rows = lines(name, LETTERS).flatMap((part, number) => [" ", makeSvg("tspan", { x: 0, dy: number ? LINE : 11 }, part)]).slice(1);
  return makeSvg("g", { class: "actor", role: "button", tabindex: -1, "data-actor": actor },
    makeSvg("circle", { r: Math.max(12, radius + 3), fill: "transparent" }), makeSvg("circle", { class: "ring", r: radius + 4 }),
    makeSvg("path", { class: "mark", d: markPath(marker, radius), style: `fill:${colourOf(colour)}` }), makeSvg("text", { class: "name", "paint-order": "stroke" }, ...rows));
}

const bandElements = net.bands.map(band);
const tieElements = net.ties.map((_, tie) => tieElement(tie));
const actorElements = net.actors.map((_, actor) => actorElement(actor));
svg.append(...bandElements, ...tieElements);
[...largest].forEach((actor) => svg.append(actorElements[actor])); // small actors on top of large ones
const bandWidths = bandElements.map((element) => element.lastChild.getBBox().width);
const nameSizes = actorElements.map((element) => {
  const { width, height } = element.lastChild.getBBox();
  return [width + 4, height];
});

// ---- drawing ----

function size() {
  const width = Math.max(280, Math.round(svg.parentElement.clientWidth));
  const height = Math.round(Math.min(Math.max(width * 0.72, 420), 760));
  return [width, height];
}

function draw() {
  const [width, height] = size();
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("height", height);
  svg.classList.toggle("zoomed", state.view.k > 1);
  const side = Math.min(70, width / 8);
  const placed = places(net, width, height, [side, net.bands.length ? 46 : 34, 46], state.view);
  spots = placed.spots;
  drawBands(placed.down, width, height);
  const ties = shownTies(net, state);
  const shown = shownActors(net, ties, state.at);
  drawTies(new Set(ties));
  drawActors(ties, shown, [width, height]);
  return { ties, shown };
}

function drawBands(down, width, height) {
  bandBoxes = [];
  net.bands.forEach(({ top }, number) => {
    const above = number ? down((net.bands[number - 1].foot + top) / 2) : 0;
    const below = number + 1 < net.bands.length ? down((net.bands[number].foot + net.bands[number + 1].top) / 2) : height;
    const [rect, text] = bandElements[number].children;
    for (const [name, value] of Object.entries({ x: 0, y: above, width, height: Math.max(0, below - above) })) rect.setAttribute(name, value);
    text.setAttribute("x", 8);
    text.setAttribute("y", Math.max(above, 0) + 16);
    const isOff = below < 20 || above > height;
    bandElements[number].classList.toggle("off", isOff);
    if (!isOff) bandBoxes.push([0, Math.max(above, 0), bandWidths[number] + 12, Math.max(above, 0) + 20]);
  });
}

function drawTies(ties) {
  tieElements.forEach((element, tie) => {
    element.classList.toggle("off", !ties.has(tie));
    if (!ties.has(tie)) return;
    const [source, target, relation] = net.ties[tie];
    const gap = net.directed ? 2 : 0;
    const width = widthOf(net, state, tie);
    const { line, head } = paths(curve(spots[source], spots[target], radiusOf(source) + 1, radiusOf(target) + gap, bow[tie]), width, net.directed);
    const [hit, stroke, tip] = element.children;
    hit.setAttribute("d", line);
    stroke.setAttribute("d", line);
    stroke.setAttribute("stroke-width", Math.round(width * 100) / 100);
    stroke.setAttribute("stroke-dasharray", dashesOf(relation, width) || "none");
    tip.setAttribute("d", head);
    element.setAttribute("aria-label", word("tie_said", { tie: tieWords(tie), n: statementsOf(net, state, tie).length }));
  });
}

function drawActors(ties, shown, [width, height]) {
  const named = largest.filter((actor) => shown.has(actor)).slice(0, state.view.k > 1.5 ? undefined : NAMED);
  const radii = net.actors.map((_, actor) => radiusOf(actor));
  const found = placeNames(named, spots, radii, nameSizes, [width, height], { crowned: crownedActors(net, ties, spots), kept: bandBoxes });
  actorElements.forEach((element, actor) => {
    const [x, y] = spots[actor].map((value) => Math.round(value * 10) / 10);
    element.setAttribute("transform", `translate(${x} ${y})`);
    element.classList.toggle("faint", !shown.has(actor));
    element.classList.toggle("chosen", state.at === actor);
    element.classList.toggle("unnamed", !found[actor]);
    element.setAttribute("aria-hidden", !shown.has(actor));
    const [left, top] = found[actor] ?? [x, y + radii[actor] + 3];
    const middle = Math.min(Math.max(left, nameSizes[actor][0] / 2), width - nameSizes[actor][0] / 2);
    element.lastChild.setAttribute("transform", `translate(${Math.round(middle - x)} ${Math.round(top - y)})`);
  });
}

/** Everything that follows the state: the picture, what it says, the controls, the table. */
function update() {
  const { ties, shown } = draw();
  const isShown = new Set(ties);
  actorElements.forEach((element, actor) => element.setAttribute("aria-label", actorWords(actor, isShown)));
  if (focus && !(shown.has(focus.actor) && (focus.tie === undefined || isShown.has(focus.tie)))) focus = null;
  const stop = focus ? focus.actor : state.at >= 0 ? state.at : readingOrder(shown, spots)[0];
  actorElements.forEach((element, actor) => element.setAttribute("tabindex", actor === stop ? 0 : -1));
  showControls();
  showCounts(ties, shown);
  showRows(isShown);
  showPointed(isShown);
}

function showCounts(ties) {
  const { ties: many, actors, statements } = countsOf(net, state);
  const fields = { ties: many, all_ties: net.ties.length, actors, all_actors: net.actors.length, statements, all_statements: net.statements.length };
  for (const name of Object.keys(fields)) fields[name] = written(fields[name], data.marks);
  const said = word(net.documents.length ? "counts_stated" : "counts", fields);
  byId("counts").textContent = said;
  byId("table-title").textContent = word("table", { counts: said });
  svg.setAttribute("aria-label", `${data.title}. ${said}`);
  if (!ties.length) say(word("none"));
  return said;
}

// ---- what is told of an actor or a tie ----

function statementList(tie) {
  const items = statementsOf(net, state, tie).map((number) => {
    const [, document, words, where] = net.statements[number];
    const name = net.documents.length ? net.documents[document].name : "";
    const parts = words ? [words, " "] : [];
    const place = [name, where].filter(Boolean).join(", ");
    return make("li", {}, ...parts, make("span", { class: "where" }, words && place ? word("where", { where: place }) : place));
  });
  return make("ul", {}, ...items.filter((item) => item.textContent.trim()));
}

function tieTold(tie) {
  const many = statementsOf(net, state, tie).length;
  const weight = word("weight", { n: written(Math.round(weightOf(net, state, tie) * 1000) / 1000, data.marks) });
  return [make("p", {}, make("b", {}, tieWords(tie))), ...(many ? [] : [make("p", {}, weight)]), statementList(tie)];
}

function tieButton(tie, from) {
  const [source, target, relation] = net.ties[tie];
  const isOut = source === from;
  const arrow = net.directed ? (isOut ? "→ " : "← ") : "";
  const button = make("button", { type: "button" }, `${arrow}${net.relations[relation].name}: ${net.actors[isOut ? target : source][1]}`);
  button.addEventListener("click", () => choose({ tie, at: state.at }));
  return make("li", {}, button);
}

function actorTold(actor, isShown) {
  const mine = net.touching[actor].filter((tie) => isShown.has(tie));
  const ordered = mine.sort((a, b) => (net.ties[b][0] === actor) - (net.ties[a][0] === actor) || net.ties[a][2] - net.ties[b][2]);
  return [make("p", {}, make("b", {}, actorWords(actor, isShown))), make("ul", {}, ...ordered.map((tie) => tieButton(tie, actor)))];
}

function toldNow() {
  if (pointed) return pointed;
  if (focus) return focus.tie === undefined ? { actor: focus.actor } : { tie: focus.tie };
  if (state.tie >= 0) return { tie: state.tie };
  return state.at >= 0 ? { actor: state.at } : null;
}

let lastTold = "";
function showPointed(isShown = new Set(shownTies(net, state))) {
  const now = toldNow();
  const hasTie = now && now.tie !== undefined;
  svg.classList.toggle("pointing", Boolean(now));
  tieElements.forEach((element, tie) => {
    const isNear = now && (hasTie ? now.tie === tie : net.ties[tie].slice(0, 2).includes(now.actor));
    element.classList.toggle("near", Boolean(isNear));
    element.classList.toggle("told", Boolean(hasTie && now.tie === tie));
  });
  const near = !now ? [] : hasTie ? net.ties[now.tie].slice(0, 2) : [now.actor, ...net.touching[now.actor].filter((tie) => isShown.has(tie)).flatMap((tie) => net.ties[tie].slice(0, 2))];
  actorElements.forEach((element, actor) => element.classList.toggle("near", near.includes(actor)));
  const content = !now ? [make("p", { class: "hint" }, word("hint"))] : hasTie ? tieTold(now.tie) : actorTold(now.actor, isShown);
  const box = make("div", {}, ...content);
  if (box.innerHTML === lastTold) return; // what has not changed is not said again
  if (lastTold) byId("details").scrollTop = 0;
  lastTold = box.innerHTML;
  byId("told").replaceChildren(...box.childNodes);
}

// ---- controls ----

function checkRow(list, input, label, many) {
  const row = make("li", {}, make("label", {}, input, ...label), many);
  list.append(row);
  return { input, many };
}

function swatchOfRelation({ colour, dashes }) {
  const dash = dashes.map((part) => part * 2).join(" ") || "none";
  const ends = net.directed ? [makeSvg("path", { d: "M30 6L22 2.4L22 9.6Z", style: `fill:${colourOf(colour)}` })] : [];
  return makeSvg("svg", { width: 32, height: 12, "aria-hidden": true }, makeSvg("path", { d: "M0 6H24", "stroke-width": 2, "stroke-dasharray": dash, style: `fill:none;stroke:${colourOf(colour)}` }), ...ends);
}

function swatchOfType({ colour, marker }) {
  return makeSvg("svg", { width: 18, height: 16, viewBox: "-9 -8 18 16", "aria-hidden": true }, makeSvg("path", { d: markPath(marker, 5.5), style: `fill:${colourOf(colour)}` }));
}

const relationRows = net.relations.map((relation, number) => {
  const input = make("input", { type: "checkbox" });
  input.addEventListener("change", () => change(() => (input.checked ? state.relations.add(number) : state.relations.delete(number))));
  return checkRow(byId("relations"), input, [swatchOfRelation(relation), make("span", {}, relation.name)], make("span", { class: "many" }));
});
const documentRows = net.documents.map(({ name }, number) => {
  const input = make("input", { type: "checkbox" });
  input.addEventListener("change", () => change(() => (input.checked ? state.without.delete(number) : state.without.add(number))));
  return checkRow(byId("documents"), input, [make("span", {}, name)], make("span", { class: "many" }));
});
byId("documents-box").hidden = net.documents.length < 2;
byId("ways").hidden = !net.directed;
net.types.forEach((type, number) => {
  const many = net.actors.filter((actor) => actor[2] === number).length;
  byId("types").append(make("li", {}, swatchOfType(type), make("span", {}, type.name), make("span", { class: "many" }, written(many, data.marks))));
});
byId("names").append(...net.actors.map(([, name]) => make("option", { value: name })));

function showControls() {
  relationRows.forEach(({ input, many }, number) => {
    input.checked = state.relations.has(number);
    many.textContent = written(tiesOf(net, state, number), data.marks);
  });
  documentRows.forEach(({ input, many }, number) => {
    input.checked = !state.without.has(number);
    many.textContent = word(state.without.has(number) ? "document_out" : "document_in", { n: written(tiesWithout(net, state, number), data.marks) });
  });
  byId("ego").disabled = state.at < 0;
  for (const input of document.querySelectorAll("#ego input")) input.checked = input.value === String(input.name === "steps" ? state.steps : state.way);
}

/** Change the state by the reader's hand: tell the address, draw, and say how many are shown. */
function change(act, isStep = true) {
  act();
  tellState(toldState(net, state), isStep);
  update();
  if (isStep) say(byId("counts").textContent);
}

function choose({ at = -1, tie = -1 }) {
  change(() => {
    state.at = at;
    state.tie = tie;
    if (at < 0) state.steps = 0;
  });
}

for (const input of document.querySelectorAll("#ego input")) {
  input.addEventListener("change", () => change(() => {
    state[input.name] = input.name === "steps" ? Number(input.value) : input.value;
    if (input.name === "way" && !state.steps) state.steps = 1;
  }));
}
byId("all").addEventListener("click", () => change(() => {
  state = { ...state, relations: new Set(net.relations.keys()), without: new Set(), steps: 0 };
}));
byId("reset").addEventListener("click", () => change(() => {
  state = startState(net);
  focus = null;
  byId("find").value = "";
  markFound([]);
}));
byId("link").hidden = location.protocol === "about:"; // in the frame of a notebook nothing has an address
byId("link").addEventListener("click", () => {
  const done = () => say(word("link_done"));
  const told = () => say(`${word("link_address")} ${location.href}`);
  if (navigator.clipboard) navigator.clipboard.writeText(location.href).then(done, told);
  else told();
});

function markFound(found) {
  actorElements.forEach((element, actor) => element.classList.toggle("found", found.includes(actor)));
}
byId("find").addEventListener("input", () => {
  const found = matches(net, byId("find").value);
  markFound(found);
  if (byId("find").value.trim()) say(found.length ? word("found", { n: found.length }) : word("not_found"));
});
byId("find").addEventListener("keydown", (event) => {
  if (event.key === "Escape" && byId("find").value) {
    event.stopPropagation(); // the first Escape takes back the search alone
    byId("find").value = "";
    markFound([]);
  }
  const [first] = event.key === "Enter" ? matches(net, byId("find").value) : [];
  if (first === undefined) return;
  if (!shownActors(net, shownTies(net, state)).has(first)) change(() => (state = { ...state, relations: new Set(net.relations.keys()), without: new Set(), steps: 0 }));
  choose({ at: first });
  actorElements[first].focus();
});

// ---- the table of ties ----

for (const [parts, role] of [["table", "table"], ["thead, tbody", "rowgroup"], ["thead tr", "row"], ["thead th", "columnheader"]]) {
  for (const part of document.querySelectorAll(parts)) part.setAttribute("role", role);
}

const tableRows = net.ties.map(([source, target, relation], tie) => {
  const button = make("button", { type: "button" }, net.relations[relation].name);
  button.setAttribute("aria-label", tieWords(tie));
  button.addEventListener("click", () => choose({ tie, at: state.at }));
  const said = make("td");
  const row = make("tr", { role: "row" }, make("td", {}, net.actors[source][1]), make("td", {}, button), make("td", {}, net.actors[target][1]), said);
  for (const cell of row.children) cell.setAttribute("role", "cell"); // which boxes on a narrow page would take away
  byId("rows").append(row);
  return { row, said };
});

function showRows(isShown) {
  tableRows.forEach(({ row, said }, tie) => {
    row.hidden = !isShown.has(tie);
    if (row.hidden) return;
    const list = statementList(tie);
    said.replaceChildren(list.children.length ? list : document.createTextNode(word("weight", { n: written(Math.round(weightOf(net, state, tie) * 1000) / 1000, data.marks) })));
  });
}

// ---- mouse and touch ----

function partOf(target) {
  const element = target.closest?.(".actor, .tie");
  if (!element) return null;
  return element.dataset.tie === undefined ? { actor: Number(element.dataset.actor) } : { tie: Number(element.dataset.tie) };
}

svg.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse") return;
  pointed = partOf(event.target);
  showPointed();
});
svg.addEventListener("pointerleave", () => {
  pointed = null;
  showPointed();
});

let drag = null;
svg.addEventListener("pointerdown", (event) => {
  drag = { x: event.clientX, y: event.clientY, view: state.view, hasMoved: false };
});
svg.addEventListener("pointermove", (event) => {
  if (!drag || (state.view.k === 1 && event.pointerType !== "mouse")) return;
  const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
  if (!drag.hasMoved && Math.hypot(dx, dy) < 5) return;
  drag.hasMoved = true;
  const [width, height] = size();
  state.view = { ...drag.view, x: drag.view.x + dx / width, y: drag.view.y + dy / height };
  draw();
});
addEventListener("pointerup", () => {
  if (drag?.hasMoved) change(() => {}, false);
  setTimeout(() => (drag = null)); // after the click that ends it
});
svg.addEventListener("click", (event) => {
  if (drag?.hasMoved) return;
  const part = partOf(event.target);
  if (part?.tie !== undefined) choose({ tie: part.tie, at: state.at });
  else if (part) choose({ at: part.actor });
  else if (state.at >= 0 || state.tie >= 0) choose({});
});
svg.addEventListener("wheel", (event) => {
  if (!event.ctrlKey) return; // the page scrolls with the wheel alone
  event.preventDefault();
  zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2);
}, { passive: false });

function zoom(factor) {
  const k = Math.min(12, Math.max(1, state.view.k * factor));
  const ratio = k / state.view.k;
  change(() => (state.view = k === 1 ? { k: 1, x: 0, y: 0 } : { k, x: state.view.x * ratio, y: state.view.y * ratio }), false);
}

function pan(dx, dy) {
  change(() => (state.view = { ...state.view, x: state.view.x + dx, y: state.view.y + dy }), false);
}
byId("zoom-in").addEventListener("click", () => zoom(1.4));
byId("zoom-out").addEventListener("click", () => zoom(1 / 1.4));
byId("zoom-all").addEventListener("click", () => zoom(0));

// ---- keys ----

const MOVES = { ArrowLeft: [0.1, 0], ArrowRight: [-0.1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] };

function focusOn(next) {
  focus = next;
  (next.tie === undefined ? actorElements[next.actor] : tieElements[next.tie]).focus();
}

function read(step) {
  const order = readingOrder(shownActors(net, shownTies(net, state)), spots);
  const place = order.indexOf(focus.actor);
  focusOn({ actor: order[step === "Home" ? 0 : step === "End" ? order.length - 1 : (place + step + order.length) % order.length] });
}

function escape() {
  if (focus?.tie !== undefined) focusOn({ actor: focus.actor });
  else if (state.tie >= 0) choose({ at: state.at });
  else if (state.steps) change(() => (state.steps = 0));
  else if (state.at >= 0) choose({});
}

/** What a key does in the drawing; nothing of a key that does nothing there. */
function keyed(event) {
  const { key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (MOVES[key] && event.shiftKey) return () => pan(...MOVES[key]);
  if (MOVES[key]) {
    const next = walk(net, shownTies(net, state), spots, bow, focus, key);
    return () => (next ? focusOn(next) : say(word("no_tie")));
  }
  if (key === "Enter" || key === " ") return () => choose(focus.tie === undefined ? { at: focus.actor } : { tie: focus.tie, at: state.at });
  const keys = { PageDown: () => read(1), PageUp: () => read(-1), Home: () => read("Home"), End: () => read("End"), Escape: escape };
  const zooms = { "+": 1.4, "=": 1.4, "-": 1 / 1.4, 0: 0 };
  return keys[key] ?? (key in zooms ? () => zoom(zooms[key]) : null);
}

svg.addEventListener("keydown", (event) => {
  const part = partOf(event.target);
  if (!part) return;
  const act = keyed(event);
  if (!act) return;
  event.preventDefault();
  act();
});
svg.addEventListener("focusin", (event) => {
  const part = partOf(event.target);
  if (!part) return;
  if (part.tie === undefined) focus = { actor: part.actor };
  else if (focus?.tie !== part.tie) focus = { actor: net.ties[part.tie][0], tie: part.tie };
  pointed = null;
  actorElements.forEach((element, actor) => element.setAttribute("tabindex", actor === focus.actor ? 0 : -1));
  showPointed();
});
svg.addEventListener("focusout", (event) => {
  if (svg.contains(event.relatedTarget) || byId("details").contains(event.relatedTarget)) return;
  focus = null;
  showPointed();
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !svg.contains(event.target)) escape();
});

// ---- what is taken away ----

const LIGHT = data.light;
const light = (text) => text.replace(/var\((--[\w-]+)\)/g, (_, name) => LIGHT[name]);

function legendRow(items, y, width) {
  const row = makeSvg("g", {});
  let [x, line] = [10, y];
  for (const [swatch, name] of items) {
    const wide = 44 + name.length * 7.2;
    if (x + wide > width && x > 10) [x, line] = [10, line + 20];
    swatch.setAttribute("x", x);
    swatch.setAttribute("y", line - 12);
    row.append(swatch, makeSvg("text", { x: x + 36, y: line, "font-size": 12, fill: LIGHT["--ink"] }, name));
    x += wide;
  }
  return [row, line + 22];
}

/** The picture as it is seen, with title, legend and counts, as a file of its own on white paper. */
function pictureFile() {
  const [width, height] = size();
  const heads = lines(data.title, Math.floor(width / 8.5));
  const top = 14 + heads.length * 20;
  const ties = shownTies(net, state);
  const [relations, types] = [new Set(ties.map((tie) => net.ties[tie][2])), new Set([...shownActors(net, ties)].map((actor) => net.actors[actor][2]))];
  const [typeRow, after] = legendRow([...types].sort((a, b) => a - b).map((one) => [swatchOfType(net.types[one]), net.types[one].name]), top + height + 22, width);
  const [relationRow, foot] = legendRow([...relations].sort((a, b) => a - b).map((one) => [swatchOfRelation(net.relations[one]), net.relations[one].name]), after, width);
  const drawn = [...svg.children].filter((one) => !one.matches(".off, .faint")).map(takenAway);
  const whole = makeSvg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${foot + 8}`, width, height: foot + 8, "font-family": "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif" },
    makeSvg("title", {}, data.title), makeSvg("rect", { width, height: foot + 8, fill: "#ffffff" }),
    ...heads.map((part, number) => makeSvg("text", { x: 10, y: 20 + number * 20, "font-size": 15, "font-weight": 600, fill: LIGHT["--ink"] }, part)),
    makeSvg("svg", { y: top, width, height }, ...drawn), typeRow, relationRow,
    makeSvg("text", { x: 10, y: foot, "font-size": 12, fill: LIGHT["--ink"] }, byId("counts").textContent));
  return `${light(new XMLSerializer().serializeToString(whole))}\n`;
}

/** A copy of a part of the drawing with its looks in itself, and without what only the page needs. */
function takenAway(element) {
  const copy = element.cloneNode(true);
  for (const one of copy.querySelectorAll(".hit, .ring, circle")) one.remove();
  if (copy.matches(".unnamed")) copy.querySelector(".name")?.remove();
  const label = copy.getAttribute("aria-label");
  for (const one of [copy, ...copy.querySelectorAll("*")]) {
    const looks = getLooks(one);
    if (looks) one.setAttribute("style", `${one.getAttribute("style") ?? ""};${looks}`);
    for (const name of ["class", "role", "tabindex", "aria-hidden", "aria-label", "data-tie", "data-actor"]) one.removeAttribute(name);
  }
  if (label) copy.prepend(makeSvg("title", {}, label));
  return copy;
}

function getLooks(element) {
  const looks = {
    band: "fill:var(--shade)",
    "band-name": "fill:var(--soft);font-size:12px;font-weight:600",
    name: "fill:var(--ink);font-size:12px;text-anchor:middle;paint-order:stroke;stroke:#ffffff;stroke-width:3px;stroke-linejoin:round",
    line: "fill:none",
    mark: "stroke:#ffffff;stroke-width:1px",
  };
  return looks[element.getAttribute("class")?.split(" ")[0]];
}

byId("save-svg").addEventListener("click", () => {
  save("network.svg", "image/svg+xml", pictureFile());
  say(word("saved", { name: "network.svg" }));
});
byId("save-csv").addEventListener("click", () => {
  save("network_ties.csv", "text/csv", csvText(csvRows(net, state, word("dash"))));
  say(word("saved", { name: "network_ties.csv" }));
});

addEventListener("resize", () => {
  isNarrow = innerWidth < 600;
  update();
});
followState((told) => {
  state = takenState(net, told);
  focus = null;
  update();
});
