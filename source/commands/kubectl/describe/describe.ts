import type {DescribeContext, Kind} from '../../../api/kind.js';
import type {KubeObject} from '../../../api/object.js';
import {DescribeFailed} from '../../../kinds/describe/failed.js';
import {describeUnstructured} from '../../../kinds/describe/unstructured.js';
import {failure, hasReason, inAggregate, throwAll} from '../failure.js';
import {allNamespacesFlag, chunkFlag, fileFlags, selectorFlag} from '../flags/flag.js';
import {kindFor} from '../resource/arguments.js';
import {select} from '../resource/select.js';
import type {Target} from '../resource/target.js';
import type {Session} from '../session.js';
import type {Call, Verb} from '../verb.js';
import {sessionReader} from './session-reader.js';

const describe: Verb = {
	name: 'describe',
	summary: 'Show details of a specific resource or group of resources',
	group: 'Troubleshooting and Debugging Commands:',
	usage: 'describe (-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)',
	flags: [...fileFlags, ...selectorFlag, ...allNamespacesFlag, ...chunkFlag, ['show-events', 'bool', 'true']],
	*run(call) {
		const {args, flags, session} = call;
		const hasFiles = flags.list('filename').length > 0 || flags.string('kustomize') !== '';
		if (args.length === 0 && !hasFiles)
			throw failure(
				'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.',
			);
		const selection = yield* select(call, {fetch: true, latest: true, allowEmpty: true});
		const [only] = selection.errors;
		if (only && selection.targets.length === 0 && args.length === 2 && hasReason(only, 'NotFound') && !/[/,]/.test(args[0]!)) {
			describePrefix(call, args[0]!, args[1]!, only);
			return 0;
		}

		describeAll(session, selection.targets, flags.bool('show-events'));
		const named = !hasFiles && !selection.lists;
		throwAll(named ? selection.errors : selection.errors.map(inAggregate));
		if (selection.targets.length === 0) {
			session.err(flags.bool('all-namespaces') ? 'No resources found\n' : `No resources found in ${session.namespace} namespace.\n`);
		}

		return 0;
	},
};

export default describe;

/** Two blank lines part one from the next. */
function describeAll(session: Session, targets: readonly Target[], showEvents: boolean): void {
	describeEach(session, targets, showEvents, (text, first) => (first ? text : `\n\n${text}`));
}

function describeEach(
	session: Session,
	targets: readonly Target[],
	showEvents: boolean,
	part: (text: string, first: boolean) => string,
): void {
	const context: DescribeContext = {nowMs: session.nowMs, showEvents, reader: sessionReader(session)};
	const errors: Error[] = [];
	let first = true;
	for (const {kind, object} of targets) {
		try {
			session.out(part(textOf(session, kind, object!, context), first));
			first = false;
		} catch (error) {
			if (!(error instanceof DescribeFailed)) throw error;
			errors.push(failure(error.message));
		}
	}

	throwAll(errors);
}

/** A describer asks for the newest version it knows, whichever was named. */
function textOf(session: Session, kind: Kind, object: KubeObject, context: DescribeContext): string {
	const newest = kind.storedAs && session.api.findKind(kind.storedAs.resource)?.describe;
	if (newest) return newest(kind.storedAs!.toStored(object), context);
	return (kind.describe ?? describeUnstructured)(object, context);
}

/** A name that does not exist may be the beginning of some that do. */
function describePrefix(call: Call, type: string, prefix: string, notFound: Error): void {
	const {session, flags} = call;
	const kind = kindFor(session, type);
	const namespace = kind.namespaced ? session.namespace : undefined;
	const found = session.list<KubeObject>(kind, namespace).filter(object => object.metadata.name.startsWith(prefix));
	if (found.length === 0) throw notFound;
	describeEach(
		session,
		found.map(object => ({
			kind,
			namespace: object.metadata.namespace,
			name: object.metadata.name,
			object: session.get<KubeObject>(kind, object.metadata.namespace, object.metadata.name),
		})),
		flags.bool('show-events'),
		text => `${text}\n`,
	);
}
