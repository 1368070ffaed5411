import {illegalBase64At} from '../../../api/schema/decode-walk.js';
import {failure, notSimulated} from '../failure.js';
import type {Call, Verb} from '../verb.js';
import {bytesBase64, utf8Bytes} from './identity.js';
import type {Kubeconfig} from './kubeconfig.js';
import {unexpectedArgs} from './unexpected.js';
import {fileFor, save, type Section} from './write.js';

type Type = 'text' | 'bool' | 'bytes' | 'texts' | 'deep';

/** What can be set below an entry, by kind of entry (clientcmd/api/types.go, whose names for impersonation differ from the file's). */
const entryFields: Readonly<Record<Section, Readonly<Record<string, Type>>>> = {
	clusters: {
		server: 'text',
		'tls-server-name': 'text',
		'insecure-skip-tls-verify': 'bool',
		'certificate-authority': 'text',
		'certificate-authority-data': 'bytes',
		'proxy-url': 'text',
		'disable-compression': 'bool',
		extensions: 'deep',
	},
	users: {
		'client-certificate': 'text',
		'client-certificate-data': 'bytes',
		'client-key': 'text',
		'client-key-data': 'bytes',
		token: 'text',
		tokenFile: 'text',
		'act-as': 'text',
		'act-as-uid': 'text',
		'act-as-groups': 'texts',
		'act-as-user-extra': 'deep',
		username: 'text',
		password: 'text',
		'auth-provider': 'deep',
		exec: 'deep',
		extensions: 'deep',
	},
	contexts: {cluster: 'text', user: 'text', namespace: 'text', extensions: 'deep'},
};
const holders: Readonly<Record<Section, string>> = {clusters: 'cluster', contexts: 'context', users: 'user'};
const topFields: Readonly<Record<string, Type>> = {kind: 'text', apiVersion: 'text', 'current-context': 'text', extensions: 'deep'};

const isSection = (word: string): word is Section => Object.hasOwn(entryFields, word);

interface Path {
	readonly section: Section;
	/** May hold dots: it ends before the first word that is a field (navigation_step_parser.go). */
	readonly name: string | undefined;
	readonly field: string | undefined;
}

function pathIn(section: Section, words: readonly string[], property: string): Path {
	const at = words.findIndex((word, index) => index > 0 && Object.hasOwn(entryFields[section], word));
	if (at === -1) return {section, name: words.length > 0 ? words.join('.') : undefined, field: undefined};
	const field = words[at]!;
	if (entryFields[section][field] === 'deep') throw notSimulated(`kubectl config: ${property}`);
	if (at < words.length - 1) throw failure(`unable to parse one or more field values of ${property}`);
	return {section, name: words.slice(0, at).join('.'), field};
}

export const setProperty: Verb = {
	name: 'set',
	summary: 'Set an individual value in a kubeconfig file',
	usage: 'config set PROPERTY_NAME PROPERTY_VALUE',
	flags: [['set-raw-bytes', 'bool', 'false']],
	*run(call) {
		const [property, value] = call.args;
		if (property === undefined || value === undefined || call.args.length > 2) throw unexpectedArgs(call);
		change(call, property, value);
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
		const [property] = call.args;
		if (property === undefined || call.args.length > 1) throw unexpectedArgs(call);
		change(call, property, undefined);
		call.session.out(`Property "${property}" unset.\n`);
		return 0;
	},
};

/** Sets a property, or without a value takes it away. */
function change(call: Call, property: string, value: string | undefined): void {
	const [first = '', ...rest] = property.split('.');
	const path = isSection(first) ? pathIn(first, rest, property) : undefined;
	const file = fileFor(call, config => path !== undefined && config[path.section].some(entry => entry.name === path.name));
	const {config} = file;
	if (path) changeEntry(call, config, path, value);
	else if (first === 'preferences' && rest.length === 1 && rest[0] === 'colors') {
		const preferences = {...(config['preferences'] as Record<string, unknown> | undefined)};
		put(call, preferences, 'colors', 'bool', value);
		config['preferences'] = preferences;
	} else {
		const type = topFields[first];
		if (!type || (rest.length > 0 && type !== 'deep')) throw failure(`unable to parse ${property} after [] at api.Config`);
		if (type === 'deep') throw notSimulated(`kubectl config: ${property}`);
		put(call, config, first, type, value);
		config['current-context'] ??= '';
	}

	save(call, file);
}

function changeEntry(call: Call, config: Kubeconfig, {section, name, field}: Path, value: string | undefined): void {
	const list = config[section] as Array<{name: string} & Record<string, unknown>>;
	if (field === undefined) {
		if (value !== undefined) throw failure(`can't set a map to a value: map[${list.map(entry => `${entry.name}:0xc000782c00`).join(' ')}]`);
		(config[section] as unknown) = name === undefined ? [] : list.filter(entry => entry.name !== name);
		return;
	}

	let entry = list.find(one => one.name === name);
	if (!entry) {
		if (value === undefined) throw failure(`current map key \`${name}\` is invalid`);
		entry = {name: name!, [holders[section]]: {}};
		list.push(entry);
		list.sort((a, b) => (a.name < b.name ? -1 : 1));
	}

	put(call, entry[holders[section]] as Record<string, unknown>, field.replace(/^act-/, ''), entryFields[section][field]!, value);
}

/** A value of its type; `config set --set-raw-bytes` takes bytes as they are typed. */
function put(call: Call, target: Record<string, unknown>, key: string, type: Type, value: string | undefined): void {
	if (value === undefined) delete target[key];
	else if (type === 'bool') target[key] = goBoolean(value);
	else if (type === 'bytes') target[key] = call.flags.bool('set-raw-bytes') ? bytesBase64(utf8Bytes(value)) : checkedBase64(value);
	else if (type === 'texts') target[key] = edited((target[key] as string[] | undefined) ?? [], value);
	else target[key] = value;
}

function checkedBase64(text: string): string {
	const at = illegalBase64At(text);
	if (at !== undefined) throw failure(`error decoding input value: illegal base64 data at input byte ${at}`);
	return text;
}

function goBoolean(text: string): boolean {
	if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return true;
	if (['', '0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text)) return false;
	throw failure(`strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`);
}

/** `a,b` replaces the list, `a+` adds to it, `a-` takes away from it (editStringSlice). */
function edited(list: readonly string[], text: string): string[] {
	const last = text.at(-1);
	const words = (last === '+' || last === '-' ? text.slice(0, -1) : text).split(',');
	if (last === '+') return [...new Set([...list, ...words])];
	if (last === '-') return list.filter(word => !words.includes(word));
	return words;
}
