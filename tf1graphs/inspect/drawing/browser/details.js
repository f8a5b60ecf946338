"use strict";
// The panel beside the picture, and the search.

const panel = document.getElementById("details");
const query = document.getElementById("query");
const results = document.getElementById("results");
const MOST_LINKS = 60, MOST_RESULTS = 50;

function say(text) {
  document.getElementById("status").textContent = text;
}

function link(number, note) {
  const element = make("button", "link", items[number].name || items[number].label);
  element.addEventListener("click", () => reveal(number));
  const row = make("li");
  row.append(element);
  if (note) row.append(make("span", "small", ` ${note}`));
  return row;
}

function listOf(title, found) {
  if (!found.length) return [];
  const list = make("ul");
  list.append(...found.slice(0, MOST_LINKS).map(([number, note]) => link(number, note)));
  if (found.length > MOST_LINKS) list.append(make("li", "small", `and ${found.length - MOST_LINKS} more`));
  return [make("h3", "", `${title} (${found.length})`), list];
}

// The other ends of edges into or out of an item, each once, and what runs along them.
function neighbours(number, isIncoming) {
  const found = new Map();
  for (const edge of edges) {
    const [mine, other] = isIncoming ? [edge.target, edge.source] : [edge.source, edge.target];
    if (!chains[mine].includes(number) || chains[other].includes(number)) continue;
    found.set(other, edge.control ? "control" : shapes(edge.source)[edge.output] || "");
  }
  return [...found];
}

function table(pairs) {
  const element = make("table");
  for (const [name, value] of pairs) {
    const row = element.insertRow();
    row.append(make("th", "", name), make("td", "", value));
  }
  return element;
}

function showDetails(number) {
  const item = items[number];
  const pairs = [["kind", data.titles[item.kind]]];
  if (item.type) pairs.unshift(["type", item.type]);
  if (item.layout) pairs.push(["inside", counted(item.ops, data.of)]);
  if (item.parameters) pairs.push(["parameters", item.parameters.toLocaleString("en")]);
  shapes(number).forEach((shape, output) => pairs.push([`output ${output}`, shape || "unknown shape"]));
  const attributes = (data.details[number] || []).map(([name, value]) => [data.strings[name], data.strings[value]]);
  const children = item.children.map((child) => [child, items[child].layout ? counted(items[child].ops, data.of) : ""]);
  panel.replaceChildren(
    make("h2", "", item.name || item.label),
    table(pairs),
    ...(attributes.length ? [make("h3", "", "Attributes"), table(attributes)] : []),
    ...listOf("Inputs", neighbours(number, true)),
    ...listOf("Outputs", neighbours(number, false)),
    ...listOf("Inside", children),
  );
}

function matches(text) {
  const wanted = text.toLowerCase();
  const found = items.filter((item) => item.number !== ROOT && !item.isPart
    && (item.name.toLowerCase().includes(wanted) || item.type.toLowerCase().includes(wanted)));
  const rank = (item) => (item.name.toLowerCase() === wanted ? 0 : item.label.toLowerCase().startsWith(wanted) ? 1 : 2);
  return found.sort((a, b) => rank(a) - rank(b) || a.name.length - b.name.length);
}

function search() {
  const found = query.value.trim() ? matches(query.value.trim()) : [];
  results.replaceChildren(...found.slice(0, MOST_RESULTS).map((item) => link(item.number, item.type || counted(item.ops, data.of))));
  if (found.length > MOST_RESULTS) results.append(make("li", "small", `and ${found.length - MOST_RESULTS} more`));
  results.hidden = !query.value.trim();
  say(query.value.trim() ? counted(found.length, "match", "matches") : "");
}

function endSearch() {
  results.hidden = true;
}
