import type {AdmissionRequest} from '../../api/admission.js';
import {celValue} from '../../api/cel/value.js';
import {fromLabelSelector, matchesLabels} from '../../api/selector/label-selector.js';
import type {KubeObject} from '../../api/object.js';

type Params = {readonly params: readonly unknown[]} | {readonly error: string};

/** The objects that a binding hands to its policy, as expressions see them; without parameters there is one round with `null`. */
export function paramsOf(policy: KubeObject, binding: KubeObject, request: AdmissionRequest): Params {
	const {paramKind} = policy['spec'];
	const {paramRef} = binding['spec'];
	if (!paramKind || !paramRef) return {params: [null]};
	const namespace = paramRef.namespace || request.namespace;
	const resource = resourceOf(paramKind, request);
	const inScope = (object: KubeObject) => object.metadata.namespace === undefined || object.metadata.namespace === namespace;
	const selected = paramRef.selector ? fromLabelSelector(paramRef.selector) : undefined;
	const found = request.reader
		.list(resource)
		.filter(inScope)
		.filter(({metadata}) => (paramRef.name ? metadata.name === paramRef.name : matchesLabels(selected ?? [], metadata.labels)));
	if (found.length > 0) return {params: found.map(celValue)};
	return paramRef.parameterNotFoundAction === 'Deny'
		? {error: 'no params found for policy binding with `Deny` parameterNotFoundAction'}
		: {params: []};
}

/** Kinds that are defined name their plural; of the others it is guessed, as meta.UnsafeGuessKindToResource does. */
function resourceOf({apiVersion, kind}: {apiVersion: string; kind: string}, {reader}: AdmissionRequest): string {
	const group = apiVersion.includes('/') ? apiVersion.split('/')[0]! : '';
	const defined = reader
		.list('customresourcedefinitions.apiextensions.k8s.io')
		.find(({spec}: any) => spec.group === group && spec.names.kind === kind);
	const plural = defined?.['spec'].names.plural ?? guess(kind.toLowerCase());
	return group ? `${plural}.${group}` : plural;
}

const guess = (singular: string): string =>
	singular.endsWith('s') ? `${singular}es` : singular.endsWith('y') ? `${singular.slice(0, -1)}ies` : `${singular}s`;
