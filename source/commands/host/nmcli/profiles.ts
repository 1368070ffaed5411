import type {Machine} from '../../../node/host/machine.js';
import {fingerprint} from '../fingerprint.js';

const folder = '/etc/NetworkManager/system-connections';

/** A connection profile: a keyfile, section by section. */
export interface Profile {
	readonly path: string;
	readonly sections: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export function profilesOf({files}: Machine): readonly Profile[] {
	if (!files.exists(folder)) return [];
	return files
		.list(folder)
		.filter(name => name.endsWith('.nmconnection'))
		.map(name => ({path: `${folder}/${name}`, sections: parse(files.readText(`${folder}/${name}`))}));
}

function parse(text: string): Profile['sections'] {
	const sections: Record<string, Record<string, string>> = {};
	let current: Record<string, string> = {};
	for (const line of text.split('\n')) {
		const head = /^\[(.+)\]$/.exec(line.trim());
		const pair = /^([^=#]+)=(.*)$/.exec(line.trim());
		if (head) sections[head[1]!] = current = {...sections[head[1]!]};
		else if (pair) current[pair[1]!.trim()] = pair[2]!.trim();
	}

	return sections;
}

export function writeProfile({files}: Machine, {path, sections}: Profile): void {
	const text = Object.entries(sections)
		.map(
			([name, pairs]) =>
				`[${name}]\n${Object.entries(pairs)
					.map(([key, value]) => `${key}=${value}\n`)
					.join('')}`,
		)
		.join('\n');
	files.write(path, text, {mode: 0o600});
}

export const pathOf = (id: string): string => `${folder}/${id}.nmconnection`;

export const idOf = (profile: Profile): string => profile.sections['connection']?.['id'] ?? '';
export const deviceOf = (profile: Profile): string => profile.sections['connection']?.['interface-name'] ?? idOf(profile);

export function uuidOf(machine: Machine, profile: Profile): string {
	const own = profile.sections['connection']?.['uuid'];
	const hex = fingerprint(machine, `connection/${idOf(profile)}`);
	return own ?? [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export interface Ipv4 {
	readonly method: string;
	/** `172.25.254.100/24` */
	readonly addresses: readonly string[];
	readonly gateway?: string;
	readonly dns: readonly string[];
}

/** `address1=ADDRESS/BITS,GATEWAY` and so on. */
export function ipv4Of(profile: Profile): Ipv4 {
	const section = profile.sections['ipv4'] ?? {};
	const rows = Object.keys(section)
		.filter(key => /^address(?:es)?\d*$/.test(key))
		.sort()
		.map(key => section[key]!.split(','));
	return {
		method: section['method'] ?? 'auto',
		addresses: rows.map(([address = '']) => address),
		gateway: section['gateway'] ?? rows.map(row => row[1]).find(Boolean),
		dns: (section['dns'] ?? '').split(/[;,]/).filter(Boolean),
	};
}
