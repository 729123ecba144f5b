import { calendar } from "../lib/calendar.js";

export const data = {
  pagination: { data: "site.subscription", size: 1, alias: "it" },
  permalink: ({ it }) => it.path,
  eleventyExcludeFromCollections: true,
};

export function render({ it }) {
  return calendar(it.plan, it.whose, it.wanted);
}
