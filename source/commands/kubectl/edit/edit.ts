import {recordFlag} from '../record.js';
import {failure} from '../failure.js';
import {throwAll} from '../failure.js';
import {fileFlags, managerFlag, printFlags, saveConfigFlag, subresourceFlag, validateFlag} from '../flags/flag.js';
import {printerFor} from '../output/printer.js';
import {select} from '../resource/select.js';
import type {KubeObject} from '../../../api/object.js';
import type {Call, Verb} from '../verb.js';
import {patching} from './patching.js';
import {editTogether} from './rounds.js';

const edit: Verb = {
	name: 'edit',
	summary: 'Edit a resource on the server',
	group: 'Basic Commands (Intermediate):',
	usage: 'edit (RESOURCE/NAME | -f FILENAME)',
	flags: [
		...printFlags,
		...fileFlags,
		...managerFlag('kubectl-edit'),
		...saveConfigFlag,
		...subresourceFlag,
		...validateFlag,
		['output-patch', 'bool', 'false'],
		['windows-line-endings', 'bool', 'false'],
	],
	hiddenFlags: recordFlag,
	*run(call) {
		checkOutput(call);
		const {session, flags} = call;
		const selection = yield* select(call, {fetch: true, latest: true, allowEmpty: true});
		throwAll(selection.errors);
		if (selection.targets.length === 0) throw failure('edit cancelled, no objects found');
		const subresource = flags.string('subresource');
		const targets = subresource
			? selection.targets.map(target => ({
					...target,
					object: session.get<KubeObject>(target.kind, target.namespace, target.name, {}, subresource),
				}))
			: selection.targets;
		yield* editTogether(call, targets, patching(call));
		return 0;
	},
};

export default edit;

/** What can be edited can only be YAML or JSON. */
export function checkOutput({session, flags}: Call): void {
	if (flags.string('output') !== '') printerFor(session, flags, {formats: ['json', 'yaml'], only: true});
}
