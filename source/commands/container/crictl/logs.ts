import type {LogLine} from '../../../node/runtime.js';
import {instant} from '../../host/journal/instant.js';
import {strftime} from '../../../sim/strftime.js';
import {findContainer, type Verb} from './cri.js';

const pollMs = 500;
/** How long `-f` goes on with nobody to end it. */
const unattendedMs = 5000;

export const logs: Verb = function* (io, runtime, args) {
	const [, id] = args.operands;
	if (id === undefined) {
		io.err('FATA[0000] ID cannot be empty \n');
		return 1;
	}

	const container = findContainer(io, runtime, id);
	if (!container) return 1;
	const {clock} = io.machine.sim;
	const since =
		args.value('since') === undefined ? 0 : (instant(`-${args.value('since')}`, clock.now()) ?? Date.parse(args.value('since')!));
	if (Number.isNaN(since)) {
		io.err(`FATA[0000] failed parse timestamp: parsing time ${JSON.stringify(args.value('since'))} \n`);
		return 1;
	}

	const print = ({atMs, stream, text}: LogLine) => {
		const stamp = args.has('t') ? `${strftime('%FT%T', atMs)}.${String(atMs % 1000).padStart(3, '0')}000000Z ` : '';
		(stream === 'stderr' ? io.err : io.out)(`${stamp}${text}\n`);
	};
	const read = () => runtime.logs(container.id).filter(line => line.atMs >= since);
	const lines = read();
	const tail = args.value('tail');
	for (const line of tail === undefined || Number(tail) < 0 ? lines : lines.slice(lines.length - Math.min(Number(tail), lines.length)))
		print(line);
	let seen = lines.length;
	const end = clock.now() + unattendedMs;
	while (args.has('f') && runtime.container(container.id)?.state === 'running' && (!io.unattended || clock.now() < end)) {
		yield {sleepMs: pollMs};
		const all = read();
		for (const line of all.slice(seen)) print(line);
		seen = all.length;
	}

	return 0;
};
