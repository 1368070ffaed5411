import type {Admission, AdmissionRequest} from '../../api/admission.js';
import {forbidden} from '../../api/errors.js';
import {checksFor, type Level, type Violation} from './checks.js';

const levels: readonly string[] = ['privileged', 'baseline', 'restricted'];
const prefix = 'pod-security.kubernetes.io';
/** Where a workload keeps its pod template. */
const templates: Readonly<Record<string, (object: any) => any>> = {
	podtemplates: ({template}) => template,
	replicationcontrollers: ({spec}) => spec?.template,
	'replicasets.apps': ({spec}) => spec?.template,
	'deployments.apps': ({spec}) => spec?.template,
	'statefulsets.apps': ({spec}) => spec?.template,
	'daemonsets.apps': ({spec}) => spec?.template,
	'jobs.batch': ({spec}) => spec?.template,
	'cronjobs.batch': ({spec}) => spec?.jobTemplate?.spec?.template,
};

/** Namespace labels say what pods may do: refused, or only warned of. Models k8s.io/pod-security-admission. */
export default {
	name: 'PodSecurity',
	resources: ['pods', 'namespaces', ...Object.keys(templates)],
	operations: ['create', 'update'],
	validate(request) {
		if (request.subresource) return;
		if (request.resource === 'namespaces') return checkNamespace(request);
		const labels = request.reader.find('namespaces', undefined, request.namespace ?? '')?.metadata.labels;
		if (!labels) return;
		const template = templates[request.resource];
		if (template) {
			const inner = template(request.draft);
			if (inner) warn(request, labels, inner);
			return;
		}

		if (request.old && sameForSecurity(request)) return;
		const enforce = policy(labels, 'enforce');
		const violations = checksFor(enforce.level, request.draft);
		if (violations.length > 0)
			throw forbidden(request.kind, request.name, `violates PodSecurity "${enforce.level}:${enforce.version}": ${summary(violations)}`);
		warn(request, labels, request.draft);
	},
} satisfies Admission;

const sameForSecurity = ({draft, old}: AdmissionRequest): boolean => JSON.stringify(draft!['spec']) === JSON.stringify(old!['spec']);

function policy(labels: Record<string, string>, mode: string): {level: Level; version: string} {
	const level = labels[`${prefix}/${mode}`] ?? 'privileged';
	return {level: (levels.includes(level) ? level : 'restricted') as Level, version: labels[`${prefix}/${mode}-version`] ?? 'latest'};
}

function warn(request: AdmissionRequest, labels: Record<string, string>, pod: any): void {
	const {level, version} = policy(labels, 'warn');
	const violations = checksFor(level, pod);
	if (violations.length > 0) request.warn(`would violate PodSecurity "${level}:${version}": ${summary(violations)}`);
}

const summary = (violations: readonly Violation[]): string =>
	violations.map(({reason, detail}) => (detail ? `${reason} (${detail})` : reason)).join(', ');

/** Stricter labels do not touch running pods; the server tells which would not be allowed any more. */
function checkNamespace({draft, old, reader, warn: tell, name}: AdmissionRequest): void {
	const enforce = policy(draft!.metadata.labels ?? {}, 'enforce');
	if (!old || enforce.level === 'privileged') return;
	const before = policy(old.metadata.labels ?? {}, 'enforce');
	if (before.level === enforce.level && before.version === enforce.version) return;
	const byReason = new Map<string, string[]>();
	for (const pod of reader.list('pods', {namespace: name})) {
		const violations = checksFor(enforce.level, pod);
		if (violations.length === 0) continue;
		const text = violations.map(({reason}) => reason).join(', ');
		byReason.set(text, [...(byReason.get(text) ?? []), pod.metadata.name]);
	}

	if (byReason.size === 0) return;
	tell(`existing pods in namespace "${name}" violate the new PodSecurity enforce level "${enforce.level}:${enforce.version}"`);
	for (const [reason, pods] of byReason) {
		const others = pods.length - 1;
		tell(`${pods[0]}${others > 0 ? ` (and ${others} other pod${others > 1 ? 's' : ''})` : ''}: ${reason}`);
	}
}
