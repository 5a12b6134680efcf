"use strict";
// What the view of a network computes without a page: what is shown, how many, where, and where a key leads.
// A tie is [source, target, relation, weight], an actor [id, name, type, x, y, radius, size], a statement
// [tie, document, words, where it stands]; numbers are places in the lists of the network.

const BEND = 0.12; // how far a tie bows out to its left, as a share of its length
const STRAIGHT = 0.04; // and one without direction
const FURTHER = 0.1; // and each further tie between the same two
const STRETCH = 1.7; // how much more the shorter side may be drawn out than the longer: the axes have no meaning
const HEAD = 8; // pixels from the tip to the back of an arrow head
const ARROWS = { ArrowRight: 0, ArrowDown: 90, ArrowLeft: 180, ArrowUp: 270 };

/** The network with the statements of each tie and the ties of each actor at hand. */
function indexed(net) {
  const stated = net.ties.map(() => []);
  net.statements.forEach(([tie], number) => stated[tie].push(number));
  const touching = net.actors.map(() => []);
  net.ties.forEach(([source, target], number) => {
    touching[source].push(number);
    touching[target].push(number);
  });
  return { ...net, stated, touching, loudest: Math.max(...net.ties.map((tie) => tie[3])), even: net.ties.every((tie) => tie[3] === net.ties[0][3]) };
}

/** What is shown before anybody has chosen anything. */
function startState(net) {
  const first = net.shown.length ? net.relations.flatMap(({ code }, number) => (net.shown.includes(code) ? [number] : [])) : net.relations.keys();
  return { relations: new Set(first), without: new Set(), at: -1, tie: -1, steps: 0, way: "both", view: { k: 1, x: 0, y: 0 } };
}

/** A state from what an address tells; what the network does not know is passed over. */
function takenState(net, told) {
  const state = startState(net);
  const numbered = (list, codes) => new Set(codes.map((code) => list.findIndex((one) => one.code === code)).filter((number) => number >= 0));
  if (told.show?.length) state.relations = numbered(net.relations, told.show);
  if (told.bare?.length) state.relations = new Set();
  if (told.without) state.without = numbered(net.documents, told.without);
  const actor = (id) => net.actors.findIndex((one) => one[0] === id);
  if (told.at?.length) state.at = actor(told.at[0]);
  if (told.tie?.length === 3) {
    const [source, target, relation] = [actor(told.tie[0]), actor(told.tie[1]), net.relations.findIndex(({ code }) => code === told.tie[2])];
    state.tie = net.ties.findIndex((tie) => tie[0] === source && tie[1] === target && tie[2] === relation);
  }
  if (state.at >= 0 && told.steps && ["1", "2"].includes(told.steps[0])) state.steps = Number(told.steps[0]);
  if (told.way && ["out", "in"].includes(told.way[0])) state.way = told.way[0];
  const view = (told.view ?? []).map(Number);
  if (view.length === 3 && view.every(Number.isFinite) && view[0] >= 1 && view[0] <= 12) state.view = { k: view[0], x: view[1], y: view[2] };
  return state;
}

/** What an address tells of a state: only what differs from the beginning. */
function toldState(net, state) {
  const first = startState(net);
  const same = first.relations.size === state.relations.size && [...first.relations].every((number) => state.relations.has(number));
  const codes = (list, numbers) => [...numbers].sort((a, b) => a - b).map((number) => list[number].code);
  const tie = net.ties[state.tie];
  const { k, x, y } = state.view;
  return {
    show: same ? [] : codes(net.relations, state.relations),
    bare: state.relations.size ? [] : ["1"],
    without: codes(net.documents, state.without),
    at: state.at >= 0 ? [net.actors[state.at][0]] : [],
    steps: state.at >= 0 && state.steps ? [String(state.steps)] : [],
    way: state.way === "both" ? [] : [state.way],
    tie: tie ? [net.actors[tie[0]][0], net.actors[tie[1]][0], net.relations[tie[2]].code] : [],
    view: k === 1 && x === 0 && y === 0 ? [] : [k, x, y].map((value) => String(Math.round(value * 1000) / 1000)),
  };
}

/** Statements of a tie whose documents are not left out. */
function statementsOf(net, state, tie) {
  return net.stated[tie].filter((number) => !state.without.has(net.statements[number][1]));
}

/** Whether a tie is left by the documents: one that rests on none stays. */
function isStated(net, state, tie) {
  return net.stated[tie].length === 0 || net.documents.length === 0 || statementsOf(net, state, tie).length > 0;
}

