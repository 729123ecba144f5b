/* Searches the site. What it looks through stands in scripts, since a page opened as a file may not
   fetch; the first query loads them. Text is folded as src/search/fold.rs has it, and pairs are
   hashed as src/search/terms.rs has it. */
(function () {
  var form = document.getElementById("find");
  var field = document.getElementById("q");
  var said = document.getElementById("said");
  var found = document.getElementById("found");
  var more = document.getElementById("more");
  var ways = document.getElementById("ways");
  if (!form || !field || !said || !found || !more || !document.querySelectorAll) return;
  var base = form.getAttribute("data-index").replace(/index\/index\.js$/, "");
  var kinds = form.getAttribute("data-kinds").split("|");
  // Results shown at a time.
  var PAGE = 50;
  // Chunks loaded at a time.
  var AT_ONCE = 6;
  // Chunks looked at before the reader is asked.
  var AT_MOST = 24;
  var store = {};
  var pending = {};
  var index, spelled, readings, syllables, run, timer;

  /* ---- Loading ---- */

  window.unionplanSearch = function (kind, name, data) {
    store[kind + " " + name] = data;
  };

  /* Loads a data file, unless it is there, and hands over what it holds, or nothing. */
  function load(kind, path, name, version, then) {
    var key = kind + " " + name;
    if (key in store) return then(store[key]);
    if (pending[key]) return pending[key].push(then);
    pending[key] = [then];
    var script = document.createElement("script");
    script.onload = script.onerror = function () {
      var waiting = pending[key];
      delete pending[key];
      if (!(key in store)) script.parentNode.removeChild(script);
      for (var i = 0; i < waiting.length; i++) waiting[i](store[key]);
    };
    script.src = base + path + (version ? "?" + version : "");
    document.head.appendChild(script);
  }

  function loadAll(jobs, then) {
    var left = jobs.length;
    var results = [];
    if (!left) return then(results);
    jobs.forEach(function (job, at) {
      load(job[0], job[1], job[2], job[3], function (data) {
        results[at] = data;
        if (--left === 0) then(results);
      });
    });
  }

  /* ---- Characters ---- */

  function spell(unit) {
    var code = unit.charCodeAt(0);
    if (code >= 0xff01 && code <= 0xff5e) code -= 0xfee0;
    if ((code >= 9 && code <= 13) || code === 0xa0 || (code >= 0x2000 && code <= 0x200a) ||
        code === 0x2028 || code === 0x2029 || code === 0x202f || code === 0x3000) return " ";
    if ((code >= 0x2010 && code <= 0x2015) || code === 0x2212 || code === 0x301c || code === 0x7e) return "-";
    if (code >= 0x2018 && code <= 0x201b) return "'";
    if ((code >= 0x201c && code <= 0x201f) || (code >= 0x301d && code <= 0x301f)) return '"';
    unit = String.fromCharCode(code);
    var lower = unit.toLowerCase();
    return lower.length === 1 ? lower : unit;
  }

  function fold(text) {
    var folded = "";
    for (var i = 0; i < text.length; i++) {
      var unit = text.charAt(i);
      folded += spelled[unit] || (spelled[unit] = spell(unit));
    }
    return folded;
  }

  function readIndex(data) {
    index = data;
    spelled = {};
    readings = {};
    syllables = {};
    (data.variants ? data.variants.split(" ") : []).forEach(function (group) {
      for (var i = 1; i < group.length; i++) spelled[group.charAt(i)] = group.charAt(0);
    });
    (data.readings ? data.readings.split(" ") : []).forEach(function (group) {
      var syllable = /^[a-z]+/.exec(group)[0];
      syllables[syllable] = true;
      for (var i = syllable.length; i < group.length; i++) {
        var unit = group.charAt(i);
        (readings[unit] = readings[unit] || []).push(syllable);
      }
    });
  }

  /* ---- Words ---- */

  /* Tells whether letters can be read as whole syllables. */
  function isSyllables(letters) {
    var ends = [true];
    for (var end = 1; end <= letters.length; end++) {
      for (var start = Math.max(0, end - 6); start < end && !ends[end]; start++) {
        ends[end] = ends[start] && syllables[letters.slice(start, end)] === true;
      }
    }
    return !!ends[letters.length];
  }

  function parse(query) {
    var words = [];
    fold(query).split(" ").forEach(function (text) {
      if (!text) return;
      var letters = text.replace(/\u00fc/g, "v").replace(/'/g, "");
      var word = { text: text, letters: /^[a-z]+$/.test(letters) ? letters : "" };
      word.whole = isSyllables(letters);
      words.push(word);
    });
    return words;
  }

  /* Reads characters from a place on as pinyin: whole syllables, or else initials among them.
     Returns where that ends, or -1. */
  function read(text, place, word, at) {
    if (at === word.letters.length) return place;
    var known = readings[text.charAt(place)];
    var i, end, syllable;
    if (!known) return -1;
    for (i = 0; i < known.length; i++) {
      syllable = known[i];
      if (word.letters.substr(at, syllable.length) === syllable) {
        end = read(text, place + 1, word, at + syllable.length);
        if (end >= 0) return end;
      }
    }
    for (i = 0; !word.whole && i < known.length; i++) {
      syllable = known[i];
      for (var length = syllable.charAt(1) === "h" ? 2 : 1; length; length--) {
        if (word.letters.substr(at, length) === syllable.substr(0, length)) {
          end = read(text, place + 1, word, at + length);
          if (end >= 0) return end;
        }
      }
    }
    return -1;
  }

  /* The first place from some place on that holds a word: its start and end, or nothing. */
  function find(text, word, from) {
    var start = text.indexOf(word.text, from);
    var to = start < 0 ? text.length : start;
    // A single letter is no pinyin that anybody means.
    if (word.letters.length > 1) {
      for (var place = from; place < to; place++) {
        var end = read(text, place, word, 0);
        if (end > place) return [place, end];
      }
    }
    return start < 0 ? null : [start, start + word.text.length];
  }

  /* ---- Entries ---- */

  /* The entries of a chunk, folded once. */
  function entries(parts) {
    if (parts.ready) return parts.ready;
    var ready = [];
    parts.forEach(function (part) {
      var year = part.year ? part.year + "年" : "";
      var about = fold((part.union || "") + " " + year);
      part.entries.forEach(function (entry) {
        ready.push({
          year: part.year || 0,
          union: part.union || "",
          about: about,
          kind: entry[0],
          shown: [entry[1], entry[3] || "", entry[4] || ""],
          folded: [fold(entry[1]), fold(entry[3] || ""), fold(entry[4] || "")],
          page: part.folder + (entry[2] || ""),
          anchor: entry[5]
        });
      });
    });
    parts.ready = ready;
    return ready;
  }

  /* Every word must stand in an entry, or say of which year or union it is; one must stand in it. */
  function holds(entry, words) {
    var own = 0;
    for (var i = 0; i < words.length; i++) {
      var word = words[i];
      if (find(entry.folded[0], word, 0) || find(entry.folded[1], word, 0) || find(entry.folded[2], word, 0)) own++;
      else if (entry.about.indexOf(word.text) < 0) return false;
    }
    return own > 0;
  }

  function order(one, other) {
    return other.year - one.year || one.kind - other.kind || one.place - other.place;
  }

  /* ---- Which chunks ---- */

  function hash(first, second) {
    var mixed = (first << 16) | second;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> (32 - index.bits);
  }

  /* The hashes of which a chunk must have all. Letters may be pinyin of anything. */
  function hashes(words) {
    var needed = [];
    words.forEach(function (word) {
      if (word.letters) return;
      if (word.text.length === 1) needed.push(hash(word.text.charCodeAt(0), 0));
      for (var i = 1; i < word.text.length; i++) {
        needed.push(hash(word.text.charCodeAt(i - 1), word.text.charCodeAt(i)));
      }
    });
    return needed;
  }

  /* Adds 1 to each chunk that a filter lists for a hash. */
  function mark(filter, file, wanted, counts) {
    var next = file << (index.bits - index.files);
    var lists = filter.split(";");
    for (var i = 0; i < lists.length - 1 && next <= wanted; i++) {
      var colon = lists[i].indexOf(":");
      next += parseInt(lists[i].slice(0, colon), 36);
      if (next - 1 !== wanted) continue;
      lists[i].slice(colon + 1).split(",").forEach(function (stretch) {
        var ends = stretch.split("-");
        var last = parseInt(ends[ends.length - 1], 36);
        for (var chunk = parseInt(ends[0], 36); chunk <= last; chunk++) counts[chunk]++;
      });
    }
  }

  /* Finds the chunks that may hold all words, the latest first; none if a filter can't be read. */
  function candidates(words, then) {
    var all = index.chunks.map(function (_, at) { return at; }).reverse();
    if (index.files === null) return then(all);
    var needed = hashes(words);
    var files = needed.map(function (wanted) { return wanted >>> (index.bits - index.files); });
    var jobs = files.map(function (file) {
      var name = ("00" + file.toString(16)).slice(-3);
      return ["filter", "index/" + name + ".js", name, ""];
    });
    loadAll(jobs, function (filters) {
      var counts = all.map(function () { return 0; });
      for (var i = 0; i < filters.length; i++) {
        if (typeof filters[i] !== "string") return then(null);
        mark(filters[i], files[i], needed[i], counts);
      }
      then(all.filter(function (chunk) { return counts[chunk] === needed.length; }));
    });
  }

  /* ---- Looking ---- */

  function say(name, count, query) {
    var text = form.getAttribute("data-" + name) || "";
    said.textContent = text.replace("{n}", count).replace("{q}", function () { return query; });
  }

  function look(query) {
    query = query.replace(/^\s+|\s+$/g, "");
    if (run && run.query === query) return;
    run = { query: query, queue: [], shown: 0, limit: PAGE, looked: 0, years: {} };
    var mine = run;
    found.textContent = "";
    more.hidden = true;
    if (ways) ways.hidden = !!query;
    if (!query) return void (said.textContent = "");
    say("working");
    load("index", "index/index.js", "index", "", function (data) {
      if (mine !== run) return;
      if (!data) return failed();
      if (!index) readIndex(data);
      mine.words = parse(query);
      candidates(mine.words, function (chunks) {
        if (mine !== run) return;
        if (!chunks) return failed();
        mine.chunks = chunks;
        advance();
      });
    });
  }

  function failed() {
    say("failed");
    // So that the same can be asked again.
    run.query = null;
    if (ways) ways.hidden = false;
  }

  /* Shows what is there, and loads more chunks while there is room. */
  function advance() {
    var mine = run;
    show();
    if (mine.shown >= mine.limit || !mine.chunks.length || mine.looked >= AT_MOST) return settle();
    var some = mine.chunks.splice(0, AT_ONCE);
    var jobs = some.map(function (chunk) {
      var name = index.chunks[chunk];
      return ["entries", name + "/entries.js", name, index.versions[chunk]];
    });
    loadAll(jobs, function (loaded) {
      if (mine !== run) return;
      for (var i = 0; i < loaded.length; i++) {
        if (!loaded[i]) return failed();
        var hits = entries(loaded[i]).filter(function (entry, place) {
          entry.place = place;
          return holds(entry, mine.words);
        });
        mine.queue = mine.queue.concat(hits.sort(order));
      }
      mine.looked += some.length;
      if (mine.chunks.length) say("working");
      advance();
    });
  }

  /* Says how it went. */
  function settle() {
    var count = run.queue.length;
    more.hidden = run.shown === count && !run.chunks.length;
    if (run.chunks.length) say(count ? "partly" : "yet", count, run.query);
    else if (count) say("found", count, run.query);
    else say("none", 0, run.query);
    if (ways) ways.hidden = count > 0;
  }

  /* ---- Showing ---- */

  function element(name, parent, style) {
    var made = document.createElement(name);
    if (style) made.className = style;
    if (parent) parent.appendChild(made);
    return made;
  }

  /* Where the words stand in a text, without overlaps. */
  function places(text, words) {
    var all = [];
    words.forEach(function (word) {
      for (var at = find(text, word, 0); at; at = find(text, word, at[1])) all.push(at);
    });
    all.sort(function (one, other) { return one[0] - other[0] || other[1] - one[1]; });
    var end = 0;
    return all.filter(function (at) {
      if (at[0] < end) return false;
      end = at[1];
      return true;
    });
  }

  /* Writes a part of a text with the words marked. */
  function write(parent, text, marks, from, to) {
    marks.forEach(function (at) {
      if (at[0] < from || at[1] > to) return;
      parent.appendChild(document.createTextNode(text.slice(from, at[0])));
      element("mark", parent).textContent = text.slice(at[0], at[1]);
      from = at[1];
    });
    parent.appendChild(document.createTextNode(text.slice(from, to)));
  }

  /* The part of a long text around its first mark. */
  function excerpt(parent, text, marks) {
    var from = Math.max(text.lastIndexOf("\n", marks[0][0]) + 1, marks[0][0] - 24);
    var line = text.indexOf("\n", marks[0][1]);
    var to = Math.min(line < 0 ? text.length : line, marks[0][1] + 48);
    var before = from > 0 && text.charAt(from - 1) !== "\n";
    if (before) parent.appendChild(document.createTextNode("…"));
    write(parent, text, marks, from, to);
    if (to < text.length && text.charAt(to) !== "\n") parent.appendChild(document.createTextNode("…"));
  }

  /* The list for a year and kind; years come in order, kinds are put in their place. */
  function list(entry) {
    var year = run.years[entry.year];
    if (!year) {
      var part = element("section", found, "part");
      var head = element("h2", part);
      if (entry.year) {
        var named = form.getAttribute("data-year").split("{year}");
        head.appendChild(document.createTextNode(named[0]));
        element("b", head, "fig").textContent = entry.year;
        head.appendChild(document.createTextNode(named[1] || ""));
      } else {
        head.textContent = form.getAttribute("data-pages");
      }
      year = run.years[entry.year] = { box: element("div", part), kinds: [] };
    }
    if (!year.kinds[entry.kind]) {
      var group = document.createElement("div");
      if (entry.year) element("h3", group).textContent = kinds[entry.kind];
      for (var next = entry.kind + 1; next < year.kinds.length && !year.kinds[next]; next++);
      var after = year.kinds[next];
      year.box.insertBefore(group, after ? after.parentNode : null);
      year.kinds[entry.kind] = element("ul", group, "hits");
    }
    return year.kinds[entry.kind];
  }

  function show() {
    for (; run.shown < run.queue.length && run.shown < run.limit; run.shown++) {
      var entry = run.queue[run.shown];
      var marks = entry.folded.map(function (text) { return places(text, run.words); });
      var row = element("li", list(entry));
      var link = element("a", row);
      var below = !marks[0].length && !marks[2].length && entry.anchor;
      link.href = entry.page + (below ? "#" + entry.anchor : "");
      write(link, entry.shown[0], marks[0], 0, entry.shown[0].length);
      if (marks[1].length) excerpt(element("p", row), entry.shown[1], marks[1]);
      var facts = entry.union ? entry.union + (entry.shown[2] ? " · " : "") : "";
      if (facts || entry.shown[2]) {
        var small = element("p", row, "from");
        small.appendChild(document.createTextNode(facts));
        write(small, entry.shown[2], marks[2], 0, entry.shown[2].length);
      }
    }
  }

  /* ---- The reader ---- */

  function asked() {
    var match = /[?&]q=([^&#]*)/.exec(location.search);
    try {
      return match ? decodeURIComponent(match[1].replace(/\+/g, " ")) : "";
    } catch (_) {
      return "";
    }
  }

  function keep() {
    var query = field.value.replace(/^\s+|\s+$/g, "");
    try {
      var address = location.pathname.replace(/^.*\//, "") || "search.html";
      history.replaceState(null, "", address + (query ? "?q=" + encodeURIComponent(query) : ""));
    } catch (_) {
      // The address stays; the search works all the same.
    }
    look(query);
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(keep, 250);
  }

  function now() {
    clearTimeout(timer);
    keep();
  }

  field.addEventListener("input", function (event) {
    if (!event.isComposing) soon();
  });
  field.addEventListener("compositionend", soon);
  // Whoever leaves the field is on the way to the results: they may not change under the focus.
  field.addEventListener("change", now);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    now();
  });
  field.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    field.value = "";
    now();
  });
  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.nodeName || "");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
  more.addEventListener("click", function () {
    var first = run.shown;
    run.limit = run.shown + PAGE;
    run.looked = 0;
    advance();
    // The button is gone where nothing is left, and the focus would be lost with it.
    if (more.hidden && first < run.shown) found.querySelectorAll(".hits a")[first].focus();
  });
  window.addEventListener("popstate", function () {
    field.value = asked();
    look(field.value);
  });

  if (asked()) field.value = asked();
  if (field.value) look(field.value);
})();
