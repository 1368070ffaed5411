import {apiVersionOf, type Kind} from '../../../api/kind.js';
import {ApiError} from '../../../api/status.js';
import type {Query} from '../session.js';

/** Bad selectors are reported with what was looked for (resource.EnhanceListError). */
export function unfindable(error: Error, kind: Kind, query: Query): Error {
	if (!(error instanceof ApiError) || error.reason !== 'BadRequest') return error;
	const resource = `${apiVersionOf(kind).includes('/') ? apiVersionOf(kind) : `/${kind.version}`}, Resource=${kind.plural}`;
	const {status} = error;
	return new ApiError(
		status.code,
		error.reason,
		`Unable to find "${resource}" that match label selector "${query['labelSelector'] ?? ''}", field selector "${query['fieldSelector'] ?? ''}": ${status.message}`,
		status.details,
	);
}
