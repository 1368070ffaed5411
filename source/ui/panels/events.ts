import {type Panel, rowsFrom} from './panel.js';

const newestMax = 200;

const panel: Panel = {
	title: 'events',
	ofHost: false,
	columns: [
		{name: 'AGE', drop: 2, quiet: true},
		{name: 'TYPE', drop: 1},
		{name: 'REASON', drop: 0},
		{name: 'OBJECT', drop: 0, shrink: 'name'},
		{name: 'MESSAGE', drop: 0, shrink: 'text'},
	],
	rows(world) {
		const now = world.sim.clock.now();
		const newest = world.api.reader
			.list('events')
			.map(event => ({event, at: Date.parse(event['lastTimestamp'] ?? event['eventTime'] ?? event.metadata.creationTimestamp)}))
			.sort((a, b) => b.at - a.at)
			.slice(0, newestMax);
		return rowsFrom(newest, ({event, at}) => [
			age(now - at),
			event['type'] ?? '',
			event['reason'] ?? '',
			`${event['involvedObject']?.kind?.toLowerCase()}/${event['involvedObject']?.name}`,
			event['message'] ?? '',
		]);
	},
};
export default panel;

function age(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	if (seconds < 120) return `${seconds}s`;
	return seconds < 7200 ? `${Math.floor(seconds / 60)}m` : `${Math.floor(seconds / 3600)}h`;
}
