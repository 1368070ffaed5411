import {failure, usageFailure} from '../failure.js';
import type {Call, Verb} from '../verb.js';
import {fileFor, save, type Section} from './write.js';
import type {Kubeconfig} from './kubeconfig.js';

const fields: Readonly<Record<Section, string>> = {clusters: 'cluster', contexts: 'context', users: 'user'};

/** `contexts.NAME.namespace`; a name may hold dots, so the longest that exists wins. */
function resolve(config: Kubeconfig, property: string): {section?: Section; name?: string; rest: string[]} {
	const [section, ...parts] = property.split('.');
	if (section !== 'clusters' && section !== 'contexts' && section !== 'users') return {rest: property.split('.')};
	for (let length = parts.length; length > 0; length--) {
		const name = parts.slice(0, length).join('.');
		if (config[section].some(entry => entry.name === name)) return {section, name, rest: parts.slice(length)};
	}

	return {section, name: parts.length > 1 ? parts.slice(0, -1).join('.') : (parts[0] ?? ''), rest: parts.length > 1 ? parts.slice(-1) : []};
}

const booleans = new Set(['insecure-skip-tls-verify', 'colors']);

export const setProperty: Verb = {
	name: 'set',
	summary: 'Set an individual value in a kubeconfig file',
	usage: 'config set PROPERTY_NAME PROPERTY_VALUE',
	flags: [['set-raw-bytes', 'bool', 'false']],
	*run(call) {
		const [property, value, ...more] = call.args;
		if (property === undefined || value === undefined || more.length > 0)
			throw usageFailure(call.path, `Unexpected args: [${call.args.join(' ')}]`);
		change(call, property, (target, key) => {
			target[key] = booleans.has(key) ? value === 'true' : value;
		});
		call.session.out(`Property "${property}" set.\n`);
		return 0;
	},
};

export const unsetProperty: Verb = {
	name: 'unset',
	summary: 'Unset an individual value in a kubeconfig file',
	usage: 'config unset PROPERTY_NAME',
	flags: [],
	*run(call) {
		const [property, ...more] = call.args;
		if (property === undefined || more.length > 0) throw usageFailure(call.path, `Unexpected args: [${call.args.join(' ')}]`);
		change(call, property, (target, key) => {
			delete target[key];
		});
		call.session.out(`Property "${property}" unset.\n`);
		return 0;
	},
};

function change(call: Call, property: string, edit: (target: Record<string, unknown>, key: string) => void): void {
	const file = fileFor(call, config => {
		const {section, name} = resolve(config, property);
		return section !== undefined && config[section].some(entry => entry.name === name);
	});
	const {config} = file;
	const {section, name, rest} = resolve(config, property);
	if (!section) {
		if (rest[0] === 'preferences' && rest[1] === 'colors' && rest.length === 2) {
			const preferences = {...(config['preferences'] as Record<string, unknown> | undefined)};
			edit(preferences, 'colors');
			config['preferences'] = preferences;
			save(call, file);
			return;
		}

		if (rest.length !== 1 || !['current-context', 'kind', 'apiVersion'].includes(rest[0]!))
			throw failure(`unable to parse ${property} after [] at api.Config`);
		edit(config, rest[0]!);
		config['current-context'] ??= '';
		save(call, file);
		return;
	}

	const list = config[section] as Array<{name: string} & Record<string, unknown>>;
	if (rest.length === 0) {
		const entries = Object.fromEntries(list.map(entry => [entry.name, entry]));
		edit(entries, name!);
		(config[section] as unknown) = Object.values(entries);
	} else {
		let entry = list.find(one => one.name === name);
		if (!entry) {
			entry = {name: name!, [fields[section]]: {}};
			list.push(entry);
		}

		edit(entry[fields[section]] as Record<string, unknown>, rest[0]!);
	}

	save(call, file);
}
