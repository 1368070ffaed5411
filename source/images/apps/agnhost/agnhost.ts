import type {Image} from '../../../node/image/image.js';
import type {Program, ProgramContext} from '../../../node/program/program.js';
import {tagsOf} from '../../base/tags.js';
import {busyboxTools} from '../../base/tools.js';
import {type GoFlags, goFlags} from '../go/flags.js';
import subcommands from './index.js';
import type {Subcommand} from './subcommand.js';
import {unsimulated} from './unsimulated.js';

const named = new Map(subcommands.map(each => [each.name, each]));

function chosen({argv}: ProgramContext): readonly [Subcommand | undefined, GoFlags] {
	const found = named.get(argv[1] ?? '');
	return [found, goFlags(argv.slice(2), found?.booleans)];
}

const agnhost: Program = {
	name: 'agnhost',
	start(context) {
		const [its, flags] = chosen(context);
		if (its) return its.start(context, flags);
		const word = context.argv[1] ?? 'help';
		if (unsimulated.includes(word)) {
			context.machine.sim.notes.notSimulated(`agnhost ${word}`);
			context.log(`kubelab: not simulated: agnhost ${word}`, 'stderr');
			return context.exit(125);
		}

		context.log(`Error: unknown command "${word}" for "app"\nRun 'app --help' for usage.`, 'stderr');
		context.exit(1);
	},
	wake(context, key) {
		const [word, code] = key.split(' ');
		if (word === 'exit') context.exit(Number(code));
		else chosen(context)[0]?.wake?.(context, key);
	},
	serve(context, request) {
		const [its, flags] = chosen(context);
		return its?.serve?.(context, request, flags) ?? {bytes: '', end: 'timeout'};
	},
	signal(context, signal) {
		const [its] = chosen(context);
		if (its?.signal) its.signal(context, signal);
		else if (signal !== 'SIGHUP') context.exit(2);
	},
};

const image: Image = {
	repository: 'registry.k8s.io/e2e-test-images/agnhost',
	aliases: [
		'gcr.io/kubernetes-e2e-test-images/agnhost',
		'k8s.gcr.io/e2e-test-images/agnhost',
		'us.gcr.io/k8s-artifacts-prod/e2e-test-images/agnhost',
	],
	tags: tagsOf(
		{
			'2.56': 52,
			'2.54': 52,
			'2.53': 52,
			'2.52': 52,
			'2.47': 52,
			'2.45': 52,
			'2.43': 52,
			'2.41': 51,
			'2.40': 51,
			'2.39': 51,
			'2.36': 50,
			'2.33': 49,
			'2.32': 49,
			'2.31': 49,
			'2.21': 45,
			'2.20': 45,
			'2.12': 40,
			'2.8': 40,
			'2.6': 40,
		},
		() => ({
			entrypoint: ['/agnhost'],
			command: ['pause'],
			ports: ['8080/tcp', '8081/tcp', '9376/tcp'],
			files: {'/uploads': {folder: true}},
		}),
	),
	program: agnhost,
	tools: [...busyboxTools, '/usr/bin/dig', '/usr/bin/host', '/usr/bin/nslookup', 'bash', 'curl', 'ip', 'iperf', 'ss'],
};

export default image;
