import { personPage } from "../lib/person.js";

const page = personPage("leader", "leaders", "责任领导", "offices");
export const data = page.data;
export const render = page.render;
