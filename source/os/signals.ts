const plain =
	'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS'.split(
		' ',
	);
const [firstRealTime, lastRealTime] = [34, 64];

/** Names by number; 0 asks whether a process is there, 32 and 33 are the C library's own. */
export const signals: readonly string[] = Array.from({length: lastRealTime + 1}, (_, number) => {
	if (number < firstRealTime) return plain[number - 1] ?? '';
	const [up, down] = [number - firstRealTime, lastRealTime - number];
	if (up === 0 || down === 0) return up === 0 ? 'RTMIN' : 'RTMAX';
	return up <= down ? `RTMIN+${up}` : `RTMAX-${down}`;
});

/** `TERM`, `SIGTERM`, in small letters too. */
export function signalNumber(name: string): number | undefined {
	const at = signals.indexOf(name.toUpperCase().replace(/^SIG/, ''));
	return at > 0 ? at : undefined;
}

/** `TERM`, `sigterm` or `15` as `SIGTERM`; undefined: there is none of that name or number. */
export function signalNamed(text: string): string | undefined {
	const number = /^\d+$/.test(text) ? Number(text) : signalNumber(text);
	const name = number === undefined ? undefined : signals[number];
	return name ? `SIG${name}` : undefined;
}

/** Five a row, as `kill -l` and `trap -l` show them. */
export function signalTable(): string {
	const cells = signals.flatMap((name, number) => (name ? [`${String(number).padStart(2)}) SIG${name}`] : []));
	return cells.map((cell, index) => `${cell}${index % 5 === 4 ? '\n' : '\t'}`).join('') + (cells.length % 5 === 0 ? '' : '\n');
}
