import type {Machine} from '../../../node/host/machine.js';
import type {Io} from '../../../shell/command.js';
import {type Arguments, notSimulated} from '../../host/arguments.js';
import {fingerprint} from '../../host/fingerprint.js';
import {strftime} from '../../../sim/strftime.js';
import {endpointsOf} from './connection.js';
import {storedKeys} from './keys.js';
import {table} from './output.js';

export type Verb = (io: Io<Machine>, args: Arguments, rest: readonly string[]) => number;

const memberId = (machine: Machine) => fingerprint(machine.world.host(machine.host) ?? machine, 'etcd-member').slice(0, 16);

const sizeOf = (keys: number) => `${(0.9 + keys * 0.012).toFixed(1)} MB`;

export const members: Verb = (io, args) => {
	const host = io.machine.world.host(io.machine.host)!;
	const address = host.stack.links.get('eth0')?.addresses[0]?.address ?? '127.0.0.1';
	const row = [memberId(io.machine), 'started', host.name, `https://${address}:2380`, `https://${address}:2379`, 'false'];
	return table(io, args, ['ID', 'STATUS', 'NAME', 'PEER ADDRS', 'CLIENT ADDRS', 'IS LEARNER'], [row]);
};

export const health: Verb = (io, args) => {
	if (args.value('w') === 'table')
		return table(
			io,
			args,
			['ENDPOINT', 'HEALTH', 'TOOK', 'ERROR'],
			endpointsOf(io, args).map(each => [each, 'true', '8.412337ms', '']),
		);
	for (const endpoint of endpointsOf(io, args)) io.out(`${endpoint} is healthy: successfully committed proposal: took = 8.412337ms\n`);
	return 0;
};

export const status: Verb = (io, args) => {
	const revision = String(io.machine.world.api.resourceVersion());
	const size = sizeOf(storedKeys(io.machine.world).length);
	const rows = endpointsOf(io, args).map(each => [
		each,
		memberId(io.machine),
		'3.5.21',
		size,
		'true',
		'false',
		'2',
		revision,
		revision,
		'',
	]);
	const titles = [
		'ENDPOINT',
		'ID',
		'VERSION',
		'DB SIZE',
		'IS LEADER',
		'IS LEARNER',
		'RAFT TERM',
		'RAFT INDEX',
		'RAFT APPLIED INDEX',
		'ERRORS',
	];
	return table(io, args, titles, rows);
};

export const get: Verb = (io, args, [from = '', to]) => {
	const all = storedKeys(io.machine.world).filter(({key}) =>
		args.has('prefix')
			? key.startsWith(from)
			: args.has('from-key')
				? key >= from
				: to === undefined
					? key === from
					: key >= from && key < to,
	);
	const found = all.slice(0, Number(args.value('limit') ?? 0) || all.length);
	if (args.has('count-only')) {
		if (args.value('w') !== 'fields') {
			io.err('Error: --count-only is only for `--write-out=fields`\n');
			return 128;
		}

		io.out(
			`"ClusterID" : 1\n"MemberID" : 1\n"Revision" : ${io.machine.world.api.resourceVersion()}\n"RaftTerm" : 2\n"More" : false\n"Count" : ${found.length}\n`,
		);
		return 0;
	}

	if (found.length > 0 && !args.has('keys-only'))
		return notSimulated(io, "etcdctl get of a value (Kubernetes' protobuf); --keys-only lists keys");
	for (const {key} of found) io.out(`${key}\n\n`);
	return 0;
};

/** The file tells what was in the store; it cannot be restored. */
export const save: Verb = (io, _args, [file]) => {
	if (file === undefined) {
		io.err('Error: snapshot save expects one argument\n');
		return 128;
	}

	const {machine} = io;
	const keys = storedKeys(machine.world);
	const path = io.path(file);
	const say = (caller: string, msg: string, fields: object) => {
		const ts = `${strftime('%FT%T', machine.sim.clock.now())}.${String(machine.sim.clock.now() % 1000).padStart(3, '0')}Z`;
		io.err(`${JSON.stringify({level: 'info', ts, caller, msg, ...fields})}\n`);
	};
	say('snapshot/v3_snapshot.go:65', 'created temporary db file', {path: `${file}.part`});
	say('snapshot/v3_snapshot.go:73', 'fetching snapshot', {endpoint: endpointsOf(io, _args)[0]});
	const facts = {
		revision: machine.world.api.resourceVersion(),
		keys: keys.length,
		size: sizeOf(keys.length),
		hash: fingerprint(machine, `snapshot/${keys.length}/${machine.world.api.resourceVersion()}`).slice(0, 8),
	};
	machine.files.write(path, `${JSON.stringify(facts)}\n`, {mode: 0o600});
	say('snapshot/v3_snapshot.go:88', 'fetched snapshot', {endpoint: endpointsOf(io, _args)[0], size: facts.size, took: 'now'});
	say('snapshot/v3_snapshot.go:97', 'saved', {path: file});
	io.out(`Snapshot saved at ${file}\n`);
	return 0;
};

export const snapshotStatus: Verb = (io, args, [file = '']) => {
	io.err('Deprecated: Use `etcdutl snapshot status` instead.\n\n');
	if (!io.machine.files.exists(io.path(file))) {
		io.err(`Error: stat ${file}: no such file or directory\n`);
		return 1;
	}

	try {
		const {hash, revision, keys, size} = JSON.parse(io.machine.files.readText(io.path(file)));
		return table(io, args, ['HASH', 'REVISION', 'TOTAL KEYS', 'TOTAL SIZE'], [[hash, String(revision), String(keys), size]]);
	} catch {
		io.err('Error: invalid database\n');
		return 1;
	}
};
