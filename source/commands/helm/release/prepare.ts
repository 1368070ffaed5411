import type {KubeObject} from '../../../api/object.js';
import {rfc3339} from '../../../api/values/time.js';
import {apiVersionOf} from '../../../api/kind.js';
import type {Chart, ValueMap} from '../chart/chart.js';
import {checkSchema} from '../chart/schema.js';
import {coalesce, enabledParts, importsValues} from '../chart/values.js';
import {lacking} from '../failure.js';
import {type Rendered, manifestsOf, manifestText, sortRendered} from '../render/manifests.js';
import type {Capabilities} from '../render/objects.js';
import {type ReleaseFacts, renderChart} from '../render/render.js';
import {parseConstraint, parseVersion} from '../sprig/semver.js';
import type {HelmCall} from '../context.js';
import {helmError} from '../failure.js';
import {notRun} from './hooks.js';
import {type Release, type ReleaseStatus, storedChart} from './release.js';

/** What Helm 3.18 takes a cluster for that it does not ask. */
export const ownCapabilities: Capabilities = {
	kubeVersion: 'v1.33.0',
	apiVersions:
		'v1 apps/v1 batch/v1 networking.k8s.io/v1 policy/v1 rbac.authorization.k8s.io/v1 autoscaling/v1 autoscaling/v2 storage.k8s.io/v1 apiextensions.k8s.io/v1 admissionregistration.k8s.io/v1 apiregistration.k8s.io/v1 coordination.k8s.io/v1 discovery.k8s.io/v1 scheduling.k8s.io/v1 certificates.k8s.io/v1 events.k8s.io/v1 node.k8s.io/v1'.split(
			' ',
		),
};

export function clusterCapabilities({cluster}: HelmCall): Capabilities {
	const apiVersions = new Set<string>();
	for (const kind of cluster.session.api.kinds()) apiVersions.add(apiVersionOf(kind)).add(`${apiVersionOf(kind)}/${kind.kind}`);
	return {kubeVersion: 'v1.33.1', apiVersions: [...apiVersions]};
}

export interface Prepared extends Rendered {
	readonly chart: Chart;
}

/** Chart and values as manifests. `remote`: templates may look things up. */
export function prepare(
	call: HelmCall,
	whole: Chart,
	given: ValueMap,
	release: ReleaseFacts,
	capabilities: Capabilities,
	remote: boolean,
): Prepared {
	if (importsValues(whole)) throw lacking("a chart's import-values");
	checkVersions(whole, capabilities.kubeVersion);
	checkDependencies(whole);
	const chart = enabledParts(whole, given);
	const values = coalesce(chart, given);
	checkSchema(chart, values);
	const {cluster, io} = call;
	const lookup = (apiVersion: string, kind: string, namespace: string, name: string): unknown => {
		const known = cluster.session.api.kindOf(apiVersion, kind);
		if (!known) return {};
		return name
			? cluster.session.find(known, namespace, name)
			: {apiVersion, kind: `${kind}List`, metadata: {}, items: cluster.session.list(known, namespace || undefined)};
	};
	const rendered = renderChart(chart, {
		values,
		release,
		capabilities,
		nowMs: io.machine.sim.clock.now(),
		random: io.machine.sim.random.fork(`helm/${io.machine.name}`),
		...(remote && {lookup}),
	});
	return {
		...sortRendered(rendered, chart.metadata.name, call.flags.has('render-subchart-notes') && call.flags.bool('render-subchart-notes')),
		chart,
	};
}

function checkVersions({metadata}: Chart, kubeVersion: string): void {
	if (!metadata.kubeVersion) return;
	const test = parseConstraint(metadata.kubeVersion);
	const version = parseVersion(kubeVersion);
	if (!test || !version || !test(version))
		throw helmError(`chart requires kubeVersion: ${metadata.kubeVersion} which is incompatible with Kubernetes ${kubeVersion}`);
}

function checkDependencies(chart: Chart): void {
	const missing = (chart.metadata.dependencies ?? [])
		.filter(({name}) => !chart.dependencies.some(sub => sub.metadata.name === name))
		.map(({name}) => name);
	if (missing.length > 0)
		throw helmError(
			`An error occurred while checking for chart dependencies. You may need to run \`helm dependency build\` to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: ${missing.join(', ')}`,
		);
}

export function newRelease(
	call: HelmCall,
	{chart, manifests, hooks, notes}: Prepared,
	facts: ReleaseFacts,
	config: ValueMap,
	status: ReleaseStatus,
	description: string,
	firstDeployed?: string,
): Release {
	const now = goTime(call.cluster.nowMs);
	return {
		name: facts.name,
		info: {first_deployed: firstDeployed ?? now, last_deployed: now, deleted: '', description, status, ...(notes && {notes})},
		chart: storedChart(chart),
		config,
		manifest: manifestText(manifests),
		hooks: hooks.map(hook => ({
			name: hook.name,
			kind: hook.kind,
			path: hook.path,
			manifest: hook.text,
			events: hook.events,
			last_run: notRun,
			...(hook.weight !== 0 && {weight: hook.weight}),
			...(hook.deletePolicies.length > 0 && {delete_policies: hook.deletePolicies}),
		})),
		version: facts.revision,
		namespace: facts.namespace,
	};
}

/** RFC 3339 with what there is of a second. */
export const goTime = (ms: number): string => {
	const fraction = String(Math.floor(ms % 1000))
		.padStart(3, '0')
		.replace(/0+$/, '');
	return fraction === '' ? rfc3339(ms) : rfc3339(ms).replace('Z', `.${fraction}Z`);
};

/** Objects of a stored manifest, in the order of installing. */
export const objectsOf = (release: Pick<Release, 'manifest'>): KubeObject[] =>
	manifestsOf('', release.manifest).flatMap(({object}) => itemsOf(object));

/** A `List` is its items. */
export const itemsOf = (object: any): KubeObject[] =>
	Array.isArray(object.items) && String(object.kind).endsWith('List') ? object.items : [object];
