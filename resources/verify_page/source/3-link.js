// The link: docs/verifiable-link.md.

const unpack = body => inflate(unb64(body), 'deflate-raw', LIMIT);

function withIris(bytes) {
	const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
	const iri = (_, one, two) => {
		const found = two && IRIS[digits.indexOf(one) * 64 + digits.indexOf(two)];
		return found ? `<${found}>` : unsure();
	};
	const whole = latin(bytes).replace(/\x01([\w-]?)([\w-]?)/g, iri);
	return whole.length > LIMIT ? unsure() : unlatin(whole);
}
async function partsOf(kind, body) {
	const bytes = await unpack(body), view = new DataView(bytes.buffer), parts = [];
	for (let at = 0, size; at < bytes.length; at += 4 + size) {
		size = view.getUint32(at);
		if (at + 4 + size > bytes.length || parts.push(bytes.slice(at + 4, at + 4 + size)) > 1003) unsure();
	}
	if (parts.length < 3 || kind !== 's' && parts[3]) unsure();
	return kind === 'n' ? [withIris(parts[0]), withIris(parts[1]), parts[2]] : parts;
}
async function readLink(link) {
	const one = /^1([jscn])\.([\w-]+)(?:\.a([\w-]+))?$/.exec(link);
	if (one) return { meta: {}, badges: [{ kind: one[1], body: one[2], answer: one[3] }] };
	const [, packed, bodies] = /^1m\.([\w-]+)((?:\.[jscn][\w-]+){1,50})$/.exec(link) || unsure();
	const meta = objectIn(await unpack(packed));
	if (only(meta, 'title words until theme') && Object.values(meta).some(value => str(value) !== value)) unsure();
	if (meta.until && !dateOf(`${meta.until}T00:00:00Z`)) unsure();
	const badges = bodies.slice(1).split('.').map(part => ({ kind: part[0], body: part.slice(1) }));
	return { meta, badges };
}
