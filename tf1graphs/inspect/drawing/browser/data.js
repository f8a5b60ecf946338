"use strict";
// The hierarchy that Python has laid out, and what can be asked of it. Items are known by number.

const data = JSON.parse(document.getElementById("data").textContent);
const ROOT = data.root;
const SPAN = data.span;
const items = data.items.map(([label, name, parent, type, kind, aside, ops, parameters, part], number) => ({
  number, label, name, parent, type: data.strings[type], kind, aside: Boolean(aside), ops, parameters,
  isPart: Boolean(part),
  layout: null, children: [],
}));
for (const [scope, rows, columns, places, trunks, backs, aside] of data.layouts) {
  const layout = {rows, columns, places: new Map(), trunks: new Map(), backs: new Map(), aside};
  for (const [number, row, column] of places) layout.places.set(number, [row, column]);
  for (const [number, first, taken] of trunks) layout.trunks.set(number, [first, taken]);
  for (const [number, first, taken] of backs) layout.backs.set(number, [first, taken]);
  items[scope].layout = layout;
  items[scope].children = [...layout.places.keys(), ...aside];
}
const edges = data.edges.map(([source, target, output, control]) => ({source, target, output, control: Boolean(control)}));
const shapes = (number) => (data.outputs[number] || []).map((text) => data.strings[text]);

function chain(number) {
  const found = [];
  for (let at = number; at !== null; at = items[at].parent) found.push(at);
  return found.reverse();
}

const chains = items.map((item) => (item.layout ? null : chain(item.number)));

// The items around both ends of an edge, from the first that they do not share on.
function parted(edge) {
  const sources = chains[edge.source], targets = chains[edge.target];
  let shared = 0;
  while (sources[shared] === targets[shared]) shared += 1;
  return [sources.slice(shared), targets.slice(shared)];
}

for (const edge of edges) [edge.sources, edge.targets] = parted(edge);

const byName = new Map();
for (const item of items) if (item.number !== ROOT && !item.isPart && !byName.has(item.name)) byName.set(item.name, item.number);

const counted = (count, one, many = `${one}s`) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
