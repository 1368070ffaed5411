/**
 * One thing wrong with one field, printed as the API server does: `spec.ports[0].port: Invalid value: 70000: must be ...`.
 * Models k8s.io/apimachinery/pkg/util/validation/field/errors.go.
 */
export interface FieldError {
	readonly type: 'Required' | 'Invalid' | 'NotSupported' | 'Forbidden' | 'Duplicate' | 'TooLong' | 'TooMany' | 'NotFound' | 'Internal' | 'TypeInvalid';
	/** Path such as `spec.containers[0].name` or `metadata.labels`. */
	readonly field: string;
	readonly value?: unknown;
	readonly detail: string;
	/** For `NotSupported`: what would be. */
	readonly supported?: readonly string[];
}
