/** `586K`, `58.2M`: three digits of a number of bytes a second (src/retr.c, calc_rate). */
export function rateText(bytesPerSecond: number, units: readonly string[]): string {
	const step = Math.min(3, Math.floor(Math.log2(Math.max(1, bytesPerSecond)) / 10));
	const value = bytesPerSecond / 1024 ** step;
	return `${value.toFixed(value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2).padStart(4)}${units[step]}`;
}

/** One dot for each kilobyte, ten in a group, fifty in a line; then how much of it is there. */
export function dots(bytes: number, rate: number): string {
	const lines: string[] = [];
	for (let line = 0; line * 50 <= bytes / 1024; line++) {
		const count = Math.min(50, Math.floor(bytes / 1024) - line * 50);
		let text = `${String(line * 50).padStart(6)}K`;
		for (let i = 0; i < 50; i++) text += `${i % 10 === 0 ? ' ' : ''}${i < count ? '.' : ' '}`;
		const done = Math.min(100, Math.floor((100 * 1024 * 50 * (line + 1)) / Math.max(1, bytes)));
		lines.push(`${text}${String(done).padStart(3)}% ${rateText(rate, ['', 'K', 'M', 'G'])}`);
	}
	return `${lines.join(' 0s\n')}=0.001s\n`;
}

export function bar(name: string, bytes: number, columns: number): string {
	const width = Math.max(10, columns - 70);
	const title = name.slice(0, 20).padEnd(30);
	const half = (percent: string, fill: string, received: number) =>
		`\r${title}${percent}[${fill.padEnd(width)}] ${String(received).padStart(7)}  --.-KB/s  `;
	return `${half('  0%', '', 0)}             ${half('100%', `${'='.repeat(width - 1)}>`, bytes)}  in 0s      \n`;
}
