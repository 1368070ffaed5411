import type {Machine} from '../../../node/host/machine.js';
import type {Io} from '../../../shell/command.js';
import type {Arguments} from '../../host/arguments.js';

/** An option or its variable: `--cacert`, ETCDCTL_CACERT. */
export const setting = (io: Io<Machine>, args: Arguments, name: string): string | undefined =>
	args.value(name) ?? io.env[`ETCDCTL_${name.toUpperCase()}`];

export const endpointsOf = (io: Io<Machine>, args: Arguments): readonly string[] =>
	(setting(io, args, 'endpoints') ?? '127.0.0.1:2379').split(',');

/** What the server trusts, as its command line says. */
function trusted({processes, files, container}: Machine): string {
	const etcd = processes.list().find(each => each.container === container && each.argv[0]?.endsWith('etcd'));
	const path = etcd?.argv.find(word => word.startsWith('--trusted-ca-file='))?.split('=')[1];
	return path && files.exists(path) ? files.readText(path) : '';
}

/** Why no session comes about; undefined: it does. By a real connection, then by the certificates that are shown. */
export function problemOf(
	io: Io<Machine>,
	args: Arguments,
	endpoint: string,
): {readonly file: string} | {readonly text: string} | undefined {
	const {files, stack} = io.machine;
	const [cacert, cert, key] = ['cacert', 'cert', 'key'].map(name => setting(io, args, name));
	for (const path of [cert, key, cacert])
		if (path !== undefined && !files.exists(io.path(path))) return {file: `open ${path}: no such file or directory`};
	const [host = '', port = '2379'] = endpoint.replace(/^https?:\/\//, '').split(':');
	const {kind} = stack.reach(host, Number(port));
	if (kind !== 'connected')
		return {
			text: `connection error: desc = "transport: Error while dialing: dial tcp ${host}:${port}: ${kind === 'refused' ? 'connect: connection refused' : 'i/o timeout'}"`,
		};
	const isPlain = !endpoint.startsWith('https://') && cert === undefined && cacert === undefined;
	if (isPlain) return {text: 'connection error: desc = "error reading server preface: EOF"'};
	const skips = args.has('insecure-skip-tls-verify');
	if (!skips && (cacert === undefined || files.readText(io.path(cacert)) !== trusted(io.machine)))
		return {
			text: 'connection error: desc = "transport: authentication handshake failed: tls: failed to verify certificate: x509: certificate signed by unknown authority"',
		};
	return cert === undefined || key === undefined
		? {text: 'connection error: desc = "error reading server preface: remote error: tls: certificate required"'}
		: undefined;
}
