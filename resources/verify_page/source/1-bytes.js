// Results, bytes and texts: read strictly, so that no two readers read two things.

// A check stops at what is shown to be wrong (`no`) or not decided here (`unsure`, any unusual form
// included). Nothing passes by default, and an error of our own leaves a check unknown.
const no = (code, param) => { throw { outcome: 'failed', code, param }; };
const unsure = (code = 'odd', param) => { throw { outcome: 'unknown', code, param }; };
const passed = (code, param) => ({ outcome: 'passed', code, param });
const unknown = code => ({ outcome: 'unknown', code });
const none = code => ({ outcome: 'not_applicable', code });
const attempt = async (work, ...given) => {
	try { return await work(...given); } catch (error) { return error.outcome ? error : unknown('odd'); }
};

// The most that anything in a link may unpack to.
const LIMIT = 131072;

const latin = bytes => Array.from(bytes, byte => String.fromCharCode(byte)).join('');
const unlatin = text => Uint8Array.from(text, letter => letter.charCodeAt());
const utf8 = text => new TextEncoder().encode(text);
const unutf8 = bytes => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
const hex = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, 0)).join('');
const unhex = text => Uint8Array.from(text.match(/../g), pair => parseInt(pair, 16));
const big = bytes => BigInt('0x0' + hex(bytes));
const digest = async (name, bytes) => new Uint8Array(await crypto.subtle.digest(name, bytes));

const b64 = bytes => btoa(latin(bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
const unb64 = text => {
	const bytes = unlatin(atob(text.replace(/-/g, '+').replace(/_/g, '/')));
	return b64(bytes) === text ? bytes : unsure(); // stray bits would be a second spelling
};
const unbase58 = text => {
	const digits = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
	const [, zeros] = /^z(1*)[1-9A-HJ-NP-Za-km-z]{40,200}$/.exec(text) || unsure();
	const number = [...text.slice(1)]
		.reduce((sum, digit) => sum * 58n + BigInt(digits.indexOf(digit)), 0n).toString(16);
	return unhex('00'.repeat(zeros.length) + '0'.repeat(number.length % 2) + number);
};

// Counted as it comes: a few bytes may unpack to gigabytes, and a host may never stop.
async function collect(stream, limit) {
	const reader = stream.getReader(), found = [];
	for (let size = 0, piece; !(piece = await reader.read()).done; found.push(piece.value)) {
		if ((size += piece.value.length) > limit) {
			reader.cancel().catch(() => 0);
			unsure();
		}
	}
	return new Uint8Array(await new Blob(found).arrayBuffer());
}
const inflate = (bytes, format, limit) =>
	collect(new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format)), limit);

const str = value => typeof value === 'string' ? value : '';
const isObject = value => Object(value) === value && !Array.isArray(value);
const list = value => value === undefined ? [] : [value].flat();
const objects = value => list(value).filter(isObject);
// Without a prototype, "__proto__" and "constructor" are names like any other.
const record = members => Object.assign(Object.create(null), members);
const idOf = value => str(isObject(value) ? value.id : value);
const only = (object, names) => Object.keys(object).every(name => names.split(' ').includes(name)) || unsure();

// JSON with no name twice, and no number that would be shown as another one than was signed.
function json(bytes) {
	let names = 0;
	const source = unutf8(bytes);
	const check = (value, depth) => {
		if (depth > 64 || typeof value === 'number' && Math.abs(value) > 2 ** 53 || /\p{Surrogate}/u.test(str(value))) unsure();
		if (isObject(value)) Object.keys(value).forEach(name => check(name, depth, names++));
		if (typeof value === 'object') Object.values(value || {}).forEach(inner => check(inner, depth + 1));
	};
	const found = JSON.parse(source, (_, value) => isObject(value) ? record(value) : value);
	check(found, 0);
	// Outside of its texts, each name is followed by the only colons there are.
	const colons = source.replace(/"[^"\\]*(?:\\.[^"\\]*)*"/gs, '').split(':').length - 1;
	return colons === names ? found : unsure();
}
const objectIn = bytes => {
	const found = json(bytes);
	return isObject(found) ? found : unsure();
};
// RFC 8785
const jcs = value => Array.isArray(value) ? `[${value.map(jcs)}]`
	: isObject(value) ? `{${Object.keys(value).sort().map(name => `${JSON.stringify(name)}:${jcs(value[name])}`)}}`
	: JSON.stringify(value ?? null);

// Milliseconds, or NaN for what is no date and time: that is never in force. JavaScript takes 30 February.
const dateOf = written => {
	const [, local] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.exec(str(written)) || [];
	const at = Date.parse(`${local}Z`);
	const isInRange = local > '0001-01-02' && local < '9999-12-31' && at;
	return isInRange && new Date(at).toISOString().startsWith(local) ? Date.parse(written) : NaN;
};
