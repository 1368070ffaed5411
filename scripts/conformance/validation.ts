import {invalid} from '../../source/api/errors.js';
import {causeOf, detailOf, type FieldError, messageOf} from '../../source/api/field-error.js';
import {copy} from '../../source/api/values/plain.js';
import {validateObject} from '../../source/api/schema/validate.js';
import {idOf, type Line, type Result, tally} from './case.js';
import {decodeQuietly} from './decode-quietly.js';
import {kindOf} from './types.js';

/** What the validation functions say, after defaulting. */
export function run(lines: readonly Line[]): Result {
	return tally(
		lines,
		({given, expected}) => {
			const kind = kindOf(given.object);
			if (!kind) return `no kind ${given.object.kind}`;
			const read = (object: unknown) => {
				const draft = decodeQuietly(kind, copy(object));
				kind.defaults?.(draft);
				return draft;
			};
			const object = read(given.object);
			const errors = validateObject(kind, object, given.operation === 'update' ? read(given.oldObject) : undefined);
			if (expected.valid) return errors.length === 0 || `refused: ${errors.map(messageOf).join(' || ')}`;
			if (errors.length === 0) return `accepted, expected ${expected.errors.map((error: any) => error.message).join(' || ')}`;
			const found = errors.map(error => shown(error, expected.prefixOnly));
			const wanted = expected.errors.map(({type, field, detail, message}: any) => [type, field, detail, plain(message)]);
			if (JSON.stringify(found) !== JSON.stringify(wanted)) return `${JSON.stringify(found)}\n    not ${JSON.stringify(wanted)}`;
			const status = plain(invalid(kind, object.metadata.name, errors).message);
			const wantedStatus = plain(expected.statusMessage);
			return (
				status === wantedStatus || (expected.prefixOnly && status.startsWith(wantedStatus)) || `status ${status}\n    not ${wantedStatus}`
			);
		},
		idOf,
	);
}

const plain = (text: string): string => text.replace(/0x(PTR|[0-9a-f]+)/g, '0xPTR');

function shown(error: FieldError, prefixOnly: boolean): unknown[] {
	const cut = (text: string) => (prefixOnly ? text.split('\n')[0]! : plain(text));
	return [causeOf(error).reason, error.field, cut(detailOf(error)), cut(messageOf(error))];
}
