/* Marks this month and the next one that holds something, by Beijing time. The page is whole
   without it: it changes no text and does nothing outside the plan's year. */
(function () {
  var root = document.documentElement;
  var self = document.currentScript;
  if (!self || !document.querySelectorAll) return;
  var now = new Date(new Date().getTime() + 8 * 3600000); // Beijing, wherever the reader is
  if (root.getAttribute("data-year") !== String(now.getUTCFullYear())) return;
  var month = now.getUTCMonth() + 1;
  var next = 13;
  var marks = document.querySelectorAll("[data-month]");
  var i, n;

  function mark(place, word) {
    if (!word) return;
    var tag = document.createElement("em");
    tag.className = "mark";
    tag.appendChild(document.createTextNode(word));
    place.appendChild(tag);
  }

  for (i = 0; i < marks.length; i++) {
    n = +marks[i].getAttribute("data-month");
    if (n > month && n < next && marks[i].hasAttribute("data-full")) next = n;
  }
  for (i = 0; i < marks.length; i++) {
    n = +marks[i].getAttribute("data-month");
    if (n === month) {
      if (!marks[i].hasAttribute("aria-current")) marks[i].setAttribute("aria-current", "date");
      mark(marks[i], self.getAttribute("data-now"));
    } else if (n === next) {
      mark(marks[i], self.getAttribute("data-next"));
    }
  }
})();
