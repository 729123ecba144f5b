// What is measured on a page in the browser. Each function but the last is handed to the page and
// sees only the page; each returns a list of what is wrong, in words, and an empty one where
// nothing is.

/** What sticks out of the window sideways. */
export function overflow() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const name = (element) => `${element.localName}.${element.className || element.id}`;
  const wide = [...document.body.querySelectorAll("*")].filter(
    (element) => element.getBoundingClientRect().right > width + 0.5,
  );
  return [
    `the page is ${document.documentElement.scrollWidth} px wide in a window of ${width}: ` +
      wide.slice(0, 5).map(name).join(", "),
  ];
}

/**
 * Links and controls smaller than 44 × 44 CSS px for a finger. A link in a sentence is spared, as
 * in WCAG 2.5.8: its lines stand where the text has them. What counts is the area that answers, so
 * a target may be larger than it looks.
 */
export function smallTargets() {
  const LEAST = 44;
  const faults = [];
  const name = (element) =>
    `${element.localName}${element.className ? `.${element.className}` : ""} “${element.textContent.trim().replace(/\s+/g, " ").slice(0, 24)}”`;
  const blockOf = (element) => {
    let block = element.parentElement;
    while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
    return block;
  };
  const inSentence = (element) => {
    if (getComputedStyle(element).display !== "inline") return false;
    const walker = document.createTreeWalker(blockOf(element), NodeFilter.SHOW_TEXT);
    let others = "";
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (!parent.closest("a, button, .vh, [hidden]")) others += walker.currentNode.data;
    }
    return /\p{L}|\p{N}/u.test(others);
  };
  const answers = (element, x, y) => {
    const found = document.elementFromPoint(x, y);
    return found !== null && (element === found || element.contains(found));
  };
  /** How far the target reaches along one axis from its middle. */
  const reach = (element, box, axis) => {
    const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    let length = 0;
    for (const way of [-1, 1]) {
      for (let step = 1; step <= LEAST; step++) {
        const x = middle.x + (axis === "x" ? way * step : 0);
        const y = middle.y + (axis === "y" ? way * step : 0);
        if (!answers(element, x, y)) break;
        length++;
      }
    }
    return length;
  };
  const controls = "a[href], button, summary, input, select, textarea, [role=button], [tabindex='0']";
  for (const element of document.querySelectorAll(controls)) {
    if (element.classList.contains("skip")) element.focus();
    const style = getComputedStyle(element);
    if (style.visibility !== "visible" || element.getClientRects().length === 0) continue;
    if (element.matches("[role=region]") || inSentence(element)) continue;
    // A box and its label are one target.
    const whole = element.matches("input") ? (element.closest("label") ?? element) : element;
    let box = whole.getBoundingClientRect();
    if (box.width >= LEAST - 0.5 && box.height >= LEAST - 0.5) continue;
    element.scrollIntoView({ block: "center", behavior: "instant" });
    box = whole.getClientRects()[0];
    const size = {
      x: Math.max(box.width, reach(whole, box, "x")),
      y: Math.max(box.height, reach(whole, box, "y")),
    };
    if (size.x >= LEAST - 1 && size.y >= LEAST - 1) continue;
    faults.push(`${name(element)} is ${size.x.toFixed()} × ${size.y.toFixed()} px`);
  }
  return [...new Set(faults)];
}

/**
 * What is wrong with how the focused element shows: no outline, one that does not stand out from
 * the ground by 3 : 1, one that is cut off, or an element that is covered or out of sight.
 */
