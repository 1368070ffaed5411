import type {KubeObject} from '../../../api/object.js';
import {alignTabs, tableTabs} from '../../../kinds/describe/tabwriter.js';
import {compactRules, resourceOf} from '../../../kinds/describe/policy-rules.js';
import {exit, failure} from '../failure.js';
import {allNamespacesFlag, printFlags} from '../flags/flag.js';
import {printerFor} from '../output/printer.js';
import type {Call, Verb} from '../verb.js';
import {reconcile} from './reconcile.js';

const canI: Verb = {
	name: 'can-i',
	summary: 'Check whether an action is allowed',
	usage: 'auth can-i VERB [TYPE | TYPE/NAME | NONRESOURCEURL]',
	flags: [
		...allNamespacesFlag,
		['list', 'bool', 'false'],
		['no-headers', 'bool', 'false'],
		['quiet', 'bool', 'false', 'q'],
		['subresource', 'string', ''],
	],
	*run(call) {
		const {flags, session, args} = call;
		if (flags.bool('no-headers') && !flags.bool('list')) throw failure('--no-headers cannot be set without --list specified');
		if (flags.bool('list')) {
			if (args.length > 0) throw failure('list option must be specified with no arguments');
			if (flags.bool('quiet') || flags.bool('all-namespaces') || flags.string('subresource') !== '')
				throw failure("list option can't be specified with neither quiet, all-namespaces nor subresource options");
			session.out(ruleTable(call));
			return 0;
		}

		if (args.length !== 2)
			throw failure(
				"you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
			);
		const status = review(call, args[0]!, args[1]!);
		if (!flags.bool('quiet')) {
			const reasons = [status.reason, status.evaluationError].filter(Boolean).map(text => ` - ${text}`);
			session.out(status.allowed ? 'yes\n' : `no${reasons.join('')}\n`);
		}

		if (!status.allowed) throw exit(1);
		return 0;
	},
};

function review(call: Call, verb: string, what: string): {allowed: boolean; reason?: string; evaluationError?: string} {
	const {session, flags} = call;
	const namespace = flags.bool('all-namespaces') ? '' : session.namespace;
	const attributes = what.startsWith('/')
		? {nonResourceAttributes: {path: what, verb}}
		: {resourceAttributes: resourceAttributes(call, verb, what, namespace)};
	if (what.startsWith('/') && flags.string('subresource') !== '') throw failure('--subresource can not be used with NonResourceURL');
	const known = what.startsWith('/') ? knownPathVerbs : knownVerbs;
	if (!known.has(verb) && (what.startsWith('/') || namespace !== '')) session.err(`Warning: verb '${verb}' is not a known verb\n\n`);
	const answer = session.request({
		verb: 'create',
		group: 'authorization.k8s.io',
		version: 'v1',
		resource: 'selfsubjectaccessreviews',
		body: {apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', metadata: {}, spec: attributes},
	});
	return answer.status ?? {allowed: false};
}

const knownVerbs = new Set(
	'* get list watch create update patch delete deletecollection use bind impersonate escalate approve sign attest'.split(' '),
);
const knownPathVerbs = new Set('* get put post head options delete patch'.split(' '));

function resourceAttributes(call: Call, verb: string, what: string, namespace: string) {
	const {session, flags} = call;
	const [type = '', name = ''] = what.split('/');
	const subresource = flags.string('subresource');
	const common = {verb, ...(name && {name}), ...(subresource && {subresource})};
	if (type === '*') return {...common, namespace, group: '*', resource: '*'};
	const kind = session.api.findKind(type);
	if (!kind) {
		const [resource, ...group] = type.split('.');
		// Nobody serves these, but they can be impersonated.
		if (!['users', 'groups'].includes(type))
			session.err(
				`Warning: the server doesn't have a resource type '${resource}'${group.length > 0 ? ` in group '${group.join('.')}'` : ''}\n\n`,
			);
		return {...common, namespace, group: group.join('.'), resource};
	}

	if (!kind.namespaced && namespace !== '')
		session.err(`Warning: resource '${kind.plural}' is not namespace scoped${kind.group ? ` in group '${kind.group}'` : ''}\n\n`);
	return {...common, namespace, group: kind.group, resource: kind.plural};
}

function ruleTable({session, flags}: Call): string {
	const answer = session.request({
		verb: 'create',
		group: 'authorization.k8s.io',
		version: 'v1',
		resource: 'selfsubjectrulesreviews',
		body: {apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', metadata: {}, spec: {namespace: session.namespace}},
	});
	const rules = compactRules([...(answer.status?.resourceRules ?? []), ...(answer.status?.nonResourceRules ?? [])]);
	const list = (items: readonly string[] | undefined) => `[${(items ?? []).join(' ')}]`;
	const rows = rules.map(rule => `${resourceOf(rule)}\t${list(rule.nonResourceURLs)}\t${list(rule.resourceNames)}\t${list(rule.verbs)}\n`);
	return alignTabs((flags.bool('no-headers') ? '' : 'Resources\tNon-Resource URLs\tResource Names\tVerbs\n') + rows.join(''), tableTabs);
}

const whoami: Verb = {
	name: 'whoami',
	summary: 'Experimental: Check self subject attributes',
	usage: 'auth whoami',
	flags: printFlags,
	*run({session, flags}) {
		void session.api;
		const {name, groups, uid} = session.user;
		const review = {
			apiVersion: 'authentication.k8s.io/v1',
			kind: 'SelfSubjectReview',
			metadata: {creationTimestamp: null},
			status: {userInfo: {...(uid && {uid}), username: name, groups}},
		};
		const printer = flags.string('output') === '' ? undefined : printerFor(session, flags);
		const rows = `Username\t${name}\n${uid ? `UID\t${uid}\n` : ''}${groups.length > 0 ? `Groups\t[${groups.join(' ')}]\n` : ''}`;
		session.out(printer ? printer.print(review as unknown as KubeObject) : alignTabs(`ATTRIBUTE\tVALUE\n${rows}`, tableTabs));
		return 0;
	},
};

const auth: Verb = {
	name: 'auth',
	summary: 'Inspect authorization',
	group: 'Troubleshooting and Debugging Commands:',
	flags: [],
	verbs: [canI, reconcile, whoami],
};

export default auth;
