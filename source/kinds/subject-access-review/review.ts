import {badRequest, invalid} from '../../api/errors.js';
import type {FieldError} from '../../api/field-error.js';
import type {Attributes} from '../../api/authorizer.js';
import type {Action, ActionRequest} from '../../api/kind.js';
import type {User} from '../../api/user.js';

/** May this user do that? Answered, never stored. */
export const reviewSelf: Action = request => {
	checkSpec(request.body.spec ?? {});
	return answer(request, request.user);
};

export const reviewSubject: Action = request => {
	const {user = '', groups = [], uid, extra} = request.body.spec ?? {};
	checkSpec(request.body.spec ?? {}, user === '' && groups.length === 0);
	const inside = request.body.spec.resourceAttributes?.namespace;
	if (request.namespace && (inside ?? '') !== request.namespace)
		throw badRequest(`spec.resourceAttributes.namespace must match namespace: ${request.namespace}`);
	return answer(request, {name: user, groups, ...(uid && {uid}), ...(extra && {extra})});
};

/** Models pkg/apis/authorization/validation. */
function checkSpec({resourceAttributes: resource, nonResourceAttributes: path}: any, nobody = false): void {
	const errors: FieldError[] = [];
	if (resource && path)
		errors.push({
			type: 'Invalid',
			field: 'spec.nonResourceAttributes',
			value: path,
			detail: 'cannot be specified in combination with resourceAttributes',
		});
	if (!resource && !path)
		errors.push({
			type: 'Invalid',
			field: 'spec.resourceAttributes',
			value: 'null',
			detail: 'exactly one of nonResourceAttributes or resourceAttributes must be specified',
		});
	if (nobody) errors.push({type: 'Invalid', field: 'spec.user', value: '', detail: 'at least one of user or group must be specified'});
	if (errors.length > 0) throw invalid({group: 'authorization.k8s.io', kind: ''}, '', errors);
}

function answer(request: ActionRequest, user: User): any {
	const {body, authorizer, client} = request;
	const {resourceAttributes: resource, nonResourceAttributes: path} = body.spec ?? {};
	const attributes: Attributes = resource
		? {
				user,
				verb: resource.verb ?? '',
				group: resource.group ?? '',
				resource: resource.resource ?? '',
				...(resource.subresource && {subresource: resource.subresource}),
				...(resource.namespace && {namespace: resource.namespace}),
				...(resource.name && {name: resource.name}),
			}
		: {user, verb: path?.verb ?? '', group: '', resource: '', path: path?.path ?? ''};
	const {allowed, reason} =
		user.groups.includes('system:masters') || !authorizer ? {allowed: true, reason: ''} : authorizer.authorize(attributes, client);
	return {...body, metadata: {creationTimestamp: null, ...body.metadata}, status: {allowed, ...(reason && {reason})}};
}

/** What may I do in this namespace? */
export const reviewRules: Action = ({body, user, authorizer, client}) => {
	const namespace: string = body.spec?.namespace ?? '';
	if (!namespace) throw badRequest('no namespace on request');
	const rules = authorizer?.rules?.(user, namespace, client) ?? [
		{verbs: ['*'], apiGroups: ['*'], resources: ['*']},
		{verbs: ['*'], nonResourceURLs: ['*']},
	];
	const resourceRules = rules.filter(({nonResourceURLs}) => !nonResourceURLs);
	const nonResourceRules = rules.filter(({nonResourceURLs}) => nonResourceURLs);
	return {...body, metadata: {creationTimestamp: null, ...body.metadata}, status: {resourceRules, nonResourceRules, incomplete: false}};
};
