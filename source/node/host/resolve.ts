import {decodeDns, encodeDns} from '../../net/dns-message.js';
import {FileError} from '../../os/files.js';
import type {Machine} from './machine.js';

const read = ({files}: Machine, path: string): string => {
	try {
		return files.readText(path);
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		return '';
	}
};

const isAddress = (name: string): boolean => /^\d{1,3}(\.\d{1,3}){3}$/.test(name);

/** A name's IPv4 address as the C library finds it on this machine: /etc/hosts, then DNS by /etc/resolv.conf with real packets. */
export function resolveName(machine: Machine, name: string): string | undefined {
	if (isAddress(name)) return name;
	for (const line of read(machine, '/etc/hosts').split('\n')) {
		const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
		if (address && isAddress(address) && names.includes(name)) return address;
	}

	const settings = read(machine, '/etc/resolv.conf')
		.split('\n')
		.map(line => line.trim().split(/\s+/));
	const values = (word: string) => settings.filter(line => line[0] === word).flatMap(line => line.slice(1));
	const ndots = Number(
		values('options')
			.find(option => option.startsWith('ndots:'))
			?.slice(6) ?? 1,
	);
	const dots = name.split('.').length - 1;
	const searched = name.endsWith('.') ? [] : values('search').map(domain => `${name}.${domain}`);
	const candidates = name.endsWith('.') ? [name] : dots >= ndots ? [name, ...searched] : [...searched, name];
	for (const server of values('nameserver').slice(0, 1)) {
		for (const candidate of candidates) {
			const address = query(machine, server, candidate);
			if (address) return address;
		}
	}

	return undefined;
}

function query(machine: Machine, server: string, name: string): string | undefined {
	const id = machine.sim.random.fork(`resolver/${machine.host}`).int(65_536);
	const question = {name: name.endsWith('.') ? name : `${name}.`, type: 'A'};
	const message = encodeDns({
		id,
		response: false,
		rcode: 'NOERROR',
		recursionDesired: true,
		question,
		answers: [],
		authorities: [],
		additionals: [],
	});
	const {payload} = machine.stack.exchange(server, 53, message);
	const answer = payload === undefined ? undefined : decodeDns(payload);
	return answer?.answers.find(record => record.type === 'A')?.data;
}
