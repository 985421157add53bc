// What is seen. What a badge says reaches the page as text only, never as markup.

const byId = id => document.getElementById(id);
let french = Number(/^fr/.test(navigator.language)), typed = {}, asked = '', turn = 0;

// What could reorder, hide or break the text around it becomes a visible mark.
const plain = (value = '') => String(value).replace(/\s/g, ' ').replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '\ufffd').slice(0, 2000);
const say = (code, ...params) => WORDS.get(code)[french].replace(/\{(\d)\}/g, (_, at) => `\u2068${plain(params[at])}\u2069`);
const dated = (at, options = { dateStyle: 'long', timeZone: 'UTC' }) =>
	new Date(at).toLocaleString(french ? 'fr' : 'en-GB', options).replace(/^1 /, french ? '1er ' : '1 ');
const sentence = ({ code, param }) => code && say(`.${code}`, /ended|early/.test(code) ? dated(param) : param);
// The order of several texts was not signed, so they are sorted.
const words = value => list(value).map(str).filter(Boolean).sort().join(' / ')
	|| Object.values(objects(value)[0] || {}).map(str).sort()[0] || '';
// Short and without quotation marks, or it could close those around it and go on in the page's own voice.
const nameOf = badge => (words(objects(badge.doc.issuer)[0]?.name) || issuerOf(badge)).replace(/["“”„«»]/g, '’').slice(0, 150);

// h('p.small', { id }, child, …) makes an element.
function h(tag, ...children) {
	const [name, style = ''] = tag.split('.'), space = /svg|path/.test(name) ? '2000/svg' : '1999/xhtml';
	const found = document.createElementNS(`http://www.w3.org/${space}`, name);
	found.setAttribute('class', style);
	for (const child of children.flat(2)) {
		if (child && (child.nodeType || !isObject(child))) found.append(child);
		else for (const [key, value] of Object.entries(child || {})) {
			if (typeof value === 'string') found.setAttribute(key, value);
			else found[key] = value;
		}
	}
	return found;
}
const said = (tag, value) => h(`${tag}.said`, h('bdi', plain(value)));
const button = (id, label, onclick, style = 'quiet') => h(`button.${style}`, { id, onclick, type: 'button' }, label);

const drawing = code => h('svg', { viewBox: '0 0 20 20' }, h('path', { d: WORDS.get(code)[2] }));
// Pictures only from within what was signed: PNG or JPEG under 4096 a side. A kilobyte may unpack to gigabytes.
function picture(nodes) {
	const data = /^data:image\/(png|jpeg);base64,(?:[A-Za-z0-9+/]{4}){9,}[A-Za-z0-9+/]{2,4}=*$/;
	const heads = /^\xff\xd8\xff(?!.*\xff[\xc0-\xc3\xc5-\xcf]\0.\x08(?:[^\0-\x0f]|..[^\0-\x0f]))|^\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0[\0-\x0f].\0\0[\0-\x0f]/s;
	const src = nodes.flatMap(node => list(node.image)).map(idOf).find(url => data.test(url));
	return src && heads.test(atob(src.split(/[,=]/)[1])) && h('img', { src, alt: '' });
}

function card(badge, { issuer }) {
	const { doc, claims } = badge, people = objects(doc.credentialSubject), proven = issuer.code === 'listed';
	const marks = proven ? '' : french ? ['« ', ' »'] : '“”';
	const awards = within(doc, 'achievement');
	const clear = within(doc, 'identifier').filter(one => one.identityType === 'name' && !isHashed(one));
	const all = (nodes, name) => words(nodes.flatMap(node => list(node[name])));
	const day = (names, claim) => {
		const text = names.map(name => doc[name]).find(str), at = text ? dateOf(text) : claims[claim] * 1000;
		return at ? dated(at) : text;
	};
	return h('section.badge', picture([...awards, doc]),
		h('div', said('h2', all(awards, 'name') || words(doc.name) || words(doc.vct) || list(doc.type).join(' / ')),
			h('p.said', marks[0], h('bdi', plain(nameOf(badge))), marks[1]),
			!proven && h('p.small', say(issuer.outcome === 'failed' ? '.notlisted' : 'calls'))),
		h('dl', Object.entries({
			holder: all(people, 'name') || `${all(people, 'givenName')} ${all(people, 'familyName')}`.trim()
				|| all(clear, 'identityHash'),
			awarded: day(['awardedDate', 'validFrom', 'issuanceDate'], 'nbf'),
			end: day(['validUntil', 'expirationDate'], 'exp') || say('never'),
			skills: all(awards.flatMap(one => objects(one.alignment)), 'targetName'),
		}).map(([code, value]) => value && [h('dt', say(code)), said('dd', value)])));
}
// A name stands as a fact only behind a host that lists the key (ADR 0020).
function explain(badge, checks, verdict) {
	const { code, param } = checks.issuer, key = badge && issuerOf(badge).split(':').pop();
	const all = end => Object.values(checks).filter(({ outcome }) => outcome === end).map(sentence), bad = all('failed');
	const open = verdict === 'undetermined', mark = `+${verdict === 'verified' && code !== 'listed' ? 'key' : verdict}`;
	// Nothing points to a problem only where nothing failed.
	return [open && all('unknown')[0], WORDS.has(mark) && !(open && bad[0])
		&& say(mark, badge && nameOf(badge), param, key?.slice(0, 12), key?.slice(-4)), ...bad].filter(Boolean).join(' ');
}

function field(id, label) {
	const go = () => { typed[id] = input.value.trim(); show(); };
	const onkeydown = ({ key }) => key === 'Enter' && go();
	const input = h('input', { id, value: typed[id] || '', autocomplete: 'off', onkeydown });
	return [h('label', { for: id }, say(label)), h('div.row', input, button(`${id}go`, say('go'), go, 'go'))];
}
// The nine, folded by outcome, worst first.
function folds(at, checks, verdict) {
	return ['failed', 'unknown', 'passed', 'not_applicable'].map(outcome => {
		const names = CHECKS.filter(name => checks[name].outcome === outcome), isOne = !names[1], id = at + outcome;
		const open = outcome === 'failed' || outcome === 'unknown' && verdict !== 'failed';
		return names[0] && h(`details.${outcome}`, { open, 'data-outcome': outcome },
			h('summary', { id }, drawing(`:${outcome}`), h('b', say(isOne ? names[0] : 'checks', names.length)),
				h('span', say(`:${outcome}`)), !isOne && h('i', names.map(name => say(name)).join(', '))),
			h('ul', names.map(name => h('li', { 'data-check': name, 'data-code': checks[name].code },
				!isOne && h('b', say(name)), h('p', sentence(checks[name])),
				/type|nomatch|somebody/.test(checks[name].code) && field(`${at}mail`, 'mail')))));
	});
}
// A verdict with its reason, and what else is said of the badge.
const framed = (verdict, heading, reason, ...more) => h(`article.${verdict}`, { 'data-verdict': verdict },
	h('section.result', drawing(verdict), h('div', h(heading, say(verdict)), h('p', reason))), more);
async function article(one, at, heading) {
	wanted.clear();
	const { badge, checks, verdict } = await examine(one, typed[`${at}mail`]), hosts = [...wanted], number = typed[`${at}number`];
	const answer = one.answer && number && await attempt(checkAnswer, badge, one, number), isHeld = badge && holderOf(badge);
	return framed(verdict, heading, explain(badge, checks, verdict),
		hosts.map(host => h('section', h('p', say('mayask', host)),
			button(host, say('doask', host), () => { allowed.add(host); show(); }, 'go'))),
		one.answer && h('section', { 'data-answer': answer?.code ?? '' },
			h('p', answer ? sentence(answer) : say('answer')), field(`${at}number`, 'number')),
		badge && card(badge, checks), h('section', h('h2.nine', say('nine')), folds(at, checks, verdict)),
		badge && [h('div.row', button(`${at}save`, say('save'), () => save(one)),
			isHeld && button(`${at}fresh`, say('fresh'), () => {
				// Each as likely as any other, but for one part in four thousand.
				asked = String(crypto.getRandomValues(new Uint32Array(1))[0] % 1e6).padStart(6, 0);
				show();
			})),
		isHeld && asked && h('section', h('p.number', asked), h('p', say('show'))),
		h('details', h('summary', say('details')), h('pre', unutf8(badge.said).split('\n').map(line => `${plain(line)}\n`)))]);
}
const save = ({ kind, body }) =>
	h('a', { href: URL.createObjectURL(new Blob([`1${kind}.${body}`])), download: 'badge.txt' }).click();

async function show() {
	const now = ++turn, focus = document.activeElement.id, found = [], place = document.documentElement;
	if (!WORDS) await readTables();
	// A badge kept in the page wins over the address.
	const link = JSON.parse(byId('badge').textContent) || location.hash.slice(1);
	const { badges = [], meta = {}, outcome } = link ? await attempt(readLink, link) : {};
	const isOver = meta.until < new Date().toISOString().slice(0, 10), own = plain(meta.title), isSeveral = badges[1] || own;
	if (outcome) found.push(framed('failed', 'h1', say('.damaged')));
	else if (!badges[0] || isOver) found.push(h('section', h('h1', 'Coffre'), h('p', say(isOver ? 'over' : 'empty', meta.until))));
	else if (isSeveral) found.push(h('section', h('p.small', say('words')), said('h1', own || 'Coffre'), said('p', meta.words)));
	for (const [at, one] of isOver ? [] : badges.entries()) {
		// What cannot be drawn is said so: the badge seen before must not stay in its place.
		const heading = isSeveral ? 'h2' : 'h1';
		found.push(await article(one, at, heading).catch(() => framed('undetermined', heading, say('.odd'))));
	}
	if (now !== turn) return; // a newer one is under way
	place.lang = french ? 'fr' : 'en';
	place.dataset.theme = str(meta.theme);
	byId('main').replaceChildren(...found);
	byId('top').replaceChildren(h('strong', location.host || say('file')),
		button('language', say('language'), () => { french = 1 - french; show(); }));
	const clock = dated(Date.now(), { dateStyle: 'long', timeStyle: 'short' });
	byId('foot').replaceChildren(h('p', say('foot', clock, [...allowed].join(', ') || '0')), h('p', say('copy')));
	byId(focus)?.focus();
	place.dataset.shown = link;
}
addEventListener('hashchange', () => {
	// A yes to a host, and what was typed, were for the badge before.
	typed = {};
	allowed.clear();
	answers.clear();
	show();
});
show();
