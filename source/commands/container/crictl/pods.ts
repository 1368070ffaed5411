import {compileRe2} from '../../../regex/re2.js';
import {hasLabels, labelsOf, type Sandbox, sandboxesOf, type Verb} from './cri.js';
import {printed} from './print.js';
import {humanDuration, leftTable} from './text.js';

export const pods: Verb = function* (io, runtime, args) {
	const now = io.machine.sim.clock.now();
	const state = args.value('s')?.toLowerCase();
	const [namespace, name] = ['namespace', 'name'].map(option => compileRe2(args.value(option) ?? '')) as [RegExp, RegExp];
	const rows = sandboxesOf(runtime)
		.filter(({first}) => namespace.test(first.podNamespace))
		.filter(({first}) => name.test(first.podName))
		.filter(({id}) => id.startsWith(args.value('id') ?? ''))
		.filter(({ready}) => state === undefined || state === (ready ? 'ready' : 'notready'))
		.filter(({first}) => hasLabels(labelsOf(first, true), args.all('label')))
		.slice(0, args.has('l') ? 1 : Number(args.value('n') ?? Number.POSITIVE_INFINITY));
	if (args.has('q')) {
		for (const {id} of rows) io.out(`${id}\n`);
		return 0;
	}

	const done = printed(io, args, {items: rows.map(listed)}, 'table');
	if (done !== undefined) return done;
	io.out(
		leftTable(
			['POD ID', 'CREATED', 'STATE', 'NAME', 'NAMESPACE', 'ATTEMPT', 'RUNTIME'],
			rows.map(({id, first, ready}) => [
				args.has('no-trunc') ? id : id.slice(0, 13),
				humanDuration(now - first.createdMs),
				ready ? 'Ready' : 'NotReady',
				first.podName,
				first.podNamespace,
				'0',
				'(default)',
			]),
		),
	);
	return 0;
};

/** A sandbox of ListPodSandboxResponse. */
const listed = ({id, first, ready}: Sandbox) => ({
	id,
	metadata: {name: first.podName, uid: first.podUid, namespace: first.podNamespace, attempt: 0},
	state: ready ? 'SANDBOX_READY' : 'SANDBOX_NOTREADY',
	createdAt: `${first.createdMs}000000`,
	labels: labelsOf(first, true),
	annotations: {'kubernetes.io/config.source': 'api'},
	runtimeHandler: '',
});
