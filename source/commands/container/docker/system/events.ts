import {goDurationMs} from '../../../kubectl/flags/go-duration.js';
import {fill} from '../format.js';
import {parseFilters} from '../container/filter.js';
import type {Verb} from '../verb.js';
import type {EngineEvent} from '../../../../node/engine/model.js';

const unattendedMs = 3000;

function line({atMs, type, action, id, attributes}: EngineEvent): string {
	const own = Object.entries(attributes)
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([key, value]) => `${key}=${value}`)
		.join(', ');
	return `${new Date(atMs).toISOString().replace('Z', '000000Z')} ${type} ${action} ${id}${own ? ` (${own})` : ''}`;
}

const shown = ({atMs, type, action, id, attributes}: EngineEvent) => ({
	status: action,
	id,
	Type: type,
	Action: action,
	Actor: {ID: id, Attributes: attributes},
	scope: 'local',
	time: Math.floor(atMs / 1000),
	timeNano: String(atMs * 1_000_000),
});

export const events: Verb = {
	name: 'events',
	aliases: ['system events'],
	summary: 'Get real time events from the server',
	usage: '[OPTIONS]',
	options: [
		['filter', 'list', 'f'],
		['format', 'string'],
		['since', 'string'],
		['until', 'string'],
	],
	arguments: [0, 0],
	*run({engine, values, out, io, nowMs}) {
		const filters = parseFilters(values.list('filter'), ['container', 'event', 'image', 'type', 'network', 'volume', 'label']);
		const moment = (text: string | undefined) =>
			text === undefined
				? undefined
				: /^\d+$/.test(text)
					? Number(text) * 1000
					: goDurationMs(text) === undefined
						? Date.parse(text)
						: nowMs - goDurationMs(text)!;
		const [since, until] = [moment(values.string('since')), moment(values.string('until'))];
		const wanted = (event: EngineEvent) =>
			[...filters].every(([key, list]) =>
				list.some(value =>
					key === 'type'
						? event.type === value
						: key === 'event'
							? event.action.split(':')[0] === value
							: event.type === key && (event.id.startsWith(value) || event.attributes['name'] === value),
				),
			);
		const format = values.string('format');
		const print = (event: EngineEvent) =>
			out(`${format === undefined ? line(event) : format === 'json' ? JSON.stringify(shown(event)) : fill(format, shown(event))}\n`);
		let last = since ?? nowMs;
		const seen = new Set<EngineEvent>(since === undefined ? engine.events() : []);
		for (;;) {
			const now = io.machine.sim.clock.now();
			for (const event of engine.events()) {
				if (seen.has(event) || event.atMs < last || (until !== undefined && event.atMs > until)) continue;
				seen.add(event);
				if (wanted(event)) print(event);
			}

			if (until !== undefined && now >= until) return 0;
			if (io.unattended && now - nowMs > unattendedMs) return 0;
			last = Math.max(last, since ?? nowMs);
			yield {sleepMs: 100};
		}
	},
};
