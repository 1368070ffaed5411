import type {FieldError} from './field-error.js';
import {causeOf, messageOf} from './field-error.js';
import {groupResource, type Kind} from './kind.js';
import {ApiError, type StatusDetails} from './status.js';

/** The API server's refusals in its own words. Models k8s.io/apimachinery/pkg/api/errors/errors.go. */
type Named = Pick<Kind, 'group' | 'plural' | 'kind'>;

const details = (kind: Pick<Kind, 'group' | 'plural'>, name: string, more?: Partial<StatusDetails>): StatusDetails => ({
	...(name && {name}),
	...(kind.group && {group: kind.group}),
	kind: kind.plural,
	...more,
});

export const notFound = (kind: Pick<Kind, 'group' | 'plural'>, name: string) =>
	new ApiError(404, 'NotFound', `${groupResource(kind)} "${name}" not found`, details(kind, name));

export const alreadyExists = (kind: Named, name: string) =>
	new ApiError(409, 'AlreadyExists', `${groupResource(kind)} "${name}" already exists`, details(kind, name));

export const conflict = (kind: Named, name: string, why: string) =>
	new ApiError(409, 'Conflict', `Operation cannot be fulfilled on ${groupResource(kind)} "${name}": ${why}`, details(kind, name));

export const staleObject = 'the object has been modified; please apply your changes to the latest version and try again';

/** Field errors as one refusal; `invalid` groups by kind, not by resource. */
export function invalid(kind: Pick<Kind, 'group' | 'kind'>, name: string | undefined, errors: readonly FieldError[]): ApiError {
	const groupKind = kind.group ? `${kind.kind}.${kind.group}` : kind.kind;
	const causes = errors.map(causeOf);
	const texts = [...new Set(errors.map(messageOf))];
	const text = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
	return new ApiError(422, 'Invalid', `${groupKind} "${name ?? ''}" is invalid: ${text}`, {
		...(name && {name}),
		...(kind.group && {group: kind.group}),
		...(kind.kind && {kind: kind.kind}),
		causes,
	});
}

export const badRequest = (message: string) => new ApiError(400, 'BadRequest', message);
export const unnamed = (name: string) =>
	badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`);
export const otherName = (name: string, wanted: string) =>
	badRequest(`the name of the object (${name}) does not match the name on the URL (${wanted})`);
export const gone = (message: string) => new ApiError(410, 'Expired', message);
export const internalError = (message: string) =>
	new ApiError(500, 'InternalError', `Internal error occurred: ${message}`, {causes: [{message}]});

export const methodNotAllowed = () =>
	new ApiError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {});
export const unknownResource = () => new ApiError(404, 'NotFound', 'the server could not find the requested resource', {});

export const forbidden = (kind: Named, name: string, why: string) =>
	new ApiError(
		403,
		'Forbidden',
		name ? `${groupResource(kind)} "${name}" is forbidden: ${why}` : `${groupResource(kind)} is forbidden: ${why}`,
		details(kind, name),
	);

export const tooManyRequests = (message: string, retryAfterSeconds: number, more?: Partial<StatusDetails>) =>
	new ApiError(429, 'TooManyRequests', message, {...more, ...(retryAfterSeconds > 0 && {retryAfterSeconds})});

/** etcd's `ErrGRPCNoSpace`. */
export const noSpace = () => plainError('etcdserver: mvcc: database space exceeded');

/** What a plug-in or storage says without a reason of its own: HTTP 500 with the bare text. */
export const plainError = (message: string) => new ApiError(500, '', message);