/** Steps from an actor to those it reaches along ties, at most so many: a map of actor to steps. */
function reached(net, ties, at, steps, way) {
  const near = new Map([[at, 0]]);
  for (let step = 0; step < steps; step += 1) {
    const found = [];
    for (const number of ties) {
      const [source, target] = net.ties[number];
      if (way !== "in" && near.get(source) === step && !near.has(target)) found.push(target);
      if (way !== "out" && near.get(target) === step && !near.has(source)) found.push(source);
    }
    for (const actor of found) if (!near.has(actor)) near.set(actor, step + 1);
  }
  return near;
}

/** Ties that are walked within so many steps of an actor: going out, coming in, or either way. */
function ego(net, ties, at, steps, way) {
  const near = reached(net, ties, at, steps, net.directed ? way : "both");
  const within = (actor) => near.has(actor) && near.get(actor) < steps;
  return ties.filter((number) => {
    const [source, target] = net.ties[number];
    return (way !== "in" && within(source)) || (way !== "out" && within(target)) || (!net.directed && (within(source) || within(target)));
  });
}

/** Numbers of the ties that are shown. */
function shownTies(net, state) {
  const ruled = [...net.ties.keys()].filter((number) => state.relations.has(net.ties[number][2]) && isStated(net, state, number));
  return state.at >= 0 && state.steps ? ego(net, ruled, state.at, state.steps, state.way) : ruled;
}

/** Numbers of the actors at the ends of ties, and of the one chosen. */
function shownActors(net, ties, at = -1) {
  const ends = new Set(ties.flatMap((number) => net.ties[number].slice(0, 2)));
  if (at >= 0) ends.add(at);
  return ends;
}

/** How many ties, actors with a tie, and statements are shown. */
function countsOf(net, state) {
  const ties = shownTies(net, state);
  const statements = ties.reduce((sum, number) => sum + statementsOf(net, state, number).length, 0);
  return { ties: ties.length, actors: shownActors(net, ties).size, statements };
}

/** How many ties would be left without one more document. */
function tiesWithout(net, state, document) {
  return shownTies(net, { ...state, without: new Set([...state.without, document]) }).length;
}

/** How many ties a relation has beside the others, whether it is drawn or not. */
function tiesOf(net, state, relation) {
  const all = shownTies(net, { ...state, relations: new Set(net.relations.keys()) });
  return all.filter((number) => net.ties[number][2] === relation).length;
}

/** Weight of a tie; what documents state of it counts only as far as they are not left out. */
function weightOf(net, state, tie) {
  const all = net.stated[tie].length;
  return all && net.documents.length ? (net.ties[tie][3] * statementsOf(net, state, tie).length) / all : net.ties[tie][3];
}

/** Width of a tie in pixels; linear in its weight, as in the static figure. */
function widthOf(net, state, tie) {
  const slim = Math.min(1, Math.max(0.45, Math.sqrt(100 / net.ties.length)));
  return slim * (net.even ? 1.4 : 1 + (2.6 * weightOf(net, state, tie)) / net.loudest);
}

/** A text without marks above letters and in small letters, so that whoever types "e" finds "é". */
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Actors whose name or id holds a text: first those that begin with it, then those with a word that does. */
function matches(net, text) {
  const wanted = folded(text.trim());
  if (!wanted) return [];
  const rank = ([id, name]) => {
    const said = folded(name);
    if (said.startsWith(wanted)) return 0;
    if (said.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted))) return 1;
    return said.includes(wanted) || folded(id).includes(wanted) ? 2 : 3;
  };
  const ranked = net.actors.map((actor, number) => [rank(actor), number]).filter(([place]) => place < 3);
  return ranked.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, number]) => number);
}

/** Places of the actors in pixels, in a box of that size with margins [right and left, above, below]. */
function places(net, width, height, [side, above, below], view = { k: 1, x: 0, y: 0 }) {
  const ends = (axis) => [Math.min(...net.actors.map((actor) => actor[axis])), Math.max(...net.actors.map((actor) => actor[axis]))];
  const [left, right] = ends(3);
  const [top, foot] = ends(4);
  const floor = 0.2 * Math.max(right - left, foot - top) || 1;
  const fitting = [Math.max(right - left, floor) / (width - 2 * side), Math.max(foot - top, floor) / (height - above - below)];
  const least = Math.max(...fitting) / STRETCH;
  const [perX, perY] = fitting.map((one) => Math.max(one, least));
  const middle = [width / 2, (height + above - below) / 2];
  const zoomed = (value, centre, shift) => centre + view.k * (value - centre) + shift;
  return {
    spots: net.actors.map((actor) => [
      zoomed(middle[0] + (actor[3] - (left + right) / 2) / perX, width / 2, view.x * width),
      zoomed(middle[1] + (actor[4] - (top + foot) / 2) / perY, height / 2, view.y * height),
    ]),
    down: (y) => zoomed(middle[1] + (y - (top + foot) / 2) / perY, height / 2, view.y * height),
  };
}

