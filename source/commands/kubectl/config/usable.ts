import type {Machine} from '../../../node/host/machine.js';
import type {Io} from '../../../shell/command.js';
import {failure, rawFailure} from '../failure.js';
import type {Values} from '../flags/values.js';
import {requestTimeoutMs} from '../flags/go-duration.js';
import type {ClusterEntry, UserEntry} from './kubeconfig.js';

type Place = Pick<Io<Machine>, 'cwd' | 'machine'> & {path?(name: string): string};

interface Named<T> {
	readonly name: string;
	readonly entry: T | undefined;
}

/** What is wrong with a cluster and a user, together with the flags laid over them (clientcmd: ConfirmUsable). */
export function checkUsable(place: Place, cluster: Named<ClusterEntry>, user: Named<UserEntry>, flags: Values): void {
	const problems = [...userProblems(place, user, flags), ...clusterProblems(place, cluster, flags)];
	if (problems.length === 1) throw failure(problems[0]!);
	if (problems.length > 1) throw rawFailure(`Error in configuration: \n${problems.map(problem => `* ${problem}\n`).join('')}`);
	if (requestTimeoutMs(flags.global('request-timeout')) === undefined)
		throw failure(
			'Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)',
		);
}

function userProblems(place: Place, {name, entry}: Named<UserEntry>, flags: Values): string[] {
	const problems: string[] = [];
	const methods: string[] = [];
	if (flags.global('token') || entry?.token) methods.push('token');
	if (flags.global('username') || flags.global('password') || entry?.username || entry?.password) methods.push('basicAuth');
	const certificate = flags.global('client-certificate') || entry?.['client-certificate'];
	const key = flags.global('client-key') || (entry?.['client-key'] as string | undefined);
	if (certificate || entry?.['client-certificate-data']) {
		if (!key && !entry?.['client-key-data'])
			problems.push(`client-key-data or client-key must be specified for ${name} to use the clientCert authentication method.`);
		problems.push(...unreadable(place, 'client-cert', certificate, name), ...unreadable(place, 'client-key', key, name));
	}

	if (methods.length > 1)
		problems.push(`more than one authentication method found for ${name}; found [${methods.join(' ')}], only one is allowed`);
	return problems;
}

const clusterProblems = (place: Place, {name, entry}: Named<ClusterEntry>, flags: Values): string[] =>
	unreadable(place, 'certificate-authority', flags.global('certificate-authority') || entry?.['certificate-authority'], name);

function unreadable({machine, path, cwd}: Place, what: string, file: string | undefined, owner: string): string[] {
	if (!file) return [];
	const full = path ? path(file) : file.startsWith('/') ? file : `${cwd === '/' ? '' : cwd}/${file}`;
	return machine.files.exists(full) ? [] : [`unable to read ${what} ${file} for ${owner} due to open ${file}: no such file or directory`];
}
