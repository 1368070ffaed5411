import {nevra, type Package} from '../../../os/packages.js';

const width = 80;
export const rule = `${'='.repeat(width)}\n`;

/** `52 k`, `1.4 M`: dnf counts in 1024s. */
export function size(bytes: number): string {
	let value = bytes / 1024;
	if (value < 1) return `${bytes}`;
	let unit = 0;
	for (; value >= 1000 && unit < 2; unit++) value /= 1024;
	return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${'kMG'[unit]}`;
}

const titles = ['Package', 'Architecture', 'Version', 'Repository', 'Size'] as const;

/** The table of what a transaction will do, in its sections. */
export function transactionTable(sections: ReadonlyArray<readonly [title: string, items: readonly Package[], repo?: string]>): string {
	const cells = (item: Package, repo = item.repo) => [item.name, item.arch, `${item.version}-${item.release}`, repo, size(item.size)];
	const rows = sections.flatMap(([, items, repo]) => items.map(item => cells(item, repo)));
	const widths = titles.map((title, column) => Math.max(title.length, ...rows.map(row => row[column]!.length)) + 1);
	// The space that is left goes to the columns evenly, the package's name first.
	let spare = width - 2 - widths.reduce((sum, each) => sum + each, 0);
	for (let column = 0; spare > 0; column = (column + 1) % 4, spare--) widths[column] = widths[column]! + 1;
	const line = (row: readonly string[]) =>
		` ${row.map((cell, column) => (column === 4 ? cell.padStart(widths[4]! - 1) : cell.padEnd(widths[column]!))).join('')}\n`;
	const body = sections
		.filter(([, items]) => items.length > 0)
		.map(([title, items, repo]) => `${title}:\n${items.map(item => line(cells(item, repo))).join('')}`);
	return `${rule}${line([...titles])}${rule}${body.join('')}\n`;
}

/** `ipvsadm-1.31-6.el9.x86_64.rpm    5.1 MB/s |  52 kB     00:00` */
export function downloads(items: readonly Package[], ms: number): string {
	const total = items.reduce((sum, item) => sum + item.size, 0);
	const speed = (bytes: number, time: number) => `${Math.max(0.1, bytes / 1024 / 1024 / Math.max(0.001, time / 1000)).toFixed(1)} MB/s`;
	const row = (name: string, bytes: number, rate: string) =>
		`${name.padEnd(47)} ${rate} | ${size(bytes)
			.replace(/ ([kMG])$/, ' $1B')
			.padStart(6)}     00:${String(Math.floor(ms / 1000)).padStart(2, '0')}    \n`;
	const rows = items.map((item, index) =>
		row(
			items.length === 1 ? `${nevra(item)}.rpm` : `(${index + 1}/${items.length}): ${nevra(item)}.rpm`,
			item.size,
			speed(item.size, ms / items.length),
		),
	);
	return `Downloading Packages:\n${rows.join('')}${'-'.repeat(width)}\n${row('Total', total, speed(total, ms)).trimEnd()}     \n`;
}

/** The checks, then one line a step, counted at the right edge. */
export function transaction(verb: 'Installing' | 'Erasing', items: readonly Package[]): string {
	const count = items.length;
	const line = (step: string, name: string, index: number) =>
		`  ${step.padEnd(17)}: ${name}`.padEnd(width - 6 - String(count).length * 2) + `${String(index).padStart(4)}/${count} \n`;
	const steps = items.flatMap((item, index) => [
		line(verb, nevra(item), index + 1),
		...(index === count - 1 ? [line('Running scriptlet', nevra(item), index + 1)] : []),
	]);
	const verify = items.map((item, index) => line('Verifying', nevra(item), index + 1));
	const preparing = '  Preparing        :'.padEnd(width - 8) + '   1/1 \n';
	return `Running transaction check\nTransaction check succeeded.\nRunning transaction test\nTransaction test succeeded.\nRunning transaction\n${preparing}${steps.join('')}${verify.join('')}Installed products updated.\n`;
}

/** `Installed:` and the names, in as many columns as fit. */
export function outcome(title: string, items: readonly Package[]): string {
	const names = items.map(nevra).sort();
	const column = Math.max(...names.map(name => name.length)) + 2;
	const perLine = Math.max(1, Math.floor(width / column));
	const lines: string[] = [];
	for (let at = 0; at < names.length; at += perLine)
		lines.push(
			`  ${names
				.slice(at, at + perLine)
				.map(name => name.padEnd(column))
				.join('')}`.padEnd(width),
		);
	return `\n${title}:\n${lines.join('\n')}\n\nComplete!\n`;
}
