import {failure} from '../failure.js';
import {goDurationMs} from '../../../kubectl/flags/go-duration.js';
import {parseRfc3339} from '../../../../api/values/time.js';
import type {LogLine} from '../../../../node/runtime.js';
import type {Call, Verb} from '../verb.js';

const lookEveryMs = 100;
const unattendedMs = 3000;

/** `10m`, a date, or seconds since 1970. */
function momentOf({nowMs}: Call, text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const ago = goDurationMs(text);
	if (ago !== undefined && text !== '0') return nowMs - ago;
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
	const found = parseRfc3339(text.includes('T') ? (/[zZ]|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`) : `${text}T00:00:00Z`);
	if (found === undefined)
		throw failure(
			`invalid value for "since": parsing time "${text}" as "2006-01-02T15:04:05.999999999Z07:00": cannot parse "${text}" as "2006"`,
		);
	return typeof found === 'number' ? found : Number(found);
}

export const logs: Verb = {
	name: 'logs',
	aliases: ['container logs'],
	summary: 'Fetch the logs of a container',
	usage: '[OPTIONS] CONTAINER',
	options: [
		['details', '!bool'],
		['follow', 'bool', 'f'],
		['since', 'string'],
		['tail', 'string', 'n'],
		['timestamps', 'bool', 't'],
		['until', 'string'],
	],
	arguments: [1, 1],
	*run(call) {
		const {engine, values, io} = call;
		const {id, config} = engine.containers.get(call.args[0]!);
		const [since = 0, until = Number.POSITIVE_INFINITY] = [momentOf(call, values.string('since')), momentOf(call, values.string('until'))];
		const stamp = (ms: number) => `${new Date(ms).toISOString().replace('Z', '000000Z')} `;
		const print = ({atMs, stream, text}: LogLine) =>
			(stream === 'stderr' && !config.tty ? call.err : call.out)(`${values.bool('timestamps') ? stamp(atMs) : ''}${text}\n`);
		const wanted = ({atMs}: LogLine) => atMs >= since && atMs <= until;
		const all = engine.containerd.logs(id);
		const tail = values.string('tail');
		const count = tail === undefined || !/^\d+$/.test(tail) ? undefined : Number(tail);
		const lines = all.filter(wanted);
		for (const line of count === undefined ? lines : count === 0 ? [] : lines.slice(-count)) print(line);
		if (!values.bool('follow')) return 0;
		let seen = all.length;
		while (engine.containerd.row(id)?.state === 'running') {
			if (io.unattended && io.machine.sim.clock.now() - call.nowMs > unattendedMs) return 0;
			yield {sleepMs: lookEveryMs};
			const now = engine.containerd.logs(id);
			for (const line of now.slice(seen).filter(wanted)) print(line);
			seen = now.length;
		}

		return 0;
	},
};