export function focusFaults() {
  const element = document.activeElement;
  if (!element || element === document.body) return [];
  const what = `${element.localName}${element.className ? `.${element.className}` : ""} “${element.textContent.trim().replace(/\s+/g, " ").slice(0, 24)}”`;
  const style = getComputedStyle(element);
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = channels(colour).map((value) =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    const [x, y] = [luminance(a), luminance(b)];
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
  };
  const ground = (from) => {
    for (let node = from; node; node = node.parentElement) {
      const colour = getComputedStyle(node).backgroundColor;
      if (channels(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const faults = [];
  const width = parseFloat(style.outlineWidth);
  const offset = parseFloat(style.outlineOffset);
  if (style.outlineStyle === "none" || width < 2) faults.push(`${what} has no outline`);
  else {
    const behind = offset >= 0 ? ground(element.parentElement) : ground(element);
    const contrast = ratio(style.outlineColor, behind);
    if (contrast < 3) faults.push(`${what}: its outline has a contrast of ${contrast.toFixed(1)}`);
  }
  const box = element.getBoundingClientRect();
  const extent = Math.max(0, width + offset);
  for (let node = element.parentElement; node && node !== document.body; node = node.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(node);
    if (overflowX === "visible" && overflowY === "visible") continue;
    const frame = node.getBoundingClientRect();
    const cut =
      box.left - extent < frame.left - 1 ||
      box.top - extent < frame.top - 1 ||
      box.bottom + extent > frame.bottom + 1;
    if (cut) faults.push(`${what}: ${node.localName}.${node.className} cuts its outline off`);
  }
  const rects = [...element.getClientRects()].filter((rect) => rect.width && rect.height);
  const seen = rects.some((rect) => {
    const x = Math.min(Math.max(rect.left + rect.width / 2, 0), innerWidth - 1);
    const y = Math.min(Math.max(rect.top + rect.height / 2, 0), innerHeight - 1);
    const found = document.elementFromPoint(x, y);
    return found && (element.contains(found) || found.contains(element));
  });
  if (!seen) faults.push(`${what} is not to be seen while it has the focus`);
  return faults;
}

/** Sets the text spacing of WCAG 1.4.12, which no page may lose anything by. */
export function spaceText() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** Texts that lie over each other, are cut off, or lead out of the page. */
export function lostText() {
  const faults = [];
  const boxes = [];
  const width = document.documentElement.clientWidth;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const scrolls = (element) => element.closest("[role=region][tabindex]");
  // Where a text ends in … on purpose, all of it stands where its link leads.
  const shortened = (element) => {
    for (let node = element; node; node = node.parentElement) {
      if (getComputedStyle(node).textOverflow === "ellipsis") return true;
    }
    return false;
  };
  // A line's box is as tall as the font allows for; its characters fill a square in the middle.
  const characters = ({ left, right, top, bottom }, size) => {
    const [middle, half] = [(top + bottom) / 2, Math.min(size, bottom - top) * 0.42];
    return { left, right, top: middle - half, bottom: middle + half };
  };
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (!node.data.trim() || element.closest(".vh, .skip, script")) continue;
    if (getComputedStyle(element).visibility !== "visible" || shortened(element)) continue;
    if (element.closest("thead") && element.closest("thead").getBoundingClientRect().width <= 1) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const text = node.data.trim().slice(0, 16);
    const size = parseFloat(getComputedStyle(element).fontSize);
    for (const line of range.getClientRects()) {
      if (line.width < 1 || line.height < 1) continue;
      if (!scrolls(element) && (line.right > width + 1 || line.left < -1)) faults.push(`“${text}” leads out of the page`);
      boxes.push({ node, text, box: characters(line, size) });
    }
    for (let parent = element; parent && parent !== document.body; parent = parent.parentElement) {
      const style = getComputedStyle(parent);
      if (!/hidden|clip/.test(style.overflowX + style.overflowY)) continue;
      if (parent.scrollWidth > parent.clientWidth + 1 || parent.scrollHeight > parent.clientHeight + 1) {
        faults.push(`“${text}” is cut off`);
      }
    }
  }
  boxes.sort((a, b) => a.box.top - b.box.top);
  boxes.forEach((one, index) => {
    for (let next = index + 1; next < boxes.length; next++) {
      const other = boxes[next];
      if (other.box.top >= one.box.bottom) break;
      if (one.node === other.node) continue;
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (across > 4 && down > 2) {
        faults.push(`“${one.text}” and “${other.text}” lie over each other`);
      }
    }
  });
  return [...new Set(faults)];
}

/** What moves by itself or takes its time. */
export function motion() {
  const faults = document.getAnimations().map((animation) => `an animation: ${animation.animationName}`);
  for (const element of document.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    const times = `${style.transitionDuration},${style.animationDuration}`.split(",").map(parseFloat);
    if (times.some((time) => time > 0.01)) faults.push(`${element.localName}.${element.className} takes its time`);
    if (style.scrollBehavior === "smooth") faults.push(`${element.localName} scrolls smoothly`);
  }
  return [...new Set(faults)];
}

/**
 * Cells of tables whose headers a screen reader can't tell, by HTML's own rules for which header
 * belongs to which cell: each data cell needs a header of its column and, if the table has headers
 * of rows, one of its row.
 */
export function cellsWithoutHeaders() {
  const faults = [];
  for (const table of document.querySelectorAll("table")) {
    if (!table.caption?.textContent.trim()) faults.push("a table has no caption");
    const grid = [...table.rows].map(() => []);
    [...table.rows].forEach((row, y) => {
      let x = 0;
      for (const cell of row.cells) {
        while (grid[y][x]) x++;
        const group = row.parentElement;
        const rest = group.rows.length - (row.sectionRowIndex ?? 0);
        for (let down = 0; down < Math.min(cell.rowSpan || rest, rest); down++) {
          for (let along = 0; along < cell.colSpan; along++) grid[y + down][x + along] = cell;
        }
      }
    });
    const hasRowHeaders = table.querySelector("th[scope^=row]") !== null;
    const widths = new Set(grid.map((row) => row.length));
    if (widths.size > 1) faults.push(`rows of different lengths: ${[...widths].join(", ")}`);
    grid.forEach((row, y) =>
      row.forEach((cell, x) => {
        if (cell.localName !== "td" || !cell.textContent.trim()) return;
        const column = grid.some((other) => other[x]?.matches("th[scope=col]"));
        const header = row.some((other) => other.matches("th[scope^=row]"));
        const text = cell.textContent.trim().slice(0, 20);
        if (!column) faults.push(`“${text}” has no header of its column`);
        if (hasRowHeaders && !header) faults.push(`“${text}” has no header of its row`);
      }),
    );
  }
  return faults;
}

/** What a screen reader should be handed of each table: empty cells may be missing. */
export function shownTables() {
  const shown = (cell) => cell.getClientRects().length > 0;
  const says = (cell) => {
    const copy = cell.cloneNode(true);
    for (const label of copy.querySelectorAll(".lab")) label.remove();
    return copy.textContent.trim() !== "";
  };
  return [...document.querySelectorAll("table")].map((table) => {
    const cells = [...table.querySelectorAll("th, td")].filter(
      (cell) => shown(cell) || says(cell),
    );
    const count = (selector) => cells.filter((cell) => cell.matches(selector)).length;
    return {
      name: table.caption.textContent.trim(),
      rows: table.rows.length,
      columnheader: count("th[scope=col]"),
      rowheader: count("th[scope^=row]"),
      cell: count("td"),
    };
  });
}

/** The tables of a page as Chromium hands them to a screen reader: names, rows and cells. */
export async function tablesOfTree(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const within = (node, roles, found = []) => {
    for (const id of node.childIds ?? []) {
      const child = byId.get(id);
      if (!child) continue;
      if (!child.ignored && roles.includes(child.role?.value)) found.push(child);
      else within(child, roles, found);
    }
    return found;
  };
  const cells = ["cell", "gridcell", "columnheader", "rowheader"];
  return nodes
    .filter((node) => !node.ignored && node.role?.value === "table")
    .map((table) => ({
      name: table.name?.value ?? "",
      rows: within(table, ["row"]).map((row) =>
        within(row, cells).map((cell) => ({ role: cell.role.value, text: cell.name?.value ?? "" })),
      ),
    }));
}
