import {groupResource, type Kind} from '../../../api/kind.js';
import type {KubeObject} from '../../../api/object.js';
import type {WatchEvent} from '../../../api/client.js';
import type {Run} from '../../../shell/command.js';
import {failure} from '../failure.js';
import {requestTimeoutMs} from '../flags/go-duration.js';
import type {Printer} from '../output/printer.js';
import {printTable, type Table} from '../output/table.js';
import {readArguments} from '../resource/arguments.js';
import type {Call} from '../verb.js';
import {tableOptions} from './print-tables.js';
import {withoutManagedFields} from '../output/printer.js';

/** How often the queue of changes is looked at, in virtual time. */
const lookEveryMs = 200;

/** `get -w`: what is there, then each change as it comes, until Ctrl-C. */
export function* watchObjects(call: Call, printer: Printer | undefined): Run {
	const {session, flags} = call;
	const {asked} = readArguments(session, call.args, {
		allowEmpty: true,
		selector: flags.string('selector'),
		fieldSelector: flags.string('field-selector'),
		allNamespaces: flags.bool('all-namespaces'),
	});
	const placeOf = ({namespaced}: Kind) => (namespaced && !flags.bool('all-namespaces') ? session.namespace : undefined);
	if (asked.length !== 1) {
		// What is named is looked up first, and may not be there.
		for (const one of asked) if (one.name !== undefined) session.get(one.kind, placeOf(one.kind), one.name);
		throw failure('you may only specify a single resource type');
	}

	const {kind, name} = asked[0]!;
	const namespace = placeOf(kind);
	const covers = coverOf(call, kind, namespace, name);
	const queue: WatchEvent[] = [];
	const stop = session.api.watch(groupResource(kind), event => {
		if (covers(event.object)) queue.push(event);
	});
	try {
		const remembered: number[] = [];
		let header = !flags.bool('no-headers');
		const say = (type: string, object: KubeObject) => {
			session.out(line(call, kind, printer, type, object, remembered, header));
			header = false;
		};

		if (!flags.bool('watch-only')) {
			if (name !== undefined) say('ADDED', session.get(kind, namespace, name));
			else {
				const query = {
					...(flags.string('selector') && {labelSelector: flags.string('selector')}),
					...(flags.string('field-selector') && {fieldSelector: flags.string('field-selector')}),
				};
				const objects = session.list(kind, namespace, query);
				session.out(initial(call, kind, printer, objects, remembered, header));
				header &&= objects.length === 0;
			}
		}

		const timeoutMs = requestTimeoutMs(flags.string('request-timeout')) || Number.POSITIVE_INFINITY;
		for (let waitedMs = 0; waitedMs < timeoutMs; waitedMs += lookEveryMs) {
			for (const event of queue.splice(0)) say(event.type, event.object);
			yield {sleepMs: lookEveryMs};
		}

		return 0;
	} finally {
		stop();
	}
}

/** The selectors apply to each change as they do to the list. */
function coverOf(call: Call, kind: Kind, namespace: string | undefined, name: string | undefined): (object: KubeObject) => boolean {
	const {session, flags} = call;
	const labelSelector = flags.string('selector');
	const fieldSelector = flags.string('field-selector');
	return object => {
		const {metadata} = object;
		if (namespace !== undefined && metadata.namespace !== namespace) return false;
		if (name !== undefined && metadata.name !== name) return false;
		if (!labelSelector && !fieldSelector) return true;
		const exact = [fieldSelector, `metadata.name=${metadata.name}`].filter(Boolean).join(',');
		return (
			session.api.list(kind, {
				...(metadata.namespace && {namespace: metadata.namespace}),
				...(labelSelector && {labelSelector}),
				fieldSelector: exact,
			}).length > 0
		);
	};
}

function tableOf(call: Call, kind: Kind, objects: readonly KubeObject[]): Table {
	const nowMs = call.session.nowMs;
	return {
		columnDefinitions: kind.columns.map(column => ({
			name: column.name,
			priority: column.priority ?? 0,
			...(column.name === 'Name' && {format: 'name'}),
		})),
		rows: objects.map(object => ({cells: kind.columns.map(column => column.cell(object, {nowMs})), object})),
	};
}

function initial(
	call: Call,
	kind: Kind,
	printer: Printer | undefined,
	objects: readonly KubeObject[],
	remembered: number[],
	header: boolean,
): string {
	if (printer || call.flags.bool('output-watch-events'))
		return objects.map((object, at) => line(call, kind, printer, 'ADDED', object, remembered, header && at === 0)).join('');
	return printTable(tableOf(call, kind, objects), {...tableOptions(call, kind.namespaced), noHeaders: !header}, remembered);
}

function line(
	call: Call,
	kind: Kind,
	printer: Printer | undefined,
	type: string,
	object: KubeObject,
	remembered: number[],
	header: boolean,
): string {
	const events = call.flags.bool('output-watch-events');
	if (printer) {
		if (!events) return printer.print(object);
		return printer.print({type, object: withoutManagedFields(object)});
	}

	return printTable(
		tableOf(call, kind, [object]),
		{...tableOptions(call, kind.namespaced), noHeaders: !header, ...(events && {event: type})},
		remembered,
	);
}
