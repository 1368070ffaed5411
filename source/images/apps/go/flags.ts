/** What a program was told: `--port=80`, `--port 80`, `-p 80`; a name of `booleans` takes no second word. */
export interface GoFlags {
	readonly values: ReadonlyMap<string, string>;
	readonly args: readonly string[];
}

export function goFlags(words: readonly string[], booleans: readonly string[] = []): GoFlags {
	const values = new Map<string, string>();
	const args: string[] = [];
	for (let i = 0; i < words.length; i++) {
		const word = words[i]!;
		const match = /^--?([^=-][^=]*)(?:=(.*))?$/s.exec(word);
		if (!match) {
			args.push(...(word === '--' ? words.slice(i + 1) : [word]));
			if (word === '--') break;
			continue;
		}

		const name = match[1]!;
		if (match[2] !== undefined) values.set(name, match[2]);
		else values.set(name, booleans.includes(name) ? 'true' : (words[++i] ?? ''));
	}

	return {values, args};
}

/** `2s`, `1m30s`, `500ms`; undefined when Go would not read it. */
export function goDuration(text: string): number | undefined {
	if (text === '0') return 0;
	if (!/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(text)) return undefined;
	const units: Readonly<Record<string, number>> = {ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000};
	let sum = 0;
	for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)) sum += Number(number) * units[unit!]!;
	return Math.round(sum);
}
