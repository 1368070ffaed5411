const unitMs: Readonly<Record<string, number>> = {s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000};

/** `--since`: an instant, `today`, `10 min ago`, `-1h`, `@1795226400`. Models systemd.time(7). */
export function instant(text: string, now: number): number | undefined {
	const midnight = now - (now % 86_400_000);
	const words: Readonly<Record<string, number>> = {now, today: midnight, yesterday: midnight - 86_400_000, tomorrow: midnight + 86_400_000};
	if (Object.hasOwn(words, text)) return words[text];
	const stamp = /^@(\d+)$/.exec(text);
	if (stamp) return Number(stamp[1]) * 1000;
	return relative(text, now) ?? absolute(text, midnight);
}

/** `-1h30min`, `2 hours ago`; with `+` it lies ahead. */
function relative(text: string, now: number): number | undefined {
	const match = /^([-+]?)((?:\s*\d+\s*(?:seconds?|sec|s|minutes?|min|m|hours?|hr|h|days?|d|weeks?|w))+)(\s+ago)?$/.exec(text);
	if (!match || (!match[1] && !match[3])) return undefined;
	const span = [...match[2]!.matchAll(/(\d+)\s*([smhdw])/g)].reduce((sum, part) => sum + Number(part[1]) * unitMs[part[2]!]!, 0);
	return match[1] === '+' ? now + span : now - span;
}

/** `2026-11-21 02:00:00`, each part behind the day optional; a time alone is one of today. */
function absolute(text: string, midnight: number): number | undefined {
	const match = /^(?:(\d{4})-(\d\d)-(\d\d))?(?:[ T]?(\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?)?(?: UTC)?$/.exec(text);
	if (!match || text === '') return undefined;
	const [year, month, day, hours = 0, minutes = 0, seconds = 0] = match
		.slice(1)
		.map(part => (part === undefined ? undefined : Number(part)));
	const date = year === undefined ? midnight : Date.UTC(year, month! - 1, day);
	return date + (hours * 3600 + minutes * 60 + seconds) * 1000;
}
