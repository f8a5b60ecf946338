"use strict";
// The lines between the boxes that are on the page, from where the browser has put these.

const overlay = document.getElementById("lines");
const ARROW = 6, TURN = 14, FURTHEST = 10;

function svg(name, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

// What is seen of the numbers of a chain: all up to the first that is not unfolded.
function seen(numbers) {
  const folded = numbers.findIndex((number) => !unfolded.has(number));
  return folded < 0 ? numbers : numbers.slice(0, folded + 1);
}

function visibleLines() {
  const found = new Map();
  for (const edge of edges) {
    if (!unfolded.has(items[edge.sources[0]].parent)) continue;
    const sources = seen(edge.sources), targets = seen(edge.targets);
    if (!boxes.has(sources.at(-1)) || !boxes.has(targets.at(-1))) continue;
    if (sources.some((number) => items[number].aside) || targets.some((number) => items[number].aside)) continue;
    const key = sources.at(-1) * items.length + targets.at(-1);
    if (!found.has(key)) found.set(key, {sources, targets, edges: []});
    found.get(key).edges.push(edge);
  }
  return [...found.values()];
}

// Measures each box and each unfolded scope's grid once for a drawing.
class Places {
  constructor() {
    this.known = new Map();
    this.grids = new Map();
  }

  box(number) {
    if (!this.known.has(number)) {
      const element = boxes.get(number), width = element.offsetWidth;
      let x = element.offsetLeft, y = element.offsetTop;
      for (let around = element.offsetParent; around !== canvas; around = around.offsetParent) {
        x += around.offsetLeft + around.clientLeft;
        y += around.offsetTop + around.clientTop;
      }
      this.known.set(number, {x, y, width, middle: x + width / 2, bottom: y + element.offsetHeight});
    }
    return this.known.get(number);
  }

  grid(number) {
    if (!this.grids.has(number)) {
      const element = boxes.get(number).querySelector(":scope > .inside > .grid");
      const style = getComputedStyle(element);
      const box = this.box(number);
      const ends = (sizes, start, gap) => sizes.split(" ").map((size) => {
        const end = start + parseFloat(size), both = [start, end];
        start = end + gap;
        return both;
      });
      const left = box.x + boxes.get(number).clientLeft + element.offsetLeft;
      const top = box.y + boxes.get(number).clientTop + element.offsetTop;
      this.grids.set(number, {
        columns: ends(style.gridTemplateColumns, left, 0),
        rows: ends(style.gridTemplateRows, top, parseFloat(style.rowGap)),
      });
    }
    return this.grids.get(number);
  }

  // Top and bottom of the row in which an item stands; a line may leave its own column only beyond.
  row(number) {
    const scope = items[number].parent;
    return this.grid(scope).rows[items[scope].layout.places.get(number)[0]];
  }
}

// Stops are [x, the y at which the line comes, the y at which it goes]; x is null where the line meets a box.
function passing(places, scope, trunk, first, last) {
  const [start, taken] = items[scope].layout.trunks.get(trunk) || [0, []];
  const grid = places.grid(scope), stops = [];
  for (let row = first; row <= last; row += 1) {
    const [left, right] = grid.columns[taken[row - start]];
    stops.push([(left + right) / 2, ...grid.rows[row]]);
  }
  return stops;
}

function rising(places, scope, item, target) {
  const layout = items[scope].layout, grid = places.grid(scope), stops = [];
  const [start, taken] = layout.backs.get(item);
  for (let row = layout.places.get(item)[0]; row >= layout.places.get(target)[0]; row -= 1) {
    const [left, right] = grid.columns[taken[row - start]];
    const [top, bottom] = grid.rows[row];
    stops.push([(left + right) / 2, bottom, top]);
  }
  return stops;
}

function stopsOf(places, line) {
  const [source, target] = [line.sources[0], line.targets[0]];
  const start = line.sources.at(-1), end = line.targets.at(-1);
  const stops = [[places.box(start).middle, places.box(start).bottom, places.row(start)[1]]];
  for (let depth = line.sources.length - 1; depth > 0; depth -= 1) {
    const around = line.sources[depth - 1], inside = line.sources[depth], layout = items[around].layout;
    stops.push(...passing(places, around, inside, layout.places.get(inside)[0] + 1, layout.rows - 1));
    stops.push([stops.at(-1)[0], places.box(around).bottom, places.row(around)[1]]);
  }
  const scope = items[source].parent, rows = items[scope].layout.places;
  const [from, to] = [rows.get(source)[0], rows.get(target)[0]];
  stops.push(...(to <= from ? rising(places, scope, source, target) : passing(places, scope, source, from + 1, to - 1)));
  for (let depth = 1; depth < line.targets.length; depth += 1) {
    const around = line.targets[depth - 1], inside = line.targets[depth];
    const through = passing(places, around, source, 0, items[around].layout.places.get(inside)[0] - 1);
    stops.push([through.length ? through[0][0] : null, places.row(around)[0], places.box(around).y], ...through);
  }
  stops.push([null, places.row(end)[0] - ARROW, places.box(end).y - ARROW]);
  return stops;
}

// Lines that end at one box end side by side; then those that cross a border do so above where they run next.
function spread(places, lines) {
  const ending = new Map();
  const coming = (line) => line.stops.findLast((stop) => stop[0] !== null)[0];
  for (const line of lines) {
    const number = line.targets.at(-1);
    ending.set(number, [...(ending.get(number) || []), line]);
  }
  for (const [number, group] of ending) {
    const box = places.box(number);
    const order = [...new Set(group.map(coming))].sort((a, b) => a - b);
    const step = Math.min(FURTHEST, (0.7 * box.width) / order.length);
    for (const line of group) line.end = box.middle + step * (order.indexOf(coming(line)) - (order.length - 1) / 2);
  }
  for (const line of lines) {
    let next = line.end;
    for (const stop of line.stops.toReversed()) next = stop[0] = stop[0] === null ? next : stop[0];
  }
}

function pathOf(stops) {
  let [x, start, y] = stops[0], path = `M${x} ${start}V${y}`, rose = false;
  for (const [nextX, come, go] of stops.slice(1)) {
    const rises = go < come - 1;  // The browser rounds places to whole pixels.
    // A line that rises leaves downwards before it does, and comes in from above after it has.
    const bend = rises !== rose ? TURN : Math.max(Math.abs(come - y) / 2, TURN);
    path += `C${x} ${y + (rose ? -bend : bend)} ${nextX} ${come + (rises ? bend : -bend)} ${nextX} ${come}V${go}`;
    [x, y, rose] = [nextX, go, rises];
  }
  return path;
}

function labelOf(lines) {
  const tensors = new Map();
  for (const line of lines) {
    for (const edge of line.edges) {
      if (!edge.control) tensors.set(`${edge.source}:${edge.output}`, shapes(edge.source)[edge.output] || "");
    }
  }
  const different = new Set(tensors.values());
  return different.size > 1 ? `${tensors.size} tensors` : [...different][0] || "";
}

// Of a box that no line leaves, the shape of its first output.
function resultOf(number) {
  const item = items[number];
  if (item.aside || item.kind === "constant" || unfolded.has(number)) return "";
  return shapes(item.layout ? data.own[number] : number)[0] || "";
}

function drawLines() {
  const places = new Places(), lines = visibleLines(), bySource = new Map();
  for (const line of lines) {
    line.stops = stopsOf(places, line);
    const number = line.sources.at(-1);
    bySource.set(number, [...(bySource.get(number) || []), line]);
  }
  spread(places, lines);
  const drawn = [];
  for (const line of lines) {
    const path = svg("path", {d: pathOf(line.stops), "marker-end": "url(#arrow)"});
    if (line.edges.every((edge) => edge.control)) path.classList.add("control");
    path.ends = [...line.sources, ...line.targets];
    drawn.push(path);
  }
  for (const number of boxes.keys()) {
    const group = bySource.get(number);
    const text = group ? labelOf(group) : resultOf(number), box = places.box(number);
    if (!text) continue;
    const label = svg("text", {x: box.middle, y: box.bottom + 11});
    label.textContent = text;
    drawn.push(label);
  }
  overlay.setAttribute("width", canvas.offsetWidth);
  overlay.setAttribute("height", canvas.offsetHeight);
  overlay.querySelector("g").replaceChildren(...drawn);
  lightLines();
}

function lightLines() {
  for (const path of overlay.querySelectorAll("path.lit")) path.classList.remove("lit");
  if (selected === null) return;
  for (const path of overlay.querySelectorAll("g path")) path.classList.toggle("lit", path.ends.includes(selected));
}
