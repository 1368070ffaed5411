import {recorded, recordFlag} from '../record.js';
import type {KubeObject} from '../../../api/object.js';
import {checkForce, deletionOf} from '../delete/deletion.js';
import {withSavedConfig} from '../apply/last-applied.js';
import {commandFrom, meta} from '../create/generator.js';
import {isImageReference} from '../create/pod-template.js';
import {failure, usageFailure} from '../failure.js';
import {createFlags, deletionFlags, fileFlags, managerFlag} from '../flags/flag.js';
import {reportFor} from '../output/report.js';
import {type DryRun, dryRunOf, writeQuery} from '../resource/dry-run.js';
import type {Values} from '../flags/values.js';
import type {Call, Verb} from '../verb.js';
import {attachToNewPod} from './attach-new.js';
import {overridden} from './overrides.js';

const run: Verb = {
	name: 'run',
	summary: 'Run a particular image on the cluster',
	group: 'Basic Commands (Beginner):',
	usage:
		'run NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--overrides=inline-json] [--command] -- [COMMAND] [args...]',
	flags: [
		...createFlags.filter(flag => flag[0] !== 'validate' && flag[0] !== 'field-manager'),
		...managerFlag('kubectl-run'),
		...fileFlags,
		...deletionFlags,
		['annotations', 'array', ''],
		['attach', 'bool', 'false'],
		['command', 'bool', 'false'],
		['env', 'array', ''],
		['expose', 'bool', 'false'],
		['image', 'string', ''],
		['image-pull-policy', 'string', ''],
		['labels', 'string', '', 'l'],
		['leave-stdin-open', 'bool', 'false'],
		['override-type', 'string', 'merge'],
		['overrides', 'string', ''],
		['pod-running-timeout', 'duration', '1m0s'],
		['port', 'string', ''],
		['privileged', 'bool', 'false'],
		['quiet', 'bool', 'false', 'q'],
		['restart', 'string', 'Always'],
		['rm', 'bool', 'false'],
		['stdin', 'bool', 'false', 'i'],
		['tty', 'bool', 'false', 't'],
		['wait', 'bool', 'false'],
	],
	hiddenFlags: recordFlag,
	required: ['image'],
	*run(call) {
		const {flags, session} = call;
		const {name, dryRun, attach} = checkUsage(call);
		const report = reportFor(call, dryRun);
		const namespace = session.namespaceForced ? session.namespace : undefined;
		const save = (object: KubeObject) => (flags.bool('save-config') && dryRun !== 'client' ? withSavedConfig(object) : object);
		const pod = save(recorded(call, overridden(call, podFor(call, name, namespace))));
		const kindOf = (resource: string) => session.machine.world.api.findKind(resource)!;
		const make = (resource: string, object: KubeObject): KubeObject =>
			dryRun === 'client' ? object : session.create<KubeObject>(kindOf(resource), session.namespace, object, writeQuery(flags, dryRun));
		const say = (resource: string, made: KubeObject) => {
			if (!attach) report.done({kind: kindOf(resource), name: made.metadata.name}, 'created', made, {typed: true});
		};

		// The pod is made first, but the Service is told first.
		const created = make('pods', pod);

		if (flags.bool('expose')) {
			say('services', make('services', save(serviceFor(call, pod, namespace))));
			if (flags.string('output') === 'yaml') session.out('---\n');
		}

		say('pods', created);
		return attach ? yield* attachToNewPod(call, created) : 0;
	},
};

export default run;

function checkUsage(call: Call): {name: string; dryRun: DryRun; attach: boolean} {
	const {flags, args, dash, path} = call;
	if (args.length === 0 || dash === 0) throw usageFailure(path, 'NAME is required for run');
	const image = flags.string('image');
	if (image === '') throw failure('--image is required');
	if (!isImageReference(image)) throw failure(`Invalid image name ${JSON.stringify(image)}: invalid reference format`);
	const interactive = flags.bool('stdin');
	if (flags.bool('tty') && !interactive) throw usageFailure(path, '-i/--stdin is required for containers with -t/--tty=true');
	if (flags.bool('expose') && flags.string('port') === '') throw usageFailure(path, '--port must be set when exposing a service');
	const dryRun = dryRunOf(call);
	const attach = flags.changed('attach') ? flags.bool('attach') : interactive;
	checkForce(deletionOf(call));
	if (flags.durationMs('pod-running-timeout') <= 0) throw usageFailure(path, '--pod-running-timeout must be higher than zero');
	if (!attach && flags.bool('rm')) throw usageFailure(path, '--rm should only be used for attached containers');
	if (attach && dryRun !== 'none')
		throw usageFailure(path, "--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)");
	const policy = flags.string('image-pull-policy');
	if (!['', 'Always', 'IfNotPresent', 'Never'].includes(policy)) throw usageFailure(path, `invalid image pull policy: ${policy}`);
	if (!['', 'Always', 'OnFailure', 'Never'].includes(flags.string('restart')))
		throw usageFailure(path, `invalid restart policy: ${flags.string('restart')}`);
	return {name: args[0]!, dryRun, attach};
}

