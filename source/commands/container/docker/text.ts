/** Columns as docker's tab writer sets them: each as wide as its longest cell and three blanks more. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
	const all = [titles, ...rows];
	const widths = titles.map((_, column) => Math.max(...all.map(row => row[column]!.length)));
	return all
		.map(row => `${row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column]! + 3))).join('')}\n`)
		.join('');
}

/** `192MB`, `7.83MB`, `1.2kB`: powers of 1000, three digits. Models go-units HumanSizeWithPrecision(3). */
export function humanSize(bytes: number): string {
	const units = ['B', 'kB', 'MB', 'GB', 'TB'];
	let value = bytes;
	let unit = 0;
	while (value >= 1000 && unit < units.length - 1) {
		value /= 1000;
		unit++;
	}

	return `${Number(value.toPrecision(3))}${units[unit]}`;
}

/** `1.5MiB`: powers of 1024, four digits. */
export function binarySize(bytes: number): string {
	const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
	let value = bytes;
	let unit = 0;
	while (value >= 1024 && unit < units.length - 1) {
		value /= 1024;
		unit++;
	}

	return `${Number(value.toPrecision(4))}${units[unit]}`;
}

const steps: ReadonlyArray<readonly [below: number, text: (seconds: number) => string]> = [
	[1, () => 'Less than a second'],
	[2, () => '1 second'],
	[60, seconds => `${seconds} seconds`],
	[120, () => 'About a minute'],
	[3600, seconds => `${Math.floor(seconds / 60)} minutes`],
	[5400, () => 'About an hour'],
	[48 * 3600, seconds => `${Math.floor(seconds / 3600 + 0.5)} hours`],
	[14 * 86_400, seconds => `${Math.floor(seconds / 86_400)} days`],
	[60 * 86_400, seconds => `${Math.floor(seconds / 604_800)} weeks`],
	[730 * 86_400, seconds => `${Math.floor(seconds / 2_592_000)} months`],
	[Number.POSITIVE_INFINITY, seconds => `${Math.floor(seconds / 31_536_000)} years`],
];

/** go-units HumanDuration. */
export function humanDuration(ms: number): string {
	const seconds = Math.floor(ms / 1000);
	return steps.find(([below]) => seconds < below)![1](seconds);
}

/** `2026-11-21T02:00:14.123000000Z` */
export const goTime = (ms: number | undefined): string =>
	ms === undefined || ms === 0
		? '0001-01-01T00:00:00Z'
		: new Date(ms).toISOString().replace(/\.(\d{3})Z$/, (_, millis: string) => (millis === '000' ? 'Z' : `.${millis}000000Z`));

/** `2026-11-21 02:00:14 +0000 UTC` */
export const goDate = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`;

/** A string in Go's %q, near enough for commands. */
export const quoted = (text: string): string => `"${text}"`;

export const shortId = (id: string): string => id.replace(/^sha256:/, '').slice(0, 12);

export const truncated = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
