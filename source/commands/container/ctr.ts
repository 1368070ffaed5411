import type {Machine} from '../../node/host/machine.js';
import {parseReference} from '../../node/image/image-reference.js';
import type {NodeImage, Runtime} from '../../node/runtime.js';
import type {Command, Io, Run} from '../../shell/command.js';
import {leftTable} from './crictl/text.js';

interface Request {
	readonly io: Io<Machine>;
	readonly runtime: Runtime;
	readonly namespace: string;
	readonly args: readonly string[];
	readonly quiet: boolean;
}

type Verb = (request: Request) => Run;

const fail = (io: Io<Machine>, text: string): number => {
	io.err(`ctr: ${text}\n`);
	return 1;
};

/** Only `k8s.io` holds images: those of the node. */
const imagesOf = ({runtime, namespace}: Request): readonly NodeImage[] => (namespace === 'k8s.io' ? runtime.images() : []);

const list: Verb = function* (request) {
	const {io, quiet} = request;
	const rows = [...imagesOf(request)].sort((a, b) => (a.reference < b.reference ? -1 : 1));
	if (quiet) for (const {reference} of rows) io.out(`${reference}\n`);
	else
		io.out(
			leftTable(
				['REF', 'TYPE', 'DIGEST', 'SIZE', 'PLATFORMS', 'LABELS'],
				rows.map(({reference, digest, sizeBytes}) => [
					reference,
					'application/vnd.oci.image.index.v1+json',
					digest,
					`${(sizeBytes / 1_048_576).toFixed(1)} MiB`,
					'linux/amd64',
					'io.cri-containerd.image=managed',
				]),
			).replaceAll(/ {3}(?=\S)/g, ' '),
		);
	return 0;
};

/** Names must be written in full: ctr adds nothing. */
const pull: Verb = function* ({io, runtime, args, namespace}) {
	const [name = ''] = args;
	const reference = parseReference(name);
	if ('error' in reference || reference.name !== name)
		return fail(
			io,
			`failed to resolve reference "${name}": ${name.includes('/') ? 'object required' : `parse "dummy://${name}": invalid port ":${name.split(':')[1] ?? ''}" after host`}`,
		);
	if (namespace !== 'k8s.io') return refuse(io, `ctr -n ${namespace} images pull`);
	const result = runtime.pull(name);
	if ('error' in result)
		return fail(
			io,
			result.error
				.replace(/^.*?desc = failed to pull and unpack image "[^"]*": /, '')
				.replace(/^failed to pull and unpack image "[^"]*": /, ''),
		);
	yield {sleepMs: result.tookMs};
	io.out(
		`${name}: resolved |++++++++++++++++++++++++++++++++++++++| \nelapsed: ${(result.tookMs / 1000).toFixed(1)} s total\nunpacking linux/amd64 ${result.image.digest}...\ndone: ${result.tookMs}ms\n`,
	);
	return 0;
};

const tag: Verb = function* ({io, runtime, args}) {
	const [source = '', ...targets] = args;
	for (const target of targets) {
		if (!runtime.tag(source, target)) return fail(io, `image "${source}": not found`);
		io.out(`${target}\n`);
	}

	return 0;
};

const remove: Verb = function* ({io, runtime, args}) {
	for (const name of args) {
		if (!runtime.untag(name)) return fail(io, `image "${name}": not found`);
		io.out(`${name}\n`);
	}

	return 0;
};

const containers: Verb = function* ({io, runtime, namespace, quiet}) {
	const rows = runtime.containers().filter(each => each.namespace === namespace);
	if (quiet) for (const {id} of rows) io.out(`${id}\n`);
	else
		io.out(
			leftTable(
				['CONTAINER', 'IMAGE', 'RUNTIME'],
				rows.map(({id, image}) => [id, image, 'io.containerd.runc.v2']),
			),
		);
	return 0;
};

const tasks: Verb = function* ({io, runtime, namespace}) {
	const rows = runtime.containers().filter(each => each.namespace === namespace && each.state === 'running');
	io.out(
		leftTable(
			['TASK', 'PID', 'STATUS'],
			rows.map(({id, pid}) => [id, String(pid ?? 0), 'RUNNING']),
		),
	);
	return 0;
};

const namespaces: Verb = function* ({io, runtime}) {
	const names = [...new Set(['k8s.io', ...runtime.containers().map(each => each.namespace)])].sort();
	io.out(
		leftTable(
			['NAME', 'LABELS'],
			names.map(name => [name, '']),
		),
	);
	return 0;
};

const version: Verb = function* ({io}) {
	const lines = '  Version:  1.7.27\n  Revision: 05044ec0a9a75232cad458027ca83437aae3f4da\n';
	io.out(`Client:\n${lines}  Go version: go1.23.7\n\nServer:\n${lines}  UUID: 2b5f3c1e-6d0a-4d43-9a36-0c7b0b5c1f5a\n`);
	return 0;
};

/** By group and verb, each with its short names. */
const verbs: ReadonlyArray<readonly [group: readonly string[], names: readonly string[], verb: Verb]> = [
	[['images', 'image', 'i'], ['ls', 'list'], list],
	[['images', 'image', 'i'], ['pull'], pull],
	[['images', 'image', 'i'], ['tag'], tag],
	[['images', 'image', 'i'], ['rm', 'remove', 'delete', 'del'], remove],
	[['containers', 'container', 'c'], ['ls', 'list'], containers],
	[['tasks', 'task', 't'], ['ls', 'list'], tasks],
	[['namespaces', 'namespace', 'ns'], ['ls', 'list'], namespaces],
];

function refuse(io: Io<Machine>, what: string): number {
	io.machine.sim.notes.notSimulated(what);
	io.err(`kubelab: not simulated: ${what}\n`);
	return 125;
}

export const ctr: Command<Machine> = {
	name: 'ctr',
	summary: "containerd's own client",
	*run(io) {
		const words = io.argv.slice(1);
		let namespace = io.env['CONTAINERD_NAMESPACE'] ?? 'default';
		while (words[0]?.startsWith('-')) {
			const word = words.shift()!;
			if (word === '-n' || word === '--namespace') namespace = words.shift() ?? '';
			else if (word.startsWith('--namespace=')) namespace = word.slice('--namespace='.length);
			else return refuse(io, `ctr ${word}`);
		}

		if (io.machine.units?.get('containerd')?.activeState !== 'active')
			return fail(
				io,
				'failed to dial "/run/containerd/containerd.sock": connection error: desc = "transport: error while dialing: dial unix /run/containerd/containerd.sock: connect: connection refused"',
			);
		const [group = '', name = '', ...rest] = words;
		const found = group === 'version' ? version : verbs.find(([groups, names]) => groups.includes(group) && names.includes(name))?.[2];
		const options = rest.filter(word => word.startsWith('-'));
		const unknown = options.find(word => !['-q', '--quiet', '-k', '--skip-verify', '--force', '--all-platforms'].includes(word));
		if (!found || unknown) return refuse(io, ['ctr', group, name, unknown].filter(Boolean).join(' '));
		const args = rest.filter(word => !word.startsWith('-'));
		return yield* found({
			io,
			runtime: io.machine.world.runtime(io.machine.host),
			namespace,
			args,
			quiet: options.some(word => ['-q', '--quiet'].includes(word)),
		});
	},
};
