import type {Machine} from '../../../node/host/machine.js';
import type {Command, Io} from '../../../shell/command.js';
import {type ArgumentSpec, type Arguments, notSimulated, parseArguments} from '../arguments.js';
import {activate, deactivate} from './activate.js';
import {devicesOf} from './devices.js';
import {modify} from './modify.js';
import {deviceOf, idOf, pathOf, type Profile, profilesOf, uuidOf, writeProfile} from './profiles.js';
import {activePath, connectionRows, deviceFields, deviceRows, profileFields} from './show.js';
import {fieldLines, type Row, rowsText} from './table.js';

type Verb = (io: Io<Machine>, args: Arguments, rest: readonly string[]) => number;

const fail = (io: Io<Machine>, text: string, status = 10): number => {
	io.err(`Error: ${text}\n`);
	return status;
};

function list(io: Io<Machine>, args: Arguments, rows: readonly Row[], usual: readonly string[]): number {
	const text = rowsText(rows, usual, args);
	if (typeof text !== 'string')
		return fail(io, `invalid field '${text.unknown}'; allowed fields: ${Object.keys(rows[0] ?? {}).join(',')}.`, 2);
	io.out(text);
	return 0;
}

/** `id eth0`, `uuid ...`, or the name alone. */
const named = (machine: Machine, words: readonly string[]): Profile | undefined => {
	const text = ['id', 'uuid', 'path'].includes(words[0] ?? '') ? words[1] : words[0];
	return profilesOf(machine).find(profile => idOf(profile) === text || uuidOf(machine, profile) === text);
};

const show: Verb = (io, args, rest) => {
	const names = rest.filter(word => !word.startsWith('-'));
	const usual = ['NAME', 'UUID', 'TYPE', 'DEVICE'];
	if (names.length === 0) return list(io, args, connectionRows(io.machine, rest.includes('--active')), usual);
	const profile = named(io.machine, names);
	if (!profile) return fail(io, `${names.at(-1)} - no such connection profile.`);
	const device = devicesOf(io.machine).find(each => each.profile?.path === profile.path);
	const fields = [...profileFields(io.machine, profile), ...(device ? deviceFields(io.machine, device) : [])];
	const asked = (args.value('g') ?? args.value('f'))?.split(',');
	const wanted = asked
		? fields.filter(([name]) => asked.some(each => name === each || name.startsWith(`${each}.`) || name.startsWith(`${each}[`)))
		: fields;
	io.out(
		args.has('g')
			? wanted.map(([, value]) => `${value}\n`).join('')
			: args.has('t')
				? wanted.map(pair => `${pair.join(':')}\n`).join('')
				: fieldLines(wanted),
	);
	return 0;
};

const up: Verb = (io, _args, rest) => {
	const profile = named(io.machine, rest);
	if (!profile) return fail(io, `unknown connection '${rest.at(-1) ?? ''}'.`);
	const problem = activate(io.machine, profile);
	if (problem) return fail(io, `Connection activation failed: ${problem}`, 4);
	io.out(`Connection successfully activated (D-Bus active path: ${activePath(3)})\n`);
	return 0;
};

const down: Verb = (io, _args, rest) => {
	const profile = named(io.machine, rest);
	const device = profile && devicesOf(io.machine).find(each => each.profile?.path === profile.path);
	if (!device)
		return fail(
			io,
			profile
				? `'${idOf(profile)}' is not an active connection.\nError: no active connection provided.`
				: `'${rest.at(-1) ?? ''}' is not an active connection.\nError: no active connection provided.`,
		);
	deactivate(io.machine, device.link.name);
	io.out(`Connection '${idOf(profile)}' successfully deactivated (D-Bus active path: ${activePath(2)})\n`);
	return 0;
};

const change: Verb = (io, _args, rest) => {
	const [name, ...pairs] = ['id', 'uuid'].includes(rest[0] ?? '') ? rest.slice(1) : rest;
	let profile = named(io.machine, [name ?? '']);
	if (!profile) return fail(io, `unknown connection '${name ?? ''}'.`);
	for (let at = 0; at < pairs.length; at += 2) {
		const [setting = '', value] = [pairs[at], pairs[at + 1]];
		if (value === undefined) return fail(io, `value for '${setting}' is missing.`, 2);
		const changed = modify(profile, setting, value);
		if (changed === undefined) return notSimulated(io, `nmcli connection modify ${setting}`);
		if (typeof changed === 'string') return fail(io, changed, 2);
		profile = changed;
	}

	writeProfile(io.machine, profile);
	return 0;
};

const add: Verb = (io, _args, rest) => {
	const value = (...names: string[]) => rest[rest.findIndex(word => names.includes(word)) + 1];
	const has = (...names: string[]) => rest.some(word => names.includes(word));
	if (value('type') !== 'ethernet' || !has('type'))
		return has('type') ? notSimulated(io, `nmcli connection add type ${value('type')}`) : fail(io, "'type' argument is required.", 2);
	if (!has('ifname')) return fail(io, "'ifname' argument is required.", 2);
	const id = has('con-name') ? value('con-name')! : `ethernet-${value('ifname')}`;
	let profile: Profile | string | undefined = {
		path: pathOf(id),
		sections: {
			connection: {id, type: 'ethernet', 'interface-name': value('ifname')!},
			ipv4: {method: has('ip4', 'ipv4.addresses') ? 'manual' : 'auto'},
		},
	};
	const given: ReadonlyArray<readonly [names: readonly string[], setting: string]> = [
		[['ip4', 'ipv4.addresses'], 'ipv4.addresses'],
		[['gw4', 'ipv4.gateway'], 'ipv4.gateway'],
		[['ipv4.dns'], 'ipv4.dns'],
		[['ipv4.method'], 'ipv4.method'],
	];
	for (const [names, setting] of given)
		if (has(...names) && typeof profile === 'object') profile = modify(profile, setting, value(...names)!);
	if (typeof profile !== 'object') return fail(io, profile ?? 'unknown setting', 2);
	writeProfile(io.machine, profile);
	io.out(`Connection '${id}' (${uuidOf(io.machine, profile)}) successfully added.\n`);
	return 0;
};

