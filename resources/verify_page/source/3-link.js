// The link: docs/verifiable-link.md.

const unpack = body => inflate(unb64(body), 'deflate-raw', LIMIT);

function withIris(bytes) {
	let room = LIMIT - bytes.length;
	return unlatin(latin(bytes).replace(/\x01([\w-]{0,2})/g, (_, row) => {
		const found = IRIS.get(row);
		return found && (room -= found.length - 1) >= 0 ? `<${found}>` : unsure();
	}));
}
async function partsOf({ kind, body }) {
	const bytes = await unpack(body), view = new DataView(bytes.buffer), parts = [];
	for (let at = 0, size; at < bytes.length; at += 4 + size) {
		size = view.getUint32(at);
		if (at + 4 + size > bytes.length || parts.push(bytes.slice(at + 4, at + 4 + size)) > 1003) unsure();
	}
	if (parts.length < 3 || kind !== 's' && parts[3]) unsure();
	return kind === 'n' ? [withIris(parts[0]), withIris(parts[1]), parts[2]] : parts;
}
// In a QR code the body stands in digits, 17 for 7 bytes.
const spelledOut = (_, digits) => {
	const [kind, ...body] = unhex(digits.replace(/.{1,17}/g, group => {
		const size = 2 * [, 3, 5, 8, 10, 13, 15, 17].indexOf(group.length);
		const found = BigInt(group).toString(16).padStart(size, 0);
		return found.length === size ? found : unsure();
	}));
	return `1${latin([kind])}.${b64(body)}`;
};
async function readLink(link) {
	const [, kind, body, answer] = /^1([jscn])\.([\w-]+)(?:\.a([\w-]+))?$/.exec(link.replace(/^1d(\d+)(?=\.|$)/, spelledOut)) || [];
	if (kind) return { badges: [{ kind, body, answer }] };
	const [, packed, bodies] = /^1m\.([\w-]+)((?:\.[jscn][\w-]+){1,50})$/.exec(link) || unsure();
	const meta = objectIn(await unpack(packed));
	only(meta, 'title words until theme');
	if (Object.values(meta).some(value => str(value) !== value) || meta.until && !dateOf(`${meta.until}T00:00:00Z`)) unsure();
	const badges = bodies.slice(1).split('.').map(part => ({ kind: part[0], body: part.slice(1) }));
	// Together they are bounded, too. Of damaged ones there are two at most: each takes long to unpack.
	let size = 0;
	for (const one of badges) {
		size += await partsOf(one).then(parts => new Blob(parts).size, () => 4 * LIMIT);
		if (size > 8 * LIMIT) unsure();
	}
	return { meta, badges };
}
