import type {ServiceHandler} from '../../net/socket.js';
import type {Sim} from '../../sim/sim.js';
import type {Table} from '../../sim/state.js';

/** What a command that listens (`nc -l`) says to whoever connects, and what it has been told meanwhile. Bytes are latin-1 text. */
export interface Inbox {
	readonly reply: string;
	readonly received: ReadonlyArray<{readonly peer: string; readonly bytes: string}>;
}

export const inboxHandler = 'inbox';

/** By the owner of the socket. */
export const inboxes = (sim: Sim): Table<Inbox> => sim.state.table<Inbox>('node/inboxes');

/** A server must answer at once; the command looks later what has come. */
export const serveInbox =
	(sim: Sim): ServiceHandler =>
	({owner, bytes, peer}) => {
		const table = inboxes(sim);
		const inbox = table.get(owner);
		if (!inbox) return {bytes: '', end: 'reset'};
		if (bytes === '') return {bytes: '', end: 'open'};
		table.set(owner, {...inbox, received: [...inbox.received, {peer: `${peer.address} ${peer.port}`, bytes}]});
		return inbox.reply === '' ? {bytes: '', end: 'timeout'} : {bytes: inbox.reply, end: 'closed'};
	};
