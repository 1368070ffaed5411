import {alignTabs, tableTabs} from '../../../kinds/describe/tabwriter.js';
import {failure, Failures} from '../failure.js';
import type {Call, Verb} from '../verb.js';
import {loadKubeconfig} from './access.js';
import {unexpectedArgs} from './unexpected.js';
import {fileFor, save, shownPath} from './write.js';

const isContext = (name: string) => (config: {contexts: Array<{name: string}>}) => config.contexts.some(entry => entry.name === name);
const load = (call: Call) => loadKubeconfig(call.session.io, call.flags);

export const currentContext: Verb = {
	name: 'current-context',
	summary: 'Display the current-context',
	flags: [],
	*run(call) {
		const current = load(call)['current-context'];
		if (!current) throw failure('current-context is not set');
		call.session.out(`${current}\n`);
		return 0;
	},
};

export const useContext: Verb = {
	name: 'use-context',
	aliases: ['use'],
	summary: 'Set the current-context in a kubeconfig file',
	usage: 'config use-context CONTEXT_NAME [flags]',
	flags: [],
	*run(call) {
		const [name, ...more] = call.args;
		if (name === undefined || more.length > 0) throw unexpectedArgs(call);
		if (!isContext(name)(load(call))) throw failure(`no context exists with the name: "${name}"`);
		const file = fileFor(call, config => config['current-context'] !== '');
		file.config['current-context'] = name;
		save(call, file);
		call.session.out(`Switched to context "${name}".\n`);
		return 0;
	},
};

export const getContexts: Verb = {
	name: 'get-contexts',
	summary: 'Describe one or many contexts',
	usage: 'config get-contexts [(-o|--output=)name)]',
	flags: [
		['no-headers', 'bool', 'false'],
		['output', 'string', '', 'o'],
	],
	*run(call) {
		const {flags, session, args} = call;
		const output = flags.string('output');
		if (output !== '' && output !== 'name')
			throw failure(`--output ${output} is not available in kubectl config get-contexts; resetting to default output format`);
		const config = load(call);
		const names = args.length > 0 ? args : config.contexts.map(entry => entry.name).sort();
		const missing = names.filter(name => !isContext(name)(config)).map(name => failure(`context ${name} not found`));
		const rows = names.filter(name => isContext(name)(config));
		if (output === 'name') session.out(rows.map(name => `${name}\n`).join(''));
		else {
			const lines = rows.map(name => {
				const {cluster = '', user = '', namespace = ''} = config.contexts.find(entry => entry.name === name)!.context;
				return `${name === config['current-context'] ? '*' : ''}\t${name}\t${cluster}\t${user}\t${namespace}\n`;
			});
			const header = flags.bool('no-headers') ? '' : 'CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE\n';
			session.out(alignTabs(header + lines.join(''), tableTabs));
		}

		if (missing.length > 0) throw missing.length === 1 ? missing[0] : new Failures(missing);
		return 0;
	},
};

export const renameContext: Verb = {
	name: 'rename-context',
	summary: 'Rename a context from the kubeconfig file',
	usage: 'config rename-context CONTEXT_NAME NEW_NAME [flags]',
	flags: [],
	*run(call) {
		const [from, to, ...more] = call.args;
		if (from === undefined || to === undefined || more.length > 0) throw unexpectedArgs(call);
		const file = fileFor(call, isContext(from));
		const shown = shownPath(call, file.path);
		if (!isContext(from)(file.config)) throw failure(`cannot rename the context "${from}", it's not in ${shown}`);
		if (isContext(to)(load(call))) throw failure(`cannot rename the context "${from}", the context "${to}" already exists in ${shown}`);
		file.config.contexts = file.config.contexts.map(entry => (entry.name === from ? {...entry, name: to} : entry));
		if (file.config['current-context'] === from) file.config['current-context'] = to;
		save(call, file);
		call.session.out(`Context "${from}" renamed to "${to}".\n`);
		return 0;
	},
};

export const setContext: Verb = {
	name: 'set-context',
	summary: 'Set a context entry in kubeconfig',
	usage: 'config set-context [NAME | --current] [--cluster=cluster_nickname] [--user=user_nickname] [--namespace=namespace]',
	flags: [['current', 'bool', 'false']],
	*run(call) {
		const {flags, session, args} = call;
		if (args.length > 1) throw unexpectedArgs(call);
		if (args.length === 0 && !flags.bool('current')) throw failure('you must specify a non-empty context name or --current');
		if (args.length === 1 && flags.bool('current')) throw failure('you cannot specify both a context name and --current');
		const name = args[0] ?? load(call)['current-context'];
		if (!name) throw failure('no current context is set');
		const file = fileFor(call, isContext(name));
		const known = file.config.contexts.find(entry => entry.name === name);
		const context: Record<string, unknown> = {...known?.context, cluster: known?.context.cluster ?? '', user: known?.context.user ?? ''};
		for (const field of ['cluster', 'user', 'namespace']) if (flags.changed(field)) context[field] = flags.string(field);
		if (context['namespace'] === '') delete context['namespace'];
		const entry = {name, context};
		file.config.contexts = known
			? file.config.contexts.map(one => (one.name === name ? entry : one))
			: [...file.config.contexts, entry].sort((a, b) => (a.name < b.name ? -1 : 1));
		save(call, file);
		session.out(`Context "${name}" ${known ? 'modified' : 'created'}.\n`);
		return 0;
	},
};
