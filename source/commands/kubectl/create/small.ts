import {parseLabelSelector} from '../../../api/selector/label-selector.js';
import {canonical, parseQuantity} from '../../../api/values/quantity.js';
import {failure} from '../failure.js';
import {type Generator, meta} from './generator.js';

export const namespace: Generator = {
	name: 'namespace',
	aliases: ['ns'],
	summary: 'Create a namespace with the specified name',
	usage: 'namespace NAME [--dry-run=server|client|none]',
	resource: 'namespaces',
	make: (_call, name) => ({kind: 'Namespace', apiVersion: 'v1', metadata: meta(name), spec: {}, status: {}}),
};

export const serviceAccount: Generator = {
	name: 'serviceaccount',
	aliases: ['sa'],
	summary: 'Create a service account with the specified name',
	usage: 'serviceaccount NAME [--dry-run=server|client|none]',
	resource: 'serviceaccounts',
	failure: 'failed to create serviceaccount: ',
	make: (_call, name) => ({kind: 'ServiceAccount', apiVersion: 'v1', metadata: meta(name)}),
};

export const quota: Generator = {
	name: 'quota',
	aliases: ['resourcequota'],
	summary: 'Create a quota with the specified name',
	usage: 'quota NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2] [--dry-run=server|client|none]',
	flags: [
		['hard', 'string', ''],
		['scopes', 'string', ''],
	],
	resource: 'resourcequotas',
	failure: 'failed to create quota: ',
	make(call, name) {
		const hard = resourceList(call.flags.string('hard'));
		const scopes = call.flags.string('scopes').split(',').filter(Boolean);
		return {
			kind: 'ResourceQuota',
			apiVersion: 'v1',
			metadata: meta(name),
			spec: {...(hard && {hard}), ...(scopes.length > 0 && {scopes})},
			status: {},
		};
	},
};

/** `cpu=1,memory=1Gi` */
export function resourceList(text: string): Record<string, string> | undefined {
	if (text === '') return undefined;
	const pairs = text.split(',').map(statement => {
		const parts = statement.split('=');
		if (parts.length !== 2) throw failure(`Invalid argument syntax ${statement}, expected <resource>=<value>`);
		try {
			parseQuantity(parts[1]!);
		} catch (error) {
			throw failure((error as Error).message);
		}

		return [parts[0]!, canonical(parts[1]!)] as const;
	});
	return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const podDisruptionBudget: Generator = {
	name: 'poddisruptionbudget',
	aliases: ['pdb'],
	summary: 'Create a pod disruption budget with the specified name',
	usage: 'poddisruptionbudget NAME --selector=SELECTOR --min-available=N [--dry-run=server|client|none]',
	flags: [
		['max-unavailable', 'string', ''],
		['min-available', 'string', ''],
		['selector', 'string', ''],
	],
	resource: 'poddisruptionbudgets.policy',
	failure: 'failed to create poddisruptionbudgets: ',
	make(call, name) {
		const [selector, min, max] = ['selector', 'min-available', 'max-unavailable'].map(flag => call.flags.string(flag)) as [
			string,
			string,
			string,
		];
		if (selector === '') throw failure('a selector must be specified');
		if (max === '' && min === '') throw failure('one of min-available or max-unavailable must be specified');
		if (max !== '' && min !== '') throw failure('min-available and max-unavailable cannot be both specified');
		checkAmount('min-available', min);
		checkAmount('max-unavailable', max);
		return {
			kind: 'PodDisruptionBudget',
			apiVersion: 'policy/v1',
			metadata: meta(name),
			spec: {
				...(min && {minAvailable: intOrString(min)}),
				selector: labelSelector(selector),
				...(max && {maxUnavailable: intOrString(max)}),
			},
			status: {disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0},
		};
	},
};

function checkAmount(flag: string, text: string): void {
	if (text !== '' && !/^[0-9]+%?$/.test(text)) throw failure(`invalid format specified for ${flag}`);
}

export const intOrString = (text: string): number | string => (/^[-+]?\d+$/.test(text) ? Number(text) : text);

function requirementsOf(text: string): ReadonlyArray<{key: string; operator: string; values: readonly string[]}> {
	try {
		return parseLabelSelector(text);
	} catch (error) {
		throw failure(`couldn't parse the selector string ${JSON.stringify(text)}: ${(error as Error).message}`);
	}
}

/** A selector in kubectl's text form as a metav1.LabelSelector. */
export function labelSelector(text: string) {
	const matchLabels: Record<string, string> = {};
	const matchExpressions: unknown[] = [];
	const operators: Record<string, string> = {in: 'In', notin: 'NotIn', '!=': 'NotIn', exists: 'Exists', '!': 'DoesNotExist'};
	for (const requirement of requirementsOf(text)) {
		const values = [...requirement.values];
		if (requirement.operator === '=' || requirement.operator === '==') matchLabels[requirement.key] = values[0]!;
		else matchExpressions.push({key: requirement.key, operator: operators[requirement.operator], ...(values.length > 0 && {values})});
	}

	return {...(Object.keys(matchLabels).length > 0 && {matchLabels}), ...(matchExpressions.length > 0 && {matchExpressions})};
}

export const priorityClass: Generator = {
	name: 'priorityclass',
	aliases: ['pc'],
	summary: 'Create a priority class with the specified name',
	usage: 'priorityclass NAME --value=VALUE --global-default=BOOL [--dry-run=server|client|none]',
	flags: [
		['description', 'string', ''],
		['global-default', 'bool', 'false'],
		['preemption-policy', 'string', 'PreemptLowerPriority'],
		['value', 'int32', '0'],
	],
	resource: 'priorityclasses.scheduling.k8s.io',
	failure: 'failed to create priorityclass: ',
	make: ({flags}, name) => ({
		kind: 'PriorityClass',
		apiVersion: 'scheduling.k8s.io/v1',
		metadata: meta(name),
		value: flags.int('value'),
		...(flags.bool('global-default') && {globalDefault: true}),
		...(flags.string('description') && {description: flags.string('description')}),
		preemptionPolicy: flags.string('preemption-policy'),
	}),
};
