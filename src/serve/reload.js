/* Added to each page that the preview sends, never to a file. Hears of each build, and loads the
   page again once the site is another than the one that it came with. */
var script = document.currentScript;
var events = script.src.replace(/[^/]*$/, "") + "events";
var build = script.getAttribute("data-build");
var STORE = "unionplan-place:" + location.pathname;
var PATIENCE = 3000; // milliseconds; by then the browser has tried to come back
var source = null;
var lost; // the notice of a server that is gone, and the clock that runs until it is shown
var clock;

/* Names elements so that they are found again on the page as it is after a change. */
function named(elements) {
  var seen = {};
  var result = {};
  Array.prototype.forEach.call(elements, function (element) {
    var summary = element.querySelector(":scope > summary");
    var name = [
      element.tagName,
      element.id,
      element.getAttribute("class"),
      summary && summary.textContent
    ].join();
    seen[name] = (seen[name] || 0) + 1;
    result[name + seen[name]] = element;
  });
  return result;
}

/* Everything on the page that may be scrolled by itself, or opened. */
function places() {
  return {
    details: named(document.querySelectorAll("details")),
    boxes: named(document.querySelectorAll("body *:not(details):not(script)"))
  };
}

function keepPlace() {
  var kept = { left: window.scrollX, top: window.scrollY, details: {}, boxes: {} };
  var now = places();
  Object.keys(now.details).forEach(function (name) {
    kept.details[name] = now.details[name].open;
  });
  Object.keys(now.boxes).forEach(function (name) {
    var box = now.boxes[name];
    if (box.scrollLeft || box.scrollTop) kept.boxes[name] = [box.scrollLeft, box.scrollTop];
  });
  try {
    sessionStorage.setItem(STORE, JSON.stringify(kept));
  } catch (refused) {
    // The browser does what it can by itself.
  }
}

function takePlace() {
  var kept = null;
  var now;
  try {
    kept = JSON.parse(sessionStorage.getItem(STORE));
    sessionStorage.removeItem(STORE);
  } catch (refused) {
    // As above.
  }
  if (!kept) return;
  now = places();
  Object.keys(kept.details).forEach(function (name) {
    if (now.details[name]) now.details[name].open = kept.details[name];
  });
  function scroll() {
    window.scrollTo({ left: kept.left, top: kept.top, behavior: "instant" });
    Object.keys(kept.boxes).forEach(function (name) {
      if (now.boxes[name]) now.boxes[name].scrollTo(kept.boxes[name][0], kept.boxes[name][1]);
    });
  }
  scroll();
  // Pictures may have made the page longer since.
  window.addEventListener("load", scroll, { once: true });
}

function hear(event) {
  var state = JSON.parse(event.data);
  clearTimeout(clock);
  clock = null;
  lost = state.lost;
  if (state.build === build) return overlay(state.notice);
  rest();
  keepPlace();
  location.reload();
}

/* A browser has six connections to a server, for all of its tabs. Only those that are seen hold
   one; another hears what has happened as soon as it is looked at. */
function listen() {
  if (source || document.visibilityState === "hidden") return;
  source = new EventSource(events);
  source.onmessage = hear;
  source.onerror = function () {
    clock = clock || setTimeout(function () {
      if (lost) overlay(lost);
    }, PATIENCE);
    // A lost connection is taken up again by the browser, one that was refused is not.
    if (source.readyState === EventSource.CLOSED) {
      source = null;
      setTimeout(listen, 1000);
    }
  };
}

function rest() {
  clearTimeout(clock);
  clock = null;
  if (source) source.close();
  source = null;
}

takePlace();
listen();
document.addEventListener("visibilitychange", function () {
  if (document.visibilityState === "hidden") rest();
  else listen();
});
// A page that is left, and may be come back to.
window.addEventListener("pagehide", rest);
window.addEventListener("pageshow", listen);
