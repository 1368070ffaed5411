/** Resource quantities as whole numbers: thousandths for cpu, units (bytes) for the rest, rounded up as the scheduler does. */
const suffixes: Readonly<Record<string, number>> = {
	n: 1e-9,
	u: 1e-6,
	m: 1e-3,
	'': 1,
	k: 1e3,
	M: 1e6,
	G: 1e9,
	T: 1e12,
	P: 1e15,
	E: 1e18,
	Ki: 2 ** 10,
	Mi: 2 ** 20,
	Gi: 2 ** 30,
	Ti: 2 ** 40,
	Pi: 2 ** 50,
	Ei: 2 ** 60,
};
const known = new Map<string, number>();
const knownMax = 2000;

/** The value times 1000, exact for all that the API server accepts within 2^53. */
export function milli(quantity: string | number | undefined): number {
	if (quantity === undefined) return 0;
	const text = String(quantity);
	let value = known.get(text);
	if (value === undefined) {
		const match = /^([+-]?[\d.]+)(?:[eE]([+-]?\d+))?([a-zA-Z]*)$/.exec(text);
		const scale = match ? (suffixes[match[3] ?? ''] ?? 0) : 0;
		const exact = match ? Number(match[1]) * 10 ** Number(match[2] ?? 0) * scale * 1000 : 0;
		value = Math.ceil(Number(exact.toPrecision(15)));
		if (known.size >= knownMax) known.clear();
		known.set(text, value);
	}

	return value;
}

export const units = (quantity: string | number | undefined): number => Math.ceil(milli(quantity) / 1000);

/** Cpu in thousandths, everything else in units. */
export const amountOf = (resource: string, quantity: string | number | undefined): number =>
	resource === 'cpu' ? milli(quantity) : units(quantity);
