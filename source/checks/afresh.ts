import type {CommandLine, Finding} from './check.js';
import type {ExecResult} from '../shell/command.js';
import type {World} from '../node/world.js';
import {controlPlane, type PodChoice} from './places.js';

/** What was done to running pods is gone with them; what their controller was told is not. As an administrator, whatever the learner's own file says. */
export function* makeAnew({namespace = 'default', name, labels = {}}: PodChoice, world: World): Generator<CommandLine, void, ExecResult> {
	const kubectl = `kubectl --kubeconfig /etc/kubernetes/admin.conf -n ${namespace}`;
	const selector = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
	const chosen = name ?? (selector.length > 0 ? `-l ${selector.join()}` : '--all');
	const host = controlPlane(world)!;
	yield {host, line: `${kubectl} delete pods ${chosen} --now`};
	yield {host, line: `${kubectl} wait pods ${chosen} --for=condition=Ready --timeout=60s`};
	// The node's tables follow a moment later.
	yield {host, line: 'sleep 3'};
}

const label = 'with new pods in place of those that run (tried in a copy)';

/** Told as what it is: the learner sees it work. */
export const afterwards = (finding: Finding): Finding => (finding.passed ? finding : {...finding, found: `${label}: ${finding.found}`});
