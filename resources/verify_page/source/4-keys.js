// Keys, each as a JWK with nothing but what it is, and signatures.

// Length of a coordinate, the field's prime, and b of y² = x³ − 3x + b.
const CURVES = {
	__proto__: null,
	'P-256': [32, 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
		0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn],
	'P-384': [48, 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
		0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn],
};

function edwards(raw) {
	const p = 2n ** 255n - 19n, y = big(raw.slice().reverse()) & (2n ** 255n - 1n);
	const eighth = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;
	// Under a key of small order one signature fits many messages.
	if (raw.length !== 32 || y >= p || [0n, 1n, p - 1n, eighth, p - eighth].includes(y)) no('proof');
	return { kty: 'OKP', crv: 'Ed25519', x: b64(raw) };
}
// WebCrypto reads no compressed points: y is the square root, of the parity that the first byte tells.
function point(crv, raw) {
	const [size, p, b] = CURVES[crv], x = big(raw.slice(1));
	const square = (((x * x - 3n) * x + b) % p + p) % p;
	let y = 1n;
	for (let power = (p + 1n) / 4n, base = square; power; power >>= 1n, base = base * base % p) {
		if (power & 1n) y = y * base % p;
	}
	if (raw.length !== size + 1 || raw[0] >> 1 !== 1 || x >= p || y * y % p !== square) no('proof');
	if (Number(y & 1n) !== raw[0] % 2) y = p - y;
	return { kty: 'EC', crv, x: b64(raw.slice(1)), y: b64(unhex(y.toString(16).padStart(2 * size, 0))) };
}
function multikey(written) {
	const raw = unbase58(written), codec = hex(raw.slice(0, 2)), rest = raw.slice(2);
	if (codec === 'ed01') return edwards(rest);
	return codec === '8024' ? point('P-256', rest) : codec === '8124' ? point('P-384', rest) : unsure();
}
function jwkKey(jwk) {
	const { kty, crv, x, y, n, e, alg, use = 'sig' } = jwk, [due] = CURVES[crv] || [];
	const size = value => unb64(str(value)).length;
	// None of the members that only the key's owner may have, and nothing that restricts it otherwise.
	if (!only(jwk, 'kty crv x y n e alg use kid') || use !== 'sig') unsure();
	if (kty === 'OKP' && crv === 'Ed25519') return { ...edwards(unb64(x)), alg };
	if (kty === 'EC' && due && size(x) === due && size(y) === due) return { kty, crv, x, y, alg };
	// Under 2048 bits it is too weak to show anything.
	const isStrong = kty === 'RSA' && e === 'AQAB' && size(n) > 255 && size(n) < 1025 && unb64(n)[0] > 127;
	return isStrong ? { kty, n, e, alg } : unsure();
}

async function verifySignature(name, { alg = name, ...key }, signed, signature) {
	const [, family, bits] = /^(ES|RS|PS)(256|384|512)$|^EdDSA$|^Ed25519$/.exec(name)
		|| (/^ES256K/.test(name) ? unsure('browser', name) : no('proof'));
	const namedCurve = family === 'ES' ? `P-${bits}` : family ? undefined : 'Ed25519';
	const scheme = { ES: 'ECDSA', RS: 'RSASSA-PKCS1-v1_5', PS: 'RSA-PSS' }[family] || namedCurve;
	const rule = { name: scheme, hash: `SHA-${bits}`, namedCurve, saltLength: bits / 8 };
	if (key.crv !== namedCurve || alg !== name) no('proof');
	// No WebCrypto on a page that came over plain http; none of this algorithm in an older browser.
	const imported = await crypto.subtle?.importKey('jwk', key, rule, false, ['verify'])
		.catch(error => error.name === 'DataError' && no('proof'));
	if (!await crypto.subtle?.verify(rule, imported || unsure('browser', name), signature, signed)) no('changed');
}
