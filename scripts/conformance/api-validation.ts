import {messageOf} from '../../source/api/field-error.js';
import {copy} from '../../source/api/values/plain.js';
import {validateObject} from '../../source/api/schema/validate.js';
import {type Line, type Result, tally} from './case.js';
import {decodeQuietly} from './decode-quietly.js';
import {kindOf} from './types.js';

/** Which objects are accepted, and how many things are wrong with the others. */
export function run(lines: readonly Line[]): Result {
	return tally(lines, ({given, expect}) => {
		// The cases are of 1.20, where slices were v1beta1.
		const object = {...copy(given.object), ...(given.object.kind === 'EndpointSlice' && {apiVersion: 'discovery.k8s.io/v1'})};
		const kind = kindOf(object);
		if (!kind) return `no kind ${object.kind}`;
		let errors: string[];
		try {
			const draft = decodeQuietly(kind, object);
			kind.defaults?.(draft);
			errors = validateObject(kind, draft).map(messageOf);
		} catch (error) {
			errors = [(error as Error).message];
		}

		if (expect.accepted !== (errors.length === 0))
			return `${expect.accepted ? 'refused' : 'accepted'} ${errors.join(' || ')} ${JSON.stringify(given.object).slice(0, 600)}`;
		return (
			expect.errorCount === undefined ||
			expect.errorCount === errors.length ||
			`${errors.length} errors, not ${expect.errorCount}: ${errors.join(' || ')}`
		);
	});
}
