import type {World} from '../node/world.js';
import type {ExecResult} from '../shell/command.js';
import type {Shape} from './shape.js';

/**
 * One thing a lab can ask about a cluster: a key in lab.yaml, what may stand behind it, and how it is answered. A check looks at
 * state and behaviour only; whoever runs it puts the world back as it was, so it may send packets.
 */
export interface Check<P = any> {
	readonly name: string;
	readonly params: Shape;
	run(params: P, context: CheckContext): Finding | CheckRun;
}

export interface CheckContext {
	readonly world: World;
}

/** A check that has to run commands yields them, and is handed what they printed. */
export type CheckRun = Generator<CommandLine, Finding, ExecResult>;

export interface CommandLine {
	readonly host: string;
	readonly line: string;
}

export interface Finding {
	readonly passed: boolean;
	/** What is there, naming the node or object: `k8s-node1: /usr/sbin/ipvsadm does not exist`. */
	readonly found: string;
	readonly expected: string;
	/** Where a learner can see it: a command to type. Never the solution. */
	readonly look: string;
}

/** The sentence a learner reads below a missed objective. */
export const reasonOf = ({found, expected, look}: Finding): string => `${found}; expected ${expected}. Look at: ${look}`;

/** One finding for the same question asked at many places; the failures speak first. */
export function together(findings: readonly Finding[]): Finding {
	// "Every node" must not hold because there is none.
	if (findings.length === 0)
		return {passed: false, found: 'there is nothing to look at', expected: 'a host or a running pod', look: 'kubectl get nodes,pods -A'};
	const failed = findings.filter(finding => !finding.passed);
	const shown = failed.length > 0 ? failed : findings;
	const join = (texts: readonly string[]) => [...new Set(texts)].join('; ');
	return {
		passed: failed.length === 0,
		found: join(shown.map(finding => finding.found)),
		expected: join(shown.map(finding => finding.expected)),
		look: join(shown.map(finding => finding.look)),
	};
}
