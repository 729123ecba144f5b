// A site built from the shipped data, as a folder that a browser opens.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Project, program } from "./support.mjs";

/** Builds a project, which is the shipped one unless another is given. */
export class BuiltSite {
  constructor(project = new Project()) {
    this.project = project;
    execFileSync(program, ["build", "--root", project.root, "--lang", "zh"], { stdio: "pipe" });
  }

  /** The address of a page, with its query and fragment. */
  address(path) {
    const [, page, rest] = /^([^?#]*)(.*)$/.exec(path);
    return pathToFileURL(join(this.project.root, "public", page)).href + rest;
  }

  remove() {
    this.project.remove();
  }
}
