// Pictures compared with goldens, as an eye does that stands back: both are averaged into cells, so
// that the edges of characters, which differ from machine to machine, count little, and whatever has
// moved, gone or changed its colour counts much.

import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { PNG } from "pngjs";
import { home } from "./support.mjs";

/** Pixels a side of a cell. */
const CELL = 3;
/** By how much a channel of a cell has to differ, of 255, before the cell does. */
const DIFFERENT = 28;
/** Rows of cells that are judged together, so that a small part of a long page counts. */
const BAND = 20;
/** Of a band's cells, how many may differ. */
const TOLERATED = 0.04;
/** By how much of its height a picture may be longer or shorter. */
const LONGER = 0.01;
/** Levels of a channel that goldens keep; fewer make smaller files. */
const LEVELS = 6;

const refresh = process.env.UPDATE_EXPECTED === "1";

/** The goldens of one folder below `tests/browser/`. */
export class Goldens {
  constructor(name) {
    this.name = name;
    this.folder = join(home, "tests/browser/goldens", name);
    this.failures = join(home, "target/pictures", name);
    this.met = new Set();
    rmSync(this.failures, { recursive: true, force: true });
    if (refresh) rmSync(this.folder, { recursive: true, force: true });
  }

  /**
   * Compares a PNG with the golden of that name, or takes it for the golden when those are refreshed.
   * Returns what is wrong, if anything is; the picture and a map of differences are then in `target/`.
   */
  compare(name, bytes) {
    this.met.add(`${name}.png`);
    const actual = PNG.sync.read(bytes);
    if (refresh) {
      write(join(this.folder, `${name}.png`), encode(actual));
      return undefined;
    }
    const fault = this.#differs(name, actual);
    if (fault) write(join(this.failures, `${name}.actual.png`), encode(actual));
    return fault && `${name}: ${fault}`;
  }

  #differs(name, actual) {
    let golden;
    try {
      golden = PNG.sync.read(readFileSync(join(this.folder, `${name}.png`)));
    } catch {
      return "there is no golden; UPDATE_EXPECTED=1 makes one";
    }
    if (golden.width !== actual.width) return `${actual.width} px wide, not ${golden.width}`;
    const [one, other] = [cells(golden), cells(actual)];
    if (Math.abs(golden.height - actual.height) > Math.max(CELL, golden.height * LONGER)) {
      return `${actual.height} px high, not ${golden.height}`;
    }
    const map = new PNG({ width: one.across, height: Math.min(one.down, other.down) });
    const bands = new Array(Math.ceil(map.height / BAND)).fill(0);
    for (let cell = 0; cell < map.width * map.height; cell++) {
      const differs = [0, 1, 2].some(
        (channel) => Math.abs(one.values[cell * 3 + channel] - other.values[cell * 3 + channel]) > DIFFERENT,
      );
      const row = Math.floor(cell / map.width);
      bands[Math.floor(row / BAND)] += differs / (map.width * BAND);
      const grey = 128 + one.values[cell * 3 + 1] / 2;
      map.data.set(differs ? [220, 0, 0, 255] : [grey, grey, grey, 255], cell * 4);
    }
    const worst = Math.max(...bands);
    if (worst <= TOLERATED) return undefined;
    write(join(this.failures, `${name}.difference.png`), PNG.sync.write(map));
    const at = Math.round((bands.indexOf(worst) / bands.length) * 100);
    return `${(worst * 100).toFixed(1)} % differs ${at} % down the picture; see ${this.failures}`;
  }

  /** Goldens that no picture has been compared with. */
  orphans() {
    return readdirSync(this.folder).filter((file) => !this.met.has(file));
  }
}

/** The picture in cells: their means in red, green and blue. */
function cells({ width, height, data }) {
  const [across, down] = [Math.ceil(width / CELL), Math.ceil(height / CELL)];
  const values = new Float32Array(across * down * 3);
  const counts = new Uint16Array(across * down);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = Math.floor(y / CELL) * across + Math.floor(x / CELL);
      counts[cell]++;
      for (let channel = 0; channel < 3; channel++) {
        values[cell * 3 + channel] += level(data[(y * width + x) * 4 + channel]);
      }
    }
  }
  for (let index = 0; index < values.length; index++) values[index] /= counts[Math.floor(index / 3)];
  return { across, down, values };
}

function level(value) {
  return Math.round((value / 255) * (LEVELS - 1)) * (255 / (LEVELS - 1));
}

/** A PNG with a palette, which is a third smaller here than one with three channels. */
function encode({ width, height, data }) {
  const palette = new Map();
  const rows = Buffer.alloc((width + 1) * height); // each row begins with the filter's number, 0
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [r, g, b] = data.subarray((y * width + x) * 4).slice(0, 3).map((value) => level(value));
      const colour = (r << 16) | (g << 8) | b;
      if (!palette.has(colour)) palette.set(colour, palette.size);
      rows[y * (width + 1) + 1 + x] = palette.get(colour);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8); // bits a pixel, and that there is a palette
  const colours = [...palette.keys()].flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255]);
  const chunks = [
    ["IHDR", header],
    ["PLTE", Buffer.from(colours)],
    ["IDAT", deflateSync(rows, { level: 9, memLevel: 9 })],
    ["IEND", Buffer.alloc(0)],
  ].map(([type, body]) => {
    const named = Buffer.concat([Buffer.from(type), body]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(body.length);
    check.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, check]);
  });
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...chunks]);
}

function write(path, bytes) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}
