import {failure, type Failure} from '../failure.js';
import {helpText} from '../help.js';
import type {Call} from '../verb.js';

/** Most verbs of `config` show their help before they say what is wrong (helpErrorf). */
export function unexpectedArgs(call: Call, word = 'Unexpected'): Failure {
	call.session.out(helpText(call.verb, call.path));
	return failure(`${word} args: [${call.args.join(' ')}]`);
}