/** The share of its length by which each tie bows out, so that those between the same two do not cover each other. */
function bends(net) {
  const seen = new Map();
  return net.ties.map(([source, target]) => {
    const pair = (net.directed ? [source, target] : [Math.min(source, target), Math.max(source, target)]).join();
    const before = seen.get(pair) ?? 0;
    seen.set(pair, before + 1);
    return (net.directed ? BEND : STRAIGHT) + FURTHER * before;
  });
}

/** Control points of a tie between the rims of two marks: start, middle, end. */
function curve([x, y], [toX, toY], radius, toRadius, bend) {
  const [alongX, alongY] = [toX - x, toY - y];
  const length = Math.hypot(alongX, alongY) || 1e-9;
  const middle = [(x + toX) / 2 + bend * alongY, (y + toY) / 2 - bend * alongX];
  const towards = (fromX, fromY, distance) => {
    const [dx, dy] = [middle[0] - fromX, middle[1] - fromY];
    const far = Math.hypot(dx, dy) || 1e-9;
    return [fromX + (dx / far) * distance, fromY + (dy / far) * distance];
  };
  return [towards(x, y, Math.min(radius, 0.4 * length)), middle, towards(toX, toY, Math.min(toRadius, 0.4 * length))];
}

const short = (value) => Math.round(value * 10) / 10;
const point = ([x, y]) => `${short(x)} ${short(y)}`;

/** A tie as a path, and its head, a triangle at the end; none for a tie without direction. */
function paths([start, middle, end], width, directed) {
  const [dx, dy] = [end[0] - middle[0], end[1] - middle[1]];
  const far = Math.hypot(dx, dy) || 1e-9;
  const [ux, uy] = [dx / far, dy / far];
  const size = HEAD + 1.2 * width;
  const back = [end[0] - ux * size, end[1] - uy * size];
  const across = [-uy * size * 0.42, ux * size * 0.42];
  const stop = directed ? [end[0] - ux * size * 0.8, end[1] - uy * size * 0.8] : end;
  const head = `M${point(end)}L${point([back[0] + across[0], back[1] + across[1]])}L${point([back[0] - across[0], back[1] - across[1]])}Z`;
  return { line: `M${point(start)}Q${point(middle)} ${point(stop)}`, head: directed ? head : "" };
}

/** The outline of a mark of about the same area whatever its shape. */
function markPath(marker, radius) {
  const corners = (list) => `M${list.map(([x, y]) => `${short(x * radius)} ${short(y * radius)}`).join("L")}Z`;
  const plus = [[-0.42, -1.15], [0.42, -1.15], [0.42, -0.42], [1.15, -0.42], [1.15, 0.42], [0.42, 0.42], [0.42, 1.15], [-0.42, 1.15], [-0.42, 0.42], [-1.15, 0.42], [-1.15, -0.42], [-0.42, -0.42]];
  const turned = ([x, y]) => [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2];
  const shapes = {
    s: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
    "^": [[0, -1.25], [1.15, 0.85], [-1.15, 0.85]],
    v: [[0, 1.25], [1.15, -0.85], [-1.15, -0.85]],
    D: [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]],
    P: plus,
    X: plus.map(turned),
  };
  if (shapes[marker]) return corners(shapes[marker]);
  const r = short(radius);
  return `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0Z`;
}

/** A name in lines of about so many letters, cut nowhere but at blanks. */
function lines(name, letters) {
  const found = [];
  for (const part of name.split(" ")) {
    if (found.length && found[found.length - 1].length + part.length < letters) found[found.length - 1] += ` ${part}`;
    else found.push(part);
  }
  return found;
}

/** Which actors have more ties below them than above, so that their names stand better above. */
function crownedActors(net, ties, spots) {
  const below = net.actors.map(() => 0);
  for (const number of ties) {
    const [source, target] = net.ties[number];
    const down = Math.sign(spots[target][1] - spots[source][1]);
    below[source] += down;
    below[target] -= down;
  }
  return below.map((sum) => sum > 0);
}

/** Where names of given [width, height] stand beside their marks: below (of some, first above), above, right, left, or
 * null for want of room. Kept free are boxes of other words. */