/** corev1.Pod with its keys in the order of the Go structs. */
function podFor(call: Call, name: string, namespace: string | undefined): KubeObject {
	const {flags} = call;
	const words = call.dash === -1 ? call.args.slice(1) : [...call.args.slice(1, call.dash), ...commandFrom(call)];
	const interactive = flags.bool('stdin');
	const env = listed(flags, 'env').map(envEntry);
	const annotations = pairs(listed(flags, 'annotations'), 'annotations');
	const labels = flags.string('labels') ? pairs(flags.string('labels').split(','), 'label')! : {run: name};
	const port = flags.string('port');
	if (port !== '' && !/^[-+]?\d+$/.test(port)) throw failure(`strconv.Atoi: parsing ${JSON.stringify(port)}: invalid syntax`);
	return {
		kind: 'Pod',
		apiVersion: 'v1',
		metadata: meta(name, {...(namespace !== undefined && {namespace}), labels, ...(annotations && {annotations})}),
		spec: {
			containers: [
				{
					name,
					image: flags.string('image'),
					...(words.length > 0 && (flags.bool('command') ? {command: words} : {args: words})),
					...(port !== '' && {ports: [{containerPort: Number(port)}]}),
					...(env.length > 0 && {env}),
					resources: {},
					...(flags.string('image-pull-policy') && {imagePullPolicy: flags.string('image-pull-policy')}),
					...(flags.bool('privileged') && {securityContext: {privileged: true}}),
					...(interactive && {stdin: true}),
					...(interactive && !flags.bool('leave-stdin-open') && {stdinOnce: true}),
					...(flags.bool('tty') && {tty: true}),
				},
			],
			restartPolicy: flags.string('restart') || 'Always',
			dnsPolicy: 'ClusterFirst',
		},
		status: {},
	};
}

/** pflag reads one empty text back as no text at all (GetStringArray). */
const listed = (flags: Values, name: string): readonly string[] => {
	const texts = flags.list(name);
	return texts.length === 1 && texts[0] === '' ? [] : texts;
};

function envEntry(text: string): {name: string; value?: string} {
	const equals = text.indexOf('=');
	if (equals <= 0) throw failure(`invalid env: ${text}`);
	const name = text.slice(0, equals);
	if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name)) throw failure(`invalid env: ${text}`);
	return text.length > equals + 1 ? {name, value: text.slice(equals + 1)} : {name};
}

function pairs(texts: readonly string[], what: string): Record<string, string> | undefined {
	if (texts.length === 0) return undefined;
	return Object.fromEntries(
		texts.map(text => {
			const equals = text.indexOf('=');
			if (equals === -1 || (what === 'label' && text.split('=').length > 2))
				throw failure(what === 'label' ? `unexpected label spec: ${text}` : `invalid annotations format: ${text}`);
			return [text.slice(0, equals), text.slice(equals + 1)];
		}),
	);
}

/** `--expose`: a Service of the same name for the pod's labels. */
function serviceFor(call: Call, pod: KubeObject, namespace: string | undefined): KubeObject {
	const port = Number(call.flags.string('port'));
	return {
		kind: 'Service',
		apiVersion: 'v1',
		metadata: meta(pod.metadata.name, {
			...(namespace !== undefined && {namespace}),
			...(call.flags.string('labels') && {labels: pod.metadata.labels}),
		}),
		spec: {ports: [{protocol: 'TCP', port, targetPort: port}], selector: pod.metadata.labels},
		status: {loadBalancer: {}},
	};
}
