import type {AdmissionRequest} from '../../api/admission.js';
import {forbidden} from '../../api/errors.js';
import type {KubeObject} from '../../api/object.js';
import {ApiError, type Reason} from '../../api/status.js';

export const words = (policy: KubeObject, binding: KubeObject): string =>
	`ValidatingAdmissionPolicy '${policy.metadata.name}' with binding '${binding.metadata.name}'`;

const codes: Readonly<Record<string, number>> = {Unauthorized: 401, Forbidden: 403, RequestEntityTooLarge: 413};

/** Worded as forbidden, and yet invalid unless the policy says otherwise (policy/validating/dispatcher.go). */
export function denial({kind, name}: AdmissionRequest, message: string, reason = 'Invalid'): ApiError {
	const {status} = forbidden(kind, name, message);
	return new ApiError(codes[reason] ?? 422, reason as Reason, status.message, {...status.details, causes: [{message}]});
}
