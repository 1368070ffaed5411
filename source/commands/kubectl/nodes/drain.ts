import {parseLabelSelector} from '../../../api/selector/label-selector.js';
import {controllerOf, type KubeObject} from '../../../api/object.js';
import {parseRfc3339} from '../../../api/values/time.js';
import {exit, failure} from '../failure.js';
import {chunkFlag, dryRunFlag, selectorFlag} from '../flags/flag.js';
import {type DryRun, dryRunOf} from '../resource/dry-run.js';
import type {Steps} from '../resource/files.js';
import {nameWithKind, type Target} from '../resource/target.js';
import type {Call, Verb} from '../verb.js';
import {nodesOf, setUnschedulable} from './cordon.js';
import {DrainFailure, removePods} from './remove-pods.js';

const drain: Verb = {
	name: 'drain',
	summary: 'Drain node in preparation for maintenance',
	group: 'Cluster Management Commands:',
	usage: 'drain NODE',
	flags: [
		...chunkFlag,
		...dryRunFlag,
		...selectorFlag,
		['delete-emptydir-data', 'bool', 'false'],
		['disable-eviction', 'bool', 'false'],
		['force', 'bool', 'false'],
		['grace-period', 'int', '-1'],
		['ignore-daemonsets', 'bool', 'false'],
		['pod-selector', 'string', ''],
		['skip-wait-for-delete-timeout', 'int', '0'],
		['timeout', 'duration', '0s'],
	],
	*run(call) {
		const {session, flags} = call;
		const dryRun = dryRunOf(call);
		const suffix = dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)';
		checkPodSelector(flags.string('pod-selector'));
		const nodes = nodesOf(call, 'drain');
		for (const node of nodes)
			session.out(`${nameWithKind(node.kind, node.name)} ${setUnschedulable(session, node, true, dryRun)}${suffix}\n`);
		let failed = false;
		const pending: Array<{node: Target; problem: Error}> = [];
		for (const node of nodes) {
			try {
				yield* empty(call, node, dryRun);
				session.out(`${nameWithKind(node.kind, node.name)} drained${suffix}\n`);
			} catch (error) {
				if (!(error instanceof Error)) throw error;
				failed = true;
				session.err(`error: unable to drain node "${node.name}" due to error: ${error.message}, continuing command...\n`);
				pending.push({node, problem: error});
			}
		}

		if (!failed) return 0;
		session.err(`There are pending nodes to be drained:\n${pending.map(({node}) => ` ${node.name}\n`).join('')}`);
		// Of several nodes each has a line, however much is wrong with it.
		const lines = pending.flatMap(({problem}) =>
			pending.length === 1 && problem instanceof DrainFailure ? problem.lines : [problem.message],
		);
		session.err(lines.map(line => `${line}\n`).join(''));
		throw exit(1);
	},
};

export default drain;

function checkPodSelector(text: string): void {
	try {
		parseLabelSelector(text);
	} catch {
		throw failure('--pod-selector=<pod_selector> must be a valid label selector');
	}
}

interface Verdict {
	readonly remove: boolean;
	readonly warning?: string;
	readonly problem?: string;
}

const texts = {
	daemonSet: 'ignoring DaemonSet-managed Pods',
	daemonSetProblem: 'cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore)',
	local: 'deleting Pods with local storage',
	localProblem: 'cannot delete Pods with local storage (use --delete-emptydir-data to override)',
	unmanaged: 'deleting Pods that declare no controller',
	unmanagedProblem: 'cannot delete cannot delete Pods that declare no controller (use --force to override)',
};

/** What to do with one pod, filter by filter; the first that says no decides (kubectl/pkg/drain/filters.go). */
function judge(call: Call, pod: KubeObject): Verdict {
	const {flags, session} = call;
	const finished = ['Succeeded', 'Failed'].includes(pod['status']?.phase);
	const owner = controllerOf(pod);
	const notices: Verdict[] = [];
	if (owner?.kind === 'DaemonSet' && !finished) {
		const exists = session.find(session.kindNamed('daemonsets.apps'), pod.metadata.namespace, owner.name);
		if (!exists && !flags.bool('force')) return {remove: false, problem: `daemonsets.apps "${owner.name}" not found`};
		if (exists)
			return flags.bool('ignore-daemonsets') ? {remove: false, warning: texts.daemonSet} : {remove: false, problem: texts.daemonSetProblem};
	}

	if (pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) return {remove: false};
	const isLocal = (pod['spec'].volumes ?? []).some((volume: any) => volume.emptyDir);
	if (isLocal && !finished) {
		if (!flags.bool('delete-emptydir-data')) return {remove: false, problem: texts.localProblem};
		notices.push({remove: true, warning: texts.local});
	}

	if (!owner && !finished) {
		if (!flags.bool('force')) return {remove: false, problem: texts.unmanagedProblem};
		notices.push({remove: true, warning: texts.unmanaged});
	}

	const gone = pod.metadata.deletionTimestamp;
	const longGone = flags.int('skip-wait-for-delete-timeout');
	if (gone && longGone > 0 && session.nowMs - parseRfc3339(gone)! > longGone * 1000) return {remove: false};
	return notices[0] ?? {remove: true};
}

function* empty(call: Call, node: Target, dryRun: DryRun): Steps<void> {
	const {session, flags} = call;
	const query = {
		fieldSelector: `spec.nodeName=${node.name}`,
		...(flags.string('pod-selector') && {labelSelector: flags.string('pod-selector')}),
	};
	const pods = session.list<KubeObject>(session.kindNamed('pods'), undefined, query);
	const judged = pods.map(pod => ({pod, verdict: judge(call, pod)}));
	const grouped = (field: 'problem' | 'warning') =>
		groupTexts(
			judged.flatMap(({pod, verdict}) =>
				verdict[field] ? [[verdict[field], `${pod.metadata.namespace}/${pod.metadata.name}`] as const] : [],
			),
		);
	const problems = grouped('problem');
	if (problems.length > 0) throw new DrainFailure(problems);
	const warnings = grouped('warning');
	if (warnings.length > 0) session.err(`Warning: ${warnings.join('; ')}\n`);
	yield* removePods(
		call,
		judged.filter(({verdict}) => verdict.remove).map(({pod}) => pod),
		dryRun,
	);
}

function groupTexts(rows: ReadonlyArray<readonly [text: string, pod: string]>): string[] {
	const groups = new Map<string, string[]>();
	for (const [text, pod] of rows) groups.set(text, [...(groups.get(text) ?? []), pod]);
	return [...groups].map(([text, pods]) => `${text}: ${pods.join(', ')}`);
}
