const unitMs: Record<string, number> = {ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000};

/** `1h2m3.5s`, as Go's time.ParseDuration reads it; undefined when it would not. */
export function goDurationMs(text: string): number | undefined {
	const match = /^([-+]?)((?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/.exec(text);
	if (text === '0' || text === '+0' || text === '-0') return 0;
	if (!match) return undefined;
	let total = 0;
	for (const [, number, unit] of text.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g)) total += Number(number) * unitMs[unit!]!;
	return match[1] === '-' ? -total : total;
}

/** `--request-timeout`: whole seconds, or a duration (clientcmd.ParseTimeout). Undefined: neither. */
export const requestTimeoutMs = (text: string): number | undefined => (/^\+?\d+$/.test(text) ? Number(text) * 1000 : goDurationMs(text));

/** `1m30s`, as Go's Duration.String prints whole milliseconds. */
export function goDuration(ms: number): string {
	if (ms === 0) return '0s';
	if (ms < 0) return `-${goDuration(-ms)}`;
	if (ms < 1000) return `${trim(ms)}ms`;
	const hours = Math.floor(ms / 3_600_000);
	const minutes = Math.floor(ms / 60_000) % 60;
	const seconds = (ms % 60_000) / 1000;
	return (hours ? `${hours}h` : '') + (hours || minutes ? `${minutes}m` : '') + `${trim(seconds)}s`;
}

const trim = (value: number) => String(Math.round(value * 1000) / 1000);