function placeNames(order, spots, radii, sizes, [width, height], { crowned = [], kept = [] } = {}) {
  const boxes = spots.map(([x, y], number) => [x - radii[number], y - radii[number], x + radii[number], y + radii[number]]);
  const taken = [...kept];
  const named = new Set(order);
  const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  const found = spots.map(() => null);
  for (const number of order) {
    const [[x, y], [w, h], gap] = [spots[number], sizes[number], radii[number] + 3];
    const [below, above] = [[x - w / 2, y + gap], [x - w / 2, y - gap - h]];
    const tries = crowned[number] ? [above, below] : [below, above];
    for (const [left, top] of [...tries, [x + gap, y - h / 2], [x - gap - w, y - h / 2]]) {
      const box = [left, top, left + w, top + h];
      const isInside = box[0] >= 0 && box[1] >= 0 && box[2] <= width && box[3] <= height;
      const isFree = !taken.some((other) => meets(box, other)) && !boxes.some((other, one) => one !== number && named.has(one) && meets(box, other));
      if (!isInside || !isFree) continue;
      taken.push(box);
      found[number] = [left + w / 2, top];
      break;
    }
  }
  return found;
}

/** Degrees from east, clockwise as a page counts, in which a tie leaves one of its actors. */
function heading(net, spots, bend, tie, from) {
  const [source, target] = net.ties[tie];
  const [a, b] = from === source ? [spots[source], spots[target]] : [spots[target], spots[source]];
  const bow = (Math.atan(2 * bend[tie]) * 180) / Math.PI; // a tie bows to its left, and is met by its other end from the right
  const turn = from === source ? -bow : bow;
  return ((Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI + turn + 720) % 360;
}

const apart = (one, other) => Math.abs(((one - other + 540) % 360) - 180);

/** Where an arrow key leads. From an actor onto the tie that leaves most nearly that way, on along it to the other
 * actor, back the way one came, and across a tie to the next that leaves the same actor. Null if nothing is there. */
function walk(net, ties, spots, bend, focus, key) {
  const way = ARROWS[key];
  const near = (actor) => net.touching[actor].filter((number) => ties.includes(number)).map((tie) => ({ tie, angle: heading(net, spots, bend, tie, actor) }));
  if (focus.tie === undefined) {
    const [first] = near(focus.actor).sort((a, b) => apart(a.angle, way) - apart(b.angle, way) || a.tie - b.tie);
    return first && apart(first.angle, way) <= 90 ? { actor: focus.actor, tie: first.tie } : null;
  }
  const [source, target] = net.ties[focus.tie];
  const other = focus.actor === source ? target : source;
  const angle = heading(net, spots, bend, focus.tie, focus.actor);
  if (apart(angle, way) <= 45) return { actor: other };
  if (apart(angle, way) >= 135) return { actor: focus.actor };
  const round = near(focus.actor).sort((a, b) => a.angle - b.angle || a.tie - b.tie);
  const isClockwise = (way - angle + 360) % 360 < 180;
  const place = round.findIndex(({ tie }) => tie === focus.tie);
  return { actor: focus.actor, tie: round[(place + (isClockwise ? 1 : round.length - 1)) % round.length].tie };
}

/** Actors as one reads: row by row from the top, each from the left. */
function readingOrder(actors, spots) {
  return [...actors].sort((a, b) => Math.round(spots[a][1] / 12) - Math.round(spots[b][1] / 12) || spots[a][0] - spots[b][0]);
}

/** Rows of the table of ties that is taken away, headed by the names of its columns. */
function csvRows(net, state, dash = "–") {
  const head = ["source", "source_name", "relation", "relation_name", "target", "target_name", "weight", "documents", "statements"];
  const rows = shownTies(net, state).map((number) => {
    const [source, target, relation] = net.ties[number];
    const said = statementsOf(net, state, number).map((one) => net.statements[one]);
    const documents = net.documents.length ? [...new Set(said.map((one) => net.documents[one[1]].name))].join("; ") : "";
    const words = said.map((one) => [one[2], one[3]].filter(Boolean).join(` ${dash} `)).filter(Boolean).join("; ");
    const ends = [source, target].map((actor) => net.actors[actor]);
    return [ends[0][0], ends[0][1], net.relations[relation].code, net.relations[relation].name, ends[1][0], ends[1][1], weightOf(net, state, number), documents, words];
  });
  return [head, ...rows];
}

if (typeof module === "object") {
  module.exports = {
    indexed, startState, takenState, toldState, shownTies, shownActors, countsOf, tiesWithout, tiesOf, weightOf, widthOf,
    matches, places, crownedActors, bends, curve, paths, markPath, lines, placeNames, heading, walk, readingOrder, csvRows, ego,
  };
}
