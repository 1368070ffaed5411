/** The three-line progress meter that curl shows when standard output is no terminal. */
export const meterTitle =
	'  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n';

export interface Progress {
	readonly total: number;
	readonly received: number;
	readonly sent: number;
	/** Bytes each second. */
	readonly average: number;
	readonly current: number;
	readonly spentMs: number;
}

export const noProgress: Progress = {total: 0, received: 0, sent: 0, average: 0, current: 0, spentMs: 0};

export function meterLine({total, received, sent, average, current, spentMs}: Progress): string {
	const percent = (part: number, whole: number) => (whole > 0 ? Math.floor((100 * part) / whole) : 0);
	const spent = spentMs >= 1000 ? clock(spentMs) : '--:--:--';
	const all = total + sent;
	const upload = spentMs > 0 && sent > 0 ? Math.floor((sent * 1000) / Math.max(1, spentMs)) : 0;
	const share = (part: number, whole: number, bytes: number) => `${String(percent(part, whole)).padStart(3)} ${size(bytes)}`;
	const shares = [share(received + sent, all, all), share(received, total, received), share(sent, sent, sent)].join('  ');
	return `\r${shares}  ${size(average)}  ${size(upload)} --:--:-- ${spent} --:--:-- ${size(current)}`;
}

/** Of `-Z`: one line for all transfers. */
export const parallelTitle = 'DL% UL%  Dled  Uled  Xfers  Live Total     Current  Left    Speed\n';

export function parallelLine(received: number, transfers: number, live: number, speed: number | undefined): string {
	const times = '--:--:-- --:--:-- --:--:--';
	const counts = `${String(transfers).padStart(5)} ${String(live).padStart(5)}`;
	return `\r${received > 0 ? '100' : '-- '} --  ${size(received)} ${size(0)} ${counts}  ${times} ${size(speed ?? 0)}${' '.repeat(speed === undefined ? 6 : 5)}`;
}

const clock = (ms: number) => {
	const seconds = Math.floor(ms / 1000);
	const two = (value: number) => String(value).padStart(2, '0');
	return `${String(Math.floor(seconds / 3600)).padStart(2)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
};

/** Five characters: plain below 100,000, then k and M (lib/progress.c max5data). */
function size(bytes: number): string {
	const width = 5;
	if (bytes < 100_000) return String(bytes).padStart(width);
	if (bytes < 10_240_000) return `${Math.floor(bytes / 1024)}k`.padStart(width);
	const mega = bytes / 1_048_576;
	return (mega < 100 ? `${mega.toFixed(1)}M` : `${Math.floor(mega)}M`).padStart(width);
}
