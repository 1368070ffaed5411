import {createHash} from 'node:crypto';
import type {KubeObject} from '../../../api/object.js';
import {rfc3339} from '../../../api/values/time.js';
import type {Machine} from '../../../node/host/machine.js';
import type {ExecResult, Io, Run} from '../../../shell/command.js';
import {certificatesIn} from '../../../tls/certificate.js';
import {notSimulated, parseArguments} from '../arguments.js';

const groups = 'system:bootstrappers:kubeadm:default-node-token';
const hourMs = 3_600_000;
const units: Readonly<Record<string, number>> = {h: hourMs, m: 60_000, s: 1000};

/** A bootstrap token is a secret in kube-system; here it is made with kubectl, as `kubeadm token create` does by the API. */
export function* token(io: Io<Machine>): Run {
	const args = parseArguments(io.argv.slice(2), {
		flags: '',
		values: '',
		long: {'print-join-command': 'flag', ttl: 'value', description: 'value', kubeconfig: 'value', usages: 'value', groups: 'value'},
	});
	const [verb, given] = args.operands;
	const wrong = args.problem ? undefined : complaint(verb, given);
	if (wrong !== undefined) {
		io.err(`${wrong}\nTo see the stack trace of this error execute with --v=5 or higher\n`);
		return 1;
	}
	if (args.problem || args.has('usages') || args.has('groups')) return notSimulated(io, io.argv.join(' '));
	const random = io.machine.sim.random.fork('kubeadm/token');
	const id = given?.split('.')[0] ?? random.hex(6);
	const secret = given?.split('.')[1] ?? random.hex(16);
	if (verb === 'generate') {
		io.out(`${id}.${secret}\n`);
		return 0;
	}

	if (verb === 'list') return yield* list(io);
	if (verb === 'delete' && given !== undefined) return yield* remove(io, id);
	if (verb !== 'create') return notSimulated(io, io.argv.join(' '));
	const ttlMs = durationMs(args.value('ttl') ?? '24h0m0s');
	if (ttlMs === undefined) {
		const value = args.value('ttl');
		io.err(`invalid argument "${value}" for "--ttl" flag: time: invalid duration "${value}"\n`);
		io.err('To see the stack trace of this error execute with --v=5 or higher\n');
		return 1;
	}

	const made: ExecResult = yield* kubectl([
		...['create', 'secret', 'generic', `bootstrap-token-${id}`, '--type=bootstrap.kubernetes.io/token'],
		`--from-literal=token-id=${id}`,
		`--from-literal=token-secret=${secret}`,
		...(args.has('description') ? [`--from-literal=description=${args.value('description')}`] : []),
		...(ttlMs === 0 ? [] : [`--from-literal=expiration=${rfc3339(io.machine.sim.clock.now() + ttlMs)}`]),
		'--from-literal=usage-bootstrap-authentication=true',
		'--from-literal=usage-bootstrap-signing=true',
		`--from-literal=auth-extra-groups=${groups}`,
	]);
	if (made.exitCode !== 0) {
		io.err(made.stderr);
		return 1;
	}

	io.out(args.has('print-join-command') ? joinCommand(io, `${id}.${secret}`) : `${id}.${secret}\n`);
	return 0;
}

/** As Go quotes its two patterns (cluster-bootstrap/token/api). */
const tokenForm = '"\\\\A([a-z0-9]{6})\\\\.([a-z0-9]{16})\\\\z"';
const idForm = '"\\\\A([a-z0-9]{6})\\\\z"';

/** What kubeadm finds wrong with the words before it asks the API. */
function complaint(verb: string | undefined, given: string | undefined): string | undefined {
	if (verb !== undefined && !['create', 'delete', 'generate', 'list'].includes(verb)) return `invalid subcommand "${verb}"`;
	const isToken = /^[a-z0-9]{6}\.[a-z0-9]{16}$/.test(given ?? '');
	if (verb === 'create' && given !== undefined && !isToken) return `the bootstrap token "${given}" was not of the form ${tokenForm}`;
	if (verb !== 'delete') return undefined;
	if (given === undefined) return `missing argument; 'token delete' is missing token of form ${tokenForm} or ${idForm}`;
	return isToken || /^[a-z0-9]{6}$/.test(given) ? undefined : `given token didn't match pattern ${tokenForm} or ${idForm}`;
}

