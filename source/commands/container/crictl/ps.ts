import {compileRe2} from '../../../regex/re2.js';
import type {Container} from '../../../node/runtime.js';
import {labelsOf, hasLabels, ofCri, type Verb} from './cri.js';
import {printed} from './print.js';
import {humanDuration, leftTable} from './text.js';

const stateNames = {created: 'Created', running: 'Running', exited: 'Exited'} as const;

export const ps: Verb = function* (io, runtime, args) {
	const now = io.machine.sim.clock.now();
	const state = args.value('s')?.toLowerCase();
	const name = compileRe2(args.value('name') ?? '');
	const matches = (container: Container) =>
		(state === undefined ? args.has('a') || container.state === 'running' : container.state === state) &&
		name.test(container.name) &&
		container.sandbox.startsWith(args.value('p') ?? '') &&
		container.id.startsWith(args.value('id') ?? '') &&
		(args.value('image') === undefined || runtime.imageNamed(args.value('image')!)?.digest === container.imageId) &&
		hasLabels(labelsOf(container), args.all('label'));
	const all = ofCri(runtime).filter(matches).toReversed();
	const most = args.has('l') ? 1 : Number(args.value('n') ?? all.length);
	const rows = all.slice(0, most);
	if (args.has('q')) {
		for (const row of rows) io.out(`${row.id}\n`);
		return 0;
	}

	const done = printed(io, args, {containers: rows.map(listed)}, 'table');
	if (done !== undefined) return done;
	const short = (id: string) => (args.has('no-trunc') ? id : id.slice(0, 13));
	io.out(
		leftTable(
			['CONTAINER', 'IMAGE', 'CREATED', 'STATE', 'NAME', 'ATTEMPT', 'POD ID', 'POD', 'NAMESPACE'],
			rows.map(row => [
				short(row.id),
				short((runtime.imageNamed(row.image)?.id ?? row.imageId).replace('sha256:', '')) || row.image,
				humanDuration(now - row.createdMs),
				stateNames[row.state],
				row.name,
				String(row.attempt),
				short(row.sandbox),
				row.podName,
				row.podNamespace,
			]),
		),
	);
	return 0;
};

/** A container of ListContainersResponse. */
const listed = (container: Container) => ({
	id: container.id,
	podSandboxId: container.sandbox,
	metadata: {name: container.name, attempt: container.attempt},
	image: {image: container.imageId, annotations: {}, userSpecifiedImage: '', runtimeHandler: ''},
	imageRef: container.imageId,
	state: `CONTAINER_${container.state.toUpperCase()}`,
	createdAt: `${container.createdMs}000000`,
	labels: labelsOf(container),
	annotations: {'io.kubernetes.container.restartCount': String(container.attempt)},
});
