import {failure} from '../failure.js';
import type {Flag} from '../flags/flag.js';
import type {Values} from '../flags/values.js';

export const pluginFlags: readonly Flag[] = [
	['auth-provider', 'string', ''],
	['auth-provider-arg', 'array', ''],
	['exec-api-version', 'string', ''],
	['exec-arg', 'array', ''],
	['exec-command', 'string', ''],
	['exec-env', 'array', ''],
	['exec-interactive-mode', 'string', ''],
	['exec-provide-cluster-info', 'bool', 'false'],
];

const modes = ['IfAvailable', 'Never', 'Always'];

type Entry = Record<string, unknown>;

/** Programs that say who a user is: written down, as the real kubectl does, whether they exist or not. */
export function setPlugins(flags: Values, entry: Entry): void {
	const mode = flags.string('exec-interactive-mode');
	if (mode !== '' && !modes.includes(mode)) throw failure(`invalid interactive mode type, can be only ${modes.join(', ')}`);
	setProvider(flags, entry);
	setExec(flags, entry);
}

function setProvider(flags: Values, entry: Entry): void {
	const changes = flags.list('auth-provider-arg').map(text => pairOf(text, 'auth-provider-arg'));
	if (flags.changed('auth-provider')) {
		const name = flags.string('auth-provider');
		if (name === '') delete entry['auth-provider'];
		else if ((entry['auth-provider'] as Entry | undefined)?.['name'] !== name) entry['auth-provider'] = {config: null, name};
	}

	const provider = entry['auth-provider'] as {config: Entry | null; name: string} | undefined;
	if (!provider || changes.length === 0) return;
	const config = {...provider.config};
	for (const [key, value] of changes)
		if (value === undefined) delete config[key];
		else config[key] = value;
	entry['auth-provider'] = {...provider, config};
}

function setExec(flags: Values, entry: Entry): void {
	const command = flags.string('exec-command');
	const known = entry['exec'] as Entry | undefined;
	if (flags.changed('exec-command') && known?.['command'] !== command)
		entry['exec'] = {apiVersion: '', args: null, command, env: null, provideClusterInfo: false};
	if (entry['exec'] === undefined) return;
	const exec: Entry = {...(entry['exec'] as Entry)};
	if (flags.changed('exec-api-version')) exec['apiVersion'] = flags.string('exec-api-version');
	if (flags.changed('exec-arg')) exec['args'] = flags.list('exec-arg');
	if (flags.changed('exec-interactive-mode')) exec['interactiveMode'] = flags.string('exec-interactive-mode');
	if (flags.changed('exec-provide-cluster-info')) exec['provideClusterInfo'] = flags.bool('exec-provide-cluster-info');
	const changes = flags.list('exec-env').map(text => pairOf(text, 'exec-env'));
	const names = new Set(changes.map(([name]) => name));
	if (changes.length > 0) {
		const rest = ((exec['env'] ?? []) as Array<{name: string}>).filter(({name}) => !names.has(name));
		exec['env'] = [...rest, ...changes.flatMap(([name, value]) => (value === undefined ? [] : [{name, value}]))];
	}

	entry['exec'] = exec;
}

/** `key=value`, or `key-` to take it away. */
function pairOf(text: string, flag: string): [string, string | undefined] {
	const equals = text.indexOf('=');
	if (equals > 0) return [text.slice(0, equals), text.slice(equals + 1)];
	if (equals === -1 && text.endsWith('-')) return [text.slice(0, -1), undefined];
	throw failure(`invalid ${flag} format: ${text}`);
}