const remove: Verb = (io, _args, rest) => {
	const profile = named(io.machine, rest);
	if (!profile)
		return fail(io, `unknown connection '${rest.at(-1) ?? ''}'.\nError: cannot delete unknown connection(s): '${rest.at(-1) ?? ''}'.`);
	const uuid = uuidOf(io.machine, profile);
	deactivate(io.machine, deviceOf(profile));
	io.machine.files.remove(profile.path);
	io.out(`Connection '${idOf(profile)}' (${uuid}) successfully deleted.\n`);
	return 0;
};

const deviceShow: Verb = (io, _args, rest) => {
	const all = devicesOf(io.machine);
	const wanted = rest[0] === undefined ? all : all.filter(({link}) => link.name === rest[0]);
	if (wanted.length === 0) return fail(io, `Device '${rest[0]}' not found.`);
	io.out(wanted.map(device => fieldLines(deviceFields(io.machine, device))).join('\n'));
	return 0;
};

/** `up`, `disconnect` and so on of a device are those of its profile. */
const ofDevice =
	(act: Verb): Verb =>
	(io, args, [name = '']) => {
		const device = devicesOf(io.machine).find(({link}) => link.name === name);
		if (!device) return fail(io, `Device '${name}' not found.`);
		const profile = profilesOf(io.machine).find(each => deviceOf(each) === name);
		return act(io, args, [profile ? idOf(profile) : name]);
	};

const objects: Readonly<Record<string, Readonly<Record<string, Verb>>>> = {
	connection: {show, up, down, modify: change, add, delete: remove, reload: () => 0},
	device: {
		status: (io, args) => list(io, args, deviceRows(io.machine), ['DEVICE', 'TYPE', 'STATE', 'CONNECTION']),
		show: deviceShow,
		...{up: ofDevice(up), connect: ofDevice(up), reapply: ofDevice(up), disconnect: ofDevice(down), down: ofDevice(down)},
	},
	general: {
		status: (io, args) =>
			list(
				io,
				args,
				[{STATE: 'connected', CONNECTIVITY: 'full', 'WIFI-HW': 'missing', WIFI: 'enabled', 'WWAN-HW': 'missing', WWAN: 'enabled'}],
				['STATE', 'CONNECTIVITY', 'WIFI-HW', 'WIFI', 'WWAN-HW', 'WWAN'],
			),
		hostname: io => {
			io.out(`${io.machine.hostname}\n`);
			return 0;
		},
	},
};
const usualVerb: Readonly<Record<string, string>> = {connection: 'show', device: 'status', general: 'status'};
const unsimulated = ['networking', 'radio', 'agent', 'monitor', 'help'];

/** By any beginning, as nmcli takes them: `c`, `con`, `d`, `dev`. */
const begin = (words: readonly string[], text: string): string | undefined => words.find(word => word.startsWith(text));

const options: ArgumentSpec = {
	flags: 'tpah',
	values: 'fgmecw',
	stopAtOperand: true,
	long: {
		terse: '=t',
		pretty: '=p',
		ask: '=a',
		fields: '=f',
		'get-values': '=g',
		mode: '=m',
		escape: '=e',
		colors: '=c',
		wait: '=w',
		version: 'flag',
		help: '=h',
	},
};

export const nmcli: Command<Machine> = {
	name: 'nmcli',
	summary: 'ask and tell NetworkManager',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), options);
		const [word, given, ...rest] = args.operands;
		if (args.has('version')) {
			io.out('nmcli tool, version 1.52.0-3.el9_6\n');
			return 0;
		}

		if (args.problem) return fail(io, `Option '${io.argv[1]}' is unknown, try 'nmcli -help'.`, 2);
		if (word === undefined || args.has('h') || args.has('p') || args.has('m')) return notSimulated(io, io.argv.join(' ') || 'nmcli');
		const object = begin([...Object.keys(objects), ...unsimulated], word);
		if (object === undefined) return fail(io, `argument '${word}' not understood. Try passing --help instead.`, 2);
		if (unsimulated.includes(object)) return notSimulated(io, `nmcli ${object}`);
		if (io.machine.units?.get('NetworkManager')?.activeState !== 'active') return fail(io, 'NetworkManager is not running.', 8);
		const verbs = objects[object]!;
		const verb = begin(Object.keys(verbs), given ?? usualVerb[object]!);
		if (verb !== undefined) return verbs[verb]!(io, args, rest);
		const others = ['edit', 'clone', 'monitor', 'import', 'export', 'wifi', 'lldp', 'set', 'delete', 'permissions', 'logging'];
		if (begin(others, given!)) return notSimulated(io, `nmcli ${object} ${given}`);
		return fail(io, `argument '${given}' not understood. Try passing --help instead.`, 2);
	},
	complete: words =>
		words.length <= 2 ? Object.keys(objects) : Object.keys(objects[begin(Object.keys(objects), words[1] ?? '') ?? ''] ?? {}),
};
