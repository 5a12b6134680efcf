// Scores and ranks of a composite index under a reader's weights and means, as the library makes them, without a page.
//
// An index is {codes, weights, nodes, columns}: codes of indicators and then of aggregates, a weight for each, one column
// of normalised values for each indicator (null where missing), and of each aggregate, children before parents,
// {at, below, level, least, method}: its place among the codes, those of its children, at which level it is made, the
// smallest share of children a unit must have, and its mean. A setting is {weights, methods}, methods one a node.

const NOISE = 1e-12; // of the largest score: sums that are equal on paper differ by less in binary
const EVEN = 1e-12; // of the weight two units share, likewise
const ENOUGH = 1e-9; // 3 of 5 children are at least 0.6, whatever their quotient is in binary

const DOMAINS = { geometric: "positive", harmonic: "positive", mpi: "positive", adjusted_mpi: "positive" };

/** Which values a mean is defined for: any, nonnegative or positive. */
function domainOf(method) {
  if (method.name === "generalised") return method.power > 0 ? "nonnegative" : "positive";
  return DOMAINS[method.name] || "any";
}

function isOutside(value, domain) {
  return domain === "positive" ? value <= 0 : domain === "nonnegative" && value < 0;
}

/** The mean over the columns for every unit; children that are missing are passed over, and their weights with them. */
function weightedMean(columns, weights, count) {
  const means = new Float64Array(count);
  for (let unit = 0; unit < count; unit += 1) {
    let above = 0;
    let below = 0;
    for (let child = 0; child < columns.length; child += 1) {
      const value = columns[child][unit];
      if (Number.isNaN(value)) continue;
      above += weights[child] * value;
      below += weights[child];
    }
    means[unit] = below === 0 ? NaN : above / below;
  }
  return means;
}

/** Columns with every value changed by a function that leaves missing ones missing. */
function changed(columns, change) {
  return columns.map((column) => column.map(change));
}

/** How many children a unit has. */
function haveOf(columns, unit) {
  let have = 0;
  for (const column of columns) if (!Number.isNaN(column[unit])) have += 1;
  return have;
}

/** The largest (sign 1) or the least (sign -1) value of a unit; missing without any. */
function extremeOf(columns, unit, sign) {
  let extreme = NaN;
  for (const column of columns) {
    if (!(sign * column[unit] <= sign * extreme) && !Number.isNaN(column[unit])) extreme = column[unit];
  }
  return extreme;
}

function geometricMean(columns, weights, count) {
  return weightedMean(changed(columns, Math.log), weights, count).map(Math.exp);
}

function harmonicMean(columns, weights, count) {
  return weightedMean(changed(columns, (value) => 1 / value), weights, count).map((value) => 1 / value);
}

function toPower(value, power) {
  if (power === 2) return value * value;
  if (power === 0.5) return Math.sqrt(value);
  return value ** power;
}

/** The largest value of a unit (the least for powers below 0) is taken out before powers are formed. */
function powerMean(columns, weights, count, { power }) {
  if (power === 0) return geometricMean(columns, weights, count);
  const scale = new Float64Array(count);
  for (let unit = 0; unit < count; unit += 1) {
    const extreme = extremeOf(columns, unit, power > 0 ? 1 : -1);
    scale[unit] = extreme > 0 ? extreme : 1;
  }
  const powers = columns.map((column) => column.map((value, unit) => toPower(value / scale[unit], power)));
  return weightedMean(powers, weights, count).map((value, unit) => toPower(value, 1 / power) * scale[unit]);
}

/** The mean less (or plus) the variance within the unit over the mean. */
function penalisedMean(columns, weights, count, { penalty = "negative", spread = "population" }) {
  const means = weightedMean(columns, weights, count);
  const squares = columns.map((column) => column.map((value, unit) => (value - means[unit]) ** 2));
  const variances = weightedMean(squares, weights, count);
  const sign = penalty === "positive" ? 1 : -1;
  return means.map((mean, unit) => {
    const have = spread === "sample" ? haveOf(columns, unit) : 0;
    const wider = spread === "sample" ? (have > 1 ? have / (have - 1) : NaN) : 1;
    return mean + (sign * variances[unit] * wider) / mean;
  });
}

function meanMin(columns, weights, count, { strength, smoothing = 0 }) {
  const counted = columns.filter((_, child) => weights[child] > 0);
  return weightedMean(columns, weights, count).map((mean, unit) => {
    const lowest = extremeOf(counted, unit, -1);
    return mean - strength * (Math.sqrt((mean - lowest) ** 2 + smoothing ** 2) - smoothing);
  });
}

/** The weight that the best share of the children holds. */
function quantifierOf({ quantifier = [], order_weights: order = [] }) {
  if (quantifier.length) return (share) => Math.min(Math.max((share - quantifier[0]) / (quantifier[1] - quantifier[0]), 0), 1);
  const total = order.reduce((sum, weight) => sum + weight, 0);
  const heights = [0];
  for (const weight of order) heights.push(heights[heights.length - 1] + weight / total);
  return (share) => {
    const place = share * order.length;
    const before = Math.min(Math.floor(place), order.length - 1);
    return heights[before] + (heights[before + 1] - heights[before]) * (place - before);
  };
}

