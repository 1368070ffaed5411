import {failure, usageFailure} from '../failure.js';
import type {Flag} from '../flags/flag.js';
import {helpText} from '../help.js';
import type {Call, Verb} from '../verb.js';
import {readFile} from '../create/config-sources.js';
import {loadKubeconfig} from './access.js';
import {bytesBase64, utf8Bytes} from './identity.js';
import {pluginFlags, setPlugins} from './plugins.js';
import {unexpectedArgs} from './unexpected.js';
import {fileFor, save, type Section, shownPath} from './write.js';

const holder = (section: Section, name: string) => (config: Record<Section, Array<{name: string}>>) =>
	config[section].some(entry => entry.name === name);

/** `set-cluster` and `set-credentials`: flags become fields of an entry. */
function setter(
	name: string,
	summary: string,
	section: 'clusters' | 'users',
	field: 'cluster' | 'user',
	word: string,
	flags: readonly Flag[],
	apply: (call: Call, entry: Record<string, unknown>, file: string) => void,
): Verb {
	return {
		name,
		summary,
		usage: `config ${name} NAME`,
		flags,
		*run(call) {
			if (call.args.length !== 1) throw unexpectedArgs(call, name === 'set-credentials' ? 'unexpected' : 'Unexpected');
			const entryName = call.args[0]!;
			const file = fileFor(call, holder(section, entryName));
			const list = file.config[section] as Array<{name: string} & Record<string, unknown>>;
			const known = list.find(entry => entry.name === entryName);
			const value: Record<string, unknown> = {...(known?.[field] as object | undefined)};
			apply(call, value, file.path);
			if (known) known[field] = value;
			else list.push({[field]: value, name: entryName} as {name: string} & Record<string, unknown>);
			list.sort((a, b) => (a.name < b.name ? -1 : 1));
			save(call, file);
			call.session.out(`${word} "${entryName}" set.\n`);
			return 0;
		},
	};
}

/** What lies beside the kubeconfig or below is written relative to it (clientcmd: RelativizePathWithNoBacksteps). */
function relativeTo(kubeconfig: string, path: string): string {
	const folder = kubeconfig.slice(0, kubeconfig.lastIndexOf('/') + 1);
	return path.startsWith(folder) ? path.slice(folder.length) : path;
}

/** A file by its path, as seen from the kubeconfig, or with --embed-certs by its content. */
function setFile(call: Call, entry: Record<string, unknown>, flag: string, config: string): void {
	if (!call.flags.changed(flag)) return;
	const path = call.flags.string(flag);
	delete entry[flag];
	delete entry[`${flag}-data`];
	if (call.flags.bool('embed-certs')) {
		if (path === '') throw failure(`you must specify a --${flag} to embed`);
		const {files} = call.session.machine;
		if (!files.exists(call.session.io.path(path)))
			throw failure(`could not stat ${flag} file ${path}: stat ${path}: no such file or directory`);
		entry[`${flag}-data`] = bytesBase64(utf8Bytes(readFile(call, path)));
	} else if (path !== '') entry[flag] = relativeTo(config, call.session.io.path(path));
}

/** Without a file there is nothing to embed. */
function checkEmbedding({flags}: Call, ...files: readonly string[]): void {
	if (flags.bool('embed-certs') && files.every(flag => flags.string(flag) === ''))
		throw failure(`you must specify a ${files.map(flag => `--${flag}`).join(' or ')} to embed`);
}

function setText(call: Call, entry: Record<string, unknown>, flag: string): void {
	if (!call.flags.changed(flag)) return;
	const value = call.flags.string(flag);
	if (value === '') delete entry[flag];
	else entry[flag] = value;
}

export const setCluster = setter(
	'set-cluster',
	'Set a cluster entry in kubeconfig',
	'clusters',
	'cluster',
	'Cluster',
	[
		['embed-certs', 'bool', 'false'],
		['proxy-url', 'string', ''],
	],
	(call, entry, file) => {
		checkEmbedding(call, 'certificate-authority');
		setText(call, entry, 'server');
		setText(call, entry, 'tls-server-name');
		setText(call, entry, 'proxy-url');
		setFile(call, entry, 'certificate-authority', file);
		if (call.flags.string('certificate-authority') !== '') delete entry['insecure-skip-tls-verify'];
		if (call.flags.changed('insecure-skip-tls-verify')) {
			if (call.flags.bool('insecure-skip-tls-verify')) {
				if (call.flags.string('certificate-authority'))
					throw failure('you cannot specify a certificate authority and insecure mode at the same time');
				entry['insecure-skip-tls-verify'] = true;
				delete entry['certificate-authority'];
				delete entry['certificate-authority-data'];
			} else delete entry['insecure-skip-tls-verify'];
		}
	},
);

export const setCredentials = setter(
	'set-credentials',
	'Set a user entry in kubeconfig',
	'users',
	'user',
	'User',
	[['embed-certs', 'bool', 'false'], ...pluginFlags],
	(call, entry, file) => {
		checkEmbedding(call, 'client-certificate', 'client-key');
		setFile(call, entry, 'client-certificate', file);
		setFile(call, entry, 'client-key', file);
		setText(call, entry, 'token');
		setText(call, entry, 'username');
		setText(call, entry, 'password');
		if (call.flags.string('token') && (call.flags.string('username') || call.flags.string('password')))
			throw failure('you cannot specify more than one authentication method at the same time: --token, --username/--password');
		// One way to say who you are clears the other.
		if (call.flags.string('token')) for (const name of ['username', 'password']) delete entry[name];
		else if (call.flags.string('username') || call.flags.string('password')) delete entry['token'];
		setPlugins(call.flags, entry);
	},
);

/** `delete-cluster`, `delete-context`, `delete-user`. */
export function deleter(noun: 'cluster' | 'context' | 'user'): Verb {
	const section = `${noun}s` as Section;
	return {
		name: `delete-${noun}`,
		summary: `Delete the specified ${noun} from the kubeconfig`,
		usage: `config delete-${noun} NAME`,
		flags: [],
		*run(call) {
			if (call.args.length !== 1) {
				if (noun === 'user') throw usageFailure(call.path, 'user to delete is required');
				call.session.out(helpText(call.verb, call.path));
				return 0;
			}

			const name = call.args[0]!;
			const file = fileFor(call, holder(section, name));
			const shown = shownPath(call, file.path);
			if (!holder(section, name)(file.config)) throw failure(`cannot delete ${noun} ${name}, not in ${shown}`);
			if (noun === 'context' && file.config['current-context'] === name)
				call.session.err('warning: this removed your active context, use "kubectl config use-context" to select a different one\n');
			(file.config[section] as Array<{name: string}>) = file.config[section].filter(entry => entry.name !== name) as never;
			save(call, file);
			call.session.out(`deleted ${noun} ${name} from ${shown}\n`);
			return 0;
		},
	};
}

/** `get-clusters`, `get-users`. */
export const lister = (noun: 'clusters' | 'users'): Verb => ({
	name: `get-${noun}`,
	summary: `Display ${noun} defined in the kubeconfig`,
	flags: [],
	*run(call) {
		const names = loadKubeconfig(call.session.io, call.flags)
			[noun].map(entry => entry.name)
			.sort();
		call.session.out(`NAME\n${names.map(name => `${name}\n`).join('')}`);
		return 0;
	},
});
