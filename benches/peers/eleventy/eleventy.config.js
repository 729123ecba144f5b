// The same site through Eleventy: JavaScript templates, one pagination a kind of page, no plugins.

export default function (config) {
  config.addPassthroughCopy("assets");
  config.addWatchTarget("data");
  config.setUseGitIgnore(false);
  return {
    dir: { input: "pages", data: "../_data", output: "public" },
    templateFormats: ["11ty.js"],
  };
}