function orderedMean(columns, weights, count, options) {
  const held = quantifierOf(options);
  return Float64Array.from({ length: count }, (_, unit) => {
    const order = columns.map((column, child) => [column[unit], weights[child]]).filter(([value]) => !Number.isNaN(value));
    order.sort((one, other) => other[0] - one[0]);
    const total = order.reduce((sum, [, weight]) => sum + weight, 0);
    if (!(total > 0)) return NaN;
    let importance = 0;
    let before = 0;
    let mean = 0;
    for (const [value, weight] of order) {
      importance += weight;
      const now = held(importance / total);
      mean += (now - before) * value;
      before = now;
    }
    return mean;
  });
}

/** How many units a unit beats on most of the weight they share, less how many beat it. */
function copeland(columns, weights, count) {
  const scores = new Float64Array(count);
  const children = columns.length;
  const table = new Float64Array(count * children); // unit by unit, because every pair of units is compared
  for (let child = 0; child < children; child += 1) {
    for (let unit = 0; unit < count; unit += 1) table[unit * children + child] = columns[child][unit];
  }
  for (let one = 0; one < count; one += 1) {
    if (!(haveWeight(columns, weights, one) > 0)) scores[one] = NaN;
    for (let other = 0; other < one; other += 1) {
      const won = duel(table, weights, one * children, other * children);
      scores[one] += won;
      scores[other] -= won;
    }
  }
  return scores;
}

function haveWeight(columns, weights, unit) {
  return columns.reduce((sum, column, child) => sum + (Number.isNaN(column[unit]) ? 0 : weights[child]), 0);
}

function duel(table, weights, one, other) {
  let better = 0;
  let shared = 0;
  for (let child = 0; child < weights.length; child += 1) {
    const away = table[one + child] - table[other + child];
    if (away > 0) better += weights[child];
    else if (away < 0) better -= weights[child];
    else if (away !== 0) continue; // one of the two is missing
    shared += weights[child];
  }
  return better > EVEN * shared ? 1 : better < -EVEN * shared ? -1 : 0;
}

/** 1 less the distance from the best values, over the mean distance plus two standard deviations. */
function wroclaw(columns, weights, count) {
  const away = columns.map((column) => {
    const best = column.reduce((most, value) => (value > most || Number.isNaN(most) ? value : most), NaN);
    return column.map((value) => (best - value) ** 2);
  });
  const distances = weightedMean(away, weights, count).map(Math.sqrt);
  const known = distances.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(known.length, 1);
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const limit = mean + 2 * Math.sqrt(squares / Math.max(known.length - 1, 1));
  return distances.map((value) => (known.length > 1 && limit > 0 ? 1 - value / limit : NaN));
}

const MEANS = {
  arithmetic: weightedMean,
  geometric: geometricMean,
  harmonic: harmonicMean,
  generalised: powerMean,
  mpi: penalisedMean,
  adjusted_mpi: (columns, weights, count, { penalty }) => penalisedMean(columns, weights, count, { penalty }),
  mean_min: meanMin,
  owa: orderedMean,
  copeland,
  wroclaw,
};

const RELATIVE = new Set(["copeland", "wroclaw"]); // a unit's score depends on the others

/** Units with the wanted share of children. */
function enoughOf(columns, least, count) {
  return Array.from({ length: count }, (_, unit) => {
    const have = haveOf(columns, unit);
    return have > 0 && have >= least * columns.length - ENOUGH;
  });
}

/** The first cell a mean is not defined for, unit by unit as the library names them, or null. */
function firstOutside(columns, domain, count) {
  if (domain === "any") return null;
  for (let unit = 0; unit < count; unit += 1) {
    for (let child = 0; child < columns.length; child += 1) {
      const value = columns[child][unit];
      if (isOutside(value, domain)) return { unit, child, value, domain };
    }
  }
  return null;
}

function combined(columns, weights, node, method, count) {
  const enough = enoughOf(columns, node.least, count);
  const isWhole = enough.every(Boolean);
  const compared = isWhole || !RELATIVE.has(method.name)
    ? columns
    : columns.map((column) => column.map((value, unit) => (enough[unit] ? value : NaN)));
  const made = MEANS[method.name](compared, weights, count, method);
  return isWhole ? made : made.map((value, unit) => (enough[unit] ? value : NaN));
}

/** The columns of an index as arrays of doubles, missing values as NaN; done once. */
function opened(index) {
  const columns = index.columns.map((column) => Float64Array.from(column, (value) => (value === null ? NaN : value)));
  return { ...index, columns, count: columns[0].length };
}

/** Aggregates whose children all weigh 0: the library refuses such weights, however little depends on them. */
function weightless(index, weights) {
  return index.nodes.filter((node) => node.below.every((child) => weights[child] === 0));
}

