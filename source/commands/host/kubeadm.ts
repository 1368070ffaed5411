import {createHash} from 'node:crypto';
import type {Machine} from '../../node/machine.js';
import type {Command, ExecResult, Io, Run} from '../../shell/command.js';
import {certificatesIn} from '../../tls/certificate.js';
import {notSimulated, parseArguments} from './arguments.js';
import {certs} from './kubeadm-certs.js';

/** A bootstrap token is a secret in kube-system; here it is made with kubectl, as `kubeadm token create` does by the API. */
function* token(io: Io<Machine>): Run {
	const args = parseArguments(io.argv.slice(2), {
		flags: '',
		values: '',
		long: {'print-join-command': 'flag', ttl: 'value', description: 'value', kubeconfig: 'value', usages: 'value', groups: 'value'},
	});
	const [verb] = args.operands;
	if (args.problem || (verb !== 'create' && verb !== 'list' && verb !== 'generate')) return notSimulated(io, io.argv.join(' '));
	const random = io.machine.sim.random.fork('kubeadm/token');
	const id = args.operands[1]?.split('.')[0] ?? random.hex(6);
	const secret = args.operands[1]?.split('.')[1] ?? random.hex(16);
	if (verb === 'generate') {
		io.out(`${id}.${secret}\n`);
		return 0;
	}

	if (verb === 'list') return notSimulated(io, 'kubeadm token list');
	const argv = [
		'kubectl',
		'--kubeconfig',
		'/etc/kubernetes/admin.conf',
		'-n',
		'kube-system',
		'create',
		'secret',
		'generic',
		`bootstrap-token-${id}`,
		'--type=bootstrap.kubernetes.io/token',
		`--from-literal=token-id=${id}`,
		`--from-literal=token-secret=${secret}`,
		'--from-literal=usage-bootstrap-authentication=true',
		'--from-literal=usage-bootstrap-signing=true',
		'--from-literal=auth-extra-groups=system:bootstrappers:kubeadm:default-node-token',
	];
	const {exitCode, stderr}: ExecResult = yield {exec: {argv}};
	if (exitCode !== 0) {
		io.err(stderr);
		return 1;
	}

	const master = io.machine.world.hosts()[0]!;
	const address = master.stack.links.list().flatMap(link => (link.name === 'lo' ? [] : link.addresses))[0]?.address ?? '172.25.254.100';
	io.out(
		args.has('print-join-command')
			? `kubeadm join ${address}:6443 --token ${id}.${secret} --discovery-token-ca-cert-hash sha256:${caHash(master)} \n`
			: `${id}.${secret}\n`,
	);
	return 0;
}

/** Of the authority's SubjectPublicKeyInfo, as `--discovery-token-ca-cert-hash` has it. */
function caHash({files}: Machine): string {
	const path = '/etc/kubernetes/pki/ca.crt';
	const [authority] = files.exists(path) ? certificatesIn(files.readText(path)) : [];
	return createHash('sha256')
		.update(authority?.publicKey ?? '')
		.digest('hex');
}

export default {
	name: 'kubeadm',
	summary: 'join tokens and certificates of the cluster',
	*run(io) {
		const verb = io.argv[1];
		if (verb === 'token') return yield* token(io);
		if (verb === 'certs') return certs(io);
		if (verb === 'version') {
			const short = io.argv.includes('-o') || io.argv.some(word => word.startsWith('-oshort') || word === '--output=short');
			io.out(
				short
					? 'v1.33.1\n'
					: 'kubeadm version: &version.Info{Major:"1", Minor:"33", EmulationMajor:"", EmulationMinor:"", MinCompatibilityMajor:"", MinCompatibilityMinor:"", GitVersion:"v1.33.1", GitCommit:"8adc0f041b8e7ad1d30e29cc59c6ae7a15e19828", GitTreeState:"clean", BuildDate:"2025-05-15T08:25:33Z", GoVersion:"go1.24.2", Compiler:"gc", Platform:"linux/amd64"}\n',
			);
			return 0;
		}

		return notSimulated(io, `kubeadm ${verb ?? ''}`.trim());
	},
} satisfies Command<Machine>;
