import {parseReference} from '../../../../node/image/image-reference.js';
import {failure} from '../failure.js';
import {pullSteps} from '../image/pull-steps.js';
import type {Call, Steps} from '../verb.js';
import type {LocalImage} from '../../../../node/engine/docker.js';

/** The image to run: pulled when it is not there, as --pull says. */
export function* imageToRun(call: Call, text: string): Steps<LocalImage> {
	const {engine, values, path} = call;
	const reference = parseReference(text);
	const policy = values.string('pull') ?? 'missing';
	if (!['always', 'missing', 'never'].includes(policy))
		throw failure(
			`docker: invalid pull option: '${policy}': must be one of "always", "missing" or "never"\n\nRun '${path} --help' for more information`,
			125,
		);
	const present = engine.images.find(text);
	if (present && policy !== 'always') return present;
	if ('error' in reference) throw failure(`docker: ${reference.error}\n\nRun '${path} --help' for more information`, 125);
	if (policy === 'never') return engine.images.get(text);
	const quiet = values.bool('quiet');
	if (!present && !quiet)
		call.err(`Unable to find image '${text.includes('@') || /:[^/]+$/.test(text) ? text : `${text}:latest`}' locally\n`);
	return yield* pullSteps(call, reference, {say: quiet ? () => undefined : call.err, bare: true});
}
