import type {KubeObject} from '../../../api/object.js';
import {parseBool} from '../arguments.js';
import type {Log} from '../log.js';
import {fields} from './fields.js';
import {validators} from './validators.js';

/** The location lets nobody in (internal/ingress/errors LocationDenied). */
export class LocationDenied extends Error {}

/** An annotation that keeps its whole Ingress out, in the controller's words. */
export class AnnotationError extends Error {}

/** Reads the annotations of one Ingress, under whatever prefix the controller was given. */
export interface AnnotationReader {
	/** Trimmed line by line; undefined when missing, empty. */
	text(name: string): string | undefined;
	/** Undefined when missing or no such thing. */
	boolean(name: string): boolean | undefined;
	int(name: string): number | undefined;
	float(name: string): number | undefined;
	readonly ingress: KubeObject;
	readonly log: Log;
}

export interface ReaderSetting {
	readonly prefix: string;
	/** --enable-annotation-validation */
	readonly validates: boolean;
	readonly log: Log;
}

export function annotationReader(ingress: KubeObject, {prefix, validates, log}: ReaderSetting): AnnotationReader {
	const annotations: Readonly<Record<string, string>> = ingress.metadata.annotations ?? {};
	const raw = (name: string): string | undefined => {
		const field = fields.get(name)!;
		const own = `${prefix}/${name}`;
		const full = annotations[own]
			? own
			: ((field.aliases ?? []).map(alias => `${prefix}/${alias}`).find(alias => annotations[alias]) ?? own);
		const value = annotations[full];
		if (validates && value && !validators[field.validator](value)) {
			const {namespace, name: ingressName} = ingress.metadata;
			const text = `validation error on ingress ${namespace}/${ingressName}: annotation ${name} contains invalid value ${value}`;
			log.plain('W', 'validators.go:243', text);
			throw new AnnotationError(`annotation ${full} contains invalid value`);
		}

		return value;
	};

	const parsed =
		<T>(read: (value: string) => T | undefined) =>
		(name: string): T | undefined => {
			const value = raw(name);
			return value === undefined ? undefined : read(value);
		};
	return {
		text: parsed(
			value =>
				value
					.split('\n')
					.map(line => line.trim())
					.join('\n') || undefined,
		),
		boolean: parsed(parseBool),
		int: parsed(value => (/^[-+]?\d+$/.test(value) ? Number(value) : undefined)),
		float: parsed(value => (/^[-+]?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined)),
		ingress,
		log,
	};
}
