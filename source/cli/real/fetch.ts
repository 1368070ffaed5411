import type {Fetched} from '../../checks/fetch.js';
import type {Address} from '../../checks/target.js';
import {NotHere, type RealPlace} from './places.js';

/** One request by the curl of a pod, told as the simulation tells its own. */
export async function fetchFromReal(place: RealPlace, to: Address, headers: Readonly<Record<string, string>>): Promise<Fetched> {
	const url = `${to.tls ? 'https' : 'http'}://${to.host}:${to.port}${to.http ? to.path : '/'}`;
	const sent = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
	const {exitCode, stdout, stderr} = await place.run(['curl', '-s', '-i', '-k', '-m', '5', ...sent, url]);
	if (exitCode === 126 || exitCode === 127 || /executable file not found/.test(stderr))
		throw new NotHere(`there is no curl in ${place.label}`);
	const header = (name: string) => new RegExp(`^${name}:\\s*(.*?)\\r?$`, 'im').exec(headOf(stdout))?.[1];
	const [, status] = /^HTTP\/\S+ (\d+)/.exec(stdout) ?? [];
	if (status !== undefined)
		return {outcome: connected, status: Number(status), body: stdout.slice(headOf(stdout).length).trimStart(), header};
	// kubectl reports the exit status of what it ran.
	const none = {header: () => undefined};
	if (exitCode === 7) return {outcome: {kind: 'refused', by: to.host}, ...none};
	if (exitCode === 28) return {outcome: {kind: 'timeout', by: to.label}, ...none};
	if (exitCode === 6) return {outcome: {kind: 'timeout', by: `the DNS server (${to.host} does not resolve)`}, ...none};
	return {outcome: connected, ...none};
}

const connected = {kind: 'connected'} as Fetched['outcome'];

const headOf = (text: string) => text.slice(0, Math.max(0, text.search(/\r?\n\r?\n/)));
