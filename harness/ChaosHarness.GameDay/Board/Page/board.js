"use strict";
(() => {
  const el = id => document.getElementById(id);
  const kept = el("kept").textContent.trim();
  const isKept = kept.length > 0;
  const runs = new Map();
  let chosen = null, offset = null, last = 0, beaten = performance.now(), source = null, isDirty = true, isGone = false;

  // What a stream told of a run. Text of others becomes text of the page and nothing else.
  const begun = id => {
    if (!runs.has(id)) runs.set(id, { id, phases: new Map(), faults: [], seconds: new Map(), signals: new Map(), stops: new Map(), people: [], notes: [], log: [], waiting: null, recovery: null, end: null, last: 0 });
    return runs.get(id);
  };
  const keep = (list, value, most) => { list.push(value); if (list.length > most) list.shift(); };
  const take = event => {
    const run = begun(event.id);
    run.last = Math.max(run.last, event.at);
    switch (event.kind) {
      case "Run": run.about = event.run; chosen = chosen && !runs.get(chosen).end && !isKept ? chosen : event.id; break;
      case "Phase": run.phases.set(event.name, event); break;
      case "Fault": {
        const known = run.faults.findIndex(fault => fault.name === event.name);
        if (known < 0) run.faults.push(event); else run.faults[known] = event;
        break;
      }
      case "Second": {
        if (!run.seconds.has(event.name)) run.seconds.set(event.name, []);
        run.seconds.get(event.name)[event.at] = [event.good, event.bad, event.median, event.most];
        break;
      }
      case "Signal": run.signals.set(event.name, event); break;
      case "Stop": run.stops.set(event.name, event.most); break;
      case "Person": keep(run.people, event, 500); break;
      case "Note": keep(run.notes, event, 200); break;
      case "Log": keep(run.log, event, 200); break;
      case "Recovery": run.recovery = event; break;
      case "Waiting": run.waiting = event.text ?? null; run.plan = event.plan ?? null; run.hash = event.name ?? null; break;
      case "End": run.end = event; break;
    }
    isDirty = true;
  };

  // The time of the board, whatever the clock of the browser says.
  const clock = () => offset === null ? null : offset + performance.now();
  const elapsed = run => run.end || isKept || clock() === null ? run.last : Math.max(run.last, (clock() - Date.parse(run.about.startedAt)) / 1000);
  const utc = (run, at) => new Date(Date.parse(run.about.startedAt) + at * 1000).toISOString().slice(11, 19);
  const span = seconds => seconds < 10 ? seconds.toFixed(1) + "s" : Math.round(seconds) < 120 ? Math.round(seconds) + "s" : Math.floor(Math.round(seconds) / 60) + "m " + Math.round(seconds) % 60 + "s";

  const fill = (list, rows) => {
    while (list.children.length > rows.length) list.lastChild.remove();
    rows.forEach((row, index) => {
      let item = list.children[index];
      if (!item) item = list.appendChild(document.createElement("li"));
      const key = JSON.stringify(row);
      if (item.dataset.key === key) return;
      item.dataset.key = key;
      item.replaceChildren();
      if (row.at !== undefined) { const time = document.createElement("time"); time.textContent = row.at; item.append(time); }
      const words = document.createElement("span");
      words.className = row.tone ?? "";
      words.textContent = row.text;
      item.append(words);
      if (row.share !== undefined) { const bar = document.createElement("progress"); bar.max = 1; bar.value = row.share; bar.setAttribute("aria-label", row.text); item.append(bar); }
    });
    if (rows.length === 0) { const none = list.appendChild(document.createElement("li")); none.textContent = isKept ? "none" : "none yet"; }
  };
  const say = (id, text) => { if (el(id).textContent !== text) el(id).textContent = text; };

  // A step that a halt ended did not break.
  const isHalted = phase => phase.state === "Broken" && (phase.text ?? "").startsWith("halted: ");
  const stateOf = run => {
    if (run.end) return run.end.state + (run.end.text ? ": " + run.end.text : "");
    if (run.waiting) return "waits for a go";
    const open = [...run.phases.values()].filter(phase => phase.state === "Phase").pop();
    return { Guard: "looking whether it may be broken", SteadyState: "waiting for its steady state", Inject: "breaking it", Observe: "waiting for it to recover", Revert: "undoing what was broken", Verify: "looking whether all is well again" }[open?.name] ?? "it begins";
  };
  const judged = run => run.recovery?.name ?? [...run.seconds.keys()][0];

  const recoveryOf = run => {
    const found = run.recovery, rto = run.about.rto;
    if (!found) return rto ? "RTO " + span(rto) : "";
    const limit = rto ? " of RTO " + span(rto) : "";
    if (found.state === "Uninterrupted") return "no interruption was seen" + (rto ? " (RTO " + span(rto) + ")" : "");
    if (found.state === "Recovered") return "served again after " + span(found.good) + " to " + span(found.bad) + limit;
    return "not served for " + span(Math.max(0, (run.end ? run.last : elapsed(run)) - found.at)) + limit;
  };

  const draw = run => {
    const canvas = el("chart"), box = canvas.getBoundingClientRect(), ratio = window.devicePixelRatio || 1;
    if (box.width === 0) return;
    if (canvas.width !== Math.round(box.width * ratio)) { canvas.width = Math.round(box.width * ratio); canvas.height = Math.round(box.height * ratio); }
    const pen = canvas.getContext("2d");
    const resolve = name => { const probe = resolve.probe ??= document.body.appendChild(Object.assign(document.createElement("i"), { hidden: true })); probe.style.color = "var(" + name + ")"; return getComputedStyle(probe).color; };
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, box.width, box.height);
    const seconds = run.seconds.get(judged(run)) ?? [], until = Math.max(elapsed(run), seconds.length, 10, run.about.rto && run.recovery ? run.recovery.at + run.about.rto : 0);
    const left = 44, right = box.width - 8, middle = box.height * 0.5, bottom = box.height - 20, x = at => left + (right - left) * at / until;
    pen.fillStyle = resolve("--fault");
    for (const fault of run.faults) {
      if (fault.state === "Planned") continue;
      const end = fault.state === "InForce" ? until : fault.until;
      pen.fillRect(x(fault.at), 6, Math.max(2, x(end) - x(fault.at)), bottom - 6);
    }
    const columns = Math.max(1, Math.floor(right - left)), per = Math.max(1, Math.ceil(seconds.length / columns));
    let most = 1;
    for (const second of seconds) if (second && second[3] > most) most = second[3];
    const lines = [[2, "--p50", []], [3, "--p99", []]];
    for (let from = 0; from < seconds.length; from += per) {
      let good = 0, bad = 0;
      const worst = [null, null];
      for (let at = from; at < Math.min(from + per, seconds.length); at++) {
        const second = seconds[at];
        if (!second) continue;
        good += second[0]; bad += second[1];
        for (const [place] of lines) if (second[place] !== undefined && second[place] !== null) worst[place - 2] = Math.max(worst[place - 2] ?? 0, second[place]);
      }
      if (good + bad === 0) continue;
      const share = good / (good + bad), wide = Math.max(1, x(from + per) - x(from) - 0.5), tall = middle - 12;
      pen.fillStyle = resolve("--good");
      pen.fillRect(x(from), middle - tall * share, wide, tall * share);
      pen.fillStyle = resolve("--bad");
      pen.fillRect(x(from), middle - tall, wide, tall * (1 - share));
      for (const [place, , points] of lines) if (worst[place - 2] !== null) points.push([x(from) + wide / 2, bottom - (bottom - middle - 12) * worst[place - 2] / most]);
    }
    for (const [, name, points] of lines) {
      pen.strokeStyle = resolve(name); pen.lineWidth = 1.5; pen.beginPath();
      points.forEach((point, index) => index ? pen.lineTo(...point) : pen.moveTo(...point));
      pen.stroke();
    }
    if (run.about.rto && run.recovery) {
      const at = x(run.recovery.at + run.about.rto);
      pen.strokeStyle = pen.fillStyle = resolve("--rto"); pen.fillRect(x(run.recovery.at), 1, at - x(run.recovery.at), 4); pen.lineWidth = 2; pen.setLineDash([6, 4]); pen.beginPath(); pen.moveTo(at, 6); pen.lineTo(at, bottom); pen.stroke(); pen.setLineDash([]);
    }
    pen.fillStyle = resolve("--soft"); pen.font = "12px system-ui,sans-serif"; pen.textAlign = "right";
    pen.fillText("100%", left - 4, 16); pen.fillText("0%", left - 4, middle); pen.fillText(most < 1000 ? Math.round(most) + "ms" : (most / 1000).toFixed(1) + "s", left - 4, middle + 22); pen.fillText("0", left - 4, bottom);
    pen.textAlign = "center";
    const step = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 900, 1800, 3600].find(size => until / size <= Math.max(3, columns / 90)) ?? 7200;
    for (let at = 0; at <= until; at += step) pen.fillText("+" + span(at).replace(".0", ""), Math.min(x(at), right - 12), box.height - 5);
  };

  const render = () => {
    const run = runs.get(chosen);
    if (!run?.about) return;
    const about = run.about, time = elapsed(run);
    document.title = (run.end ? run.end.state + " " : "") + about.name;
    say("name", about.name);
    say("system", about.system + " · began " + about.startedAt.slice(0, 10) + " " + utc(run, 0) + " UTC · " + span(time));
    say("state", stateOf(run));
    el("state").className = run.end ? (run.end.state === "Passed" ? "good" : "bad") : "";
    el("waiting").hidden = run.waiting === null || run.end !== null;
    say("waiting-text", run.waiting ?? "");
    say("waiting-plan", run.plan ?? "");
    // Between two runs it is the one thing that stops the next: only a session that is gone has nothing to halt.
    el("halt").disabled = isGone && [...runs.values()].every(one => one.end);
    const script = about.script ?? {};
    el("script").hidden = false;
    say("script-head", about.script ? "Script" : "What it is about");
    if (el("script").dataset.run !== run.id) {
      el("script").dataset.run = run.id;
      el("script-text").replaceChildren();
      for (const [head, text] of [["Hypothesis", about.hypothesis], ["Disaster", about.disaster], ["Scenario", script.scenario], ["Expected", script.expected], ["Abort when", script.abortWhen], ["People", (script.participants ?? []).map(one => one.role + (one.name ? ": " + one.name : "")).join(", ")]]) {
        if (!text) continue;
        const row = document.createElement("div"), term = document.createElement("dt"), words = document.createElement("dd");
        term.textContent = head; words.textContent = text; row.append(term, words); el("script-text").append(row);
      }
      fillSteps(script.steps ?? []);
    }
    const signal = judged(run), seconds = run.seconds.get(signal) ?? [], latest = seconds[seconds.length - 1];
    say("signal", signal ? "by " + signal : "");
    say("now", [latest ? Math.floor(100 * latest[0] / (latest[0] + latest[1])) + "% of the last second" + (latest[2] ? ", median " + latest[2] + "ms" : "") : "nothing is known yet", recoveryOf(run)].filter(Boolean).join(" · "));
    fill(el("faults"), run.faults.map(fault => ({ text: fault.name + (fault.text ? " on " + fault.text : "") + ": " + ({ Planned: "planned", InForce: "in force, undone in " + span(Math.max(0, fault.until - time)) + " at the latest", Reverted: "undone", NotReverted: "NOT UNDONE", Gone: "somebody else took it away", Superseded: "the system ended it" }[fault.state] ?? "over"), tone: fault.state === "InForce" || fault.state === "NotReverted" ? "bad" : "" })));
    fill(el("phases"), [...run.phases.values()].sort((one, other) => one.at - other.at || (one.name === "Build" ? -1 : 0)).map(phase => ({ at: utc(run, phase.at), text: phase.name + (phase.state === "Phase" ? " goes on" : isHalted(phase) ? "" : ": " + phase.state.toLowerCase()) + (phase.text && phase.text !== "begins" ? (isHalted(phase) ? ": " : ", ") + phase.text : ""), tone: phase.state === "Failed" || (phase.state === "Broken" && !isHalted(phase)) ? "bad" : "" })));
    fill(el("signals"), [...run.signals.values()].map(one => ({ at: utc(run, one.at), text: one.name + ": " + one.state.toLowerCase() + (one.text ? ", " + one.text : ""), tone: one.state === "Detected" ? "bad" : one.state === "Recovered" ? "good" : "" })));
    fill(el("stops"), [...run.stops].sort((one, other) => other[1] - one[1]).map(([name, used]) => ({ text: name + ": " + Math.floor(used * 100) + "% of the way to halting", share: used, tone: used > 0.75 ? "bad" : "" })));
    fill(el("notes"), [...run.people, ...run.notes].sort((one, other) => other.at - one.at).slice(0, 200).map(one => ({ at: utc(run, one.at), text: one.name + ": " + (one.state === "Decided" ? "decided: " : one.state === "Acted" ? "done: " : "") + one.text })));
    fill(el("log"), run.log.slice(-100).reverse().map(line => ({ at: utc(run, line.at), text: line.name + "  " + line.text })));
    say("foot", isKept ? "Kept when the run was over. Times are UTC." : "Times are UTC. The same page is kept beside the journal of each run.");
    const nav = el("runs");
    nav.hidden = runs.size < 2;
    while (nav.children.length < runs.size) nav.append(document.createElement("button"));
    [...runs.values()].forEach((one, index) => {
      const button = nav.children[index], text = (one.end ? one.end.state + ": " : "") + (one.about?.name ?? one.id);
      if (button.textContent !== text) button.textContent = text;
      button.setAttribute("aria-pressed", String(one.id === chosen));
      button.onclick = () => { chosen = one.id; isDirty = true; render(); };
    });
    draw(run);
  };
  const fillSteps = steps => { el("steps").replaceChildren(...steps.map(step => { const item = document.createElement("li"); item.textContent = step; return item; })); };

  if (isKept) {
    kept.split("\n").forEach(line => take(JSON.parse(line)));
    document.querySelectorAll(".live").forEach(part => part.hidden = true);
    chosen = [...runs.keys()][0];
    render();
    window.addEventListener("resize", render);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", render);
    return;
  }

  const beat = told => {
    beaten = performance.now();
    offset = told.now - performance.now();
    say("present", told.viewers + (told.viewers === 1 ? " looks on" : " look on") + (told.people.length ? ": " + told.people.join(", ") : ""));
    isGone = false;
    el("connection").hidden = true;
  };
  const memory = { get: key => { try { return sessionStorage.getItem(key) ?? ""; } catch { return ""; } }, set: (key, value) => { try { sessionStorage.setItem(key, value); } catch { /* it is asked again */ } } };
  el("by").value = memory.get("by");
  el("role").value = memory.get("role");

  const listen = () => {
    source?.close();
    // Whoever begins anew is told everything: what is known twice changes nothing.
    source = new EventSource("events?name=" + encodeURIComponent(el("by").value.trim()));
    source.onmessage = event => { last = Number(event.lastEventId); take(JSON.parse(event.data)); };
    source.addEventListener("beat", event => beat(JSON.parse(event.data)));
  };
  const forget = () => { for (const run of runs.values()) { run.people = []; run.notes = []; run.log = []; } };
  // Something on the way may keep a stream back: then it is asked again and again.
  const poll = async () => {
    try {
      const told = await (await fetch("poll?after=" + last)).json();
      last = told.last;
      told.events.forEach(take);
      beat(told.beat);
    } catch { lost(); }
    setTimeout(poll, 250);
  };
  const lost = () => {
    if (isGone) return;
    isGone = true;
    const run = runs.get(chosen);
    el("connection").hidden = false;
    say("connection", run?.end ? "The session is over." : "There is no connection to the session: what is shown may be old.");
  };
  let polls = false;
  setInterval(() => {
    if (performance.now() - beaten < 4000) return;
    if (!polls) { polls = true; source?.close(); poll(); }
    if (performance.now() - beaten > 8000) lost();
  }, 1000);
  listen();

  const send = async (path, body) => {
    try {
      const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
      const told = await answer.json();
      say("answer", told.text);
      return told.done;
    } catch { say("answer", "It could not be sent: there is no connection."); return false; }
  };
  const who = () => {
    const by = el("by").value.trim(), role = el("role").value.trim();
    if (by !== memory.get("by")) { memory.set("by", by); forget(); last = 0; if (!polls) listen(); }
    memory.set("role", role);
    return { by, role: role || null };
  };
  const act = async (kind, text) => {
    const me = who();
    if (!me.by) { say("answer", "Say who you are first."); el("by").focus(); return; }
    if (await send("act", { kind, ...me, text: text || null, run: chosen, plan: kind === "Go" ? runs.get(chosen)?.hash ?? null : null })) el("text").value = "";
  };
  el("act").addEventListener("submit", event => { event.preventDefault(); act(event.submitter?.dataset.kind ?? "Note", el("text").value.trim()); });
  el("go").addEventListener("click", () => act("Go", el("text").value.trim()));
  el("nogo").addEventListener("click", () => act("NoGo", el("text").value.trim()));
  el("halt").addEventListener("click", () => { el("ask-by").value = el("by").value; el("ask").returnValue = "no"; el("ask").showModal(); el("ask-yes").focus(); });
  el("ask").addEventListener("close", () => { if (el("ask").returnValue === "halt") send("halt", { by: el("ask-by").value.trim() || el("by").value.trim() || "somebody at the board", text: el("ask-why").value.trim() || null }); });

  let drawn = 0;
  // Often enough for people, in a window behind others too; what did not change is left alone but for the seconds that pass.
  setInterval(() => {
    const now = performance.now();
    if (isDirty || now - drawn > 1000) { drawn = now; isDirty = false; render(); }
  }, 150);
})();
