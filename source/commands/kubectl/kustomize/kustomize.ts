import {failure, notSimulated} from '../failure.js';
import type {Verb} from '../verb.js';
import {buildKustomization} from './build.js';

const reorders = ['legacy', 'none'];
const restrictors = ['LoadRestrictionsRootOnly', 'LoadRestrictionsNone'];

function checkRestrictor(value: string): void {
	if (!restrictors.includes(value))
		throw failure(`illegal flag value --load-restrictor ${value}; legal values: [${restrictors.join(' ')}]`);
}

export const kustomize: Verb = {
	name: 'kustomize',
	summary: 'Build a kustomization target from a directory or URL',
	group: 'Advanced Commands:',
	usage: 'kustomize DIR [flags]',
	flags: [
		['as-current-user', 'bool', 'false'],
		['enable-alpha-plugins', 'bool', 'false'],
		['enable-helm', 'bool', 'false'],
		['env', 'array', '', 'e'],
		['helm-api-versions', 'array', ''],
		['helm-command', 'string', 'helm'],
		['helm-debug', 'bool', 'false'],
		['helm-kube-version', 'string', ''],
		['load-restrictor', 'string', 'LoadRestrictionsRootOnly'],
		['mount', 'array', ''],
		['network', 'bool', 'false'],
		['network-name', 'string', 'bridge'],
		['output', 'string', '', 'o'],
	],
	hiddenFlags: [['reorder', 'string', 'legacy']],
	advice: {reorder: "use the new 'sortOptions' field in kustomization.yaml instead."},
	*run({args, flags, session}) {
		if (args.length > 1) throw failure('specify one path to kustomization.yaml');
		checkRestrictor(flags.string('load-restrictor'));
		const reorder = flags.string('reorder');
		if (!reorders.includes(reorder)) throw failure(`illegal flag value --reorder ${reorder}; legal values: [${reorders.join(' ')}]`);
		if (flags.changed('reorder') && reorder === 'legacy') throw notSimulated('kubectl kustomize --reorder=legacy');
		const text = buildKustomization(session, args[0] ?? '.', flags.string('load-restrictor') === restrictors[0]);
		const output = flags.string('output');
		if (output) session.machine.files.write(session.io.path(output), text);
		else session.out(text);
		return 0;
	},
};
