import { personPage } from "../lib/person.js";

const page = personPage("office", "offices", "责任科室", "leaders");
export const data = page.data;
export const render = page.render;
