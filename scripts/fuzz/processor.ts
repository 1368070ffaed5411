import {readFileSync} from 'node:fs';

/** Linux counts in hundredths of a second. */
const tickMs = 10;

/** What a process has used of the processors; where nobody can say, the time that has passed. */
export function processorMs(pid: number): number {
	try {
		const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
			.replace(/^.*\) /s, '')
			.split(' ');
		return (Number(fields[11]) + Number(fields[12])) * tickMs;
	} catch {
		return performance.now();
	}
}
