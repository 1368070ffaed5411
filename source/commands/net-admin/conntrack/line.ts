import type {ConntrackEntry} from '../../../net/conntrack.js';
import {entryText} from '../../../net/conntrack-text.js';

/** An entry as `conntrack -L` prints it, `extended` with its layer 3 protocol in front. */
export const entryLine = (entry: ConntrackEntry, nowMs: number, extended: boolean, id?: number): string =>
	`${extended ? 'ipv4     2 ' : ''}${entryText(entry, nowMs)} use=1${id === undefined ? '' : ` id=${id}`}`;

/** The kernel makes it from the entry's address in memory and its tuple: the same for as long as the entry lives. */
export function idOf({original: {source, destination, sourcePort, destinationPort}}: ConntrackEntry): number {
	let hash = 2_166_136_261;
	for (const letter of `${source} ${destination} ${sourcePort} ${destinationPort}`)
		hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619);
	return hash >>> 0;
}

/** One line of `conntrack -E`; `portid`: whose order ended the entry. Events tell of a mark only where there is one. */
export function eventLine(
	kind: 'NEW' | 'UPDATE' | 'DESTROY',
	entry: ConntrackEntry,
	nowMs: number,
	formats: readonly string[],
	portid: number | undefined,
): string {
	const stamp = `[${Math.floor(nowMs / 1000)}.${String((nowMs % 1000) * 1000).padStart(6, '0')}]\t`;
	return [
		formats.includes('timestamp') ? stamp : '',
		`[${kind}]`.padStart(9),
		formats.includes('extended') ? ' ipv4     2 ' : ' ',
		entryText(entry, nowMs).replace(/ mark=0$/, ''),
		formats.includes('id') ? ` id=${idOf(entry)}` : '',
		portid === undefined ? '' : ` [USERSPACE] portid=${portid}`,
		'\n',
	].join('');
}

const zeroes = (names: string) =>
	names
		.split(' ')
		.map(name => `${name}=0 `)
		.join('');

/** A line for each of the machine's processors; what the kernel never fails at stays zero. */
export const statistics = (table: string, processors: number): string =>
	Array.from({length: processors}, (_, cpu) =>
		table === 'expect'
			? `cpu=${cpu}   \t${zeroes('expect_new expect_create expect_delete')}\n`
			: `cpu=${cpu}   \t${zeroes('found invalid insert insert_failed drop early_drop error search_restart clash_resolve chaintoolong')}\n`,
	).join('');
