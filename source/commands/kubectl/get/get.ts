import {inAggregate, throwAll} from '../failure.js';
import {allNamespacesFlag, chunkFlag, fieldSelectorFlag, fileFlags, printFlags, selectorFlag, subresourceFlag} from '../flags/flag.js';
import {kindFor} from '../resource/arguments.js';
import type {Steps} from '../resource/files.js';
import {failure, usageFailure} from '../failure.js';
import {printerFor} from '../output/printer.js';
import type {Call, Verb} from '../verb.js';
import {rawRequest} from '../raw.js';
import {findAnswers, namesAndAges} from './answers.js';
import {printObjects} from './print-objects.js';
import {printTables} from './print-tables.js';
import {watchObjects} from './watch.js';

const get: Verb = {
	name: 'get',
	summary: 'Display one or many resources',
	group: 'Basic Commands (Intermediate):',
	usage:
		'get [(-o|--output=)json|yaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file|custom-columns|custom-columns-file|wide] (TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE[.VERSION][.GROUP]/NAME ...) [flags]',
	flags: [
		...printFlags,
		...fileFlags,
		...selectorFlag,
		...fieldSelectorFlag,
		...allNamespacesFlag,
		...chunkFlag,
		...subresourceFlag,
		['ignore-not-found', 'bool', 'false'],
		['label-columns', 'strings', '', 'L'],
		['no-headers', 'bool', 'false'],
		['output-watch-events', 'bool', 'false'],
		['raw', 'string', ''],
		['server-print', 'bool', 'true'],
		['show-kind', 'bool', 'false'],
		['show-labels', 'bool', 'false'],
		['sort-by', 'string', ''],
		['watch', 'bool', 'false', 'w'],
		['watch-only', 'bool', 'false'],
	],
	*run(call) {
		const {flags, session, args} = call;
		if (flags.string('raw') !== '') {
			checkRaw(call);
			session.out(rawRequest(session, 'get', flags.string('raw')));
			return 0;
		}

		checkUsage(call);
		const format = flags.string('output');
		const printer = format === 'wide' ? undefined : printerFor(session, flags, {table: true});
		if (flags.bool('watch') || flags.bool('watch-only')) return yield* watchObjects(call, printer);
		yield* show(call, printer, args);
		return 0;
	},
};

function checkRaw({flags, args}: Call): void {
	if (flags.bool('watch') || flags.bool('watch-only') || flags.string('selector') !== '')
		throw failure('--raw may not be specified with other flags that filter the server request or alter the output');
	if (flags.string('output') !== '') throw failure('--raw and --output are mutually exclusive');
	if (args.length > 0) throw failure('arguments may not be passed when --raw is specified');
}

function* show(call: Call, printer: ReturnType<typeof printerFor>, args: readonly string[]): Steps<void> {
	const {session} = call;
	const asked = yield* findAnswers(call, args, printer === undefined && call.flags.bool('server-print'));
	const found =
		printer || call.flags.bool('server-print') ? asked : {...asked, answers: asked.answers.map(answer => namesAndAges(call, answer))};
	if (printer) {
		if (found.single) throwAll(found.errors);
		if (found.answers.length > 0 || found.lists || !found.errors.length) session.out(printObjects(call, printer, found));
		throwAll(found.errors);
		return;
	}

	const text = printTables(call, found.answers);
	session.out(text);
	// Without tables nobody is there to ask whether its kind has namespaces.
	const allNamespaced =
		!call.flags.bool('all-namespaces') && (!call.flags.bool('server-print') || found.answers.every(answer => answer.kind.namespaced));
	if (text === '' && found.errors.length === 0 && !call.flags.bool('ignore-not-found')) {
		session.err(allNamespaced ? `No resources found in ${session.namespace} namespace.\n` : 'No resources found\n');
	}

	throwAll(found.lists || found.files ? found.errors.map(inAggregate) : found.errors);
}

function checkUsage({flags, args, session, path}: Call): void {
	const hasFiles = flags.list('filename').length > 0 || flags.string('kustomize') !== '';
	if (args.length === 0 && !hasFiles) {
		session.err(
			'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n',
		);
		throw usageFailure(
			path,
			'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).',
		);
	}

	if (flags.bool('show-labels') && ['json', 'yaml', 'name'].includes(flags.string('output')))
		throw failure('--show-labels option cannot be used with ' + flags.string('output') + ' printer');
	if (flags.bool('output-watch-events') && !(flags.bool('watch') || flags.bool('watch-only')))
		throw failure('--output-watch-events option can only be used with --watch or --watch-only');
	if (args.length > 0 && args[0] === '') kindFor(session, '');
}

export default get;