/**
 * Every column of an opened index under a setting, the index last, and why there is none, as the library refuses it.
 *
 * The fault is null, {weightless: node}, or {outside: cell, node} where a mean is not defined for a value.
 */
function scored(index, { weights, methods }) {
  const made = [...index.columns];
  const none = { columns: made, scores: new Float64Array(index.count).fill(NaN) };
  const empty = weightless(index, weights);
  if (empty.length) return { ...none, fault: { weightless: empty[0] } };
  for (const [number, node] of index.nodes.entries()) {
    const columns = node.below.map((child) => made[child]);
    const outside = firstOutside(columns, domainOf(methods[number]), index.count);
    if (outside) return { ...none, fault: { outside, node } };
    made[node.at] = combined(columns, node.below.map((child) => weights[child]), node, methods[number], index.count);
  }
  return { columns: made, scores: made[index.nodes[index.nodes.length - 1].at], fault: null };
}

/** Competition ranks, the highest score first: equal scores share the best place; a missing one has none (0). */
function ranked(scores) {
  const order = [...scores.keys()].filter((unit) => !Number.isNaN(scores[unit])).sort((one, other) => scores[other] - scores[one]);
  const near = NOISE * order.reduce((most, unit) => Math.max(most, Math.abs(scores[unit])), 0);
  const ranks = new Int32Array(scores.length);
  order.forEach((unit, place) => {
    const before = order[place - 1];
    const isTied = place > 0 && scores[before] - scores[unit] <= near;
    ranks[unit] = isTied ? ranks[before] : place + 1;
  });
  return ranks;
}

/** What a mean is not defined for at a level, given what is made below it; null where it can be formed. */
function refusedAt(index, columns, level, method) {
  for (const node of index.nodes) {
    const children = node.below.map((child) => columns[child]);
    if (node.level !== level || children.some((column) => column === undefined)) continue;
    const outside = firstOutside(children, domainOf(method), index.count);
    if (outside) return { ...outside, node };
  }
  return null;
}

/** The part of its group that each child of a node makes up, 0 to 1; none where nothing weighs. */
function shares(node, weights) {
  const total = node.below.reduce((sum, child) => sum + weights[child], 0);
  return node.below.map((child) => (total > 0 ? weights[child] / total : NaN));
}

/** A number with so many decimals, ties to the even digit as the library's are, in plain digits. */
function rounded(value, decimals) {
  if (!Number.isFinite(value)) return "";
  const [mantissa, exponent] = Math.abs(value).toExponential().split("e");
  const digits = mantissa.replace(".", "");
  const kept = Number(exponent) + 1 + decimals;
  const head = kept > 0 ? digits.slice(0, kept).padEnd(kept, "0") : "0";
  const tail = kept >= 0 ? digits.slice(kept) : `0${digits}`;
  const isUp = tail > "5" || (tail === "5" && Number(head[head.length - 1]) % 2 === 1);
  const whole = String(BigInt(head) + (isUp ? 1n : 0n)).padStart(decimals + 1, "0");
  const cut = whole.length - decimals;
  const said = decimals ? `${whole.slice(0, cut)}.${whole.slice(cut)}` : whole;
  return (value < 0 ? "-" : "") + said;
}

/** Weights of a state's list `code:number`; what names no child, or is no number of at least 0, is passed over. */
function weightsOf(index, told = []) {
  const weights = [...index.weights];
  for (const [code, text] of told.map(pairOf)) {
    const place = index.codes.indexOf(code);
    const weight = Number(text);
    if (place >= 0 && text.trim() && weight >= 0 && Number.isFinite(weight)) weights[place] = weight;
  }
  return weights;
}

function pairOf(text) {
  const cut = text.lastIndexOf(":");
  return [text.slice(0, cut), text.slice(cut + 1)];
}

/** Names of the means chosen by level, of a state's list `level:name`; what names none is passed over. */
function meansOf(index, offered, told = []) {
  const chosen = {};
  for (const [level, name] of told.map(pairOf)) {
    const isLevel = index.nodes.some((node) => String(node.level) === level);
    if (isLevel && offered.some((mean) => mean.name === name)) chosen[level] = name;
  }
  return chosen;
}

/** The mean of every node: the one chosen for its level, or its own. */
function methodsOf(index, offered, chosen) {
  return index.nodes.map((node) => {
    const mean = offered.find(({ name }) => name === chosen[node.level]);
    return mean ? mean.method : node.method;
  });
}

/** What of weights and means differs from the index as chosen, as lists for an address. */
function told(index, weights, means) {
  const moved = index.codes.map((code, place) => [code, place]).filter(([, place]) => weights[place] !== index.weights[place]);
  return {
    w: moved.map(([code, place]) => `${code}:${weights[place]}`),
    m: Object.keys(means).sort().map((level) => `${level}:${means[level]}`),
  };
}

if (typeof module === "object") {
  module.exports = { opened, scored, ranked, refusedAt, shares, rounded, weightsOf, meansOf, methodsOf, told };
}
