import type {Authorizer} from '../api/authorizer.js';
import {authorizer as rbac} from './rbac/authorizer.js';

/** What each word of `--authorization-mode` lets pass; the first that allows decides. */
const modes: Readonly<Record<string, Authorizer>> = {
	// Kubelets may do what they do; real ones are held to their own pods.
	Node: {authorize: ({user}) => ({allowed: user.groups.includes('system:nodes'), reason: ''})},
	RBAC: rbac,
	AlwaysAllow: {
		rules: () => [
			{verbs: ['*'], apiGroups: ['*'], resources: ['*']},
			{verbs: ['*'], nonResourceURLs: ['*']},
		],
		authorize: () => ({allowed: true, reason: ''}),
	},
	AlwaysDeny: {authorize: () => ({allowed: false, reason: 'Everything is forbidden.'})},
};

/** Asks those that the running kube-apiserver was started with. */
export function authorizerFor(flags: Readonly<Record<string, string>>): Authorizer {
	let [read, chosen]: [string | undefined, readonly Authorizer[]] = [undefined, []];
	const inForce = () => {
		const words = flags['authorization-mode'] ?? 'AlwaysAllow';
		if (words !== read) [read, chosen] = [words, words.split(',').flatMap(mode => (Object.hasOwn(modes, mode) ? modes[mode]! : []))];
		return chosen;
	};
	return {
		rules: (...asked) => inForce().flatMap(each => each.rules?.(...asked) ?? []),
		authorize(...asked) {
			const reasons: string[] = [];
			for (const each of inForce()) {
				const answer = each.authorize(...asked);
				if (answer.allowed) return answer;
				if (answer.reason) reasons.push(answer.reason);
			}

			return {allowed: false, reason: reasons.join('\n')};
		},
	};
}
