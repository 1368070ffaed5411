import type {Machine} from '../../../node/host/machine.js';
import type {Io, Run} from '../../../shell/command.js';
import {notSimulated, parseArguments} from '../arguments.js';
import {initDefaults, joinDefaults} from './defaults.js';
import {failed} from './preflight.js';

const release = 'v1.33.1';
const images = [
	...['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kube-proxy'].map(name => `${name}:${release}`),
	...['coredns/coredns:v1.12.0', 'pause:3.10', 'etcd:3.5.21-0'],
];

/** `kubeadm config images list|pull`: what this release of kubeadm runs; `print`: what it takes where nothing is said. */
export function* config(io: Io<Machine>): Run {
	const args = parseArguments(io.argv.slice(2), {
		long: {'image-repository': 'value', 'kubernetes-version': 'value', 'cri-socket': 'value', 'component-configs': 'value'},
	});
	const [what, verb, ...more] = args.operands;
	if (what !== undefined && !['images', 'print', 'migrate', 'validate'].includes(what))
		return failed(io, `invalid subcommand "${what}"`, '');
	const version = args.value('kubernetes-version')?.replace(/^v?/, 'v') ?? release;
	if (what === 'print' && (verb === 'init-defaults' || verb === 'join-defaults') && !args.has('component-configs')) {
		io.out(verb === 'init-defaults' ? initDefaults : joinDefaults(io.machine.hostname));
		return 0;
	}

	if (args.problem || what !== 'images' || (verb !== 'list' && verb !== 'pull') || more.length > 0 || version !== release)
		return notSimulated(io, io.argv.join(' '));
	const repository = args.value('image-repository');
	// Only the default registry has CoreDNS in a folder of its own.
	const names = images.map(image =>
		repository === undefined ? `registry.k8s.io/${image}` : `${repository}/${image.replace('coredns/', '')}`,
	);
	if (verb === 'pull') return yield* pull(io, names);
	for (const name of names) io.out(`${name}\n`);
	return 0;
}

/** One after the other, by the runtime of this host. */
function* pull({machine, out, err}: Io<Machine>, names: readonly string[]): Run {
	for (const name of names) {
		const result = machine.world.runtime(machine.host).pull(name);
		if ('error' in result) {
			err(
				`failed to pull image "${name}": failed to pull image ${name}: rpc error: code = Unknown desc = ${result.error.replace(/^rpc error: code = \w+ desc = /, '')}\nTo see the stack trace of this error execute with --v=5 or higher\n`,
			);
			return 1;
		}

		yield {sleepMs: result.tookMs};
		out(`[config/images] Pulled ${name}\n`);
	}

	return 0;
}
