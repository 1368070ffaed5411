import {recorded, recordFlag} from './record.js';
import type {KubeObject} from '../../api/object.js';
import {apiVersionOf} from '../../api/kind.js';
import {meta} from './create/generator.js';
import {failure} from './failure.js';
import {createFlags, fileFlags, managerFlag} from './flags/flag.js';
import {withSavedConfig} from './apply/last-applied.js';
import {reportFor} from './output/report.js';
import {dryRunOf, writeQuery} from './resource/dry-run.js';
import {select, visit} from './resource/select.js';
import {type Target, versionedResource} from './resource/target.js';
import type {Call, Verb} from './verb.js';

const autoscale: Verb = {
	name: 'autoscale',
	summary: 'Auto-scale a deployment, replica set, stateful set, or replication controller',
	group: 'Deploy Commands:',
	usage: 'autoscale (-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS [--cpu-percent=CPU]',
	flags: [
		...createFlags.filter(flag => flag[0] !== 'validate' && flag[0] !== 'field-manager'),
		...managerFlag('kubectl-autoscale'),
		...fileFlags,
		['cpu-percent', 'int32', '-1'],
		['max', 'int32', '-1'],
		['min', 'int32', '-1'],
		['name', 'string', ''],
	],
	hiddenFlags: recordFlag,
	required: ['max'],
	*run(call) {
		const {flags, session} = call;
		const [max, min] = [flags.int('max'), flags.int('min')];
		if (max < 1) throw failure(`--max=MAXPODS is required and must be at least 1, max: ${max}`);
		if (max < min) throw failure(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`);
		const dryRun = dryRunOf(call);
		const report = reportFor(call, dryRun, {late: true});
		const kind = session.kindNamed('horizontalpodautoscalers.autoscaling');
		const selection = yield* select(call, {fetch: true});
		yield* visit(selection, function* (target) {
			checkScalable(target);
			const made = recorded(call, autoscalerFor(call, target));
			const object = flags.bool('save-config') ? withSavedConfig(made) : made;
			const {name} = object.metadata;
			if (dryRun === 'client') report.done({kind, name}, 'created', object, {typed: true});
			else
				report.done(
					{kind, name},
					'autoscaled',
					session.create(session.api.kindOf(object.apiVersion, object.kind)!, target.namespace, object, writeQuery(flags, dryRun)),
				);
		});
		return 0;
	},
};

export default autoscale;

function checkScalable({kind}: Target): void {
	if (kind.subresources?.includes('scale')) return;
	throw failure(
		`cannot autoscale a ${kind.kind}: could not find scale subresource for ${versionedResource(kind)} in discovery information`,
	);
}

function autoscalerFor({flags, session}: Call, {kind, name, namespace}: Target): KubeObject {
	const percent = flags.int('cpu-percent');
	const cpu = {type: 'Resource', resource: {name: 'cpu', target: {type: 'Utilization', averageUtilization: percent}}};
	return {
		kind: 'HorizontalPodAutoscaler',
		apiVersion: 'autoscaling/v2',
		metadata: meta(flags.string('name') || name, session.namespaceForced && namespace ? {namespace} : {}),
		spec: {
			scaleTargetRef: {kind: kind.kind, name, apiVersion: apiVersionOf(kind)},
			...(flags.int('min') > 0 && {minReplicas: flags.int('min')}),
			maxReplicas: flags.int('max'),
			...(percent >= 0 && {metrics: [cpu]}),
		},
		status: {desiredReplicas: 0, currentMetrics: null},
	};
}
