import {recorded, recordFlag} from '../record.js';
import type {Steps} from '../resource/files.js';
import {editTogether} from '../edit/rounds.js';
import type {Run} from '../../../shell/command.js';
import {failure, prefixed, usageFailure} from '../failure.js';
import {createFlags, fileFlags, selectorFlag} from '../flags/flag.js';
import {reportFor} from '../output/report.js';
import {withLastApplied} from '../apply/last-applied.js';
import {dryRunOf, clientValidationOf, writeQuery} from '../resource/dry-run.js';
import {select, visit} from '../resource/select.js';
import type {Target} from '../resource/target.js';
import type {Call, Verb} from '../verb.js';
import {checkRaw, sendRaw} from '../raw.js';
import {cronJob, job} from './batch.js';
import {configMap, dockerRegistrySecret, genericSecret, tlsSecret} from './config.js';
import {deployment} from './deployment.js';
import {generatorVerb} from './generator.js';
import {ingress} from './ingress.js';
import {clusterRole, clusterRoleBinding, role, roleBinding} from './rbac.js';
import {clusterIp, externalName, loadBalancer, nodePort} from './service.js';
import {namespace, podDisruptionBudget, priorityClass, quota, serviceAccount} from './small.js';
import {token} from './token.js';

const group = (name: string, aliases: readonly string[], summary: string, verbs: readonly Verb[], usage = '[flags]'): Verb => ({
	name,
	aliases,
	summary,
	usage: `create ${name} ${usage}`,
	flags: [],
	verbs,
});

const create: Verb = {
	name: 'create',
	summary: 'Create a resource from a file or from stdin',
	group: 'Basic Commands (Beginner):',
	usage: 'create -f FILENAME',
	flags: [
		...createFlags,
		...fileFlags,
		...selectorFlag,
		['edit', 'bool', 'false'],
		['raw', 'string', ''],
		['windows-line-endings', 'bool', 'false'],
	],
	hiddenFlags: recordFlag,
	verbs: [
		...[
			clusterRole,
			clusterRoleBinding,
			configMap,
			cronJob,
			deployment,
			ingress,
			job,
			namespace,
			podDisruptionBudget,
			priorityClass,
			quota,
			role,
			roleBinding,
		].map(generatorVerb),
		group(
			'secret',
			[],
			'Create a secret using a specified subcommand',
			[dockerRegistrySecret, genericSecret, tlsSecret].map(generatorVerb),
			'(docker-registry | generic | tls)',
		),
		group(
			'service',
			['svc'],
			'Create a service using a specified subcommand',
			[clusterIp, externalName, loadBalancer, nodePort].map(generatorVerb),
		),
		generatorVerb(serviceAccount),
		token,
	],
	*run(call) {
		const {flags, args, path} = call;
		if (args.length > 0) throw usageFailure(path, `Unexpected args: [${args.join(' ')}]`);
		if (flags.list('filename').length === 0 && flags.string('kustomize') === '') throw failure('must specify one of -f and -k');
		if (flags.string('raw') !== '') return createRaw(call);
		if (flags.bool('edit')) return yield* createEdited(call);
		yield* createFromFiles(call);
		return 0;
	},
};

function createRaw(call: Call): number {
	if (call.flags.bool('edit')) throw failure('--raw and --edit are mutually exclusive');
	reportFor(call, 'none');
	checkRaw(call, {needed: true, selects: true});
	call.session.out(sendRaw(call, 'create'));
	return 0;
}

/** Each object goes through an editor of its own before it is made (EditBeforeCreateMode). */
function* createEdited(call: Call): Run {
	const {session, flags} = call;
	const report = reportFor(call, 'none');
	const selection = yield* select(call);
	yield* visit(selection, target =>
		editTogether(call, [{...target, object: placed(target)}], {
			subject: 'object',
			save(edited) {
				for (const one of edited) {
					const created = session.create(one.kind, one.namespace, placed(one, flags.bool('save-config')), writeQuery(flags, 'none'));
					report.done({kind: one.kind, name: created.metadata.name}, 'created', created);
				}
			},
		}),
	);
	return 0;
}

function* createFromFiles(call: Call): Steps<void> {
	const {session, flags} = call;
	const dryRun = dryRunOf(call);
	const report = reportFor(call, dryRun);
	const selection = yield* select(call, {validate: clientValidationOf(flags)});
	if (selection.targets.length === 0 && selection.errors.length === 0) throw failure('no objects passed to create');
	yield* visit(selection, function* (target: Target) {
		const object = recorded(call, placed(target, flags.bool('save-config')));
		if (dryRun === 'client') {
			report.done(target, 'created', object);
			return;
		}

		try {
			const created = session.create(target.kind, target.namespace, object, writeQuery(flags, dryRun));
			report.done({kind: target.kind, name: created.metadata.name}, 'created', created);
		} catch (error) {
			throw prefixed(`error when creating "${target.source}": `, error);
		}
	});
}

/** The object with the namespace that it will live in. */
export function placed(target: Target, saveConfig = false): NonNullable<Target['object']> {
	const object = target.object!;
	const inPlace = target.namespace === undefined ? object : {...object, metadata: {...object.metadata, namespace: target.namespace}};
	return saveConfig ? withLastApplied(inPlace) : inPlace;
}

export default create;