function joinCommand({machine}: Io<Machine>, token: string): string {
	const master = machine.world.hosts()[0]!;
	const address = master.stack.links.list().flatMap(link => (link.name === 'lo' ? [] : link.addresses))[0]?.address ?? '172.25.254.100';
	return `kubeadm join ${address}:6443 --token ${token} --discovery-token-ca-cert-hash sha256:${caHash(master)} \n`;
}

function* kubectl(words: readonly string[]): Generator<any, ExecResult, any> {
	return yield {exec: {argv: ['kubectl', '--kubeconfig', '/etc/kubernetes/admin.conf', '-n', 'kube-system', ...words]}};
}

/** Go's `24h0m0s`. */
function durationMs(text: string): number | undefined {
	if (text === '0') return 0;
	if (!/^(?:\d+[hms])+$/.test(text)) return undefined;
	return [...text.matchAll(/(\d+)([hms])/g)].reduce((sum, [, count, unit]) => sum + Number(count) * units[unit!]!, 0);
}

function* list(io: Io<Machine>): Run {
	const {stdout, stderr, exitCode} = yield* kubectl(['get', 'secrets', '-o', 'json']);
	if (exitCode !== 0) {
		io.err(stderr);
		return 1;
	}

	const rows = (JSON.parse(stdout).items as KubeObject[])
		.filter(each => each['type'] === 'bootstrap.kubernetes.io/token')
		.map(each => rowOf(each, io.machine.sim.clock.now()));
	if (rows.length === 0) return 0;
	const table = [['TOKEN', 'TTL', 'EXPIRES', 'USAGES', 'DESCRIPTION', 'EXTRA GROUPS'], ...rows];
	const widths = table[0]!.map((_, column) => Math.max(...table.map(row => row[column]!.length)));
	for (const row of table) io.out(`${row.map((text, i) => (i === row.length - 1 ? text : text.padEnd(widths[i]! + 3))).join('')}\n`);
	return 0;
}

function rowOf(secret: KubeObject, nowMs: number): string[] {
	const text = (name: string) => Buffer.from((secret['data']?.[name] as string | undefined) ?? '', 'base64').toString();
	const expiration = text('expiration');
	const leftMs = Date.parse(expiration) - nowMs;
	const usages = ['authentication', 'signing'].filter(name => text(`usage-bootstrap-${name}`) === 'true');
	return [
		`${text('token-id')}.${text('token-secret')}`,
		expiration === '' ? '<forever>' : leftMs <= 0 ? '<invalid>' : shortDuration(leftMs),
		expiration === '' ? '<never>' : expiration,
		usages.join(',') || '<none>',
		text('description') || '<none>',
		text('auth-extra-groups') || '<none>',
	];
}

const shortDuration = (ms: number): string =>
	ms >= hourMs ? `${Math.floor(ms / hourMs)}h` : ms >= 60_000 ? `${Math.floor(ms / 60_000)}m` : `${Math.floor(ms / 1000)}s`;

function* remove(io: Io<Machine>, id: string): Run {
	const {exitCode, stderr} = yield* kubectl(['delete', 'secret', `bootstrap-token-${id}`]);
	if (exitCode === 0) io.out(`bootstrap token "${id}" deleted\n`);
	else io.err(`failed to delete bootstrap token "${id}": ${stderr.replace(/^Error from server \([^)]*\): /, '')}`);
	return exitCode === 0 ? 0 : 1;
}

/** Of the authority's SubjectPublicKeyInfo, as `--discovery-token-ca-cert-hash` has it. */
export function caHash({files}: Machine): string {
	const path = '/etc/kubernetes/pki/ca.crt';
	const [authority] = files.exists(path) ? certificatesIn(files.readText(path)) : [];
	return createHash('sha256')
		.update(authority?.publicKey ?? '')
		.digest('hex');
}
