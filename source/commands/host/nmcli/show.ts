import type {Machine} from '../../../node/host/machine.js';
import {fingerprint} from '../fingerprint.js';
import {type Device, devicesOf} from './devices.js';
import {deviceOf, idOf, ipv4Of, type Profile, profilesOf, uuidOf} from './profiles.js';
import type {Row} from './table.js';

const activePath = (index: number) => `/org/freedesktop/NetworkManager/ActiveConnection/${index}`;
const uuid = (machine: Machine, name: string) => {
	const hex = fingerprint(machine, `external/${name}`);
	return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

/** Those that are active first, then the profiles that are not. */
export function connectionRows(machine: Machine, onlyActive: boolean): readonly Row[] {
	const devices = devicesOf(machine).filter(device => device.connection !== undefined);
	const active = devices.map(({link, type, connection, profile}) => ({
		NAME: connection!,
		UUID: profile ? uuidOf(machine, profile) : uuid(machine, link.name),
		TYPE: type,
		DEVICE: link.name,
		STATE: 'activated',
		ACTIVE: 'yes',
	}));
	const others = profilesOf(machine).filter(profile => !devices.some(device => device.profile?.path === profile.path));
	const row = (profile: Profile) => ({
		NAME: idOf(profile),
		UUID: uuidOf(machine, profile),
		TYPE: 'ethernet',
		DEVICE: '',
		STATE: '',
		ACTIVE: 'no',
	});
	return [...active, ...(onlyActive ? [] : others.map(row))];
}

export const deviceRows = (machine: Machine): readonly Row[] =>
	devicesOf(machine).map(({link, type, state, connection}) => ({
		DEVICE: link.name,
		TYPE: type,
		STATE: state,
		CONNECTION: connection ?? '',
	}));

type Field = readonly [name: string, value: string];

/** What a profile says; the settings that people look at. */
export function profileFields(machine: Machine, profile: Profile): readonly Field[] {
	const {method, addresses, gateway = '', dns} = ipv4Of(profile);
	const connection = profile.sections['connection'] ?? {};
	return [
		['connection.id', idOf(profile)],
		['connection.uuid', uuidOf(machine, profile)],
		['connection.type', '802-3-ethernet'],
		['connection.interface-name', deviceOf(profile)],
		['connection.autoconnect', connection['autoconnect'] === 'false' ? 'no' : 'yes'],
		['ipv4.method', method],
		['ipv4.dns', dns.join(',')],
		['ipv4.dns-search', ''],
		['ipv4.addresses', addresses.join(', ')],
		['ipv4.gateway', gateway],
		['ipv4.routes', ''],
		['ipv4.never-default', 'no'],
		['ipv6.method', profile.sections['ipv6']?.['method'] ?? 'auto'],
	];
}

/** What is so on the device now. */
export function deviceFields(machine: Machine, {link, type, state, connection}: Device): readonly Field[] {
	const of = (version: 4 | 6) => link.addresses.filter(({address}) => address.includes(':') === (version === 6));
	const routes = machine.stack.routes.list('main').filter(route => route.dev === link.name);
	const gateway = routes.find(({destination}) => destination === '0.0.0.0/0')?.via ?? '';
	const servers = machine.files.exists('/etc/resolv.conf')
		? [...machine.files.readText('/etc/resolv.conf').matchAll(/^nameserver\s+(\S+)/gm)].map(match => match[1]!)
		: [];
	const number = state.startsWith('connected') ? '100' : state === 'unmanaged' ? '10' : state === 'unavailable' ? '20' : '30';
	return [
		['GENERAL.DEVICE', link.name],
		['GENERAL.TYPE', type],
		['GENERAL.HWADDR', link.mac.toUpperCase()],
		['GENERAL.MTU', String(link.mtu)],
		['GENERAL.STATE', `${number} (${state})`],
		['GENERAL.CONNECTION', connection ?? ''],
		['GENERAL.CON-PATH', connection ? activePath(link.index) : ''],
		...(type === 'ethernet' ? [['WIRED-PROPERTIES.CARRIER', link.carrier ? 'on' : 'off'] as const] : []),
		...of(4).map(({address, prefix}, index) => [`IP4.ADDRESS[${index + 1}]`, `${address}/${prefix}`] as const),
		['IP4.GATEWAY', gateway],
		...routes.map(
			({destination, via = '0.0.0.0', metric = 0}, index) =>
				[`IP4.ROUTE[${index + 1}]`, `dst = ${destination}, nh = ${via}, mt = ${metric}`] as const,
		),
		...(gateway ? servers : []).map((server, index) => [`IP4.DNS[${index + 1}]`, server] as const),
		...of(6).map(({address, prefix}, index) => [`IP6.ADDRESS[${index + 1}]`, `${address}/${prefix}`] as const),
		['IP6.GATEWAY', ''],
	];
}

export {activePath};
