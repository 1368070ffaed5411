import {parseIpv4} from '../../../net/address.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';
import {refuse} from '../refuse.js';
import {findInHosts} from '../resolve/hosts-file.js';
import {nameOf, resolve} from '../resolve/resolve.js';

const line = (address: string, names: readonly string[]) => `${address.padEnd(15)} ${names.join(' ')}\n`;
const files: Readonly<Record<string, string>> = {passwd: '/etc/passwd', group: '/etc/group'};

const getent: Command<Machine> = {
	name: 'getent',
	summary: 'look names up as libc does',
	*run(io) {
		const [, database, ...keys] = io.argv;
		const {machine} = io;
		const path = files[database ?? ''];
		if (path) {
			const rows = machine.files.readText(path).split('\n').filter(Boolean);
			const found =
				keys.length === 0 ? rows : keys.flatMap(key => rows.find(row => row.split(':')[0] === key || row.split(':')[2] === key) ?? []);
			for (const row of found) io.out(`${row}\n`);
			return found.length < keys.length ? 2 : 0;
		}

		if (database !== 'hosts' && database !== 'ahosts' && database !== 'ahostsv4') return refuse(io, `getent ${database ?? ''}`);
		let missing = false;
		for (const key of keys) {
			if (parseIpv4(key) !== undefined && database === 'hosts') {
				const name = yield* nameOf(machine, key);
				if (name === undefined) missing = true;
				else io.out(line(key, [name]));
				continue;
			}

			const found = yield* resolve(machine, key);
			if ('error' in found) missing = true;
			else if (database === 'hosts')
				for (const address of found.addresses) io.out(line(address, findInHosts(machine.files, key)?.names ?? [found.canonical]));
			else {
				for (const [i, address] of found.addresses.entries()) {
					for (const kind of ['STREAM', 'DGRAM', 'RAW'])
						io.out(`${address.padEnd(15)} ${kind}${i === 0 && kind === 'STREAM' ? ` ${found.canonical}` : ''}\n`);
				}
			}
		}

		return missing ? 2 : 0;
	},
};

export default getent;
