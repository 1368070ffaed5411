/** A refusal by the API server; `kubectl` alone turns it into words and an exit status. Models metav1.Status and api/errors. */
export interface Status {
	readonly kind: 'Status';
	readonly apiVersion: 'v1';
	readonly metadata: Record<string, never>;
	readonly status: 'Failure' | 'Success';
	readonly message: string;
	/** Absent where Go has no word for it. */
	readonly reason?: Reason;
	readonly details?: StatusDetails;
	readonly code: number;
}

export interface StatusDetails {
	readonly name?: string;
	readonly group?: string;
	readonly kind?: string;
	readonly uid?: string;
	readonly causes?: ReadonlyArray<{reason?: string; message?: string; field?: string}>;
	readonly retryAfterSeconds?: number;
}

export type Reason =
	| ''
	| 'NotFound'
	| 'AlreadyExists'
	| 'Conflict'
	| 'Invalid'
	| 'BadRequest'
	| 'Forbidden'
	| 'Unauthorized'
	| 'MethodNotAllowed'
	| 'NotAcceptable'
	| 'UnsupportedMediaType'
	| 'Gone'
	| 'Expired'
	| 'TooManyRequests'
	| 'InternalError'
	| 'ServiceUnavailable'
	| 'Timeout';

export class ApiError extends Error {
	readonly status: Status;

	constructor(code: number, reason: Reason, message: string, details?: StatusDetails) {
		super(message);
		this.name = 'ApiError';
		this.status = {
			kind: 'Status',
			apiVersion: 'v1',
			metadata: {},
			status: 'Failure',
			message,
			...(reason && {reason}),
			...(details && {details}),
			code,
		};
	}

	get reason(): Reason {
		return this.status.reason ?? '';
	}
}

export const isNotFound = (error: unknown): boolean => error instanceof ApiError && error.reason === 'NotFound';
export const isConflict = (error: unknown): boolean => error instanceof ApiError && error.reason === 'Conflict';
export const isAlreadyExists = (error: unknown): boolean => error instanceof ApiError && error.reason === 'AlreadyExists';
