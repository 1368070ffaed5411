import type {ConntrackEntry} from '../../../net/conntrack.js';
import {entryText} from '../../../net/conntrack-text.js';

/** An entry as `conntrack -L` prints it, `extended` with its layer 3 protocol in front. */
export const entryLine = (entry: ConntrackEntry, nowMs: number, extended: boolean, id?: number): string =>
	`${extended ? 'ipv4     2 ' : ''}${entryText(entry, nowMs)} use=1${id === undefined ? '' : ` id=${id}`}`;

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
