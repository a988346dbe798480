// What is chosen, kept in the address so that it can be sent to somebody.
const state = { space: 0, q: "", code: "", retry: "", pkg: "", found: false, untold: false, done: new Set() };
const byId = (id) => document.getElementById(id);
const space = () => data.spaces[state.space];

function readAddress() {
	const p = new URLSearchParams(location.hash.slice(1));
	const i = data.spaces.findIndex((s) => s.id === p.get("space"));
	state.space = i < 0 ? busiest() : i;
	state.q = p.get("q") ?? "";
	state.code = p.get("code") ?? "";
	state.retry = p.get("class") ?? "";
	state.pkg = data.packages.includes(p.get("package")) ? p.get("package") : "";
	state.found = p.has("found");
	state.untold = p.has("unhandled");
	state.done = new Set((p.get("done") ?? "").split(",").filter((id) => id in outcomeAt).map((id) => outcomeAt[id]));
}

function writeAddress() {
	const p = new URLSearchParams();
	if (data.spaces.length > 1) p.set("space", space().id);
	for (const [name, value] of [["q", state.q], ["code", state.code], ["class", state.retry], ["package", state.pkg]]) {
		if (value) p.set(name, value);
	}
	if (state.found) p.set("found", "1");
	if (state.untold) p.set("unhandled", "1");
	if (state.done.size) p.set("done", [...state.done].map((i) => outcomes[i].id).join(","));
	history.replaceState(null, "", "#" + p);
}

// busiest returns the space that has the most calls.
function busiest() {
	const n = data.spaces.map(() => 0);
	for (const site of data.sites) n[site.s]++;
	return n.indexOf(Math.max(...n));
}

// chosenCode returns the index of the code that the filter names: undefined without one, -2
// if there is no such code.
function chosenCode() {
	const text = state.code.trim().toLowerCase();
	if (!text) return undefined;
	const codes = space().codes;
	const exact = codes.findIndex((c) => [c.v, c.n, `${c.v} ${c.n}`, codeName(c)].some((s) => s?.toLowerCase() === text));
	if (exact >= 0) return exact;
	const begins = codes.findIndex((c) => c.v.toLowerCase().startsWith(text) || c.n?.toLowerCase().startsWith(text));
	return begins >= 0 ? begins : -2;
}

// view is what the filters leave: the columns, the sites of each package, and of what is
// done how often it would be there if that were no filter.
function view() {
	const groups = groupsOf(space(), state.retry);
	let columns = groups.flatMap((g) => g.codes);
	const code = chosenCode();
	if (code >= 0) {
		columns = [code];
		const group = groups.find((g) => g.codes.includes(code));
		groups.splice(0, groups.length, { label: group?.label ?? space().codes[code].g ?? "", retryable: group?.retryable, codes: columns });
	}
	const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
	const counts = new Array(outcomes.length).fill(0);
	const sites = [];
	let all = 0;
	for (const site of data.sites) {
		if (site.s !== state.space) continue;
		all++;
		if (code === -2) continue;
		if (state.pkg && data.packages[site.p] !== state.pkg) continue;
		if (state.found && !site.fi) continue;
		if (words.length && !words.every((w) => site.text.includes(w))) continue;
		if (code !== undefined && outcomeOf(site, code) === absent) continue;
		if (state.untold && !(code === undefined ? site.unhandled : bad.has(outcomeOf(site, code)))) continue;
		const seen = new Set(columns.map((c) => outcomeOf(site, c)));
		for (const o of seen) counts[o]++;
		if (state.done.size && ![...state.done].some((o) => seen.has(o))) continue;
		sites.push(site);
	}
	return { groups, columns, sites, counts, code, all };
}

function fillFilters() {
	const s = space();
	byId("codes").replaceChildren(...s.codes.filter((c) => !c.ok).map((c) => el("option", { value: c.n ? `${c.v} ${c.n}` : c.v })));
	const classes = [...new Set(s.codes.map((c) => c.r).filter(Boolean))].sort();
	byId("retry").replaceChildren(
		el("option", { value: "" }, "all"),
		...classes.map((r) => el("option", { value: r }, r)),
		el("option", { value: "-" }, "permanent"),
	);
	const used = new Set(data.sites.filter((site) => site.s === state.space).map((site) => site.p));
	byId("package").replaceChildren(
		el("option", { value: "" }, "all"),
		...[...used].map((p) => el("option", { value: data.packages[p] }, short(data.packages[p]))),
	);
	if (![...byId("retry").options].some((o) => o.value === state.retry)) state.retry = "";
	if (![...byId("package").options].some((o) => o.value === state.pkg)) state.pkg = "";
	byId("query").value = state.q;
	byId("code").value = state.code;
	byId("retry").value = state.retry;
	byId("package").value = state.pkg;
	byId("found").checked = state.found;
	byId("untold").checked = state.untold;
}

// short drops the module's path from that of a package.
function short(path) {
	const m = data.module;
	if (m && path === m) return path.slice(path.lastIndexOf("/") + 1);
	return m && path.startsWith(m + "/") ? path.slice(m.length + 1) : path;
}

function drawSpaces() {
	byId("spaces").replaceChildren(...data.spaces.map((s, i) => {
		const n = data.sites.reduce((sum, site) => sum + (site.s === i), 0);
		return el("button", { type: "button", "aria-pressed": String(i === state.space), "data-space": s.id, onclick: () => chooseSpace(i) },
			s.title, " ", el("span", { class: "n" }, String(n)));
	}));
}

function chooseSpace(i) {
	state.space = i;
	state.code = "";
	closePane(false);
	for (const [j, b] of [...byId("spaces").children].entries()) b.setAttribute("aria-pressed", String(j === i));
	fillFilters();
	refresh();
}

// usedOutcomes are those that some call of the space has.
function usedOutcomes() {
	const used = new Set();
	for (const site of data.sites) {
		if (site.s !== state.space) continue;
		for (const c of site.cl) used.add(c.o);
		for (const code of site.untold) used.add(outcomeOf(site, code));
	}
	return used;
}

function drawChips(counts) {
	const box = byId("outcomes");
	if (!box.children.length) {
		box.append(...outcomes.map((o, i) => quiet.has(i) ? null : el("button", {
			type: "button", class: "chip", "data-outcome": o.id,
			onclick: () => {
				if (!state.done.delete(i)) state.done.add(i);
				refresh();
			},
		}, el("span", { class: "key o-" + o.id, "aria-hidden": "true" }, glyphs[o.id]), o.label + " ", el("span", { class: "n" }))).filter(Boolean));
	}
	const used = usedOutcomes();
	for (const b of box.children) {
		const i = outcomeAt[b.dataset.outcome];
		b.hidden = !used.has(i) && !state.done.has(i);
		b.setAttribute("aria-pressed", String(state.done.has(i)));
		b.querySelector(".n").textContent = counts[i];
		b.classList.toggle("zero", counts[i] === 0);
	}
}
