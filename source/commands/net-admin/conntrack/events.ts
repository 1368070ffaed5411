import type {ConntrackEntry} from '../../../net/conntrack.js';
import type {Run} from '../../../shell/command.js';
import {stackOf, type ToolIo} from '../tool.js';
import {eventLine} from './line.js';
import type {Test} from './filters.js';

export type EventKind = 'NEW' | 'UPDATE' | 'DESTROY';

/** How long it sleeps between two looks at what came. */
const lookEveryMs = 200;

/** The kernel tells of a state, of an answer, of an assurance and of a mark; a timeout that moves is no event. */
const differs = (before: ConntrackEntry, now: ConntrackEntry): boolean =>
	before.state !== now.state || before.unreplied !== now.unreplied || before.assured !== now.assured || before.mark !== now.mark;

/** `conntrack -E`: what becomes of the flows while it runs. */
export function* follow(io: ToolIo, kinds: readonly EventKind[], fits: Test, formats: readonly string[]): Run {
	const {kernel, name} = stackOf(io);
	const {clock} = io.machine.sim;
	const portid = 1 + kernel.space.sim.random.fork(`conntrack/${name}`).int(2 ** 16);
	let shown = 0;
	const lines: string[] = [];
	const stop = kernel.conntrack.follow((before, now) => {
		const kind = !now ? 'DESTROY' : !before ? 'NEW' : differs(before, now) ? 'UPDATE' : undefined;
		const entry = now ?? before;
		if (!kind || !entry || !kinds.includes(kind) || !fits(entry)) return;
		const byUser = !now && entry.expiresMs > clock.now();
		lines.push(eventLine(kind, entry, clock.now(), formats, byUser ? portid : undefined));
	});
	try {
		for (;;) {
			yield {sleepMs: lookEveryMs};
			for (const line of lines.splice(0)) {
				io.out(line);
				shown++;
			}
		}
	} finally {
		stop();
		io.err(`conntrack v1.4.7 (conntrack-tools): ${shown} flow events have been shown.\n`);
	}
}
